#include "persistence/postgres/postgres_store.hpp"

#include <fmt/format.h>

#include "persistence/postgres/epoch_binding.hpp"
#include "persistence/postgres/event_rows.hpp"
#include "persistence/postgres/migrations.hpp"
#include "persistence/postgres/postgres_credentials.hpp"
#include "persistence/postgres/postgres_keys.hpp"
#include "persistence/postgres/postgres_log.hpp"

namespace docket {

namespace {

constexpr PostgresStatement kSelectSetting{"select_setting",
                                           "SELECT value FROM docket.settings WHERE name = $1"};
constexpr PostgresStatement kUpsertSetting{
    "upsert_setting",
    "INSERT INTO docket.settings (name, value) VALUES ($1, $2)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"};
constexpr PostgresStatement kSelectLatest{"select_latest",
                                          "SELECT max(recorded_at) FROM docket.heads"};
// Every command leaves a digest under a key: without one no key is needed yet.
constexpr PostgresStatement kSelectAnyCommand{"select_any_command",
                                              "SELECT 1 FROM docket.commands LIMIT 1"};

constexpr const char* kAppRole = "docket_app";
constexpr const char* kReaderRole = "docket_reader";

}  // namespace

PostgresStore::PostgresStore(PostgresStoreOptions options)
    : options_(std::move(options)),
      sessions_(options_.url, SessionFor("settings")),
      leases_(options_.url, SessionFor("lease")),
      views_(options_.url,
             {.reading = SessionFor("views"),
              .writing = {.purpose = options_.owner + " building views", .role = kAppRole}}),
      side_(options_.url, SessionFor("tables")) {
  {
    PostgresConnection login(options_.url, {.purpose = options_.owner + " opening",
                                            .lock_timeout = std::chrono::minutes(2)});
    const auto migrations = PostgresMigrationsOf("log");
    if (options_.access == StoreAccess::kReader) {
      CheckPostgresMigrated(login, migrations);
      return;
    }
    MigratePostgres(login, migrations);
  }
  PostgresConnection session(options_.url, LogSessionFor("opening"));
  BindEpochs(session, {});
}

std::unique_ptr<StoreLog> PostgresStore::OpenLog(const Clock& clock, AppenderLimits limits) {
  return std::make_unique<PostgresLog>(options_.url,
                                       PostgresLog::Sessions{.writer = LogSessionFor("appender"),
                                                             .reader = LogSessionFor("reader"),
                                                             .wakeups = SessionFor("wake-ups")},
                                       options_.access, clock, limits);
}

std::unique_ptr<KeyStore> PostgresStore::OpenKeys(LostKeys lost) {
  const bool needed = sessions_.Reading(
      [](PostgresConnection& connection) { return !connection.Run(kSelectAnyCommand).empty(); });
  return OpenPostgresKeys({.keys = KeysUrl(),
                           .log = options_.url,
                           .owner = options_.owner,
                           .lost = lost,
                           .settings = this,
                           .needed = needed,
                           .keks = options_.keks});
}

std::unique_ptr<CredentialTable> PostgresStore::OpenCredentials() {
  return OpenPostgresCredentials(KeysUrl(), SessionFor("credentials"));
}

PostgresUrl PostgresStore::KeysUrl() const {
  return options_.keys_url.value_or(options_.url.WithDatabase(options_.url.Database() + "_keys"));
}

std::optional<std::string> PostgresStore::FindSetting(const std::string& name) const {
  return sessions_.Reading([&](PostgresConnection& connection) -> std::optional<std::string> {
    const auto rows = connection.Run(kSelectSetting, name);
    if (rows.empty()) return std::nullopt;
    return std::string(TextAt(rows, 0, 0));
  });
}

void PostgresStore::Write(const Setting& setting) {
  // Writing it twice is writing it, so a lost connection is tried again.
  sessions_.Reading([&](PostgresConnection& connection) {
    return connection.Run(kUpsertSetting, setting.name, setting.value).affected_rows();
  });
}

Instant PostgresStore::LatestRecordedAt() const {
  return sessions_.Reading([](PostgresConnection& connection) {
    return Instant::FromMicros(NumberAt(connection.Run(kSelectLatest), 0, 0));
  });
}

SessionSettings PostgresStore::SessionFor(const std::string& purpose) const {
  return {.purpose = fmt::format("{} {}", options_.owner, purpose),
          .role = options_.access == StoreAccess::kOwner ? kAppRole : kReaderRole};
}

SessionSettings PostgresStore::LogSessionFor(const std::string& purpose) const {
  SessionSettings settings = SessionFor(purpose);
  settings.index_plans = true;
  return settings;
}

}  // namespace docket
