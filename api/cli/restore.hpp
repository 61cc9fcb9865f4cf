/// `docket restore`: a new store of a backup, with an epoch of its own.
#pragma once

#include "api/cli/verb.hpp"

namespace docket::cli {

void AddRestoreVerb(CLI::App& app, Terminal& terminal);

}  // namespace docket::cli
