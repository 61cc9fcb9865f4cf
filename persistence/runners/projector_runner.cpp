#include "persistence/runners/projector_runner.hpp"

#include <cstdio>

#include <fmt/format.h>

namespace docket {

void ReportToStderr(const std::string& message) { fmt::print(stderr, "docket: {}\n", message); }

ProjectorRunner::ProjectorRunner(Projector& projector, Options options)
    : projector_(projector),
      options_(std::move(options)),
      projected_to_(projector.ReadCheckpoint().position),
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
  if (projected_to_ >= position) return true;
  woken_ = true;
  wake_.notify_one();
  return moved_.wait_for(guard, timeout, [&] { return projected_to_ >= position; });
}

Position ProjectorRunner::ProjectedTo() const {
  const std::lock_guard guard(mutex_);
  return projected_to_;
}

void ProjectorRunner::Run() {
  for (;;) {
    const bool healthy = RunUntilAbreast();
    std::unique_lock guard(mutex_);
    // After a failure waking does not help: somebody appending must not make a tight loop.
    wake_.wait_for(guard, healthy ? options_.poll : options_.retry,
                   [&] { return stopping_ || (healthy && woken_); });
    if (stopping_) return;
    woken_ = false;
  }
}

bool ProjectorRunner::RunUntilAbreast() {
  try {
    for (;;) {
      const std::size_t applied = projector_.RunOnce();
      const Position position = projector_.ReadCheckpoint().position;
      {
        const std::lock_guard guard(mutex_);
        projected_to_ = position;
        if (stopping_) return true;
      }
      moved_.notify_all();
      if (applied == 0) return true;
    }
  } catch (const std::exception& error) {
    options_.report(fmt::format("the projection waits: {}", error.what()));
    return false;
  }
}

}  // namespace docket
