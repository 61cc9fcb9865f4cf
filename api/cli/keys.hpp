/// `docket keys`: the key store as its operator sees it, and another key-encryption key for it.
#pragma once

#include "api/cli/verb.hpp"

namespace docket::cli {

void AddKeysVerb(CLI::App& app, Terminal& terminal);

}  // namespace docket::cli
