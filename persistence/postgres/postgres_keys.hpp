/// Keys of data subjects in a PostgreSQL database of their own, outside the log and its dumps.
#pragma once

#include "persistence/keys/table_keys.hpp"
#include "persistence/postgres/connection.hpp"

namespace docket {

struct PostgresKeysOptions {
  PostgresUrl keys;  ///< Whose database is created, when missing, on the server of `log`.
  PostgresUrl log;
  std::string owner;
  LostKeys lost = LostKeys::kRefuse;
  StoreSettings* settings = nullptr;  ///< Of the log; outlives the call.
  bool needed = false;                ///< Somebody has acted in the log.
  std::shared_ptr<KeyEncryption> keks{};
};

/// Thread-safe. PostgreSQL keeps the old version of a destroyed key's row until the next vacuum,
/// which the table asks for at once, and in the write-ahead log as long as the server keeps that:
/// see docs/operations-postgres.md.
class PostgresKeys : public TableKeys {
 public:
  using TableKeys::TableKeys;
};

/// Creates and migrates the database where it is missing and the login may; binds it to the log.
std::unique_ptr<KeyStore> OpenPostgresKeys(const PostgresKeysOptions& options);

/// The table of a key store that exists, migrated. Throws StoreError when there is none.
std::unique_ptr<KeyTable> OpenPostgresKeyTable(const PostgresUrl& keys, const std::string& owner);

}  // namespace docket
