/// `docket deadline reschedule`: running cases counted anew after a working calendar was revised
/// (放假安排调整) or a rule has a later edition (规则修订).
#pragma once

#include "api/cli/verb.hpp"

namespace docket::cli {

/// Adds it to the verb `deadline`. Lists each clock whose due day moves, one a line (JSON with
/// --json); with --dry-run nothing is recorded. Exit 1 when a case could not be counted; the others
/// are.
void AddReschedule(CLI::App& deadline, Terminal& terminal);

}  // namespace docket::cli
