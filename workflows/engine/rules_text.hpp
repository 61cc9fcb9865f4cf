/// The rules.json that ships with a workflow.
#pragma once

#include <string_view>

namespace docket {

/// Text of workflows/<name>/rules.json as it was compiled in; ends the process when there is none.
std::string_view RulesText(std::string_view workflow);

}  // namespace docket
