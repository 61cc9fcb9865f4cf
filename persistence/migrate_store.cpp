#include "persistence/migrate_store.hpp"

#include <filesystem>

#include "persistence/postgres/migrations.hpp"
#include "persistence/sqlite/migrations.hpp"
#include "persistence/sqlite/store_lock.hpp"
#include "persistence/sqlite/store_url.hpp"

namespace docket {

namespace {

MigratedPart MigrateFile(const std::string& name, const std::string& path) {
  Database database(path);
  return {.name = name, .applied = Migrate(database, MigrationsOf(name))};
}

std::vector<MigratedPart> MigrateSqlite(const SqlitePaths& paths) {
  const StoreLock lock({.path = paths.lock, .owner = "docket migrate"});
  std::vector<MigratedPart> parts = {MigrateFile("log", paths.log)};
  parts.push_back(MigrateFile("documents", paths.documents));
  if (std::filesystem::exists(paths.keys)) parts.push_back(MigrateFile("keys", paths.keys));
  return parts;
}

constexpr PostgresStatement kSelectDatabase{"select_database",
                                            "SELECT 1 FROM pg_database WHERE datname = $1"};

MigratedPart MigrateDatabase(const std::string& name, PostgresConnection& connection) {
  return {.name = name, .applied = MigratePostgres(connection, PostgresMigrationsOf(name))};
}

/// `keys`: where the key store is; absent: in the database beside the log's, if there is one.
std::vector<MigratedPart> MigrateDatabases(const PostgresUrl& url,
                                           const std::optional<PostgresUrl>& keys_url) {
  // Another process that is migrating may take its time.
  const SessionSettings settings{.purpose = "docket migrate",
                                 .lock_timeout = std::chrono::minutes(2)};
  PostgresConnection log(url, settings);
  std::vector<MigratedPart> parts = {MigrateDatabase("log", log)};
  const std::string keys_name = url.Database() + "_keys";
  if (!keys_url && log.Run(kSelectDatabase, keys_name).empty()) return parts;
  PostgresConnection keys(keys_url.value_or(url.WithDatabase(keys_name)), settings);
  parts.push_back(MigrateDatabase("keys", keys));
  return parts;
}

}  // namespace

Expected<std::vector<MigratedPart>> MigrateStore(const StoreOptions& options) {
  const std::string& url = options.url;
  if (IsPostgresUrl(url)) {
    const auto parsed = ParsePostgresUrl(url);
    if (!parsed) return tl::unexpected(parsed.error());
    if (options.keys_url.empty()) return MigrateDatabases(*parsed, std::nullopt);
    const auto keys = ParsePostgresUrl(options.keys_url);
    if (!keys) return tl::unexpected(keys.error());
    return MigrateDatabases(*parsed, *keys);
  }
  if (auto here = CheckKeysUrl(options); !here) return tl::unexpected(here.error());
  const auto paths = ParseSqliteUrl(url);
  if (!paths) return tl::unexpected(paths.error());
  return MigrateSqlite(*paths);
}

}  // namespace docket
