/// `docket case show|timeline|list`: reading a store from the command line, also while a server
/// owns it. Personal texts stay sealed: who may open them is decided where people log in.
#pragma once

#include "api/cli/verb.hpp"

namespace docket::cli {

void AddCaseVerb(CLI::App& app, Terminal& terminal);

}  // namespace docket::cli
