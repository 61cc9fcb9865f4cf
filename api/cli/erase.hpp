/// `docket erase`: erasing a person from all cases, from the machine itself, and holds.
#pragma once

#include "api/cli/verb.hpp"

namespace docket::cli {

void AddEraseVerb(CLI::App& app, Terminal& terminal);

}  // namespace docket::cli
