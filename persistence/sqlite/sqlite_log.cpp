#include "persistence/sqlite/sqlite_log.hpp"

#include "persistence/sqlite/event_rows.hpp"

namespace docket {

namespace {

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
  if (!appender_) throw StoreError("the store was opened for reading only");
  return appender_->Append(std::move(request));
}

std::vector<RecordedEvent> SqliteLog::ReadStream(LogId log, const StreamId& stream, Version after,
                                                 std::size_t limit) const {
  const auto reader = readers_.Borrow();
  auto query = reader->Prepare(EventSqlOf(log).read_stream);
  query.Bind(stream.value, after.value, static_cast<std::int64_t>(limit));
  return ReadRows(query);
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

AppendSubscription SqliteLog::OnAppended(std::function<void(Position)> listener, LogId log) {
  if (!appender_) throw StoreError("a store opened for reading does not append");
  const auto id = appender_->AddListener(
      [listener = std::move(listener), log](LogId appended, Position position) {
        if (appended == log) listener(position);
      });
  return {*appender_, id};
}

}  // namespace docket
