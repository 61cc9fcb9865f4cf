/// A JSON value to read, wherever it lies: in a Json, or in text that was parsed in place.
///
/// Decoding reads through this, so that input (which is edited, opened and merged as a Json) and
/// stored facts (which are only read, by the hundred thousand) share one decoder.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>

#include <simdjson.h>
#include <nlohmann/json.hpp>

namespace docket {

using Json = nlohmann::json;

/// Does not own what it looks at. Texts that it gives live as long as the value.
class JsonView {
 public:
  JsonView(const Json& json) : value_(&json) {}
  explicit JsonView(simdjson::dom::element element) : value_(element) {}

  bool IsObject() const {
    return InDocument() ? Document().is_object() : Element().is<simdjson::dom::object>();
  }
  bool IsArray() const {
    return InDocument() ? Document().is_array() : Element().is<simdjson::dom::array>();
  }
  /// nullopt: something else than a string.
  std::optional<std::string_view> Text() const;
  /// nullopt: something else than a whole number of 64 bits with sign.
  std::optional<std::int64_t> Integer() const;
  std::optional<bool> Boolean() const;
  /// The member of an object; nullopt: there is none of that name, or this is no object.
  std::optional<JsonView> Find(std::string_view name) const;
  /// Members of an object or items of an array; of anything else 0.
  std::size_t Size() const;
  Json ToJson() const;

  /// `visit(name, JsonView)` for each member of an object, in its order.
  template <class Visit>
  void EachMember(const Visit& visit) const {
    if (InDocument()) {
      const Json& object = Document();
      for (auto it = object.begin(); it != object.end(); ++it) {
        visit(std::string_view(it.key()), JsonView(it.value()));
      }
    } else {
      const simdjson::dom::object object = Element();
      for (const auto& [name, value] : object) {
        visit(name, JsonView(value));
      }
    }
  }
  /// `visit(index, JsonView)` for each item of an array.
  template <class Visit>
  void EachItem(const Visit& visit) const {
    std::size_t index = 0;
    if (InDocument()) {
      for (const auto& item : Document()) visit(index++, JsonView(item));
    } else {
      const simdjson::dom::array array = Element();
      for (const auto item : array) {
        visit(index++, JsonView(item));
      }
    }
  }

 private:
  bool InDocument() const { return value_.index() == 0; }
  const Json& Document() const { return **std::get_if<0>(&value_); }
  const simdjson::dom::element& Element() const { return *std::get_if<1>(&value_); }

  std::variant<const Json*, simdjson::dom::element> value_;
};

/// Text of the log, parsed to be read. A fact, not an input: what ParseJson refuses in an input
/// (names given twice, depth) is not looked for.
class StoredJson {
 public:
  explicit StoredJson(std::string_view text);
  ~StoredJson();
  StoredJson(const StoredJson&) = delete;
  StoredJson& operator=(const StoredJson&) = delete;

  /// nullopt when the text is no JSON. The view lives as long as this.
  const std::optional<JsonView>& View() const { return view_; }

 private:
  std::unique_ptr<simdjson::dom::parser> parser_;
  std::optional<JsonView> view_;
};

}  // namespace docket
