#include "persistence/postgres/postgres_batch_store.hpp"

#include <fmt/format.h>

#include "domain/ensure.hpp"
#include "persistence/postgres/binary_array.hpp"
#include "persistence/postgres/event_rows.hpp"

namespace docket {

namespace {

constexpr PostgresStatement kAppend{
    "append_batch",
    "SELECT docket.append_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,"
    " $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33,"
    " $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44)"};
constexpr PostgresStatement kLockBatch{
    "lock_batch",
    "SELECT * FROM docket.lock_batch($1, $2::text[], $3::text[], $4::text[], $5::text[], $6)"};
constexpr PostgresStatement kEnsurePartitions{"ensure_partitions",
                                              "SELECT docket.ensure_partitions($1, $2)"};
constexpr PostgresStatement kSelectHead{
    "select_head", "SELECT epoch, position, recorded_at FROM docket.heads WHERE log = $1"};
constexpr PostgresStatement kSelectCommand{
    "select_command",
    "SELECT c.mac_key, c.content_mac, e.epoch, c.first_position, c.last_position, c.recorded_at,"
    " c.stream, c.version FROM docket.commands AS c"
    " JOIN docket.epochs AS e ON e.number = c.epoch_number"
    " WHERE c.log = $1 AND c.actor = $2 AND c.command_id = $3"};
// Whoever has locked a row also holds a weaker lock on its table, which is what can be seen. The
// number is that of the writers' own lock, see append_batch.
constexpr const char* kSelectLockHolders =
    "SELECT DISTINCT a.pid, a.application_name FROM pg_locks AS l JOIN pg_stat_activity AS a"
    " USING (pid) WHERE l.granted AND a.pid <> pg_backend_pid() AND l.database ="
    " (SELECT oid FROM pg_database WHERE datname = current_database()) AND"
    " (l.locktype = 'advisory' AND l.classid = 1146045259 OR l.mode <> 'AccessShareLock' AND"
    "  l.relation IN ('docket.heads'::regclass, 'docket.streams'::regclass))";
constexpr const char* kUnlock = "SELECT pg_advisory_unlock_all(); SET idle_session_timeout = 0";

constexpr const char* kStreamMoved = "DK002";
constexpr const char* kLockNotAvailable = "55P03";
constexpr const char* kReadOnly = "25006";

/// The rows are at fault: something is there already, or a value breaks the schema.
bool RefusesRows(const std::string& state) {
  return state == kStreamMoved || state.starts_with("23") || state.starts_with("22");
}

using Type = BinaryArray::Type;

struct StreamArrays {
  BinaryArray created{Type::kText}, created_to{Type::kInt8}, created_first{Type::kInt8};
  BinaryArray moved{Type::kText}, moved_from{Type::kInt8}, moved_to{Type::kInt8};
};

StreamArrays StreamsOf(const BatchRows& rows) {
  std::map<std::string_view, Position> firsts;
  for (const auto& event : rows.events) {
    if (event.version.value == 1) firsts.emplace(event.stream.value, event.position);
  }
  StreamArrays arrays;
  for (const auto& move : rows.streams) {
    if (move.from.value > 0) {
      arrays.moved.AddText(move.stream.value);
      arrays.moved_from.AddInt8(move.from.value);
      arrays.moved_to.AddInt8(move.to.value);
      continue;
    }
    arrays.created.AddText(move.stream.value);
    arrays.created_to.AddInt8(move.to.value);
    arrays.created_first.AddInt8(firsts.at(move.stream.value).value);
  }
  return arrays;
}

struct CommandArrays {
  BinaryArray actor{Type::kText}, id{Type::kText}, mac_key{Type::kText}, mac{Type::kText};
  BinaryArray first{Type::kInt8}, last{Type::kInt8}, recorded_at{Type::kInt8};
  BinaryArray stream{Type::kText}, version{Type::kInt8};
};

CommandArrays CommandsOf(const BatchRows& rows) {
  CommandArrays arrays;
  for (const auto& [record, result] : rows.commands) {
    arrays.actor.AddText(record.actor.value);
    arrays.id.AddText(record.id.value);
    arrays.mac_key.AddText(record.mac_key.value);
    arrays.mac.AddText(record.content_mac);
    arrays.first.AddInt8(result.first.value);
    arrays.last.AddInt8(result.last.value);
    arrays.recorded_at.AddInt8(result.recorded_at.Micros());
    arrays.stream.AddText(result.stream.value);
    arrays.version.AddInt8(result.version.value);
  }
  return arrays;
}

struct EventArrays {
  BinaryArray stream{Type::kText}, version{Type::kInt8}, id{Type::kText}, type{Type::kText};
  BinaryArray schema_version{Type::kInt4}, occurred_at{Type::kInt8}, actor{Type::kText};
  BinaryArray recorded_by{Type::kText}, unit{Type::kText}, role{Type::kText};
  BinaryArray command_id{Type::kText}, correlation{Type::kText}, causation{Type::kText};
  BinaryArray region{Type::kText}, confidentiality{Type::kText}, virtual_clock{Type::kBool};
  BinaryArray data{Type::kText}, salt{Type::kBytea}, digest{Type::kBytea}, leaf{Type::kBytea};
};

EventArrays EventsOf(const BatchRows& rows) {
  EventArrays arrays;
  for (const auto& event : rows.events) {
    ENSURE(event.recorded_at == rows.head.recorded_at, "a batch is recorded at one instant");
    arrays.stream.AddText(event.stream.value);
    arrays.version.AddInt8(event.version.value);
    arrays.id.AddText(event.id.value);
    arrays.type.AddText(event.type);
    arrays.schema_version.AddInt4(static_cast<std::int32_t>(event.schema_version));
    arrays.occurred_at.AddInt8(event.occurred_at.Micros());
    arrays.actor.AddText(event.actor.value);
    arrays.recorded_by.AddText(event.recorded_by.value);
    arrays.unit.AddText(event.unit.value);
    arrays.role.AddText(NameOf(event.role));
    arrays.command_id.AddText(event.command_id.value);
    arrays.correlation.AddText(event.correlation.value);
    arrays.causation.AddText(event.causation.value);
    arrays.region.AddText(event.region.value);
    arrays.confidentiality.AddText(NameOf(event.confidentiality));
    arrays.virtual_clock.AddBool(event.virtual_clock);
    arrays.data.AddText(event.data);
    arrays.salt.AddHex(event.salt);
    arrays.digest.AddHex(event.data_digest);
    arrays.leaf.AddHex(event.leaf_hash);
  }
  return arrays;
}

WriterHead HeadAt(const pqxx::result& rows, std::size_t row) {
  WriterHead head;
  head.epoch = Epoch(std::string(TextAt(rows, row, 1)));
  head.batch = TextAt(rows, row, 2);
  head.position = Position{NumberAt(rows, row, 7)};
  head.recorded_at = Instant::FromMicros(NumberAt(rows, row, 8));
  try {
    head.tree = Frontier(head.position.value, BytesFromHex(TextAt(rows, row, 3)));
  } catch (const std::invalid_argument& error) {
    throw StoreError(fmt::format("the head of the log is broken: {}", error.what()));
  }
  return head;
}

CommandKnown CommandAt(const pqxx::result& rows, std::size_t row) {
  const auto text = [&](std::size_t column) { return std::string(TextAt(rows, row, column)); };
  CommandKnown known;
  known.record = {ActorId(text(1)), CommandId(text(2)), KeyId(text(3)), text(4)};
  known.result = {.epoch = Epoch(text(5)),
                  .first = Position{NumberAt(rows, row, 7)},
                  .last = Position{NumberAt(rows, row, 8)},
                  .recorded_at = Instant::FromMicros(NumberAt(rows, row, 9)),
                  .stream = StreamId(text(6)),
                  .version = Version{NumberAt(rows, row, 10)},
                  .repeated = true};
  return known;
}

StoredEvent StoredAt(const pqxx::result& rows, std::size_t row) {
  return {.position = Position{NumberAt(rows, row, 7)},
          .stream = StreamId(std::string(TextAt(rows, row, 2))),
          .version = Version{NumberAt(rows, row, 8)},
          .recorded_at = Instant::FromMicros(NumberAt(rows, row, 9))};
}

/// The rows of docket.lock_batch, see there.
BatchState StateOf(const pqxx::result& rows) {
  BatchState state;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string key(TextAt(rows, i, 1));
    switch (NumberAt(rows, i, 0)) {
      case 0: state.head = HeadAt(rows, i); break;
      case 1: state.versions.emplace(StreamId(key), Version{NumberAt(rows, i, 7)}); break;
      case 2: {
        auto known = CommandAt(rows, i);
        CommandKey id{known.record.actor, known.record.id};
        state.commands.emplace(std::move(id), std::move(known));
        break;
      }
      default: state.stored.emplace(EventId(key), StoredAt(rows, i));
    }
  }
  return state;
}

}  // namespace

struct PostgresBatchStore::Encoded {
  LogId log;
  BatchRows heads;  ///< Only before and head.
  StreamArrays streams;
  CommandArrays commands;
  EventArrays events;

  Encoded(LogId of_log, const BatchRows& rows)
      : log(of_log), streams(StreamsOf(rows)), commands(CommandsOf(rows)), events(EventsOf(rows)) {
    heads.before = rows.before;
    heads.head = rows.head;
  }
};

PostgresBatchStore::PostgresBatchStore(PostgresUrl url, SessionSettings settings)
    : url_(std::move(url)), settings_(std::move(settings)) {}

PostgresBatchStore::~PostgresBatchStore() = default;

bool PostgresBatchStore::TryWrite(LogId log, const BatchRows& rows) {
  Connect();
  EnsurePartitions(log, rows.head.position);
  const Encoded batch(log, rows);
  try {
    if (!Append(batch, Turn::kTry)) return false;
  } catch (const PostgresError& error) {
    if (RefusesRows(error.State())) return false;
    ThrowRefusal(error);
  } catch (const ConnectionLost& error) {
    throw OutcomeUnknown(error.what());
  }
  seen_[log] = rows.head;
  return true;
}

void PostgresBatchStore::Begin() { Connect(); }

BatchState PostgresBatchStore::Read(LogId log, const BatchKeys& keys) {
  BinaryArray streams(Type::kText), actors(Type::kText), commands(Type::kText), events(Type::kText);
  for (const auto& stream : keys.streams) streams.AddText(stream.value);
  for (const auto& [actor, command] : keys.commands) {
    actors.AddText(actor.value);
    commands.AddText(command.value);
  }
  for (const auto& event : keys.events) events.AddText(event.value);
  try {
    locked_ = true;
    return StateOf(connection_->Run(kLockBatch, NumberOf(log), streams.Parameter(),
                                    actors.Parameter(), commands.Parameter(), events.Parameter(),
                                    keys.since.value));
  } catch (const PostgresError& error) {
    ThrowRefusal(error);
  }
}

void PostgresBatchStore::Write(LogId log, const BatchRows& rows) {
  waiting_.push_back(std::make_unique<Encoded>(log, rows));
}

void PostgresBatchStore::Commit() {
  try {
    for (const auto& batch : waiting_) EnsurePartitions(batch->log, batch->heads.head.position);
    if (waiting_.size() > 1) connection_->Execute("BEGIN");
    for (const auto& batch : waiting_) AppendInTurn(*batch);
    if (waiting_.size() > 1) CommitAll();
  } catch (const PostgresError& error) {
    if (RefusesRows(error.State())) throw RowsRefused(error.what());
    ThrowRefusal(error);
  }
  for (const auto& batch : waiting_) seen_[batch->log] = batch->heads.head;
  // Where there was nothing to write, the turn is still ours.
  if (waiting_.empty()) connection_->Execute(kUnlock);
  waiting_.clear();
  locked_ = false;
}

void PostgresBatchStore::AppendInTurn(const Encoded& batch) {
  try {
    if (!Append(batch, Turn::kTaken)) throw StoreError("the head moved under the writer");
  } catch (const ConnectionLost& error) {
    // Alone it commits by itself; of several none is committed yet.
    if (waiting_.size() > 1) throw;
    throw OutcomeUnknown(error.what());
  }
}

void PostgresBatchStore::CommitAll() {
  try {
    connection_->Execute("COMMIT");
  } catch (const ConnectionLost& error) {
    throw OutcomeUnknown(error.what());
  }
}

void PostgresBatchStore::Rollback() noexcept {
  try {
    if (connection_ && waiting_.size() > 1) connection_->Execute("ROLLBACK");
    if (connection_ && locked_) connection_->Execute(kUnlock);
    if (connection_ && !connection_->IsOpen()) connection_.reset();
  } catch (const StoreError&) {
    // The server rolls back and unlocks when the session ends.
    connection_.reset();
  }
  waiting_.clear();
  locked_ = false;
}

void PostgresBatchStore::Connect() {
  if (connection_ && connection_->IsStale()) connection_.reset();
  if (connection_) return;
  auto connection = std::make_unique<PostgresConnection>(url_, settings_);
  BindEpochs(*connection, seen_);
  // Prepared now, so that a loss while appending cannot have been one while preparing.
  connection->Prepare(kAppend);
  connection->Prepare(kLockBatch);
  connection_ = std::move(connection);
}

bool PostgresBatchStore::Append(const Encoded& batch, Turn turn) {
  const auto& [log, rows, streams, commands, events] = batch;
  const auto written = connection_->Run(
      kAppend, turn == Turn::kTaken, NumberOf(log), rows.before.epoch.value,
      rows.before.position.value, rows.before.batch, rows.head.position.value,
      rows.head.recorded_at.Micros(), rows.head.batch, pqxx::binarystring(rows.head.tree.Bytes()),
      streams.created.Parameter(), streams.created_to.Parameter(),
      streams.created_first.Parameter(), streams.moved.Parameter(), streams.moved_from.Parameter(),
      streams.moved_to.Parameter(), commands.actor.Parameter(), commands.id.Parameter(),
      commands.mac_key.Parameter(), commands.mac.Parameter(), commands.first.Parameter(),
      commands.last.Parameter(), commands.recorded_at.Parameter(), commands.stream.Parameter(),
      commands.version.Parameter(), events.stream.Parameter(), events.version.Parameter(),
      events.id.Parameter(), events.type.Parameter(), events.schema_version.Parameter(),
      events.occurred_at.Parameter(), events.actor.Parameter(), events.recorded_by.Parameter(),
      events.unit.Parameter(), events.role.Parameter(), events.command_id.Parameter(),
      events.correlation.Parameter(), events.causation.Parameter(), events.region.Parameter(),
      events.confidentiality.Parameter(), events.virtual_clock.Parameter(), events.data.Parameter(),
      events.salt.Parameter(), events.digest.Parameter(), events.leaf.Parameter());
  return TextAt(written, 0, 0) == "t";
}

void PostgresBatchStore::EnsurePartitions(LogId log, Position position) {
  auto& upto = partitioned_upto_[log];
  // Asked for when the last partition begins to fill, a whole partition ahead.
  if (position.value < upto.value - kPartitionSize) return;
  connection_->Run(kEnsurePartitions, NumberOf(log), position.value);
  upto = Position{(position.value / kPartitionSize + 2) * kPartitionSize};
}

void PostgresBatchStore::ThrowRefusal(const PostgresError& error) {
  if (error.State() == kReadOnly) {
    // A new session finds the new primary, where the URL names several hosts.
    connection_.reset();
    throw ConnectionLost(
        fmt::format("{} takes no writes any more: {}", url_.Shown(), error.what()));
  }
  if (error.State() != kLockNotAvailable) throw error;
  Rollback();
  throw StoreError(
      fmt::format("the head of the log is locked by {}: {}", DescribeLockHolders(), error.what()));
}

std::string PostgresBatchStore::DescribeLockHolders() {
  try {
    const auto rows = connection_->Execute(kSelectLockHolders);
    std::string holders;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (i > 0) holders += ", ";
      holders += fmt::format("process {} ({})", TextAt(rows, i, 0), TextAt(rows, i, 1));
    }
    return holders.empty() ? "a process that is gone by now" : holders;
  } catch (const StoreError&) {
    return "an unknown process";
  }
}

Head ReadPostgresHead(PostgresConnection& connection, LogId log) {
  const auto rows = connection.Run(kSelectHead, NumberOf(log));
  if (rows.empty()) throw StoreError("the log has no head row");
  return {.epoch = Epoch(std::string(TextAt(rows, 0, 0))),
          .position = Position{NumberAt(rows, 0, 1)},
          .recorded_at = Instant::FromMicros(NumberAt(rows, 0, 2))};
}

std::optional<CommandKnown> FindPostgresCommand(PostgresConnection& connection, LogId log,
                                                const CommandKey& key) {
  const auto rows =
      connection.Run(kSelectCommand, NumberOf(log), key.first.value, key.second.value);
  if (rows.empty()) return std::nullopt;
  CommandKnown known;
  known.record = {key.first, key.second, KeyId(std::string(TextAt(rows, 0, 0))),
                  std::string(TextAt(rows, 0, 1))};
  known.result = {.epoch = Epoch(std::string(TextAt(rows, 0, 2))),
                  .first = Position{NumberAt(rows, 0, 3)},
                  .last = Position{NumberAt(rows, 0, 4)},
                  .recorded_at = Instant::FromMicros(NumberAt(rows, 0, 5)),
                  .stream = StreamId(std::string(TextAt(rows, 0, 6))),
                  .version = Version{NumberAt(rows, 0, 7)},
                  .repeated = true};
  return known;
}

}  // namespace docket
