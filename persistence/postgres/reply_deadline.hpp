/// Ends the wait for a server that is there and says nothing.
///
/// The server's own timeouts are of no use when it is stopped, and the network's none while the
/// kernel behind it still acknowledges what we send.
#pragma once

#include <chrono>
#include <cstdint>

namespace docket {

/// As long as this lives, somebody waits for a reply on `socket`. Once the wait is over the socket
/// is shut down, and the driver finds its connection lost. Cheap: no system call when the reply is
/// in time.
class ReplyDeadline {
 public:
  using Clock = std::chrono::steady_clock;

  /// `socket` stays open while this lives.
  ReplyDeadline(int socket, std::chrono::milliseconds wait);
  ~ReplyDeadline();
  ReplyDeadline(const ReplyDeadline&) = delete;
  ReplyDeadline& operator=(const ReplyDeadline&) = delete;

  bool HasPassed() const { return Clock::now() >= at_; }

 private:
  Clock::time_point at_;
  std::uint64_t id_;
};

}  // namespace docket
