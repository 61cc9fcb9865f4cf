#include "api/auth/deferred.hpp"

#include <exception>

namespace docket {

Deferred::Deferred() : thread_([this] { Run(); }) {}

Deferred::~Deferred() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

bool Deferred::Do(Work work) {
  {
    const std::lock_guard guard(mutex_);
    if (waiting_.size() >= kDeferredMax) return false;
    waiting_.push_back(std::move(work));
  }
  changed_.notify_all();
  return true;
}

void Deferred::Drain() {
  std::unique_lock guard(mutex_);
  changed_.wait(guard, [this] { return waiting_.empty() && !is_working_; });
}

void Deferred::Run() {
  std::unique_lock guard(mutex_);
  for (;;) {
    changed_.wait(guard, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    const Work work = std::move(waiting_.front());
    waiting_.pop_front();
    is_working_ = true;
    guard.unlock();
    try {
      work();
    } catch (const std::exception&) {
      // See Do.
    }
    guard.lock();
    is_working_ = false;
    changed_.notify_all();
  }
}

}  // namespace docket
