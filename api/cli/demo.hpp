/// `docket demo`: fills an empty store with a believable province (docs/demo.md).
#pragma once

#include "api/cli/verb.hpp"

namespace docket::cli {

void AddDemoVerb(CLI::App& app, Terminal& terminal);

}  // namespace docket::cli
