/// `docket feed`: the feed of a server as JSON lines, followed across restarts.
#pragma once

#include "api/cli/verb.hpp"

namespace docket::cli {

void AddFeedVerb(CLI::App& app, Terminal& terminal);

}  // namespace docket::cli
