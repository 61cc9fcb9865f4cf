#include "persistence/postgres/postgres_keys.hpp"

#include <fmt/format.h>

#include "persistence/postgres/event_rows.hpp"
#include "persistence/postgres/migrations.hpp"

namespace docket {

namespace {

constexpr PostgresStatement kSelectKey{
    "select_key", "SELECT coalesce(secret, '') FROM docket.keys WHERE key = $1"};
constexpr PostgresStatement kInsertKey{
    "insert_key",
    "INSERT INTO docket.keys (key, secret) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING"};
constexpr PostgresStatement kDestroyKey{
    "destroy_key",
    "INSERT INTO docket.keys AS k (key, destroyed_at) VALUES ($1, clock_timestamp())"
    " ON CONFLICT (key) DO UPDATE SET secret = NULL, destroyed_at = clock_timestamp()"
    " WHERE k.destroyed_at IS NULL"};
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

  bool InsertIfAbsent(const KeyId& key, const std::string& secret_hex) override {
    return connections_.Reading([&](PostgresConnection& connection) {
      return connection.Run(kInsertKey, key.value, secret_hex).affected_rows() == 1;
    });
  }

  void Destroy(const KeyId& key) override {
    connections_.Reading([&](PostgresConnection& connection) {
      return connection.Run(kDestroyKey, key.value).affected_rows();
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

SessionSettings LoginSession(const PostgresKeysOptions& options) {
  return {.purpose = options.owner + " keys", .lock_timeout = std::chrono::minutes(2)};
}

/// Only a server can tell a database that is missing from one that cannot be reached; where the
/// key store is on another, that one must answer.
bool IsMissing(const PostgresKeysOptions& options) {
  if (options.keys.IsOnServerOf(options.log)) {
    PostgresConnection server(options.log, LoginSession(options));
    if (server.Run(kHasDatabase, options.keys.Database()).empty()) return true;
  }
  PostgresConnection keys(options.keys, LoginSession(options));
  return TextAt(keys.Execute(kHasKeys), 0, 0) != "t";
}

void CreateDatabase(const PostgresKeysOptions& options) {
  if (!options.keys.IsOnServerOf(options.log)) return;
  PostgresConnection server(options.log, LoginSession(options));
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
    PostgresConnection login(options.keys, LoginSession(options));
    MigratePostgres(login, PostgresMigrationsOf("keys"));
  }
  auto keys = std::make_unique<PostgresKeys>(std::make_unique<PostgresKeyTable>(
      options.keys, SessionSettings{.purpose = options.owner + " keys", .role = "docket_app"}));
  BindKeyStore(binding, keys->Id(), *options.settings);
  return keys;
}

}  // namespace docket
