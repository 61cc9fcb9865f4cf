#include "persistence/postgres/event_rows.hpp"

#include <charconv>

#include <fmt/format.h>
#include <sodium.h>
#include <pqxx/field>
#include <pqxx/row>

namespace docket {

namespace {

// One text a table: a table's name is not a parameter.
#define DOCKET_EVENT_COLUMNS                                                                    \
  "position, stream, version, event_id, type, schema_version, occurred_at, recorded_at, actor," \
  " recorded_by, unit, role, command_id, correlation, causation, region, confidentiality,"      \
  " virtual_clock, data, salt, data_digest, leaf_hash"
// A stream has no event before the first: partitions below it are not looked into.
#define DOCKET_EVENT_SQL(table)                                                                   \
  PostgresEventSql {                                                                              \
    .read_log = {"read_log_" table, "SELECT " DOCKET_EVENT_COLUMNS " FROM docket." table          \
                                    " WHERE position > $1 ORDER BY position LIMIT $2"},           \
    .read_stream = {"read_stream_" table,                                                         \
                    "SELECT " DOCKET_EVENT_COLUMNS " FROM docket." table                          \
                    " WHERE stream = $2 AND version > $3 AND position >="                         \
                    " (SELECT first_position FROM docket.streams WHERE log = $1 AND stream = $2)" \
                    " ORDER BY version LIMIT $4"},                                                \
    .read_streams = {"read_streams_" table,                                                       \
                     "SELECT " DOCKET_EVENT_COLUMNS " FROM docket." table                         \
                     " WHERE stream = ANY ($2::text[]) AND position >="                           \
                     " (SELECT min(first_position) FROM docket.streams WHERE log = $1"            \
                     "   AND stream = ANY ($2::text[]))"                                          \
                     " ORDER BY stream, version"},                                                \
  }

constexpr PostgresEventSql kCaseEvents = DOCKET_EVENT_SQL("case_events");
constexpr PostgresEventSql kAccessEvents = DOCKET_EVENT_SQL("access_events");

#undef DOCKET_EVENT_SQL
#undef DOCKET_EVENT_COLUMNS

constexpr std::string_view kByteaMarker = "\\x";

std::string_view TextOf(const pqxx::field& field) { return {field.c_str(), field.size()}; }

std::int64_t NumberOf(const pqxx::field& field) {
  const auto text = TextOf(field);
  std::int64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec == std::errc() && parsed.ptr == text.data() + text.size()) return number;
  throw StoreError(fmt::format("the store gave {} where a number belongs", text));
}

std::string HexOf(const pqxx::field& field) {
  return std::string(TextOf(field).substr(kByteaMarker.size()));
}

template <class E>
E NameAt(const pqxx::row& row, int column) {
  if (const auto value = FromName<E>(TextOf(row[column]))) return *value;
  throw StoreError(fmt::format("the event at position {} holds an unknown name in column {}",
                               TextOf(row[0]), column));
}

RecordedEvent ReadEventRow(const pqxx::row& row) {
  const auto text = [&](int column) { return std::string(TextOf(row[column])); };
  RecordedEvent event;
  event.position = Position{NumberOf(row[0])};
  event.stream = StreamId(text(1));
  event.version = Version{NumberOf(row[2])};
  event.id = EventId(text(3));
  event.type = text(4);
  event.schema_version = NumberOf(row[5]);
  event.occurred_at = Instant::FromMicros(NumberOf(row[6]));
  event.recorded_at = Instant::FromMicros(NumberOf(row[7]));
  event.actor = ActorId(text(8));
  event.recorded_by = ActorId(text(9));
  event.unit = UnitId(text(10));
  event.role = NameAt<Role>(row, 11);
  event.command_id = CommandId(text(12));
  event.correlation = CorrelationId(text(13));
  event.causation = EventId(text(14));
  event.region = RegionCode(text(15));
  event.confidentiality = NameAt<Confidentiality>(row, 16);
  event.virtual_clock = row[17].c_str()[0] == 't';
  event.data = text(18);
  event.salt = HexOf(row[19]);
  event.data_digest = HexOf(row[20]);
  event.leaf_hash = HexOf(row[21]);
  return event;
}

}  // namespace

const PostgresEventSql& PostgresEventSqlOf(LogId log) {
  return log == LogId::kCases ? kCaseEvents : kAccessEvents;
}

std::vector<RecordedEvent> ReadEventRows(const pqxx::result& rows) {
  std::vector<RecordedEvent> events;
  events.reserve(rows.size());
  for (const auto& row : rows) events.push_back(ReadEventRow(row));
  return events;
}

std::string_view TextAt(const pqxx::result& rows, std::size_t row, std::size_t column) {
  const auto field =
      rows[static_cast<pqxx::result::size_type>(row)][static_cast<pqxx::row::size_type>(column)];
  return TextOf(field);
}

std::int64_t NumberAt(const pqxx::result& rows, std::size_t row, std::size_t column) {
  return NumberOf(
      rows[static_cast<pqxx::result::size_type>(row)][static_cast<pqxx::row::size_type>(column)]);
}

std::string BytesFromHex(std::string_view hex) {
  std::string bytes(hex.size() / 2, '\0');
  std::size_t size = 0;
  const int code = sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                  hex.data(), hex.size(), nullptr, &size, nullptr);
  if (code != 0 || size * 2 != hex.size())
    throw StoreError("the store gave bytes that are not hex");
  return bytes;
}

}  // namespace docket
