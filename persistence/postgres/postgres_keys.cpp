#include "persistence/postgres/postgres_keys.hpp"

#include <fmt/format.h>

#include "persistence/postgres/binary_array.hpp"
#include "persistence/postgres/event_rows.hpp"
#include "persistence/postgres/migrations.hpp"

namespace docket {

namespace {

constexpr PostgresStatement kSelectKey{
    "select_key", "SELECT coalesce(secret, '') FROM docket.keys WHERE key = $1"};
// What was there before is seen by the second half, what is made now by the first.
constexpr PostgresStatement kInsertKeys{
    "insert_keys",
    "WITH made AS (INSERT INTO docket.keys (key, secret)"
    "   SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT (key) DO NOTHING"
    "   RETURNING key, secret)"
    " SELECT key, secret FROM made"
    " UNION ALL SELECT key, coalesce(secret, '') FROM docket.keys WHERE key = ANY ($1::text[])"};
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
      : connections_(url, settings) {}

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

  std::map<KeyId, Row> Insert(const std::map<KeyId, std::string>& secrets) override {
    BinaryArray names(PostgresType::kText), values(PostgresType::kText);
    for (const auto& [key, secret] : secrets) {
      names.AddText(key.value);
      values.AddText(secret);
    }
    return connections_.Reading([&](PostgresConnection& connection) {
      const auto stored = connection.Run(kInsertKeys, names.Parameter(), values.Parameter());
      std::map<KeyId, Row> rows;
      for (std::size_t i = 0; i < stored.size(); ++i) {
        std::string secret(TextAt(stored, i, 1));
        const bool destroyed = secret.empty();
        rows.emplace(KeyId(std::string(TextAt(stored, i, 0))), Row{std::move(secret), destroyed});
      }
      return rows;
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
