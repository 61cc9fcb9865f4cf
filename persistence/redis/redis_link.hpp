/// What a process does with Redis while it works on a store: it relays the log when it is its turn,
/// tells other processes of appends, and hears of theirs.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "persistence/redis/relay_runner.hpp"
#include "persistence/redis/wakeups.hpp"

namespace docket {

struct RedisLinkOptions {
  RedisUrl url;
  std::string prefix = "docket";
  /// See RelayOptions.
  std::optional<std::int64_t> entries_max{};
  Report report = ReportToStderr;
};

/// Thread-safe. Works from its construction to its end, whether or not there is a Redis.
class RedisLink {
 public:
  /// What it works on; all of it outlives the link.
  struct Ports {
    StoreLog& log;
    Leases& leases;
    std::function<void()> wake;  ///< Another process appended. Must be quick and must not throw.
  };
  RedisLink(const Ports& ports, const RedisLinkOptions& options);

  RelayStatus Relaying() const { return relay_.Status(); }
  /// See RelayRunner.
  bool CatchUpTo(Position position, std::chrono::milliseconds timeout) {
    return relay_.CatchUpTo(position, timeout);
  }

 private:
  WakeupSender sender_;
  RelayRunner relay_;
  // Last, in this order: they call what stands above.
  WakeupListener listener_;
  Subscription appended_;
};

}  // namespace docket
