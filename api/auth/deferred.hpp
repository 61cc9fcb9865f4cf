/// Work that must not delay an answer: done one after the other, in a thread of its own.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace docket {

/// Thread-safe. The destructor does what is still waiting.
class Deferred {
 public:
  using Work = std::function<void()>;

  Deferred();
  ~Deferred();
  Deferred(const Deferred&) = delete;
  Deferred& operator=(const Deferred&) = delete;

  /// False: too much is waiting, and this is not done. What `work` throws is dropped: whoever
  /// defers something finds out by itself that it is still to be done.
  bool Do(Work work);
  /// Waits until nothing is left.
  void Drain();

 private:
  void Run();

  std::mutex mutex_;  ///< Guards what follows.
  std::condition_variable changed_;
  std::deque<Work> waiting_;
  bool is_working_ = false;
  bool stopping_ = false;
  std::thread thread_;
};
constexpr std::size_t kDeferredMax = 1'000;

}  // namespace docket
