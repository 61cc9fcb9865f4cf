/// `docket access-log`: the second log, for whoever audits with the rights of the store's files.
#pragma once

#include "api/cli/verb.hpp"

namespace docket::cli {

void AddAccessLogVerb(CLI::App& app, Terminal& terminal);

}  // namespace docket::cli
