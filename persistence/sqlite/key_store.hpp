/// Keys of data subjects in a SQLite file of their own, readable by its owner only.
#pragma once

#include "persistence/keys/table_keys.hpp"
#include "persistence/sqlite/store_url.hpp"

namespace docket {

/// Thread-safe: one connection behind a mutex. Destroying overwrites the key in the file and the
/// journal.
class SqliteKeys : public TableKeys {
 public:
  explicit SqliteKeys(const SqlitePaths& paths, std::shared_ptr<KeyEncryption> keks = {});
};

/// Created where it is missing.
std::unique_ptr<KeyTable> OpenSqliteKeyTable(const SqlitePaths& paths);

}  // namespace docket
