/// Rows of the log, as the driver gives them, turned into values.
#pragma once

#include <string_view>
#include <vector>

#include <pqxx/result>

#include "domain/event_log.hpp"
#include "persistence/batch_plan.hpp"
#include "persistence/postgres/connection.hpp"

namespace docket {

/// Statements over the event table of one log.
struct PostgresEventSql {
  PostgresStatement read_log;      ///< Parameters: after position, limit.
  PostgresStatement read_stream;   ///< Parameters: log, stream, after version, limit.
  PostgresStatement read_streams;  ///< Parameters: log, streams; ordered by stream and version.
};
const PostgresEventSql& PostgresEventSqlOf(LogId log);

/// All rows of one of them. Throws StoreError when a row cannot be understood.
std::vector<RecordedEvent> ReadEventRows(const pqxx::result& rows);

std::string_view TextAt(const pqxx::result& rows, std::size_t row, std::size_t column);
/// Throws StoreError when the column is not a whole number.
std::int64_t NumberAt(const pqxx::result& rows, std::size_t row, std::size_t column);
/// Bytes given in hex, without the marker that bytea is shown with.
std::string BytesFromHex(std::string_view hex);

inline std::int64_t NumberOf(LogId log) { return static_cast<std::int64_t>(log); }

}  // namespace docket
