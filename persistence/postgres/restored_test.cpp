// A PostgreSQL that was restored or promoted, with real servers: history that may have forked gets
// a new epoch which says where.
#include "persistence/postgres/restored.hpp"

#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "persistence/migrate_store.hpp"
#include "persistence/postgres/postgres_store.hpp"
#include "tests/support/log_fixture.hpp"
#include "tests/support/postgres_server.hpp"

namespace docket {
namespace {

using testing::PostgresServer;
using testing::Request;
using testing::Write;

/// A process at work on a database.
struct Opened {
  explicit Opened(const std::string& url)
      : store({.url = *ParsePostgresUrl(url)}), log(store.OpenLog(clock)) {}
  Appended Append(std::size_t count) {
    return std::get<Appended>(
        log->Append(Request({Write("complaint-1", ExpectedVersion::Any(), count)})));
  }
  Head HeadNow() const { return log->ReadHead(LogId::kCases); }

  testing::SettableClock clock;
  PostgresStore store;
  std::unique_ptr<StoreLog> log;
};

std::vector<std::string> ConnectionOf(const PostgresServer& server) {
  return {"--host=127.0.0.1", "--port=" + std::to_string(server.Port()), "--username=postgres"};
}

void RunTool(const PostgresServer& server, const std::string& program,
             std::vector<std::string> arguments) {
  const auto connection = ConnectionOf(server);
  arguments.insert(arguments.begin(), connection.begin(), connection.end());
  server.RunProgram(program, arguments);
}

class RestoredTest : public ::testing::Test {
 protected:
  RestoredTest() { url_ = primary_.CreateDatabase("office"); }
  /// Where the epoch of today says that history may have forked.
  static std::string ForkOf(const PostgresServer& server) {
    return server.Query("office",
                        "SELECT e.fork_position FROM docket.heads h JOIN docket.epochs e"
                        " ON e.number = h.epoch_number WHERE h.log = 1");
  }
  /// The new epoch names the fork; what went on elsewhere is not part of this history.
  static void ExpectForked(const PostgresServer& server, const Head& left, std::int64_t fork) {
    Opened office(server.Url("office"));
    const Head head = office.HeadNow();
    EXPECT_EQ(head.position, Position{fork});
    EXPECT_NE(head.epoch, left.epoch) << "a checkpoint of the old history would be believed";
    EXPECT_LT(head.position, left.position);
    EXPECT_EQ(ForkOf(server), std::to_string(fork));
    EXPECT_EQ(office.log->ReadLog(LogId::kCases, Position{}, 100).size(),
              static_cast<std::size_t>(fork));
    const Appended next = office.Append(1);
    EXPECT_EQ(next.first, Position{fork + 1});
    EXPECT_EQ(next.epoch, head.epoch);
    EXPECT_EQ(Opened(server.Url("office")).HeadNow().epoch, head.epoch) << "minted once";
  }

  PostgresServer primary_;
  std::string url_;
};

TEST_F(RestoredTest, ABaseBackupRecoveredToANewTimeline) {
  Opened office(url_);
  office.Append(5);
  const std::string folder = PostgresServer::NewFolder();
  RunTool(
      primary_, "pg_basebackup",
      {"--pgdata=" + folder + "/data", "--checkpoint=fast", "--wal-method=stream", "--no-sync"});
  office.Append(2);
  std::ofstream(folder + "/data/recovery.signal").close();
  const PostgresServer restored(
      PostgresServer::FromDataFolder{folder},
      {.settings = {"restore_command = 'false'", "recovery_target = 'immediate'",
                    "recovery_target_action = 'promote'"}});
  while (restored.Query("postgres", "SELECT pg_is_in_recovery()") == "t") {
    std::this_thread::yield();
  }
  ExpectForked(restored, office.HeadNow(), 5);
}

TEST_F(RestoredTest, ADumpInAFreshCluster) {
  Opened office(url_);
  office.Append(5);
  const std::string dump = primary_.Folder() + "/office.dump";
  const std::string roles = primary_.Folder() + "/roles.sql";
  RunTool(primary_, "pg_dumpall", {"--globals-only", "--file=" + roles});
  RunTool(primary_, "pg_dump", {"--format=custom", "--file=" + dump, "office"});
  office.Append(2);
  PostgresServer fresh;
  RunTool(fresh, "psql", {"--quiet", "--file=" + roles, "postgres"});
  fresh.CreateDatabase("office");
  RunTool(fresh, "pg_restore", {"--exit-on-error", "--dbname=office", dump});
  ExpectForked(fresh, office.HeadNow(), 5);
}

TEST_F(RestoredTest, APromotedReplicaThatLackedTheLastCommits) {
  Opened office(url_);
  office.Append(5);
  const std::string folder = PostgresServer::NewFolder();
  RunTool(primary_, "pg_basebackup",
          {"--pgdata=" + folder + "/data", "--checkpoint=fast", "--wal-method=stream", "--no-sync",
           "--write-recovery-conf"});
  PostgresServer replica(PostgresServer::FromDataFolder{folder}, {});
  office.Append(1);
  while (replica.Query("office", "SELECT position FROM docket.heads WHERE log = 1") != "6") {
    std::this_thread::yield();
  }
  replica.Stop();
  office.Append(3);
  const Head left = office.HeadNow();
  primary_.Kill9();
  replica.Start();
  replica.Query("postgres", "SELECT pg_promote()");
  ExpectForked(replica, left, 6);
}

TEST_F(RestoredTest, AnOperatorsWordBeginsANewEpoch) {
  Opened office(url_);
  const Appended before = office.Append(4);
  const auto restored = DeclareRestored(*ParsePostgresUrl(url_));
  EXPECT_EQ(restored.from_epoch, before.epoch);
  EXPECT_NE(restored.epoch, before.epoch);
  EXPECT_EQ(restored.position, Position{4});
  EXPECT_EQ(ForkOf(primary_), "4");
  const Appended after = office.Append(1);
  EXPECT_EQ(after.epoch, restored.epoch) << "who was connected goes on";
  EXPECT_EQ(after.first, Position{5});
}

TEST_F(RestoredTest, MigratingSaysWhatItDid) {
  const auto first = MigrateStore({.url = url_});
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->front().name, "log");
  EXPECT_EQ(first->front().applied.front(), "0001_log.sql");
  const auto again = MigrateStore({.url = url_});
  EXPECT_TRUE(again->front().applied.empty());
}

}  // namespace
}  // namespace docket
