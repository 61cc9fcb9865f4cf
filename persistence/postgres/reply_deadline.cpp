#include "persistence/postgres/reply_deadline.hpp"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include <sys/socket.h>

namespace docket {

namespace {

using SteadyClock = ReplyDeadline::Clock;

/// One thread for all connections of the process. It looks again in time for whatever was added
/// since, so that adding needs to wake it only when nothing else is watched.
class Watch {
 public:
  Watch() : thread_([this] { Serve(); }) {}
  ~Watch() {
    {
      const std::lock_guard guard(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  std::uint64_t Add(SteadyClock::time_point at, int socket) {
    const std::lock_guard guard(mutex_);
    const auto id = ++last_id_;
    sockets_.emplace(Key{at, id}, socket);
    if (at < next_look_) wake_.notify_one();
    return id;
  }
  void Remove(SteadyClock::time_point at, std::uint64_t id) {
    const std::lock_guard guard(mutex_);
    sockets_.erase({at, id});
  }

 private:
  using Key = std::pair<SteadyClock::time_point, std::uint64_t>;

  void Serve() {
    std::unique_lock guard(mutex_);
    while (!stopping_) {
      const auto now = SteadyClock::now();
      while (!sockets_.empty() && sockets_.begin()->first.first <= now) {
        // Whoever waits on it removes it, and closes it, only after we have let go of the mutex.
        shutdown(sockets_.begin()->second, SHUT_RDWR);
        sockets_.erase(sockets_.begin());
      }
      next_look_ = sockets_.empty() ? now + kLookEvery : sockets_.begin()->first.first;
      wake_.wait_until(guard, next_look_);
    }
  }

  static constexpr std::chrono::hours kLookEvery{1};

  std::mutex mutex_;  ///< Guards what follows.
  std::condition_variable wake_;
  std::map<Key, int> sockets_;
  SteadyClock::time_point next_look_ = SteadyClock::time_point::max();
  std::uint64_t last_id_ = 0;
  bool stopping_ = false;
  std::thread thread_;  ///< Last: it uses everything above.
};

Watch& TheWatch() {
  static Watch watch;
  return watch;
}

}  // namespace

ReplyDeadline::ReplyDeadline(int socket, std::chrono::milliseconds wait)
    : at_(SteadyClock::now() + wait), id_(TheWatch().Add(at_, socket)) {}

ReplyDeadline::~ReplyDeadline() { TheWatch().Remove(at_, id_); }

}  // namespace docket
