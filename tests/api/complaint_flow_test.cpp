// A government-procurement complaint over HTTP, from the portal to the archive, on its clocks.
// Dates of the decision 平湖〔2024〕9号: received 2024-08-08, to be decided by 2024-09-20.
#include <fstream>

#include <gtest/gtest.h>

#include "tests/api/complaint_requests.hpp"

namespace docket::test {
namespace {

Json ClockOf(const Json& list, const std::string& rule) {
  for (const auto& clock : list) {
    if (clock["rule"] == rule) return clock;
  }
  ADD_FAILURE() << "no clock " << rule << " in " << list.dump(1);
  return Json::object();
}

Json DayOf(const Json& days, const std::string& date) {
  for (const auto& day : days) {
    if (day["date"] == date) return day;
  }
  ADD_FAILURE() << "no day " << date;
  return Json::object();
}

TEST(ComplaintFlow, LodgingAnswersWithPlaceVersionAndPosition) {
  TestServer server;
  ComplaintWalk walk(server);
  const Reply lodged = walk.Lodge();
  EXPECT_EQ(lodged.headers.at("location"), walk.Path());
  EXPECT_EQ(lodged.headers.at("etag"),
            "\"" + std::to_string(lodged.body["people_version"].get<int>()) + "\"");
  EXPECT_EQ(lodged.headers.at("docket-position"), std::to_string(server.Head()));
  EXPECT_EQ(lodged.body["state"], "lodged");
  EXPECT_EQ(lodged.body["state_zh"], "待签收");
  EXPECT_EQ(lodged.body["events"][0], "complaint.lodged");
  EXPECT_EQ(lodged.body["repeated"], false);
}

TEST(ComplaintFlow, TheDecisionIsDueByLawAndEveryDayExplained) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.Lodge();
  const Reply reply = server.As("intake-0001").Get(walk.Path("/deadlines?explain=true"));
  ASSERT_EQ(reply.status, 200) << reply.text;
  const Json clock = ClockOf(reply.body["deadlines"], "procurement_decide");
  EXPECT_EQ(clock["due_date"], "2024-09-20");
  EXPECT_EQ(clock["due_at"], "2024-09-21T00:00:00+08:00");
  EXPECT_EQ(clock["kind"], "statutory");
  EXPECT_EQ(clock["state"], "running");
  EXPECT_EQ(clock["left"], 30);
  const Json& explain = clock["explain"];
  EXPECT_NE(explain["basis"]["document"].get<std::string>().find("政府采购法"), std::string::npos);
  EXPECT_EQ(DayOf(explain["days"], "2024-09-14")["code"], "makeup_workday");
  EXPECT_EQ(DayOf(explain["days"], "2024-09-14")["counted"], true);
  EXPECT_EQ(DayOf(explain["days"], "2024-09-16")["code"], "holiday");
  EXPECT_EQ(DayOf(explain["days"], "2024-08-08")["counted"], false);
  EXPECT_EQ(DayOf(explain["days"], "2024-09-20")["ordinal"], 30);
}

// Shows A070, A080.
TEST(ComplaintFlow, FromThePortalToTheArchive) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.ToAccepted();
  walk.ToArchived();
  const Reply read = server.As("intake-0001").Get(walk.Path());
  ASSERT_EQ(read.status, 200);
  EXPECT_EQ(read.body["state"], "archived");
  EXPECT_EQ(read.body["summary"]["outcome"], "dismissed");
  EXPECT_EQ(ClockOf(read.body["clocks"], "procurement_decide")["state"], "met");
  const Reply timeline = server.As("intake-0001").Get(walk.Path("/timeline"));
  ASSERT_EQ(timeline.status, 200);
  EXPECT_EQ(timeline.body["events"].size(), read.body["version"].get<std::size_t>());
  for (const auto& event : timeline.body["events"]) EXPECT_NE(event["zh"], "") << event.dump();
}

std::string Example(const std::string& name) {
  std::ifstream file(DOCKET_SOURCE_DIR "/docs/examples/" + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(ComplaintFlow, TheExamplesOfTheReadmeWorkAsPrinted) {
  const TestServer server({.virtual_clock = false});
  const Client clerk = server.As("intake-0001");
  const Reply opened = clerk.PostText("/v1/cases", Example("complaint.json"));
  ASSERT_EQ(opened.status, 201) << opened.text;
  const std::string path = opened.headers.at("location");
  const Reply handled = clerk.PostText(path + "/commands", Example("handling.json"));
  ASSERT_EQ(handled.status, 200) << handled.text;
  EXPECT_EQ(handled.body["state"], "published");
  EXPECT_EQ(handled.body["state_zh"], "已公告");
  const Reply deadlines = server.As("head-0001").Get(path + "/deadlines?explain=true");
  ASSERT_EQ(deadlines.status, 200) << deadlines.text;
  const Json clock = ClockOf(deadlines.body["deadlines"], "procurement_decide");
  EXPECT_EQ(clock["due_date"], "2024-09-20");
  EXPECT_EQ(clock["state"], "met");
  const Json& days = clock["explain"]["days"];
  ASSERT_GE(days.size(), 9u);
  EXPECT_EQ(days[days.size() - 9]["date"], "2024-09-12");
  EXPECT_EQ(days.back()["zh"], "第30个工作日，期限届满日");
  EXPECT_EQ(clerk.Get(path + "?as_of=14").status, 200);
}

TEST(ComplaintFlow, AllowedCommandsFollowStateAndRoleAndCarryTheirSchema) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.Lodge();
  const auto allowed = [&](const std::string& account) {
    std::vector<std::string> names;
    const Reply reply = server.As(account).Get(walk.Path());
    for (const auto& command : reply.body["allowed"]) {
      names.push_back(command["name"]);
      EXPECT_EQ(command["schema"]["type"], "object");
    }
    return names;
  };
  const auto intake = allowed("intake-0001");
  EXPECT_NE(std::find(intake.begin(), intake.end(), "sign_for"), intake.end());
  const auto portal = allowed("portal-0001");
  EXPECT_NE(std::find(portal.begin(), portal.end(), "cancel"), portal.end());
  EXPECT_EQ(std::find(portal.begin(), portal.end(), "sign_for"), portal.end());
}

TEST(ComplaintFlow, SeveralCommandsAreDecidedAndAppendedAsOne) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.ToAccepted();
  const Json good = {
      {{"name", "investigate"},
       {"data", {{"kind", "inquiry"}, {"second_officer", "handler-0002"}, {"record", "询问"}}}},
      {{"name", "send_reply_notice"}, {"data", {{"parties", {"respondent_1"}}}}}};
  Json bad = good;
  bad[1]["data"]["parties"] = {"nobody"};
  const std::int64_t head = server.Head();
  const Client handler = server.As("handler-0001");
  const Reply refused = handler.Post(walk.Path("/commands"), {{"commands", bad}});
  EXPECT_EQ(refused.Code(), "party_unknown") << refused.text;
  EXPECT_EQ(server.Head(), head);
  const Reply done = handler.Post(walk.Path("/commands"), {{"commands", good}});
  EXPECT_EQ(done.status, 200) << done.text;
  EXPECT_EQ(done.body["state"], "reply_notice_sent");
}

TEST(ComplaintFlow, ARepeatGivesTheFirstAnswer) {
  TestServer server;
  const Client portal = server.As("portal-0001");
  const Headers key = {{"Idempotency-Key", "lodge-1"}};
  const Reply first = portal.Post("/v1/cases", LodgeBody(), key);
  ASSERT_EQ(first.status, 201) << first.text;
  const std::int64_t head = server.Head();
  ComplaintWalk(server).Lodge();
  const std::int64_t later = server.Head();
  Reply again = portal.Post("/v1/cases", LodgeBody(), key);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body["repeated"], true);
  EXPECT_EQ(again.headers.at("location"), first.headers.at("location"));
  again.body["repeated"] = false;
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(first.body["position"], head);
  EXPECT_EQ(server.Head(), later);

  Json other = LodgeBody();
  other["data"]["project_name"] = "另一个项目";
  const Reply reused = portal.Post("/v1/cases", other, key);
  EXPECT_EQ(reused.status, 409);
  EXPECT_EQ(reused.Code(), "command_id_reused");
  EXPECT_EQ(server.Head(), later);
}

// Shows A014.
TEST(ComplaintFlow, AClerkEntersTheHeadsActAndBothAreNamed) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.Lodge();
  walk.Act("intake-0001", "sign_for", {{"handlers", {"handler-0001", "handler-0002"}}});
  server.MoveClock("2024-08-12T09:00:00+08:00");
  const Reply entered =
      server.As("intake-0001")
          .Post(walk.Path("/commands/accept"),
                {{"data",
                  {{"has_interest", true},
                   {"is_specific", true},
                   {"is_complete", true},
                   {"is_new", true},
                   {"is_not_under_review", true},
                   {"within_challenge", true},
                   {"received_here_first", true}}},
                 {"occurred_at", "2024-08-09"},
                 {"back_entry", {{"actor", "head-0001"}, {"reason", "系统停机"}}}});
  ASSERT_EQ(entered.status, 200) << entered.text;
  const Reply timeline = server.As("intake-0001").Get(walk.Path("/timeline"));
  Json accepted;
  for (const auto& event : timeline.body["events"]) {
    if (event["type"] == "complaint.accepted") accepted = event;
  }
  ASSERT_TRUE(accepted.is_object());
  EXPECT_EQ(accepted["actor"], "head-0001");
  EXPECT_EQ(accepted["recorded_by"], "intake-0001");
  EXPECT_EQ(accepted["occurred_at"].get<std::string>().substr(0, 10), "2024-08-09");
  EXPECT_EQ(accepted["recorded_at"].get<std::string>().substr(0, 10), "2024-08-12");
}

// Shows A038.
TEST(ComplaintFlow, TimeAloneRecordsTheLapse) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.ToAccepted();
  const Reply before = server.MoveClock("2024-09-20T23:59:00+08:00");
  ASSERT_EQ(before.status, 200) << before.text;
  const auto clock = [&] {
    const Reply read = server.As("intake-0001").Get(walk.Path());
    return ClockOf(read.body["clocks"], "procurement_decide");
  };
  EXPECT_EQ(clock()["state"], "running");
  EXPECT_EQ(clock()["left"], 0);
  const Reply after = server.MoveClock("2024-09-21T00:00:01+08:00");
  EXPECT_EQ(after.body["cases_ticked"], 1) << after.text;
  EXPECT_EQ(clock()["state"], "lapsed");
  const Reply overdue = server.As("resource-0001").Get("/v1/cases?overdue=true");
  ASSERT_EQ(overdue.body["cases"].size(), 1u) << overdue.text;
  EXPECT_EQ(overdue.body["cases"][0]["case_id"], walk.CaseId());
  EXPECT_EQ(server.MoveClock("2024-09-21T00:00:02+08:00").body["cases_ticked"], 0);
}

TEST(ComplaintFlow, TheClocksFactDoesNotVoidAnOpenForm) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.ToAccepted();
  const std::string etag = server.As("handler-0001").Get(walk.Path()).headers.at("etag");
  server.MoveClock("2024-09-21T00:00:01+08:00");
  const Json data = {{"kind", "inquiry"}, {"second_officer", "handler-0002"}, {"record", "询问"}};
  walk.Act("handler-0001", "investigate", data, {{"If-Match", etag}});
  const Reply stale =
      server.As("handler-0001")
          .Post(walk.Path("/commands/investigate"), {{"data", data}}, {{"If-Match", etag}});
  EXPECT_EQ(stale.status, 412);
  EXPECT_EQ(stale.Code(), "stale_version");
}

TEST(ComplaintFlow, TheClockMovesForwardOnlyAndOnlyWhenVirtual) {
  TestServer server;
  ComplaintWalk(server).Lodge();
  const Reply back = server.MoveClock("2024-01-01T00:00:00+08:00");
  EXPECT_EQ(back.Code(), "clock_before_log_head") << back.text;
  EXPECT_EQ(server.As("portal-0001").Get("/v1/clock").body["virtual"], true);
  const Reply far = server.MoveClock("2101-01-01T00:00:00+08:00");
  EXPECT_EQ(far.status, 422);
  EXPECT_EQ(far.Code(), "clock_out_of_range");
  EXPECT_EQ(server.MoveClock("2100-12-31T23:59:59+08:00").status, 200);
  const TestServer real({.virtual_clock = false});
  const Reply refused = real.MoveClock("2030-01-01T00:00:00+08:00");
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.Code(), "clock_not_virtual");
}

}  // namespace
}  // namespace docket::test
