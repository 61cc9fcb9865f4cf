#include "persistence/postgres/postgres_store.hpp"

#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "persistence/keys/table_keys.hpp"
#include "persistence/postgres/migrations.hpp"
#include "tests/support/postgres_fixture.hpp"

namespace docket {

namespace {

using testing::OpenPostgres;
using testing::PostgresFixture;
using testing::PostgresServer;
using testing::Request;
using testing::SettableClock;
using testing::SharedPostgres;
using testing::Write;

AppendRequest OneEvent(const std::string& command = "") {
  return Request({Write("complaint-a", ExpectedVersion::Any(), 1)}, command);
}

/// What opening or doing something fails with, in words.
template <class Work>
std::string FailureOf(const Work& work) {
  try {
    work();
  } catch (const StoreError& error) {
    return error.what();
  }
  return "";
}

/// SQLSTATE of a refused statement; empty when it was not.
std::string StateOf(PostgresConnection& connection, const std::string& sql) {
  try {
    connection.Execute(sql);
  } catch (const PostgresError& error) {
    return error.State();
  }
  return "";
}

constexpr const char* kRefusedByTrigger = "DK010";

TEST(PostgresMigrations, RunOnceAlsoWhenSeveralProcessesOpenAtOnce) {
  PostgresFixture fixture;
  std::vector<std::future<void>> opening;
  for (int i = 0; i < 4; ++i) {
    opening.push_back(std::async(std::launch::async, [&] { fixture.Open(); }));
  }
  for (auto& open : opening) open.get();
  EXPECT_EQ(fixture.Query("SELECT count(*) FROM docket.schema_migrations"),
            std::to_string(PostgresMigrationsOf("log").size()));
  EXPECT_EQ(fixture.Query("SELECT count(*) FROM docket.epochs"), "2");
}

TEST(PostgresMigrations, AreNeverChangedAndNeverFromTheFuture) {
  PostgresFixture fixture;
  MigratePostgres(*ParsePostgresUrl(fixture.url));
  fixture.Query("INSERT INTO docket.schema_migrations VALUES ('9999_future.sql', 'x')");
  EXPECT_NE(FailureOf([&] { fixture.Open(); }).find("newer version"), std::string::npos);
  fixture.Query("DELETE FROM docket.schema_migrations WHERE name = '9999_future.sql'");
  fixture.Query("UPDATE docket.schema_migrations SET checksum = 'x' WHERE name = '0001_log.sql'");
  EXPECT_NE(FailureOf([&] { fixture.Open(); }).find("0001_log.sql was applied with another text"),
            std::string::npos);
}

TEST(PostgresMigrations, ThatFailLeaveNothing) {
  PostgresFixture fixture;
  PostgresConnection connection(*ParsePostgresUrl(fixture.url));
  const std::vector<embedded::File> broken = {
      {"migrations/postgres/x/0001_x.sql", "CREATE TABLE docket.x (a int); SELECT 1/0"}};
  EXPECT_NE(FailureOf([&] { MigratePostgres(connection, broken); }).find("0001_x.sql"),
            std::string::npos);
  EXPECT_EQ(fixture.Query("SELECT to_regclass('docket.x') IS NULL"), "t");
  EXPECT_EQ(fixture.Query("SELECT count(*) FROM docket.schema_migrations"), "0");
}

class PostgresRoles : public ::testing::Test {
 protected:
  /// A login that is a member of `role` and no more.
  PostgresUrl LoginAs(const std::string& role) {
    const std::string name = fixture.Database() + "_login";
    fixture.Query("CREATE ROLE " + name + " LOGIN IN ROLE " + role);
    return *ParsePostgresUrl(SharedPostgres().Url(fixture.Database(), name));
  }

  PostgresFixture fixture;
};

TEST_F(PostgresRoles, LetTheProgramRunWithoutOwningAnything) {
  fixture.Open();
  const OpenPostgres app({.url = LoginAs("docket_app")}, fixture.clock);
  EXPECT_TRUE(std::holds_alternative<Appended>(app.log->Append(OneEvent("c1"))));
  EXPECT_EQ(app.log->ReadLog(LogId::kCases, Position{0}, 10).size(), 1U);
}

TEST_F(PostgresRoles, LetTheProgramDoNothingButAppend) {
  fixture.Open()->log->Append(OneEvent("c1"));
  PostgresConnection app(LoginAs("docket_app"));
  for (const std::string table : {"case_events", "access_events", "commands", "streams", "heads",
                                  "epochs", "schema_migrations", "case_events_000000"}) {
    EXPECT_EQ(StateOf(app, "DELETE FROM docket." + table), kInsufficientPrivilege) << table;
    EXPECT_EQ(StateOf(app, "TRUNCATE docket." + table), kInsufficientPrivilege) << table;
    EXPECT_EQ(StateOf(app, "INSERT INTO docket." + table + " DEFAULT VALUES"),
              kInsufficientPrivilege)
        << table;
    EXPECT_EQ(StateOf(app, "DROP TABLE docket." + table), kInsufficientPrivilege) << table;
    EXPECT_EQ(StateOf(app, "ALTER TABLE docket." + table + " DISABLE TRIGGER ALL"),
              kInsufficientPrivilege)
        << table;
  }
  EXPECT_EQ(StateOf(app, "UPDATE docket.case_events SET data = ''"), kInsufficientPrivilege);
  EXPECT_EQ(StateOf(app, "UPDATE docket.heads SET position = 9"), kInsufficientPrivilege);
  EXPECT_EQ(StateOf(app, "UPDATE docket.streams SET version = 9"), kInsufficientPrivilege);
  EXPECT_EQ(StateOf(app, "CREATE TABLE docket.x (a int)"), kInsufficientPrivilege);
  EXPECT_EQ(StateOf(app, "SELECT docket.make_append_only('docket.heads', true)"),
            kInsufficientPrivilege);
  EXPECT_EQ(StateOf(app, "CREATE TABLE docket_views.x (a int); DROP TABLE docket_views.x"), "");
}

TEST_F(PostgresRoles, TheOwnersProgramWorksInTheRoleOfTheProgram) {
  const auto open = fixture.Open();
  open->log->Append(OneEvent());
  PostgresConnection session(open->store.Url(), open->store.SessionFor("a test"));
  EXPECT_EQ(StateOf(session, "DELETE FROM docket.case_events"), kInsufficientPrivilege);
}

TEST_F(PostgresRoles, LetAReaderRead) {
  fixture.Open()->log->Append(OneEvent());
  const auto url = LoginAs("docket_reader");
  const OpenPostgres reader({.url = url, .access = StoreAccess::kReader}, fixture.clock);
  EXPECT_EQ(reader.log->ReadHead(LogId::kCases).position, Position{1});
  PostgresConnection session(url);
  EXPECT_EQ(StateOf(session, "SELECT docket.ensure_partitions(1::smallint, 1)"),
            kInsufficientPrivilege);
  EXPECT_EQ(StateOf(session, "UPDATE docket.settings SET value = ''"), kInsufficientPrivilege);
}

TEST_F(PostgresRoles, SayWhoMustMigrate) {
  const std::string name = fixture.Database() + "_stranger";
  fixture.Query("CREATE ROLE " + name + " LOGIN");
  const auto url = *ParsePostgresUrl(SharedPostgres().Url(fixture.Database(), name));
  const auto failure = FailureOf([&] { PostgresStore store({.url = url}); });
  EXPECT_NE(failure.find("run `docket migrate` as the owner"), std::string::npos) << failure;
}

TEST(PostgresAppendOnly, HoldsAgainstASuperuser) {
  PostgresFixture fixture;
  fixture.Open()->log->Append(OneEvent("c1"));
  PostgresConnection superuser(*ParsePostgresUrl(fixture.url));
  for (const std::string role : {"origin", "replica"}) {
    superuser.Execute("SET session_replication_role = " + role);
    for (const std::string table : {"case_events", "case_events_000000", "commands", "epochs"}) {
      const std::string column = table == "epochs" ? "epoch" : "actor";
      EXPECT_EQ(StateOf(superuser, "UPDATE docket." + table + " SET " + column + " = ''"),
                kRefusedByTrigger)
          << table;
    }
    for (const std::string table :
         {"case_events", "case_events_000000", "commands", "epochs", "heads", "streams"}) {
      EXPECT_EQ(StateOf(superuser, "DELETE FROM docket." + table), kRefusedByTrigger) << table;
      EXPECT_EQ(StateOf(superuser, "TRUNCATE docket." + table + " CASCADE"), kRefusedByTrigger)
          << table;
    }
    EXPECT_EQ(StateOf(superuser, "UPDATE docket.heads SET position = position - 1"),
              kRefusedByTrigger);
    EXPECT_EQ(StateOf(superuser, "UPDATE docket.streams SET version = version"), kRefusedByTrigger);
  }
}

TEST(PostgresEpochs, AreTheSameInTheSameDatabaseAndNewInACopy) {
  PostgresFixture fixture;
  Epoch epoch;
  {
    const auto open = fixture.Open();
    open->log->Append(OneEvent());
    epoch = open->log->ReadHead(LogId::kCases).epoch;
  }
  EXPECT_EQ(fixture.Open()->log->ReadHead(LogId::kCases).epoch, epoch);

  const auto copy = SharedPostgres().NewDatabase(fixture.Database());
  std::vector<std::future<Epoch>> opening;
  for (int i = 0; i < 4; ++i) {
    opening.push_back(std::async(std::launch::async, [&] {
      return OpenPostgres({.url = *ParsePostgresUrl(copy)}, fixture.clock)
          .log->ReadHead(LogId::kCases)
          .epoch;
    }));
  }
  const Epoch minted = opening[0].get();
  EXPECT_NE(minted, epoch);
  for (std::size_t i = 1; i < opening.size(); ++i) EXPECT_EQ(opening[i].get(), minted);
  EXPECT_EQ(SharedPostgres().Query(ParsePostgresUrl(copy)->Database(),
                                   "SELECT string_agg(fork_position::text, ',' ORDER BY number)"
                                   " FROM docket.epochs WHERE log = 1"),
            "0,1");
}

TEST(PostgresEpochs, AreNewWhereTheServerCameBackWithLess) {
  PostgresFixture fixture;
  const auto open = fixture.Open();
  const auto first = std::get<Appended>(open->log->Append(OneEvent())).epoch;
  // As after a restore of the same server to an earlier point, under a program that runs on.
  fixture.Query("ALTER TABLE docket.heads DISABLE TRIGGER ALL");
  fixture.Query("ALTER TABLE docket.case_events DISABLE TRIGGER ALL");
  fixture.Query("DELETE FROM docket.case_events");
  fixture.Query("DELETE FROM docket.streams WHERE false");
  fixture.Query("UPDATE docket.heads SET position = 0, tree = '', batch = ''");
  fixture.Query(
      "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
      " WHERE datname = current_database() AND application_name LIKE 'docket%'");
  const auto second = std::get<Appended>(
      open->log->Append(Request({Write("complaint-b", ExpectedVersion::Any(), 1)})));
  EXPECT_NE(second.epoch, first);
  EXPECT_EQ(second.first, Position{1});
}

TEST(PostgresEpochs, AreNewOnAPromotedReplicaUnderAProgramThatRunsOn) {
  PostgresServer primary;
  const auto database = ParsePostgresUrl(primary.NewDatabase())->Database();
  const auto folder = PostgresServer::NewFolder();
  primary.RunProgram("pg_basebackup",
                     {"-h", "127.0.0.1", "-p", std::to_string(primary.Port()), "-U", "postgres",
                      "-D", folder + "/data", "-R", "--checkpoint=fast", "--no-sync"});
  PostgresServer replica(PostgresServer::FromDataFolder{folder}, {});
  const auto both =
      *ParsePostgresUrl("postgres://postgres@127.0.0.1:" + std::to_string(primary.Port()) +
                        ",127.0.0.1:" + std::to_string(replica.Port()) + "/" + database +
                        "?target_session_attrs=read-write");
  const SettableClock clock;
  const OpenPostgres open({.url = both}, clock);
  const auto before = std::get<Appended>(open.log->Append(OneEvent()));
  const auto has_followed = [&] {
    return replica.Query(database, "SELECT to_regclass('docket.heads') IS NOT NULL") == "t" &&
           replica.Query(database, "SELECT position FROM docket.heads WHERE log = 1") == "1";
  };
  while (!has_followed()) std::this_thread::yield();
  const auto standby = *ParsePostgresUrl(replica.Url(database));
  const auto failure = FailureOf([&] { PostgresStore store({.url = standby}); });
  EXPECT_NE(failure.find("is a standby"), std::string::npos) << failure;

  primary.Stop(PostgresServer::Way::kImmediate);
  replica.Query("postgres", "SELECT pg_promote()");
  const auto after = std::get<Appended>(open.log->Append(OneEvent()));
  EXPECT_NE(after.epoch, before.epoch);
  EXPECT_EQ(after.first, Position{2});
  EXPECT_EQ(replica.Query(database,
                          "SELECT string_agg(fork_position::text, ',' ORDER BY number)"
                          " FROM docket.epochs WHERE log = 1"),
            "0,1");
}

TEST(PostgresSettings, AreKeptWithTheLog) {
  PostgresFixture fixture;
  const auto open = fixture.Open();
  auto& settings = open->store.Settings();
  EXPECT_EQ(settings.FindSetting("offset"), std::nullopt);
  settings.Write({"offset", "5"});
  settings.Write({"offset", "7"});
  EXPECT_EQ(settings.FindSetting("offset"), "7");
  EXPECT_EQ(settings.LatestRecordedAt(), Instant::FromMicros(0));
  open->log->Append(OneEvent());
  EXPECT_EQ(settings.LatestRecordedAt(), fixture.clock.Now());
}

TEST(PostgresLeases, AreHeldByOneAndTellWhoWasLast) {
  PostgresFixture fixture;
  const auto one = fixture.Open();
  const auto other = fixture.Open();
  auto held = one->store.SingleRunners().TryTake("sweeper");
  ASSERT_NE(held, nullptr);
  EXPECT_TRUE(held->IsHeld());
  EXPECT_EQ(one->store.SingleRunners().TryTake("sweeper"), nullptr);
  EXPECT_EQ(other->store.SingleRunners().TryTake("sweeper"), nullptr);
  EXPECT_NE(other->store.SingleRunners().TryTake("relay"), nullptr);
  const auto token = held->Token();
  held.reset();
  const auto next = other->store.SingleRunners().TryTake("sweeper");
  ASSERT_NE(next, nullptr);
  EXPECT_GT(next->Token(), token);
}

TEST(PostgresLeases, EndWithTheirSession) {
  PostgresFixture fixture;
  const auto one = fixture.Open();
  const auto other = fixture.Open();
  const auto held = one->store.SingleRunners().TryTake("sweeper");
  fixture.Query(
      "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
      " WHERE datname = current_database() AND application_name = 'docket lease'");
  const auto next = other->store.SingleRunners().TryTake("sweeper");
  ASSERT_NE(next, nullptr);
  EXPECT_FALSE(held->IsHeld());
  EXPECT_GT(next->Token(), held->Token());
  EXPECT_TRUE(next->IsHeld());
}

class PostgresKeysTest : public ::testing::Test {
 protected:
  PostgresFixture fixture;
  const KeyId key{"complaint-a/complainant"};
};

TEST_F(PostgresKeysTest, AreSharedByStoresAndKeptOutsideTheLog) {
  const auto one = fixture.Open();
  const auto other = fixture.Open();
  const auto keys = one->store.OpenKeys();
  const auto others = other->store.OpenKeys();
  const auto sealed = keys->Seal(key, "event/field", "王小明");
  EXPECT_EQ(others->Open(sealed, "event/field"), "王小明");
  EXPECT_EQ(others->Authenticate(key, "content"), keys->Authenticate(key, "content"));
  EXPECT_EQ(fixture.Query("SELECT to_regclass('docket.keys') IS NULL"), "t");
  EXPECT_EQ(SharedPostgres().Query(fixture.Database() + "_keys",
                                   "SELECT length(secret) FROM docket.keys"),
            "64");
}

TEST_F(PostgresKeysTest, AreDestroyedOnceAndForGood) {
  const auto open = fixture.Open();
  const auto keys = open->store.OpenKeys();
  const auto sealed = keys->Seal(key, "event/field", "王小明");
  keys->Destroy(key);
  keys->Destroy(key);
  EXPECT_TRUE(keys->IsDestroyed(key));
  EXPECT_EQ(keys->Open(sealed, "event/field"), std::nullopt);
  EXPECT_THROW(keys->Seal(key, "event/field", "again"), KeyDestroyed);
  keys->Destroy(KeyId("never-made"));
  EXPECT_THROW(open->store.OpenKeys()->Authenticate(KeyId("never-made"), "x"), KeyDestroyed);
  PostgresConnection superuser(
      *ParsePostgresUrl(SharedPostgres().Url(fixture.Database() + "_keys")));
  EXPECT_EQ(StateOf(superuser, "UPDATE docket.keys SET secret = 'x', destroyed_at = NULL"),
            kRefusedByTrigger);
  EXPECT_EQ(StateOf(superuser, "DELETE FROM docket.keys"), kRefusedByTrigger);
}

TEST_F(PostgresKeysTest, AreNotMadeAnewForALogInWhichSomebodyHasActed) {
  {
    const auto open = fixture.Open();
    open->store.OpenKeys();
    open->log->Append(OneEvent("c1"));
  }
  SharedPostgres().Query("postgres", "ALTER DATABASE " + fixture.Database() + "_keys RENAME TO " +
                                         fixture.Database() + "_lost");
  const auto open = fixture.Open();
  EXPECT_NE(FailureOf([&] { open->store.OpenKeys(); }).find("is missing"), std::string::npos);
  EXPECT_NE(open->store.OpenKeys(LostKeys::kAccept), nullptr);
  EXPECT_NE(open->store.OpenKeys(), nullptr);
}

TEST_F(PostgresKeysTest, OfAnotherLogAreRefused) {
  const PostgresFixture another;
  another.Open()->store.OpenKeys();
  {
    const auto open = fixture.Open();
    open->store.OpenKeys();
    open->log->Append(OneEvent("c1"));
  }
  auto options = fixture.Options();
  options.keys_url = ParsePostgresUrl(SharedPostgres().Url(another.Database() + "_keys")).value();
  PostgresStore store(options);
  EXPECT_NE(FailureOf([&] { store.OpenKeys(); }).find("belongs to another log"), std::string::npos);
}

}  // namespace

}  // namespace docket
