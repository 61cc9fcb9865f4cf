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
    "INSERT INTO docket.keys (key, secret) SELECT k, s FROM unnest($1::text[], $2::text[]) AS x"
    " (k, s) ORDER BY k ON CONFLICT (key) DO NOTHING RETURNING key"};
constexpr PostgresStatement kDestroyKey{
    "destroy_key",
    "INSERT INTO docket.keys AS k (key, destroyed_at) VALUES ($1, clock_timestamp())"
    " ON CONFLICT (key) DO UPDATE SET secret = NULL, destroyed_at = clock_timestamp()"
    " WHERE k.destroyed_at IS NULL"};
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
constexpr const char* kInsufficientPrivilege = "42501";

class PostgresKeyTable : public KeyTable {
 public:
  PostgresKeyTable(const PostgresUrl& url, const SessionSettings& settings)
      : connections_(url, settings, 2) {}

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

  std::set<KeyId> InsertAbsent(const std::vector<NewKey>& keys) override {
    BinaryArray names(PostgresType::kText);
    BinaryArray secrets(PostgresType::kText);
    for (const auto& [key, secret] : keys) {
      names.AddText(key.value);
      secrets.AddText(secret);
    }
    return connections_.Reading([&](PostgresConnection& connection) {
      const auto rows = connection.Run(kInsertKeys, names.Parameter(), secrets.Parameter());
      std::set<KeyId> inserted;
      for (std::size_t i = 0; i < rows.size(); ++i) {
        inserted.emplace(std::string(TextAt(rows, i, 0)));
      }
      return inserted;
    });
  }

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
