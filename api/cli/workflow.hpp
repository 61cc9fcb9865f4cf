/// `docket workflow list|show|docs`: what the workflows' tables say of themselves.
#pragma once

#include "api/cli/verb.hpp"

namespace docket::cli {

void AddWorkflowVerb(CLI::App& app, Terminal& terminal);

}  // namespace docket::cli
