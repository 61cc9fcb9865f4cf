/// The group-committing appender: of the threads that append, one at a time turns all waiting
/// requests into one transaction.
///
/// Knows no database: what a store must do is the BatchStore port, which SQLite implements and
/// PostgreSQL can.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "domain/event_log.hpp"
#include "domain/time.hpp"
#include "persistence/append_limits.hpp"
#include "persistence/batch_plan.hpp"

namespace docket {

/// The rows of one request broke the schema: only that request fails.
class RowsRefused : public StoreError {
 public:
  using StoreError::StoreError;
};

/// The connection was lost before anything was sent that could take effect: the same batch may be
/// tried again.
class ConnectionLost : public StoreError {
 public:
  using StoreError::StoreError;
};

/// The connection was lost while a commit was on its way: nobody knows whether the batch is stored.
/// It may be tried again only after asking which of its events are there.
class OutcomeUnknown : public StoreError {
 public:
  using StoreError::StoreError;
};

/// A store that appends batches. Called by one thread at a time. Failure: StoreError from any call,
/// also ConnectionLost or OutcomeUnknown; the appender then calls Rollback, after which Begin, or
/// TryWrite, connects again where the connection was lost.
class BatchStore {
 public:
  virtual ~BatchStore() = default;

  /// The quick way, without asking first: writes and commits at once when the head is still
  /// `rows.before`, position, epoch and batch id, and the schema refuses no row. False: nothing was
  /// written, and nothing said about why; the long way finds out.
  virtual bool TryWrite(LogId log, const BatchRows& rows) = 0;

  /// The long way.
  virtual void Begin() = 0;
  /// Locks the head of `log` until Commit or Rollback, and reads what `keys` asks for.
  virtual BatchState Read(LogId log, const BatchKeys& keys) = 0;
  /// Writes all rows and moves the head. Throws RowsRefused where the schema refuses one; a store
  /// may find that out only in Commit.
  virtual void Write(LogId log, const BatchRows& rows) = 0;
  virtual void Commit() = 0;
  virtual void Rollback() noexcept = 0;
};

struct AppenderLimits {
  std::size_t queue_max = 8192;
  std::size_t batch_requests_max = 512;
  std::size_t batch_events_max = 4096;
  /// How many streams' versions are remembered between batches.
  std::size_t remembered_streams_max = 100'000;
  /// How long a batch is tried again after its connection was lost, before its requests fail.
  std::chrono::milliseconds retry_for{10'000};
};

/// Thread-safe. Requests are served in the order in which they came; each is answered on its own.
/// Thread-safe. Requests are served in the order in which they came; each is answered on its own.
/// Who finds the appender idle commits at once, on its own thread; while a commit runs the next
/// batch gathers by itself, and the first of those who wait commits it.
///
/// A batch is first written in one step, decided on what the writer remembers of the batches
/// before; where that is not so, or a request would be refused, the store is asked under its lock.
/// A lost connection is tried again; where a commit was on its way, first asking what is stored.
class Appender {
 public:
  using Listener = std::function<void(LogId, Position)>;

  /// `store` and `clock` outlive the appender.
  Appender(BatchStore& store, const Clock& clock, AppenderLimits limits = {});
  /// Waits until what is queued has been served; nobody appends any more.
  ~Appender();
  Appender(const Appender&) = delete;
  Appender& operator=(const Appender&) = delete;

  /// Blocks until the batch of the request is durable. Throws Overloaded when the queue is full,
  /// RequestRefused when no store could take it (append_limits.hpp), StoreError when the batch
  /// failed.
  AppendResult Append(AppendRequest request);
  /// As EventLog::AppendAll.
  std::vector<AppendResult> AppendAll(std::vector<AppendRequest> requests);

  /// Requests in the queue, for metrics: not those of the batch in hand.
  std::size_t Waiting() const;

  /// Called by the thread that commits, after each commit that moved a head, in order: it must be
  /// quick, and must neither throw nor append.
  std::size_t AddListener(Listener listener);
  /// When this returns the listener is not running and will not be called again.
  void RemoveListener(std::size_t id);

 private:
  /// One request, and the thread that waits for it.
  struct Pending {
    enum class State : std::uint8_t { kWaiting, kLeads, kAnswered };
    PreparedRequest request;
    AppendResult result;
    std::exception_ptr failure;

    void Enter(State next);
    /// Sleeps until it is another state than waiting.
    State Await();

   private:
    std::mutex mutex_;  ///< Guards state_.
    std::condition_variable changed_;
    State state_ = State::kWaiting;
  };
  using Batch = std::vector<Pending*>;

  /// How a batch has fared so far.
  struct Attempts {
    std::chrono::steady_clock::time_point give_up;
    std::chrono::milliseconds pause{20};
    bool outcome_unknown = false;
    /// Per log, the head before the first attempt that may have been stored.
    std::map<LogId, Position> since;
  };

  std::shared_ptr<Pending> Enqueue(AppendRequest request);
  /// Until it is answered; commits a batch where it is this thread's turn.
  static AppendResult Wait(Appender& appender, Pending& waiting);
  /// Commits the batch that begins with the request of this thread.
  void Lead();
  std::vector<std::shared_ptr<Pending>> TakeBatch();
  /// Fills in the answers.
  void RunBatch(const Batch& batch);
  /// Until it is committed, refused or given up.
  std::vector<AppendResult> Commit(const Batch& batch);
  /// Waits before the next attempt; false: no further attempt is to be made.
  bool MayRetry(Attempts& attempts);
  /// In one step, on what is remembered; nullopt: nothing was written.
  std::optional<std::vector<AppendResult>> AttemptQuickly(const Batch& batch, Attempts& attempts);
  /// One transaction for the whole batch; the results in its order.
  std::vector<AppendResult> Attempt(const Batch& batch, Attempts& attempts);
  /// Plans the batch's part of one log, filling in `results`, and writes its rows.
  void AttemptLog(LogId log, const Batch& batch, Attempts& attempts,
                  std::vector<AppendResult>& results);
  BatchKeys KeysOf(LogId log, const Batch& batch, const Attempts& attempts) const;
  void Forget();
  void Notify() noexcept;

  BatchStore& store_;
  const Clock& clock_;
  const AppenderLimits limits_;

  mutable std::mutex mutex_;  ///< Guards queue_, is_led_ and stopping_.
  std::condition_variable idle_;
  std::deque<std::shared_ptr<Pending>> queue_;
  bool is_led_ = false;  ///< A thread commits, or has been told to.
  bool stopping_ = false;

  // Of the thread that commits.
  std::map<LogId, WriterMemory> memory_;
  std::map<LogId, BatchRows> written_;  ///< By the batch in hand.

  std::mutex listeners_mutex_;
  std::vector<std::pair<std::size_t, Listener>> listeners_;
  std::size_t next_listener_ = 1;
};

}  // namespace docket
