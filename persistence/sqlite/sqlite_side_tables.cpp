#include "persistence/sqlite/sqlite_side_tables.hpp"

#include "persistence/sqlite/value_rows.hpp"

namespace docket {

std::vector<ViewRow> SqliteSideTables::Query(std::string_view sql, const ViewRow& parameters) {
  const std::lock_guard guard(mutex_);
  auto statement = Open().Prepare(sql);
  BindAll(statement, parameters);
  std::vector<ViewRow> rows;
  while (statement.Step()) rows.push_back(ReadRow(statement));
  return rows;
}

std::int64_t SqliteSideTables::Run(std::string_view sql, const ViewRow& parameters) {
  const std::lock_guard guard(mutex_);
  Database& database = Open();
  auto statement = database.Prepare(sql);
  BindAll(statement, parameters);
  statement.Run();
  return database.Changes();
}

Database& SqliteSideTables::Open() {
  if (!database_) {
    database_ =
        std::make_unique<Database>(options_.path, DatabaseOptions{.read_only = options_.read_only});
  }
  return *database_;
}

}  // namespace docket
