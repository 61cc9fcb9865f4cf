/// `docket backup`: a checked copy of a store's log, and of its keys into a file of their own.
#pragma once

#include "api/cli/verb.hpp"

namespace docket::cli {

void AddBackupVerb(CLI::App& app, Terminal& terminal);

}  // namespace docket::cli
