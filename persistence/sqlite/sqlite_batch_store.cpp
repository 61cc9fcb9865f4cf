#include "persistence/sqlite/sqlite_batch_store.hpp"

#include <fmt/format.h>

#include "persistence/sqlite/event_rows.hpp"

namespace docket {

namespace {

constexpr const char* kSelectHead =
    "SELECT epoch, position, recorded_at, batch, tree FROM heads WHERE log = ?";
constexpr const char* kSelectVersion = "SELECT version FROM streams WHERE log = ? AND stream = ?";
constexpr const char* kSelectCommand =
    "SELECT mac_key, content_mac, epoch, first_position, last_position, recorded_at, stream,"
    " version FROM commands WHERE log = ? AND actor = ? AND command_id = ?";
constexpr const char* kInsertStream = "INSERT INTO streams (log, stream, version) VALUES (?, ?, ?)";
constexpr const char* kUpdateStream =
    "UPDATE streams SET version = ? WHERE log = ? AND stream = ? AND version = ?";
constexpr const char* kInsertCommand =
    "INSERT INTO commands (log, actor, command_id, mac_key, content_mac, epoch, first_position,"
    " last_position, recorded_at, stream, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kUpdateHead =
    "UPDATE heads SET position = ?, recorded_at = ?, batch = ?, tree = ?"
    " WHERE log = ? AND epoch = ? AND position = ? AND batch = ?";

std::int64_t Number(LogId log) { return static_cast<std::int64_t>(log); }

}  // namespace

WriterHead ReadHeadRow(Database& database, LogId log) {
  auto query = database.Prepare(kSelectHead);
  query.Bind(Number(log));
  if (!query.Step()) throw StoreError("the log has no head row");
  WriterHead head;
  head.epoch = Epoch(query.Text(0));
  head.position = Position{query.Integer(1)};
  head.recorded_at = Instant::FromMicros(query.Integer(2));
  head.batch = query.Text(3);
  try {
    head.tree = Frontier(head.position.value, query.View(4));
  } catch (const std::invalid_argument& error) {
    throw StoreError(fmt::format("the head of the log is broken: {}", error.what()));
  }
  return head;
}

std::optional<CommandKnown> FindCommandRow(Database& database, LogId log, const CommandKey& key) {
  auto query = database.Prepare(kSelectCommand);
  query.Bind(Number(log), key.first.value, key.second.value);
  if (!query.Step()) return std::nullopt;
  CommandKnown known;
  known.record = {key.first, key.second, KeyId(query.Text(0)), query.Text(1)};
  known.result = {.epoch = Epoch(query.Text(2)),
                  .first = Position{query.Integer(3)},
                  .last = Position{query.Integer(4)},
                  .recorded_at = Instant::FromMicros(query.Integer(5)),
                  .stream = StreamId(query.Text(6)),
                  .version = Version{query.Integer(7)},
                  .repeated = true};
  return known;
}

bool SqliteBatchStore::TryWrite(LogId log, const BatchRows& rows, bool /*follows*/) {
  try {
    Begin();
    WriteRows(log, rows);
    if (MoveHead(log, rows)) {
      Commit();
      return true;
    }
  } catch (const RowsRefused&) {
    // Whose fault it is, the long way finds out.
  }
  Rollback();
  return false;
}

void SqliteBatchStore::Begin() { transaction_.emplace(*writer_); }

BatchState SqliteBatchStore::Read(LogId log, const BatchKeys& keys) {
  BatchState state;
  state.head = ReadHeadRow(*writer_, log);
  for (const auto& stream : keys.streams) {
    auto query = writer_->Prepare(kSelectVersion);
    query.Bind(Number(log), stream.value);
    if (query.Step()) state.versions.emplace(stream, Version{query.Integer(0)});
  }
  for (const auto& key : keys.commands) {
    if (auto known = FindCommandRow(*writer_, log, key)) state.commands.emplace(key, *known);
  }
  // A commit to a file is never on its way: keys.events is for stores behind a connection.
  return state;
}

void SqliteBatchStore::Write(LogId log, const BatchRows& rows) {
  WriteRows(log, rows);
  if (!MoveHead(log, rows)) throw StoreError("the head moved under the writer");
}

void SqliteBatchStore::WriteRows(LogId log, const BatchRows& rows) {
  try {
    WriteEvents(log, rows);
    WriteStreams(log, rows);
    WriteCommands(log, rows);
  } catch (const ConstraintError& error) {
    throw RowsRefused(error.what());
  }
}

void SqliteBatchStore::WriteEvents(LogId log, const BatchRows& rows) {
  auto insert = writer_->Prepare(EventSqlOf(log).insert);
  for (const auto& event : rows.events) {
    BindEvent(insert, event);
    insert.Run();
    insert.Reset();
  }
}

void SqliteBatchStore::WriteStreams(LogId log, const BatchRows& rows) {
  for (const auto& move : rows.streams) {
    if (move.from.value == 0) {
      writer_->Prepare(kInsertStream).Bind(Number(log), move.stream.value, move.to.value).Run();
      continue;
    }
    writer_->Prepare(kUpdateStream)
        .Bind(move.to.value, Number(log), move.stream.value, move.from.value)
        .Run();
    if (writer_->Changes() != 1) throw RowsRefused("a stream is not where the writer believed");
  }
}

void SqliteBatchStore::WriteCommands(LogId log, const BatchRows& rows) {
  for (const auto& [record, result] : rows.commands) {
    writer_->Prepare(kInsertCommand)
        .Bind(Number(log), record.actor.value, record.id.value, record.mac_key.value,
              record.content_mac, result.epoch.value, result.first.value, result.last.value,
              result.recorded_at.Micros(), result.stream.value, result.version.value)
        .Run();
  }
}

bool SqliteBatchStore::MoveHead(LogId log, const BatchRows& rows) {
  const std::string tree = rows.head.tree.Bytes();
  writer_->Prepare(kUpdateHead)
      .Bind(rows.head.position.value, rows.head.recorded_at.Micros(), rows.head.batch, Blob{tree},
            Number(log), rows.before.epoch.value, rows.before.position.value, rows.before.batch)
      .Run();
  return writer_->Changes() == 1;
}

void SqliteBatchStore::Commit() {
  transaction_->Commit();
  transaction_.reset();
}

void SqliteBatchStore::Rollback() noexcept { transaction_.reset(); }

}  // namespace docket
