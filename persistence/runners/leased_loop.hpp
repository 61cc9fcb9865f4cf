/// A thread that does its rounds in one of all the processes that share a store: the one that holds
/// the lease. What a round does is its owner's; this is when, where and whether at all.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "persistence/notice.hpp"
#include "persistence/store.hpp"

namespace docket {

/// Thread-safe. A round that throws is reported once until one has gone well, and is tried again at
/// the next poll.
class LeasedLoop {
 public:
  struct Options {
    std::string lease;  ///< Names the lease, and the source of what is reported.
    std::chrono::milliseconds poll{1'000};
    Report report = ReportToStderr;
  };
  using Round = std::function<void(const Lease&)>;

  /// `leases` outlives the loop, and so does what `round` uses: stop it first.
  LeasedLoop(Leases& leases, Options options, Round round)
      : leases_(leases), options_(std::move(options)), round_(std::move(round)) {}
  ~LeasedLoop() { Stop(); }
  LeasedLoop(const LeasedLoop&) = delete;
  LeasedLoop& operator=(const LeasedLoop&) = delete;

  void Start();
  /// There is something to do. Cheap.
  void Wake();
  /// The round that runs comes to its end. Idempotent.
  void Stop();
  /// True from a round's begin on, until another process has the lease or this is stopped: what a
  /// round started elsewhere asks before each step.
  bool Holds() const { return holds_; }
  /// Rounds that failed, since the start.
  std::int64_t Failures() const { return failures_; }

 private:
  void Run();
  void RunOnce();

  Leases& leases_;
  const Options options_;
  const Round round_;
  std::unique_ptr<Lease> lease_;  ///< The thread's own.
  bool failing_ = false;          ///< The thread's own.
  std::atomic<bool> holds_{false};
  std::atomic<std::int64_t> failures_{0};
  std::mutex mutex_;  ///< Guards what follows.
  std::condition_variable wake_;
  bool woken_ = false;
  bool stopping_ = false;
  std::thread thread_;  ///< Last: it uses everything above.
};

}  // namespace docket
