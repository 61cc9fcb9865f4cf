#include "persistence/open_store.hpp"

#include "persistence/postgres/postgres_store.hpp"
#include "persistence/sqlite/sqlite_store.hpp"

namespace docket {

Expected<std::unique_ptr<Store>> OpenStore(const StoreOptions& options) {
  if (IsPostgresUrl(options.url)) {
    auto url = ParsePostgresUrl(options.url);
    if (!url) return tl::unexpected(url.error());
    return std::make_unique<PostgresStore>(PostgresStoreOptions{
        .url = std::move(*url), .access = options.access, .owner = options.owner});
  }
  const auto paths = ParseSqliteUrl(options.url);
  if (!paths) return tl::unexpected(paths.error());
  return std::make_unique<SqliteStore>(
      SqliteStoreOptions{.paths = *paths, .access = options.access, .owner = options.owner});
}

}  // namespace docket
