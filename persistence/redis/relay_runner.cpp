#include "persistence/redis/relay_runner.hpp"

#include <fmt/format.h>

namespace docket {

RelayRunner::RelayRunner(Leases& leases, std::unique_ptr<Relay> relay, Options options)
    : leases_(leases),
      relay_(std::move(relay)),
      options_(std::move(options)),
      thread_([this] { Run(); }) {}

RelayRunner::~RelayRunner() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void RelayRunner::Wake() {
  {
    const std::lock_guard guard(mutex_);
    woken_ = true;
  }
  wake_.notify_one();
}

void RelayRunner::Run() {
  while (!IsStopping()) {
    try {
      const auto pause = RelayUntilAbreast();
      if (failures_ > 0) options_.report({NoticeLevel::kInfo, "relay", "the relay goes on"});
      failures_ = 0;
      Wait(pause, lease_ != nullptr);
    } catch (const std::exception& error) {
      failed_.Add();
      if (++failures_ == 1) {
        options_.report(
            {NoticeLevel::kWarning, "relay", fmt::format("the relay waits: {}", error.what())});
      }
      // The connection has a lot of its own; here the middle will do.
      Wait(DelayAfter(failures_, 0.5, options_.backoff), false);
    }
  }
}

std::chrono::milliseconds RelayRunner::RelayUntilAbreast() {
  if (lease_ && !lease_->IsHeld()) {
    lease_.reset();
    Publish(Position{});
  }
  if (!lease_) lease_ = leases_.TryTake(kLease);
  if (!lease_) return options_.standby;
  while (!IsStopping()) {
    const std::size_t added = relay_->RunOnce();
    Publish(relay_->RelayedTo());
    if (added == 0 || !lease_->IsHeld()) break;
  }
  return options_.poll;
}

void RelayRunner::Wait(std::chrono::milliseconds duration, bool wakeable) {
  std::unique_lock guard(mutex_);
  wake_.wait_for(guard, duration, [&] { return stopping_ || (wakeable && woken_); });
  woken_ = false;
}

RelayStatus RelayRunner::Status() const {
  const std::lock_guard guard(mutex_);
  return {.holds_lease = is_relaying_, .relayed_to = relayed_to_, .failures = failed_.Value()};
}

bool RelayRunner::CatchUpTo(Position position, std::chrono::milliseconds timeout) {
  Wake();
  std::unique_lock guard(mutex_);
  return moved_.wait_for(guard, timeout, [&] { return !is_relaying_ || relayed_to_ >= position; });
}

Position RelayRunner::RelayedTo() const {
  const std::lock_guard guard(mutex_);
  return relayed_to_;
}

void RelayRunner::Publish(Position position) {
  {
    const std::lock_guard guard(mutex_);
    relayed_to_ = position;
    is_relaying_ = lease_ != nullptr;
  }
  moved_.notify_all();
}

bool RelayRunner::IsStopping() {
  const std::lock_guard guard(mutex_);
  return stopping_;
}

}  // namespace docket
