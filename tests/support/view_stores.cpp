#include "tests/support/view_stores.hpp"

#include <fmt/format.h>

#include "persistence/postgres/postgres_views.hpp"
#include "persistence/sqlite/sqlite_views.hpp"
#include "tests/support/postgres_server.hpp"

namespace docket::testing {

std::string NameOfStoreKind(const ::testing::TestParamInfo<StoreKind>& info) {
  return info.param == StoreKind::kSqlite ? "Sqlite" : "Postgres";
}

ViewPlace::ViewPlace(StoreKind kind, SqlitePaths paths) : kind_(kind), paths_(std::move(paths)) {
  if (kind == StoreKind::kPostgres) url_ = SharedPostgres().NewDatabase();
}

std::unique_ptr<ViewStore> ViewPlace::Open() const {
  if (kind_ == StoreKind::kSqlite) return std::make_unique<SqliteViews>(paths_);
  return std::make_unique<PostgresViews>(*ParsePostgresUrl(url_), PostgresViews::Sessions{});
}

std::string DumpTables(ViewStore& views, const ProjectionSchema& schema,
                       const Generation& generation) {
  const auto reader = views.OpenReader(schema, generation);
  std::string dump;
  for (const auto& table : schema.tables) {
    std::string key;
    for (std::size_t i = 0; i < table.key_columns; ++i) {
      key += (i == 0 ? "" : ", ") + table.columns[i].name;
    }
    dump += fmt::format("{}\n", table.name);
    for (const auto& row :
         reader->Query(fmt::format("SELECT * FROM {{{}}} ORDER BY {}", table.name, key))) {
      for (const auto& value : row) {
        if (const auto* number = std::get_if<std::int64_t>(&value)) dump += std::to_string(*number);
        else if (const auto* text = std::get_if<std::string>(&value)) dump += "'" + *text + "'";
        dump += "|";
      }
      dump += "\n";
    }
  }
  return dump;
}

}  // namespace docket::testing
