#include "api/render/schema.hpp"

#include <algorithm>

namespace docket::schema {

namespace {

bool IsList(const Json& schema) { return schema.value("type", "") == "array"; }

Json RequiredOf(const Json& object) {
  std::set<std::string> required;
  if (object.contains("required")) object["required"].get_to(required);
  for (const auto& [name, member] : object["properties"].items()) {
    if (IsList(member)) required.insert(name);
  }
  return required;
}

}  // namespace

Json Text() { return {{"type", "string"}}; }
Json Integer() { return {{"type", "integer"}}; }
Json Boolean() { return {{"type", "boolean"}}; }
Json DateText() { return {{"type", "string"}, {"format", "date"}}; }
Json InstantText() { return {{"type", "string"}, {"format", "date-time"}}; }
Json AnyObject() { return {{"type", "object"}}; }
Json ListOf(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }

Json Object(const std::vector<Member>& members) {
  return With({{"type", "object"},
               {"properties", Json::object()},
               {"required", Json::array()},
               {"additionalProperties", false}},
              members);
}

Json With(Json base, const std::vector<Member>& members) {
  for (const auto& member : members) {
    std::string name = member.name;
    const bool optional = name.ends_with('?');
    if (optional) name.pop_back();
    else base["required"].push_back(name);
    base["properties"][name] = member.schema;
  }
  return base;
}

Json Component(std::string name, Json schema) {
  schema[kComponentMark] = std::move(name);
  return schema;
}

Json Titled(std::string zh, Json schema) {
  schema["title"] = std::move(zh);
  return schema;
}

Json Answered(Json input) {
  if (!input.is_object()) return input;
  if (input.contains("properties")) {
    for (auto& member : input["properties"]) member = Answered(std::move(member));
    input["required"] = RequiredOf(input);
  }
  if (input.contains("items")) input["items"] = Answered(std::move(input["items"]));
  for (const char* limit : {"minLength", "maxLength", "maxItems"}) input.erase(limit);
  return input;
}

}  // namespace docket::schema
