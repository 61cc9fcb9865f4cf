#include "tests/support/random_json.hpp"

#include <algorithm>

namespace docket::testing {

Json RandomJson::Value(const Json& schema, const std::string& name) {
  const auto usual = usual_.find(name);
  if (usual != usual_.end() && usual->second.type_name() == schema.value("type", "") &&
      Chance(90)) {
    return usual->second;
  }
  const std::string type = schema.value("type", "any");
  if (type == "object") return Object(schema);
  if (type == "string") return Text(schema);
  if (type == "boolean") return Chance(75);
  if (type == "integer") {
    const std::vector<std::int64_t> numbers{1, 2, 3, 5, 5, 10, 15, 20, 30, 0, 31, 60, -1, 10001};
    return OneOf(numbers);
  }
  if (type == "array") {
    Json list = Json::array();
    for (std::size_t i = Chance(50) ? 2 : Below(4); i > 0; --i) {
      list.push_back(Value(schema.at("items"), name));
    }
    return list;
  }
  return Json::object();
}

Json RandomJson::Text(const Json& schema) {
  if (schema.contains("enum")) return OneOf(schema.at("enum").get<std::vector<std::string>>());
  const std::string format = schema.value("format", "");
  if (format == "date") {
    return (today_ + static_cast<int>(Below(20)) - (Chance(80) ? 19 : 3)).ToString();
  }
  if (format == "date-time") {
    return Instant::StartOf(today_ - static_cast<int>(Below(10))).ToString();
  }
  if (!words_.empty() && Chance(80)) return OneOf(words_);
  return OneOf(std::vector<std::string>{"说明", "文号1号", "a \"quoted\" text", "𠮷野家", "0"});
}

Json RandomJson::Object(const Json& schema) {
  Json object = Json::object();
  const Json required = schema.value("required", Json::array());
  for (const auto& [name, property] : schema.at("properties").items()) {
    const bool must = std::find(required.begin(), required.end(), name) != required.end();
    const bool list = property.value("type", "") == "array";
    if (must ? !Chance(1) : Chance(list ? 80 : 40)) object[name] = Value(property, name);
  }
  if (Chance(1)) object["unheard_of"] = 1;
  return object;
}

}  // namespace docket::testing
