// What the second log has of logins: user, time, address and result of each, and no more than that.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/api/account_walk.hpp"

namespace docket::test {
namespace {

const std::string kHome = "198.51.100.7";
const std::string kElsewhere = "203.0.113.9";

class AccessLogOfLogins : public ::testing::Test {
 protected:
  void Start(bool second_factor = false) {
    TestServer::Options options;
    options.second_factor = second_factor;
    options.proxies = {"127.0.0.1"};
    server_.emplace(options);
    walk_.emplace(*server_);
  }
  static Headers From(const std::string& address) { return {{"X-Forwarded-For", address}}; }
  Reply LogIn(const std::string& password, const std::string& address,
              const std::string& account = "zhao", const std::string& code = "") {
    Json body = {{"account", account}, {"password", password}};
    if (!code.empty()) body["code"] = code;
    return server_->Nobody().Post("/v1/session", body, From(address));
  }
  /// The events that the filter finds, written so far and to come.
  Json Read(const std::string& filter) {
    server_->App().Accesses().Write();
    const Reply reply = server_->As("auditor-0001").Get("/v1/access-log?" + filter);
    EXPECT_EQ(reply.status, 200) << reply.text;
    return reply.body.value("events", Json::array());
  }
  /// The last of them; null where there is none.
  Json Last(const std::string& filter) {
    const Json events = Read(filter);
    return events.empty() ? Json() : events.back();
  }

  std::optional<TestServer> server_;
  std::optional<AccountWalk> walk_;
};

TEST_F(AccessLogOfLogins, ALoginIsOnTheDiskBeforeItsAnswer) {
  Start();
  walk_->ToComplete(false);
  ASSERT_EQ(LogIn(kOwnPassword, kHome).status, 201);
  const auto events =
      server_->App().Log().ReadStream(LogId::kAccess, StreamId("access-zhao"), {}, 100);
  const auto found = std::find_if(events.begin(), events.end(), [](const RecordedEvent& event) {
    return event.type == "access.logged_in" &&
           Json::parse(event.data).value("address", "") == kHome;
  });
  ASSERT_NE(found, events.end());
  EXPECT_EQ(found->actor, ActorId("zhao"));
  EXPECT_EQ(Json::parse(found->data)["method"], "password");
  const Json shown = Last("type=access.logged_in&address=" + kHome);
  EXPECT_EQ(shown["account"], "zhao");
  EXPECT_EQ(shown["zh"], "登录成功");
  EXPECT_EQ(shown["unit"], "finance-330482");
  EXPECT_EQ(shown["role"], "handler");
  EXPECT_EQ(shown["first_at"].get<std::string>().substr(0, 13), "2024-08-08T09");
}

TEST_F(AccessLogOfLogins, AFailureNamesTheAccountTheAddressAndTheReasonThatTheAnswerHides) {
  Start(true);
  walk_->ToComplete();
  const auto failure = [&] { return Last("type=access.login_failed&account=zhao"); };
  EXPECT_EQ(LogIn("wrong", kHome).Code(), "login_failed");
  EXPECT_EQ(failure()["reason"], "password_wrong");
  EXPECT_EQ(failure()["address"], kHome);
  EXPECT_EQ(LogIn(kOwnPassword, kHome).Code(), "second_factor_needed");
  EXPECT_EQ(failure()["reason"], "second_factor_needed");
  EXPECT_EQ(failure()["method"], "password_and_code");
  EXPECT_EQ(LogIn(kOwnPassword, kHome, "zhao", "x").Code(), "login_failed");
  EXPECT_EQ(failure()["reason"], "second_factor_wrong");
  const std::string code = walk_->authenticator->Next();
  EXPECT_EQ(LogIn(kOwnPassword, kHome, "zhao", code).status, 201);
  EXPECT_EQ(Last("type=access.logged_in&account=zhao")["method"], "password_and_code");
  EXPECT_EQ(LogIn(kOwnPassword, kElsewhere, "zhao", code).Code(), "login_failed");
  EXPECT_EQ(failure()["reason"], "second_factor_used");
  EXPECT_EQ(failure()["address"], kElsewhere);
  ASSERT_EQ(walk_->Do("disable", {{"reason", "left"}}).status, 200);
  EXPECT_EQ(LogIn(kOwnPassword, kHome).Code(), "login_failed");
  EXPECT_EQ(failure()["reason"], "account_not_active");
}

TEST_F(AccessLogOfLogins, WhatAStrangerTypedIsNotKept) {
  Start();
  const std::string typed = "My-Secret-In-The-Wrong-Field";
  EXPECT_EQ(LogIn("wrong", kHome, typed).Code(), "login_failed");
  EXPECT_EQ(server_->Holding(typed).Get("/v1/cases", From(kHome)).Code(), "token_unknown");
  const Json unknown = Last("reason=account_unknown");
  EXPECT_FALSE(unknown.contains("account"));
  EXPECT_EQ(unknown["address"], kHome);
  const Json token = Last("reason=token_unknown");
  EXPECT_EQ(token["type"], "access.login_failed");
  EXPECT_FALSE(token.contains("account"));
  for (const auto& event : server_->App().Log().ReadLog(LogId::kAccess, {}, 1'000)) {
    EXPECT_EQ(event.data.find(typed), std::string::npos);
    EXPECT_EQ(event.stream.value.find(typed), std::string::npos);
    EXPECT_EQ(event.actor.value.find(typed), std::string::npos);
  }
  EXPECT_EQ(Read("type=access.denied").size(), 0u) << "one attempt is in one record";
}

TEST_F(AccessLogOfLogins, RepeatedFailuresAreOneCount) {
  Start();
  walk_->ToComplete(false);
  for (int i = 0; i < 4; ++i) LogIn("wrong", kHome);
  server_->App().Accesses().Write(true);
  std::int64_t count = 0;
  const Json events = Read("type=access.login_failed&account=zhao&reason=password_wrong");
  EXPECT_LE(events.size(), 2u);
  for (const auto& event : events) count += event["count"].get<std::int64_t>();
  EXPECT_EQ(count, 4);
}

TEST_F(AccessLogOfLogins, WhoEndsASessionAndHowIsRecorded) {
  Start();
  walk_->ToComplete(false);
  const auto end = [&] { return Last("type=access.session_ended&account=zhao"); };
  walk_->Token(LogIn(kOwnPassword, kHome));
  EXPECT_EQ(end()["reason"], "logged_in_again");
  EXPECT_EQ(end()["address"], kHome);
  const std::string token = walk_->Token(LogIn(kOwnPassword, kElsewhere));
  EXPECT_EQ(server_->Holding(token).Delete("/v1/session").status, 204);
  EXPECT_EQ(end()["reason"], "logged_out");
  EXPECT_FALSE(end().contains("ended_by"));
  walk_->Token(LogIn(kOwnPassword, kHome));
  walk_->NewPassword();
  EXPECT_EQ(end()["reason"], "password_reset");
  EXPECT_EQ(end()["ended_by"], "unit-admin-0001");
}

TEST_F(AccessLogOfLogins, ALockEndsTheSessionAndSaysSo) {
  Start();
  walk_->ToComplete(false);
  for (int i = 0; i < 5; ++i) LogIn("wrong", kElsewhere);
  const Json end = Last("type=access.session_ended&account=zhao");
  EXPECT_EQ(end["reason"], "locked");
  EXPECT_EQ(end["address"], kElsewhere);
  LogIn(kOwnPassword, kElsewhere);
  EXPECT_EQ(Last("type=access.login_failed&account=zhao")["reason"], "account_locked");
}

TEST_F(AccessLogOfLogins, ASessionThatTimeHadEndedIsNotEndedAgain) {
  Start();
  walk_->ToComplete(false);
  server_->MoveClock("2024-08-08T21:30:00+08:00");
  EXPECT_EQ(LogIn(kOwnPassword, kHome).status, 201);
  EXPECT_TRUE(Last("type=access.session_ended&account=zhao").is_null());
}

TEST_F(AccessLogOfLogins, AKeyIsALoginWhenItsUseBegins) {
  Start();
  const auto made =
      server_->As("provider-0001")
          .Post(
              "/v1/api-keys",
              {{"label", "推送"}, {"roles", {"data_provider"}}, {"read_only", true}, {"days", 30}});
  ASSERT_EQ(made.status, 201) << made.text;
  std::string token = made.body["token"];
  const std::string filter = "account=provider-0001&type=access.logged_in&address=";
  const auto use = [&](const std::string& address) {
    return server_->Holding(token).Get("/v1/cases", From(address)).status;
  };
  for (int i = 0; i < 3; ++i) EXPECT_EQ(use(kHome), 200);
  EXPECT_EQ(use(kElsewhere), 200);
  const Json home = Read(filter + kHome);
  ASSERT_EQ(home.size(), 1u) << home;
  EXPECT_EQ(home[0]["method"], "api_key");
  EXPECT_EQ(home[0]["credential"], made.body["id"]);
  EXPECT_EQ(home[0]["count"], 1);
  EXPECT_EQ(Read(filter + kElsewhere).size(), 1u);
  server_->MoveClock("2024-08-08T10:00:00+08:00");
  EXPECT_EQ(use(kHome), 200);
  server_->App().Accesses().Write(true);
  EXPECT_EQ(Read(filter + kHome).size(), 2u) << "half an hour later it begins again";
  token.back() = token.back() == '0' ? '1' : '0';
  EXPECT_EQ(use(kHome), 401);
  const Json failed = Last("type=access.login_failed&account=provider-0001");
  EXPECT_EQ(failed["reason"], "token_unknown");
  EXPECT_EQ(failed["credential"], made.body["id"]);
}

}  // namespace
}  // namespace docket::test
