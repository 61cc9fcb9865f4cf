/// A thread that keeps a projection abreast of the log, here or wherever its lease is held.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "persistence/notice.hpp"
#include "persistence/projections/projector.hpp"
#include "persistence/store.hpp"

namespace docket {

/// How a read model stands; for metrics.
struct ProjectionStatus {
  Position projected_to;
  Position head;                             ///< Of the log, as last seen here.
  std::int64_t lag_events = 0;               ///< Between the two.
  std::chrono::milliseconds since_progress;  ///< Since it last moved or was abreast.
  std::int64_t parked = 0;                   ///< Streams that it leaves out.
  bool holds_lease = false;                  ///< This process projects.
  std::int64_t failures = 0;                 ///< Rounds that failed here.
};

/// Of the processes of a store one projects, as holder of the lease; the others watch how far it
/// has come, and one of them takes over when it is gone. Runs when woken and, as a backstop, at
/// every poll. Thread-safe. A failing store is reported and tried again; it never ends the thread.
/// A stream that is parked is reported once and kept from nobody else.
class ProjectorRunner {
 public:
  struct Options {
    std::chrono::milliseconds poll{500};
    std::chrono::milliseconds retry{1'000};
    /// Where another process projects: how often its progress is looked at while somebody waits.
    std::chrono::milliseconds watch{5};
    std::size_t batch_events_max = 2048;
    Report report = ReportToStderr;
  };
  /// All of them outlive the runner.
  struct Ports {
    ViewStore& views;
    const EventLog& log;
    Projection& projection;
    Leases& leases;
  };
  ProjectorRunner(const Ports& ports, Options options);
  explicit ProjectorRunner(const Ports& ports) : ProjectorRunner(ports, Options{}) {}
  ~ProjectorRunner();
  ProjectorRunner(const ProjectorRunner&) = delete;
  ProjectorRunner& operator=(const ProjectorRunner&) = delete;

  /// Something was appended. Cheap; called from StoreLog::OnAppended.
  void Wake();
  /// Waits until `position` is projected, by whichever process: a reader then sees its own write.
  /// False after `timeout`.
  bool CatchUpTo(Position position, std::chrono::milliseconds timeout);
  Position ProjectedTo() const;
  ProjectionStatus Status() const;

 private:
  using MonotonicTime = std::chrono::steady_clock::time_point;

  void Run();
  /// Until the next round is due, or there is a reason for an earlier one. False: stop.
  bool Rest(std::chrono::milliseconds pause, bool may_be_woken);
  /// One round; what went wrong is reported, and false.
  bool Round();
  /// True while this process is the one that projects.
  bool HoldLease();
  void ProjectUntilAbreast();
  void Watch();
  void Publish(Position position);
  bool IsStopping() const;

  const EventLog& log_;
  Leases& leases_;
  const std::string name_;
  const Options options_;
  Projector projector_;           ///< The thread's own.
  std::unique_ptr<Lease> lease_;  ///< The thread's own.

  mutable std::mutex mutex_;  ///< Guards what follows.
  std::condition_variable wake_;
  std::condition_variable moved_;
  ProjectionStatus status_;
  MonotonicTime moved_at_ = std::chrono::steady_clock::now();
  int waiting_ = 0;  ///< Callers of CatchUpTo.
  bool woken_ = true;
  bool stopping_ = false;
  std::thread thread_;  ///< Last: it uses everything above.
};

}  // namespace docket
