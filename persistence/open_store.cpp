#include "persistence/open_store.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "persistence/postgres/postgres_keys.hpp"
#include "persistence/postgres/postgres_store.hpp"
#include "persistence/sqlite/key_store.hpp"
#include "persistence/sqlite/sqlite_store.hpp"

namespace docket {

namespace {

constexpr Refusal kKeysUrlNotHere{"keys_url_not_here",
                                  "SQLite 存储的密钥库与事件库同目录，不能另行指定",
                                  "a SQLite store keeps its keys beside the log"};

}  // namespace

Expected<void> CheckKeysUrl(const StoreOptions& options) {
  if (options.keys_url.empty() || IsPostgresUrl(options.url)) return {};
  return Refuse(RejectionKind::kInvalid, kKeysUrlNotHere);
}

Expected<std::unique_ptr<Store>> OpenStore(const StoreOptions& options) {
  if (IsPostgresUrl(options.url)) {
    auto url = ParsePostgresUrl(options.url);
    if (!url) return tl::unexpected(url.error());
    PostgresStoreOptions postgres{.url = std::move(*url),
                                  .access = options.access,
                                  .owner = options.owner,
                                  .keks = options.keks};
    if (!options.keys_url.empty()) {
      auto keys_url = ParsePostgresUrl(options.keys_url);
      if (!keys_url) return tl::unexpected(keys_url.error());
      postgres.keys_url = std::move(*keys_url);
    }
    return std::make_unique<PostgresStore>(std::move(postgres));
  }
  if (auto here = CheckKeysUrl(options); !here) return tl::unexpected(here.error());
  const auto paths = ParseSqliteUrl(options.url);
  if (!paths) return tl::unexpected(paths.error());
  return std::make_unique<SqliteStore>(SqliteStoreOptions{
      .paths = *paths, .access = options.access, .owner = options.owner, .keks = options.keks});
}

Expected<std::unique_ptr<KeyTable>> OpenKeyTable(const StoreOptions& options) {
  if (IsPostgresUrl(options.url)) {
    const auto url = ParsePostgresUrl(options.url);
    if (!url) return tl::unexpected(url.error());
    if (options.keys_url.empty()) {
      return OpenPostgresKeyTable(url->WithDatabase(url->Database() + "_keys"), options.owner);
    }
    const auto keys = ParsePostgresUrl(options.keys_url);
    if (!keys) return tl::unexpected(keys.error());
    return OpenPostgresKeyTable(*keys, options.owner);
  }
  if (auto here = CheckKeysUrl(options); !here) return tl::unexpected(here.error());
  const auto paths = ParseSqliteUrl(options.url);
  if (!paths) return tl::unexpected(paths.error());
  if (!std::filesystem::exists(paths->keys)) {
    throw StoreError(fmt::format("there is no key store {}", paths->keys));
  }
  return OpenSqliteKeyTable(*paths);
}

}  // namespace docket
