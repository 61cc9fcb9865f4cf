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
#include <set>
#include <vector>

#include "domain/event_log.hpp"
#include "domain/time.hpp"
#include "persistence/append_limits.hpp"
#include "persistence/batch_plan.hpp"
#include "persistence/counts.hpp"

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

/// A store that appends batches. Failure: StoreError from any call, also ConnectionLost or
/// OutcomeUnknown; Begin, or TryWrite, then connects again where the connection was lost.
class BatchStore {
 public:
  virtual ~BatchStore() = default;

  /// The quick way, without asking first: writes and commits at once when the head is still
  /// `rows.before`, position, epoch and batch id, and the schema refuses no row. False: nothing was
  /// written, and nothing said about why; the long way finds out. `follows`: the batch was decided
  /// on one that another thread is writing just now, and waits for it.
  virtual bool TryWrite(LogId log, const BatchRows& rows, bool follows) = 0;
  /// So many threads may be in TryWrite at a time.
  virtual std::size_t QuickWritersMax() const { return 1; }
  /// Somebody else writes to this log, too: the quick way would most likely be in vain.
  virtual bool IsContended(LogId /*log*/) { return false; }

  /// The long way: by one thread, while none is in TryWrite. After a failure, Rollback.
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
/// Who finds the appender idle commits at once, on its own thread; while a commit runs the next
/// batch gathers by itself, and the first of those who wait commits it.
///
/// A batch is first written in one step, decided on what the writer remembers of the batches
/// before. Where the store allows it, the next batch is on its way before that one is confirmed:
/// it is decided on the head which that one will leave, and where that one fails the store refuses
/// it too, because no such head is there. Whatever fails so, or would be refused on what is only
/// remembered, goes the long way: alone, in order, asking the store under its lock. Where others
/// write to the log, too, the turn among all of them is waited for first, and the batch gathers
/// until then; it believes what it remembers of streams, because the others mostly write to other
/// streams, and asks for everything when that turns out wrong. A lost
/// connection is tried again; where a commit was on its way, first asking what is stored.
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
  const AppendCounts& Counts() const { return counts_; }

  /// Called by the thread that commits, after each commit that moved a head, in order: it must be
  /// quick, and must neither throw nor append.
  std::size_t AddListener(Listener listener);
  /// When this returns the listener is not running and will not be called again.
  void RemoveListener(std::size_t id);

 private:
  /// Where those sleep who came between one batch and the next: mostly they are answered together,
  /// and then one call wakes them all.
  struct Cohort {
    std::mutex mutex;  ///< Guards the states of its members.
    std::condition_variable first;
    std::condition_variable others;
  };
  enum class State : std::uint8_t { kWaiting, kLeads, kAnswered };
  /// One request, and the thread that waits for it.
  struct Pending {
    PreparedRequest request;
    AppendResult result;
    std::exception_ptr failure;
    std::shared_ptr<Cohort> cohort;
    std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();
    bool is_first = false;  ///< Of its cohort: mostly it is who leads.
    State state = State::kWaiting;

    /// Wakes its thread when it is to lead.
    void Enter(State next);
    /// Sleeps until it is another state than waiting.
    State Await();
  };
  using Batch = std::vector<Pending*>;
  /// What a batch wrote.
  using Written = std::map<LogId, BatchRows>;

  /// A batch that was decided on what is only believed cannot be.
  struct Disbelieved {};

  /// How a batch has fared so far.
  struct Attempts {
    std::chrono::steady_clock::time_point give_up;
    std::chrono::milliseconds pause{20};
    std::exception_ptr lost;  ///< Set when the last attempt lost the connection.
    bool outcome_unknown = false;
    /// Heads that were read already: there the turn among all writers is ours, and the streams are
    /// believed to be where they are remembered.
    std::map<LogId, WriterHead> heads;
    /// Per log, the head before the first attempt that may have been stored.
    std::map<LogId, Position> since;
  };

  std::shared_ptr<Pending> Enqueue(AppendRequest request);
  /// Until it is answered; commits a batch where it is this thread's turn.
  AppendResult Wait(Pending& waiting);
  /// Commits the batch that begins with `first`, the request of this thread; nothing when the turn
  /// was taken back before it began.
  void Lead(const Pending& first);
  /// The same where others write, too: the batch is whoever waits once it is our turn.
  void LeadInTurn(LogId log);
  /// Of the next batch, when others write to it and memory has been right of late.
  std::optional<LogId> SharedLog();
  Attempts NewAttempts() const;
  /// `only`: of this log, up to the first request of another. Turns are taken in the order of the
  /// logs, and this one's is ours already.
  std::vector<std::shared_ptr<Pending>> TakeBatch(std::optional<LogId> only = {});
  static void Answer(const std::vector<std::shared_ptr<Pending>>& batch);

  // The turn is to decide a batch. It is given on as soon as the batch is on its way.

  /// Gives the turn to whoever is next, when it is free and time for it. Under mutex_.
  void GiveTurn();
  /// The batch is on its way: the next may be decided. True: others are on their way before it.
  bool StartWriting(std::size_t requests);
  /// `to_redo`: the batch was not written, and waits for a turn alone from now on.
  void EndWriting(std::size_t requests, std::optional<std::uint64_t> to_redo);
  /// Gives back the turn that this thread has, and waits for one in which nobody else writes;
  /// batches that wait for it have it in their order. Who was told to lead and has not begun waits
  /// again: its thread may be this one, or wait for an answer from this batch.
  void AwaitTurnAlone(std::uint64_t batch, bool has_turn);
  std::uint64_t NumberBatch();
  void EndTurn();

  /// In one step, on what is remembered. False: to be done the long way. `has_turn` as it is then.
  bool RunQuickly(std::uint64_t number, const Batch& batch, Attempts& attempts, bool& has_turn);
  /// The rows, and the answers that hold once they are stored; nullopt: the store must be asked.
  std::optional<BatchRows> Decide(LogId log, const Batch& batch,
                                  std::vector<AppendResult>& results);
  /// Fills in the answers, the long way.
  void RunBatch(const Batch& batch, Attempts attempts);
  /// Until it is committed, refused or given up.
  std::vector<AppendResult> Commit(const Batch& batch, Attempts& attempts, Written& written);
  /// Asks for everything from now on, and for some time.
  void Doubt(Attempts& attempts);
  /// Waits before the next attempt; false: no further attempt is to be made.
  bool MayRetry(Attempts& attempts);
  /// One transaction for the whole batch; the results in its order.
  std::vector<AppendResult> Attempt(const Batch& batch, Attempts& attempts, Written& written);
  /// Plans the batch's part of one log, filling in `results`, and writes its rows.
  void AttemptLog(LogId log, const Batch& batch, Attempts& attempts,
                  std::vector<AppendResult>& results, Written& written);
  /// What the batch is decided on: the head, and what it needs to know, or is believed. Throws
  /// Disbelieved.
  BatchState ReadState(LogId log, const Batch& batch, const Attempts& attempts);
  BatchKeys KeysOf(LogId log, const Batch& batch, const Attempts& attempts) const;
  /// What is remembered may not be so.
  void Forget();
  /// The same, after an attempt the long way that failed.
  void Abandon();
  void Notify(LogId log, const BatchRows& rows) noexcept;

  BatchStore& store_;
  const Clock& clock_;
  const AppenderLimits limits_;
  AppendCounts counts_;

  mutable std::mutex mutex_;  ///< Guards what follows, up to memory_mutex_.
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Pending>> queue_;
  std::shared_ptr<Cohort> gathering_;  ///< Of those who come now; null: the next is its first.
  bool is_led_ = false;                ///< A thread has the turn, or has been told so.
  std::shared_ptr<Pending> told_;      ///< Who has been told so, and has not begun.
  bool stopping_ = false;
  std::uint64_t batches_ = 0;         ///< Taken so far.
  std::size_t writing_ = 0;           ///< Batches on their way, the quick way.
  std::size_t writing_requests_ = 0;  ///< Their requests.
  std::size_t crowd_ = 0;             ///< About how many requests are under way at a time.
  std::set<std::uint64_t> alone_;     ///< Batches that wait for a turn alone.

  std::mutex memory_mutex_;
  std::map<LogId, WriterMemory> memory_;

  /// So many batches more ask for all that they need: not long ago too little was believed rightly.
  /// Of the thread that has the turn alone.
  std::size_t doubtful_ = 0;

  std::mutex listeners_mutex_;
  std::vector<std::pair<std::size_t, Listener>> listeners_;
  std::size_t next_listener_ = 1;
  std::map<LogId, Position> notified_;
};

}  // namespace docket
