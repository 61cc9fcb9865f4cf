/// `docket import cases`: recorded real cases, one atomic append each, and an honest report of
/// what their texts let one count.
#pragma once

#include "api/cli/verb.hpp"

namespace docket::cli {

/// Reads JSON lines; prints one report a case on `out` (JSON lines with --json) and a progress bar
/// on `err` where that is a terminal. Exit 1 when a record was refused; the others are in.
void AddImportVerb(CLI::App& app, Terminal& terminal);

}  // namespace docket::cli
