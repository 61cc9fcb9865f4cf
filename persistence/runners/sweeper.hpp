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
#include "workflows/engine/case_engine.hpp"

namespace docket {

/// What the sweeper works with. Everything outlives it.
struct SweeperPorts {
  using TickAll = std::function<std::vector<CaseEngine::Ticked>(const std::vector<StreamId>&)>;
  /// Waits until the views have seen `position`; false when that took too long.
  using CatchUp = std::function<bool(Position)>;

  const CaseViews& views;
  const Clock& clock;
  TickAll tick_all;  ///< CaseEngine::TickAll.
  CatchUp catch_up;  ///< ProjectorRunner::CatchUpTo.
};

/// Thread-safe; rounds run one at a time.
class Sweeper {
 public:
  struct Options {
    std::size_t round_cases_max = 200;
    std::chrono::milliseconds poll{1'000};
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

 private:
  using MachineTime = std::chrono::steady_clock::time_point;

  void Run();
  std::vector<StreamId> TakeDue();

  SweeperPorts ports_;
  const Options options_;
  std::mutex round_;                         ///< Held for a round; guards resting_.
  std::map<StreamId, MachineTime> resting_;  ///< Until when.
  std::mutex mutex_;                         ///< Guards what follows.
  std::condition_variable wake_;
  bool woken_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace docket
