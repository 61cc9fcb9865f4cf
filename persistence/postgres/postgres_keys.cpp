#include "persistence/postgres/postgres_keys.hpp"

#include <fmt/format.h>

#include "persistence/postgres/binary_array.hpp"
#include "persistence/postgres/event_rows.hpp"
#include "persistence/postgres/migrations.hpp"

namespace docket {

namespace {

constexpr PostgresStatement kSelectKey{
    "select_key", "SELECT coalesce(secret, '') FROM docket.keys WHERE key = $1"};
// In order, so that two processes that make the same keys do not wait for each other in a ring.
constexpr PostgresStatement kInsertKeys{
    "insert_keys",
    "WITH made AS (INSERT INTO docket.keys (key, secret)"
    " SELECT k, s FROM unnest($1::text[], $2::text[]) AS x (k, s) ORDER BY k"
    " ON CONFLICT (key) DO NOTHING RETURNING key),"
    " indexed AS (INSERT INTO docket.person_index (digest, key)"
    " SELECT d, k FROM unnest($3::text[], $4::text[]) AS y (d, k) WHERE NOT EXISTS"
    " (SELECT FROM docket.keys AS z WHERE z.key = y.k AND z.destroyed_at IS NOT NULL)"
    " ORDER BY d, k ON CONFLICT (digest, key) DO NOTHING)"
    " SELECT key FROM made"};
constexpr PostgresStatement kDestroyKey{
    "destroy_key",
    "WITH gone AS (DELETE FROM docket.person_index WHERE key = $1)"
    " INSERT INTO docket.keys AS k (key, destroyed_at) VALUES ($1, clock_timestamp())"
    " ON CONFLICT (key) DO UPDATE SET secret = NULL, destroyed_at = clock_timestamp()"
    " WHERE k.destroyed_at IS NULL"};
constexpr PostgresStatement kSelectRows{
    "select_person_index",
    "SELECT digest, key FROM docket.person_index WHERE digest = ANY ($1::text[])"
    " ORDER BY digest, key"};
// The rows' old versions stay in the tables' files until these are written anew.
constexpr const char* kScrubKeys = "VACUUM (FULL) docket.keys";
constexpr const char* kScrubIndex = "VACUUM (FULL) docket.person_index";
constexpr PostgresStatement kSelectAfter{
    "select_keys_after",
    "SELECT key, coalesce(secret, '') FROM docket.keys WHERE key > $1 ORDER BY key LIMIT $2"};
constexpr PostgresStatement kReplaceSecrets{
    "replace_secrets",
    "UPDATE docket.keys AS k SET secret = x.after"
    " FROM (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) AS u (key, before, after)"
    " ORDER BY key) AS x"
    " WHERE k.key = x.key AND k.secret = x.before AND k.destroyed_at IS NULL"};
constexpr PostgresStatement kSelectSetting{"select_key_setting",
                                           "SELECT value FROM docket.settings WHERE name = $1"};
constexpr PostgresStatement kUpsertSetting{
    "upsert_key_setting",
    "INSERT INTO docket.settings (name, value) VALUES ($1, $2)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"};
constexpr const char* kSelectId = "SELECT value FROM docket.settings WHERE name = 'id'";
constexpr PostgresStatement kHasDatabase{"has_database",
                                         "SELECT 1 FROM pg_database WHERE datname = $1"};
constexpr const char* kHasKeys = "SELECT to_regclass('docket.keys') IS NOT NULL";

constexpr const char* kDuplicateDatabase = "42P04";
constexpr const char* kUniqueViolation = "23505";

class PostgresKeyTable : public KeyTable {
 public:
  PostgresKeyTable(const PostgresUrl& url, const SessionSettings& settings)
      : url_(url), settings_(settings), connections_(url, settings, 2) {}

  // Each of these may be done twice with the same result, so a lost connection is tried again.

  std::optional<Row> Find(const KeyId& key) const override {
    return connections_.Reading([&](PostgresConnection& connection) -> std::optional<Row> {
      const auto rows = connection.Run(kSelectKey, key.value);
      if (rows.empty()) return std::nullopt;
      std::string secret(TextAt(rows, 0, 0));
      const bool destroyed = secret.empty();
      return Row{std::move(secret), destroyed};
    });
  }

  std::set<KeyId> InsertAbsent(const std::vector<NewKey>& keys,
                               const std::vector<IndexRow>& rows) override {
    BinaryArray names(PostgresType::kText);
    BinaryArray secrets(PostgresType::kText);
    for (const auto& [key, secret] : keys) {
      names.AddText(key.value);
      secrets.AddText(secret);
    }
    BinaryArray digests(PostgresType::kText);
    BinaryArray owners(PostgresType::kText);
    for (const auto& [digest, key] : rows) {
      digests.AddText(digest);
      owners.AddText(key.value);
    }
    return connections_.Reading([&](PostgresConnection& connection) {
      const auto made = connection.Run(kInsertKeys, names.Parameter(), secrets.Parameter(),
                                       digests.Parameter(), owners.Parameter());
      std::set<KeyId> inserted;
      for (std::size_t i = 0; i < made.size(); ++i) {
        inserted.emplace(std::string(TextAt(made, i, 0)));
      }
      return inserted;
    });
  }

  std::vector<IndexRow> FindRows(const std::vector<std::string>& digests) const override {
    BinaryArray wanted(PostgresType::kText);
    for (const auto& digest : digests) wanted.AddText(digest);
    return connections_.Reading([&](PostgresConnection& connection) {
      const auto found = connection.Run(kSelectRows, wanted.Parameter());
      std::vector<IndexRow> rows;
      for (std::size_t i = 0; i < found.size(); ++i) {
        rows.push_back({std::string(TextAt(found, i, 0)), KeyId(std::string(TextAt(found, i, 1)))});
      }
      return rows;
    });
  }

  /// As the login itself, whose tables they are: only an owner may write them anew.
  void Scrub() override {
    SessionSettings settings = settings_;
    settings.role.clear();
    PostgresConnection login(url_, settings);
    login.Execute(kScrubKeys);
    login.Execute(kScrubIndex);
  }
  bool IsShared() const override { return true; }

  void Destroy(const KeyId& key) override {
    connections_.Reading([&](PostgresConnection& connection) {
      return connection.Run(kDestroyKey, key.value).affected_rows();
    });
  }

  std::vector<NamedRow> ReadAfter(const KeyId& after, std::size_t limit) const override {
    return connections_.Reading([&](PostgresConnection& connection) {
      const auto found =
          connection.Run(kSelectAfter, after.value, static_cast<std::int64_t>(limit));
      std::vector<NamedRow> rows;
      for (std::size_t i = 0; i < found.size(); ++i) {
        std::string secret(TextAt(found, i, 1));
        const bool destroyed = secret.empty();
        rows.push_back({KeyId(std::string(TextAt(found, i, 0))), {std::move(secret), destroyed}});
      }
      return rows;
    });
  }

  void Replace(const std::vector<Rewrap>& rewraps) override {
    BinaryArray names(PostgresType::kText);
    BinaryArray before(PostgresType::kText);
    BinaryArray after(PostgresType::kText);
    for (const auto& [key, from, to] : rewraps) {
      names.AddText(key.value);
      before.AddText(from);
      after.AddText(to);
    }
    connections_.Reading([&](PostgresConnection& connection) {
      return connection
          .Run(kReplaceSecrets, names.Parameter(), before.Parameter(), after.Parameter())
          .affected_rows();
    });
  }

  std::optional<std::string> FindSetting(const std::string& name) const override {
    return connections_.Reading([&](PostgresConnection& connection) -> std::optional<std::string> {
      const auto rows = connection.Run(kSelectSetting, name);
      if (rows.empty()) return std::nullopt;
      return std::string(TextAt(rows, 0, 0));
    });
  }

  void Write(const StoreSettings::Setting& setting) override {
    connections_.Reading([&](PostgresConnection& connection) {
      return connection.Run(kUpsertSetting, setting.name, setting.value).affected_rows();
    });
  }

  std::string Id() const override {
    return connections_.Reading([](PostgresConnection& connection) {
      return std::string(TextAt(connection.Execute(kSelectId), 0, 0));
    });
  }

 private:
  const PostgresUrl url_;
  const SessionSettings settings_;
  mutable PostgresPool connections_;
};

SessionSettings LoginSession(const std::string& owner) {
  return {.purpose = owner + " keys", .lock_timeout = std::chrono::minutes(2)};
}

std::unique_ptr<KeyTable> TableOf(const PostgresUrl& keys, const std::string& owner) {
  return std::make_unique<PostgresKeyTable>(
      keys, SessionSettings{.purpose = owner + " keys", .role = "docket_app"});
}

/// Only a server can tell a database that is missing from one that cannot be reached; where the
/// key store is on another, that one must answer.
bool IsMissing(const PostgresKeysOptions& options) {
  if (options.keys.IsOnServerOf(options.log)) {
    PostgresConnection server(options.log, LoginSession(options.owner));
    if (server.Run(kHasDatabase, options.keys.Database()).empty()) return true;
  }
  PostgresConnection keys(options.keys, LoginSession(options.owner));
  return TextAt(keys.Execute(kHasKeys), 0, 0) != "t";
}

void CreateDatabase(const PostgresKeysOptions& options) {
  if (!options.keys.IsOnServerOf(options.log)) return;
  PostgresConnection server(options.log, LoginSession(options.owner));
  if (!server.Run(kHasDatabase, options.keys.Database()).empty()) return;
  try {
    server.Execute("CREATE DATABASE " + server.Raw().quote_name(options.keys.Database()) +
                   " TEMPLATE template0 ENCODING 'UTF8'");
  } catch (const PostgresError& error) {
    // Another process was faster.
    if (error.State() == kDuplicateDatabase || error.State() == kUniqueViolation) return;
    if (error.State() != kInsufficientPrivilege) throw;
    throw StoreError(
        fmt::format("the key store {} is missing and this login may not create it: "
                    "create the database, or name another key store",
                    options.keys.Shown()));
  }
}

}  // namespace

std::unique_ptr<KeyStore> OpenPostgresKeys(const PostgresKeysOptions& options) {
  const KeyBinding binding{.needed = options.needed,
                           .missing = IsMissing(options),
                           .keys = options.keys.Shown(),
                           .log = options.log.Shown()};
  RefuseMissingKeys(binding, options.lost);
  if (binding.missing) CreateDatabase(options);
  {
    PostgresConnection login(options.keys, LoginSession(options.owner));
    MigratePostgres(login, PostgresMigrationsOf("keys"));
  }
  auto keys = std::make_unique<PostgresKeys>(TableOf(options.keys, options.owner), options.keks);
  BindKeyStore(binding, keys->Id(), *options.settings);
  return keys;
}

std::unique_ptr<KeyTable> OpenPostgresKeyTable(const PostgresUrl& keys, const std::string& owner) {
  {
    PostgresConnection login(keys, LoginSession(owner));
    if (TextAt(login.Execute(kHasKeys), 0, 0) != "t") {
      throw StoreError(fmt::format("{} is no key store", keys.Shown()));
    }
    MigratePostgres(login, PostgresMigrationsOf("keys"));
  }
  return TableOf(keys, owner);
}

}  // namespace docket
