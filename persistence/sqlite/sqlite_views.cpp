#include "persistence/sqlite/sqlite_views.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "persistence/sqlite/database.hpp"
#include "persistence/sqlite/value_rows.hpp"

namespace docket {

namespace {

constexpr const char* kBegin = "BEGIN";
constexpr const char* kBeginImmediate = "BEGIN IMMEDIATE";
constexpr const char* kCommit = "COMMIT";
constexpr const char* kRollback = "ROLLBACK";
constexpr const char* kHasRegistry =
    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'generations'";
constexpr const char* kInsertCheckpoint =
    "INSERT INTO checkpoint (id, epoch, position, token) VALUES (1, '', 0, 0)";
// Rows of cases that were opened together are changed together, but not only those.
constexpr const char* kCache = "PRAGMA cache_size = -16384";

const SqlDialect& Dialect() {
  static const SqlDialect dialect{.integer = "INTEGER",
                                  .text = "TEXT",
                                  .after_table = " WITHOUT ROWID",
                                  .schema = "",
                                  .prefix = ""};
  return dialect;
}

std::string UpsertSql(const TableSchema& table) {
  std::string columns;
  std::string places;
  for (const auto& column : table.columns) {
    columns += (columns.empty() ? "" : ", ") + column.name;
    places += places.empty() ? "?" : ", ?";
  }
  return fmt::format("INSERT INTO {} ({}) VALUES ({}) {}", table.name, columns, places,
                     OnConflictSql(table));
}

std::string EraseSql(const TableSchema& table, std::size_t key_columns) {
  std::string sql = fmt::format("DELETE FROM {} WHERE {} = ?", table.name, table.columns[0].name);
  for (std::size_t i = 1; i < key_columns; ++i)
    sql += fmt::format(" AND {} = ?", table.columns[i].name);
  return sql;
}

class Session : public ViewWriter {
 public:
  Session(std::unique_ptr<Database> database, ProjectionSchema schema)
      : database_(std::move(database)), schema_(std::move(schema)) {
    for (const auto& table : schema_.tables) upserts_.push_back(UpsertSql(table));
  }

  std::vector<ViewRow> Query(std::string_view sql, const ViewRow& parameters) override {
    auto statement = database_->Prepare(WithTableNames(sql, Dialect()));
    BindAll(statement, parameters);
    std::vector<ViewRow> rows;
    while (statement.Step()) rows.push_back(ReadRow(statement));
    return rows;
  }
  void BeginSnapshot() override { database_->Prepare(kBegin).Run(); }
  void Begin() override { database_->Prepare(kBeginImmediate).Run(); }
  void Commit() override { database_->Prepare(kCommit).Run(); }
  void Rollback() noexcept override {
    // After some failures SQLite has rolled back by itself.
    if (!database_->InTransaction()) return;
    try {
      database_->Prepare(kRollback).Run();
    } catch (const StoreError&) {
      // The connection is broken; the journal undoes the transaction when the file is next opened.
    }
  }
  std::int64_t Run(std::string_view sql, const ViewRow& parameters) override {
    auto statement = database_->Prepare(WithTableNames(sql, Dialect()));
    BindAll(statement, parameters);
    statement.Run();
    return database_->Changes();
  }
  void Write(const std::vector<Changes>& changes) override {
    try {
      Erase(changes);
      Upsert(changes);
    } catch (const ConstraintError& error) {
      throw ViewRowsRefused(error.what());
    }
  }
  void CreateIndexes() override {
    for (const auto& table : schema_.tables) {
      for (const auto& sql : CreateIndexSql(table, Dialect())) database_->Execute(sql);
    }
  }

 private:
  void Erase(const std::vector<Changes>& changes) {
    for (const auto& stream : changes) {
      for (const auto& erase : stream.erases) {
        auto& sql = erases_[{erase.table, erase.key.size()}];
        if (sql.empty()) sql = EraseSql(schema_.tables[erase.table], erase.key.size());
        auto statement = database_->Prepare(sql);
        BindAll(statement, erase.key);
        statement.Run();
      }
    }
  }
  void Upsert(const std::vector<Changes>& changes) {
    for (std::size_t table = 0; table < schema_.tables.size(); ++table) {
      auto statement = database_->Prepare(upserts_[table]);
      for (const auto& stream : changes) {
        for (const auto& upsert : stream.upserts) {
          if (upsert.table != table) continue;
          BindAll(statement, upsert.row);
          statement.Run();
          statement.Reset();
        }
      }
    }
  }

  std::unique_ptr<Database> database_;
  const ProjectionSchema schema_;
  std::vector<std::string> upserts_;  ///< One a table.
  std::map<std::pair<std::size_t, std::size_t>, std::string> erases_;
};

/// An advisory lock on a file; the kernel releases it when the process ends, however it ends.
class FileLock : public RebuildLock {
 public:
  explicit FileLock(int file) : file_(file) {}
  ~FileLock() override { close(file_); }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  const int file_;
};

std::unique_ptr<Database> OpenFile(const std::string& path) {
  // A writer's connection would create the file of a generation that was removed.
  if (!std::filesystem::exists(path)) throw StoreError(fmt::format("{} is gone", path));
  auto database = std::make_unique<Database>(path, DatabaseOptions{.synchronous_full = false});
  database->Execute(kCache);
  return database;
}

}  // namespace

SqliteViews::SqliteViews(const SqlitePaths& paths)
    : registry_(paths.views), stem_(paths.views.substr(0, paths.views.size() - 2)) {}

std::string SqliteViews::FileOf(const Generation& generation) const {
  return fmt::format("{}{}-{}.db", stem_, generation.projection, generation.number);
}

std::unique_ptr<RebuildLock> SqliteViews::TryLockRebuild(const std::string& projection) {
  const std::string path = fmt::format("{}{}.rebuild.lock", stem_, projection);
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0) throw StoreError(fmt::format("cannot open {}: {}", path, std::strerror(errno)));
  auto lock = std::make_unique<FileLock>(file);
  if (flock(file, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno == EWOULDBLOCK) return nullptr;
  throw StoreError(fmt::format("cannot lock {}: {}", path, std::strerror(errno)));
}

std::unique_ptr<ViewConnection> SqliteViews::OpenReader(const ProjectionSchema& schema,
                                                        const Generation& generation) {
  return std::make_unique<Session>(
      std::make_unique<Database>(FileOf(generation), DatabaseOptions{.read_only = true}), schema);
}

std::unique_ptr<ViewWriter> SqliteViews::OpenWriter(const ProjectionSchema& schema,
                                                    const Generation& generation) {
  return std::make_unique<Session>(OpenFile(FileOf(generation)), schema);
}

std::unique_ptr<ViewWriter> SqliteViews::OpenRegistry() {
  // Waits for the disk: it must never name what a power cut has undone.
  auto database = std::make_unique<Database>(registry_);
  Transaction transaction(*database);
  if (!database->Prepare(kHasRegistry).Step()) {
    database->Execute(CreateTableSql(kRegistryTable, Dialect()));
    for (const auto& sql : CreateIndexSql(kRegistryTable, Dialect())) database->Execute(sql);
  }
  transaction.Commit();
  return std::make_unique<Session>(std::move(database), ProjectionSchema{});
}

std::unique_ptr<ViewConnection> SqliteViews::OpenRegistryReader() {
  if (!std::filesystem::exists(registry_)) return nullptr;
  auto database = std::make_unique<Database>(registry_, DatabaseOptions{.read_only = true});
  if (!database->Prepare(kHasRegistry).Step()) return nullptr;
  return std::make_unique<Session>(std::move(database), ProjectionSchema{});
}

void SqliteViews::LockRegistry(ViewWriter&) {
  // A write transaction is the only one on its file.
}

bool SqliteViews::HasTables(const Generation& generation) const {
  return std::filesystem::exists(FileOf(generation));
}

void SqliteViews::CreateTables(const ProjectionSchema& schema, const Generation& generation) {
  Database database(FileOf(generation));
  Transaction transaction(database);
  for (const auto& table : AllTables(schema)) database.Execute(CreateTableSql(table, Dialect()));
  database.Prepare(kInsertCheckpoint).Run();
  transaction.Commit();
}

void SqliteViews::RemoveTables(const Generation& generation) {
  for (const char* suffix : {"", "-wal", "-shm"}) {
    std::filesystem::remove(FileOf(generation) + suffix);
  }
}

}  // namespace docket
