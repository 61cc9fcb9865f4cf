#include "api/http/examples.hpp"

#include "domain/embedded.hpp"

namespace docket::embedded {
const std::vector<File>& ExamplesFile();
}  // namespace docket::embedded

namespace docket::http {

const Json& ExampleWalk() {
  static const Json walk = Json::parse(embedded::ExamplesFile().front().text);
  return walk;
}

Json ExamplesOf(const std::string& operation_id) {
  Json examples = Json::object();
  for (const auto& step : ExampleWalk()) {
    if (step["operation"] != operation_id) continue;
    const std::string name = "example" + std::to_string(examples.size() + 1);
    examples[name] = {{"summary", step["summary"]}, {"value", step["body"]}};
  }
  return examples;
}

}  // namespace docket::http
