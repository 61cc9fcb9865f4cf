#include "persistence/runners/sweeper.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "domain/ensure.hpp"

namespace docket {

namespace {

constexpr std::string_view kSweeperLease = "sweeper";

}  // namespace

Sweeper::Sweeper(SweeperPorts ports, Options options)
    : ports_(std::move(ports)), options_(std::move(options)) {}

Sweeper::~Sweeper() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Sweeper::Start() {
  ENSURE(!thread_.joinable(), "a sweeper starts once");
  thread_ = std::thread([this] { Run(); });
}

void Sweeper::Wake() {
  {
    const std::lock_guard guard(mutex_);
    woken_ = true;
  }
  wake_.notify_one();
}

std::size_t Sweeper::SweepOnce() {
  const std::lock_guard guard(round_);
  std::size_t recorded = 0;
  std::int64_t failures = 0;
  Position last;
  for (const auto& ticked : ports_.tick_all(TakeDue())) {
    if (ticked.outcome) {
      ++recorded;
      last = std::max(last, ticked.outcome->position);
      continue;
    }
    resting_[ticked.case_id] = std::chrono::steady_clock::now() + options_.rest;
    if (ticked.failure.empty()) continue;
    ++failures;
    Warn(fmt::format("{} could not be swept: {}", ticked.case_id.value, ticked.failure));
  }
  {
    const std::lock_guard counting(mutex_);
    status_.recorded += static_cast<std::int64_t>(recorded);
    status_.failures += failures;
  }
  // Otherwise the next round would find the same cases in views that are behind.
  if (recorded > 0 && !ports_.catch_up(last)) {
    Warn(fmt::format("the views have not yet seen position {}", last.value));
  }
  return recorded;
}

std::size_t Sweeper::SweepUntilQuiet() {
  std::size_t total = 0;
  while (const std::size_t recorded = SweepOnce()) total += recorded;
  return total;
}

void Sweeper::Run() {
  for (;;) {
    std::chrono::milliseconds pause = options_.refresh_every;
    try {
      pause = RunOnce();
    } catch (const std::exception& error) {
      lease_.reset();
      refresh_at_ = {};  // Woken early, it must not sweep before it holds the lease again.
      Warn(fmt::format("the sweeper waits: {}", error.what()));
      const std::lock_guard counting(mutex_);
      ++status_.failures;
    }
    std::unique_lock guard(mutex_);
    wake_.wait_for(guard, pause, [this] { return stopping_ || woken_; });
    if (stopping_) return;
    woken_ = false;
  }
}

std::chrono::milliseconds Sweeper::RunOnce() {
  const bool is_refreshing = std::chrono::steady_clock::now() >= refresh_at_;
  if (is_refreshing) {
    ports_.refresh();
    if (!HoldLease()) {
      Note(false);
      return options_.refresh_every;
    }
    refresh_at_ = std::chrono::steady_clock::now() + options_.refresh_every;
  }
  // From before the round: what falls due while it runs is not to wait for the next poll.
  const Instant since = ports_.clock.Now();
  const std::size_t recorded = SweepOnce();
  Note(true);
  return recorded > 0 ? options_.breath : UntilNextDue(since);
}

void Sweeper::Note(bool holds_lease) {
  const std::lock_guard guard(mutex_);
  status_.holds_lease = holds_lease;
  round_ended_ = std::chrono::steady_clock::now();
}

SweeperStatus Sweeper::Status() const {
  const std::lock_guard guard(mutex_);
  SweeperStatus status = status_;
  if (status.holds_lease) {
    status.since_round = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - round_ended_);
  }
  return status;
}

void Sweeper::Warn(std::string message) const {
  options_.report({NoticeLevel::kWarning, "sweeper", std::move(message)});
}

bool Sweeper::HoldLease() {
  if (lease_ && lease_->IsHeld()) return true;
  lease_.reset();
  lease_ = ports_.leases.TryTake(kSweeperLease);
  return lease_ != nullptr;
}

std::chrono::milliseconds Sweeper::UntilNextDue(Instant since) const {
  const auto next = ports_.views.NextDue(since);
  if (!next) return options_.poll;
  // Rounded up: woken a moment too early it would find nothing and wait once more.
  const auto until = std::chrono::ceil<std::chrono::milliseconds>(*next - ports_.clock.Now());
  return std::clamp(until, std::chrono::milliseconds{0}, options_.poll);
}

std::vector<StreamId> Sweeper::TakeDue() {
  const MachineTime now = std::chrono::steady_clock::now();
  std::erase_if(resting_, [&](const auto& entry) { return entry.second <= now; });
  // Cases that rest still come first in the views: they must not use up the round.
  auto due = ports_.views.DueCases(ports_.clock.Now(), options_.round_cases_max + resting_.size());
  const auto found = static_cast<std::int64_t>(due.size());
  std::erase_if(due, [&](const StreamId& case_id) { return resting_.contains(case_id); });
  {
    const std::lock_guard guard(mutex_);
    status_.due = found;
    status_.resting = found - static_cast<std::int64_t>(due.size());
  }
  if (due.size() > options_.round_cases_max) due.resize(options_.round_cases_max);
  return due;
}

}  // namespace docket
