#include "domain/json_view.hpp"

#include <limits>
#include <vector>

namespace docket {

namespace {

/// Parsers keep the memory that their last text needed; so they are used again.
std::vector<std::unique_ptr<simdjson::dom::parser>>& IdleParsers() {
  thread_local std::vector<std::unique_ptr<simdjson::dom::parser>> parsers;
  return parsers;
}

/// The few large texts give their memory back.
constexpr std::size_t kKeptBytesMax = 64 * 1024;

}  // namespace

std::optional<std::string_view> JsonView::Text() const {
  if (InDocument()) {
    if (!Document().is_string()) return std::nullopt;
    return Document().get_ref<const std::string&>();
  }
  std::string_view text;
  if (Element().get(text) != simdjson::SUCCESS) return std::nullopt;
  return text;
}

std::optional<std::int64_t> JsonView::Integer() const {
  if (InDocument()) {
    const Json& json = Document();
    if (!json.is_number_integer()) return std::nullopt;
    const bool fits = !json.is_number_unsigned() ||
                      json.get<std::uint64_t>() <= std::numeric_limits<std::int64_t>::max();
    return fits ? std::optional(json.get<std::int64_t>()) : std::nullopt;
  }
  std::int64_t number = 0;
  if (Element().get(number) != simdjson::SUCCESS) return std::nullopt;
  return number;
}

std::optional<bool> JsonView::Boolean() const {
  if (InDocument()) {
    return Document().is_boolean() ? std::optional(Document().get<bool>()) : std::nullopt;
  }
  bool value = false;
  if (Element().get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

std::optional<JsonView> JsonView::Find(std::string_view name) const {
  if (InDocument()) {
    if (!Document().is_object()) return std::nullopt;
    const auto found = Document().find(name);
    if (found == Document().end()) return std::nullopt;
    return JsonView(*found);
  }
  simdjson::dom::object object;
  simdjson::dom::element found;
  if (Element().get(object) != simdjson::SUCCESS) return std::nullopt;
  if (object.at_key(name).get(found) != simdjson::SUCCESS) return std::nullopt;
  return JsonView(found);
}

std::size_t JsonView::Size() const {
  if (InDocument()) return Document().is_structured() ? Document().size() : 0;
  std::size_t size = 0;
  if (IsObject()) EachMember([&](std::string_view, const JsonView&) { ++size; });
  else if (IsArray()) EachItem([&](std::size_t, const JsonView&) { ++size; });
  return size;
}

Json JsonView::ToJson() const {
  if (InDocument()) return Document();
  return Json::parse(simdjson::minify(Element()));
}

StoredJson::StoredJson(std::string_view text) {
  auto& idle = IdleParsers();
  if (idle.empty()) {
    parser_ = std::make_unique<simdjson::dom::parser>();
  } else {
    parser_ = std::move(idle.back());
    idle.pop_back();
  }
  simdjson::dom::element root;
  if (parser_->parse(text.data(), text.size()).get(root) == simdjson::SUCCESS) {
    view_ = JsonView(root);
  }
}

StoredJson::~StoredJson() {
  if (parser_->capacity() <= kKeptBytesMax) IdleParsers().push_back(std::move(parser_));
}

}  // namespace docket
