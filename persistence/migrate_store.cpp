#include "persistence/migrate_store.hpp"

#include <filesystem>

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
  if (std::filesystem::exists(paths.keys)) parts.push_back(MigrateFile("keys", paths.keys));
  return parts;
}

}  // namespace

Expected<std::vector<MigratedPart>> MigrateStore(std::string_view url) {
  const auto paths = ParseSqliteUrl(url);
  if (!paths) return tl::unexpected(paths.error());
  return MigrateSqlite(*paths);
}

}  // namespace docket
