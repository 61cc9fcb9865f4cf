// Reading over HTTP: who sees what, as of when, in lists and in the feed.
#include <filesystem>
#include <set>

#include <gtest/gtest.h>

#include "persistence/sqlite/database.hpp"
#include "tests/api/complaint_requests.hpp"

namespace docket::test {
namespace {

const Json kSealed = {{"sealed", true}};

TEST(Reading, PersonalTextsAreOpenOnlyToThoseWhoNeedThem) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.ToAccepted();
  for (const char* account :
       {"intake-0001", "handler-0001", "legal-0001", "head-0001", "portal-0001"}) {
    const Reply read = server.As(account).Get(walk.Path());
    ASSERT_EQ(read.status, 200) << account << read.text;
    EXPECT_NE(read.text.find(kComplainantName), std::string::npos) << account;
    const Reply timeline = server.As(account).Get(walk.Path("/timeline"));
    EXPECT_NE(timeline.text.find(kComplainantPhone), std::string::npos) << account;
  }
  for (const char* account :
       {"records-0001", "unit-admin-0001", "resource-0001", "discipline-0001"}) {
    for (const char* rest : {"", "/timeline", "/deadlines?explain=true"}) {
      const Reply read = server.As(account).Get(walk.Path(rest));
      ASSERT_EQ(read.status, 200) << account << read.text;
      EXPECT_EQ(read.text.find(kComplainantName), std::string::npos) << account << rest;
      EXPECT_EQ(read.text.find(kComplainantPhone), std::string::npos) << account << rest;
      EXPECT_EQ(read.text.find("$sealed"), std::string::npos) << account << rest;
    }
    const Reply timeline = server.As(account).Get(walk.Path("/timeline"));
    EXPECT_EQ(timeline.body["events"][0]["data"]["complainant"]["name"], kSealed) << account;
  }
  for (const char* account :
       {"intake-0101", "head-0101", "centre-0001", "provider-0001", "sysadmin-0001"}) {
    for (const char* rest : {"", "/timeline", "/deadlines"}) {
      const Reply read = server.As(account).Get(walk.Path(rest));
      EXPECT_EQ(read.status, 403) << account << rest;
      EXPECT_EQ(read.Code(), "case_not_readable");
    }
  }
}

TEST(Reading, TheComplainantSeesItsOwnTextsAndWhatItIsTold) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.ToAccepted();
  const std::vector<std::string> office_words = {
      "评审符合采购文件",   "询问评审专家三人", "投诉缺乏事实依据", "评审委员会按采购文件评审",
      "某采购代理有限公司", "drafted_outcome",  "recused",          "violations"};
  const auto expect_party_view = [&] {
    for (const char* rest : {"", "/timeline", "/deadlines?explain=true"}) {
      const Reply read = server.As("portal-0001").Get(walk.Path(rest));
      ASSERT_EQ(read.status, 200) << read.text;
      for (const auto& word : office_words) {
        EXPECT_EQ(read.text.find(word), std::string::npos) << word << " in " << rest;
      }
      EXPECT_EQ(read.text.find("$sealed"), std::string::npos) << rest;
    }
    const Reply read = server.As("portal-0001").Get(walk.Path());
    EXPECT_EQ(read.body["facts"]["complainant"]["phone"], kComplainantPhone);
    EXPECT_EQ(read.body["facts"]["claims"], kClaims);
    EXPECT_EQ(read.body["facts"]["respondents"][0]["name"], kSealed);
  };
  expect_party_view();
  walk.ToArchived();
  expect_party_view();
  std::set<std::string> types;
  const Reply timeline = server.As("portal-0001").Get(walk.Path("/timeline"));
  for (const auto& event : timeline.body["events"]) {
    types.insert(event["type"]);
    if (event["type"] == "deadline.started") {
      EXPECT_EQ(event["data"]["rule"], "procurement_decide");
    }
  }
  const std::set<std::string> told = {"complaint.lodged",
                                      "complaint.signed_for",
                                      "complaint.accepted",
                                      "complaint.decided",
                                      "complaint.decision_served",
                                      "complaint.archived",
                                      "complaint.decision_published",
                                      "deadline.started",
                                      "deadline.met"};
  EXPECT_EQ(types, told);
  const Reply office = server.As("handler-0001").Get(walk.Path("/timeline"));
  EXPECT_NE(office.text.find("询问评审专家三人"), std::string::npos);
}

TEST(Reading, APartyReadsNoCaseOfAnother) {
  TestServer server;
  ComplaintWalk walk(server);
  const Reply lodged = walk.Lodge();
  for (const char* account : {"portal-0002", "platform-operator-0001"}) {
    EXPECT_EQ(server.As(account).Get("/v1/clock").status, 200) << account;
    EXPECT_EQ(server.As(account).Get(walk.Path()).Code(), "case_not_readable") << account;
  }
  const Reply act =
      server.As("portal-0002").Post(walk.Path("/commands/cancel"), {{"data", Json::object()}});
  EXPECT_EQ(act.status, 403) << act.text;
  const Reply list = server.As("portal-0002")
                         .Get("/v1/cases?min_position=" + lodged.headers.at("docket-position"));
  EXPECT_EQ(list.body["cases"], Json::array());
}

TEST(Reading, ACaseIsShownAsOfAnInstantADayOrAPosition) {
  TestServer server;
  ComplaintWalk walk(server);
  const Reply lodged = walk.Lodge();
  server.MoveClock("2024-08-09T10:00:00+08:00");
  walk.Act("intake-0001", "sign_for", {{"handlers", {"handler-0001", "handler-0002"}}});
  const Client intake = server.As("intake-0001");
  const auto state = [&](const std::string& as_of) {
    const Reply read = intake.Get(walk.Path("?as_of=" + as_of));
    EXPECT_FALSE(read.body.contains("allowed"));
    return read.body.value("state", read.Code());
  };
  EXPECT_EQ(intake.Get(walk.Path()).body["state"], "signed_for");
  EXPECT_EQ(state(std::to_string(lodged.body["position"].get<int>())), "lodged");
  EXPECT_EQ(state("2024-08-08"), "lodged");
  EXPECT_EQ(state("2024-08-09"), "signed_for");
  EXPECT_EQ(state("2024-08-09T09:59:00%2B08:00"), "lodged");
  EXPECT_EQ(state("2024-08-09T09:59:00+08:00"), "lodged");
  EXPECT_EQ(state("2024-08-07"), "unknown_case");
  const Reply clocks = intake.Get(walk.Path("?as_of=2024-08-08"));
  EXPECT_EQ(clocks.body["now"].get<std::string>().substr(0, 10), "2024-08-08");
  const Reply timeline = intake.Get(walk.Path("/timeline?as_of=2024-08-08"));
  EXPECT_EQ(timeline.body["events"].size(), lodged.body["version"].get<std::size_t>());
}

TEST(Reading, AnUnchangedCaseIsNotSentAgain) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.Lodge();
  const Client intake = server.As("intake-0001");
  const Reply read = intake.Get(walk.Path());
  const bool people_last = read.body["version"] == read.body["people_version"];
  const Reply again = intake.Get(walk.Path(), {{"If-None-Match", read.headers.at("etag")}});
  EXPECT_EQ(again.status, people_last ? 304 : 200);
  EXPECT_EQ(intake.Get(walk.Path(), {{"If-None-Match", "\"999\""}}).status, 200);
}

TEST(Reading, ListsShowWhatTheReaderMaySee) {
  TestServer server;
  ComplaintWalk first(server);
  first.Lodge();
  ComplaintWalk second(server);
  const Reply last = second.Lodge();
  const std::string wait = "min_position=" + last.headers.at("docket-position");
  const auto count = [&](const std::string& account, const std::string& query) {
    const Reply reply = server.As(account).Get("/v1/cases?" + wait + query);
    EXPECT_EQ(reply.status, 200) << reply.text;
    EXPECT_EQ(reply.text.find(kComplainantName), std::string::npos);
    return reply.body["cases"].size();
  };
  EXPECT_EQ(count("intake-0001", ""), 2u);
  EXPECT_EQ(count("resource-0001", ""), 2u);
  EXPECT_EQ(count("portal-0001", ""), 2u);
  EXPECT_EQ(count("intake-0101", ""), 0u);
  EXPECT_EQ(count("sysadmin-0001", ""), 0u);
  EXPECT_EQ(count("intake-0001", "&state=lodged"), 2u);
  EXPECT_EQ(count("intake-0001", "&state=accepted"), 0u);
  EXPECT_EQ(count("intake-0001", "&workflow=complaint&profile=government_procurement"), 2u);
  EXPECT_EQ(count("intake-0001", "&region=330400"), 2u);
  EXPECT_EQ(count("intake-0001", "&region=350000"), 0u);
  EXPECT_EQ(count("intake-0001", "&industry=government_procurement"), 2u);
  EXPECT_EQ(count("intake-0001", "&overdue=false"), 2u);
  EXPECT_EQ(count("intake-0001", "&text=%E9%A3%9F%E5%A0%82"), 2u);
  const Reply page = server.As("intake-0001").Get("/v1/cases?limit=1&" + wait);
  ASSERT_EQ(page.body["cases"].size(), 1u);
  const Reply rest =
      server.As("intake-0001").Get("/v1/cases?limit=1&after=" + page.body.value("next", ""));
  ASSERT_EQ(rest.body["cases"].size(), 1u) << rest.text;
  EXPECT_NE(rest.body["cases"][0]["case_id"], page.body["cases"][0]["case_id"]);
}

/// The file with the tables of cases.
std::string ViewsFile(const TestServer& server) {
  for (const auto& entry : std::filesystem::directory_iterator(server.StoreFolder())) {
    const std::string name = entry.path().filename().string();
    if (name.find(".views.cases") == std::string::npos || !name.ends_with(".db")) continue;
    return entry.path();
  }
  return "";
}

TEST(Reading, AViewThatDoesNotComeSaysSo) {
  if (OnPostgres()) GTEST_SKIP() << "the projector is held up by a lock of SQLite";
  TestServer server;
  ASSERT_TRUE(server.App().CatchUp());
  Database other(ViewsFile(server));
  other.Execute("BEGIN IMMEDIATE");
  ComplaintWalk walk(server);
  walk.Lodge();
  const std::string target = "/v1/cases?min_position=" + std::to_string(server.Head());
  const Reply reply = server.As("intake-0001").Get(target);
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.Code(), "projection_behind");
  EXPECT_EQ(reply.headers.at("retry-after"), "1");
  other.Execute("ROLLBACK");
  ASSERT_TRUE(server.App().CatchUp());
  EXPECT_EQ(server.As("intake-0001").Get(target).status, 200);
}

TEST(Reading, APositionThatTheLogHasNotComeToIsNotWaitedFor) {
  TestServer server;
  const Reply reply = server.As("intake-0001").Get("/v1/cases?min_position=1000");
  EXPECT_EQ(reply.Errors(), std::vector<std::string>{"/query/min_position position_ahead_of_log"});
}

TEST(Reading, FieldsLeaveOnlyWhatIsAskedFor) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.Lodge();
  ASSERT_TRUE(server.App().CatchUp());
  const Client intake = server.As("intake-0001");
  const Json expected = {{"case_id", walk.CaseId()}, {"state", "lodged"}};
  EXPECT_EQ(intake.Get(walk.Path("?fields=state")).body, expected);
  EXPECT_EQ(intake.Get("/v1/cases?fields=state,case_id").body["cases"], Json::array({expected}));
  EXPECT_EQ(intake.Get(walk.Path("?fields=state,colour")).Errors(),
            std::vector<std::string>{"/query/fields member_unknown"});
}

TEST(Reading, ATimelineComesInPages) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.ToAccepted();
  const Client head = server.As("head-0001");
  const Json whole = head.Get(walk.Path("/timeline")).body;
  EXPECT_FALSE(whole.contains("next"));
  Json gathered = Json::array();
  std::string after = "0";
  while (!after.empty()) {
    const Json page = head.Get(walk.Path("/timeline?limit=2&after=" + after)).body;
    ASSERT_LE(page["events"].size(), 2U);
    for (const auto& event : page["events"]) gathered.push_back(event);
    after = page.value("next", "");
  }
  EXPECT_GT(gathered.size(), 4U);
  EXPECT_EQ(gathered, whole["events"]);
}

TEST(Reading, ACopyThatIsStillRightIsNotSentAgain) {
  TestServer server;
  const Client intake = server.As("intake-0001");
  const Reply first = intake.Get("/v1/workflows/complaint");
  const Headers held = {{"If-None-Match", first.headers.at("etag")}};
  EXPECT_EQ(intake.Get("/v1/workflows/complaint", held).status, 304);
  EXPECT_EQ(intake.Get("/v1/workflows/account", held).status, 200);
}

TEST(Reading, LongAnswersComeCompressedToWhoAsks) {
  TestServer server;
  const Client intake = server.As("intake-0001");
  const Reply plain = intake.Get("/v1/workflows/complaint");
  const Reply packed = intake.Get("/v1/workflows/complaint", {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(packed.headers.at("content-encoding"), "gzip");
  EXPECT_EQ(packed.headers.at("etag"), plain.headers.at("etag"));
  EXPECT_LT(packed.text.size(), plain.text.size() / 3);
}

TEST(Reading, ACallersRequestIdStandsWhenItIsAUuid) {
  TestServer server;
  const std::string id = "01900000-0000-7000-8000-000000000001";
  const auto answered = [&](const std::string& given) {
    return server.As("").Get("/v1/health", {{"X-Request-Id", given}}).headers.at("x-request-id");
  };
  EXPECT_EQ(answered(id), id);
  EXPECT_NE(answered("13905731234"), "13905731234");
}

TEST(Reading, DeadlinesAreListedForThoseWhoMayReadTheCase) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.Lodge();
  ASSERT_TRUE(server.App().CatchUp());
  const std::string query = "/v1/deadlines?rule=procurement_decide&due_by=2024-09-20";
  const Reply mine = server.As("handler-0001").Get(query);
  ASSERT_EQ(mine.body["deadlines"].size(), 1u) << mine.text;
  EXPECT_EQ(mine.body["deadlines"][0]["case_id"], walk.CaseId());
  EXPECT_EQ(mine.body["deadlines"][0]["left"], 30);
  EXPECT_EQ(server.As("handler-0101").Get(query).body["deadlines"].size(), 0u);
  EXPECT_EQ(server.As("handler-0001")
                .Get("/v1/deadlines?rule=procurement_decide&due_by=2024-09-19")
                .body["deadlines"]
                .size(),
            0u);
}

TEST(Reading, WorkflowsDescribeThemselves) {
  TestServer server;
  const Client portal = server.As("portal-0001");
  const Reply list = portal.Get("/v1/workflows");
  std::set<std::string> names;
  for (const auto& workflow : list.body["workflows"]) names.insert(workflow["name"]);
  EXPECT_TRUE(names.contains("complaint"));
  const Reply complaint = portal.Get("/v1/workflows/complaint");
  EXPECT_EQ(complaint.body["initial"], "draft");
  EXPECT_FALSE(complaint.body["rows"].empty());
  for (const auto& command : complaint.body["commands"]) {
    EXPECT_EQ(command["schema"]["type"], "object") << command["name"];
  }
}

TEST(Reading, HealthSaysHowFarTheViewsAre) {
  TestServer server;
  ComplaintWalk(server).Lodge();
  ASSERT_TRUE(server.App().CatchUp());
  const Reply health = server.As("").Get("/v1/health");
  EXPECT_EQ(health.body["status"], "ok");
  EXPECT_EQ(health.body["head"], server.Head());
  EXPECT_EQ(health.body["projected"], server.Head());
}

}  // namespace
}  // namespace docket::test
