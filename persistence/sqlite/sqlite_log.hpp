/// The log on SQLite: appends through the group-committing appender, reads on connections of
/// their own, so that neither waits for the other.
#pragma once

#include <optional>

#include "domain/event_log.hpp"
#include "persistence/appender.hpp"
#include "persistence/sqlite/connection_pool.hpp"
#include "persistence/sqlite/sqlite_batch_store.hpp"
#include "persistence/sqlite/sqlite_store.hpp"
#include "persistence/store.hpp"

namespace docket {

/// Thread-safe. A store opened for reading refuses Append with StoreError.
class SqliteLog : public StoreLog {
 public:
  /// `store` and `clock` outlive the log.
  SqliteLog(SqliteStore& store, const Clock& clock, AppenderLimits limits = {});

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
  mutable ConnectionPool readers_;
  std::optional<SqliteBatchStore> batches_;  ///< Absent in a store opened for reading.
  std::optional<Appender> appender_;         ///< Last: its thread uses batches_.
};

}  // namespace docket
