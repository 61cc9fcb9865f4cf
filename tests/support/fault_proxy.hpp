/// A TCP proxy between us and PostgreSQL that breaks the conversation at a chosen message.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace docket::testing {

enum class Toward : std::uint8_t { kServer, kClient };

/// What becomes of the message at which a fault strikes. Cutting ends both sides of its connection.
enum class FaultAction : std::uint8_t {
  kCutBefore,  ///< It is swallowed.
  kCutInside,  ///< Half of it arrives.
  kCutAfter,   ///< It arrives.
  kDelay,      ///< It and all that follows arrive later.
};

struct Fault {
  Toward toward = Toward::kServer;
  int message =
      1;  ///< The how manieth from now on, in that direction, of all connections together.
  FaultAction action = FaultAction::kCutBefore;
};

/// Thread-safe. Messages are those of PostgreSQL's protocol, so the connection must not be
/// encrypted (`sslmode=disable`). Throws std::runtime_error where the network fails.
class FaultProxy {
 public:
  /// Stands before the server on `port` of the loopback.
  explicit FaultProxy(int port);
  ~FaultProxy();
  FaultProxy(const FaultProxy&) = delete;
  FaultProxy& operator=(const FaultProxy&) = delete;

  int Port() const { return port_; }
  /// Sessions in which the client has said this are passed on and not counted.
  void LeaveAlone(std::string text);
  /// The fault strikes once.
  void Arm(const Fault& fault);
  void Disarm();
  bool Fired() const { return fired_; }
  /// A network that loses everything: nothing is closed, nothing passes, nobody gets through.
  void Partition() { partitioned_ = true; }
  void Heal() { partitioned_ = false; }
  /// Ends every connection.
  void CutAll() { cut_all_ = true; }

 private:
  class Link;
  struct Message;

  void Serve();
  void Accept();
  /// False: the link is cut.
  bool Pass(Link& link, Toward toward);
  bool PassMessage(Link& link, const Message& message);
  std::optional<FaultAction> Strikes(const Link& link, Toward toward);

  const int server_port_;
  int port_ = 0;
  int listener_ = -1;
  std::vector<std::unique_ptr<Link>> links_;  ///< The thread's own.
  mutable std::mutex mutex_;                  ///< Guards what follows.
  std::string left_alone_;
  std::optional<Fault> fault_;
  int counted_ = 0;
  std::atomic<bool> fired_{false};
  std::atomic<bool> partitioned_{false};
  std::atomic<bool> cut_all_{false};
  std::atomic<bool> stopping_{false};
  std::thread thread_;  ///< Last: it uses everything above.
};

}  // namespace docket::testing
