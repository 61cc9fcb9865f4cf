/// Telling others that a log has grown, and hearing it from them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "domain/event_log.hpp"
#include "persistence/postgres/connection.hpp"

namespace docket {

/// Sends a notification after commits, at most one every kAnnounceEvery. It has a thread and a
/// session of its own and is never part of an append's transaction: NOTIFY takes a lock of the
/// whole server until that transaction is committed, so that no two appends could commit together.
/// What is lost with its connection is lost: who listens also polls.
class PostgresAnnouncer {
 public:
  explicit PostgresAnnouncer(PostgresUrl url, SessionSettings settings);
  ~PostgresAnnouncer();
  PostgresAnnouncer(const PostgresAnnouncer&) = delete;
  PostgresAnnouncer& operator=(const PostgresAnnouncer&) = delete;

  /// Returns at once. Thread-safe.
  void Announce(LogId log, Position position);

 private:
  void Serve();
  void Send(const std::map<LogId, Position>& heads);

  const PostgresUrl url_;
  const SessionSettings settings_;
  std::unique_ptr<PostgresConnection> connection_;  ///< The thread's own.
  std::mutex mutex_;                                ///< Guards what follows.
  std::condition_variable wake_;
  std::map<LogId, Position> pending_;
  bool stopping_ = false;
  std::thread thread_;  ///< Last: it uses everything above.
};
constexpr std::chrono::milliseconds kAnnounceEvery{5};

/// Calls listeners when a log has grown: at once for what this process appends, and for others on a
/// notification, or at the latest with the next poll. Thread-safe.
class PostgresWakeups {
 public:
  using Listener = std::function<void(Position)>;

  PostgresWakeups(PostgresUrl url, SessionSettings settings);
  ~PostgresWakeups();
  PostgresWakeups(const PostgresWakeups&) = delete;
  PostgresWakeups& operator=(const PostgresWakeups&) = delete;

  /// The first listener starts the thread that hears others. `head` is where the log is known to
  /// be: the listener is called for what comes after it.
  std::size_t Add(LogId log, Position head, Listener listener);
  /// When this returns the listener is not running and will not be called again.
  void Remove(std::size_t id);
  /// The head is known to be here now.
  void Grown(LogId log, Position position);

 private:
  struct Entry {
    std::size_t id;
    LogId log;
    Listener listener;
  };
  void Serve();
  /// Connects, and serves until the connection is lost or this ends.
  void Listen();
  void Poll(PostgresConnection& connection);
  /// Waits for the session, the end of this, or the time; false: this ends.
  bool AwaitSession(PostgresConnection& connection) const;
  bool Pause(std::chrono::milliseconds pause);

  const PostgresUrl url_;
  const SessionSettings settings_;
  std::mutex mutex_;  ///< Guards what follows, and is held while listeners run.
  std::condition_variable wake_;
  std::vector<Entry> listeners_;
  std::map<LogId, Position> known_;
  std::size_t next_id_ = 1;
  bool stopping_ = false;
  int stop_event_;  ///< Readable once this ends.
  std::thread thread_;
};
constexpr std::chrono::milliseconds kPollHeadsEvery{500};

}  // namespace docket
