#include "persistence/sqlite/sqlite_store.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <fstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/ensure.hpp"
#include "domain/evidence/frontier.hpp"
#include "persistence/ids/random_uuid.hpp"
#include "persistence/sodium.hpp"
#include "persistence/sqlite/event_rows.hpp"
#include "persistence/sqlite/key_binding.hpp"
#include "persistence/sqlite/key_store.hpp"
#include "persistence/sqlite/migrations.hpp"
#include "persistence/sqlite/sqlite_credentials.hpp"
#include "persistence/sqlite/sqlite_log.hpp"

namespace docket {

namespace {

constexpr const char* kSelectSetting = "SELECT value FROM settings WHERE name = ?";
constexpr const char* kUpsertSetting =
    "INSERT INTO settings (name, value) VALUES (?, ?)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value";
constexpr const char* kSelectLatest = "SELECT max(recorded_at) FROM heads";
constexpr const char* kInsertHead =
    "INSERT INTO heads (log, epoch, position, recorded_at) VALUES (?, '', 0, 0)"
    " ON CONFLICT (log) DO NOTHING";
constexpr const char* kInsertEpoch =
    "INSERT INTO epochs (log, epoch, minted_at, fork_position, store)"
    " SELECT log, ?, ?, position, ? FROM heads WHERE log = ?";
constexpr const char* kUpdateEpoch = "UPDATE heads SET epoch = ? WHERE log = ?";

constexpr const char* kFileId = "file_id";
constexpr const char* kFingerprint = "file_fingerprint";
constexpr const char* kMark = "mark";
constexpr const char* kPreviousMark = "previous_mark";

constexpr const char* kDeleteSetting = "DELETE FROM settings WHERE name = ?";

constexpr const char* kHasTree = "SELECT position = 0 OR length(tree) > 0 FROM heads WHERE log = ?";
constexpr const char* kUpdateTree = "UPDATE heads SET tree = ? WHERE log = ?";

constexpr std::array kLogs = {LogId::kCases, LogId::kAccess};
constexpr std::int64_t kTreePage = 10'000;

/// Which file this is to the operating system. A copy or a restored file is another one.
std::string FingerprintOf(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) throw StoreError(fmt::format("cannot stat {}", path));
  return fmt::format("{}:{}", status.st_dev, status.st_ino);
}

std::string ReadMark(const std::string& path) {
  std::ifstream file(path);
  std::string mark;
  std::getline(file, mark);
  return mark;
}

void WriteMark(const std::string& path, const std::string& mark) {
  const std::string next = path + ".new";
  const int file = open(next.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) throw StoreError(fmt::format("cannot write {}", next));
  const std::string line = mark + "\n";
  const bool written = write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                       fsync(file) == 0;
  close(file);
  if (!written || std::rename(next.c_str(), path.c_str()) != 0) {
    throw StoreError(fmt::format("cannot write {}", path));
  }
}

std::int64_t MachineMicros() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::optional<std::string> ReadSetting(Database& database, std::string_view name) {
  auto query = database.Prepare(kSelectSetting);
  query.Bind(name);
  if (!query.Step()) return std::nullopt;
  return query.Text(0);
}

void WriteSetting(Database& database, const SqliteStore::Setting& setting) {
  database.Prepare(kUpsertSetting).Bind(setting.name, setting.value).Run();
}

bool HasTree(Database& database, LogId log) {
  auto query = database.Prepare(kHasTree);
  query.Bind(static_cast<std::int64_t>(log));
  // A log that nobody has opened yet has no head, either.
  return !query.Step() || query.Integer(0) != 0;
}

Frontier TreeOf(Database& database, LogId log) {
  Frontier tree;
  for (;;) {
    auto query = database.Prepare(EventSqlOf(log).read_log);
    query.Bind(tree.Size(), kTreePage);
    const std::int64_t before = tree.Size();
    while (query.Step()) tree.Add(ReadEventRow(query).leaf_hash);
    if (tree.Size() - before < kTreePage) return tree;
  }
}

bool IsSameFile(Database& log, const SqlitePaths& paths) {
  const auto fingerprint = ReadSetting(log, kFingerprint);
  if (!fingerprint || *fingerprint != FingerprintOf(paths.log)) return false;
  // A backup copied over the file in place keeps its inode, but brings an older mark with it.
  const std::string beside = ReadMark(paths.mark);
  const auto is = [&](const char* name) { return ReadSetting(log, name) == beside; };
  return !beside.empty() && (is(kMark) || is(kPreviousMark));
}

}  // namespace

SqliteStore::SqliteStore(SqliteStoreOptions options)
    : options_(std::move(options)),
      views_(options_.paths),
      side_({.path = options_.paths.log}),
      documents_({.path = options_.paths.documents,
                  .read_only = options_.access == StoreAccess::kReader}) {
  StartSodium();
  if (options_.access == StoreAccess::kReader) {
    own_ = std::make_unique<Database>(options_.paths.log, DatabaseOptions{.read_only = true});
    CheckMigrated(*own_, MigrationsOf("log"));
    file_id_ = ReadSetting(*own_, kFileId).value_or("");
    return;
  }
  lock_.emplace(StoreLock::Options{.path = options_.paths.lock, .owner = options_.owner});
  own_ = std::make_unique<Database>(options_.paths.log);
  Migrate(*own_, MigrationsOf("log"));
  Database documents(options_.paths.documents);
  Migrate(documents, MigrationsOf("documents"));
  BindEpochs();
  CompleteTrees(*own_);
}

SqliteStore::~SqliteStore() {
  if (options_.access == StoreAccess::kReader) return;
  try {
    LeaveMark();
  } catch (const StoreError&) {
    // The mark of the start still stands: only a backup taken since would pass for the original.
  }
}

std::unique_ptr<StoreLog> SqliteStore::OpenLog(const Clock& clock, AppenderLimits limits) {
  return std::make_unique<SqliteLog>(*this, clock, limits);
}

std::unique_ptr<KeyStore> SqliteStore::OpenKeys(LostKeys lost) {
  BindKeys(*this, lost);
  return std::make_unique<SqliteKeys>(options_.paths, options_.keks);
}

std::unique_ptr<CredentialTable> SqliteStore::OpenCredentials() {
  return OpenSqliteCredentials(options_.paths);
}

std::unique_ptr<Database> SqliteStore::OpenLogWriter() const {
  if (options_.access == StoreAccess::kReader) {
    throw StoreError(fmt::format("{} was opened for reading only", options_.paths.log));
  }
  return std::make_unique<Database>(options_.paths.log);
}

std::unique_ptr<Database> SqliteStore::OpenLogReader() const {
  return std::make_unique<Database>(options_.paths.log, DatabaseOptions{.read_only = true});
}

std::optional<std::string> SqliteStore::FindSetting(const std::string& name) const {
  const std::lock_guard guard(mutex_);
  return ReadSetting(*own_, name);
}

void SqliteStore::Write(const Setting& setting) {
  const std::lock_guard guard(mutex_);
  WriteSetting(*own_, setting);
}

Instant SqliteStore::LatestRecordedAt() const {
  const std::lock_guard guard(mutex_);
  auto query = own_->Prepare(kSelectLatest);
  ENSURE(query.Step(), "an aggregate has a row");
  return Instant::FromMicros(query.Integer(0));
}

void SqliteStore::BindEpochs() {
  if (!IsSameFile(*own_, options_.paths)) MintEpochs();
  file_id_ = ReadSetting(*own_, kFileId).value();
  LeaveMark();
}

void SqliteStore::MintEpochs() {
  Transaction transaction(*own_);
  const std::string file_id = RandomUuid();
  WriteSetting(*own_, {kFileId, file_id});
  WriteSetting(*own_, {kFingerprint, FingerprintOf(options_.paths.log)});
  for (const LogId log : kLogs) {
    const auto number = static_cast<std::int64_t>(log);
    const std::string epoch = RandomUuid();
    own_->Prepare(kInsertHead).Bind(number).Run();
    own_->Prepare(kInsertEpoch).Bind(epoch, MachineMicros(), file_id, number).Run();
    own_->Prepare(kUpdateEpoch).Bind(epoch, number).Run();
  }
  transaction.Commit();
}

void SqliteStore::LeaveMark() {
  const std::lock_guard guard(mutex_);
  const std::string mark = RandomUuid();
  Transaction transaction(*own_);
  // The previous one counts too, in case the machine stops before the new one is beside the file.
  WriteSetting(*own_, {kPreviousMark, ReadMark(options_.paths.mark)});
  WriteSetting(*own_, {kMark, mark});
  transaction.Commit();
  WriteMark(options_.paths.mark, mark);
}

void CompleteTrees(Database& database) {
  for (const LogId log : kLogs) {
    Transaction transaction(database);
    if (HasTree(database, log)) continue;
    const std::string tree = TreeOf(database, log).Bytes();
    database.Prepare(kUpdateTree).Bind(Blob{tree}, static_cast<std::int64_t>(log)).Run();
    transaction.Commit();
  }
}

bool IsWhereItWasLeft(const SqlitePaths& paths) {
  Database log(paths.log, {.read_only = true});
  return IsSameFile(log, paths);
}

void ForgetFile(Database& log) {
  Transaction transaction(log);
  for (const char* name : {kFingerprint, kMark, kPreviousMark}) {
    log.Prepare(kDeleteSetting).Bind(name).Run();
  }
  transaction.Commit();
}

}  // namespace docket
