// Notifications against the real server: who is told of what, once, also through kills; the inbox,
// and what goes on when nobody reads it.
#include <algorithm>
#include <thread>

#include <gtest/gtest.h>

#include "tests/api/complaint_requests.hpp"
#include "tests/api/process.hpp"

namespace docket::test {
namespace {

using namespace std::chrono_literals;

TestServer::Options Quickly() {
  TestServer::Options options;
  options.adjust = [](ApplicationOptions& application) { application.notifier.poll = 20ms; };
  return options;
}

/// Waits until the account was told of so many things, or twenty seconds are over.
Json Inbox(const Client& account, std::size_t count) {
  const auto give_up = std::chrono::steady_clock::now() + 20s;
  Json list;
  do {
    list = account.Get("/v1/notifications?limit=200").body["notifications"];
  } while (list.size() < count && std::chrono::steady_clock::now() < give_up);
  return list;
}

std::vector<std::string> RulesIn(const Json& list) {
  std::vector<std::string> rules;
  for (const auto& one : list) rules.push_back(one["rule"]);
  return rules;
}
using Rules = std::vector<std::string>;

class NotificationsTest : public ::testing::Test {
 protected:
  NotificationsTest() : server_(Quickly()) { server_.App().StartNotifying(); }
  Json InboxOf(const std::string& account, std::size_t count) const {
    return Inbox(server_.As(account), count);
  }

  TestServer server_;
};

// Shows A004.
TEST_F(NotificationsTest, EachIsToldOfWhatTheTableSaysAndNobodyElse) {
  ComplaintWalk walk(server_);
  walk.ToAccepted();
  walk.ToArchived();
  const Json office = InboxOf("resource-0001", 1);
  EXPECT_EQ(RulesIn(office), Rules{"result_reported"}) << "the last act of all";
  EXPECT_EQ(RulesIn(InboxOf("intake-0001", 2)), (Rules{"lodged", "decided"}));
  EXPECT_EQ(RulesIn(InboxOf("handler-0002", 4)),
            (Rules{"signed_for", "accepted", "reply_received", "decided"}));
  EXPECT_EQ(RulesIn(InboxOf("legal-0001", 1)), Rules{"decision_drafted"});
  EXPECT_EQ(RulesIn(InboxOf("head-0001", 1)), Rules{"legality_reviewed"});
  EXPECT_EQ(
      RulesIn(InboxOf("portal-0001", 4)),
      (Rules{"signed_for_told", "accepted_told", "decision_served_told", "decision_served_told"}))
      << "served on the one and on the other";
  for (const char* nobody : {"portal-0002", "intake-0101", "handler-0101", "head-0101",
                             "unit-admin-0001", "centre-0001", "auditor-0001"}) {
    EXPECT_TRUE(InboxOf(nobody, 0).empty()) << nobody;
  }
  const std::string all = office.dump() + InboxOf("intake-0001", 2).dump();
  for (const char* personal : {kComplainantName, kComplainantPhone, kComplainantId, kClaims}) {
    EXPECT_EQ(all.find(personal), std::string::npos) << personal;
  }
  EXPECT_NE(all.find(walk.CaseId()), std::string::npos);
}

TEST_F(NotificationsTest, TheVerbListsAnInbox) {
  ComplaintWalk walk(server_);
  walk.Lodge();
  ASSERT_EQ(InboxOf("intake-0001", 1).size(), 1U);
  const auto listed = RunDocket({"notifications", "list", "--store", server_.StoreUrl(),
                                 "--account", "intake-0001", "--json"});
  ASSERT_EQ(listed.exit_code, 0) << listed.said;
  const Json notice = Json::parse(listed.said);
  EXPECT_EQ(notice["rule"], "lodged");
  EXPECT_EQ(notice["case_id"], walk.CaseId());
  const auto undelivered =
      RunDocket({"notifications", "list", "--store", server_.StoreUrl(), "--json"});
  EXPECT_EQ(undelivered.exit_code, 0);
  EXPECT_EQ(undelivered.said, "") << "the sample office has no addresses";
}

TEST_F(NotificationsTest, WhoActsIsNotToldOfItAndARecusedOfficerOfNothing) {
  ComplaintWalk walk(server_);
  walk.Lodge();
  walk.Act("intake-0001", "sign_for", {{"handlers", {"handler-0001", "handler-0002"}}});
  EXPECT_EQ(RulesIn(InboxOf("handler-0001", 1)), Rules{"signed_for"});
  walk.Act("head-0001", "recuse", {{"officer", "handler-0001"}, {"reason", "近亲属"}});
  walk.Act("head-0001", "accept",
           {{"has_interest", true},
            {"is_specific", true},
            {"is_complete", true},
            {"is_new", true},
            {"is_not_under_review", true},
            {"within_challenge", true},
            {"received_here_first", true}});
  EXPECT_EQ(RulesIn(InboxOf("handler-0002", 2)), (Rules{"signed_for", "accepted"}));
  EXPECT_EQ(RulesIn(InboxOf("handler-0001", 1)), Rules{"signed_for"});
  EXPECT_TRUE(InboxOf("head-0001", 0).empty());
}

TEST_F(NotificationsTest, TheInboxIsReadInPagesAndMarked) {
  constexpr std::size_t kCases = 5;
  for (std::size_t i = 0; i < kCases; ++i) ComplaintWalk(server_).Lodge();
  const Client intake = server_.As("intake-0001");
  const Json all = Inbox(intake, kCases);
  ASSERT_EQ(all.size(), kCases);
  const Reply first = intake.Get("/v1/notifications?limit=2");
  EXPECT_EQ(first.body["unread"], kCases);
  const std::string next = std::to_string(first.body["next"].get<std::int64_t>());
  const Reply second = intake.Get("/v1/notifications?limit=4&after=" + next);
  ASSERT_EQ(second.body["notifications"].size(), 3u);
  EXPECT_FALSE(second.body.contains("next"));
  EXPECT_EQ(second.body["notifications"][0]["id"], all[2]["id"]);

  const std::string one = "/v1/notifications/" + std::to_string(all[4]["id"].get<std::int64_t>());
  const Reply unread = intake.Get(one);
  EXPECT_FALSE(unread.body.contains("read_at"));
  EXPECT_EQ(intake.Get(one, {{"If-None-Match", unread.headers.at("etag")}}).status, 304);
  EXPECT_TRUE(intake.Post(one + "/read", Json::object()).body.contains("read_at"));
  const Reply read = intake.Get(one);
  EXPECT_EQ(intake.Post(one + "/read", Json::object()).body, read.body) << "read once";
  EXPECT_EQ(intake.Get("/v1/notifications?state=unread").body["unread"], kCases - 1);
  const Reply marked = intake.Post("/v1/inbox/read", {{"up_to", all[1]["id"]}});
  EXPECT_EQ(marked.body, (Json{{"read", 2}, {"unread", 2}}));
  const Json left = intake.Get("/v1/notifications?state=unread").body["notifications"];
  ASSERT_EQ(left.size(), 2u);
  EXPECT_EQ(left[0]["id"], all[2]["id"]);
}

TEST_F(NotificationsTest, NobodySeesAnothersInbox) {
  ComplaintWalk(server_).Lodge();
  const Json all = InboxOf("intake-0001", 1);
  ASSERT_EQ(all.size(), 1u);
  const std::string one = "/v1/notifications/" + std::to_string(all[0]["id"].get<std::int64_t>());
  const Client other = server_.As("head-0001");
  EXPECT_EQ(other.Get(one).Code(), "unknown_notification");
  EXPECT_EQ(other.Post(one + "/read", Json::object()).status, 404);
  EXPECT_EQ(other.Post("/v1/inbox/read", {{"up_to", 1'000'000}}).body["read"], 0);
  EXPECT_EQ(other.Get("/v1/notifications/none").status, 404);
  EXPECT_EQ(server_.As("intake-0001").Get("/v1/notifications").body["unread"], 1);
}

TEST_F(NotificationsTest, ADueDayThatDrawsNearIsToldAndGoesOnOnceWhenNobodyReads) {
  ComplaintWalk walk(server_);
  walk.Lodge();
  EXPECT_EQ(server_.MoveClock("2024-08-14T09:00:00+08:00").status, 200);
  const Json warned = InboxOf("head-0001", 1);
  ASSERT_EQ(RulesIn(warned), Rules{"deadline_near"});
  EXPECT_EQ(warned[0]["kind"], "warning");
  EXPECT_EQ(warned[0]["text"],
            "投诉 " + walk.CaseId() + "：“审查投诉”还剩 1个工作日，2024-08-15 届满。");
  EXPECT_EQ(warned[0]["escalate_at"], "2024-08-17T00:00:00+08:00") << "unread for two working days";
  EXPECT_EQ(RulesIn(InboxOf("intake-0001", 2)), (Rules{"lodged", "deadline_near"}));

  EXPECT_EQ(server_.MoveClock("2024-08-16T23:00:00+08:00").status, 200);
  EXPECT_EQ(RulesIn(InboxOf("head-0001", 3)),
            (Rules{"deadline_near", "deadline_lapsed", "deadline_near"}));
  EXPECT_TRUE(InboxOf("resource-0001", 0).empty());
  EXPECT_EQ(server_.MoveClock("2024-08-17T08:00:00+08:00").status, 200);
  const Json office = InboxOf("resource-0001", 1);
  ASSERT_EQ(office.size(), 1u);
  EXPECT_EQ(office[0]["step"], "to_office");
  EXPECT_EQ(office[0]["text"], "【逾期未读转报】" + warned[0]["text"].get<std::string>());
  // The office has it a moment before the head's own notice says so.
  const auto give_up = std::chrono::steady_clock::now() + 20s;
  Json passed_on;
  do {
    passed_on = InboxOf("head-0001", 3)[0];
  } while (!passed_on.contains("escalated_at") && std::chrono::steady_clock::now() < give_up);
  EXPECT_TRUE(passed_on.contains("escalated_at")) << passed_on;
  EXPECT_EQ(InboxOf("head-0001", 3).size(), 3u) << "who was told already is not told again";
}

TEST_F(NotificationsTest, WhatWasReadOrDoneGoesNoFurther) {
  ComplaintWalk walk(server_);
  walk.Lodge();
  EXPECT_EQ(server_.MoveClock("2024-08-14T09:00:00+08:00").status, 200);
  ASSERT_EQ(InboxOf("head-0001", 1).size(), 1u);
  walk.Act(
      "head-0001", "not_accept",
      {{"ground", "no_interest"}, {"reasons", "与项目无利害关系"}, {"has_usable_leads", false}});
  ASSERT_EQ(RulesIn(InboxOf("portal-0001", 1)), Rules{"not_accepted_told"});
  EXPECT_EQ(server_.MoveClock("2024-08-30T09:00:00+08:00").status, 200);
  const auto give_up = std::chrono::steady_clock::now() + 20s;
  Json warning;
  do {
    warning = InboxOf("intake-0001", 2)[1];
  } while (warning.contains("escalate_at") && std::chrono::steady_clock::now() < give_up);
  EXPECT_FALSE(warning.contains("escalate_at")) << warning;
  EXPECT_FALSE(warning.contains("escalated_at")) << warning;
  EXPECT_TRUE(InboxOf("resource-0001", 0).empty());
}

/// A server on a store that outlives it.
class OneOffice {
 public:
  OneOffice(const std::string& url, const std::string& clock)
      : process_({"serve", "--store", url, "--office", DOCKET_SOURCE_DIR "/data/sample/office.json",
                  "--listen", "127.0.0.1:0", "--virtual-clock" + clock}) {
    const std::string line = process_.ReadLine();
    const auto at = line.find("127.0.0.1:");
    EXPECT_NE(at, std::string::npos) << line;
    port_ = static_cast<std::uint16_t>(std::stoi(line.substr(at + 10)));
  }
  Client As(const std::string& account) const { return Client(port_, account); }
  void Kill() {
    process_.Kill9();
    process_.Wait();
  }

 private:
  Process process_;
  std::uint16_t port_ = 0;
};

TEST(NotificationsThroughKills, EveryNoticeIsInTheInboxExactlyOnce) {
  TemporaryFolder folder;
  const std::string url = StoreUrlIn(folder.Path());
  constexpr int kLives = 6;
  constexpr int kCasesOfLife = 4;
  std::vector<std::string> lodged;
  std::string clock = "=2024-08-08T09:00:00+08:00";
  for (int life = 0; life < kLives; ++life, clock.clear()) {
    OneOffice office(url, clock);
    for (int i = 0; i < kCasesOfLife; ++i) {
      const Reply reply = office.As("portal-0001").Post("/v1/cases", LodgeBody());
      ASSERT_EQ(reply.status, 201) << reply.text;
      lodged.push_back(reply.body["case_id"]);
    }
    // Dies before, in the middle of and after telling, by turns.
    if (life % 2 == 1) Inbox(office.As("intake-0001"), lodged.size() - 1);
    office.Kill();
  }
  OneOffice office(url, clock);
  const Json inbox = Inbox(office.As("intake-0001"), lodged.size());
  std::vector<std::string> told;
  for (const auto& one : inbox) told.push_back(one["case_id"]);
  EXPECT_EQ(told, lodged) << "each once, in the order of the log";
  office.Kill();
}

TEST(NotificationsThroughKills, OfTwoProcessesOneTells) {
  if (!OnPostgres()) GTEST_SKIP() << "a SQLite store has one process";
  TemporaryFolder folder;
  const std::string url = StoreUrlIn(folder.Path());
  OneOffice first(url, "=2024-08-08T09:00:00+08:00");
  OneOffice second(url, "");
  std::vector<std::string> lodged;
  for (int i = 0; i < 6; ++i) {
    const Client portal = (i % 2 == 0 ? first : second).As("portal-0001");
    lodged.push_back(portal.Post("/v1/cases", LodgeBody()).body["case_id"]);
  }
  first.Kill();
  lodged.push_back(second.As("portal-0001").Post("/v1/cases", LodgeBody()).body["case_id"]);
  const Json inbox = Inbox(second.As("intake-0001"), lodged.size());
  ASSERT_EQ(inbox.size(), lodged.size());
  for (std::size_t i = 0; i < lodged.size(); ++i) EXPECT_EQ(inbox[i]["case_id"], lodged[i]);
  second.Kill();
}

}  // namespace
}  // namespace docket::test
