// Accounts over HTTP, from the request to the last login; and that no secret is left anywhere.
#include <gtest/gtest.h>

#include "tests/api/account_walk.hpp"
#include "workflows/account/undertaking.hpp"

namespace docket::test {
namespace {

const std::string& kOwn = kOwnPassword;
const std::string& kNext = kNextPassword;

// Shows A113.
TEST(Session, TheFirstLoginIsCompletedStepByStep) {
  const TestServer server;
  AccountWalk walk(server);
  walk.Request();
  EXPECT_EQ(walk.Admin().Post("/v1/accounts/zhao/password-reset", Json::object()).Code(),
            "command_not_allowed_in_state");
  ASSERT_EQ(walk.Do("approve").status, 200);
  const std::string once = walk.NewPassword();
  const auto login = walk.LogIn(once);
  const Client zhao = server.Holding(walk.Token(login));
  EXPECT_EQ(login.body["stage"], "password");
  EXPECT_EQ(login.body["responsibilities"], "承办投诉");
  const auto cases = zhao.Get("/v1/cases");
  EXPECT_EQ(cases.status, 401);
  EXPECT_EQ(cases.Code(), "password_change_needed");
  EXPECT_EQ(zhao.Post("/v1/session/undertaking", {{"version", "1"}}).Code(),
            "password_change_needed");
  const auto changed =
      zhao.Post("/v1/session/password", {{"password", once}, {"new_password", kOwn}});
  EXPECT_EQ(changed.body["stage"], "undertaking") << changed.text;
  EXPECT_EQ(changed.body["undertaking"]["text"], account::kUndertaking);
  EXPECT_EQ(zhao.Get("/v1/cases").Code(), "undertaking_needed");
  EXPECT_EQ(zhao.Post("/v1/session/undertaking", {{"version", "0"}}).Code(),
            "undertaking_not_current");
  EXPECT_EQ(walk.State(), "approved");
  EXPECT_EQ(zhao.Post("/v1/session/undertaking", {{"version", "1"}}).body["stage"],
            "second_factor");
  EXPECT_EQ(walk.State(), "active");
  EXPECT_EQ(zhao.Get("/v1/cases").Code(), "second_factor_enrolment_needed");
  walk.Enrol(zhao);
  EXPECT_EQ(zhao.Get("/v1/cases").status, 200);
  const auto session = zhao.Get("/v1/session");
  EXPECT_EQ(session.body["credential"], "session");
  EXPECT_EQ(session.body["ends_at"].get<std::string>().substr(0, 13), "2024-08-08T21");
  EXPECT_FALSE(session.body.contains("token"));
}

// Shows A014, A114.
TEST(Session, ASecondLoginEndsTheFirstAndALogoutEndsIt) {
  const TestServer server;
  AccountWalk walk(server);
  const Client first = server.Holding(walk.ToComplete());
  EXPECT_EQ(walk.LogIn(kOwn).Code(), "second_factor_needed");
  const std::string code = walk.authenticator->Next();
  const Client second = server.Holding(walk.Token(walk.LogIn(kOwn, code)));
  EXPECT_EQ(walk.LogIn(kOwn, code).Code(), "login_failed") << "a code is good once";
  const auto ended = first.Get("/v1/cases");
  EXPECT_EQ(ended.status, 401);
  EXPECT_EQ(ended.Code(), "session_ended");
  EXPECT_EQ(second.Get("/v1/cases").status, 200);
  EXPECT_EQ(second.Delete("/v1/session").status, 204);
  EXPECT_EQ(second.Get("/v1/cases").Code(), "session_ended");
}

TEST(Session, ItEndsWhenItIsNotUsed) {
  const TestServer server;
  AccountWalk walk(server);
  const Client zhao = server.Holding(walk.ToComplete());
  server.MoveClock("2024-08-08T09:29:00+08:00");
  EXPECT_EQ(zhao.Get("/v1/cases").status, 200);
  server.MoveClock("2024-08-08T10:00:00+08:00");
  EXPECT_EQ(zhao.Get("/v1/cases").Code(), "session_idle");
}

TEST(Session, FailuresSayNothingAndLockTheAccountInTheLog) {
  TestServer server({.second_factor = false});
  AccountWalk walk(server);
  walk.ToComplete(false);
  auto unknown = walk.LogIn("wrong", "", "nobody");
  for (int i = 0; i < 5; ++i) {
    auto failed = walk.LogIn("wrong");
    EXPECT_EQ(failed.status, 401);
    for (Json* body : {&failed.body, &unknown.body}) body->erase("request_id");
    EXPECT_EQ(failed.body, unknown.body);
  }
  server.App().Logins().Drain();
  EXPECT_EQ(walk.State(), "locked");
  EXPECT_EQ(walk.LogIn(kOwn).Code(), "login_failed");
  EXPECT_EQ(walk.Do("unlock", {{"identity_verified", true}}).status, 200);
  EXPECT_EQ(walk.LogIn(kOwn).status, 201);
  EXPECT_EQ(walk.State(), "active");
}

TEST(Session, ALockEndsByItself) {
  TestServer server({.second_factor = false});
  AccountWalk walk(server);
  walk.ToComplete(false);
  for (int i = 0; i < 5; ++i) walk.LogIn("wrong");
  server.App().Logins().Drain();
  server.MoveClock("2024-08-08T09:31:00+08:00");
  EXPECT_EQ(walk.LogIn(kOwn).status, 201);
  EXPECT_EQ(walk.State(), "active");
}

// Shows A116.
TEST(Session, AnOldPasswordExpiresAndIsReplaced) {
  const TestServer server({.second_factor = false});
  AccountWalk walk(server);
  walk.ToComplete(false);
  server.MoveClock("2024-11-07T09:00:00+08:00");
  const auto login = walk.LogIn(kOwn);
  EXPECT_EQ(login.body["stage"], "password");
  EXPECT_EQ(walk.State(), "password_expired");
  const Client zhao = server.Holding(walk.Token(login));
  const auto changed =
      zhao.Post("/v1/session/password", {{"password", kOwn}, {"new_password", kNext}});
  EXPECT_EQ(changed.body["stage"], "complete") << changed.text;
  EXPECT_EQ(walk.State(), "active");
  EXPECT_EQ(zhao.Get("/v1/cases").status, 200);
}

TEST(Session, AnAccountThatIsDisabledIsOutAtOnce) {
  const TestServer server({.second_factor = false});
  AccountWalk walk(server);
  const Client zhao = server.Holding(walk.ToComplete(false));
  EXPECT_EQ(zhao.Get("/v1/cases").status, 200);
  ASSERT_EQ(walk.Do("disable", {{"reason", "left"}}).status, 200);
  const auto out = zhao.Get("/v1/cases");
  EXPECT_EQ(out.status, 401);
  EXPECT_EQ(out.Code(), "account_not_active");
  EXPECT_EQ(walk.LogIn(kOwn).Code(), "login_failed");
}

TEST(Session, OnlyWhoManagesAnAccountResetsItsPassword) {
  const TestServer server({.second_factor = false});
  AccountWalk walk(server);
  const Client zhao = server.Holding(walk.ToComplete(false));
  const auto reset = [&](const char* account) {
    return server.As(account).Post("/v1/accounts/zhao/password-reset", Json::object());
  };
  EXPECT_EQ(reset("unit-admin-0101").Code(), "account_not_in_remit");
  EXPECT_EQ(reset("handler-0001").Code(), "role_not_permitted");
  EXPECT_EQ(
      server.As("unit-admin-0001").Post("/v1/accounts/none/password-reset", Json::object()).Code(),
      "unknown_account");
  const std::string once = walk.NewPassword();
  EXPECT_EQ(zhao.Get("/v1/cases").Code(), "session_ended");
  EXPECT_EQ(walk.LogIn(kOwn).Code(), "login_failed");
  EXPECT_EQ(walk.LogIn(once).body["stage"], "password");
}

TEST(Session, FixedTokensHaveNoSession) {
  const TestServer server;
  const Client clerk = server.As("intake-0001");
  EXPECT_EQ(clerk.Get("/v1/session").body["credential"], "token");
  EXPECT_EQ(clerk.Delete("/v1/session").Code(), "no_session");
  EXPECT_EQ(clerk.Post("/v1/session/password", {{"password", "a"}, {"new_password", "b"}}).Code(),
            "no_session");
  EXPECT_EQ(clerk.Post("/v1/session/second-factor", Json::object()).Code(), "no_session");
}

// Shows A110.
TEST(ApiKeys, AKeyActsForItsAccountWithinItsLimits) {
  const TestServer server;
  const Client provider = server.As("provider-0001");
  const auto wanted = [](const Json& roles, bool read_only) {
    return Json{{"label", "推送"}, {"roles", roles}, {"read_only", read_only}, {"days", 30}};
  };
  EXPECT_EQ(provider.Post("/v1/api-keys", wanted({"head"}, true)).Code(), "api_key_role_not_held");
  EXPECT_EQ(server.As("handler-0001").Post("/v1/api-keys", wanted({"handler"}, false)).Code(),
            "api_key_role_reads_only");
  const auto made = provider.Post("/v1/api-keys", wanted({"data_provider"}, true));
  ASSERT_EQ(made.status, 201) << made.text;
  const Client key = server.Holding(made.body["token"]);
  EXPECT_EQ(key.Get("/v1/cases").status, 200);
  EXPECT_EQ(key.Post("/v1/cases", {{"workflow", "complaint"}}).Code(), "api_key_read_only");
  EXPECT_EQ(key.Get("/v1/api-keys").Code(), "api_key_not_for_this");
  const std::string path = made.headers.at("location");
  const auto rotated = provider.Post(path + "/rotation", Json::object());
  ASSERT_EQ(rotated.status, 201) << rotated.text;
  const auto listed = provider.Get("/v1/api-keys");
  EXPECT_EQ(listed.body["api_keys"].size(), 2U);
  EXPECT_EQ(listed.text.find("digest"), std::string::npos);
  EXPECT_EQ(provider.Delete(path).status, 204);
  EXPECT_EQ(key.Get("/v1/cases").Code(), "api_key_revoked");
  EXPECT_EQ(server.Holding(rotated.body["token"]).Get("/v1/cases").status, 200);
  EXPECT_EQ(server.As("intake-0001").Delete(path).Code(), "api_key_unknown");
}

TEST(Session, NoSecretIsLeftInTheStoreOrInTheLog) {
  TestServer server;
  AccountWalk walk(server);
  walk.secrets = {kOwn, kNext, kIdentity};
  const std::string token = walk.ToComplete();
  walk.Token(walk.LogIn(kOwn, walk.Remember(walk.authenticator->Next())));
  const auto made =
      server.As("provider-0001")
          .Post(
              "/v1/api-keys",
              {{"label", "推送"}, {"roles", {"data_provider"}}, {"read_only", true}, {"days", 30}});
  const std::string key = walk.Remember(made.body["token"]);
  server.Holding(key).Get("/v1/cases?text=" + kOwn);
  for (int i = 0; i < 6; ++i) walk.LogIn(kNext);
  server.App().Logins().Drain();
  // The secret part of a token alone, too.
  for (const auto& shown : {token, key}) walk.Remember(shown.substr(shown.rfind('_') + 1));
  // A code of six digits stands by chance somewhere in any store.
  std::erase_if(walk.secrets, [](const std::string& secret) { return secret.size() <= 6; });
  const auto expect_none = [&](const std::string& text, const std::string& where) {
    for (const auto& secret : walk.secrets) {
      ASSERT_FALSE(secret.empty());
      EXPECT_EQ(text.find(secret), std::string::npos) << secret << " in " << where;
    }
  };
  std::string events;
  for (const auto& event : server.App().Log().ReadLog(LogId::kCases, Position(), 1'000)) {
    events += event.type + event.stream.value + event.data + "\n";
  }
  EXPECT_NE(events.find("account.locked"), std::string::npos);
  expect_none(events, "the events");
  server.Stop();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(server.StoreFolder())) {
    if (entry.is_regular_file()) expect_none(Bytes(entry.path()), entry.path().filename());
  }
  expect_none(server.Log(), "the access log");
  EXPECT_NE(server.Log().find("/v1/session"), std::string::npos);
}

}  // namespace
}  // namespace docket::test
