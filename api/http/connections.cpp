#include "api/http/connections.hpp"

#include <Poco/Exception.h>

#include "api/http/limits.hpp"

namespace docket::http {

namespace {

using SteadyClock = std::chrono::steady_clock;

/// POCO serves a connection from first to last on one thread.
thread_local std::int64_t current_connection = 0;

std::chrono::seconds TimeoutOf(Connections::Phase phase) {
  switch (phase) {
    case Connections::Phase::kFresh:
    case Connections::Phase::kWaiting: return kKeepAliveTimeout + kHeadersTimeout;
    case Connections::Phase::kReadingBody: return kBodyTimeout;
    case Connections::Phase::kAnswering: return kAnswerTimeout;
  }
  return kAnswerTimeout;
}

}  // namespace

Connections::Connections() : reaper_([this] { CloseLate(); }) {}

Connections::~Connections() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  reaper_.join();
}

Connections::Guard::Guard(Connections& connections, const Poco::Net::StreamSocket& socket)
    : connections_(connections) {
  const std::lock_guard lock(connections_.mutex_);
  id_ = connections_.next_id_++;
  const auto deadline = SteadyClock::now() + TimeoutOf(Phase::kFresh);
  const auto added = connections_.entries_.emplace(id_, Entry{socket, Phase::kFresh, deadline});
  if (connections_.expected_ > 0) --connections_.expected_;
  if (connections_.draining_) Dismiss(added.first->second);
  current_connection = id_;
}

Connections::Guard::~Guard() {
  {
    const std::lock_guard lock(connections_.mutex_);
    connections_.entries_.erase(id_);
  }
  current_connection = 0;
  connections_.changed_.notify_all();
}

void Connections::Expect() {
  const std::lock_guard lock(mutex_);
  ++expected_;
}

void Connections::Unexpect() {
  {
    const std::lock_guard lock(mutex_);
    --expected_;
  }
  changed_.notify_all();
}

void Connections::Enter(Phase phase) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(current_connection);
  if (found == entries_.end()) return;
  found->second.phase = phase;
  found->second.deadline = SteadyClock::now() + TimeoutOf(phase);
  if (draining_) Dismiss(found->second);
}

std::size_t Connections::Count() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

bool Connections::IsDraining() const {
  const std::lock_guard lock(mutex_);
  return draining_;
}

std::size_t Connections::Drain(std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  draining_ = true;
  for (auto& [id, entry] : entries_) {
    Dismiss(entry);
  }
  changed_.wait_for(lock, timeout, [this] { return entries_.empty() && expected_ == 0; });
  for (auto& [id, entry] : entries_) Close(entry);
  return entries_.size();
}

void Connections::Dismiss(Entry& entry) {
  if (entry.phase == Phase::kFresh) {
    // Who has just connected is about to ask.
    entry.deadline = std::min(entry.deadline, SteadyClock::now() + kFirstRequestGrace);
    return;
  }
  if (entry.phase != Phase::kWaiting) return;
  try {
    // A request that is already here is still read and answered; then comes the end.
    entry.socket.shutdownReceive();
  } catch (const Poco::Exception&) {
    // The peer was faster.
  }
}

void Connections::CloseLate() {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    changed_.wait_for(lock, std::chrono::seconds(1));
    const auto now = SteadyClock::now();
    for (auto& [id, entry] : entries_) {
      if (entry.deadline < now) Close(entry);
    }
  }
}

/// Wakes the connection's thread, which then finds the end of the stream.
void Connections::Close(Entry& entry) {
  try {
    entry.socket.shutdown();
  } catch (const Poco::Exception&) {
    // The peer was faster.
  }
}

}  // namespace docket::http
