#include "persistence/sqlite/sqlite_log.hpp"

#include "persistence/sqlite/event_rows.hpp"

namespace docket {

namespace {

constexpr std::int64_t kWholeStream = -1;  ///< As a limit: none.
constexpr const char* kSelectEpochs =
    "SELECT e.epoch, e.fork_position FROM epochs AS e JOIN heads AS h ON h.log = e.log"
    " WHERE e.log = ? ORDER BY e.epoch = h.epoch, e.minted_at";
constexpr const char* kForReading = "the store was opened for reading only";

std::vector<RecordedEvent> ReadRows(Statement& query) {
  std::vector<RecordedEvent> events;
  while (query.Step()) events.push_back(ReadEventRow(query));
  return events;
}

}  // namespace

SqliteLog::SqliteLog(SqliteStore& store, const Clock& clock, AppenderLimits limits)
    : readers_([&store] { return store.OpenLogReader(); }) {
  if (store.Access() == StoreAccess::kReader) return;
  batches_.emplace(store.OpenLogWriter());
  appender_.emplace(*batches_, clock, limits);
}

AppendResult SqliteLog::Append(AppendRequest request) {
  if (!appender_) throw StoreError(kForReading);
  return appender_->Append(std::move(request));
}

std::vector<AppendResult> SqliteLog::AppendAll(std::vector<AppendRequest> requests) {
  if (!appender_) throw StoreError(kForReading);
  return appender_->AppendAll(std::move(requests));
}

std::vector<RecordedEvent> SqliteLog::ReadStream(LogId log, const StreamId& stream, Version after,
                                                 std::size_t limit) const {
  const auto reader = readers_.Borrow();
  auto query = reader->Prepare(EventSqlOf(log).read_stream);
  query.Bind(stream.value, after.value, static_cast<std::int64_t>(limit));
  return ReadRows(query);
}

std::vector<std::vector<RecordedEvent>> SqliteLog::ReadStreams(
    LogId log, const std::vector<StreamId>& streams) const {
  const auto reader = readers_.Borrow();
  std::vector<std::vector<RecordedEvent>> events;
  events.reserve(streams.size());
  for (const auto& stream : streams) {
    auto query = reader->Prepare(EventSqlOf(log).read_stream);
    query.Bind(stream.value, std::int64_t{0}, kWholeStream);
    events.push_back(ReadRows(query));
  }
  return events;
}

std::vector<RecordedEvent> SqliteLog::ReadLog(LogId log, Position after, std::size_t limit) const {
  const auto reader = readers_.Borrow();
  auto query = reader->Prepare(EventSqlOf(log).read_log);
  query.Bind(after.value, static_cast<std::int64_t>(limit));
  return ReadRows(query);
}

Head SqliteLog::ReadHead(LogId log) const {
  const auto reader = readers_.Borrow();
  return ReadHeadRow(*reader, log);
}

std::optional<CommandKnown> SqliteLog::FindCommand(LogId log, const ActorId& actor,
                                                   const CommandId& id) const {
  const auto reader = readers_.Borrow();
  return FindCommandRow(*reader, log, {actor, id});
}

Subscription SqliteLog::OnAppended(Listener listener, LogId log) {
  if (!appender_) throw StoreError(kForReading);
  const auto id = appender_->AddListener(
      [listener = std::move(listener), log](LogId appended, Position position) {
        if (appended == log) listener(position);
      });
  return Subscription([this, id] { appender_->RemoveListener(id); });
}

std::vector<EpochStart> SqliteLog::ReadEpochs(LogId log) const {
  const auto reader = readers_.Borrow();
  auto query = reader->Prepare(kSelectEpochs);
  query.Bind(static_cast<std::int64_t>(log));
  std::vector<EpochStart> epochs;
  while (query.Step()) epochs.push_back({Epoch(query.Text(0)), Position(query.Integer(1))});
  return epochs;
}

}  // namespace docket
