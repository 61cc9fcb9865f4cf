#include "persistence/postgres/postgres_side_tables.hpp"

#include <fmt/format.h>

#include "persistence/postgres/value_rows.hpp"

namespace docket {

std::vector<ViewRow> PostgresSideTables::Query(std::string_view sql, const ViewRow& parameters) {
  const auto statement = StatementOf(sql);
  return sessions_.Reading([&](PostgresConnection& connection) {
    return ReadValueRows(RunWithValues(connection, statement, parameters));
  });
}

std::int64_t PostgresSideTables::Run(std::string_view sql, const ViewRow& parameters) {
  const auto statement = StatementOf(sql);
  return sessions_.Writing([&](PostgresConnection& connection) {
    const auto result = RunWithValues(connection, statement, parameters);
    return static_cast<std::int64_t>(result.affected_rows());
  });
}

PostgresStatement PostgresSideTables::StatementOf(std::string_view sql) {
  const std::lock_guard guard(mutex_);
  auto found = prepared_.find(sql);
  if (found == prepared_.end()) {
    Prepared prepared{fmt::format("side_{}", prepared_.size()), Numbered(sql)};
    found = prepared_.emplace(std::string(sql), std::move(prepared)).first;
  }
  return {found->second.name.c_str(), found->second.sql.c_str()};
}

}  // namespace docket
