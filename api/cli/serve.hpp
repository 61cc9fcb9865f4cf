/// `docket serve`: the HTTP server on one store.
#pragma once

#include "api/cli/verb.hpp"

namespace docket::cli {

void AddServeVerb(CLI::App& app, Terminal& terminal);

}  // namespace docket::cli
