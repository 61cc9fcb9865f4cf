// Who reads a case besides what the policy says: readers named by the head, and consents.
#include <gtest/gtest.h>

#include "tests/api/complaint_requests.hpp"
#include "tests/api/event_stream.hpp"

namespace docket::test {
namespace {

Json Document() {
  return {{"digest", "sha256:" + std::string(64, 'a')}, {"name", "同意查询函.pdf"}};
}

Json ConsentBody(const Json& changes = Json::object()) {
  Json body = {{"rights", {"query"}},
               {"account", "centre-0001"},
               {"until", "2024-08-31"},
               {"purpose", "核对交易记录"},
               {"document", Document()}};
  body.update(changes);
  return body;
}

class Consents : public ::testing::Test {
 protected:
  Consents() : walk_(server_) { walk_.ToAccepted(); }

  Reply Give(const Json& body) const {
    return server_.As("head-0001").Post(walk_.Path("/consents"), body);
  }
  std::string Given(const Json& changes = Json::object()) const {
    const Reply given = Give(ConsentBody(changes));
    EXPECT_EQ(given.status, 201) << given.text;
    return given.body.value("consent", "");
  }
  Reply Read(const Client& reader, const std::string& consent, const std::string& rest = "") const {
    return reader.Get(walk_.Path(rest),
                      consent.empty() ? Headers() : Headers{{"Docket-Consent", consent}});
  }
  Reply Read(const std::string& reader, const std::string& consent) const {
    return Read(server_.As(reader), consent);
  }
  /// In the archive, and confidential.
  void LockAway() {
    walk_.ToArchived();
    const Reply restricted =
        server_.As("head-0001")
            .Post(walk_.Path("/restriction"),
                  {{"readers", {"handler-0001", "intake-0001"}}, {"reason", "涉及商业秘密"}});
    ASSERT_EQ(restricted.status, 200) << restricted.text;
  }

  TestServer server_;
  ComplaintWalk walk_;
};

TEST_F(Consents, AnotherUnitReadsWithOneInForceThatNamesIt) {
  EXPECT_EQ(Read("centre-0001", "").Code(), "case_not_readable");
  const std::string consent = Given();
  EXPECT_EQ(Read("centre-0001", "").Code(), "case_not_readable") << "it has to be named";
  for (const char* rest : {"", "/timeline", "/deadlines"}) {
    const Reply read = Read(server_.As("centre-0001"), consent, rest);
    EXPECT_EQ(read.status, 200) << read.text;
    EXPECT_EQ(read.text.find(kComplainantName), std::string::npos);
  }
  EXPECT_EQ(Read("provider-0001", consent).Code(), "case_not_readable") << "it names another";
  Json of_unit = ConsentBody({{"unit", "platform-330482"}});
  of_unit.erase("account");
  const std::string unit = Give(of_unit).body.value("consent", "");
  EXPECT_EQ(Read("provider-0001", unit).status, 200);
  const Json listed = server_.As("head-0001").Get(walk_.Path("/consents")).body["consents"];
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[0]["account"], "centre-0001");
  EXPECT_EQ(listed[1]["consent"], unit);
  EXPECT_EQ(listed[1]["unit"], "platform-330482");
  EXPECT_TRUE(server_.As("centre-0001").Get("/v1/cases").body["cases"].empty())
      << "it opens the file, not lists";
  EXPECT_EQ(server_.As("centre-0001").Post(walk_.Path("/commands/accept"), Json::object()).Code(),
            "case_not_readable");
}

TEST_F(Consents, ReadingsSayWithWhich) {
  const std::string consent = Given();
  ASSERT_EQ(Read("centre-0001", consent).status, 200);
  server_.App().Accesses().Write();
  const Reply log =
      server_.As("auditor-0001").Get("/v1/access-log?account=centre-0001&type=access.read");
  ASSERT_EQ(log.status, 200) << log.text;
  const Json& read = log.body["events"];
  ASSERT_EQ(read.size(), 1U) << log.text;
  EXPECT_EQ(read[0]["consent"], consent);
  EXPECT_EQ(read[0]["access"], "sealed");
}

TEST_F(Consents, OneThatIsOverOrRevokedOrForAnotherRightIsNone) {
  const std::string consent = Given();
  const std::string copy = Given({{"rights", {"copy"}}});
  EXPECT_EQ(Read("centre-0001", copy).Code(), "case_not_readable") << "to copy is not to query";
  const Reply revoked =
      server_.As("head-0001")
          .Post(walk_.Path("/consents/" + consent + "/revocation"), {{"reason", "核对完毕"}});
  EXPECT_EQ(revoked.status, 200) << revoked.text;
  EXPECT_EQ(Read("centre-0001", consent).Code(), "case_not_readable");
  EXPECT_EQ(server_.As("head-0001")
                .Post(walk_.Path("/consents/" + consent + "/revocation"), {{"reason", "再次"}})
                .Code(),
            "unknown_consent");
  const std::string short_one = Given({{"until", "2024-08-08"}});
  EXPECT_EQ(Read("centre-0001", short_one).status, 200) << "its last day";
  server_.MoveClock("2024-08-09T00:00:01+08:00");
  EXPECT_EQ(Read("centre-0001", short_one).Code(), "case_not_readable");
  EXPECT_EQ(Read("discipline-0001", short_one).Code(), "consent_not_in_force")
      << "who reads it anyway is told";
  EXPECT_EQ(Read("discipline-0001", "").status, 200);
}

TEST_F(Consents, AProgrammeTakesACopy) {
  const Reply made =
      server_.As("provider-0001")
          .Post(
              "/v1/api-keys",
              {{"label", "核对"}, {"roles", {"data_provider"}}, {"read_only", true}, {"days", 9}});
  ASSERT_EQ(made.status, 201) << made.text;
  const Client key = server_.Holding(made.body["token"]);
  const Json account = {{"account", "provider-0001"}};
  const std::string query = Given(account);
  EXPECT_EQ(Read("provider-0001", query).status, 200);
  EXPECT_EQ(Read(key, query).Code(), "case_not_readable");
  EXPECT_EQ(Read(key, Given({{"account", "provider-0001"}, {"rights", {"query", "copy"}}})).status,
            200);
}

TEST_F(Consents, AConfidentialFileInTheArchiveIsReadWithConsent) {
  LockAway();
  EXPECT_EQ(Read("handler-0001", "").Code(), "consent_needed");
  EXPECT_EQ(Read("intake-0001", "").Code(), "consent_needed");
  EXPECT_EQ(Read("discipline-0001", "").Code(), "case_not_readable") << "never cleared for it";
  EXPECT_EQ(Read("head-0001", "").status, 200) << "who decides on consents";
  EXPECT_EQ(Read("portal-0001", "").status, 200) << "whose complaint it is";
  for (const char* account : {"handler-0001", "intake-0001"}) {
    EXPECT_TRUE(server_.As(account).Get("/v1/cases").body["cases"].empty()) << account;
    EXPECT_TRUE(server_.As(account).Get("/v1/feed").body["events"].empty()) << account;
  }
  const std::string own = Given({{"account", "handler-0001"}});
  const Reply read = Read("handler-0001", own);
  EXPECT_EQ(read.status, 200) << read.text;
  EXPECT_NE(read.text.find(kComplainantName), std::string::npos) << "as before it was archived";
  EXPECT_EQ(Read("discipline-0001", Given({{"account", "discipline-0001"}})).status, 200);
}

TEST_F(Consents, OnlyTheHeadOfTheUnitGivesThem) {
  for (const char* account : {"handler-0001", "intake-0001", "unit-admin-0001", "resource-0001"}) {
    EXPECT_EQ(server_.As(account).Post(walk_.Path("/consents"), ConsentBody()).Code(),
              "operation_not_permitted")
        << account;
  }
  EXPECT_EQ(server_.As("head-0101").Post(walk_.Path("/consents"), ConsentBody()).Code(),
            "case_not_readable");
  EXPECT_EQ(server_.As("head-0101").Get(walk_.Path("/consents")).Code(), "case_not_readable");
  const auto head = server_.Head();
  EXPECT_EQ(Give(ConsentBody({{"rights", Json::array()}})).Code(), "rights_missing");
  EXPECT_EQ(Give(ConsentBody({{"unit", "platform-330482"}})).Code(), "consent_for_one");
  EXPECT_EQ(Give(ConsentBody({{"until", "2024-08-07"}})).Code(), "consent_over");
  EXPECT_EQ(Give(ConsentBody({{"account", "nobody"}})).Code(), "consentee_unknown");
  EXPECT_EQ(server_.Head(), head);
}

class Restrictions : public ::testing::Test {
 protected:
  Restrictions() : walk_(server_) {
    server_.App().StartNotifying();
    walk_.ToAccepted();
  }

  Reply Restrict(const Json& readers, const std::string& by = "head-0001") const {
    return server_.As(by).Post(walk_.Path("/restriction"),
                               {{"readers", readers}, {"reason", "涉及商业秘密"}});
  }
  Reply Lift() const {
    return server_.As("head-0001").Post(walk_.Path("/restriction/lifting"), {{"reason", "已公开"}});
  }
  bool Reads(const std::string& account) const {
    const Reply read = server_.As(account).Get(walk_.Path());
    EXPECT_TRUE(read.status == 200 || read.Code() == "case_not_readable") << read.text;
    return read.status == 200;
  }
  bool Lists(const std::string& account, const std::string& query = "") {
    server_.App().CatchUp();
    return !server_.As(account).Get("/v1/cases" + query).body["cases"].empty();
  }
  bool Follows(const std::string& account) const {
    const Json events = server_.As(account).Get("/v1/feed?limit=1000").body["events"];
    return std::any_of(events.begin(), events.end(),
                       [&](const Json& event) { return event["subject"] == walk_.CaseId(); });
  }
  bool Finds(const std::string& account) const {
    const Reply found =
        server_.As(account).Post("/v1/persons/search", {{"id_number", kComplainantId}});
    return found.text.find(walk_.CaseId()) != std::string::npos;
  }
  /// By every way: the file, lists, deadlines, search of names, the feed.
  void ExpectShut(const std::string& account) {
    EXPECT_FALSE(Reads(account)) << account;
    EXPECT_FALSE(Lists(account)) << account;
    EXPECT_FALSE(Lists(account, "?text=%E9%A3%9F%E5%A0%82")) << account;
    EXPECT_TRUE(server_.As(account).Get("/v1/deadlines").body["deadlines"].empty()) << account;
    EXPECT_FALSE(Follows(account)) << account;
    EXPECT_FALSE(Finds(account)) << account;
  }
  void ExpectOpen(const std::string& account) {
    EXPECT_TRUE(Reads(account)) << account;
    EXPECT_TRUE(Lists(account)) << account;
    EXPECT_TRUE(Follows(account)) << account;
  }

  TestServer server_;
  ComplaintWalk walk_;
};

TEST_F(Restrictions, OnlyWhoIsNamedAndTheHeadReadFromThenOn) {
  for (const char* account : {"handler-0002", "intake-0001", "legal-0001", "resource-0001"}) {
    ExpectOpen(account);
  }
  EXPECT_TRUE(Finds("intake-0001"));
  const Reply restricted = Restrict({"handler-0001"});
  ASSERT_EQ(restricted.status, 200) << restricted.text;
  for (const char* account : {"handler-0002", "intake-0001", "legal-0001", "unit-admin-0001",
                              "records-0001", "resource-0001", "discipline-0001", "head-0101"}) {
    ExpectShut(account);
  }
  ExpectOpen("handler-0001");
  ExpectOpen("head-0001");
  EXPECT_TRUE(Reads("portal-0001")) << "whose complaint it is";
  const Reply act = server_.As("handler-0002")
                        .Post(walk_.Path("/commands/send_reply_notice"),
                              {{"data", {{"parties", {"respondent_1"}}}}});
  EXPECT_EQ(act.Code(), "case_not_readable");
  EXPECT_EQ(Lift().status, 200);
  for (const char* account : {"handler-0002", "intake-0001", "legal-0001", "resource-0001"}) {
    ExpectOpen(account);
  }
  EXPECT_EQ(Lift().Code(), "not_restricted");
}

TEST_F(Restrictions, AnotherTakesThePlaceOfTheFirst) {
  ASSERT_EQ(Restrict({"handler-0001"}).status, 200);
  ASSERT_EQ(Restrict({"handler-0002", "legal-0001"}).status, 200);
  ExpectShut("handler-0001");
  ExpectOpen("handler-0002");
  ExpectOpen("legal-0001");
  ASSERT_EQ(Restrict(Json::array()).status, 200);
  ExpectShut("handler-0002");
  ExpectOpen("head-0001");
}

TEST_F(Restrictions, StreamsAreShutOutAtOnce) {
  const auto begun = server_.Head();
  EventStream stream({.port = server_.Port(),
                      .account = "handler-0002",
                      .target = "/v1/feed/stream?after=" + std::to_string(begun)});
  ASSERT_EQ(Restrict({"handler-0001"}).status, 200);
  walk_.Act("handler-0001", "send_reply_notice", {{"parties", {"respondent_1"}}});
  ComplaintWalk other(server_);
  other.ToAccepted();
  testing::Positions positions;
  positions.last = begun;
  while (positions.last < server_.Head()) {
    const auto message = stream.Next();
    ASSERT_TRUE(message);
    EXPECT_EQ(message->data.dump().find(walk_.CaseId()), std::string::npos) << message->data;
    positions.Take(*message);
  }
  EXPECT_TRUE(positions.skipped.empty());
}

TEST_F(Restrictions, NoticesGoToWhoMayRead) {
  ASSERT_EQ(Restrict({"handler-0001", "intake-0001"}).status, 200);
  walk_.Act("handler-0001", "send_reply_notice", {{"parties", {"respondent_1"}}});
  walk_.Act("handler-0001", "record_notice_receipt",
            {{"party", "respondent_1"}, {"received_on", "2024-08-08"}});
  walk_.Act("intake-0001", "reply", {{"party", "respondent_1"}, {"statement", "评审符合采购文件"}});
  const auto is_told = [&](const char* account) {
    const Json list = server_.As(account).Get("/v1/notifications").body["notifications"];
    return std::any_of(list.begin(), list.end(),
                       [](const Json& one) { return one["rule"] == "reply_received"; });
  };
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!is_told("handler-0001") && std::chrono::steady_clock::now() < give_up) {
  }
  EXPECT_TRUE(is_told("handler-0001"));
  EXPECT_FALSE(is_told("handler-0002"));
}

TEST_F(Restrictions, OnlyTheHeadOfTheUnitNamesAccountsOfTheUnit) {
  for (const char* account : {"handler-0001", "intake-0001", "resource-0001", "portal-0001"}) {
    EXPECT_EQ(Restrict({"handler-0001"}, account).Code(), "operation_not_permitted") << account;
  }
  EXPECT_EQ(Restrict({"handler-0101"}, "head-0101").Code(), "case_not_readable");
  const auto head = server_.Head();
  const Reply wrong = Restrict({"handler-0001", "handler-0101", "nobody"});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(wrong.Errors(),
            (std::vector<std::string>{"/readers/1 unknown_reader", "/readers/2 unknown_reader"}));
  EXPECT_EQ(server_.Head(), head);
  ASSERT_EQ(Restrict({"handler-0001"}).status, 200);
  const Json events = server_.As("head-0001").Get(walk_.Path("/timeline")).body["events"];
  EXPECT_EQ(events.back()["type"], "reading.restricted");
  EXPECT_EQ(events.back()["zh"], "已限定查阅人员");
  EXPECT_EQ(events.back()["data"]["reason"], "涉及商业秘密");
  EXPECT_EQ(events.back()["data"]["readers"], Json::array({"handler-0001"}));
}

}  // namespace
}  // namespace docket::test
