/// What a read model is made of, as data: both stores make their tables from it.
///
/// There are no migrations of read models. Whoever changes a schema raises its version, and the
/// tables are built anew from the log beside the old ones (view_store.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/event_log.hpp"

namespace docket {

enum class ColumnType : std::uint8_t { kInteger, kText };

struct Column {
  std::string name;
  ColumnType type = ColumnType::kText;
  bool nullable = false;
};

/// `where` makes it partial: a condition that both stores understand.
struct TableIndex {
  std::vector<std::string> columns;
  std::string where{};
  bool unique = false;
};

/// The first `key_columns` columns are the primary key. Texts compare byte by byte.
struct TableSchema {
  std::string name;
  std::vector<Column> columns;
  std::size_t key_columns = 1;
  std::vector<TableIndex> indexes{};
};

/// Names are lower case letters, digits and underscores, and so are those of tables and columns.
struct ProjectionSchema {
  std::string name;
  /// Raised when the same events give other rows or other tables.
  std::int64_t version = 1;
  std::vector<TableSchema> tables;
};

/// Bytes that are no text: in side tables, never in read models.
struct Bytes {
  std::string value;
  friend auto operator<=>(const Bytes&, const Bytes&) = default;
};

/// NULL, a number, a text (UTF-8) or bytes.
using ViewValue = std::variant<std::monostate, std::int64_t, std::string, Bytes>;
using ViewRow = std::vector<ViewValue>;

template <class T>
ViewValue ViewValueOf(const std::optional<T>& value) {
  return value ? ViewValue(*value) : ViewValue();
}

/// What a few events of one stream do to the tables: rows that begin with `key` go, then rows are
/// put in the place of those of the same key. A row belongs to one stream: rows of different
/// streams never share a key, so that the order of streams within a batch is irrelevant.
struct Changes {
  struct Erase {
    std::size_t table;  ///< Index into ProjectionSchema::tables.
    ViewRow key;        ///< The first column of the key, or more.
  };
  struct Upsert {
    std::size_t table;
    ViewRow row;  ///< Every column, in order.
  };
  std::vector<Erase> erases;
  std::vector<Upsert> upserts;
};

/// The words in which SQL dialects differ, and what tables are called in the database.
struct SqlDialect {
  std::string integer;
  std::string text;
  std::string after_table;  ///< Behind the closing bracket of CREATE TABLE.
  std::string schema;       ///< `docket_views.`, or empty.
  std::string prefix;       ///< Before the name of every table and index.
};
std::string CreateTableSql(const TableSchema& table, const SqlDialect& dialect);
/// Each does nothing where the index is there already.
std::vector<std::string> CreateIndexSql(const TableSchema& table, const SqlDialect& dialect);
/// `ON CONFLICT (key) DO UPDATE SET …`, or DO NOTHING where the key is the whole row.
std::string OnConflictSql(const TableSchema& table);
/// `{cases}` becomes the table's name in the database.
std::string WithTableNames(std::string_view sql, const SqlDialect& dialect);

/// Kept by every generation beside the projection's own tables.
inline const TableSchema kCheckpointTable{.name = "checkpoint",
                                          .columns = {{"id", ColumnType::kInteger},
                                                      {"epoch"},
                                                      {"position", ColumnType::kInteger},
                                                      {"token", ColumnType::kInteger}}};
inline const TableSchema kParkedTable{
    .name = "parked", .columns = {{"stream"}, {"position", ColumnType::kInteger}, {"reason"}}};
/// The projection's tables and those two.
std::vector<TableSchema> AllTables(const ProjectionSchema& schema);

}  // namespace docket
