#include "persistence/appender.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "persistence/ids/random_uuid.hpp"

namespace docket {

namespace {

constexpr std::array kLogs = {LogId::kCases, LogId::kAccess};

std::size_t EventsOf(const AppendRequest& request) {
  std::size_t count = 0;
  for (const auto& write : request.writes) count += write.events.size();
  return count;
}

}  // namespace

Appender::Appender(BatchStore& store, const Clock& clock, AppenderLimits limits)
    : store_(store), clock_(clock), limits_(limits) {
  for (const LogId log : kLogs) memory_.emplace(log, limits_.remembered_streams_max);
}

Appender::~Appender() {
  std::unique_lock guard(mutex_);
  stopping_ = true;
  idle_.notify_all();
  idle_.wait(guard, [this] { return !is_led_; });
}

AppendResult Appender::Append(AppendRequest request) {
  const auto waiting = Enqueue(std::move(request));
  return Wait(*this, *waiting);
}

std::vector<AppendResult> Appender::AppendAll(std::vector<AppendRequest> requests) {
  std::vector<std::shared_ptr<Pending>> waiting;
  waiting.reserve(requests.size());
  std::exception_ptr failure;
  try {
    for (auto& request : requests) waiting.push_back(Enqueue(std::move(request)));
  } catch (...) {
    // Those that are queued are served first: whoever waits behind them may need this thread.
    failure = std::current_exception();
  }
  std::vector<AppendResult> results;
  results.reserve(waiting.size());
  for (const auto& one : waiting) {
    try {
      results.push_back(Wait(*this, *one));
    } catch (...) {
      failure = std::current_exception();
    }
  }
  if (failure) std::rethrow_exception(failure);
  return results;
}

std::shared_ptr<Appender::Pending> Appender::Enqueue(AppendRequest request) {
  CheckLimits(request);
  auto waiting = std::make_shared<Pending>();
  waiting->request = Prepare(std::move(request));
  const std::lock_guard guard(mutex_);
  if (stopping_) throw StoreError("the appender is stopping");
  if (queue_.size() >= limits_.queue_max) throw Overloaded();
  queue_.push_back(waiting);
  if (!is_led_) {
    is_led_ = true;
    waiting->Enter(Pending::State::kLeads);
  }
  return waiting;
}

void Appender::Pending::Enter(State next) {
  const std::lock_guard guard(mutex_);
  state_ = next;
  changed_.notify_one();
}

Appender::Pending::State Appender::Pending::Await() {
  std::unique_lock guard(mutex_);
  changed_.wait(guard, [this] { return state_ != State::kWaiting; });
  return state_;
}

AppendResult Appender::Wait(Appender& appender, Pending& waiting) {
  while (waiting.Await() == Pending::State::kLeads) appender.Lead();
  if (waiting.failure) std::rethrow_exception(waiting.failure);
  return std::move(waiting.result);
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

void Appender::Lead() {
  std::vector<std::shared_ptr<Pending>> batch = TakeBatch();
  Batch requests;
  requests.reserve(batch.size());
  for (const auto& waiting : batch) requests.push_back(waiting.get());
  RunBatch(requests);
  for (const auto& waiting : batch) waiting->Enter(Pending::State::kAnswered);
  const std::lock_guard guard(mutex_);
  if (queue_.empty()) {
    is_led_ = false;
    idle_.notify_all();
  } else {
    queue_.front()->Enter(Pending::State::kLeads);
  }
}

std::vector<std::shared_ptr<Appender::Pending>> Appender::TakeBatch() {
  const std::lock_guard guard(mutex_);
  std::vector<std::shared_ptr<Pending>> batch;
  std::size_t events = 0;
  while (!queue_.empty() && batch.size() < limits_.batch_requests_max) {
    events += EventsOf(queue_.front()->request.request);
    if (!batch.empty() && events > limits_.batch_events_max) break;
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return batch;
}

void Appender::RunBatch(const Batch& batch) {
  try {
    auto results = Commit(batch);
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i]->result = std::move(results[i]);
    Notify();
  } catch (const RowsRefused&) {
    if (batch.size() == 1) {
      batch.front()->failure = std::current_exception();
      return;
    }
    // One request is at fault and nobody knows which: each on its own, so that only it fails.
    for (Pending* waiting : batch) RunBatch({waiting});
  } catch (...) {
    for (Pending* waiting : batch) waiting->failure = std::current_exception();
  }
}

std::vector<AppendResult> Appender::Commit(const Batch& batch) {
  Attempts attempts{.give_up = std::chrono::steady_clock::now() + limits_.retry_for, .since = {}};
  for (;;) {
    written_.clear();
    try {
      auto results = AttemptQuickly(batch, attempts);
      if (!results) results = Attempt(batch, attempts);
      for (const auto& [log, rows] : written_) memory_.at(log).Confirm(rows);
      return *std::move(results);
    } catch (const OutcomeUnknown&) {
      Forget();
      attempts.outcome_unknown = true;
      if (!MayRetry(attempts)) throw;
    } catch (const ConnectionLost&) {
      Forget();
      if (!MayRetry(attempts)) throw;
    } catch (...) {
      Forget();
      throw;
    }
  }
}

bool Appender::MayRetry(Attempts& attempts) {
  constexpr std::chrono::milliseconds kPauseMax{1'000};
  if (std::chrono::steady_clock::now() + attempts.pause > attempts.give_up) return false;
  std::unique_lock guard(mutex_);
  if (idle_.wait_for(guard, attempts.pause, [this] { return stopping_; })) return false;
  attempts.pause = std::min(attempts.pause * 2, kPauseMax);
  return true;
}

std::optional<std::vector<AppendResult>> Appender::AttemptQuickly(const Batch& batch,
                                                                  Attempts& attempts) {
  const LogId log = batch.front()->request.request.log;
  std::vector<const AppendRequest*> requests;
  requests.reserve(batch.size());
  for (const auto& waiting : batch) {
    if (waiting->request.request.log != log) return std::nullopt;
    requests.push_back(&waiting->request.request);
  }
  auto state = memory_.at(log).Recall(requests);
  if (!state) return std::nullopt;
  BatchPlan plan(log, *std::move(state), clock_.Now(), RandomUuid());
  std::vector<AppendResult> results;
  results.reserve(batch.size());
  for (const auto& waiting : batch) {
    results.push_back(plan.Add(waiting->request));
    // A refusal rests on what is only remembered, or was taken on trust.
    if (std::holds_alternative<VersionConflict>(results.back())) return std::nullopt;
  }
  // Without rows nothing would be checked.
  if (!plan.HasRows()) return std::nullopt;
  auto rows = plan.TakeRows();
  attempts.since.try_emplace(log, rows.before.position);
  if (!store_.TryWrite(log, rows)) return std::nullopt;
  written_.emplace(log, std::move(rows));
  return results;
}

std::vector<AppendResult> Appender::Attempt(const Batch& batch, Attempts& attempts) {
  std::vector<AppendResult> results(batch.size());
  store_.Begin();
  for (const LogId log : kLogs) {
    const bool touched = std::any_of(batch.begin(), batch.end(), [&](const auto& waiting) {
      return waiting->request.request.log == log;
    });
    if (touched) AttemptLog(log, batch, attempts, results);
  }
  store_.Commit();
  return results;
}

void Appender::AttemptLog(LogId log, const Batch& batch, Attempts& attempts,
                          std::vector<AppendResult>& results) {
  auto state = store_.Read(log, KeysOf(log, batch, attempts));
  attempts.since.try_emplace(log, state.head.position);
  BatchPlan plan(log, std::move(state), clock_.Now(), RandomUuid());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (batch[i]->request.request.log == log) results[i] = plan.Add(batch[i]->request);
  }
  if (!plan.HasRows()) return;
  auto rows = plan.TakeRows();
  store_.Write(log, rows);
  written_.emplace(log, std::move(rows));
}

BatchKeys Appender::KeysOf(LogId log, const Batch& batch, const Attempts& attempts) const {
  std::set<StreamId> streams;
  std::set<CommandKey> commands;
  BatchKeys keys;
  for (const auto& waiting : batch) {
    const AppendRequest& request = waiting->request.request;
    if (request.log != log) continue;
    if (request.command) commands.emplace(request.command->actor, request.command->id);
    for (const auto& write : request.writes) {
      streams.insert(write.stream);
      if (!attempts.outcome_unknown) continue;
      for (const auto& event : write.events) keys.events.push_back(event.id);
    }
  }
  keys.streams = {streams.begin(), streams.end()};
  keys.commands = {commands.begin(), commands.end()};
  if (const auto since = attempts.since.find(log); since != attempts.since.end()) {
    keys.since = since->second;
  }
  return keys;
}

void Appender::Forget() {
  store_.Rollback();
  for (auto& [log, memory] : memory_) memory.Forget();
}

void Appender::Notify() noexcept {
  const std::lock_guard guard(listeners_mutex_);
  for (const auto& [id, listener] : listeners_) {
    for (const auto& [log, rows] : written_) {
      if (!rows.events.empty()) listener(log, rows.head.position);
    }
  }
}

}  // namespace docket
