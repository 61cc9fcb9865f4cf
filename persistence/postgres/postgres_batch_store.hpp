/// The writing half of the log on PostgreSQL: two sessions, so that a batch can be on its way
/// while the one before it is being committed.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include "persistence/appender.hpp"
#include "persistence/postgres/connection.hpp"
#include "persistence/postgres/epoch_binding.hpp"

namespace docket {

/// Connects when first used, and again after a loss; each time the epochs are bound anew. The long
/// way is two round trips: Write only keeps the rows, and Commit sends them, so it is Commit that
/// throws RowsRefused.
class PostgresBatchStore : public BatchStore {
 public:
  PostgresBatchStore(PostgresUrl url, SessionSettings settings);
  ~PostgresBatchStore() override;

  /// One round trip. A connection that is known to be gone is not written to: that is a
  /// ConnectionLost, not an OutcomeUnknown.
  bool TryWrite(LogId log, const BatchRows& rows, bool follows) override;
  std::size_t QuickWritersMax() const override { return kSessions; }
  bool IsContended(LogId log) override;
  void Begin() override;
  BatchState Read(LogId log, const BatchKeys& keys) override;
  void Write(LogId log, const BatchRows& rows) override;
  void Commit() override;
  void Rollback() noexcept override;

 private:
  struct Encoded;
  /// Object ids, which differ from database to database.
  struct RowTypes {
    std::uint32_t stream = 0;
    std::uint32_t command = 0;
    std::uint32_t event = 0;
  };
  struct Session {
    std::unique_ptr<PostgresConnection> connection;
    RowTypes types;
    bool is_used = false;  ///< By a thread in TryWrite. Under mutex_.
  };
  /// The values of `turn` of docket.append_batch.
  enum class Turn : std::int16_t { kIfFree = 0, kWait = 1, kTaken = 2 };
  static constexpr std::size_t kSessions = 2;

  Session& Borrow();
  void GiveBack(Session& session);
  bool TryWriteOn(Session& session, LogId log, const BatchRows& rows, bool follows);
  void Connect(Session& session);
  /// False: it was not our turn, or the head is not where the batch was decided.
  static bool Append(Session& session, const Encoded& batch, Turn turn);
  void AppendInTurn(const Encoded& batch);
  void CommitAll();
  void GiveTurnsBack() noexcept;
  void NoteHead(LogId log, const Head& head);
  void NoteContention(LogId log, const Head& head);
  void EnsurePartitions(Session& session, LogId log, Position position);
  /// What a refused statement means to the appender. Throws.
  [[noreturn]] void ThrowRefusal(Session& session, const PostgresError& error);
  /// Who holds locks on the head, in words; for a message.
  static std::string DescribeLockHolders(Session& session);

  /// Of the long way, during which nobody else is here.
  Session& First() { return sessions_.front(); }

  const PostgresUrl url_;
  const SessionSettings settings_;
  std::array<Session, kSessions> sessions_;
  std::size_t turns_ = 0;                          ///< Of so many logs it may be our turn.
  std::vector<std::unique_ptr<Encoded>> waiting_;  ///< Written, but not yet sent.

  std::mutex mutex_;  ///< Guards what follows.
  /// Logs whose head somebody else has moved since our last batch: as long as that goes on the
  /// quick way would only be a wasted round trip.
  std::set<LogId> contended_;
  SeenHeads seen_;

  std::mutex partitions_mutex_;
  std::map<LogId, Position> partitioned_upto_;  ///< Positions below it have their partition.
};

/// As docket.ensure_partitions makes them.
constexpr std::int64_t kPartitionSize = std::int64_t{1} << 24;

/// Reads on any session.
Head ReadPostgresHead(PostgresConnection& connection, LogId log);
std::optional<CommandKnown> FindPostgresCommand(PostgresConnection& connection, LogId log,
                                                const CommandKey& key);

}  // namespace docket
