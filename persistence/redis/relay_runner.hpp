/// A thread that runs the relay in one process of all that share a store.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "persistence/counts.hpp"
#include "persistence/redis/relay.hpp"
#include "persistence/store.hpp"

namespace docket {

/// How the relay of this process stands; for metrics.
struct RelayStatus {
  bool holds_lease = false;
  Position relayed_to;  ///< Where the stream was last seen to end; 0 while another relays.
  std::uint64_t failures = 0;
};

/// Relays while it holds the lease `relay`, when woken and at every poll. Loss of Redis or of the
/// store is reported once and tried again; it never ends the thread and never slows an append.
/// Thread-safe. Two relays at once, while a lease changes hands, are harmless.
class RelayRunner {
 public:
  struct Options {
    std::chrono::milliseconds poll{500};
    /// Between attempts to take the lease that another holds.
    std::chrono::milliseconds standby{2'000};
    BackoffRule backoff{};
    Report report = ReportToStderr;
  };
  static constexpr std::string_view kLease = "relay";

  /// `leases` outlives the runner.
  RelayRunner(Leases& leases, std::unique_ptr<Relay> relay, Options options);
  RelayRunner(Leases& leases, std::unique_ptr<Relay> relay)
      : RelayRunner(leases, std::move(relay), Options{}) {}
  ~RelayRunner();
  RelayRunner(const RelayRunner&) = delete;
  RelayRunner& operator=(const RelayRunner&) = delete;

  /// Something was appended. Cheap.
  void Wake();
  /// Where the stream was last seen to end; 0 while another process relays.
  Position RelayedTo() const;
  RelayStatus Status() const;
  /// Waits until `position` is relayed; true at once where another process relays. False after
  /// `timeout`.
  bool CatchUpTo(Position position, std::chrono::milliseconds timeout);

 private:
  void Run();
  /// What there is to copy; how long to wait then.
  std::chrono::milliseconds RelayUntilAbreast();
  void Wait(std::chrono::milliseconds duration, bool wakeable);
  bool IsStopping();
  /// Where the stream ends, and whether it is this process that relays.
  void Publish(Position position);

  Leases& leases_;
  const std::unique_ptr<Relay> relay_;
  const Options options_;
  std::unique_ptr<Lease> lease_;
  int failures_ = 0;  ///< In a row.
  Tally failed_;
  mutable std::mutex mutex_;  ///< Guards what follows.
  Position relayed_to_;
  bool is_relaying_ = false;
  std::condition_variable wake_;
  std::condition_variable moved_;
  bool woken_ = false;
  bool stopping_ = false;
  std::thread thread_;  ///< Last: it uses everything above.
};

}  // namespace docket
