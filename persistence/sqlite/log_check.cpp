#include "persistence/sqlite/log_check.hpp"

#include <fmt/format.h>

#include "domain/evidence/leaf.hpp"
#include "persistence/sqlite/event_rows.hpp"
#include "persistence/sqlite/sqlite_batch_store.hpp"

namespace docket {

namespace {

constexpr const char* kIntegrityCheck = "PRAGMA integrity_check(1)";
constexpr const char* kSelectEpoch = "SELECT 1 FROM epochs WHERE log = ? AND epoch = ?";
// A stream whose events are not 1 … version, or that is stored without being known, or the reverse.
#define DOCKET_STREAM_CHECK(table, log)                                                     \
  "SELECT stream FROM (SELECT stream, max(version) AS last, count(*) AS events FROM " table \
  " GROUP BY stream) LEFT JOIN streams USING (stream)"                                      \
  " WHERE streams.log IS NOT " log                                                          \
  " OR last <> version OR events <> version"                                                \
  " UNION ALL SELECT stream FROM streams WHERE log = " log                                  \
  " AND version > 0 AND NOT EXISTS"                                                         \
  " (SELECT 1 FROM " table " WHERE " table ".stream = streams.stream) LIMIT 1"
constexpr const char* kOddCaseStream = DOCKET_STREAM_CHECK("case_events", "1");
constexpr const char* kOddAccessStream = DOCKET_STREAM_CHECK("access_events", "2");
#undef DOCKET_STREAM_CHECK

constexpr std::int64_t kProgressEvery = 10'000;
constexpr std::int64_t kAllEvents = INT64_MAX;

void CheckEvent(LogId log, const RecordedEvent& event, Position expected) {
  if (event.position != expected) {
    throw LogDamaged(fmt::format("position {} is missing", expected.value));
  }
  if (DataDigest(event.salt, event.data) != event.data_digest) {
    throw LogDamaged(fmt::format("the data at position {} was changed", expected.value));
  }
  if (LeafHash(log, event) != event.leaf_hash) {
    throw LogDamaged(fmt::format("the event at position {} was changed", expected.value));
  }
}

CheckedLog CheckLog(Database& database, LogId log, const CheckProgress& progress) {
  const WriterHead head = ReadHeadRow(database, log);
  auto epoch = database.Prepare(kSelectEpoch);
  epoch.Bind(static_cast<std::int64_t>(log), head.epoch.value);
  if (!epoch.Step()) throw LogDamaged("the epoch of the head is not among the epochs");
  Frontier tree;
  auto query = database.Prepare(EventSqlOf(log).read_log);
  query.Bind(std::int64_t{0}, kAllEvents);
  while (query.Step()) {
    const auto event = ReadEventRow(query);
    CheckEvent(log, event, Position{tree.Size()}.Next());
    tree.Add(event.leaf_hash);
    if (progress && tree.Size() % kProgressEvery == 0) progress(tree.Size());
  }
  if (tree.Size() != head.position.value) {
    throw LogDamaged(fmt::format("the log ends at position {} and its head is at {}", tree.Size(),
                                 head.position.value));
  }
  if (tree != head.tree) throw LogDamaged("the tree of the head is not the tree of the leaves");
  auto odd = database.Prepare(log == LogId::kCases ? kOddCaseStream : kOddAccessStream);
  if (odd.Step()) throw LogDamaged(fmt::format("the versions of {} are not dense", odd.Text(0)));
  return {.log = log, .epoch = head.epoch, .position = head.position, .root = tree.Root()};
}

}  // namespace

std::array<CheckedLog, 2> CheckLogs(Database& database, const CheckProgress& progress) {
  CheckFile(database);
  const Snapshot snapshot(database);
  return {CheckLog(database, LogId::kCases, progress),
          CheckLog(database, LogId::kAccess, progress)};
}

void CheckFile(Database& database) {
  auto check = database.Prepare(kIntegrityCheck);
  if (!check.Step() || check.View(0) != "ok") {
    throw LogDamaged(fmt::format("{} is damaged: {}", database.Path(), check.Text(0)));
  }
}

}  // namespace docket
