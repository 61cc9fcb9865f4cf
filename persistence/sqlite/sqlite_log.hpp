/// The log on SQLite: appends through the group-committing appender, reads on connections of
/// their own, so that neither waits for the other.
#pragma once

#include <functional>
#include <optional>

#include "domain/event_log.hpp"
#include "persistence/appender.hpp"
#include "persistence/sqlite/connection_pool.hpp"
#include "persistence/sqlite/sqlite_batch_store.hpp"
#include "persistence/sqlite/sqlite_store.hpp"

namespace docket {

/// Ends a subscription to appends; must not outlive the log. When the destructor has returned the
/// listener is not running and will not be called again.
class AppendSubscription {
 public:
  AppendSubscription(Appender& appender, std::size_t id) : appender_(&appender), id_(id) {}
  AppendSubscription(AppendSubscription&& other) noexcept
      : appender_(std::exchange(other.appender_, nullptr)), id_(other.id_) {}
  AppendSubscription& operator=(AppendSubscription&&) = delete;
  ~AppendSubscription() {
    if (appender_ != nullptr) appender_->RemoveListener(id_);
  }

 private:
  Appender* appender_;
  std::size_t id_;
};

/// Thread-safe. A store opened for reading refuses Append with StoreError.
class SqliteLog : public EventLog {
 public:
  /// `store` and `clock` outlive the log.
  SqliteLog(SqliteStore& store, const Clock& clock, AppenderLimits limits = {});

  AppendResult Append(AppendRequest request) override;
  std::vector<RecordedEvent> ReadStream(LogId log, const StreamId& stream, Version after,
                                        std::size_t limit) const override;
  std::vector<RecordedEvent> ReadLog(LogId log, Position after, std::size_t limit) const override;
  Head ReadHead(LogId log) const override;
  std::optional<CommandKnown> FindCommand(LogId log, const ActorId& actor,
                                          const CommandId& id) const override;

  /// Wakes `listener` with the head's position after each commit that moved it. It runs on the
  /// appender's thread: it must be quick, and must neither throw nor append.
  [[nodiscard]] AppendSubscription OnAppended(std::function<void(Position)> listener,
                                              LogId log = LogId::kCases);

 private:
  mutable ConnectionPool readers_;
  std::optional<SqliteBatchStore> batches_;  ///< Absent in a store opened for reading.
  std::optional<Appender> appender_;         ///< Last: its thread uses batches_.
};

}  // namespace docket
