/// Credentials in the database of the keys.
#pragma once

#include <memory>

#include "persistence/credentials/credential_table.hpp"
#include "persistence/postgres/connection.hpp"

namespace docket {

/// The key store must have been opened before: it makes and migrates the database.
std::unique_ptr<CredentialTable> OpenPostgresCredentials(const PostgresUrl& keys,
                                                         const SessionSettings& session);

}  // namespace docket
