#include "persistence/sqlite/migrations.hpp"

#include <fmt/format.h>

#include "persistence/migration_check.hpp"

namespace docket {

namespace embedded {
const std::vector<File>& SqliteMigrations();
}  // namespace embedded

namespace {

constexpr const char* kCreateTable =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    "  name TEXT PRIMARY KEY, checksum TEXT NOT NULL,"
    "  applied_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))) WITHOUT ROWID";
constexpr const char* kHasTable =
    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'";
constexpr const char* kSelectApplied = "SELECT name, checksum FROM schema_migrations";
constexpr const char* kInsertApplied =
    "INSERT INTO schema_migrations (name, checksum) VALUES (?, ?)";

AppliedMigrations ReadApplied(Database& database) {
  if (!database.Prepare(kHasTable).Step()) return {};
  AppliedMigrations applied;
  auto query = database.Prepare(kSelectApplied);
  while (query.Step()) applied.emplace(query.Text(0), query.Text(1));
  return applied;
}

std::vector<embedded::File> Missing(Database& database,
                                    const std::vector<embedded::File>& migrations) {
  return MissingMigrations(ReadApplied(database), migrations, database.Path());
}

}  // namespace

std::vector<embedded::File> MigrationsOf(std::string_view kind) {
  return MigrationsBelow(fmt::format("migrations/sqlite/{}/", kind), embedded::SqliteMigrations());
}

void Migrate(Database& database, const std::vector<embedded::File>& migrations) {
  if (Missing(database, migrations).empty()) return;
  database.Execute(kCreateTable);
  for (const auto& file : Missing(database, migrations)) {
    Transaction transaction(database);
    // Another process may have been faster; under the write lock this is certain.
    if (ReadApplied(database).contains(NameOfMigration(file))) continue;
    database.Execute(std::string(file.text));
    database.Prepare(kInsertApplied).Bind(NameOfMigration(file), ChecksumOfMigration(file)).Run();
    transaction.Commit();
  }
}

void CheckMigrated(Database& database, const std::vector<embedded::File>& migrations) {
  const auto missing = Missing(database, migrations);
  if (missing.empty()) return;
  throw StoreError(fmt::format("{}: not migrated yet ({} is missing); run `docket migrate`",
                               database.Path(), NameOfMigration(missing.front())));
}

}  // namespace docket
