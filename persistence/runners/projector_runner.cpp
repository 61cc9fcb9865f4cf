#include "persistence/runners/projector_runner.hpp"

#include <fmt/format.h>

namespace docket {

ProjectorRunner::ProjectorRunner(const Ports& ports, Options options)
    : log_(ports.log),
      leases_(ports.leases),
      name_(ports.projection.Schema().name),
      options_(std::move(options)),
      projector_(
          ports.views, ports.log, ports.projection,
          {.batch_events_max = options_.batch_events_max,
           .on_parked =
               [this](const ParkedStream& parked) {
                 options_.report(
                     {NoticeLevel::kError, "projector",
                      fmt::format("read model {} leaves out {} from position {} on: {}", name_,
                                  parked.stream.value, parked.position.value, parked.reason)});
                 const std::lock_guard guard(mutex_);
                 ++status_.parked;
               }}),
      thread_([this] { Run(); }) {}

ProjectorRunner::~ProjectorRunner() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void ProjectorRunner::Wake() {
  {
    const std::lock_guard guard(mutex_);
    woken_ = true;
  }
  wake_.notify_one();
}

bool ProjectorRunner::CatchUpTo(Position position, std::chrono::milliseconds timeout) {
  std::unique_lock guard(mutex_);
  if (status_.projected_to >= position) return true;
  ++waiting_;
  woken_ = true;
  wake_.notify_one();
  const bool reached =
      moved_.wait_for(guard, timeout, [&] { return status_.projected_to >= position; });
  --waiting_;
  return reached;
}

Position ProjectorRunner::ProjectedTo() const {
  const std::lock_guard guard(mutex_);
  return status_.projected_to;
}

ProjectionStatus ProjectorRunner::Status() const {
  const std::lock_guard guard(mutex_);
  ProjectionStatus status = status_;
  status.lag_events = std::max<std::int64_t>(status.head.value - status.projected_to.value, 0);
  status.since_progress = status.lag_events == 0
                              ? std::chrono::milliseconds{0}
                              : std::chrono::duration_cast<std::chrono::milliseconds>(
                                    std::chrono::steady_clock::now() - moved_at_);
  return status;
}

void ProjectorRunner::Run() {
  for (;;) {
    const bool healthy = Round();
    bool is_watched = false;
    {
      const std::lock_guard guard(mutex_);
      is_watched = waiting_ > 0 && !status_.holds_lease;
    }
    const auto pause = !healthy ? options_.retry : is_watched ? options_.watch : options_.poll;
    // After a failure waking does not help: somebody appending must not make a tight loop.
    if (!Rest(pause, healthy && !is_watched)) return;
  }
}

bool ProjectorRunner::Rest(std::chrono::milliseconds pause, bool may_be_woken) {
  std::unique_lock guard(mutex_);
  wake_.wait_for(guard, pause, [&] { return stopping_ || (may_be_woken && woken_); });
  woken_ = false;
  return !stopping_;
}

bool ProjectorRunner::Round() {
  try {
    if (HoldLease()) ProjectUntilAbreast();
    else Watch();
    return true;
  } catch (const std::exception& error) {
    options_.report({NoticeLevel::kWarning, "projector",
                     fmt::format("the projection waits: {}", error.what())});
    const std::lock_guard guard(mutex_);
    ++status_.failures;
    return false;
  }
}

bool ProjectorRunner::HoldLease() {
  if (lease_ && !lease_->IsHeld()) lease_.reset();
  if (!lease_) {
    lease_ = leases_.TryTake("projector " + name_);
    if (lease_) {
      projector_.Fence(lease_->Token());
      projector_.RetryParked();
      const auto parked = static_cast<std::int64_t>(projector_.Parked().size());
      const std::lock_guard guard(mutex_);
      status_.parked = parked;
    }
  }
  const std::lock_guard guard(mutex_);
  status_.holds_lease = lease_ != nullptr;
  return status_.holds_lease;
}

void ProjectorRunner::ProjectUntilAbreast() {
  bool was_moved = false;
  for (;;) {
    try {
      const std::size_t applied = projector_.RunOnce();
      Publish(projector_.ProjectedTo());
      was_moved = false;
      if (applied == 0 || IsStopping()) return;
    } catch (const CheckpointMoved&) {
      // A rebuilt generation has taken the place of this one: going over to it is all there is to
      // do. Once more means another projector.
      if (std::exchange(was_moved, true)) throw;
    }
  }
}

void ProjectorRunner::Watch() {
  const Position head = log_.ReadHead(LogId::kCases).position;
  const Position position = projector_.ReadCheckpoint().position;
  {
    const std::lock_guard guard(mutex_);
    status_.head = head;
  }
  Publish(position);
}

void ProjectorRunner::Publish(Position position) {
  {
    const std::lock_guard guard(mutex_);
    if (status_.holds_lease) status_.head = projector_.SeenHead();
    if (status_.projected_to != position || position >= status_.head) {
      moved_at_ = std::chrono::steady_clock::now();
    }
    status_.projected_to = position;
  }
  moved_.notify_all();
}

bool ProjectorRunner::IsStopping() const {
  const std::lock_guard guard(mutex_);
  return stopping_;
}

}  // namespace docket
