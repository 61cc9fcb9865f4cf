/// The writing half of the log on SQLite: one connection, used by the appender's thread alone.
#pragma once

#include <memory>
#include <optional>

#include "persistence/appender.hpp"
#include "persistence/sqlite/database.hpp"

namespace docket {

class SqliteBatchStore : public BatchStore {
 public:
  explicit SqliteBatchStore(std::unique_ptr<Database> writer) : writer_(std::move(writer)) {}

  bool TryWrite(LogId log, const BatchRows& rows, bool follows) override;
  void Begin() override;
  BatchState Read(LogId log, const BatchKeys& keys) override;
  void Write(LogId log, const BatchRows& rows) override;
  void Commit() override;
  void Rollback() noexcept override;

 private:
  void WriteRows(LogId log, const BatchRows& rows);
  void WriteEvents(LogId log, const BatchRows& rows);
  void WriteStreams(LogId log, const BatchRows& rows);
  void WriteCommands(LogId log, const BatchRows& rows);
  /// False when the head is not where the batch was decided.
  bool MoveHead(LogId log, const BatchRows& rows);

  std::unique_ptr<Database> writer_;
  std::optional<Transaction> transaction_;
};

/// Reads on any connection to a log file.
WriterHead ReadHeadRow(Database& database, LogId log);
std::optional<CommandKnown> FindCommandRow(Database& database, LogId log, const CommandKey& key);

}  // namespace docket
