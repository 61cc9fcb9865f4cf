#include "persistence/appender.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "persistence/ids/random_uuid.hpp"

namespace docket {

namespace {

constexpr std::array kLogs = {LogId::kCases, LogId::kAccess};
/// So long nothing is believed after a mistake: asking costs a little, a mistake a whole batch.
constexpr std::size_t kDoubtfulBatches = 64;

template <class Waiting>
auto RequestsOf(const std::vector<std::shared_ptr<Waiting>>& batch) {
  std::vector<Waiting*> requests;
  requests.reserve(batch.size());
  for (const auto& waiting : batch) requests.push_back(waiting.get());
  return requests;
}

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
  changed_.notify_all();
  changed_.wait(guard, [this] { return !is_led_ && writing_ == 0 && alone_.empty(); });
}

AppendResult Appender::Append(AppendRequest request) {
  const auto waiting = Enqueue(std::move(request));
  return Wait(*waiting);
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
      results.push_back(Wait(*one));
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
  if (queue_.size() >= limits_.queue_max) {
    counts_.overloaded.Add();
    throw Overloaded();
  }
  waiting->is_first = gathering_ == nullptr;
  if (waiting->is_first) gathering_ = std::make_shared<Cohort>();
  waiting->cohort = gathering_;
  queue_.push_back(waiting);
  GiveTurn();
  return waiting;
}

void Appender::Pending::Enter(State next) {
  const std::lock_guard guard(cohort->mutex);
  state = next;
  if (next != State::kLeads) return;
  if (is_first) cohort->first.notify_one();
  else cohort->others.notify_all();
}

Appender::State Appender::Pending::Await() {
  auto& changed = is_first ? cohort->first : cohort->others;
  std::unique_lock guard(cohort->mutex);
  changed.wait(guard, [this] { return state != State::kWaiting; });
  return state;
}

void Appender::Answer(const std::vector<std::shared_ptr<Pending>>& batch) {
  for (auto from = batch.begin(); from != batch.end();) {
    // The last of them may be gone when the others are still to be woken.
    const auto cohort = (*from)->cohort;
    const std::lock_guard guard(cohort->mutex);
    for (; from != batch.end() && (*from)->cohort == cohort; ++from) {
      (*from)->state = State::kAnswered;
      if ((*from)->is_first) cohort->first.notify_one();
    }
    cohort->others.notify_all();
  }
}

AppendResult Appender::Wait(Pending& waiting) {
  while (waiting.Await() == State::kLeads) Lead(waiting);
  counts_.Answered(waiting.since);
  if (waiting.failure) {
    counts_.failures.Add();
    std::rethrow_exception(waiting.failure);
  }
  if (std::holds_alternative<VersionConflict>(waiting.result)) counts_.conflicts.Add();
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

void Appender::Lead(const Pending& first) {
  {
    const std::lock_guard guard(mutex_);
    if (told_.get() != &first) return;
    told_.reset();
  }
  if (const auto log = SharedLog()) return LeadInTurn(*log);
  const std::uint64_t number = NumberBatch();
  const auto batch = TakeBatch();
  const auto requests = RequestsOf(batch);
  Attempts attempts = NewAttempts();
  bool has_turn = true;
  bool is_done = false;
  try {
    is_done = RunQuickly(number, requests, attempts, has_turn);
  } catch (...) {
    // Nothing was sent. The long way fails in the same way, or does not.
    Forget();
  }
  if (!is_done) {
    AwaitTurnAlone(number, has_turn);
    RunBatch(requests, std::move(attempts));
    EndTurn();
  }
  Answer(batch);
}

void Appender::LeadInTurn(LogId log) {
  AwaitTurnAlone(NumberBatch(), true);
  Attempts attempts = NewAttempts();
  std::exception_ptr failure;
  try {
    store_.Begin();
    attempts.heads.emplace(log, store_.Read(log, {}).head);
  } catch (const ConnectionLost&) {
    Abandon();
    attempts.lost = std::current_exception();
  } catch (...) {
    Abandon();
    failure = std::current_exception();
  }
  const auto batch = TakeBatch(log);
  const auto requests = RequestsOf(batch);
  if (failure) {
    for (Pending* waiting : requests) waiting->failure = failure;
  } else {
    RunBatch(requests, std::move(attempts));
  }
  EndTurn();
  Answer(batch);
}

std::optional<LogId> Appender::SharedLog() {
  std::unique_lock guard(mutex_);
  const LogId log = queue_.front()->request.request.log;
  guard.unlock();
  return doubtful_ == 0 && store_.IsContended(log) ? std::optional(log) : std::nullopt;
}

Appender::Attempts Appender::NewAttempts() const {
  Attempts attempts;
  attempts.give_up = std::chrono::steady_clock::now() + limits_.retry_for;
  return attempts;
}

std::uint64_t Appender::NumberBatch() {
  const std::lock_guard guard(mutex_);
  return ++batches_;
}

void Appender::GiveTurn() {
  if (writing_ == 0 && (!alone_.empty() || queue_.empty())) changed_.notify_all();
  if (is_led_ || !alone_.empty() || queue_.empty()) return;
  // Ahead of others goes a batch of about half of those who are under way: by turns one half is
  // being written while the other comes back with what it wants next.
  const bool may_go_ahead = writing_ < store_.QuickWritersMax() && queue_.size() * 2 >= crowd_;
  if (writing_ > 0 && !may_go_ahead) return;
  is_led_ = true;
  told_ = queue_.front();
  told_->Enter(State::kLeads);
}

bool Appender::StartWriting(std::size_t requests) {
  const std::lock_guard guard(mutex_);
  writing_requests_ += requests;
  crowd_ = std::max(writing_requests_ + queue_.size(), crowd_ * 7 / 8);
  is_led_ = false;
  const bool follows = writing_++ > 0;
  GiveTurn();
  return follows;
}

void Appender::EndWriting(std::size_t requests, std::optional<std::uint64_t> to_redo) {
  const std::lock_guard guard(mutex_);
  // At once: a later batch that waits for its turn alone must not go first.
  if (to_redo) alone_.insert(*to_redo);
  writing_requests_ -= requests;
  --writing_;
  GiveTurn();
}

void Appender::AwaitTurnAlone(std::uint64_t batch, bool has_turn) {
  std::unique_lock guard(mutex_);
  alone_.insert(batch);
  if (has_turn) is_led_ = false;
  GiveTurn();
  const auto is_free = [this] { return !is_led_ || told_ != nullptr; };
  changed_.wait(guard, [&] { return is_free() && writing_ == 0 && *alone_.begin() == batch; });
  alone_.erase(batch);
  is_led_ = true;
  if (told_ != nullptr) std::exchange(told_, nullptr)->Enter(State::kWaiting);
}

void Appender::EndTurn() {
  const std::lock_guard guard(mutex_);
  is_led_ = false;
  GiveTurn();
}

std::vector<std::shared_ptr<Appender::Pending>> Appender::TakeBatch(std::optional<LogId> only) {
  const std::lock_guard guard(mutex_);
  gathering_.reset();
  std::vector<std::shared_ptr<Pending>> batch;
  std::size_t events = 0;
  while (!queue_.empty() && batch.size() < limits_.batch_requests_max) {
    if (only && queue_.front()->request.request.log != *only) break;
    events += EventsOf(queue_.front()->request.request);
    if (!batch.empty() && events > limits_.batch_events_max) break;
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  counts_.batch_requests.Add(static_cast<std::int64_t>(batch.size()));
  return batch;
}

bool Appender::RunQuickly(std::uint64_t number, const Batch& batch, Attempts& attempts,
                          bool& has_turn) {
  const LogId log = batch.front()->request.request.log;
  if (store_.IsContended(log)) return false;
  std::vector<AppendResult> results;
  const auto rows = Decide(log, batch, results);
  if (!rows) return false;
  attempts.since.emplace(log, rows->before.position);
  has_turn = false;
  const bool follows = StartWriting(batch.size());
  bool is_written = false;
  std::exception_ptr failure;
  try {
    is_written = store_.TryWrite(log, *rows, follows);
  } catch (const OutcomeUnknown&) {
    attempts.outcome_unknown = true;
    attempts.lost = std::current_exception();
  } catch (const ConnectionLost&) {
    attempts.lost = std::current_exception();
  } catch (...) {
    failure = std::current_exception();
  }
  if (is_written) {
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i]->result = std::move(results[i]);
    Notify(log, *rows);
  } else {
    Forget();
    for (Pending* waiting : batch) waiting->failure = failure;
  }
  const bool is_done = is_written || failure;
  EndWriting(batch.size(), is_done ? std::nullopt : std::optional(number));
  return is_done;
}

std::optional<BatchRows> Appender::Decide(LogId log, const Batch& batch,
                                          std::vector<AppendResult>& results) {
  std::vector<const AppendRequest*> requests;
  requests.reserve(batch.size());
  for (const Pending* waiting : batch) {
    if (waiting->request.request.log != log) return std::nullopt;
    requests.push_back(&waiting->request.request);
  }
  const std::lock_guard guard(memory_mutex_);
  auto state = memory_.at(log).Recall(requests);
  if (!state) return std::nullopt;
  BatchPlan plan(log, *std::move(state), clock_.Now(), RandomUuid());
  results.reserve(batch.size());
  for (const Pending* waiting : batch) {
    results.push_back(plan.Add(waiting->request));
    // A refusal rests on what is only remembered, or was taken on trust.
    if (std::holds_alternative<VersionConflict>(results.back())) return std::nullopt;
  }
  // Without rows nothing would be checked.
  if (!plan.HasRows()) return std::nullopt;
  auto rows = plan.TakeRows();
  // Not yet true. Whatever is decided on it fails when this fails.
  memory_.at(log).Confirm(rows);
  return rows;
}

void Appender::RunBatch(const Batch& batch, Attempts attempts) {
  try {
    Written written;
    auto results = Commit(batch, attempts, written);
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i]->result = std::move(results[i]);
    for (const auto& [log, rows] : written) Notify(log, rows);
  } catch (const RowsRefused&) {
    if (batch.size() == 1) {
      batch.front()->failure = std::current_exception();
      return;
    }
    // One request is at fault and nobody knows which: each on its own, so that only it fails.
    for (Pending* waiting : batch) RunBatch({waiting}, attempts);
  } catch (...) {
    for (Pending* waiting : batch) waiting->failure = std::current_exception();
  }
}

std::vector<AppendResult> Appender::Commit(const Batch& batch, Attempts& attempts,
                                           Written& written) {
  if (doubtful_ > 0) --doubtful_;
  for (;;) {
    if (attempts.lost && !MayRetry(attempts)) std::rethrow_exception(attempts.lost);
    written.clear();
    try {
      auto results = Attempt(batch, attempts, written);
      const std::lock_guard guard(memory_mutex_);
      for (const auto& [log, rows] : written) memory_.at(log).Confirm(rows);
      return results;
    } catch (const Disbelieved&) {
      Doubt(attempts);
    } catch (const RowsRefused&) {
      if (attempts.heads.empty()) {
        Abandon();
        throw;
      }
      Doubt(attempts);
    } catch (const OutcomeUnknown&) {
      Abandon();
      attempts.heads.clear();
      attempts.outcome_unknown = true;
      attempts.lost = std::current_exception();
    } catch (const ConnectionLost&) {
      Abandon();
      attempts.heads.clear();
      attempts.lost = std::current_exception();
    } catch (...) {
      Abandon();
      throw;
    }
  }
}

void Appender::Doubt(Attempts& attempts) {
  Abandon();
  attempts.heads.clear();
  doubtful_ = kDoubtfulBatches;
}

bool Appender::MayRetry(Attempts& attempts) {
  constexpr std::chrono::milliseconds kPauseMax{1'000};
  if (std::chrono::steady_clock::now() + attempts.pause > attempts.give_up) return false;
  std::unique_lock guard(mutex_);
  if (changed_.wait_for(guard, attempts.pause, [this] { return stopping_; })) return false;
  attempts.pause = std::min(attempts.pause * 2, kPauseMax);
  return true;
}

std::vector<AppendResult> Appender::Attempt(const Batch& batch, Attempts& attempts,
                                            Written& written) {
  std::vector<AppendResult> results(batch.size());
  if (attempts.heads.empty()) store_.Begin();
  for (const LogId log : kLogs) {
    const bool touched = std::any_of(batch.begin(), batch.end(), [&](const auto& waiting) {
      return waiting->request.request.log == log;
    });
    if (touched) AttemptLog(log, batch, attempts, results, written);
  }
  store_.Commit();
  return results;
}

void Appender::AttemptLog(LogId log, const Batch& batch, Attempts& attempts,
                          std::vector<AppendResult>& results, Written& written) {
  const bool is_believed = attempts.heads.contains(log);
  auto state = ReadState(log, batch, attempts);
  attempts.since.try_emplace(log, state.head.position);
  BatchPlan plan(log, std::move(state), clock_.Now(), RandomUuid());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (batch[i]->request.request.log != log) continue;
    results[i] = plan.Add(batch[i]->request);
    if (is_believed && std::holds_alternative<VersionConflict>(results[i])) throw Disbelieved();
  }
  if (!plan.HasRows()) return;
  auto rows = plan.TakeRows();
  store_.Write(log, rows);
  written.emplace(log, std::move(rows));
}

BatchState Appender::ReadState(LogId log, const Batch& batch, const Attempts& attempts) {
  const auto head = attempts.heads.find(log);
  if (head == attempts.heads.end()) return store_.Read(log, KeysOf(log, batch, attempts));
  std::vector<const AppendRequest*> requests;
  for (const Pending* waiting : batch) {
    if (waiting->request.request.log == log) requests.push_back(&waiting->request.request);
  }
  const std::lock_guard guard(memory_mutex_);
  auto versions = memory_.at(log).Believe(requests);
  if (!versions) throw Disbelieved();
  BatchState state;
  state.head = head->second;
  state.versions = *std::move(versions);
  return state;
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
  const std::lock_guard guard(memory_mutex_);
  for (auto& [log, memory] : memory_) memory.Forget();
}

void Appender::Abandon() {
  store_.Rollback();
  Forget();
}

void Appender::Notify(LogId log, const BatchRows& rows) noexcept {
  const std::lock_guard guard(listeners_mutex_);
  // Who wrote the batch after this one may have been quicker to say so.
  Position& last = notified_[log];
  if (rows.events.empty() || rows.head.position <= last) return;
  last = rows.head.position;
  for (const auto& [id, listener] : listeners_) listener(log, last);
}

}  // namespace docket
