#include "persistence/projections/schema.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "domain/ensure.hpp"

namespace docket {

namespace {

std::string Joined(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

std::vector<std::string> KeyOf(const TableSchema& table) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < table.key_columns; ++i) names.push_back(table.columns[i].name);
  return names;
}

}  // namespace

std::string CreateTableSql(const TableSchema& table, const SqlDialect& dialect) {
  std::string sql =
      fmt::format("CREATE TABLE {}{}{} (", dialect.schema, dialect.prefix, table.name);
  for (const auto& column : table.columns) {
    sql += fmt::format("{} {}{}, ", column.name,
                       column.type == ColumnType::kInteger ? dialect.integer : dialect.text,
                       column.nullable ? "" : " NOT NULL");
  }
  return sql + fmt::format("PRIMARY KEY ({})){}", Joined(KeyOf(table)), dialect.after_table);
}

std::vector<std::string> CreateIndexSql(const TableSchema& table, const SqlDialect& dialect) {
  std::vector<std::string> all;
  int number = 0;
  for (const auto& index : table.indexes) {
    all.push_back(fmt::format("CREATE {}INDEX IF NOT EXISTS {}{}_{} ON {}{}{} ({}){}",
                              index.unique ? "UNIQUE " : "", dialect.prefix, table.name, ++number,
                              dialect.schema, dialect.prefix, table.name, Joined(index.columns),
                              index.where.empty() ? "" : " WHERE " + index.where));
  }
  return all;
}

std::string OnConflictSql(const TableSchema& table) {
  std::vector<std::string> sets;
  for (std::size_t i = table.key_columns; i < table.columns.size(); ++i) {
    sets.push_back(fmt::format("{0} = excluded.{0}", table.columns[i].name));
  }
  return fmt::format("ON CONFLICT ({}) DO {}", Joined(KeyOf(table)),
                     sets.empty() ? "NOTHING" : "UPDATE SET " + Joined(sets));
}

std::string WithTableNames(std::string_view sql, const SqlDialect& dialect) {
  std::string text;
  while (!sql.empty()) {
    const std::size_t open = std::min(sql.find('{'), sql.size());
    text += sql.substr(0, open);
    sql.remove_prefix(open);
    if (sql.empty()) break;
    const std::size_t close = sql.find('}');
    ENSURE(close != std::string_view::npos, "a table's name is closed: {}", sql);
    text += dialect.schema;
    text += dialect.prefix;
    text += sql.substr(1, close - 1);
    sql.remove_prefix(close + 1);
  }
  return text;
}

std::vector<TableSchema> AllTables(const ProjectionSchema& schema) {
  std::vector<TableSchema> tables = schema.tables;
  tables.push_back(kCheckpointTable);
  tables.push_back(kParkedTable);
  return tables;
}

}  // namespace docket
