/// A store chosen by its URL.
#pragma once

#include <memory>
#include <string>

#include "domain/rejection.hpp"
#include "persistence/store.hpp"

namespace docket {

struct StoreOptions {
  std::string url;  ///< `sqlite:PATH` or `postgres://…`
  /// Where the keys of data subjects are, on PostgreSQL: another database, better on another
  /// server. Empty: the database `NAME_keys` of the same one. On SQLite they are beside the log.
  std::string keys_url{};
  StoreAccess access = StoreAccess::kOwner;
  std::string owner = "docket";  ///< Shown to whoever finds the store in use.
};

/// Refused: a URL that names no store, and `keys_url_not_here` for SQLite. Throws StoreError when
/// the store is broken, or owned by another process where only one may own it.
Expected<std::unique_ptr<Store>> OpenStore(const StoreOptions& options);

}  // namespace docket
