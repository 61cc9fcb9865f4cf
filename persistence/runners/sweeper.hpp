/// The deadline sweeper: finds cases in which time alone has something to record, and has it
/// recorded. What it does is decided by the engine; doing it twice adds nothing.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "domain/time.hpp"
#include "persistence/projections/case_views.hpp"
#include "persistence/runners/projector_runner.hpp"
#include "persistence/store.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket {

/// What the sweeper works with. Everything outlives it.
struct SweeperPorts {
  using TickAll = std::function<std::vector<CaseEngine::Ticked>(const std::vector<StreamId>&)>;
  /// Waits until the views have seen `position`; false when that took too long.
  using CatchUp = std::function<bool(Position)>;

  const CaseViews& views;
  const Clock& clock;
  Leases& leases;
  TickAll tick_all;  ///< CaseEngine::TickAll.
  CatchUp catch_up;  ///< ProjectorRunner::CatchUpTo.
  /// Takes over what other processes have changed: the legal clock, calendars. Called by the
  /// sweeper's thread, whether or not it is the one that sweeps.
  std::function<void()> refresh = [] {};
};

/// How the sweeper of this process stands; for metrics.
struct SweeperStatus {
  bool holds_lease = false;
  std::int64_t due = 0;       ///< Cases that were due when it last looked, resting ones included.
  std::int64_t resting = 0;   ///< Of them those that failed and wait to be tried again.
  std::int64_t recorded = 0;  ///< Cases in which something was recorded, since the start.
  std::int64_t failures = 0;  ///< Rounds and cases that failed, since the start.
  /// Since the last round that ended well; 0 while another process sweeps.
  std::chrono::milliseconds since_round{};
};

/// Thread-safe; rounds run one at a time. Of the processes of a store one sweeps by itself, the one
/// that holds the lease; a round that somebody asks for runs anywhere, because doing it twice adds
/// nothing.
class Sweeper {
 public:
  struct Options {
    std::size_t round_cases_max = 500;
    /// At the latest; earlier when a deadline is known to fall due before.
    std::chrono::milliseconds poll{200};
    /// How often the lease is asked for, and others' changes are taken over.
    std::chrono::milliseconds refresh_every{1'000};
    /// Between two rounds while there is more: people's commands go first.
    std::chrono::milliseconds breath{20};
    /// How long a case rests that failed, or that had nothing to record though the views said so.
    std::chrono::seconds rest{60};
    Report report = ReportToStderr;
  };
  Sweeper(SweeperPorts ports, Options options);
  explicit Sweeper(SweeperPorts ports) : Sweeper(std::move(ports), Options{}) {}
  ~Sweeper();
  Sweeper(const Sweeper&) = delete;
  Sweeper& operator=(const Sweeper&) = delete;

  /// Begins to sweep by itself, in a thread.
  void Start();
  /// Sweeps soon: the legal clock was moved.
  void Wake();
  /// One bounded round; the number of cases in which something was recorded. Returns when the
  /// views have seen it. Throws StoreError when the store failed: nothing is lost by that.
  std::size_t SweepOnce();
  /// Rounds until nothing is due; the number of cases in all of them, a case may count again.
  std::size_t SweepUntilQuiet();
  SweeperStatus Status() const;

 private:
  using MachineTime = std::chrono::steady_clock::time_point;

  void Run();
  /// One round of the sweeper's own thread; the pause after it.
  std::chrono::milliseconds RunOnce();
  /// True while this process is the one that sweeps.
  bool HoldLease();
  std::chrono::milliseconds UntilNextDue(Instant since) const;
  std::vector<StreamId> TakeDue();
  /// A round ended well, or, without one, another process sweeps.
  void Note(bool holds_lease);
  void Warn(std::string message) const;

  SweeperPorts ports_;
  const Options options_;
  std::mutex round_;                         ///< Held for a round; guards resting_.
  std::map<StreamId, MachineTime> resting_;  ///< Until when.
  std::unique_ptr<Lease> lease_;             ///< The thread's own, with the next.
  MachineTime refresh_at_{};
  mutable std::mutex mutex_;  ///< Guards what follows.
  std::condition_variable wake_;
  SweeperStatus status_;
  MachineTime round_ended_ = std::chrono::steady_clock::now();
  bool woken_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace docket
