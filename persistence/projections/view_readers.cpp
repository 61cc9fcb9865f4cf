#include "persistence/projections/view_readers.hpp"

#include <algorithm>

namespace docket {

bool ViewReaders::Read(const std::function<void(const Moment&)>& read) {
  try {
    return ReadLive(read);
  } catch (const StoreError&) {
    failures_.Add();
    throw;
  }
}

bool ViewReaders::ReadLive(const std::function<void(const Moment&)>& read) {
  constexpr int kAttempts = 3;
  for (int attempt = 1;; ++attempt) {
    const auto live = Live(attempt == 1 ? kRegistryLookEvery : std::chrono::milliseconds{0});
    if (!live) return false;
    try {
      Session session = Borrow(*live);
      const bool served = ReadOn(*session.connection, read);
      if (served) Return(std::move(session));
      // Another look finds the new one, unless the switch has not come to its end yet.
      if (served || attempt == kAttempts) return served;
    } catch (const StoreError&) {
      // A connection that broke while it was idle, or tables that are gone: both are worth a look.
      if (attempt == kAttempts) throw;
      const std::lock_guard guard(mutex_);
      idle_.clear();
    }
  }
}

bool ViewReaders::ReadOn(ViewConnection& connection,
                         const std::function<void(const Moment&)>& read) {
  struct Snapshot {
    explicit Snapshot(ViewConnection& on) : on_(on) { on_.BeginSnapshot(); }
    ~Snapshot() { on_.Rollback(); }
    ViewConnection& on_;
  };
  const Snapshot snapshot(connection);
  const Checkpoint at = connection.ReadCheckpoint();
  if (at.token == kRetiredToken) return false;
  read({connection, at.position});
  return true;
}

std::optional<Generation> ViewReaders::Live(std::chrono::milliseconds age_max) {
  const auto now = std::chrono::steady_clock::now();
  {
    const std::lock_guard guard(mutex_);
    if (live_ && now - looked_ < age_max) return live_;
  }
  const auto live = views_.FindLive(schema_);
  const std::lock_guard guard(mutex_);
  if (live != live_) idle_.clear();
  live_ = live;
  looked_ = now;
  return live;
}

ViewReaders::Session ViewReaders::Borrow(const Generation& generation) {
  {
    const std::lock_guard guard(mutex_);
    if (!idle_.empty() && idle_.back().generation == generation) {
      Session session = std::move(idle_.back());
      idle_.pop_back();
      return session;
    }
  }
  return {generation, views_.OpenReader(schema_, generation)};
}

void ViewReaders::Return(Session session) {
  const std::lock_guard guard(mutex_);
  if (session.generation == live_ && idle_.size() < kIdleViewReadersMax) {
    idle_.push_back(std::move(session));
  }
}

}  // namespace docket
