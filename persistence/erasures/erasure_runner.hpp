/// Does the erasures that were ordered, in one of the processes, also those that another process
/// left half done.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "persistence/erasures/erasures.hpp"
#include "persistence/runners/projector_runner.hpp"

namespace docket {

/// Holds the lease while it works; runs when woken and at every poll. A failing store is reported
/// and tried again. Thread-safe.
class ErasureRunner {
 public:
  struct Options {
    std::chrono::milliseconds poll{5'000};
    Report report = ReportToStderr;
  };
  /// Both outlive it.
  ErasureRunner(Erasures& erasures, Leases& leases, Options options);
  ~ErasureRunner();
  ErasureRunner(const ErasureRunner&) = delete;
  ErasureRunner& operator=(const ErasureRunner&) = delete;

  /// Something was ordered.
  void Wake();
  /// Waits until the erasure has its receipt, at most so long. As it is then.
  std::optional<Erasure> Await(const std::string& id, std::chrono::milliseconds timeout);

 private:
  void Run();
  void Round();
  /// False: stop.
  bool Rest(std::chrono::milliseconds pause, bool may_be_woken);

  Erasures& erasures_;
  Leases& leases_;
  const Options options_;
  std::mutex mutex_;  ///< Guards what follows.
  std::condition_variable wake_;
  std::condition_variable done_;
  bool woken_ = true;
  bool stopping_ = false;
  std::uint64_t rounds_ = 0;
  std::thread thread_;  ///< Last: it uses everything above.
};

}  // namespace docket
