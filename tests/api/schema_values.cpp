#include "tests/api/schema_values.hpp"

#include <map>
#include <regex>
#include <set>
#include <stdexcept>

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace docket::test {

namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

/// A text for every pattern that the document has.
std::string TextLike(const std::string& pattern) {
  static const std::vector<std::string> kSamples = {
      "330482",
      "x",
      "sha256:" + std::string(64, 'a'),
      std::string(64, 'a'),
      "complaint-01900000-0000-7000-8000-000000000000",
      "01900000-0000-7000-8000-000000000000",
      "\"1\"",
      "https://example.org/hook",
      "x@example.org",
      "13900000000",
      "123456",
      "08:00",
      "20240808093000",
      std::string(86, 'A') + "==",
      std::string(43, 'A') + "=",
      "91350100M000100Y43",
      "E3501000001000000001",
      "E3501000001000000001001"};
  // Patterns are few and asked for often; to compile one takes longer than to match it.
  thread_local std::map<std::string, std::string> known;
  if (const auto found = known.find(pattern); found != known.end()) return found->second;
  const std::regex shape(pattern);
  for (const auto& sample : kSamples) {
    if (std::regex_search(sample, shape)) return known[pattern] = sample;
  }
  throw std::logic_error("no sample text is like " + pattern + ": add one");
}

Json WrongType(const std::string& type) {
  if (type == "string") return 7;
  return "not a " + type;
}

Json With(Json whole, const std::string& pointer, const Json& value) {
  whole[Json::json_pointer(pointer)] = value;
  return whole;
}

}  // namespace

struct SchemaCheck::Implementation {
  valijson::Schema schema;
};

SchemaCheck::SchemaCheck(const Json& schema, const Json& document)
    : implementation_(std::make_unique<Implementation>()) {
  Json rooted = schema;
  rooted["components"]["schemas"] = document["components"]["schemas"];
  valijson::SchemaParser parser;
  parser.populateSchema(Adapter(rooted), implementation_->schema);
}

SchemaCheck::~SchemaCheck() = default;
SchemaCheck::SchemaCheck(SchemaCheck&&) noexcept = default;
SchemaCheck& SchemaCheck::operator=(SchemaCheck&&) noexcept = default;

std::string SchemaCheck::Complaints(const Json& value) const {
  // It keeps the patterns that it has compiled.
  thread_local valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(implementation_->schema, Adapter(value), &results)) return "";
  std::string complaints;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    for (const auto& step : error.context) complaints += step;
    complaints += ": " + error.description + "; ";
  }
  return complaints.empty() ? "it does not fit the schema" : complaints;
}

const Json& SchemaValues::Resolved(const Json& schema) const {
  if (!schema.contains("$ref")) return schema;
  const auto pointer = schema["$ref"].get<std::string>().substr(1);
  return Resolved(document_.at(Json::json_pointer(pointer)));
}

Json SchemaValues::MakeText(const Json& schema) const {
  const std::string format = schema.value("format", "");
  if (format == "date") return "2024-08-08";
  if (format == "date-time") return "2024-08-08T08:30:00+08:00";
  if (schema.contains("examples")) return schema["examples"].front();
  if (schema.contains("pattern")) return TextLike(schema["pattern"]);
  if (schema.contains("anyOf")) return MakeText(schema["anyOf"].back());
  return std::string(std::max(schema.value("minLength", 1), 1), 'x');
}

Json SchemaValues::MakeObject(const Json& schema, bool full) const {
  const auto required = schema.value("required", std::set<std::string>());
  Json object = Json::object();
  if (!schema.contains("properties")) return object;
  for (const auto& [name, member] : schema["properties"].items()) {
    if (full || required.contains(name)) object[name] = Make(member, full);
  }
  return object;
}

Json SchemaValues::Make(const Json& given, bool full) const {
  const Json& schema = Resolved(given);
  if (schema.contains("const")) return schema["const"];
  if (schema.contains("enum")) return schema["enum"].front();
  const std::string type = schema.value("type", "");
  if (type == "string") return MakeText(schema);
  if (type == "integer") return schema.value("minimum", 1);
  if (type == "boolean") return true;
  if (type == "object") return MakeObject(schema, full);
  if (type == "array") {
    const bool any = full || schema.value("minItems", 0) > 0;
    return any ? Json::array({Make(schema["items"], full)}) : Json::array();
  }
  for (const char* choice : {"oneOf", "anyOf", "allOf"}) {
    if (schema.contains(choice)) return Make(schema[choice].front(), full);
  }
  return Json::object();
}

void SchemaValues::BreakObject(const Json& schema, const Json& whole, const std::string& pointer,
                               std::vector<Broken>& broken) const {
  for (const auto& name : schema.value("required", std::set<std::string>())) {
    Json value = whole;
    value[Json::json_pointer(pointer)].erase(name);
    broken.push_back({PointerTo(pointer, name) + " required", std::move(value)});
  }
  if (schema.value("additionalProperties", Json(true)) == Json(false)) {
    const std::string extra = PointerTo(pointer, "no_such_member");
    broken.push_back({extra + " additionalProperties", With(whole, extra, "x")});
  }
  if (!schema.contains("properties")) return;
  for (const auto& [name, member] : schema["properties"].items()) {
    const std::string below = PointerTo(pointer, name);
    if (whole.contains(Json::json_pointer(below))) Break(member, whole, below, broken);
  }
}

void SchemaValues::Break(const Json& given, const Json& whole, const std::string& pointer,
                         std::vector<Broken>& broken) const {
  const Json& schema = Resolved(given);
  const auto add = [&](const std::string& constraint, const Json& value) {
    broken.push_back({pointer + " " + constraint, With(whole, pointer, value)});
  };
  if (schema.contains("type")) add("type", WrongType(schema["type"]));
  if (schema.contains("const")) return add("const", "no_such_constant");
  if (schema.contains("enum")) return add("enum", "no_such_choice");
  if (schema.contains("minLength")) add("minLength", "");
  if (schema.contains("maxLength")) {
    add("maxLength", std::string(schema["maxLength"].get<std::size_t>() + 1, 'x'));
  }
  if (schema.contains("pattern")) add("pattern", "?");
  if (schema.contains("format")) add("format", "2024-02-31");
  if (schema.contains("minimum")) add("minimum", schema["minimum"].get<std::int64_t>() - 1);
  const std::string type = schema.value("type", "");
  if (type == "array") {
    const Json item = Make(schema["items"], true);
    if (schema.contains("minItems")) add("minItems", Json::array());
    if (schema.contains("maxItems")) {
      add("maxItems", Json(schema["maxItems"].get<std::size_t>() + 1, item));
    }
    const std::string first = pointer + "/0";
    if (whole.contains(Json::json_pointer(first))) Break(schema["items"], whole, first, broken);
  }
  if (type == "object") BreakObject(schema, whole, pointer, broken);
}

std::vector<Broken> SchemaValues::BreakEach(const Json& given) const {
  const Json& schema = Resolved(given);
  for (const char* choice : {"oneOf", "anyOf"}) {
    if (!schema.contains(choice)) continue;
    std::vector<Broken> all;
    for (const auto& alternative : schema[choice]) {
      for (auto& broken : BreakEach(alternative)) all.push_back(std::move(broken));
    }
    return all;
  }
  std::vector<Broken> broken;
  Break(schema, Full(schema), "", broken);
  return broken;
}

}  // namespace docket::test
