/// Strict JSON from one field list a struct: decode, encode and schema can never disagree.
///
///   struct Assign {
///     std::string handler;
///     static FieldList Fields() { return {{"handler", &Assign::handler, "承办人"}}; }
///   };
///
/// Decoding refuses unknown and missing names, wrong types, impossible dates and texts over their
/// limit, and reports every field that is wrong with its JSON pointer. std::optional is a field
/// that may be absent; it is never written as null. Integers are the only numbers: no floating
/// point enters an event.
#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
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

struct TypeInfo;
template <class T>
constexpr const TypeInfo& TypeOf();

/// One member of a struct: its JSON name, its Chinese label, and whose personal data it is.
/// A member that is itself a struct hands its subject down to the members below.
struct Field {
  // Where the member lies in its struct is what a pointer to it holds.
  template <class Owner, class T>
  Field(std::string_view name, T Owner::*member, std::string_view zh = "",
        Subject subject = Subject::kNone)
      : name(name),
        zh(zh),
        subject(subject),
        offset(std::bit_cast<std::ptrdiff_t>(member)),
        type(&TypeOf<T>()) {}

  std::string_view name;
  std::string_view zh;
  Subject subject;
  std::ptrdiff_t offset;  ///< Bytes from the beginning of the struct.
  const TypeInfo* type;
};

/// The members of a struct, in their order. No multiple inheritance: see StructInfo.
class FieldList {
 public:
  FieldList() = default;
  FieldList(std::initializer_list<Field> fields);
  /// For a struct that adds to its base.
  FieldList(FieldList first, const FieldList& more);

  const std::vector<Field>& All() const { return fields_; }

 private:
  std::vector<Field> fields_;
};

template <class T>
concept FieldListed = requires {
  { T::Fields() } -> std::same_as<FieldList>;
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
void AddMissing(FieldErrors& errors, const JsonPath& path);

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

/// The fields of one struct.
class StructInfo {
 public:
  /// Ends the process where two fields lie in the same place: those of a second base would.
  StructInfo(const FieldList& fields, std::size_t size);
  const std::vector<Field>& Fields() const { return fields_; }

 private:
  std::vector<Field> fields_;
};

/// What the code that reads, writes and describes values has to know of their type, so that it is
/// compiled once and not for every struct. Which members have a meaning follows from `kind`.
struct TypeInfo {
  enum class Kind : std::uint8_t {
    kBoolean,
    kInteger,
    kText,
    kDate,
    kInstant,
    kPersonal,
    kJson,
    kEnum,
    kId,
    kOptional,
    kList,
    kStruct,
  };
  struct Choice {
    std::int64_t value;
    std::string_view name;
  };

  Kind kind;
  std::size_t size;
  /// Of what an optional or a list holds, and of the value of an id.
  const TypeInfo* inner = nullptr;
  /// Of an optional, nullptr where it is empty; of an id, its value.
  void* (*held)(void*) = nullptr;
  /// Makes an optional hold, or a list end with, a new value, and gives that.
  void* (*add)(void*) = nullptr;
  /// Empties an optional, or takes the last item off a list.
  void (*remove)(void*) = nullptr;
  std::size_t (*count)(const void*) = nullptr;
  void* (*item)(void*, std::size_t) = nullptr;
  const Choice* choices = nullptr;
  std::size_t choice_count = 0;
  const StructInfo& (*members)() = nullptr;
  /// Of an id that has a form.
  bool (*is_well_formed)(const void*) = nullptr;
  const Refusal* malformed = nullptr;
  std::string_view pattern{};
};

namespace json_detail {

using Kind = TypeInfo::Kind;

template <Named E>
constexpr auto MakeChoices() {
  std::array<TypeInfo::Choice, std::size(EnumTable<E>::kNames)> choices{};
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const auto& entry = EnumTable<E>::kNames[i];
    choices[i] = {static_cast<std::int64_t>(entry.value), entry.name};
  }
  return choices;
}
template <Named E>
inline constexpr auto kChoices = MakeChoices<E>();

template <class T>
const StructInfo& MembersOf() {
  static const StructInfo info(T::Fields(), sizeof(T));
  return info;
}

template <class T>
constexpr TypeInfo MakeOptional() {
  using Inner = typename T::value_type;
  TypeInfo info{Kind::kOptional, sizeof(T), &TypeOf<Inner>()};
  info.held = [](void* value) -> void* {
    auto& optional = *static_cast<T*>(value);
    return optional ? &*optional : nullptr;
  };
  info.add = [](void* value) -> void* { return &static_cast<T*>(value)->emplace(); };
  info.remove = [](void* value) { static_cast<T*>(value)->reset(); };
  return info;
}

template <class T>
constexpr TypeInfo MakeList() {
  TypeInfo info{Kind::kList, sizeof(T), &TypeOf<typename T::value_type>()};
  info.add = [](void* value) -> void* { return &static_cast<T*>(value)->emplace_back(); };
  info.remove = [](void* value) { static_cast<T*>(value)->pop_back(); };
  info.count = [](const void* value) { return static_cast<const T*>(value)->size(); };
  info.item = [](void* value, std::size_t i) -> void* { return &(*static_cast<T*>(value))[i]; };
  return info;
}

template <Id T>
constexpr TypeInfo MakeId() {
  TypeInfo info{Kind::kId, sizeof(T), &TypeOf<decltype(T::value)>()};
  info.held = [](void* value) -> void* { return &static_cast<T*>(value)->value; };
  if constexpr (Checked<T>) {
    info.is_well_formed = [](const void* value) {
      return static_cast<const T*>(value)->IsWellFormed();
    };
    info.malformed = &T::kMalformed;
    info.pattern = T::kPattern;
  }
  return info;
}

template <class T>
constexpr TypeInfo MakeType() {
  if constexpr (std::is_same_v<T, bool>) {
    return {Kind::kBoolean, sizeof(T)};
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return {Kind::kInteger, sizeof(T)};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return {Kind::kText, sizeof(T)};
  } else if constexpr (std::is_same_v<T, Date>) {
    return {Kind::kDate, sizeof(T)};
  } else if constexpr (std::is_same_v<T, Instant>) {
    return {Kind::kInstant, sizeof(T)};
  } else if constexpr (std::is_same_v<T, PersonalText>) {
    return {Kind::kPersonal, sizeof(T)};
  } else if constexpr (std::is_same_v<T, Json>) {
    return {Kind::kJson, sizeof(T)};
  } else if constexpr (Named<T>) {
    TypeInfo info{Kind::kEnum, sizeof(T)};
    info.choices = kChoices<T>.data();
    info.choice_count = kChoices<T>.size();
    return info;
  } else if constexpr (IsOptional<T>::value) {
    return MakeOptional<T>();
  } else if constexpr (IsVector<T>::value) {
    return MakeList<T>();
  } else if constexpr (FieldListed<T>) {
    TypeInfo info{Kind::kStruct, sizeof(T)};
    info.members = &MembersOf<T>;
    return info;
  } else {
    static_assert(Id<T>,
                  "a field is a bool, int64_t, string, Date, Instant, PersonalText, Json, enum, "
                  "id, struct, or a list or optional of these");
    return MakeId<T>();
  }
}
template <class T>
inline constexpr TypeInfo kType = MakeType<T>();

Json EncodeValue(const TypeInfo& type, const void* value);
/// False: `errors` says what is wrong, and `value` is not to be used. It was made before.
bool DecodeValue(const TypeInfo& type, void* value, const JsonView& json, const JsonPath& path,
                 FieldErrors& errors);
Json SchemaOf(const TypeInfo& type);
using PersonalVisit = std::function<void(const std::string&, Subject, PersonalText&)>;
void VisitPersonalOf(const TypeInfo& type, void* value, const std::string& pointer, Subject subject,
                     const PersonalVisit& visit);

}  // namespace json_detail

template <class T>
constexpr const TypeInfo& TypeOf() {
  return json_detail::kType<T>;
}

template <class T>
Json Encode(const T& value) {
  return json_detail::EncodeValue(TypeOf<T>(), &value);
}

/// The value that stands at `path`; nullopt: `errors` has one more.
template <class T>
std::optional<T> DecodeAt(const JsonView& json, const JsonPath& path, FieldErrors& errors) {
  std::optional<T> value(std::in_place);
  if (!json_detail::DecodeValue(TypeOf<T>(), &*value, json, path, errors)) value.reset();
  return value;
}

/// The whole value or every field error.
template <class T>
Expected<T> Decode(const JsonView& json) {
  Expected<T> value;
  FieldErrors errors;
  if (!json_detail::DecodeValue(TypeOf<T>(), &*value, json, JsonPath(), errors)) {
    value = tl::unexpected(InvalidFields(std::move(errors)));
  }
  return value;
}

/// JSON Schema 2020-12 of the type, with Chinese titles and `x-personal` marks.
template <class T>
Json Schema() {
  return json_detail::SchemaOf(TypeOf<T>());
}

/// Calls `visit(pointer, subject, PersonalText&)` for every personal text in `value`, however
/// deep. The innermost field that names a subject decides. What visits a const value changes
/// nothing in it.
template <class T, class Visit>
void VisitPersonal(T& value, const std::string& pointer, Subject subject, const Visit& visit) {
  using Plain = std::remove_const_t<T>;
  using Text = std::conditional_t<std::is_const_v<T>, const PersonalText, PersonalText>;
  json_detail::VisitPersonalOf(
      TypeOf<Plain>(), const_cast<Plain*>(&value), pointer, subject,
      [&](const std::string& at, Subject whose, Text& text) { visit(at, whose, text); });
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
