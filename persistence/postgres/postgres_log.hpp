/// The log on PostgreSQL: appends through the group-committing appender, reads on pooled sessions.
#pragma once

#include <optional>

#include "persistence/appender.hpp"
#include "persistence/postgres/connection.hpp"
#include "persistence/postgres/postgres_batch_store.hpp"
#include "persistence/postgres/wakeups.hpp"
#include "persistence/store.hpp"

namespace docket {

/// Thread-safe. Reads are tried again once on a new connection when theirs was lost; each is one
/// statement, so no transaction stays open between them.
class PostgresLog : public StoreLog {
 public:
  struct Sessions {
    SessionSettings writer;
    SessionSettings reader;
    SessionSettings wakeups;
  };
  /// `clock` outlives the log.
  PostgresLog(const PostgresUrl& url, const Sessions& sessions, StoreAccess access,
              const Clock& clock, AppenderLimits limits);

  AppendResult Append(AppendRequest request) override;
  std::vector<AppendResult> AppendAll(std::vector<AppendRequest> requests) override;
  std::vector<RecordedEvent> ReadStream(LogId log, const StreamId& stream, Version after,
                                        std::size_t limit) const override;
  std::vector<std::vector<RecordedEvent>> ReadStreams(
      LogId log, const std::vector<StreamId>& streams) const override;
  std::vector<RecordedEvent> ReadLog(LogId log, Position after, std::size_t limit) const override;
  Head ReadHead(LogId log) const override;
  std::optional<CommandKnown> FindCommand(LogId log, const ActorId& actor,
                                          const CommandId& id) const override;
  [[nodiscard]] Subscription OnAppended(Listener listener, LogId log = LogId::kCases) override;
  const Appender* Appending() const override { return appender_ ? &*appender_ : nullptr; }
  std::vector<EpochStart> ReadEpochs(LogId log) const override;

 private:
  mutable PostgresPool readers_;
  // Absent in a store opened for reading.
  std::optional<PostgresWakeups> wakeups_;
  std::optional<PostgresAnnouncer> announcer_;
  std::optional<PostgresBatchStore> batches_;
  std::optional<Appender> appender_;  ///< Last: its thread uses everything above.
};

}  // namespace docket
