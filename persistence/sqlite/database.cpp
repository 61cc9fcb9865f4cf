#include "persistence/sqlite/database.hpp"

#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "domain/ensure.hpp"

namespace docket {

namespace {

constexpr const char* kBegin = "BEGIN";
constexpr const char* kBeginImmediate = "BEGIN IMMEDIATE";
constexpr const char* kCommit = "COMMIT";
constexpr const char* kRollback = "ROLLBACK";
constexpr const char* kJournal = "PRAGMA journal_mode = WAL";
constexpr const char* kSingleFile = "PRAGMA journal_mode = DELETE";
// Takes the snapshot that a transaction reads from: before its first read it has none.
constexpr const char* kTouch = "SELECT count(*) FROM sqlite_master";
constexpr const char* kSynchronousFull = "PRAGMA synchronous = FULL";
constexpr const char* kSynchronousNormal = "PRAGMA synchronous = NORMAL";
constexpr const char* kSecureDelete = "PRAGMA secure_delete = ON";
constexpr const char* kForeignKeys = "PRAGMA foreign_keys = ON";
// REPLACE would otherwise delete rows without asking the append-only triggers.
constexpr const char* kRecursiveTriggers = "PRAGMA recursive_triggers = ON";

constexpr int kCopyPagesAStep = 1'000;

/// SQLite's own words name tables and files, never values.
[[noreturn]] void Fail(sqlite3* handle, int code, std::string_view doing) {
  const char* said = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  const std::string message = fmt::format("sqlite: {}: {}", doing, said);
  if ((code & 0xFF) == SQLITE_CONSTRAINT) throw ConstraintError(message);
  throw StoreError(message);
}

}  // namespace

Statement::~Statement() {
  if (prepared_ == nullptr) return;
  sqlite3_reset(prepared_);
  sqlite3_clear_bindings(prepared_);
}

bool Statement::Step() {
  const int code = sqlite3_step(prepared_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  Fail(sqlite3_db_handle(prepared_), code, "a statement failed");
}

void Statement::Reset() {
  sqlite3_reset(prepared_);
  bound_ = 0;
}

int Statement::Columns() const { return sqlite3_column_count(prepared_); }

bool Statement::IsNull(int column) const {
  return sqlite3_column_type(prepared_, column) == SQLITE_NULL;
}

bool Statement::IsInteger(int column) const {
  return sqlite3_column_type(prepared_, column) == SQLITE_INTEGER;
}

bool Statement::IsBlob(int column) const {
  return sqlite3_column_type(prepared_, column) == SQLITE_BLOB;
}

std::int64_t Statement::Integer(int column) const {
  return sqlite3_column_int64(prepared_, column);
}

std::string_view Statement::View(int column) const {
  const unsigned char* text = sqlite3_column_text(prepared_, column);
  if (text == nullptr) return {};
  return {reinterpret_cast<const char*>(text),
          static_cast<std::size_t>(sqlite3_column_bytes(prepared_, column))};
}

std::string Statement::Text(int column) const { return std::string(View(column)); }

void Statement::BindOne(std::int64_t value) {
  const int code = sqlite3_bind_int64(prepared_, ++bound_, value);
  if (code != SQLITE_OK) Fail(sqlite3_db_handle(prepared_), code, "binding a number");
}

void Statement::BindOne(std::string_view text) {
  // A null pointer would bind NULL, but an empty text is meant.
  const char* data = text.data() != nullptr ? text.data() : "";
  const int code =
      sqlite3_bind_text64(prepared_, ++bound_, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
  if (code != SQLITE_OK) Fail(sqlite3_db_handle(prepared_), code, "binding a text");
}

void Statement::BindOne(Blob blob) {
  const char* data = blob.bytes.data() != nullptr ? blob.bytes.data() : "";
  const int code = sqlite3_bind_blob64(prepared_, ++bound_, data, blob.bytes.size(), SQLITE_STATIC);
  if (code != SQLITE_OK) Fail(sqlite3_db_handle(prepared_), code, "binding bytes");
}

void Statement::BindOne(std::nullopt_t) {
  const int code = sqlite3_bind_null(prepared_, ++bound_);
  if (code != SQLITE_OK) Fail(sqlite3_db_handle(prepared_), code, "binding nothing");
}

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
void Database::Finalize::operator()(sqlite3_stmt* prepared) const { sqlite3_finalize(prepared); }

Database::Database(const std::string& path, const DatabaseOptions& options) : path_(path) {
  const int flags =
      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
      (options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &opened, flags, nullptr);
  handle_.reset(opened);
  if (code != SQLITE_OK) Fail(opened, code, fmt::format("cannot open {}", path));
  sqlite3_busy_timeout(opened, kBusyTimeoutMillis);
  if (!options.read_only) {
    Execute(options.single_file ? kSingleFile : kJournal);
    Execute(options.synchronous_full ? kSynchronousFull : kSynchronousNormal);
    if (options.secure_delete) Execute(kSecureDelete);
    Execute(kRecursiveTriggers);
    sqlite3_wal_autocheckpoint(opened, kWalAutocheckpointPages);
  }
  Execute(kForeignKeys);
}

Database::~Database() = default;

Statement Database::Prepare(std::string_view sql) {
  auto& slot = prepared_[std::string(sql)];
  if (!slot) {
    sqlite3_stmt* prepared = nullptr;
    const int code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
    slot.reset(prepared);
    if (code != SQLITE_OK) Fail(handle_.get(), code, fmt::format("preparing in {}", path_));
  }
  ENSURE(sqlite3_stmt_busy(slot.get()) == 0, "a statement is used twice at once: {}", sql);
  return Statement(slot.get());
}

void Database::Execute(const std::string& script) {
  const int code = sqlite3_exec(handle_.get(), script.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) Fail(handle_.get(), code, path_);
}

void Database::CopyTo(Database& target, const CopyProgress& progress) {
  // One snapshot from the first page to the last: SQLite begins again otherwise whenever another
  // process has written.
  const Snapshot snapshot(*this);
  Prepare(kTouch).Step();
  const auto finish = [](sqlite3_backup* backup) { sqlite3_backup_finish(backup); };
  std::unique_ptr<sqlite3_backup, decltype(finish)> backup(
      sqlite3_backup_init(target.handle_.get(), "main", handle_.get(), "main"), finish);
  if (!backup) {
    Fail(target.handle_.get(), sqlite3_errcode(target.handle_.get()),
         fmt::format("copying to {}", target.Path()));
  }
  int code = SQLITE_OK;
  while (code == SQLITE_OK) {
    code = sqlite3_backup_step(backup.get(), kCopyPagesAStep);
    const std::int64_t total = sqlite3_backup_pagecount(backup.get());
    if (progress) progress(total - sqlite3_backup_remaining(backup.get()), total);
  }
  if (code != SQLITE_DONE) Fail(nullptr, code, fmt::format("copying to {}", target.Path()));
}

std::int64_t Database::Changes() const { return sqlite3_changes64(handle_.get()); }

bool Database::InTransaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

Transaction::Transaction(Database& database) : database_(database) {
  database_.Prepare(kBeginImmediate).Run();
}

Transaction::~Transaction() {
  // After some failures SQLite has rolled back by itself.
  if (!open_ || !database_.InTransaction()) return;
  try {
    database_.Prepare(kRollback).Run();
  } catch (const StoreError&) {
    // The connection is broken; the journal undoes the transaction when the file is next opened.
  }
}

void Transaction::Commit() {
  database_.Prepare(kCommit).Run();
  open_ = false;
}

Snapshot::Snapshot(Database& database) : database_(database) { database_.Prepare(kBegin).Run(); }

Snapshot::~Snapshot() {
  try {
    database_.Prepare(kRollback).Run();
  } catch (const StoreError&) {
    // Nothing was written: there is nothing to undo.
  }
}

}  // namespace docket
