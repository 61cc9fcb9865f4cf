/// Wake-ups across processes through Redis: who appends says so on a channel, who waits listens.
///
/// Only a hint. A message may be lost with Redis or with a connection, so whoever is woken also
/// polls, and says nothing of what he did not find in the log himself.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "domain/ids.hpp"
#include "persistence/notice.hpp"
#include "persistence/redis/connection.hpp"

namespace docket {

/// `docket:cases:appended`.
std::string WakeChannel(const std::string& prefix, LogId log);

struct WakeupOptions {
  RedisOptions redis;
  std::string channel;
  /// How long a silent subscription is trusted before it is asked whether it still lives.
  std::chrono::milliseconds silence_max{10'000};
  Report report = ReportToStderr;
};

/// Says that something was appended, from a thread of its own: many appends become one message,
/// and while Redis is away nothing waits and nothing is kept. Thread-safe.
class WakeupSender {
 public:
  explicit WakeupSender(WakeupOptions options);
  ~WakeupSender();
  WakeupSender(const WakeupSender&) = delete;
  WakeupSender& operator=(const WakeupSender&) = delete;

  /// Never blocks; called from StoreLog::OnAppended.
  void Appended(Position position);

 private:
  void Run();
  /// The latest position that was not sent yet; nullopt: the thread shall stop.
  std::optional<Position> TakeNext();

  const WakeupOptions options_;
  RedisConnection redis_;  ///< The thread's own.
  std::mutex mutex_;       ///< Guards what follows.
  std::condition_variable wake_;
  std::optional<Position> next_;
  bool stopping_ = false;
  std::thread thread_;  ///< Last: it uses everything above.
};

/// Calls its listener for each message, and once after each connection, because of what it may
/// have missed. Thread-safe.
class WakeupListener {
 public:
  /// `wake` is called by the listener's thread: it must be quick and must not throw.
  WakeupListener(WakeupOptions options, std::function<void()> wake);
  ~WakeupListener();
  WakeupListener(const WakeupListener&) = delete;
  WakeupListener& operator=(const WakeupListener&) = delete;

 private:
  void Run();
  void Subscribe();
  /// Until the connection is lost, which throws, or the thread shall stop.
  void Listen();
  bool WaitToRetry(int failures);
  bool IsStopping();

  const WakeupOptions options_;
  const std::function<void()> wake_;
  RedisConnection redis_;  ///< The thread's own.
  std::mutex mutex_;       ///< Guards stopping_.
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;  ///< Last: it uses everything above.
};

}  // namespace docket
