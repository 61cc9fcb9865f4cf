/// A thread that keeps a projection abreast of the log.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "persistence/projections/projector.hpp"

namespace docket {

/// Where runners say what went wrong: for the operator, without personal data. Thread-safe.
using Report = std::function<void(const std::string&)>;
/// To standard error.
void ReportToStderr(const std::string& message);

/// Runs the projector when woken and, as a backstop, at every poll. Thread-safe. A failing store
/// is reported and tried again; it never ends the thread.
class ProjectorRunner {
 public:
  struct Options {
    std::chrono::milliseconds poll{500};
    std::chrono::milliseconds retry{1'000};
    Report report = ReportToStderr;
  };
  /// `projector` outlives the runner and is used by nobody else meanwhile.
  ProjectorRunner(Projector& projector, Options options);
  explicit ProjectorRunner(Projector& projector) : ProjectorRunner(projector, Options{}) {}
  ~ProjectorRunner();
  ProjectorRunner(const ProjectorRunner&) = delete;
  ProjectorRunner& operator=(const ProjectorRunner&) = delete;

  /// Something was appended. Cheap; called from SqliteLog::OnAppended.
  void Wake();
  /// Waits until `position` is projected: a reader then sees its own write. False after `timeout`.
  bool CatchUpTo(Position position, std::chrono::milliseconds timeout);
  Position ProjectedTo() const;

 private:
  void Run();
  /// Applies what there is; false when the store failed.
  bool RunUntilAbreast();

  Projector& projector_;
  const Options options_;
  mutable std::mutex mutex_;  ///< Guards what follows.
  std::condition_variable wake_;
  std::condition_variable moved_;
  Position projected_to_;
  bool woken_ = true;
  bool stopping_ = false;
  std::thread thread_;  ///< Last: it uses everything above.
};

}  // namespace docket
