// An erasure that is cut short anywhere is finished by whoever comes next, with one receipt.
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "tests/api/erasure_fixture.hpp"
#include "tests/api/process.hpp"

namespace docket::test {
namespace {

class Cut : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class ErasureCut : public ::testing::Test {
 protected:
  static ErasureActor Head() {
    return {ActorId("head-0001"), UnitId("finance-330482"), Role::kHead};
  }
  static bool Everywhere(const StreamId&, const CaseModel&) { return true; }
  static ErasureWish Wish() {
    return {.at = {}, .person = PersonalDetails{.id_number = kComplainantId}, .shared = false};
  }
  /// Receipts in the log: of the erasure, and of the case.
  std::pair<int, int> Receipts(TestServer& server, const std::string& case_id) {
    int done = 0;
    int erased = 0;
    for (const auto& event : server.App().Log().ReadLog(LogId::kCases, {}, 1000)) {
      done += event.type == ErasureDone::kType ? 1 : 0;
      erased += event.type == personal::Erased::kType && event.stream.value == case_id ? 1 : 0;
    }
    return {done, erased};
  }
};

TEST_F(ErasureCut, AnywhereItIsFinishedOnceByWhoeverComesNext) {
  for (const std::string at : {"ordered", "destroyed", "receipted"}) {
    TestServer server;
    const std::string case_id = LodgeAndCancel(server, LodgeBody());
    PassRetention(server);
    const auto keys = IndexedKeys(server);
    Erasures cut(server.App().PersonalData().Parts(), {.on_step = [&](std::string_view step) {
                   if (step == at) throw Cut(at);
                 }});
    const auto run = [&] {
      const auto ordered = cut.Order(Wish(), {}, Head(), CommandId("once"), Everywhere);
      ASSERT_TRUE(ordered.has_value()) << ordered.error().code;
      cut.Finish([](std::chrono::milliseconds) { return true; });
    };
    EXPECT_THROW(run(), Cut) << at;
    server.App().Erasing().Wake();
    const auto list = server.App().PersonalData().List();
    ASSERT_EQ(list.size(), 1u) << at;
    AwaitErased(server, list.front().order.id);
    EXPECT_EQ(Receipts(server, case_id), (std::pair{1, 1})) << at;
    for (const auto& key : keys) {
      EXPECT_TRUE(TableOf(server.StoreUrl())->Find(KeyId(key))->destroyed) << at;
    }
    const auto again =
        server.App().PersonalData().Order(Wish(), {}, Head(), CommandId("once"), Everywhere);
    EXPECT_EQ(again->order.id, list.front().order.id) << at;
    EXPECT_EQ(server.App().PersonalData().Finish([](auto) { return true; }), 0u) << at;
  }
}

/// The process itself is killed, at whatever moment it has come to.
TEST_F(ErasureCut, AProcessThatIsKilledLeavesNothingHalfDone) {
  const TemporaryFolder folder;
  const std::string url = StoreUrlIn(folder.Path());
  TestServer::Options options;
  options.store_url = url;
  std::string case_id;
  std::set<std::string> keys;
  {
    TestServer server(options);
    case_id = LodgeAndCancel(server, LodgeBody());
    PassRetention(server);
    keys = IndexedKeys(server);
  }
  const std::string person = (folder.Path() / "person.json").string();
  std::ofstream(person) << Json{{"id_number", kComplainantId}}.dump();
  const std::vector<std::string> erase = {"erase",
                                          "run",
                                          "--store",
                                          url,
                                          "--office",
                                          DOCKET_SOURCE_DIR "/data/sample/office.json",
                                          "--virtual-clock",
                                          "--person",
                                          person,
                                          "--basis",
                                          "unlawful",
                                          "--asked-by",
                                          "authority"};
  const auto table = TableOf(url);
  {
    Process process(erase);
    while (!table->Find(KeyId(*keys.begin()))->destroyed) std::this_thread::yield();
    process.Kill9();
    process.Wait();
  }
  options.now = "";
  TestServer server(options);
  const auto list = server.App().PersonalData().List();
  ASSERT_EQ(list.size(), 1u);
  const auto done = server.App().Erasing().Await(list.front().order.id, std::chrono::minutes(1));
  EXPECT_TRUE(done && done->erased_at);
  EXPECT_EQ(Receipts(server, case_id), (std::pair{1, 1}));
  EXPECT_EQ(list.front().by.role, Role::kSystemOperator);
  for (const auto& key : keys) EXPECT_TRUE(table->Find(KeyId(key))->destroyed);
}

TEST_F(ErasureCut, TheVerbSaysWhatItWouldDoAndWhatItDid) {
  const TemporaryFolder folder;
  TestServer::Options options;
  options.store_url = StoreUrlIn(folder.Path());
  std::string case_id;
  {
    TestServer server(options);
    case_id = LodgeAndCancel(server, LodgeBody());
    PassRetention(server);
  }
  const auto run = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "erase");
    for (const std::string& word :
         {std::string("--store"), options.store_url, std::string("--office"),
          std::string(DOCKET_SOURCE_DIR "/data/sample/office.json"),
          std::string("--virtual-clock")}) {
      words.push_back(word);
    }
    return RunDocket(words);
  };
  const auto json_of = [](const Finished& finished) {
    const auto begin = finished.said.find_first_of("{[");
    return Json::parse(begin == std::string::npos ? "" : finished.said.substr(begin), nullptr,
                       false);
  };
  const auto hold = run({"hold", "--case", case_id, "--reason", "行政复议"});
  ASSERT_EQ(hold.exit_code, 0) << hold.said;
  const Json plan = json_of(run({"plan", "--case", case_id, "--party", "complainant"}));
  EXPECT_EQ(plan["cases"].size(), 1u) << plan;
  EXPECT_EQ(plan["obstacles"][0]["code"], "held") << plan;
  const std::vector<std::string> erase = {"run",      "--case",      case_id,
                                          "--party",  "complainant", "--basis",
                                          "unlawful", "--asked-by",  "subject"};
  const auto refused = run(erase);
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_NE(refused.said.find("erasure_held"), std::string::npos) << refused.said;
  EXPECT_EQ(run({"lift", "--case", case_id, "--hold", json_of(hold).value("hold", ""), "--reason",
                 "已结"})
                .exit_code,
            0);
  const auto done = run(erase);
  ASSERT_EQ(done.exit_code, 0) << done.said;
  EXPECT_EQ(json_of(done)["state"], "done");
  const Json list = json_of(run({"list"}));
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0]["cases"][0]["keys"][1], case_id + "/complainant") << list;
  EXPECT_EQ(done.said.find(kComplainantName), std::string::npos);
}

}  // namespace
}  // namespace docket::test
