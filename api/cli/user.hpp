/// `docket user`: the first administrator, and what to do when one is locked out.
#pragma once

#include "api/cli/verb.hpp"

namespace docket::cli {

void AddUserVerb(CLI::App& app, Terminal& terminal);

}  // namespace docket::cli
