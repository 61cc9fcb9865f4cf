#include "persistence/postgres/postgres_views.hpp"

#include <map>

#include <fmt/format.h>
#include <pqxx/prepared_statement>

#include "persistence/postgres/binary_array.hpp"
#include "persistence/postgres/value_rows.hpp"

namespace docket {

namespace {

constexpr const char* kSchema = "docket_views.";
constexpr const char* kHasRegistry = "SELECT to_regclass('docket_views.generations') IS NOT NULL";
constexpr const char* kHasSchema = "SELECT to_regnamespace('docket_views') IS NOT NULL";
constexpr const char* kCreateSchema = "CREATE SCHEMA docket_views";
// Two processes that start together make the registry one after the other.
constexpr const char* kLockCreation =
    "SELECT pg_advisory_xact_lock(hashtextextended('docket_views', 0))";
constexpr PostgresStatement kTryLockRebuild{
    "views_try_lock_rebuild",
    "SELECT pg_try_advisory_lock(hashtextextended('docket rebuild ' || $1, 0))"};
constexpr PostgresStatement kSelectTables{
    "views_select_tables",
    "SELECT tablename FROM pg_tables WHERE schemaname = 'docket_views'"
    " AND starts_with(tablename, $1)"};
constexpr std::string_view kLockRegistry = "LOCK TABLE {generations} IN EXCLUSIVE MODE";
constexpr std::string_view kInsertCheckpoint =
    "INSERT INTO {checkpoint} (id, epoch, position, token) VALUES (1, '', 0, 0)";

constexpr const char* kBegin = "BEGIN";
constexpr const char* kBeginSnapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
constexpr const char* kCommit = "COMMIT";
constexpr const char* kRollback = "ROLLBACK";
// Every statement of a writer goes by keys. A planner without statistics of new tables would read
// them whole.
constexpr const char* kWriterSettings =
    "SET synchronous_commit = off; SET enable_hashjoin = off; SET enable_mergejoin = off;"
    " SET enable_seqscan = off";
constexpr const char* kNoTimeout = "SET statement_timeout = 0";
constexpr const char* kShortLockTimeout = "SET lock_timeout = 2000";

/// Arrays of one statement stay of a moderate size, however large the batch.
constexpr std::size_t kRowsAtOnce = 20'000;

std::string PrefixOf(const Generation& generation) {
  return fmt::format("{}_{}_", generation.projection, generation.number);
}

SqlDialect DialectOf(std::string prefix) {
  return {.integer = "bigint",
          .text = "text COLLATE \"C\"",
          .after_table = "",
          .schema = kSchema,
          .prefix = std::move(prefix)};
}

std::string TypeOf(const Column& column) {
  return column.type == ColumnType::kInteger ? "bigint" : "text";
}

std::string UpsertSql(const TableSchema& table, const SqlDialect& dialect) {
  std::string columns;
  std::string arrays;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    columns += (i == 0 ? "" : ", ") + table.columns[i].name;
    arrays += fmt::format("{}${}::{}[]", i == 0 ? "" : ", ", i + 1, TypeOf(table.columns[i]));
  }
  return fmt::format("INSERT INTO {}{}{} ({}) SELECT * FROM unnest({}) {}", dialect.schema,
                     dialect.prefix, table.name, columns, arrays, OnConflictSql(table));
}

std::string EraseSql(const TableSchema& table, std::size_t key_columns, const SqlDialect& dialect) {
  std::string columns;
  std::string arrays;
  std::string where;
  for (std::size_t i = 0; i < key_columns; ++i) {
    const Column& column = table.columns[i];
    columns += (i == 0 ? "" : ", ") + column.name;
    arrays += fmt::format("{}${}::{}[]", i == 0 ? "" : ", ", i + 1, TypeOf(column));
    where += fmt::format("{0}kept.{1} = gone.{1}", i == 0 ? "" : " AND ", column.name);
  }
  return fmt::format("DELETE FROM {}{}{} AS kept USING unnest({}) AS gone ({}) WHERE {}",
                     dialect.schema, dialect.prefix, table.name, arrays, columns, where);
}

/// The rows of one table as arrays, one a column.
class ColumnArrays {
 public:
  ColumnArrays(const TableSchema& table, std::size_t columns) {
    for (std::size_t i = 0; i < columns; ++i) {
      arrays_.emplace_back(table.columns[i].type == ColumnType::kInteger ? PostgresType::kInt8
                                                                         : PostgresType::kText);
    }
  }
  void Add(const ViewRow& row) {
    for (std::size_t i = 0; i < arrays_.size(); ++i) {
      if (const auto* number = std::get_if<std::int64_t>(&row.at(i))) arrays_[i].AddInt8(*number);
      else if (const auto* text = std::get_if<std::string>(&row.at(i))) arrays_[i].AddText(*text);
      else arrays_[i].AddNull();
    }
    ++rows_;
  }
  std::size_t Rows() const { return rows_; }
  std::vector<pqxx::binarystring> Parameters() const {
    std::vector<pqxx::binarystring> parameters;
    for (const auto& array : arrays_) parameters.push_back(array.Parameter());
    return parameters;
  }

 private:
  std::vector<BinaryArray> arrays_;
  std::size_t rows_ = 0;
};

class Session : public ViewWriter {
 public:
  Session(std::unique_ptr<PostgresConnection> connection, ProjectionSchema schema,
          const std::string& prefix)
      : connection_(std::move(connection)),
        schema_(std::move(schema)),
        dialect_(DialectOf(prefix)) {}

  std::vector<ViewRow> Query(std::string_view sql, const ViewRow& parameters) override {
    return ReadValueRows(Execute(sql, parameters));
  }
  void BeginSnapshot() override { connection_->Execute(kBeginSnapshot); }
  void Begin() override { connection_->Execute(kBegin); }
  void Commit() override { connection_->Execute(kCommit); }
  void Rollback() noexcept override {
    try {
      connection_->Execute(kRollback);
    } catch (const StoreError&) {
      // The session is gone, and its transaction with it.
    }
  }
  std::int64_t Run(std::string_view sql, const ViewRow& parameters) override {
    return static_cast<std::int64_t>(Execute(sql, parameters).affected_rows());
  }
  void Write(const std::vector<Changes>& changes) override {
    try {
      Erase(changes);
      Upsert(changes);
    } catch (const PostgresError& error) {
      // Classes of SQLSTATE that speak of the data: two rows for one key, a value, a constraint.
      const std::string kind = error.State().substr(0, 2);
      if (kind == "21" || kind == "22" || kind == "23") throw ViewRowsRefused(error.what());
      throw;
    }
  }
  void CreateIndexes() override {
    connection_->Execute(kNoTimeout);
    for (const auto& table : schema_.tables) {
      for (const auto& sql : CreateIndexSql(table, dialect_)) connection_->Execute(sql);
    }
  }

 private:
  struct Prepared {
    std::string name;
    std::string sql;
  };

  PostgresStatement Statement(const std::string& key, const std::function<std::string()>& sql) {
    auto& prepared = prepared_[key];
    if (prepared.name.empty()) prepared = {fmt::format("views_{}", prepared_.size()), sql()};
    return {prepared.name.c_str(), prepared.sql.c_str()};
  }
  pqxx::result Execute(std::string_view sql, const ViewRow& parameters) {
    const auto statement =
        Statement(std::string(sql), [&] { return Numbered(WithTableNames(sql, dialect_)); });
    return RunWithValues(*connection_, statement, parameters);
  }
  void RunArrays(const PostgresStatement& statement, const ColumnArrays& arrays) {
    const auto parameters = arrays.Parameters();
    connection_->Run(statement, pqxx::prepare::make_dynamic_params(parameters));
  }
  void Erase(const std::vector<Changes>& changes) {
    std::map<std::pair<std::size_t, std::size_t>, ColumnArrays> keys;
    for (const auto& stream : changes) {
      for (const auto& erase : stream.erases) {
        const std::size_t columns = erase.key.size();
        keys.try_emplace({erase.table, columns}, schema_.tables[erase.table], columns)
            .first->second.Add(erase.key);
      }
    }
    for (const auto& [place, arrays] : keys) {
      const auto& [table, columns] = place;
      RunArrays(Statement(fmt::format("erase {} {}", table, columns),
                          [&, columns = columns, table = table] {
                            return EraseSql(schema_.tables[table], columns, dialect_);
                          }),
                arrays);
    }
  }
  void Upsert(const std::vector<Changes>& changes) {
    std::map<std::size_t, ColumnArrays> rows;
    const auto flush = [&](std::size_t table, const ColumnArrays& arrays) {
      RunArrays(Statement(fmt::format("upsert {}", table),
                          [&] { return UpsertSql(schema_.tables[table], dialect_); }),
                arrays);
    };
    for (const auto& stream : changes) {
      for (const auto& upsert : stream.upserts) {
        const TableSchema& table = schema_.tables[upsert.table];
        auto& arrays = rows.try_emplace(upsert.table, table, table.columns.size()).first->second;
        arrays.Add(upsert.row);
        if (arrays.Rows() < kRowsAtOnce) continue;
        flush(upsert.table, arrays);
        rows.erase(upsert.table);
      }
    }
    for (const auto& [table, arrays] : rows) flush(table, arrays);
  }

  std::unique_ptr<PostgresConnection> connection_;
  const ProjectionSchema schema_;
  const SqlDialect dialect_;
  std::map<std::string, Prepared> prepared_;  ///< By their texts before translation.
};

/// A lock of a session: the server releases it when the connection ends, however it ends.
class SessionLock : public RebuildLock {
 public:
  explicit SessionLock(std::unique_ptr<PostgresConnection> connection)
      : connection_(std::move(connection)) {}

 private:
  std::unique_ptr<PostgresConnection> connection_;
};

bool IsTrue(PostgresConnection& connection, const char* sql) {
  return connection.Execute(sql)[0][0].as<bool>();
}

}  // namespace

std::unique_ptr<PostgresConnection> PostgresViews::Connect(const SessionSettings& settings) const {
  return std::make_unique<PostgresConnection>(url_, settings);
}

std::unique_ptr<RebuildLock> PostgresViews::TryLockRebuild(const std::string& projection) {
  auto connection = Connect(sessions_.writing);
  const bool locked = connection->Run(kTryLockRebuild, projection)[0][0].as<bool>();
  if (!locked) return nullptr;
  return std::make_unique<SessionLock>(std::move(connection));
}

std::unique_ptr<ViewConnection> PostgresViews::OpenReader(const ProjectionSchema& schema,
                                                          const Generation& generation) {
  return std::make_unique<Session>(Connect(sessions_.reading), schema, PrefixOf(generation));
}

std::unique_ptr<ViewWriter> PostgresViews::OpenWriter(const ProjectionSchema& schema,
                                                      const Generation& generation) {
  auto connection = Connect(sessions_.writing);
  connection->Execute(kWriterSettings);
  return std::make_unique<Session>(std::move(connection), schema, PrefixOf(generation));
}

std::unique_ptr<ViewWriter> PostgresViews::OpenRegistry() {
  auto connection = Connect(sessions_.writing);
  if (!IsTrue(*connection, kHasRegistry)) {
    const SqlDialect dialect = DialectOf("");
    connection->Execute(kBegin);
    connection->Execute(kLockCreation);
    if (!IsTrue(*connection, kHasSchema)) connection->Execute(kCreateSchema);
    if (!IsTrue(*connection, kHasRegistry)) {
      connection->Execute(CreateTableSql(kRegistryTable, dialect));
      for (const auto& sql : CreateIndexSql(kRegistryTable, dialect)) connection->Execute(sql);
    }
    connection->Execute(kCommit);
  }
  return std::make_unique<Session>(std::move(connection), ProjectionSchema{}, "");
}

std::unique_ptr<ViewConnection> PostgresViews::OpenRegistryReader() {
  auto connection = Connect(sessions_.reading);
  if (!IsTrue(*connection, kHasRegistry)) return nullptr;
  return std::make_unique<Session>(std::move(connection), ProjectionSchema{}, "");
}

void PostgresViews::LockRegistry(ViewWriter& registry) { registry.Run(kLockRegistry); }

void PostgresViews::CreateTables(const ProjectionSchema& schema, const Generation& generation) {
  const SqlDialect dialect = DialectOf(PrefixOf(generation));
  const auto connection = Connect(sessions_.writing);
  connection->Execute(kBegin);
  for (const auto& table : AllTables(schema)) {
    connection->Execute(CreateTableSql(table, dialect));
  }
  connection->Execute(WithTableNames(kInsertCheckpoint, dialect));
  connection->Execute(kCommit);
}

void PostgresViews::RemoveTables(const Generation& generation) {
  const auto connection = Connect(sessions_.writing);
  connection->Execute(kShortLockTimeout);
  // All or none: who still reads one of them finds the others.
  connection->Execute(kBegin);
  for (const auto& row : connection->Run(kSelectTables, PrefixOf(generation))) {
    connection->Execute(fmt::format("DROP TABLE {}{}", kSchema, row[0].c_str()));
  }
  connection->Execute(kCommit);
}

}  // namespace docket
