#include "persistence/sqlite/migrations.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "domain/evidence/leaf.hpp"

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

std::string NameOfFile(const embedded::File& file) {
  return std::string(file.path.substr(file.path.rfind('/') + 1));
}

std::map<std::string, std::string> ReadApplied(Database& database) {
  if (!database.Prepare(kHasTable).Step()) return {};
  std::map<std::string, std::string> applied;
  auto query = database.Prepare(kSelectApplied);
  while (query.Step()) applied.emplace(query.Text(0), query.Text(1));
  return applied;
}

/// The migrations still to be applied. Throws where the past differs from what this program knows.
std::vector<embedded::File> Missing(Database& database,
                                    const std::vector<embedded::File>& migrations) {
  auto applied = ReadApplied(database);
  std::vector<embedded::File> missing;
  for (const auto& file : migrations) {
    const auto found = applied.find(NameOfFile(file));
    if (found == applied.end()) {
      missing.push_back(file);
      continue;
    }
    if (found->second != Sha256Hex(file.text)) {
      throw StoreError(
          fmt::format("{}: migration {} was applied with another text; a migration "
                      "is never changed once it has run",
                      database.Path(), found->first));
    }
    applied.erase(found);
  }
  if (!applied.empty()) {
    throw StoreError(
        fmt::format("{}: migrated by a newer version of this program ({} is unknown "
                    "here); use that version",
                    database.Path(), applied.begin()->first));
  }
  return missing;
}

}  // namespace

std::vector<embedded::File> MigrationsOf(std::string_view kind) {
  const std::string folder = fmt::format("migrations/sqlite/{}/", kind);
  std::vector<embedded::File> files;
  for (const auto& file : embedded::SqliteMigrations()) {
    if (file.path.substr(0, folder.size()) == folder) files.push_back(file);
  }
  std::sort(files.begin(), files.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

void Migrate(Database& database, const std::vector<embedded::File>& migrations) {
  if (Missing(database, migrations).empty()) return;
  database.Execute(kCreateTable);
  for (const auto& file : Missing(database, migrations)) {
    Transaction transaction(database);
    // Another process may have been faster; under the write lock this is certain.
    if (ReadApplied(database).contains(NameOfFile(file))) continue;
    database.Execute(std::string(file.text));
    database.Prepare(kInsertApplied).Bind(NameOfFile(file), Sha256Hex(file.text)).Run();
    transaction.Commit();
  }
}

void CheckMigrated(Database& database, const std::vector<embedded::File>& migrations) {
  const auto missing = Missing(database, migrations);
  if (missing.empty()) return;
  throw StoreError(fmt::format("{}: not migrated yet ({} is missing); run `docket migrate`",
                               database.Path(), NameOfFile(missing.front())));
}

}  // namespace docket
