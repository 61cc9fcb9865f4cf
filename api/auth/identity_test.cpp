// What is told of logins: once each, with account, address and reason, and nothing that a stranger
// typed.
#include "api/auth/identity.hpp"

#include <gtest/gtest.h>

#include "persistence/calendars/log_calendars.hpp"
#include "persistence/cases/case_cache.hpp"
#include "persistence/sqlite/key_store.hpp"
#include "tests/support/log_fixture.hpp"

namespace docket {
namespace {

using namespace std::chrono_literals;

const std::string kHome = "198.51.100.7";
const std::string kElsewhere = "203.0.113.9";
const std::string kToken = "token-of-admin-0123";

Office TheOffice() {
  const Json unit = {
      {"id", "finance"}, {"name", "财政局"}, {"region", "330482"}, {"industries", Json::array()}};
  const Json admin = {
      {"id", "admin"}, {"unit", "finance"}, {"roles", {"data_provider"}}, {"token", kToken}};
  const Json file = {{"units", Json::array({unit})}, {"accounts", Json::array({admin})}};
  return *Office::Parse(file.dump());
}

CredentialPolicy CheapPolicy() {
  CredentialPolicy policy;
  policy.password_cost = {.passes = 1, .memory_bytes = 8192};
  policy.second_factor_required = false;
  return policy;
}

class IdentityTest : public ::testing::Test {
 protected:
  IdentityTest()
      : password_(*identity_.Bootstrap(ActorId("root"), {{"account", "root"},
                                                         {"holder", "赵某"},
                                                         {"unit", "finance"},
                                                         {"roles", {"system_administrator"}},
                                                         {"responsibilities", "管理账号"}})) {}

  Expected<Sessions::Begun> LogIn(const std::string& password, const std::string& account = "root",
                                  const std::string& address = kHome) {
    return identity_.LogIn({ActorId(account), {password, ""}, Origin{address}});
  }
  Expected<Caller> Recognise(const std::string& token, const std::string& address = kHome) {
    return identity_.Recognise(token, Origin{address});
  }
  /// What was told since it was last asked: kind, account, reason or method, address.
  std::vector<std::string> Told() {
    std::vector<std::string> lines;
    for (const auto& note : notes_) {
      const bool is_login = note.kind == AccessKind::kLoggedIn;
      std::string line = is_login                                ? "in"
                         : note.kind == AccessKind::kLoginFailed ? "failed"
                         : note.kind == AccessKind::kDenied      ? "denied"
                                                                 : "ended";
      line += " " + note.account.value + " ";
      line += is_login ? std::string(NameOf(note.method)) : note.reason;
      lines.push_back(line + " " + note.address);
    }
    notes_.clear();
    return lines;
  }

  using Lines = std::vector<std::string>;

  testing::LogFixture fixture_;
  RandomIds ids_;
  SqliteKeys keys_{fixture_.Paths()};
  std::unique_ptr<CredentialTable> table_ = fixture_.Store().OpenCredentials();
  LogCalendars calendars_{{fixture_.Log(), fixture_.clock, ids_}};
  LogAccounts accounts_{fixture_.Log()};
  AccountDirectory directory_{TheOffice(), accounts_};
  CaseCache recent_;
  WatchedCases watched_{recent_, accounts_};
  CaseEngine engine_{
      {fixture_.Log(), keys_, directory_, fixture_.clock, ids_, calendars_, watched_}};
  std::vector<AccessNote> notes_;
  bool admits_ = true;
  Identity identity_{{.directory = directory_,
                      .engine = engine_,
                      .credentials = {*table_, keys_, fixture_.clock, fixture_.clock},
                      .ids = ids_,
                      .admit_login = [this](const ActorId&) { return admits_; },
                      .admit_address = [](const std::string&) { return true; },
                      .record = [this](const AccessNote& note) { notes_.push_back(note); }},
                     CheapPolicy()};
  const std::string password_;
};

TEST_F(IdentityTest, ALoginIsToldBeforeItsTokenIsGiven) {
  ASSERT_TRUE(LogIn(password_));
  ASSERT_EQ(notes_.size(), 1u);
  EXPECT_TRUE(notes_[0].begins_session);
  EXPECT_EQ(notes_[0].unit, UnitId("finance"));
  EXPECT_EQ(notes_[0].region, RegionCode("330482"));
  EXPECT_EQ(notes_[0].role, Role::kSystemAdministrator);
  EXPECT_EQ(Told(), (Lines{"in root password " + kHome}));
}

TEST_F(IdentityTest, AFailureIsToldWithTheReasonThatTheAnswerHides) {
  EXPECT_EQ(LogIn("wrong").error().code, "login_failed");
  EXPECT_EQ(Told(), (Lines{"failed root password_wrong " + kHome}));
  fixture_.clock.Set(fixture_.clock.Now() + 73h);
  EXPECT_EQ(LogIn(password_).error().code, "login_failed");
  EXPECT_EQ(Told(), (Lines{"failed root one_time_password_expired " + kHome}));
  admits_ = false;
  EXPECT_EQ(LogIn(password_).error().code, "rate_limited");
  EXPECT_EQ(Told(), (Lines{"failed  rate_limited " + kHome})) << "nobody is looked up for it";
}

TEST_F(IdentityTest, WhatAStrangerTypedIsNotTold) {
  const std::string typed = "My-Secret-In-The-Wrong-Field";
  EXPECT_EQ(LogIn("wrong", typed).error().code, "login_failed");
  EXPECT_EQ(Recognise(typed).error().code, "token_unknown");
  EXPECT_EQ(Told(), (Lines{"failed  account_unknown " + kHome, "failed  token_unknown " + kHome}));
}

TEST_F(IdentityTest, WhoEndsASessionIsTold) {
  const std::string first = LogIn(password_)->token;
  ASSERT_TRUE(LogIn(password_, "root", kElsewhere));
  EXPECT_EQ(Told(), (Lines{"in root password " + kHome, "ended root logged_in_again " + kElsewhere,
                           "in root password " + kElsewhere}));
  EXPECT_FALSE(Recognise(first));
  EXPECT_EQ(Told(), (Lines{"denied  session_ended " + kHome})) << "whose it was is not proved";
  identity_.LogOut(Caller{.actor = {ActorId("root"), UnitId("finance"), {}}}, Origin{kHome});
  EXPECT_EQ(Told(), (Lines{"ended root logged_out " + kHome}));
  ASSERT_TRUE(LogIn(password_));
  for (int i = 0; i < 5; ++i) LogIn("wrong", "root", kElsewhere);
  const auto told = Told();
  EXPECT_EQ(told.at(5), "failed root password_wrong " + kElsewhere);
  EXPECT_EQ(told.at(6), "ended root locked " + kElsewhere);
  LogIn(password_);
  EXPECT_EQ(Told(), (Lines{"failed root account_locked " + kHome}));
  identity_.Drain();
}

TEST_F(IdentityTest, ASessionThatTimeHadEndedIsNotEndedAgain) {
  ASSERT_TRUE(LogIn(password_));
  fixture_.clock.Set(fixture_.clock.Now() + 31min);
  ASSERT_TRUE(LogIn(password_));
  EXPECT_EQ(Told(), (Lines{"in root password " + kHome, "in root password " + kHome}));
}

TEST_F(IdentityTest, ATokenIsALoginWhenItsUseBegins) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(Recognise(kToken));
  EXPECT_TRUE(Recognise(kToken, kElsewhere));
  EXPECT_EQ(Told(), (Lines{"in admin token " + kHome, "in admin token " + kElsewhere}));
  fixture_.clock.Set(fixture_.clock.Now() + 29min);
  EXPECT_TRUE(Recognise(kToken));
  EXPECT_EQ(Told(), Lines{});
  fixture_.clock.Set(fixture_.clock.Now() + 30min);
  EXPECT_TRUE(Recognise(kToken));
  EXPECT_EQ(Told(), (Lines{"in admin token " + kHome})) << "it had paused";
  for (int i = 0; i < 24; ++i) {
    fixture_.clock.Set(fixture_.clock.Now() + 29min);
    EXPECT_TRUE(Recognise(kToken));
  }
  EXPECT_EQ(Told(), Lines{});
  fixture_.clock.Set(fixture_.clock.Now() + 29min);
  EXPECT_TRUE(Recognise(kToken));
  EXPECT_EQ(Told(), (Lines{"in admin token " + kHome})) << "it had gone on for twelve hours";
}

TEST_F(IdentityTest, AKeyThatIsWrongNamesWhoseItWouldBe) {
  const auto made =
      identity_.Keys().Make(ActorId("admin"), {"推送", {Role::kDataProvider}, true, 9});
  ASSERT_TRUE(made);
  ASSERT_TRUE(Recognise(made->token));
  EXPECT_EQ(notes_.at(0).credential, made->key.id);
  EXPECT_FALSE(notes_.at(0).begins_session) << "it waits for no disk";
  std::string wrong = made->token;
  wrong.back() = wrong.back() == '0' ? '1' : '0';
  EXPECT_EQ(Recognise(wrong).error().code, "token_unknown");
  ASSERT_TRUE(identity_.Keys().Revoke(ActorId("admin"), made->key.id));
  EXPECT_EQ(Recognise(made->token).error().code, "api_key_revoked");
  EXPECT_EQ(Told(), (Lines{"in admin api_key " + kHome, "failed admin token_unknown " + kHome,
                           "failed admin api_key_revoked " + kHome}));
}

}  // namespace
}  // namespace docket
