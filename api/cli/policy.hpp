/// `docket policy matrix`: who may do, read and use what.
#pragma once

#include "api/cli/verb.hpp"

namespace docket::cli {

void AddPolicyVerb(CLI::App& app, Terminal& terminal);

}  // namespace docket::cli
