/// `docket rebuild`: builds a read model anew beside the one that is served.
#pragma once

#include "api/cli/verb.hpp"

namespace docket::cli {

void AddRebuildVerb(CLI::App& app, Terminal& terminal);

}  // namespace docket::cli
