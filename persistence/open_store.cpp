#include "persistence/open_store.hpp"

#include "persistence/postgres/postgres_store.hpp"
#include "persistence/sqlite/sqlite_store.hpp"

namespace docket {

namespace {

constexpr Refusal kKeysUrlNotHere{"keys_url_not_here",
                                  "SQLite 存储的密钥库与事件库同目录，不能另行指定",
                                  "a SQLite store keeps its keys beside the log"};

}  // namespace

Expected<std::unique_ptr<Store>> OpenStore(const StoreOptions& options) {
  if (IsPostgresUrl(options.url)) {
    auto url = ParsePostgresUrl(options.url);
    if (!url) return tl::unexpected(url.error());
    PostgresStoreOptions postgres{
        .url = std::move(*url), .access = options.access, .owner = options.owner};
    if (!options.keys_url.empty()) {
      auto keys_url = ParsePostgresUrl(options.keys_url);
      if (!keys_url) return tl::unexpected(keys_url.error());
      postgres.keys_url = std::move(*keys_url);
    }
    return std::make_unique<PostgresStore>(std::move(postgres));
  }
  if (!options.keys_url.empty()) return Refuse(RejectionKind::kInvalid, kKeysUrlNotHere);
  const auto paths = ParseSqliteUrl(options.url);
  if (!paths) return tl::unexpected(paths.error());
  return std::make_unique<SqliteStore>(
      SqliteStoreOptions{.paths = *paths, .access = options.access, .owner = options.owner});
}

}  // namespace docket
