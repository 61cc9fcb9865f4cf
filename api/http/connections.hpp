/// Open connections, each with a deadline for what it is doing: a client that sends one byte at a
/// time must not keep a thread for ever, and stopping must not wait for one that says nothing.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include <Poco/Net/StreamSocket.h>

namespace docket::http {

class Connections {
 public:
  /// kFresh: nothing was asked yet. kWaiting: between two requests.
  enum class Phase : std::uint8_t { kFresh, kWaiting, kReadingBody, kAnswering };

  Connections();
  ~Connections();
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  /// One connection, for as long as its thread serves it.
  class Guard {
   public:
    Guard(Connections& connections, const Poco::Net::StreamSocket& socket);
    ~Guard();
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    Connections& connections_;
    std::int64_t id_;
  };

  /// A connection was taken and waits for its thread, whose Guard it will be.
  void Expect();
  /// It was dropped instead, or did not finish its handshake.
  void Unexpect();
  /// The connection that the calling thread serves is now in `phase`.
  void Enter(Phase phase);
  std::size_t Count() const;

  /// From now on nothing more is read from connections that wait, except what has already come.
  /// Gives requests that were taken, and connections that are expected, until `timeout` to be
  /// answered, then closes all. Returns how many had to be cut off.
  std::size_t Drain(std::chrono::milliseconds timeout);
  bool IsDraining() const;

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  struct Entry {
    Poco::Net::StreamSocket socket;
    Phase phase = Phase::kFresh;
    SteadyTime deadline;
  };
  void CloseLate();
  /// Under mutex_, while draining: a connection that has nothing to do.
  static void Dismiss(Entry& entry);
  static void Close(Entry& entry);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::int64_t, Entry> entries_;
  std::int64_t next_id_ = 1;
  std::size_t expected_ = 0;
  bool draining_ = false;
  bool stopped_ = false;
  std::thread reaper_;
};

}  // namespace docket::http
