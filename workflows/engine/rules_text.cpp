#include "workflows/engine/rules_text.hpp"

#include <string>

#include "domain/embedded.hpp"
#include "domain/ensure.hpp"

namespace docket {

namespace embedded {
const std::vector<File>& Rules();
}  // namespace embedded

std::string_view RulesText(std::string_view workflow) {
  const std::string path = "workflows/" + std::string(workflow) + "/rules.json";
  for (const auto& file : embedded::Rules()) {
    if (file.path == path) return file.text;
  }
  ENSURE(false, "{} is compiled in", path);
}

}  // namespace docket
