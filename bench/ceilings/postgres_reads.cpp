#include "bench/ceilings/postgres_connection.hpp"
#include "bench/ceilings/works.hpp"

namespace docket::bench {

namespace {

constexpr const char* kPage =
    "SELECT position, stream_id, version, type, data, recorded_at FROM events"
    " WHERE position > $1::bigint ORDER BY position LIMIT $2::bigint";
constexpr const char* kCreateTimers =
    "CREATE TABLE IF NOT EXISTS timers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
    " due timestamptz NOT NULL, case_id text NOT NULL);"
    "CREATE INDEX IF NOT EXISTS timers_due ON timers (due)";
constexpr const char* kInsertTimers =
    "INSERT INTO timers (due, case_id)"
    " SELECT now() + {0}, gen_random_uuid()::text FROM generate_series(1, {1}) n";
constexpr const char* kFire =
    "WITH due AS (DELETE FROM timers WHERE id IN"
    " (SELECT id FROM timers WHERE due <= now() ORDER BY due LIMIT $1::bigint"
    "  FOR UPDATE SKIP LOCKED) RETURNING case_id)"
    "INSERT INTO events (stream_id, version, type, data)"
    " SELECT case_id, 1, 'DeadlineLapsed', $2::bytea FROM due RETURNING position";

/// The server-side half of kInsertTimers: `interval` is an SQL expression of ours.
void InsertTimers(PostgresConnection& to, const char* interval, std::size_t count) {
  to.Execute(fmt::format(fmt::runtime(kInsertTimers), interval, count));
}

}  // namespace

Json Scan(const Options& options) {
  PostgresConnection from(Url(options));
  from.Prepare("page", kPage);
  const auto stored = from.Number(kCountEvents);
  const auto page = options.at("page").get<std::int64_t>();
  std::int64_t last = 0;
  std::int64_t count = 0;
  std::size_t bytes = 0;
  const auto start = Now();
  for (;;) {
    const auto rows = from.Run("page", {Int64(last), Int64(page)});
    const int got = PQntuples(rows.get());
    if (got == 0) break;
    for (int i = 0; i < got; ++i) bytes += static_cast<std::size_t>(PQgetlength(rows.get(), i, 4));
    last = ReadInt64(PQgetvalue(rows.get(), got - 1, 0));
    count += got;
  }
  const double seconds = SecondsSince(start);
  Check(count == stored && bytes > 0, "{} stored, {} read", stored, count);
  return {{"count", count}, {"rate", static_cast<double>(count) / seconds}};
}

Json FillTimers(const Options& options) {
  PostgresConnection to(Url(options));
  to.Execute(kCreateEvents);
  to.Execute(kCreateTimers);
  InsertTimers(to, "interval '1 hour' + random() * interval '7 days'",
               options.at("future").get<std::size_t>());
  to.Execute("VACUUM ANALYZE timers");
  return {{"count", to.Number("SELECT count(*) FROM timers")}};
}

Json FireTimers(const Options& options) {
  PostgresConnection own(Url(options));
  const auto due = options.at("due").get<std::size_t>();
  InsertTimers(own, "interval '-1 second'", due);
  own.Execute("VACUUM ANALYZE timers");
  const auto before = own.Number(kCountEvents);
  const auto connections = Connect(options);
  for (const auto& connection : connections) connection->Prepare("fire", kFire);
  const std::string limit = Int64(options.at("batch").get<std::int64_t>());
  const std::string data = EventText();
  const auto start = Now();
  InParallel(connections.size(), [&](std::size_t i) {
    while (PQntuples(connections[i]->Run("fire", {limit, data}).get()) > 0) {
    }
  });
  const double seconds = SecondsSince(start);
  const auto fired = static_cast<std::size_t>(own.Number(kCountEvents) - before);
  Check(fired == due, "{} due, {} fired", due, fired);
  return {{"count", fired}, {"rate", static_cast<double>(fired) / seconds}};
}

}  // namespace docket::bench
