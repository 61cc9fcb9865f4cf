#include "persistence/sqlite/event_rows.hpp"

#include <fmt/format.h>

namespace docket {

namespace {

// One text a table: SQLite does not take table names as parameters.
#define DOCKET_EVENT_COLUMNS                                                             \
  "position, stream, version, event_id, type, schema_version, occurred_at, recorded_at," \
  " actor, recorded_by, unit, role, command_id, correlation, causation, region,"         \
  " confidentiality, virtual_clock, data, salt, data_digest, leaf_hash"
#define DOCKET_EVENT_SQL(table)                                                              \
  EventSql {                                                                                 \
    .insert = "INSERT INTO " table " (" DOCKET_EVENT_COLUMNS                                 \
              ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", \
    .read_log = "SELECT " DOCKET_EVENT_COLUMNS " FROM " table                                \
                " WHERE position > ? ORDER BY position LIMIT ?",                             \
    .read_stream = "SELECT " DOCKET_EVENT_COLUMNS " FROM " table                             \
                   " WHERE stream = ? AND version > ? ORDER BY version LIMIT ?",             \
  }

constexpr EventSql kCaseEvents = DOCKET_EVENT_SQL("case_events");
constexpr EventSql kAccessEvents = DOCKET_EVENT_SQL("access_events");

#undef DOCKET_EVENT_SQL
#undef DOCKET_EVENT_COLUMNS

template <class E>
E ReadName(const Statement& row, int column) {
  if (const auto value = FromName<E>(row.View(column))) return *value;
  throw StoreError(fmt::format("the event at position {} holds an unknown name in column {}",
                               row.Integer(0), column));
}

}  // namespace

const EventSql& EventSqlOf(LogId log) { return log == LogId::kCases ? kCaseEvents : kAccessEvents; }

void BindEvent(Statement& insert, const RecordedEvent& event) {
  insert.Bind(event.position.value, event.stream.value, event.version.value, event.id.value,
              event.type, event.schema_version, event.occurred_at.Micros(),
              event.recorded_at.Micros(), event.actor.value, event.recorded_by.value,
              event.unit.value, NameOf(event.role), event.command_id.value, event.correlation.value,
              event.causation.value, event.region.value, NameOf(event.confidentiality),
              event.virtual_clock, event.data, event.salt, event.data_digest, event.leaf_hash);
}

RecordedEvent ReadEventRow(const Statement& row) {
  RecordedEvent event;
  event.position = Position{row.Integer(0)};
  event.stream = StreamId(row.Text(1));
  event.version = Version{row.Integer(2)};
  event.id = EventId(row.Text(3));
  event.type = row.Text(4);
  event.schema_version = row.Integer(5);
  event.occurred_at = Instant::FromMicros(row.Integer(6));
  event.recorded_at = Instant::FromMicros(row.Integer(7));
  event.actor = ActorId(row.Text(8));
  event.recorded_by = ActorId(row.Text(9));
  event.unit = UnitId(row.Text(10));
  event.role = ReadName<Role>(row, 11);
  event.command_id = CommandId(row.Text(12));
  event.correlation = CorrelationId(row.Text(13));
  event.causation = EventId(row.Text(14));
  event.region = RegionCode(row.Text(15));
  event.confidentiality = ReadName<Confidentiality>(row, 16);
  event.virtual_clock = row.Integer(17) != 0;
  event.data = row.Text(18);
  event.salt = row.Text(19);
  event.data_digest = row.Text(20);
  event.leaf_hash = row.Text(21);
  return event;
}

}  // namespace docket
