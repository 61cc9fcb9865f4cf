#include "persistence/postgres/migrations.hpp"

#include <fmt/format.h>

#include "persistence/migration_check.hpp"

namespace docket {

namespace embedded {
const std::vector<File>& PostgresMigrations();
}  // namespace embedded

namespace {

constexpr const char* kHasTable = "SELECT to_regclass('docket.schema_migrations') IS NOT NULL";
constexpr const char* kSelectApplied = "SELECT name, checksum FROM docket.schema_migrations";
constexpr const char* kCreateTable =
    "CREATE SCHEMA IF NOT EXISTS docket;"
    "CREATE TABLE IF NOT EXISTS docket.schema_migrations ("
    "  name text COLLATE \"C\" PRIMARY KEY, checksum text COLLATE \"C\" NOT NULL,"
    "  applied_at timestamptz NOT NULL DEFAULT clock_timestamp())";
constexpr PostgresStatement kInsertApplied{
    "insert_migration", "INSERT INTO docket.schema_migrations (name, checksum) VALUES ($1, $2)"};
// Held by the session, which ends it however this ends.
constexpr const char* kLock = "SELECT pg_advisory_lock(hashtextextended('docket.migrations', 0))";
constexpr const char* kUnlockMigrations =
    "SELECT pg_advisory_unlock(hashtextextended('docket.migrations', 0))";

AppliedMigrations ReadApplied(PostgresConnection& connection) {
  if (!connection.Execute(kHasTable)[0][0].as<bool>()) return {};
  AppliedMigrations applied;
  for (const auto& row : connection.Execute(kSelectApplied)) {
    applied.emplace(row[0].c_str(), row[1].c_str());
  }
  return applied;
}

std::vector<embedded::File> Missing(PostgresConnection& connection,
                                    const std::vector<embedded::File>& migrations) {
  return MissingMigrations(ReadApplied(connection), migrations, connection.Url().Shown());
}

[[noreturn]] void ThrowNotMigrated(const PostgresConnection& connection,
                                   const embedded::File& missing) {
  throw StoreError(
      fmt::format("{}: not migrated yet ({} is missing); run `docket migrate` as the "
                  "owner of the database",
                  connection.Url().Shown(), NameOfMigration(missing)));
}

void Apply(PostgresConnection& connection, const embedded::File& file) {
  try {
    connection.Execute("BEGIN");
    connection.Execute(std::string(file.text));
    connection.Run(kInsertApplied, NameOfMigration(file), ChecksumOfMigration(file));
    connection.Execute("COMMIT");
  } catch (const PostgresError& error) {
    connection.Execute("ROLLBACK");
    throw StoreError(fmt::format("migration {}: {}", NameOfMigration(file), error.what()));
  }
}

}  // namespace

std::vector<embedded::File> PostgresMigrationsOf(std::string_view kind) {
  return MigrationsBelow(fmt::format("migrations/postgres/{}/", kind),
                         embedded::PostgresMigrations());
}

std::vector<std::string> MigratePostgres(PostgresConnection& connection,
                                         const std::vector<embedded::File>& migrations) {
  std::vector<std::string> applied;
  const auto missing = Missing(connection, migrations);
  if (missing.empty()) return applied;
  connection.Execute(kLock);
  try {
    connection.Execute(kCreateTable);
  } catch (const PostgresError& error) {
    if (error.State() == kInsufficientPrivilege) ThrowNotMigrated(connection, missing.front());
    throw;
  }
  // Another process may have been faster; under the lock this is certain.
  for (const auto& file : Missing(connection, migrations)) {
    Apply(connection, file);
    applied.push_back(NameOfMigration(file));
  }
  connection.Execute(kUnlockMigrations);
  return applied;
}

void MigratePostgres(const PostgresUrl& url) {
  PostgresConnection connection(
      url, {.purpose = "docket migrate", .lock_timeout = std::chrono::minutes(2)});
  MigratePostgres(connection, PostgresMigrationsOf("log"));
}

void CheckPostgresMigrated(PostgresConnection& connection,
                           const std::vector<embedded::File>& migrations) {
  const auto missing = Missing(connection, migrations);
  if (!missing.empty()) ThrowNotMigrated(connection, missing.front());
}

}  // namespace docket
