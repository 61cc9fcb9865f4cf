/// Events as rows: the SQL texts of the two event tables, and binding and reading one row.
#pragma once

#include <string>

#include "domain/event.hpp"
#include "persistence/sqlite/database.hpp"

namespace docket {

/// Statements over the event table of one log.
struct EventSql {
  const char* insert;
  const char* read_log;     ///< Parameters: after position, limit.
  const char* read_stream;  ///< Parameters: stream, after version, limit.
};
const EventSql& EventSqlOf(LogId log);

/// Binds all columns of `insert`. The event must live until the statement has run.
void BindEvent(Statement& insert, const RecordedEvent& event);
/// The current row of `read_log` or `read_stream`. Throws StoreError when it cannot be understood.
RecordedEvent ReadEventRow(const Statement& row);

}  // namespace docket
