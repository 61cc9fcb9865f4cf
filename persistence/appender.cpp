#include "persistence/appender.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "domain/ensure.hpp"

namespace docket {

namespace {

constexpr std::array kLogs = {LogId::kCases, LogId::kAccess};

std::size_t EventsOf(const AppendRequest& request) {
  std::size_t count = 0;
  for (const auto& write : request.writes) count += write.events.size();
  return count;
}

void AddKeys(const AppendRequest& request, std::set<StreamId>& streams,
             std::set<CommandKey>& commands) {
  for (const auto& write : request.writes) streams.insert(write.stream);
  if (request.command) commands.emplace(request.command->actor, request.command->id);
}

}  // namespace

Appender::Appender(BatchStore& store, const Clock& clock, AppenderLimits limits)
    : store_(store), clock_(clock), limits_(limits), thread_([this] { Serve(); }) {}

Appender::~Appender() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

AppendResult Appender::Append(AppendRequest request) {
  ENSURE(EventsOf(request) <= kEventsPerAppendMax, "an append has at most {} events",
         kEventsPerAppendMax);
  auto waiting = std::make_unique<Pending>();
  waiting->request = Prepare(std::move(request));
  auto answer = waiting->answer.get_future();
  {
    const std::lock_guard guard(mutex_);
    if (stopping_) throw StoreError("the appender is stopping");
    if (queue_.size() >= limits_.queue_max) throw Overloaded();
    queue_.push_back(std::move(waiting));
  }
  wake_.notify_one();
  return answer.get();
}

std::size_t Appender::Waiting() const {
  const std::lock_guard guard(mutex_);
  return queue_.size();
}

std::size_t Appender::AddListener(Listener listener) {
  const std::lock_guard guard(listeners_mutex_);
  listeners_.emplace_back(next_listener_, std::move(listener));
  return next_listener_++;
}

void Appender::RemoveListener(std::size_t id) {
  const std::lock_guard guard(listeners_mutex_);
  std::erase_if(listeners_, [&](const auto& entry) { return entry.first == id; });
}

void Appender::Serve() {
  for (;;) {
    Batch batch = TakeBatch();
    if (batch.empty()) return;
    RunBatch(batch);
  }
}

Appender::Batch Appender::TakeBatch() {
  std::unique_lock guard(mutex_);
  wake_.wait(guard, [this] { return stopping_ || !queue_.empty(); });
  Batch batch;
  std::size_t events = 0;
  while (!queue_.empty() && batch.size() < limits_.batch_requests_max) {
    events += EventsOf(queue_.front()->request.request);
    if (!batch.empty() && events > limits_.batch_events_max) break;
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return batch;
}

void Appender::RunBatch(Batch& batch) {
  moved_.clear();
  moved_logs_.clear();
  std::vector<AppendResult> results;
  try {
    results = Attempt(batch);
  } catch (const RowsRefused&) {
    store_.Rollback();
    if (batch.size() == 1) return batch[0]->answer.set_exception(std::current_exception());
    // One request is at fault and nobody knows which: each on its own, so that only it fails.
    for (auto& waiting : batch) {
      Batch alone;
      alone.push_back(std::move(waiting));
      RunBatch(alone);
    }
    return;
  } catch (...) {
    store_.Rollback();
    for (auto& waiting : batch) waiting->answer.set_exception(std::current_exception());
    return;
  }
  for (std::size_t i = 0; i < batch.size(); ++i) batch[i]->answer.set_value(std::move(results[i]));
  Notify();
}

std::vector<AppendResult> Appender::Attempt(const Batch& batch) {
  std::vector<AppendResult> results(batch.size());
  store_.Begin();
  for (const LogId log : kLogs) {
    const bool touched = std::any_of(batch.begin(), batch.end(), [&](const auto& waiting) {
      return waiting->request.request.log == log;
    });
    if (touched) AttemptLog(log, batch, results);
  }
  store_.Commit();
  return results;
}

void Appender::AttemptLog(LogId log, const Batch& batch, std::vector<AppendResult>& results) {
  std::set<StreamId> streams;
  std::set<CommandKey> commands;
  for (const auto& waiting : batch) {
    if (waiting->request.request.log == log) AddKeys(waiting->request.request, streams, commands);
  }
  auto state = store_.Read(log, {.streams = {streams.begin(), streams.end()},
                                 .commands = {commands.begin(), commands.end()}});
  BatchPlan plan(log, std::move(state), clock_.Now());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (batch[i]->request.request.log == log) results[i] = plan.Add(batch[i]->request);
  }
  if (!plan.HasRows()) return;
  const auto rows = plan.TakeRows();
  store_.Write(log, rows);
  if (rows.events.empty()) return;
  moved_.push_back(rows.head);
  moved_logs_.push_back(log);
}

void Appender::Notify() noexcept {
  const std::lock_guard guard(listeners_mutex_);
  for (const auto& [id, listener] : listeners_) {
    for (std::size_t i = 0; i < moved_.size(); ++i) listener(moved_logs_[i], moved_[i].position);
  }
}

}  // namespace docket
