// What accounts log in with beside a password: certificates and an issuer's tokens, over TLS; how
// each of them ends; and that no secret of any of it is left anywhere.
#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include "api/oidc/oidc_verifier.hpp"
#include "tests/api/account_walk.hpp"
#include "tests/api/event_stream.hpp"
#include "tests/support/token_signer.hpp"

namespace docket::test {
namespace {

using testing::TokenSigner;

class Logins : public ::testing::Test {
 protected:
  TestServer& Start(const std::function<void(ApplicationOptions&)>& adjust = nullptr,
                    bool second_factor = true) {
    TestServer::Options options;
    options.tls = authority_.ServerFiles();
    options.client_tls = ClientContext(authority_);
    options.second_factor = second_factor;
    options.proxies = {"127.0.0.1"};
    if (adjust) options.adjust = adjust;
    server_.emplace(options);
    walk_.emplace(*server_);
    return *server_;
  }
  Client With(const Issued& own, const std::string& token = "") const {
    const Client client = server_->Nobody().Over(ClientContext(authority_, own));
    return token.empty() ? client : client.Bearing(token);
  }
  Reply LogIn(const Issued& own) const {
    return With(own).Post("/v1/session/certificate", Json::object());
  }
  /// A client of an account that has logged in with its certificate.
  Client LoggedIn(const Issued& own) {
    const Reply login = LogIn(own);
    EXPECT_EQ(login.status, 201) << login.text;
    return With(own, walk_->Remember(login.body.value("token", "")));
  }
  /// The id of the login.
  std::string Bind(const Issued& own) const {
    const Reply bound = walk_->Bind(own.certificate);
    EXPECT_EQ(bound.status, 201) << bound.text;
    return bound.body.value("id", "");
  }
  /// Type, method, reason and credential of what the second log has of zhao's logins.
  std::set<std::string> Recorded() {
    server_->App().Accesses().Write(true);
    std::set<std::string> lines;
    for (const auto& event :
         server_->App().Log().ReadStream(LogId::kAccess, StreamId("access-zhao"), {}, 1'000)) {
      const Json data = Json::parse(event.data);
      lines.insert(event.type + " " + data.value("method", "") + " " + data.value("reason", "") +
                   " " + data.value("credential", ""));
    }
    return lines;
  }
  /// Until what it answers is what is waited for; a file that changed is noticed within a second.
  static std::string Await(const std::string& code, const std::function<Reply()>& ask) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    std::string last;
    do last = ask().Code();
    while (last != code && std::chrono::steady_clock::now() < end);
    return last;
  }

  TemporaryFolder folder_;
  Authority authority_{folder_.Path() / "authority"};
  const Issued own_ = authority_.IssueClient("zhao");
  std::optional<TestServer> server_;
  std::optional<AccountWalk> walk_;
};

// Shows A118.
TEST_F(Logins, ACertificateLogsInTheAccountItIsBoundTo) {
  Start();
  walk_->ToComplete();
  EXPECT_EQ(server_->Nobody().Post("/v1/session/certificate", Json::object()).Code(),
            "certificate_missing");
  EXPECT_EQ(LogIn(own_).Code(), "login_unknown");
  const Reply bound = walk_->Bind(own_.certificate);
  ASSERT_EQ(bound.status, 201) << bound.text;
  EXPECT_EQ(bound.body["issuer"], "CN=authority");
  EXPECT_EQ(bound.text.find("zhao\""), std::string::npos) << "the holder's name is not kept";
  const Client zhao = LoggedIn(own_);
  EXPECT_EQ(zhao.Get("/v1/cases").status, 200) << "it stands for the second factor, too";
  EXPECT_EQ(zhao.Get("/v1/session").body["stage"], "complete");
  const Client again = LoggedIn(own_);
  EXPECT_EQ(zhao.Get("/v1/cases").Code(), "session_ended") << "a second login ends the first";
  EXPECT_EQ(again.Get("/v1/cases").status, 200);
  EXPECT_EQ(walk_->LogIn(kOwnPassword, walk_->authenticator->Next()).status, 201);
  EXPECT_EQ(again.Get("/v1/cases").Code(), "session_ended");
}

TEST_F(Logins, TheSecondLogNamesTheCertificateAndWhoseItIsOrWas) {
  Start();
  walk_->ToComplete();
  const std::string id = Bind(own_);
  LoggedIn(own_);
  EXPECT_TRUE(Recorded().contains("access.logged_in certificate  " + id));
  EXPECT_EQ(walk_->Admin().Delete("/v1/accounts/zhao/logins/" + id).status, 204);
  EXPECT_TRUE(Recorded().contains("access.session_ended  login_revoked "));
  EXPECT_EQ(LogIn(own_).Code(), "login_revoked");
  EXPECT_TRUE(Recorded().contains("access.login_failed certificate login_revoked "));
}

// Shows A114.
TEST_F(Logins, ASessionIsUsedWithTheCertificateThatBeganIt) {
  Start();
  walk_->ToComplete();
  Bind(own_);
  const std::string token = LogIn(own_).body.value("token", "");
  const Issued other = authority_.IssueClient("qian");
  EXPECT_EQ(With(own_, token).Get("/v1/cases").status, 200);
  EXPECT_EQ(server_->Holding(token).Get("/v1/cases").Code(), "certificate_missing");
  EXPECT_EQ(With(other, token).Get("/v1/cases").Code(), "certificate_missing");
  Bind(other);
  EXPECT_EQ(With(other, token).Get("/v1/cases").Code(), "certificate_missing")
      << "it is the account's, but another";
}

// Shows A118.
TEST_F(Logins, OneThatIsRevokedThroughTheApiIsOutAtOnceAndForEver) {
  Start();
  walk_->ToComplete();
  const std::string id = Bind(own_);
  const Client zhao = LoggedIn(own_);
  const std::string path = "/v1/accounts/zhao/logins";
  const Client admin = walk_->Admin();
  EXPECT_EQ(admin.Delete(path + "/none").Code(), "login_unknown");
  EXPECT_EQ(server_->As("unit-admin-0101").Delete(path + "/" + id).Code(), "account_not_in_remit");
  EXPECT_EQ(zhao.Get("/v1/cases").status, 200);
  EXPECT_EQ(admin.Delete(path + "/" + id).status, 204);
  EXPECT_EQ(zhao.Get("/v1/cases").Code(), "session_ended");
  EXPECT_EQ(LogIn(own_).Code(), "login_revoked");
  EXPECT_EQ(walk_->Bind(own_.certificate).Code(), "login_bound_already");
  const Json list = admin.Get(path).body["logins"];
  ASSERT_EQ(list.size(), 1U);
  EXPECT_TRUE(list[0].contains("revoked_at"));
}

TEST_F(Logins, OneThatIsOnTheListOfItsAuthorityIsOutWhenTheListIsRead) {
  Start();
  walk_->ToComplete();
  Bind(own_);
  const Client zhao = LoggedIn(own_);
  EXPECT_EQ(zhao.Get("/v1/cases").status, 200);
  authority_.Revoke(own_);
  EXPECT_EQ(Await("certificate_revoked", [&] { return zhao.Get("/v1/cases"); }),
            "certificate_revoked");
  EXPECT_EQ(LogIn(own_).Code(), "certificate_revoked");
  const Issued next = authority_.IssueClient("zhao-next");
  Bind(next);
  EXPECT_EQ(LogIn(next).status, 201);
}

TEST_F(Logins, AListThatIsOutOfDateLetsNobodyIn) {
  Start();
  walk_->ToComplete();
  Bind(own_);
  const Client zhao = LoggedIn(own_);
  authority_.WriteList(true);
  EXPECT_EQ(Await("revocation_list_stale", [&] { return zhao.Get("/v1/cases"); }),
            "revocation_list_stale");
  EXPECT_NE(server_->Log().find("a revocation list is out of date"), std::string::npos);
  EXPECT_EQ(walk_->LogIn(kOwnPassword, walk_->authenticator->Next()).status, 201)
      << "passwords go on";
  authority_.WriteList();
  EXPECT_EQ(Await("", [&] { return LogIn(own_); }), "");
}

TEST_F(Logins, AWeakKeyIsNotTrustedWhoeverVouchesForIt) {
  const auto server = TlsServer::Open(authority_.ServerFiles(), ReportToStderr);
  ASSERT_TRUE(server.has_value());
  EXPECT_TRUE((*server)->Check(authority_.Presented(own_)).has_value());
  const auto weak = (*server)->Check(authority_.Presented(authority_.IssueWeak("weak")));
  ASSERT_FALSE(weak.has_value());
  EXPECT_EQ(weak.error().code, "certificate_untrusted");
}

TEST_F(Logins, APageElsewhereCannotLogInWithABrowsersCertificate) {
  Start();
  walk_->ToComplete();
  walk_->Bind(own_.certificate);
  const Client zhao = LoggedIn(own_);
  EXPECT_EQ(With(own_).PostText("/v1/session/certificate", "", {{"Content-Type", ""}}).status, 415);
  EXPECT_EQ(zhao.Get("/v1/cases").status, 200) << "the session goes on";
}

// Shows A118.
TEST_F(Logins, ExpiredOnesAndThoseOfOthersAreRefused) {
  Start();
  walk_->ToComplete();
  const Issued expired = authority_.IssueExpired("old");
  EXPECT_EQ(LogIn(expired).Code(), "certificate_expired");
  EXPECT_EQ(walk_->Bind(expired.certificate).Code(), "certificate_expired");
  const Authority other(folder_.Path() / "other");
  const Issued strange = other.IssueClient("zhao");
  EXPECT_EQ(LogIn(strange).Code(), "certificate_untrusted");
  Bind(strange);
  EXPECT_EQ(LogIn(strange).Code(), "certificate_untrusted") << "binding vouches for nobody";
  const Reply garbage = walk_->Admin().Post("/v1/accounts/zhao/logins",
                                            {{"kind", "certificate"}, {"certificate", "x"}});
  EXPECT_EQ(garbage.Errors(), std::vector<std::string>{"/certificate certificate_unreadable"});
}

TEST_F(Logins, OnlyWhoManagesTheAccountBindsAndTheHolderSees) {
  Start();
  walk_->ToComplete();
  Bind(own_);
  const Json body = {{"kind", "certificate"}, {"certificate", Bytes(own_.certificate)}};
  const std::string path = "/v1/accounts/zhao/logins";
  const Issued other = authority_.IssueClient("other");
  const Json wanted = {{"kind", "certificate"}, {"certificate", Bytes(other.certificate)}};
  EXPECT_EQ(server_->As("unit-admin-0101").Post(path, wanted).Code(), "account_not_in_remit");
  EXPECT_EQ(server_->As("sysadmin-0001").Post(path, wanted).Code(), "account_not_in_remit");
  EXPECT_EQ(server_->As("handler-0001").Post(path, wanted).Code(), "role_not_permitted");
  EXPECT_EQ(server_->As("handler-0001").Get(path).Code(), "account_not_in_remit");
  EXPECT_EQ(server_->As("portal-0001").Post(path, wanted).Code(), "operation_not_permitted");
  EXPECT_EQ(walk_->Admin().Post("/v1/accounts/none/logins", wanted).Code(), "unknown_account");
  EXPECT_EQ(walk_->Admin().Post(path, {{"kind", "token"}, {"subject", "x"}}).Code(),
            "tokens_not_taken");
  EXPECT_EQ(LoggedIn(own_).Get(path).body["logins"].size(), 1U);
  EXPECT_EQ(walk_->Bind(other.certificate).status, 201) << "what was refused is not taken";
}

TEST_F(Logins, AnAccountThatMayNotLogInDoesNotDoSoByCertificateEither) {
  Start({}, false);
  walk_->ToComplete(false);
  Bind(own_);
  const Client zhao = LoggedIn(own_);
  for (int i = 0; i < 5; ++i) walk_->LogIn("wrong");
  EXPECT_EQ(zhao.Get("/v1/cases").Code(), "session_ended") << "a lock ends the session";
  server_->App().Logins().Drain();
  EXPECT_EQ(LogIn(own_).Code(), "account_locked");
  server_->MoveClock("2024-08-08T09:31:00+08:00");
  EXPECT_EQ(LogIn(own_).status, 201) << "the lock is over";
  EXPECT_EQ(walk_->State(), "active");
  ASSERT_EQ(walk_->Do("disable", {{"reason", "left"}}).status, 200);
  EXPECT_EQ(LogIn(own_).Code(), "account_not_active");
}

TEST_F(Logins, AStreamEndsWithItsSession) {
  Start([](ApplicationOptions& options) {
    options.feed.renew_every = std::chrono::milliseconds(20);
    options.feed.heartbeat = std::chrono::milliseconds(20);
  });
  const std::string token = walk_->ToComplete();
  EventStream stream(
      {.port = server_->Port(), .account = "", .token = token, .tls = ClientContext(authority_)});
  ASSERT_NE(stream.Head().find(" 200 "), std::string::npos) << stream.Head();
  ASSERT_TRUE(stream.Next());
  // Another session of the same account has a stream of its own.
  const std::string next = walk_->Token(walk_->LogIn(kOwnPassword, walk_->authenticator->Next()));
  EventStream second(
      {.port = server_->Port(), .account = "", .token = next, .tls = ClientContext(authority_)});
  while (stream.Next()) {
  }
  ASSERT_TRUE(second.Next());
  EXPECT_EQ(server_->Holding(next).Delete("/v1/session").status, 204);
  while (second.Next()) {
  }
}

TEST_F(Logins, AnIssuersTokenIsRecognisedOnceItsSubjectIsBound) {
  const TokenSigner signer(TokenSigner::Kind::kEc, "one");
  const std::string jwks = (folder_.Path() / "jwks.json").string();
  std::ofstream(jwks) << signer.Jwks();
  static const SystemClock machine;
  Start([&](ApplicationOptions& options) {
    options.tokens = *oidc::OidcVerifier::Open({"https://id.example", "docket", "file:" + jwks},
                                               machine, [](const Notice&) {});
  });
  walk_->Request();
  ASSERT_EQ(walk_->Do("approve").status, 200);
  const std::int64_t now = machine.Now().Micros() / 1'000'000;
  Json claims = {{"iss", "https://id.example"},
                 {"aud", "docket"},
                 {"sub", "330482199001"},
                 {"iat", now},
                 {"exp", now + 300}};
  const Client zhao = server_->Holding(walk_->Remember(signer.Sign(claims)));
  EXPECT_EQ(zhao.Get("/v1/cases").Code(), "login_unknown") << "no account is made for it";
  const auto bound = walk_->Admin().Post("/v1/accounts/zhao/logins",
                                         {{"kind", "token"}, {"subject", "330482199001"}});
  ASSERT_EQ(bound.status, 201) << bound.text;
  EXPECT_EQ(bound.text.find("330482199001"), std::string::npos);
  EXPECT_EQ(zhao.Get("/v1/cases").Code(), "undertaking_needed");
  const auto signed_now = zhao.Post("/v1/session/undertaking", {{"version", "1"}});
  EXPECT_EQ(signed_now.body["stage"], "complete") << signed_now.text;
  EXPECT_EQ(zhao.Get("/v1/cases").status, 200);
  EXPECT_EQ(zhao.Get("/v1/session").body["credential"], "issued_token");
  EXPECT_EQ(zhao.Delete("/v1/session").Code(), "no_session");
  claims["exp"] = now - 3600;
  EXPECT_EQ(server_->Holding(signer.Sign(claims)).Get("/v1/cases").Code(), "issued_token_expired");
  const std::string id = bound.body["id"];
  EXPECT_EQ(walk_->Admin().Delete("/v1/accounts/zhao/logins/" + id).status, 204);
  EXPECT_EQ(zhao.Get("/v1/cases").Code(), "login_revoked");
  const auto recorded = Recorded();
  EXPECT_TRUE(recorded.contains("access.logged_in issued_token  " + id));
  EXPECT_TRUE(recorded.contains("access.login_failed issued_token login_revoked "));
}

TEST_F(Logins, AnAddressThatTriesManyNamesIsHeldUpAndNobodyElseIs) {
  Start({}, false);
  walk_->ToComplete(false);
  const auto try_from = [&](const std::string& address, int i) {
    return server_->Nobody().Post(
        "/v1/session", {{"account", "nobody-" + std::to_string(i)}, {"password", "wrong"}},
        {{"X-Forwarded-For", "1.2.3.4, " + address}});
  };
  Reply last;
  for (int i = 0; i < 200 && last.Code() != "rate_limited"; ++i) last = try_from("198.51.100.7", i);
  EXPECT_EQ(last.Code(), "rate_limited");
  EXPECT_EQ(try_from("198.51.100.8", 1000).Code(), "login_failed");
  EXPECT_EQ(walk_->LogIn(kOwnPassword).status, 201);
}

TEST_F(Logins, AnAccountThatNobodyUsesIsDisabledByTheClock) {
  Start([](ApplicationOptions& options) { options.credentials.idle_account_days = 30; }, false);
  walk_->ToComplete(false);
  server_->MoveClock("2024-08-28T09:00:00+08:00");
  EXPECT_EQ(walk_->LogIn(kOwnPassword).status, 201);
  server_->MoveClock("2024-09-26T09:00:00+08:00");
  EXPECT_EQ(walk_->State(), "active") << "last used 29 days ago";
  server_->MoveClock("2024-09-27T09:00:01+08:00");
  EXPECT_EQ(walk_->State(), "disabled");
  EXPECT_EQ(walk_->LogIn(kOwnPassword).Code(), "login_failed");
}

TEST_F(Logins, ScopesOfAnAccountOfTheLogAreInForce) {
  Start({}, false);
  const Client zhao = server_->Holding(walk_->ToComplete(false));
  const Json scope = {{"region", "330482"},
                      {"industries", {"government_procurement"}},
                      {"levels", Json::array()},
                      {"workflows", {"data_check"}},
                      {"restricted", false}};
  const Reply granted = walk_->Do("grant_scopes", {{"scopes", {scope}}});
  ASSERT_EQ(granted.status, 200) << granted.text;
  const auto actor = server_->App().Logins().Accounts().FindActor(ActorId("zhao"));
  ASSERT_TRUE(actor);
  ASSERT_EQ(actor->scopes.size(), 1U);
  EXPECT_EQ(actor->scopes[0].workflows, std::vector<std::string>{"data_check"});
  EXPECT_EQ(zhao.Get("/v1/cases").status, 200);
}

/// Whatever was secret in it, line by line.
std::vector<std::string> SecretsOf(const std::string& pem_file) {
  std::ifstream file(pem_file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    if (line.size() > 20 && !line.starts_with("-")) lines.push_back(line);
  }
  return lines;
}

TEST_F(Logins, NoSecretIsLeftInAnyFileEventOrLine) {
  // Unlike anything that other tests leave on a server that they share.
  std::string kek;
  while (kek.size() < 64) kek += "5e1f09c7";
  const std::string kek_file = (folder_.Path() / "kek").string();
  std::ofstream(kek_file) << kek << '\n';
  std::filesystem::permissions(kek_file, std::filesystem::perms::owner_read);
  const TokenSigner signer(TokenSigner::Kind::kRsa, "one");
  const std::string jwks = (folder_.Path() / "jwks.json").string();
  std::ofstream(jwks) << signer.Jwks();
  static const SystemClock machine;
  Start([&](ApplicationOptions& options) {
    options.kek = "file:" + kek_file;
    options.tokens = *oidc::OidcVerifier::Open({"https://id.example", "docket", "file:" + jwks},
                                               machine, [](const Notice&) {});
  });
  walk_->ToComplete();
  Bind(own_);
  LoggedIn(own_).Get("/v1/cases");
  walk_->Admin().Post("/v1/accounts/zhao/logins",
                      {{"kind", "certificate"}, {"certificate", Bytes(own_.key)}});
  walk_->Admin().Post("/v1/accounts/zhao/logins", {{"kind", "token"}, {"subject", kIdentity}});
  const std::int64_t now = machine.Now().Micros() / 1'000'000;
  const std::string issued = signer.Sign({{"iss", "https://id.example"},
                                          {"aud", "docket"},
                                          {"sub", kIdentity},
                                          {"iat", now},
                                          {"exp", now + 300}});
  EXPECT_EQ(server_->Holding(issued).Get("/v1/cases").status, 200);
  EXPECT_EQ(server_->Holding(issued).Get("/v1/cases?token=" + issued).status, 400);
  const auto key =
      server_->As("provider-0001")
          .Post(
              "/v1/api-keys",
              {{"label", "推送"}, {"roles", {"data_provider"}}, {"read_only", true}, {"days", 30}});
  server_->Holding(walk_->Remember(key.body["token"])).Get("/v1/cases");
  for (int i = 0; i < 6; ++i) walk_->LogIn(kNextPassword);
  server_->App().Logins().Drain();

  auto secrets = walk_->secrets;
  for (const auto& shown : walk_->secrets) secrets.push_back(shown.substr(shown.rfind('_') + 1));
  secrets.insert(secrets.end(), {kOwnPassword, kNextPassword, kIdentity, kek, issued});
  for (const auto& file : {own_.key, authority_.File("server.key")}) {
    const auto lines = SecretsOf(file);
    secrets.insert(secrets.end(), lines.begin(), lines.end());
  }
  const auto expect_none = [&](const std::string& text, const std::string& where) {
    for (const auto& secret : secrets) {
      ASSERT_GT(secret.size(), 8U);
      EXPECT_EQ(text.find(secret), std::string::npos) << secret << " in " << where;
    }
  };
  std::string events;
  for (const auto log : {LogId::kCases, LogId::kAccess}) {
    for (const auto& event : server_->App().Log().ReadLog(log, Position(), 1'000)) {
      events += event.type + event.stream.value + event.data + "\n";
    }
  }
  EXPECT_NE(events.find("account.login_bound"), std::string::npos);
  expect_none(events, "the events");
  server_->Stop();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(server_->StoreFolder())) {
    if (entry.is_regular_file()) expect_none(Bytes(entry.path()), entry.path().filename());
  }
  expect_none(server_->Log(), "the process log");
  EXPECT_NE(server_->Log().find("/v1/session/certificate"), std::string::npos);
}

}  // namespace
}  // namespace docket::test
