/// `docket import messages`: what trading systems would push, from files.
#pragma once

#include "api/cli/verb.hpp"

namespace docket::cli {

/// Below `docket import`.
void AddImportMessages(CLI::App& import, Terminal& terminal);

}  // namespace docket::cli
