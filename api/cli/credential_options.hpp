/// The limits of credentials as options of a verb.
#pragma once

#include "api/cli/verb.hpp"
#include "persistence/credentials/credential_policy.hpp"

namespace docket::cli {

/// `policy` outlives the app.
void AddCredentialOptions(CLI::App& verb, CredentialPolicy& policy);

}  // namespace docket::cli
