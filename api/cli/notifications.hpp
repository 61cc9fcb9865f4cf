/// `docket notifications`: how notices outside the inbox stand, and sending again what was parked.
#pragma once

#include "api/cli/verb.hpp"

namespace docket::cli {

void AddNotificationsVerb(CLI::App& app, Terminal& terminal);

}  // namespace docket::cli
