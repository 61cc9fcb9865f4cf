#include "persistence/runners/leased_loop.hpp"

#include <fmt/format.h>

namespace docket {

void LeasedLoop::Start() {
  thread_ = std::thread([this] { Run(); });
}

void LeasedLoop::Wake() {
  {
    const std::lock_guard guard(mutex_);
    woken_ = true;
  }
  wake_.notify_one();
}

void LeasedLoop::Stop() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
    holds_ = false;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void LeasedLoop::Run() {
  for (;;) {
    try {
      RunOnce();
      failing_ = false;
    } catch (const std::exception& error) {
      ++failures_;
      if (!std::exchange(failing_, true)) {
        options_.report({NoticeLevel::kWarning, options_.lease,
                         fmt::format("{} wait: {}", options_.lease, error.what())});
      }
    }
    std::unique_lock guard(mutex_);
    // After a failure waking does not help: somebody appending must not make a tight loop.
    wake_.wait_for(guard, options_.poll, [&] { return stopping_ || (woken_ && !failing_); });
    woken_ = false;
    if (stopping_) return;
  }
}

void LeasedLoop::RunOnce() {
  if (lease_ && !lease_->IsHeld()) lease_.reset();
  if (!lease_) lease_ = leases_.TryTake(options_.lease);
  {
    const std::lock_guard guard(mutex_);
    holds_ = lease_ != nullptr && !stopping_;
  }
  if (holds_) round_(*lease_);
}

}  // namespace docket
