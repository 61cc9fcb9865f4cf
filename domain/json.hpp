/// Strict JSON from one field list a struct: decode, encode and schema can never disagree.
///
///   struct Assign {
///     std::string handler;
///     static constexpr auto Fields() {
///       return std::tuple{Field{"handler", &Assign::handler, "承办人"}};
///     }
///   };
///
/// Decoding refuses unknown and missing names, wrong types, impossible dates and texts over their
/// limit, and reports every field that is wrong with its JSON pointer. std::optional is a field
/// that may be absent; it is never written as null. Integers are the only numbers: no floating
/// point enters an event.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "domain/json_view.hpp"
#include "domain/personal.hpp"
#include "domain/rejection.hpp"
#include "domain/time.hpp"

namespace docket {

struct JsonLimits {
  std::size_t bytes_max = 1 << 20;
  int depth_max = 16;
};
constexpr std::size_t kTextBytesMax = 16 * 1024;
constexpr std::size_t kListItemsMax = 1000;

/// Parses one UTF-8 document. Refused: over the limits, trailing text, invalid UTF-8, and a name
/// given twice in one object (the pointer says which). Codes `json_malformed`, `json_too_large`,
/// `json_too_deep`, `json_duplicate_name`.
Expected<Json> ParseJson(std::string_view text, const JsonLimits& limits = {});

/// RFC 8785: names sorted by UTF-16 code units, no space, shortest numbers. The same value always
/// has the same bytes, which is what digests are taken of.
std::string CanonicalJson(const Json& value);
/// One string of it, with its quotes.
void AppendCanonicalString(std::string& out, std::string_view text);

/// One member of a struct: its JSON name, its Chinese label, and whose personal data it is.
/// A member that is itself a struct hands its subject down to the members below.
template <class Owner, class T>
struct Field {
  std::string_view name;
  T Owner::*member;
  std::string_view zh = "";
  Subject subject = Subject::kNone;
};
template <class Owner, class T, class... Rest>
Field(const char*, T Owner::*, Rest...) -> Field<Owner, T>;

template <class T>
concept FieldListed = requires {
  T::Fields();
};

/// Specialise for each enum: `static constexpr std::array kNames{EnumName<E>{E::kX, "x", "甲"}…}`.
template <class E>
struct EnumName {
  E value;
  std::string_view name;
  std::string_view zh;
};
template <class E>
struct EnumTable;
template <class E>
concept Named = std::is_enum_v<E> && requires {
  EnumTable<E>::kNames;
};

template <Named E>
constexpr std::string_view NameOf(E value) {
  for (const auto& entry : EnumTable<E>::kNames) {
    if (entry.value == value) return entry.name;
  }
  return "";
}
template <Named E>
constexpr std::string_view ChineseOf(E value) {
  for (const auto& entry : EnumTable<E>::kNames) {
    if (entry.value == value) return entry.zh;
  }
  return "";
}
template <Named E>
constexpr std::optional<E> FromName(std::string_view name) {
  for (const auto& entry : EnumTable<E>::kNames) {
    if (entry.name == name) return entry.value;
  }
  return std::nullopt;
}

using FieldErrors = std::vector<FieldError>;

/// The refusal that carries all field errors: code `invalid_fields`.
Rejection InvalidFields(FieldErrors errors);
/// `pointer` extended by one name, escaped as RFC 6901 asks.
std::string PointerTo(const std::string& pointer, std::string_view name);

/// Where a value stands in its document. Written out as a pointer only when something is wrong
/// there. Lives on the stack of the decoder: what is above must outlive it.
class JsonPath {
 public:
  /// The place that a pointer names; without one, the whole document.
  JsonPath(std::string_view pointer = "") : name_(pointer) {}
  JsonPath(const std::string& pointer) : name_(pointer) {}
  JsonPath(const char* pointer) : name_(pointer) {}
  JsonPath(const JsonPath& above, std::string_view name) : above_(&above), name_(name) {}
  JsonPath(const JsonPath& above, std::size_t index) : above_(&above), index_(index) {}
  /// RFC 6901.
  std::string ToPointer() const;

 private:
  const JsonPath* above_ = nullptr;
  std::string_view name_;
  std::optional<std::size_t> index_;
};

namespace json_detail {

void Add(FieldErrors& errors, const JsonPath& path, const Refusal& refusal);
void AddWrongType(FieldErrors& errors, const JsonPath& path, std::string_view expected);
std::optional<std::string> DecodeText(const JsonView& json, const JsonPath& path,
                                      FieldErrors& errors);
std::optional<std::int64_t> DecodeInteger(const JsonView& json, const JsonPath& path,
                                          FieldErrors& errors);
std::optional<Date> DecodeDate(const JsonView& json, const JsonPath& path, FieldErrors& errors);
std::optional<Instant> DecodeInstant(const JsonView& json, const JsonPath& path,
                                     FieldErrors& errors);
std::optional<PersonalText> DecodePersonal(const JsonView& json, const JsonPath& path,
                                           FieldErrors& errors);
Json EncodePersonal(const PersonalText& text);
void AddUnknownNames(const JsonView& object, const std::string_view* known, std::size_t count,
                     const JsonPath& path, FieldErrors& errors);
void AddMissing(FieldErrors& errors, const JsonPath& path);
void AddUnknownChoice(FieldErrors& errors, const JsonPath& path, const std::string& choices);

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
concept Checked = requires(const T& id) {
  T::kMalformed;
  id.IsWellFormed();
};
template <class T>
concept Id = requires(T id) {
  id.value;
  T{id.value};
};

}  // namespace json_detail

template <class T>
Json Encode(const T& value);
template <class T>
std::optional<T> DecodeAt(const JsonView& json, const JsonPath& path, FieldErrors& errors);
template <class T>
Json Schema();

/// The whole value or every field error.
template <class T>
Expected<T> Decode(const JsonView& json) {
  FieldErrors errors;
  auto value = DecodeAt<T>(json, JsonPath(), errors);
  if (!errors.empty()) return tl::unexpected(InvalidFields(std::move(errors)));
  return std::move(*value);
}

template <FieldListed T>
Json EncodeStruct(const T& value) {
  Json object = Json::object();
  const auto put = [&](const auto& field) {
    const auto& member = value.*field.member;
    using M = std::decay_t<decltype(member)>;
    if constexpr (json_detail::IsOptional<M>::value) {
      if (member) object[std::string(field.name)] = Encode(*member);
    } else {
      object[std::string(field.name)] = Encode(member);
    }
  };
  std::apply([&](const auto&... field) { (put(field), ...); }, T::Fields());
  return object;
}

template <class T>
Json Encode(const T& value) {
  using namespace json_detail;
  if constexpr (std::is_same_v<T, PersonalText>) {
    return EncodePersonal(value);
  } else if constexpr (std::is_same_v<T, Date> || std::is_same_v<T, Instant>) {
    return value.ToString();
  } else if constexpr (Named<T>) {
    return std::string(NameOf(value));
  } else if constexpr (IsVector<T>::value) {
    Json list = Json::array();
    for (const auto& item : value) list.push_back(Encode(item));
    return list;
  } else if constexpr (FieldListed<T>) {
    return EncodeStruct(value);
  } else if constexpr (Id<T>) {
    return Json(value.value);
  } else {
    static_assert(std::is_same_v<T, bool> || std::is_same_v<T, std::int64_t> ||
                      std::is_same_v<T, std::string> || std::is_same_v<T, Json>,
                  "a field is a bool, int64_t, string, Date, Instant, enum, id, list or struct");
    return Json(value);
  }
}

template <FieldListed T>
std::optional<T> DecodeStruct(const JsonView& json, const JsonPath& path, FieldErrors& errors) {
  if (!json.IsObject()) {
    json_detail::AddWrongType(errors, path, "object");
    return std::nullopt;
  }
  T value{};
  constexpr std::size_t kCount = std::tuple_size_v<decltype(T::Fields())>;
  std::array<std::string_view, kCount> known;
  std::size_t fields = 0;
  std::size_t present = 0;
  const std::size_t errors_before = errors.size();
  const auto take = [&](const auto& field) {
    using M = std::decay_t<decltype(value.*field.member)>;
    known[fields++] = field.name;
    const JsonPath at(path, field.name);
    const auto found = json.Find(field.name);
    if (found) ++present;
    if constexpr (json_detail::IsOptional<M>::value) {
      if (found) value.*field.member = DecodeAt<typename M::value_type>(*found, at, errors);
    } else if (!found) {
      if constexpr (!json_detail::IsVector<M>::value) json_detail::AddMissing(errors, at);
    } else if (auto member = DecodeAt<M>(*found, at, errors)) {
      value.*field.member = std::move(*member);
    }
  };
  std::apply([&](const auto&... field) { (take(field), ...); }, T::Fields());
  if (json.Size() != present) {
    json_detail::AddUnknownNames(json, known.data(), fields, path, errors);
  }
  if (errors.size() != errors_before) return std::nullopt;
  return value;
}

template <class T>
std::optional<T> DecodeList(const JsonView& json, const JsonPath& path, FieldErrors& errors) {
  if (!json.IsArray()) {
    json_detail::AddWrongType(errors, path, "array");
    return std::nullopt;
  }
  const std::size_t size = json.Size();
  if (size > kListItemsMax) {
    json_detail::Add(errors, path, {"list_too_long", "列表项过多", "the list has too many items"});
    return std::nullopt;
  }
  T list;
  list.reserve(size);
  json.EachItem([&](std::size_t i, const JsonView& one) {
    auto item = DecodeAt<typename T::value_type>(one, JsonPath(path, i), errors);
    if (item) list.push_back(std::move(*item));
  });
  return list;
}

template <Named E>
std::optional<E> DecodeEnum(const JsonView& json, const JsonPath& path, FieldErrors& errors) {
  if (const auto name = json.Text()) {
    if (const auto value = FromName<E>(*name)) return value;
  }
  std::string choices;
  for (const auto& entry : EnumTable<E>::kNames) {
    choices += (choices.empty() ? "" : ", ") + std::string(entry.name);
  }
  json_detail::AddUnknownChoice(errors, path, choices);
  return std::nullopt;
}

template <class T>
std::optional<T> DecodeAt(const JsonView& json, const JsonPath& path, FieldErrors& errors) {
  using namespace json_detail;
  if constexpr (std::is_same_v<T, PersonalText>) {
    return DecodePersonal(json, path, errors);
  } else if constexpr (std::is_same_v<T, Date>) {
    return DecodeDate(json, path, errors);
  } else if constexpr (std::is_same_v<T, Instant>) {
    return DecodeInstant(json, path, errors);
  } else if constexpr (Named<T>) {
    return DecodeEnum<T>(json, path, errors);
  } else if constexpr (IsVector<T>::value) {
    return DecodeList<T>(json, path, errors);
  } else if constexpr (FieldListed<T>) {
    return DecodeStruct<T>(json, path, errors);
  } else if constexpr (std::is_same_v<T, bool>) {
    if (const auto value = json.Boolean()) return value;
    AddWrongType(errors, path, "boolean");
    return std::nullopt;
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return DecodeInteger(json, path, errors);
  } else if constexpr (std::is_same_v<T, std::string>) {
    return DecodeText(json, path, errors);
  } else if constexpr (std::is_same_v<T, Json>) {
    return json.ToJson();
  } else if constexpr (Id<T> && std::is_same_v<decltype(T::value), std::int64_t>) {
    const auto number = DecodeInteger(json, path, errors);
    return number ? std::optional(T{*number}) : std::nullopt;
  } else {
    static_assert(Id<T>);
    auto text = DecodeText(json, path, errors);
    if (!text) return std::nullopt;
    T id{std::move(*text)};
    if constexpr (Checked<T>) {
      if (!id.IsWellFormed()) {
        Add(errors, path, T::kMalformed);
        return std::nullopt;
      }
    }
    return id;
  }
}

template <FieldListed T>
Json SchemaOfStruct() {
  Json properties = Json::object();
  Json required = Json::array();
  const auto put = [&](const auto& field) {
    using M = std::decay_t<decltype(std::declval<T>().*field.member)>;
    Json schema;
    if constexpr (json_detail::IsOptional<M>::value) {
      schema = Schema<typename M::value_type>();
    } else {
      schema = Schema<M>();
      if constexpr (!json_detail::IsVector<M>::value) required.push_back(std::string(field.name));
    }
    if (!field.zh.empty()) schema["title"] = std::string(field.zh);
    if (field.subject != Subject::kNone) schema["x-personal"] = std::string(NameOf(field.subject));
    properties[std::string(field.name)] = std::move(schema);
  };
  std::apply([&](const auto&... field) { (put(field), ...); }, T::Fields());
  Json schema = {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = required;
  return schema;
}

/// JSON Schema 2020-12 of the type, with Chinese titles and `x-personal` marks.
template <class T>
Json Schema() {
  using namespace json_detail;
  if constexpr (std::is_same_v<T, Date>) {
    return {{"type", "string"}, {"format", "date"}};
  } else if constexpr (std::is_same_v<T, Instant>) {
    return {{"type", "string"}, {"format", "date-time"}};
  } else if constexpr (Named<T>) {
    Json names = Json::array();
    for (const auto& entry : EnumTable<T>::kNames) names.push_back(std::string(entry.name));
    return {{"type", "string"}, {"enum", names}};
  } else if constexpr (IsVector<T>::value) {
    return {{"type", "array"},
            {"items", Schema<typename T::value_type>()},
            {"maxItems", kListItemsMax}};
  } else if constexpr (FieldListed<T>) {
    return SchemaOfStruct<T>();
  } else if constexpr (std::is_same_v<T, bool>) {
    return {{"type", "boolean"}};
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return {{"type", "integer"}};
  } else if constexpr (std::is_same_v<T, Json>) {
    return Json::object();
  } else if constexpr (Checked<T>) {
    return {{"type", "string"}, {"pattern", std::string(T::kPattern)}};
  } else if constexpr (Id<T>) {
    return Schema<decltype(T::value)>();
  } else {
    return {{"type", "string"}, {"minLength", 1}, {"maxLength", kTextBytesMax}};
  }
}

/// Calls `visit(pointer, subject, PersonalText&)` for every personal text in `value`, however
/// deep. The innermost field that names a subject decides.
template <class T, class Visit>
void VisitPersonal(T& value, const std::string& pointer, Subject subject, const Visit& visit) {
  using Plain = std::remove_const_t<T>;
  if constexpr (std::is_same_v<Plain, PersonalText>) {
    visit(pointer, subject, value);
  } else if constexpr (json_detail::IsOptional<Plain>::value) {
    if (value) VisitPersonal(*value, pointer, subject, visit);
  } else if constexpr (json_detail::IsVector<Plain>::value) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      VisitPersonal(value[i], PointerTo(pointer, std::to_string(i)), subject, visit);
    }
  } else if constexpr (FieldListed<Plain>) {
    const auto go = [&](const auto& field) {
      VisitPersonal(value.*field.member, PointerTo(pointer, field.name),
                    field.subject == Subject::kNone ? subject : field.subject, visit);
    };
    std::apply([&](const auto&... field) { (go(field), ...); }, Plain::Fields());
  }
}

template <>
struct EnumTable<Subject> {
  static constexpr std::array kNames{
      EnumName<Subject>{Subject::kNone, "none", "无"},
      EnumName<Subject>{Subject::kComplainant, "complainant", "投诉人"},
      EnumName<Subject>{Subject::kRespondent, "respondent", "被投诉人"},
      EnumName<Subject>{Subject::kParties, "parties", "案件当事人"},
      EnumName<Subject>{Subject::kHolder, "holder", "账号持有人"},
  };
};

}  // namespace docket
