/// The writing half of the log on PostgreSQL: one session, used by the appender's thread alone.
#pragma once

#include <map>
#include <memory>
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
  bool TryWrite(LogId log, const BatchRows& rows) override;
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
  enum class Turn : std::uint8_t { kTry, kTaken };

  void Connect();
  /// False: it was not our turn, or the head is not where the batch was decided.
  bool Append(const Encoded& batch, Turn turn);
  void AppendInTurn(const Encoded& batch);
  void CommitAll();
  void GiveTurnsBack() noexcept;
  void NoteContention(LogId log, const Head& head);
  void EnsurePartitions(LogId log, Position position);
  /// What a refused statement means to the appender. Throws.
  [[noreturn]] void ThrowRefusal(const PostgresError& error);
  /// Who holds locks on the head, in words; for a message.
  std::string DescribeLockHolders();

  const PostgresUrl url_;
  const SessionSettings settings_;
  std::unique_ptr<PostgresConnection> connection_;
  RowTypes types_;
  /// Logs whose head somebody else has moved since our last batch: as long as that goes on the
  /// quick way would only be a wasted round trip.
  std::set<LogId> contended_;
  std::size_t turns_ = 0;                          ///< Of so many logs it may be our turn.
  std::vector<std::unique_ptr<Encoded>> waiting_;  ///< Written, but not yet sent.
  SeenHeads seen_;
  std::map<LogId, Position> partitioned_upto_;  ///< Positions below it have their partition.
};

/// As docket.ensure_partitions makes them.
constexpr std::int64_t kPartitionSize = std::int64_t{1} << 24;

/// Reads on any session.
Head ReadPostgresHead(PostgresConnection& connection, LogId log);
std::optional<CommandKnown> FindPostgresCommand(PostgresConnection& connection, LogId log,
                                                const CommandKey& key);

}  // namespace docket
