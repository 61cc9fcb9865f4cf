/// `docket migrate`: brings a store's schema up to date, and says what that took.
#pragma once

#include "api/cli/verb.hpp"

namespace docket::cli {

void AddMigrateVerb(CLI::App& app, Terminal& terminal);

}  // namespace docket::cli
