#include "persistence/sqlite/key_store.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/ensure.hpp"
#include "persistence/ids/random_uuid.hpp"
#include "persistence/sqlite/database.hpp"
#include "persistence/sqlite/migrations.hpp"

namespace docket {

namespace {

constexpr const char* kSelectKey =
    "SELECT secret, destroyed_at IS NOT NULL FROM keys WHERE key = ?";
constexpr const char* kInsertKey =
    "INSERT INTO keys (key, secret) VALUES (?, ?) ON CONFLICT (key) DO NOTHING";
constexpr const char* kInsertAbsent =
    "INSERT INTO keys (key, secret) VALUES (?, NULL) ON CONFLICT (key) DO NOTHING";
// Overwritten in place first, then let go: the same number of bytes in the same cell.
constexpr const char* kOverwriteKey =
    "UPDATE keys SET secret = hex(zeroblob(length(secret) / 2))"
    " WHERE key = ? AND secret IS NOT NULL AND destroyed_at IS NULL";
constexpr const char* kDestroyKey =
    "UPDATE keys SET secret = NULL, destroyed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
    " WHERE key = ? AND destroyed_at IS NULL";
constexpr const char* kInsertId =
    "INSERT INTO settings (name, value) VALUES ('id', ?) ON CONFLICT (name) DO NOTHING";
constexpr const char* kSelectId = "SELECT value FROM settings WHERE name = 'id'";
constexpr const char* kSelectKeySetting = "SELECT value FROM settings WHERE name = ?";
constexpr const char* kUpsertKeySetting =
    "INSERT INTO settings (name, value) VALUES (?, ?)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value";
constexpr const char* kSelectAfter =
    "SELECT key, secret, destroyed_at IS NOT NULL FROM keys WHERE key > ? ORDER BY key LIMIT ?";
constexpr const char* kReplaceSecret =
    "UPDATE keys SET secret = ? WHERE key = ? AND secret = ? AND destroyed_at IS NULL";
constexpr const char* kTruncateJournal = "PRAGMA wal_checkpoint(TRUNCATE)";
constexpr const char* kInsertRow =
    "INSERT INTO person_index (digest, key) SELECT ?1, ?2 WHERE NOT EXISTS"
    " (SELECT 1 FROM keys WHERE key = ?2 AND destroyed_at IS NOT NULL)"
    " ON CONFLICT (digest, key) DO NOTHING";
constexpr const char* kDeleteRows = "DELETE FROM person_index WHERE key = ?";
constexpr const char* kSelectRows = "SELECT digest, key FROM person_index WHERE digest = ?";

/// The file with its rights, before SQLite gives it the process's default ones.
std::string CreatePrivately(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  const bool made = file >= 0 && fchmod(file, 0600) == 0;
  const int reason = errno;
  if (file >= 0) close(file);
  if (!made) throw StoreError(fmt::format("cannot open {}: {}", path, std::strerror(reason)));
  return path;
}

class SqliteKeyTable : public KeyTable {
 public:
  explicit SqliteKeyTable(const SqlitePaths& paths)
      : database_(CreatePrivately(paths.keys), DatabaseOptions{.secure_delete = true}) {
    Migrate(database_, MigrationsOf("keys"));
    database_.Prepare(kInsertId).Bind(RandomUuid()).Run();
  }

  std::optional<Row> Find(const KeyId& key) const override {
    const std::lock_guard guard(mutex_);
    auto query = database_.Prepare(kSelectKey);
    query.Bind(key.value);
    if (!query.Step()) return std::nullopt;
    const bool destroyed = query.Integer(1) != 0 || query.IsNull(0);
    return Row{destroyed ? "" : query.Text(0), destroyed};
  }

  std::set<KeyId> InsertAbsent(const std::vector<NewKey>& keys,
                               const std::vector<IndexRow>& rows) override {
    const std::lock_guard guard(mutex_);
    std::set<KeyId> inserted;
    Transaction transaction(database_);
    for (const auto& [key, secret] : keys) {
      database_.Prepare(kInsertKey).Bind(key.value, secret).Run();
      if (database_.Changes() == 1) inserted.insert(key);
    }
    for (const auto& [digest, key] : rows) {
      database_.Prepare(kInsertRow).Bind(digest, key.value).Run();
    }
    transaction.Commit();
    return inserted;
  }

  void Destroy(const KeyId& key) override;
  void Scrub() override;
  bool IsShared() const override { return false; }

  std::vector<IndexRow> FindRows(const std::vector<std::string>& digests) const override {
    const std::lock_guard guard(mutex_);
    std::set<IndexRow> rows;
    for (const auto& digest : digests) {
      auto query = database_.Prepare(kSelectRows);
      query.Bind(digest);
      while (query.Step()) rows.insert({query.Text(0), KeyId(query.Text(1))});
    }
    return {rows.begin(), rows.end()};
  }

  std::vector<NamedRow> ReadAfter(const KeyId& after, std::size_t limit) const override {
    const std::lock_guard guard(mutex_);
    auto query = database_.Prepare(kSelectAfter);
    query.Bind(after.value, static_cast<std::int64_t>(limit));
    std::vector<NamedRow> rows;
    while (query.Step()) {
      const bool destroyed = query.Integer(2) != 0 || query.IsNull(1);
      rows.push_back({KeyId(query.Text(0)), {destroyed ? "" : query.Text(1), destroyed}});
    }
    return rows;
  }

  void Replace(const std::vector<Rewrap>& rewraps) override;

  std::optional<std::string> FindSetting(const std::string& name) const override {
    const std::lock_guard guard(mutex_);
    auto query = database_.Prepare(kSelectKeySetting);
    query.Bind(name);
    if (!query.Step()) return std::nullopt;
    return query.Text(0);
  }

  void Write(const StoreSettings::Setting& setting) override {
    const std::lock_guard guard(mutex_);
    database_.Prepare(kUpsertKeySetting).Bind(setting.name, setting.value).Run();
  }

  std::string Id() const override {
    const std::lock_guard guard(mutex_);
    auto query = database_.Prepare(kSelectId);
    ENSURE(query.Step(), "the key store has an id");
    return query.Text(0);
  }

 private:
  mutable std::mutex mutex_;  ///< Guards database_.
  mutable Database database_;
};

void SqliteKeyTable::Replace(const std::vector<Rewrap>& rewraps) {
  const std::lock_guard guard(mutex_);
  {
    Transaction transaction(database_);
    for (const auto& [key, from, to] : rewraps) {
      database_.Prepare(kReplaceSecret).Bind(to, key.value, from).Run();
    }
    transaction.Commit();
  }
  // What a server that reads just now keeps of the journal goes with the next batch, or at its end.
  database_.Prepare(kTruncateJournal).Step();
}

void SqliteKeyTable::Destroy(const KeyId& key) {
  const std::lock_guard guard(mutex_);
  {
    Transaction transaction(database_);
    database_.Prepare(kInsertAbsent).Bind(key.value).Run();
    database_.Prepare(kOverwriteKey).Bind(key.value).Run();
    transaction.Commit();
  }
  {
    Transaction transaction(database_);
    database_.Prepare(kDestroyKey).Bind(key.value).Run();
    database_.Prepare(kDeleteRows).Bind(key.value).Run();
    transaction.Commit();
  }
  // The journal still holds the page as it was; this empties it.
  auto truncate = database_.Prepare(kTruncateJournal);
  if (!truncate.Step() || truncate.Integer(0) != 0) {
    throw StoreError(
        "the key was destroyed, but somebody reading the key store kept its journal; "
        "destroy it again");
  }
}

void SqliteKeyTable::Scrub() {
  const std::lock_guard guard(mutex_);
  // Where pages were split or merged, cells that moved may still stand where they were.
  // The copy that this makes holds the other keys: not on a disk where it would be forgotten.
  database_.Execute("PRAGMA temp_store = MEMORY; VACUUM");
  auto truncate = database_.Prepare(kTruncateJournal);
  if (!truncate.Step() || truncate.Integer(0) != 0) {
    throw StoreError("somebody reading the key store kept its journal; it is not scrubbed yet");
  }
}

}  // namespace

std::unique_ptr<KeyTable> OpenSqliteKeyTable(const SqlitePaths& paths) {
  return std::make_unique<SqliteKeyTable>(paths);
}

SqliteKeys::SqliteKeys(const SqlitePaths& paths, std::shared_ptr<KeyEncryption> keks)
    : TableKeys(OpenSqliteKeyTable(paths), std::move(keks)) {}

}  // namespace docket
