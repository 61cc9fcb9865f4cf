/// Credentials in the file of the keys, which only its owner may read.
#pragma once

#include <memory>

#include "persistence/credentials/credential_table.hpp"
#include "persistence/sqlite/store_url.hpp"

namespace docket {

/// The key store must have been opened before: it makes and migrates the file.
std::unique_ptr<CredentialTable> OpenSqliteCredentials(const SqlitePaths& paths);

}  // namespace docket
