#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "domain/ensure.hpp"
#include "domain/json.hpp"

namespace docket {

FieldList::FieldList(std::initializer_list<Field> fields) : fields_(fields) {}

FieldList::FieldList(FieldList first, const FieldList& more) : fields_(std::move(first.fields_)) {
  fields_.insert(fields_.end(), more.fields_.begin(), more.fields_.end());
}

StructInfo::StructInfo(const FieldList& fields, std::size_t size) : fields_(fields.All()) {
  auto placed = fields_;
  std::sort(placed.begin(), placed.end(),
            [](const Field& a, const Field& b) { return a.offset < b.offset; });
  std::size_t free_from = 0;
  for (const Field& field : placed) {
    const auto begin = static_cast<std::size_t>(field.offset);
    ENSURE(begin >= free_from && begin + field.type->size <= size,
           "the field {} lies where another does", field.name);
    free_from = begin + field.type->size;
  }
}

namespace json_detail {

namespace {

template <class T>
T& As(void* value) {
  return *static_cast<T*>(value);
}
template <class T>
const T& As(const void* value) {
  return *static_cast<const T*>(value);
}
void* MemberOf(void* object, const Field& field) {
  return static_cast<std::byte*>(object) + field.offset;
}

/// What is read through a function that also serves to write.
void* Unconst(const void* value) { return const_cast<void*>(value); }

std::string_view EnumName(const TypeInfo& type, const void* value) {
  // The lower bytes come first on every machine that is built for.
  static_assert(std::endian::native == std::endian::little);
  for (std::size_t i = 0; i < type.choice_count; ++i) {
    if (std::memcmp(&type.choices[i].value, value, type.size) == 0) return type.choices[i].name;
  }
  return "";
}

bool DecodeEnum(const TypeInfo& type, void* value, const JsonView& json, const JsonPath& path,
                FieldErrors& errors) {
  const auto name = json.Text();
  std::string names;
  for (std::size_t i = 0; i < type.choice_count; ++i) {
    if (name == type.choices[i].name) {
      std::memcpy(value, &type.choices[i].value, type.size);
      return true;
    }
  }
  for (std::size_t i = 0; i < type.choice_count; ++i) {
    names += (i == 0 ? "" : ", ") + std::string(type.choices[i].name);
  }
  errors.push_back({path.ToPointer(), "unknown_choice", fmt::format("取值无效，可选：{}", names),
                    fmt::format("not one of: {}", names)});
  return false;
}

Json EncodePersonal(const PersonalText& text) {
  if (!text.sealed) return text.text;
  return {{"$sealed", text.sealed->version},
          {"key", text.sealed->key.value},
          {"box", text.sealed->box}};
}

std::optional<PersonalText> DecodePersonal(const JsonView& json, const JsonPath& path,
                                           FieldErrors& errors) {
  if (!json.IsObject()) {
    auto text = DecodeText(json, path, errors);
    return text ? std::optional(PersonalText(std::move(*text))) : std::nullopt;
  }
  const auto version = json.Find("$sealed");
  const auto key = json.Find("key");
  const auto box = json.Find("box");
  const bool well_formed =
      json.Size() == 3 && version && version->Integer() && key && key->Text() && box && box->Text();
  if (!well_formed) {
    Add(errors, path, {"sealed_value_invalid", "密封值无效", "not a sealed value"});
    return std::nullopt;
  }
  PersonalText text;
  text.sealed =
      SealedValue{*version->Integer(), KeyId(std::string(*key->Text())), std::string(*box->Text())};
  return text;
}

Json EncodeMembers(const TypeInfo& type, const void* value) {
  Json object = Json::object();
  for (const Field& field : type.members().Fields()) {
    void* const member = MemberOf(Unconst(value), field);
    const bool is_optional = field.type->kind == Kind::kOptional;
    void* const held = is_optional ? field.type->held(member) : member;
    if (held == nullptr) continue;
    object[std::string(field.name)] =
        EncodeValue(is_optional ? *field.type->inner : *field.type, held);
  }
  return object;
}

void AddUnknownNames(const JsonView& object, const std::vector<Field>& known, const JsonPath& path,
                     FieldErrors& errors) {
  object.EachMember([&](std::string_view name, const JsonView&) {
    if (std::none_of(known.begin(), known.end(), [&](const Field& f) { return f.name == name; })) {
      Add(errors, JsonPath(path, name), {"field_unknown", "未知字段", "there is no such field"});
    }
  });
}

bool DecodeMembers(const TypeInfo& type, void* value, const JsonView& json, const JsonPath& path,
                   FieldErrors& errors) {
  if (!json.IsObject()) {
    AddWrongType(errors, path, "object");
    return false;
  }
  const auto& fields = type.members().Fields();
  const std::size_t errors_before = errors.size();
  std::size_t present = 0;
  for (const Field& field : fields) {
    const JsonPath at(path, field.name);
    const auto found = json.Find(field.name);
    if (found) {
      ++present;
      DecodeValue(*field.type, MemberOf(value, field), *found, at, errors);
    } else if (field.type->kind != Kind::kOptional && field.type->kind != Kind::kList) {
      AddMissing(errors, at);
    }
  }
  if (json.Size() != present) AddUnknownNames(json, fields, path, errors);
  return errors.size() == errors_before;
}

bool DecodeList(const TypeInfo& type, void* value, const JsonView& json, const JsonPath& path,
                FieldErrors& errors) {
  if (!json.IsArray()) {
    AddWrongType(errors, path, "array");
    return false;
  }
  if (json.Size() > kListItemsMax) {
    Add(errors, path, {"list_too_long", "列表项过多", "the list has too many items"});
    return false;
  }
  // What is written takes the place of a default.
  while (type.count(value) > 0) type.remove(value);
  bool is_good = true;
  json.EachItem([&](std::size_t i, const JsonView& item) {
    const bool is_item_good =
        DecodeValue(*type.inner, type.add(value), item, JsonPath(path, i), errors);
    is_good = is_good && is_item_good;
  });
  return is_good;
}

bool DecodeId(const TypeInfo& type, void* value, const JsonView& json, const JsonPath& path,
              FieldErrors& errors) {
  if (!DecodeValue(*type.inner, type.held(value), json, path, errors)) return false;
  if (type.is_well_formed == nullptr || type.is_well_formed(value)) return true;
  Add(errors, path, *type.malformed);
  return false;
}

bool DecodeOptional(const TypeInfo& type, void* value, const JsonView& json, const JsonPath& path,
                    FieldErrors& errors) {
  if (DecodeValue(*type.inner, type.add(value), json, path, errors)) return true;
  type.remove(value);
  return false;
}

template <class T>
bool Put(void* value, std::optional<T> decoded) {
  if (!decoded) return false;
  As<T>(value) = std::move(*decoded);
  return true;
}

Json SchemaOfMembers(const TypeInfo& type) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const Field& field : type.members().Fields()) {
    const bool is_optional = field.type->kind == Kind::kOptional;
    Json schema = SchemaOf(is_optional ? *field.type->inner : *field.type);
    if (!is_optional && field.type->kind != Kind::kList) required.push_back(field.name);
    if (!field.zh.empty()) schema["title"] = field.zh;
    if (field.subject != Subject::kNone) schema["x-personal"] = NameOf(field.subject);
    properties[std::string(field.name)] = std::move(schema);
  }
  Json schema = {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = required;
  return schema;
}

Json SchemaOfChoices(const TypeInfo& type) {
  Json names = Json::array();
  for (std::size_t i = 0; i < type.choice_count; ++i) names.push_back(type.choices[i].name);
  return {{"type", "string"}, {"enum", names}};
}

}  // namespace

Json EncodeValue(const TypeInfo& type, const void* value) {
  switch (type.kind) {
    case Kind::kBoolean: return As<bool>(value);
    case Kind::kInteger: return As<std::int64_t>(value);
    case Kind::kText: return As<std::string>(value);
    case Kind::kDate: return As<Date>(value).ToString();
    case Kind::kInstant: return As<Instant>(value).ToString();
    case Kind::kPersonal: return EncodePersonal(As<PersonalText>(value));
    case Kind::kJson: return As<Json>(value);
    case Kind::kEnum: return std::string(EnumName(type, value));
    case Kind::kId: return EncodeValue(*type.inner, type.held(Unconst(value)));
    case Kind::kOptional: {
      const void* const held = type.held(Unconst(value));
      return held == nullptr ? Json() : EncodeValue(*type.inner, held);
    }
    case Kind::kList: {
      Json list = Json::array();
      for (std::size_t i = 0; i < type.count(value); ++i) {
        list.push_back(EncodeValue(*type.inner, type.item(Unconst(value), i)));
      }
      return list;
    }
    case Kind::kStruct: return EncodeMembers(type, value);
  }
  return {};
}

bool DecodeValue(const TypeInfo& type, void* value, const JsonView& json, const JsonPath& path,
                 FieldErrors& errors) {
  switch (type.kind) {
    case Kind::kBoolean: {
      const auto boolean = json.Boolean();
      if (!boolean) AddWrongType(errors, path, "boolean");
      return Put(value, boolean);
    }
    case Kind::kInteger: return Put(value, DecodeInteger(json, path, errors));
    case Kind::kText: return Put(value, DecodeText(json, path, errors));
    case Kind::kDate: return Put(value, DecodeDate(json, path, errors));
    case Kind::kInstant: return Put(value, DecodeInstant(json, path, errors));
    case Kind::kPersonal: return Put(value, DecodePersonal(json, path, errors));
    case Kind::kJson: As<Json>(value) = json.ToJson(); return true;
    case Kind::kEnum: return DecodeEnum(type, value, json, path, errors);
    case Kind::kId: return DecodeId(type, value, json, path, errors);
    case Kind::kOptional: return DecodeOptional(type, value, json, path, errors);
    case Kind::kList: return DecodeList(type, value, json, path, errors);
    case Kind::kStruct: return DecodeMembers(type, value, json, path, errors);
  }
  return false;
}

Json SchemaOf(const TypeInfo& type) {
  switch (type.kind) {
    case Kind::kBoolean: return {{"type", "boolean"}};
    case Kind::kInteger: return {{"type", "integer"}};
    case Kind::kText:
    case Kind::kPersonal:
      return {{"type", "string"}, {"minLength", 1}, {"maxLength", kTextBytesMax}};
    case Kind::kDate: return {{"type", "string"}, {"format", "date"}};
    case Kind::kInstant: return {{"type", "string"}, {"format", "date-time"}};
    case Kind::kJson: return Json::object();
    case Kind::kEnum: return SchemaOfChoices(type);
    case Kind::kId:
      if (type.pattern.empty()) return SchemaOf(*type.inner);
      return {{"type", "string"}, {"pattern", type.pattern}};
    case Kind::kOptional: return SchemaOf(*type.inner);
    case Kind::kList:
      return {{"type", "array"}, {"items", SchemaOf(*type.inner)}, {"maxItems", kListItemsMax}};
    case Kind::kStruct: return SchemaOfMembers(type);
  }
  return {};
}

void VisitPersonalOf(const TypeInfo& type, void* value, const std::string& pointer, Subject subject,
                     const PersonalVisit& visit) {
  if (type.kind == Kind::kPersonal) {
    visit(pointer, subject, As<PersonalText>(value));
  } else if (type.kind == Kind::kOptional) {
    void* const held = type.held(value);
    if (held != nullptr) VisitPersonalOf(*type.inner, held, pointer, subject, visit);
  } else if (type.kind == Kind::kList) {
    for (std::size_t i = 0; i < type.count(value); ++i) {
      VisitPersonalOf(*type.inner, type.item(value, i), PointerTo(pointer, std::to_string(i)),
                      subject, visit);
    }
  } else if (type.kind == Kind::kStruct) {
    for (const Field& field : type.members().Fields()) {
      VisitPersonalOf(*field.type, MemberOf(value, field), PointerTo(pointer, field.name),
                      field.subject == Subject::kNone ? subject : field.subject, visit);
    }
  }
}

}  // namespace json_detail

}  // namespace docket
