/// `docket documents`: whether what is kept of documents is whole.
#pragma once

#include "api/cli/verb.hpp"

namespace docket::cli {

void AddDocumentsVerb(CLI::App& app, Terminal& terminal);

}  // namespace docket::cli
