/// A store chosen by its URL.
#pragma once

#include <memory>
#include <string>

#include "domain/rejection.hpp"
#include "persistence/keys/key_encryption.hpp"
#include "persistence/keys/key_table.hpp"
#include "persistence/store.hpp"

namespace docket {

struct StoreOptions {
  std::string url;  ///< `sqlite:PATH` or `postgres://…`
  /// Where the keys of data subjects are, on PostgreSQL: another database, better on another
  /// server. Empty: the database `NAME_keys` of the same one. On SQLite they are beside the log.
  std::string keys_url{};
  StoreAccess access = StoreAccess::kOwner;
  std::string owner = "docket";  ///< Shown to whoever finds the store in use.
  /// Under which the keys of data subjects are kept; null: kept as they are, unless the key store
  /// is wrapped already, which is then not opened.
  std::shared_ptr<KeyEncryption> keks{};
};

/// Refused: a URL that names no store, and `keys_url_not_here` for SQLite. Throws StoreError when
/// the store is broken, or owned by another process where only one may own it.
Expected<std::unique_ptr<Store>> OpenStore(const StoreOptions& options);

/// Refused as `keys_url_not_here` where keys are beside the log.
Expected<void> CheckKeysUrl(const StoreOptions& options);

/// The table behind the key store of `url` (or at `keys_url`), beside whoever uses it. Refused as
/// by OpenStore. Throws StoreError when there is none.
Expected<std::unique_ptr<KeyTable>> OpenKeyTable(const StoreOptions& options);

}  // namespace docket
