#include "workflows/engine/rules_text.hpp"

#include <algorithm>
#include <string>

#include "domain/embedded.hpp"
#include "domain/ensure.hpp"

namespace docket {

namespace embedded {
const std::vector<File>& Rules();
}  // namespace embedded

std::string_view RulesText(std::string_view workflow) {
  const std::string path = "workflows/" + std::string(workflow) + "/rules.json";
  const auto& files = embedded::Rules();
  const auto file = std::find_if(files.begin(), files.end(),
                                 [&](const auto& candidate) { return candidate.path == path; });
  ENSURE(file != files.end(), "{} is compiled in", path);
  return file->text;
}

}  // namespace docket
