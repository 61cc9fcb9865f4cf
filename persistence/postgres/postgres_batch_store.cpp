#include "persistence/postgres/postgres_batch_store.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "domain/ensure.hpp"
#include "persistence/postgres/binary_array.hpp"
#include "persistence/postgres/event_rows.hpp"

namespace docket {

namespace {

constexpr PostgresStatement kAppend{
    "append_batch",
    "SELECT docket.append_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"};
constexpr PostgresStatement kRowTypes{
    "row_types",
    "SELECT 'docket.stream_move'::regtype::oid, 'docket.command_row'::regtype::oid,"
    " 'docket.event_row'::regtype::oid"};
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
constexpr const char* kGiveUpTurn = "SELECT pg_advisory_unlock_all(); SET idle_session_timeout = 0";

constexpr const char* kStreamMoved = "DK002";
constexpr const char* kLockNotAvailable = "55P03";
constexpr const char* kReadOnly = "25006";

/// The rows are at fault: something is there already, or a value breaks the schema.
bool RefusesRows(const std::string& state) {
  return state == kStreamMoved || state.starts_with("23") || state.starts_with("22");
}

using Type = PostgresType;

std::map<std::string_view, Position> FirstPositions(const BatchRows& rows) {
  std::map<std::string_view, Position> firsts;
  for (const auto& event : rows.events) {
    if (event.version.value == 1) firsts.emplace(event.stream.value, event.position);
  }
  return firsts;
}

// In the order of the row types of docket.append_batch.

void AddStream(BinaryRows& rows, const StreamMove& move, Position first) {
  rows.BeginRow(4);
  rows.AddText(move.stream.value);
  rows.AddInt8(move.from.value);
  rows.AddInt8(move.to.value);
  rows.AddInt8(first.value);
}

void AddCommand(BinaryRows& rows, const CommandKnown& command) {
  const auto& [record, result] = command;
  rows.BeginRow(9);
  rows.AddText(record.actor.value);
  rows.AddText(record.id.value);
  rows.AddText(record.mac_key.value);
  rows.AddText(record.content_mac);
  rows.AddInt8(result.first.value);
  rows.AddInt8(result.last.value);
  rows.AddInt8(result.recorded_at.Micros());
  rows.AddText(result.stream.value);
  rows.AddInt8(result.version.value);
}

void AddEvent(BinaryRows& rows, const RecordedEvent& event) {
  rows.BeginRow(20);
  rows.AddText(event.stream.value);
  rows.AddInt8(event.version.value);
  rows.AddText(event.id.value);
  rows.AddText(event.type);
  rows.AddInt4(static_cast<std::int32_t>(event.schema_version));
  rows.AddInt8(event.occurred_at.Micros());
  rows.AddText(event.actor.value);
  rows.AddText(event.recorded_by.value);
  rows.AddText(event.unit.value);
  rows.AddText(NameOf(event.role));
  rows.AddText(event.command_id.value);
  rows.AddText(event.correlation.value);
  rows.AddText(event.causation.value);
  rows.AddText(event.region.value);
  rows.AddText(NameOf(event.confidentiality));
  rows.AddBool(event.virtual_clock);
  rows.AddText(event.data);
  rows.AddBytesOfHex(event.salt);
  rows.AddBytesOfHex(event.data_digest);
  rows.AddBytesOfHex(event.leaf_hash);
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
  WriterHead before;
  WriterHead head;
  BinaryRows created, moved, commands, events;

  Encoded(LogId of_log, const BatchRows& rows, const RowTypes& types)
      : log(of_log),
        before(rows.before),
        head(rows.head),
        created(types.stream),
        moved(types.stream),
        commands(types.command),
        events(types.event) {
    const auto firsts = FirstPositions(rows);
    for (const auto& move : rows.streams) {
      if (move.from.value > 0) AddStream(moved, move, Position{});
      else AddStream(created, move, firsts.at(move.stream.value));
    }
    for (const auto& command : rows.commands) AddCommand(commands, command);
    for (const auto& event : rows.events) {
      ENSURE(event.recorded_at == head.recorded_at, "a batch is recorded at one instant");
      AddEvent(events, event);
    }
  }
};

PostgresBatchStore::PostgresBatchStore(PostgresUrl url, SessionSettings settings)
    : url_(std::move(url)), settings_(std::move(settings)) {}

PostgresBatchStore::~PostgresBatchStore() = default;

bool PostgresBatchStore::TryWrite(LogId log, const BatchRows& rows, bool follows) {
  Session& session = Borrow();
  try {
    const bool is_written = TryWriteOn(session, log, rows, follows);
    GiveBack(session);
    return is_written;
  } catch (...) {
    GiveBack(session);
    throw;
  }
}

bool PostgresBatchStore::IsContended(LogId log) {
  const std::lock_guard guard(mutex_);
  return contended_.contains(log);
}

PostgresBatchStore::Session& PostgresBatchStore::Borrow() {
  const std::lock_guard guard(mutex_);
  const auto idle = std::find_if(sessions_.begin(), sessions_.end(),
                                 [](const Session& session) { return !session.is_used; });
  ENSURE(idle != sessions_.end(), "at most {} threads write the quick way", kSessions);
  idle->is_used = true;
  return *idle;
}

void PostgresBatchStore::GiveBack(Session& session) {
  const std::lock_guard guard(mutex_);
  session.is_used = false;
}

bool PostgresBatchStore::TryWriteOn(Session& session, LogId log, const BatchRows& rows,
                                    bool follows) {
  Connect(session);
  if (IsContended(log)) return false;
  EnsurePartitions(session, log, rows.head.position);
  const Encoded batch(log, rows, session.types);
  try {
    if (Append(session, batch, follows ? Turn::kWait : Turn::kIfFree)) {
      NoteHead(log, rows.head);
      return true;
    }
  } catch (const PostgresError& error) {
    if (RefusesRows(error.State())) return false;
    ThrowRefusal(session, error);
  } catch (const ConnectionLost& error) {
    session.connection.reset();
    throw OutcomeUnknown(error.what());
  }
  // One that follows was decided on what did not come to be: that says nothing of others.
  const std::lock_guard guard(mutex_);
  if (!follows) contended_.insert(log);
  return false;
}

void PostgresBatchStore::Begin() { Connect(First()); }

BatchState PostgresBatchStore::Read(LogId log, const BatchKeys& keys) {
  BinaryArray streams(Type::kText), actors(Type::kText), commands(Type::kText), events(Type::kText);
  for (const auto& stream : keys.streams) streams.AddText(stream.value);
  for (const auto& [actor, command] : keys.commands) {
    actors.AddText(actor.value);
    commands.AddText(command.value);
  }
  for (const auto& event : keys.events) events.AddText(event.value);
  try {
    ++turns_;
    auto state = StateOf(First().connection->Run(kLockBatch, NumberOf(log), streams.Parameter(),
                                                 actors.Parameter(), commands.Parameter(),
                                                 events.Parameter(), keys.since.value));
    NoteContention(log, state.head);
    return state;
  } catch (const PostgresError& error) {
    ThrowRefusal(First(), error);
  }
}

void PostgresBatchStore::NoteHead(LogId log, const Head& head) {
  const std::lock_guard guard(mutex_);
  const auto [seen, is_first] = seen_.try_emplace(log, head);
  const bool is_older = seen->second.epoch == head.epoch && head.position < seen->second.position;
  if (!is_first && !is_older) seen->second = head;
}

void PostgresBatchStore::NoteContention(LogId log, const Head& head) {
  const std::lock_guard guard(mutex_);
  const auto ours = seen_.find(log);
  const bool moved = ours != seen_.end() && ours->second != head;
  if (moved) contended_.insert(log);
  else contended_.erase(log);
}

void PostgresBatchStore::Write(LogId log, const BatchRows& rows) {
  waiting_.push_back(std::make_unique<Encoded>(log, rows, First().types));
}

void PostgresBatchStore::Commit() {
  try {
    for (const auto& batch : waiting_) {
      EnsurePartitions(First(), batch->log, batch->head.position);
    }
    if (waiting_.size() > 1) First().connection->Execute("BEGIN");
    for (const auto& batch : waiting_) AppendInTurn(*batch);
    if (waiting_.size() > 1) CommitAll();
  } catch (const PostgresError& error) {
    if (RefusesRows(error.State())) throw RowsRefused(error.what());
    ThrowRefusal(First(), error);
  }
  for (const auto& batch : waiting_) NoteHead(batch->log, batch->head);
  // In a log for which there was nothing to write, the turn is still ours.
  if (turns_ > waiting_.size()) GiveTurnsBack();
  waiting_.clear();
  turns_ = 0;
}

void PostgresBatchStore::GiveTurnsBack() noexcept {
  try {
    First().connection->Execute(kGiveUpTurn);
  } catch (const StoreError&) {
    // What is committed stays so; the server unlocks when the session ends.
    First().connection.reset();
  }
}

void PostgresBatchStore::AppendInTurn(const Encoded& batch) {
  try {
    if (!Append(First(), batch, Turn::kTaken)) throw StoreError("the head moved under the writer");
  } catch (const ConnectionLost& error) {
    // Alone it commits by itself; of several none is committed yet.
    if (waiting_.size() > 1) throw;
    throw OutcomeUnknown(error.what());
  }
}

void PostgresBatchStore::CommitAll() {
  try {
    First().connection->Execute("COMMIT");
  } catch (const ConnectionLost& error) {
    throw OutcomeUnknown(error.what());
  }
}

void PostgresBatchStore::Rollback() noexcept {
  auto& connection = First().connection;
  try {
    if (connection && waiting_.size() > 1) connection->Execute("ROLLBACK");
    if (connection && turns_ > 0) connection->Execute(kGiveUpTurn);
    if (connection && !connection->IsOpen()) connection.reset();
  } catch (const StoreError&) {
    // The server rolls back and unlocks when the session ends.
    connection.reset();
  }
  waiting_.clear();
  turns_ = 0;
}

void PostgresBatchStore::Connect(Session& session) {
  if (session.connection && session.connection->IsStale()) session.connection.reset();
  if (session.connection) return;
  auto connection = std::make_unique<PostgresConnection>(url_, settings_);
  SeenHeads seen;
  {
    const std::lock_guard guard(mutex_);
    seen = seen_;
  }
  BindEpochs(*connection, seen);
  // Prepared now, so that a loss while appending cannot have been one while preparing.
  connection->Prepare(kAppend);
  connection->Prepare(kLockBatch);
  const auto types = connection->Run(kRowTypes);
  const auto type = [&](std::size_t i) {
    return static_cast<std::uint32_t>(NumberAt(types, 0, i));
  };
  session.types = {.stream = type(0), .command = type(1), .event = type(2)};
  session.connection = std::move(connection);
}

bool PostgresBatchStore::Append(Session& session, const Encoded& batch, Turn turn) {
  const auto written = session.connection->Run(
      kAppend, static_cast<std::int16_t>(turn), NumberOf(batch.log), batch.before.epoch.value,
      batch.before.position.value, batch.before.batch, batch.head.position.value,
      batch.head.recorded_at.Micros(), batch.head.batch,
      pqxx::binarystring(batch.head.tree.Bytes()), batch.created.Parameter(),
      batch.moved.Parameter(), batch.commands.Parameter(), batch.events.Parameter());
  return TextAt(written, 0, 0) == "t";
}

void PostgresBatchStore::EnsurePartitions(Session& session, LogId log, Position position) {
  const std::lock_guard guard(partitions_mutex_);
  auto& upto = partitioned_upto_[log];
  // Asked for when the last partition begins to fill, a whole partition ahead.
  if (position.value < upto.value - kPartitionSize) return;
  session.connection->Run(kEnsurePartitions, NumberOf(log), position.value);
  upto = Position{(position.value / kPartitionSize + 2) * kPartitionSize};
}

void PostgresBatchStore::ThrowRefusal(Session& session, const PostgresError& error) {
  if (error.State() == kReadOnly) {
    // A new session finds the new primary, where the URL names several hosts.
    session.connection.reset();
    throw ConnectionLost(
        fmt::format("{} takes no writes any more: {}", url_.Shown(), error.what()));
  }
  if (error.State() != kLockNotAvailable) throw error;
  if (turns_ > 0) Rollback();
  throw StoreError(fmt::format("the head of the log is locked by {}: {}",
                               DescribeLockHolders(session), error.what()));
}

std::string PostgresBatchStore::DescribeLockHolders(Session& session) {
  try {
    const auto rows = session.connection->Execute(kSelectLockHolders);
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
