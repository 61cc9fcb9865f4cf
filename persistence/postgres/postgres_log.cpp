#include "persistence/postgres/postgres_log.hpp"

#include <unordered_map>

#include "persistence/postgres/binary_array.hpp"
#include "persistence/postgres/event_rows.hpp"

namespace docket {

namespace {

constexpr PostgresStatement kSelectEpochs{
    "select_epochs",
    "SELECT epoch, fork_position FROM docket.epochs WHERE log = $1 ORDER BY number"};
constexpr const char* kForReading = "the store was opened for reading only";

std::int64_t LimitOf(std::size_t limit) { return static_cast<std::int64_t>(limit); }

}  // namespace

PostgresLog::PostgresLog(const PostgresUrl& url, const Sessions& sessions, StoreAccess access,
                         const Clock& clock, AppenderLimits limits)
    : readers_(url, sessions.reader) {
  if (access == StoreAccess::kReader) return;
  wakeups_.emplace(url, sessions.wakeups);
  announcer_.emplace(url, sessions.wakeups);
  batches_.emplace(url, sessions.writer);
  appender_.emplace(*batches_, clock, limits);
  appender_->AddListener([this](LogId log, Position position) {
    announcer_->Announce(log, position);
    wakeups_->Grown(log, position);
  });
}

AppendResult PostgresLog::Append(AppendRequest request) {
  if (!appender_) throw StoreError(kForReading);
  return appender_->Append(std::move(request));
}

std::vector<AppendResult> PostgresLog::AppendAll(std::vector<AppendRequest> requests) {
  if (!appender_) throw StoreError(kForReading);
  return appender_->AppendAll(std::move(requests));
}

std::vector<RecordedEvent> PostgresLog::ReadStream(LogId log, const StreamId& stream, Version after,
                                                   std::size_t limit) const {
  return readers_.Reading([&](PostgresConnection& connection) {
    return ReadEventRows(connection.Run(PostgresEventSqlOf(log).read_stream, NumberOf(log),
                                        stream.value, after.value, LimitOf(limit)));
  });
}

std::vector<std::vector<RecordedEvent>> PostgresLog::ReadStreams(
    LogId log, const std::vector<StreamId>& streams) const {
  BinaryArray names(PostgresType::kText);
  for (const auto& stream : streams) names.AddText(stream.value);
  auto events = readers_.Reading([&](PostgresConnection& connection) {
    return ReadEventRows(
        connection.Run(PostgresEventSqlOf(log).read_streams, NumberOf(log), names.Parameter()));
  });
  std::unordered_map<StreamId, std::vector<RecordedEvent>> found;
  for (auto& event : events) {
    auto& of_stream = found[event.stream];
    of_stream.push_back(std::move(event));
  }
  std::vector<std::vector<RecordedEvent>> answer;
  answer.reserve(streams.size());
  for (const auto& stream : streams) answer.push_back(found[stream]);
  return answer;
}

std::vector<RecordedEvent> PostgresLog::ReadLog(LogId log, Position after,
                                                std::size_t limit) const {
  return readers_.Reading([&](PostgresConnection& connection) {
    return ReadEventRows(
        connection.Run(PostgresEventSqlOf(log).read_log, after.value, LimitOf(limit)));
  });
}

Head PostgresLog::ReadHead(LogId log) const {
  return readers_.Reading(
      [&](PostgresConnection& connection) { return ReadPostgresHead(connection, log); });
}

std::optional<CommandKnown> PostgresLog::FindCommand(LogId log, const ActorId& actor,
                                                     const CommandId& id) const {
  return readers_.Reading([&](PostgresConnection& connection) {
    return FindPostgresCommand(connection, log, {actor, id});
  });
}

Subscription PostgresLog::OnAppended(Listener listener, LogId log) {
  if (!wakeups_) throw StoreError(kForReading);
  const auto id = wakeups_->Add(log, ReadHead(log).position, std::move(listener));
  return Subscription([this, id] { wakeups_->Remove(id); });
}

std::vector<EpochStart> PostgresLog::ReadEpochs(LogId log) const {
  return readers_.Reading([&](PostgresConnection& connection) {
    const auto rows = connection.Run(kSelectEpochs, NumberOf(log));
    std::vector<EpochStart> epochs;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      epochs.push_back({Epoch(std::string(TextAt(rows, i, 0))), Position(NumberAt(rows, i, 1))});
    }
    return epochs;
  });
}

}  // namespace docket
