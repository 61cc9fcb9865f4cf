/// The limits of documents as options of a verb.
#pragma once

#include "api/cli/verb.hpp"
#include "persistence/documents/documents.hpp"

namespace docket::cli {

/// `limits` outlives the app.
void AddDocumentOptions(CLI::App& verb, DocumentLimits& limits);

}  // namespace docket::cli
