// The second log over HTTP: what is recorded, when, and who reads it.
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/api/complaint_requests.hpp"
#include "tests/api/process.hpp"

namespace docket::test {
namespace {

class AccessLogOverHttp : public ::testing::Test {
 protected:
  /// The events that the filter finds, written so far and to come.
  Json Read(const std::string& filter) {
    server_.App().Accesses().Write();
    const Reply reply = server_.As("auditor-0001").Get("/v1/access-log?" + filter);
    EXPECT_EQ(reply.status, 200) << reply.text;
    return reply.body.value("events", Json::array());
  }
  Position Head() { return server_.App().Log().ReadHead(LogId::kAccess).position; }

  TestServer server_;
  ComplaintWalk walk_{server_};
};

// Shows A108.
TEST_F(AccessLogOverHttp, ADeniedAttemptIsRecordedOnceAndCounted) {
  walk_.Lodge();
  const auto cases_head = server_.Head();
  for (int i = 0; i < 3; ++i) server_.As("intake-0101").Get(walk_.Path());
  server_.As("intake-0101").Post(walk_.Path("/commands/sign_for"), {{"data", Json::object()}});
  const Json read = Read("account=intake-0101&case_id=" + walk_.CaseId());
  for (const auto& event : read) EXPECT_EQ(event["address"], "127.0.0.1");
  std::int64_t count = 0;
  std::set<std::string> operations;
  for (const auto& event : read) {
    EXPECT_EQ(event["type"], "access.denied");
    EXPECT_EQ(event["reason"], "case_not_readable");
    EXPECT_EQ(event["account"], "intake-0101");
    EXPECT_EQ(event["unit"], "housing-330482");
    EXPECT_EQ(event["role"], "intake");
    operations.insert(event["operation"].get<std::string>() + event.value("command", ""));
    count += event["count"].get<std::int64_t>();
  }
  EXPECT_EQ(operations, (std::set<std::string>{"GET /v1/cases/{id}",
                                               "POST /v1/cases/{id}/commands/{name}sign_for"}));
  EXPECT_LE(count, 4);
  EXPECT_GE(count, 2);
  EXPECT_EQ(server_.Head(), cases_head);
}

TEST_F(AccessLogOverHttp, OpenedPersonalTextsAreOnTheDiskBeforeTheAnswer) {
  walk_.Lodge();
  const Position before = Head();
  EXPECT_EQ(server_.As("intake-0001").Get(walk_.Path()).status, 200);
  auto events =
      server_.App().Log().ReadStream(LogId::kAccess, StreamId("access-intake-0001"), {}, 10);
  std::erase_if(events, [](const RecordedEvent& event) { return event.type != "access.read"; });
  ASSERT_EQ(events.size(), 1u);
  const Json data = Json::parse(events[0].data);
  EXPECT_EQ(data["access"], "open");
  EXPECT_EQ(data["personal"], true);
  EXPECT_EQ(data["case_id"], walk_.CaseId());
  EXPECT_EQ(events[0].role, Role::kIntake);
  EXPECT_GT(Head(), before);
  EXPECT_EQ(server_.As("intake-0001").Get(walk_.Path("/timeline")).status, 200);
  EXPECT_EQ(Read("account=intake-0001&type=access.read").size(), 2u);
}

TEST_F(AccessLogOverHttp, SealedReadingsAreRecordedWithTheirConsent) {
  walk_.ToAccepted();
  const Reply given =
      server_.As("head-0001")
          .Post(walk_.Path("/consents"),
                {{"rights", {"query"}},
                 {"unit", "discipline-330482"},
                 {"until", "2024-12-31"},
                 {"purpose", "核查线索"},
                 {"document",
                  {{"digest", "sha256:" + std::string(64, 'a')}, {"name", "同意书.pdf"}}}});
  ASSERT_EQ(given.status, 201) << given.text;
  const Headers consent = {{"Docket-Consent", given.body["consent"]}};
  EXPECT_EQ(server_.As("discipline-0001").Get(walk_.Path(), consent).status, 200);
  const Json read = Read("account=discipline-0001&type=access.read");
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0]["access"], "sealed");
  EXPECT_EQ(read[0]["personal"], false);
  EXPECT_EQ(read[0]["consent"], given.body["consent"]);
  const Reply wrong =
      server_.As("discipline-0001").Get(walk_.Path(), {{"Docket-Consent", "with space"}});
  EXPECT_EQ(wrong.status, 400);
  EXPECT_EQ(wrong.Errors(), std::vector<std::string>{"/header/Docket-Consent reference_invalid"});
}

TEST_F(AccessLogOverHttp, TheCommandLineIsRecordedToo) {
  walk_.Lodge();
  const auto show = [&](const char* verb) {
    return RunDocket({"case", verb, walk_.CaseId(), "--store", server_.StoreUrl(), "--json"});
  };
  if (!OnPostgres()) {
    const auto beside = show("show");
    EXPECT_EQ(beside.exit_code, 0) << beside.said;
    EXPECT_NE(beside.said.find("not recorded"), std::string::npos) << "the server owns the store";
    EXPECT_NE(beside.said.find(walk_.CaseId()), std::string::npos);
    server_.Stop();
  }
  for (const char* verb : {"show", "timeline"}) {
    const auto shown = show(verb);
    EXPECT_EQ(shown.exit_code, 0) << shown.said;
    EXPECT_EQ(shown.said.find("not recorded"), std::string::npos) << shown.said;
  }
  const auto log = RunDocket({"access-log", "--store", server_.StoreUrl(), "--case", walk_.CaseId(),
                              "--type", "access.read", "--json"});
  std::vector<std::string> operations;
  std::istringstream lines(log.said);
  for (std::string line; std::getline(lines, line);) {
    const Json event = Json::parse(line);
    EXPECT_TRUE(event["account"].get<std::string>().starts_with("os:")) << line;
    EXPECT_EQ(event["access"], "sealed");
    operations.push_back(event["operation"]);
  }
  EXPECT_EQ(operations, (std::vector<std::string>{"docket case show", "docket case timeline"}))
      << log.said;
}

TEST_F(AccessLogOverHttp, WithoutAnAccountOnlyReasonAndAddressAreCounted) {
  const auto count = [&](const std::string& reason) {
    std::int64_t all = 0;
    for (const auto& event : Read("reason=" + reason)) {
      EXPECT_FALSE(event.contains("account"));
      EXPECT_FALSE(event.contains("operation"));
      EXPECT_EQ(event["address"], "127.0.0.1");
      all += event["count"].get<std::int64_t>();
    }
    return all;
  };
  server_.As("").Get("/v1/cases");
  server_.As("nobody-at-all").Get("/v1/cases");
  EXPECT_GE(count("token_missing"), 1);
  EXPECT_GE(count("token_unknown"), 1);
}

// Shows A122.
TEST_F(AccessLogOverHttp, OnlyTheSystemAuditorReadsItAndNobodyChangesIt) {
  for (const char* account : {"sysadmin-0001", "operator-0001", "head-0001", "discipline-0001",
                              "unit-admin-0001", "portal-0001"}) {
    const Reply reply = server_.As(account).Get("/v1/access-log");
    EXPECT_EQ(reply.status, 403) << account;
    EXPECT_EQ(reply.Code(), "operation_not_permitted") << account;
  }
  for (const char* method : {"DELETE", "PUT", "POST"}) {
    EXPECT_EQ(server_.As("sysadmin-0001").Send(method, "/v1/access-log", "", {}).status, 405);
  }
  const Json denied = Read("reason=operation_not_permitted&account=sysadmin-0001");
  ASSERT_GE(denied.size(), 1u);
  EXPECT_EQ(denied[0]["operation"], "GET /v1/access-log");
  // Who audits is audited.
  const Json audits = Read("account=auditor-0001&type=access.read");
  ASSERT_GE(audits.size(), 1u);
  EXPECT_EQ(audits[0]["operation"], "GET /v1/access-log");
}

TEST_F(AccessLogOverHttp, PagesFollowEachOther) {
  walk_.Lodge();
  for (const char* account : {"intake-0101", "head-0101", "portal-0002"}) {
    server_.As(account).Get(walk_.Path());
  }
  server_.App().Accesses().Write();
  const Client auditor = server_.As("auditor-0001");
  std::set<std::int64_t> positions;
  std::int64_t after = 0;
  for (int i = 0; i < 20; ++i) {
    const Reply page = auditor.Get("/v1/access-log?limit=1&after=" + std::to_string(after));
    ASSERT_EQ(page.status, 200) << page.text;
    for (const auto& event : page.body["events"]) {
      positions.insert(event["position"].get<std::int64_t>());
    }
    if (page.body["next"] == page.body["head"]) break;
    EXPECT_GT(page.body["next"].get<std::int64_t>(), after);
    after = page.body["next"];
  }
  EXPECT_GE(positions.size(), 3u);
  EXPECT_EQ(auditor.Get("/v1/access-log?type=access.opened").status, 400);
}

}  // namespace
}  // namespace docket::test
