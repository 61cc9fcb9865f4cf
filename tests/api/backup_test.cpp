// Backup, restore and migration as an operator runs them, and what a subscriber sees of it.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/api/complaint_requests.hpp"
#include "tests/api/process.hpp"

namespace docket::test {
namespace {

namespace fs = std::filesystem;

constexpr auto kMorning = "2024-08-08T09:00:00+08:00";

/// Each event says in which history it was read.
Json WithoutEpochs(Json events) {
  for (auto& event : events) event.erase("epoch");
  return events;
}

class BackupVerbTest : public ::testing::Test {
 protected:
  std::string File(const std::string& name) const { return (folder_.Path() / name).string(); }
  std::string Url(const std::string& name) const { return "sqlite:" + File(name); }
  /// The virtual clock goes on from where it was left, or begins at `now`.
  std::vector<std::string> ServeArguments(const std::string& name, const std::string& now) const {
    return {"serve",
            "--store",
            Url(name),
            "--office",
            DOCKET_SOURCE_DIR "/data/sample/office.json",
            "--listen",
            "127.0.0.1:0",
            "--virtual-clock" + (now.empty() ? "" : "=" + now)};
  }
  static std::uint16_t PortOf(const std::string& line) {
    return static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
  }
  static std::string Lodge(const Client& portal) {
    const Reply reply = portal.Post("/v1/cases", LodgeBody());
    EXPECT_EQ(reply.status, 201) << reply.text;
    return reply.body.value("case_id", "");
  }
  /// The JSON object in what a verb said, which also warns.
  static Json JsonIn(const std::string& said) { return Json::parse(said.substr(said.find('{'))); }

  TemporaryFolder folder_;
};

TEST_F(BackupVerbTest, ARestoredOfficeGoesOnUnderANewEpoch) {
  Process server(ServeArguments("office.db", kMorning));
  const auto port = PortOf(server.ReadLine());
  const Client portal(port, "portal-0001");
  const Client clerk(port, "intake-0001");
  const std::string first = Lodge(portal);
  const Json before = clerk.Get("/v1/feed?limit=1000").body;

  const auto backup = RunDocket({"backup", "--store", Url("office.db"), "--to", File("log.backup"),
                                 "--keys-to", File("keys.backup"), "--json"});
  ASSERT_EQ(backup.exit_code, 0) << backup.said;
  EXPECT_NE(backup.said.find("Keep the two apart"), std::string::npos) << backup.said;
  const Json made = JsonIn(backup.said);
  EXPECT_EQ(made["cases"]["epoch"], before["epoch"]);
  EXPECT_EQ(made["cases"]["position"], before["head"]);
  EXPECT_EQ(made["log"]["sha256"].get<std::string>().size(), 64u);
  const std::string second = Lodge(portal);
  const Json after = clerk.Get("/v1/feed?limit=1000").body;
  server.Stop();
  EXPECT_EQ(server.Wait(), 0);

  const auto restored =
      RunDocket({"restore", "--store", Url("new.db"), "--from", File("log.backup"), "--keys-from",
                 File("keys.backup"), "--json"});
  ASSERT_EQ(restored.exit_code, 0) << restored.said;
  const Json told = JsonIn(restored.said);
  EXPECT_EQ(told["from_epoch"], before["epoch"]);
  EXPECT_EQ(told["fork_position"], before["head"]);
  // What says where views of the history that went on are: it must not be believed.
  fs::copy_file(File("office.views.db"), File("new.views.db"));

  Process again(ServeArguments("new.db", ""));
  const auto new_port = PortOf(again.ReadLine());
  const Client reader(new_port, "portal-0001");
  const Client subscriber(new_port, "intake-0001");
  const Json feed = subscriber.Get("/v1/feed?limit=1000").body;
  EXPECT_EQ(feed["epoch"], told["epoch"]);
  EXPECT_NE(feed["epoch"], before["epoch"]);
  EXPECT_EQ(WithoutEpochs(feed["events"]), WithoutEpochs(before["events"]));
  const Reply ahead = subscriber.Get("/v1/feed?after=" + after["head"].dump());
  EXPECT_EQ(ahead.body["code"], "position_ahead_of_log") << ahead.text;
  EXPECT_EQ(ahead.body["epoch"], told["epoch"]) << ahead.text;
  const Reply list = reader.Get("/v1/cases?min_position=" + feed["head"].dump());
  ASSERT_EQ(list.status, 200) << list.text;
  ASSERT_EQ(list.body["cases"].size(), 1u) << list.text;
  EXPECT_EQ(list.body["cases"][0]["case_id"], first);
  EXPECT_EQ(reader.Get("/v1/cases/" + second).status, 404);
  const Reply opened = reader.Get("/v1/cases/" + first);
  EXPECT_TRUE(opened.body["facts"]["complainant"]["name"].is_string()) << opened.text;
}

TEST_F(BackupVerbTest, RefusesWhatWouldOverwriteOrMislead) {
  EXPECT_EQ(RunDocket({"migrate", "--store", Url("office.db")}).exit_code, 0);
  const auto backup = [&](const std::string& to) {
    return RunDocket({"backup", "--store", Url("office.db"), "--to", File(to)});
  };
  EXPECT_EQ(RunDocket({"backup", "--store", Url("none.db"), "--to", File("x")}).exit_code, 3);
  EXPECT_EQ(RunDocket({"backup", "--store", Url("office.db")}).exit_code, 2);
  const auto unopened = backup("backup");
  EXPECT_EQ(unopened.exit_code, 3) << "nobody has opened this log yet";
  {
    Process server(ServeArguments("office.db", kMorning));
    server.ReadLine();
    server.Stop();
    server.Wait();
  }
  EXPECT_EQ(backup("backup").exit_code, 0);
  const auto again = backup("backup");
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_NE(again.said.find("file_exists"), std::string::npos) << again.said;
  const auto over = RunDocket({"restore", "--store", Url("office.db"), "--from", File("backup")});
  EXPECT_EQ(over.exit_code, 1);
  EXPECT_NE(over.said.find("store_exists"), std::string::npos) << over.said;
}

TEST_F(BackupVerbTest, PostgresIsLeftToItsOwnTools) {
  const std::string url = "postgres://docket:very-secret@127.0.0.1:1/office";
  const auto backup = RunDocket({"backup", "--store", url, "--to", File("backup")});
  EXPECT_EQ(backup.exit_code, 1);
  EXPECT_NE(backup.said.find("pg_basebackup"), std::string::npos) << backup.said;
  const auto restore = RunDocket({"restore", "--store", url, "--from", File("backup")});
  EXPECT_EQ(restore.exit_code, 1);
  EXPECT_NE(restore.said.find("--declare"), std::string::npos) << restore.said;
  const auto away = RunDocket({"restore", "--store", url, "--declare"});
  EXPECT_EQ(away.exit_code, 3);
  EXPECT_EQ(away.said.find("very-secret"), std::string::npos) << away.said;
  EXPECT_EQ(RunDocket({"restore", "--store", Url("x.db"), "--declare"}).exit_code, 1);
}

TEST_F(BackupVerbTest, MigratingSaysWhatItDid) {
  const auto first = RunDocket({"migrate", "--store", Url("office.db")});
  EXPECT_EQ(first.exit_code, 0);
  EXPECT_NE(first.said.find("log  0001_log.sql"), std::string::npos) << first.said;
  const auto again = RunDocket({"migrate", "--store", Url("office.db"), "--json"});
  EXPECT_EQ(again.said, "{\"documents\":[],\"log\":[]}\n");
  Process server(ServeArguments("office.db", kMorning));
  ASSERT_NE(server.ReadLine().find("http://"), std::string::npos);
  const auto owned = RunDocket({"migrate", "--store", Url("office.db")});
  EXPECT_EQ(owned.exit_code, 3);
  EXPECT_NE(owned.said.find("docket serve"), std::string::npos) << owned.said;
  server.Stop();
  server.Wait();
  EXPECT_EQ(RunDocket({"migrate", "--store", Url("office.db"), "--json"}).said,
            "{\"documents\":[],\"keys\":[],\"log\":[]}\n");
}

}  // namespace
}  // namespace docket::test
