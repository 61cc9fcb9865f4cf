// Scenarios of accounts on a log: what only one case may hold, and who is an account now.
#include "persistence/accounts/log_accounts.hpp"
#include "tests/conformance/offices.hpp"

namespace docket {
namespace {

const UnitId kBureau("bureau");
const Actor kSystem{ActorId("system"), kBureau, {Role::kSystemAdministrator}};
const Actor kHead{ActorId("head"), kBureau, {Role::kHead}};
const Actor kAdmin{ActorId("admin"), kBureau, {Role::kUnitAdministrator}};

/// The account cases of one process.
class AccountOffice {
 public:
  AccountOffice(testing::Node& node, KeyStore& keys, const Clock& clock)
      : accounts(*node.log),
        watched_(recent_, accounts),
        calendars_({*node.log, clock, ids_}),
        engine({*node.log, keys, directory_, clock, ids_, calendars_, watched_}) {}

  Expected<CommandOutcome> Request(const std::string& account, const std::string& identity,
                                   const Actor& sender = kAdmin, const char* role = "handler") {
    return Send(sender, StreamId(), "request",
                {{"account", account},
                 {"holder", "赵某"},
                 {"identity", identity},
                 {"roles", {role}},
                 {"responsibilities", "承办投诉"}});
  }
  Expected<CommandOutcome> Send(const Actor& sender, const StreamId& case_id,
                                const std::string& command, const Json& data = Json::object()) {
    CommandRequest request;
    request.sender = sender;
    request.case_id = case_id;
    if (case_id.empty()) request.workflow = "account";
    request.commands.push_back({command, data, {}, {}});
    return engine.Execute(request);
  }
  /// An account in use; throws when it is refused.
  StreamId InUse(const std::string& account, const std::string& identity) {
    const auto requested = Request(account, identity);
    if (!requested) throw StoreError(requested.error().code);
    const Actor holder{ActorId(account), kBureau, {Role::kHandler}};
    for (const auto& [sender, command, data] :
         {std::tuple(kAdmin, "approve", Json::object()),
          std::tuple(holder, "activate", Json{{"undertaking_version", "1"}})}) {
      const auto outcome = Send(sender, requested->case_id, command, data);
      if (!outcome) throw StoreError(outcome.error().code);
    }
    return requested->case_id;
  }

  LogAccounts accounts;

 private:
  testing::SmallDirectory directory_;
  RandomIds ids_;
  CaseCache recent_;
  WatchedCases watched_;
  LogCalendars calendars_;

 public:
  CaseEngine engine;
};

std::string CodeOf(const Expected<CommandOutcome>& outcome) {
  return outcome ? "" : outcome.error().code;
}

class Accounts : public testing::ConformanceTest {
 protected:
  AccountOffice office_{First(), KeysOf(First()), clock_};

  bool Administers(const std::string& account) {
    const auto record = office_.accounts.Find(ActorId(account));
    return record && record->Actor().Holds(Role::kUnitAdministrator);
  }
};

// Shows A110.
TEST_F(Accounts, ANameIsUsedOnceAlsoAfterItsAccountWasClosed) {
  const StreamId zhao = office_.InUse("zhao", "330482199001010011");
  EXPECT_EQ(CodeOf(office_.Request("zhao", "330482199001010022")), "account_name_taken");
  ASSERT_TRUE(
      office_.Send(kAdmin, zhao, "close", {{"reason", "离职"}, {"certificate_revoked", true}}));
  EXPECT_EQ(CodeOf(office_.Request("zhao", "330482199001010022")), "account_name_taken");
  EXPECT_EQ(office_.accounts.Find(ActorId("zhao"))->state, "closed");
}

// Shows A110, A122.
TEST_F(Accounts, APersonHasOneAccountAndMayHaveAnotherAfterwards) {
  const StreamId zhao = office_.InUse("zhao", "33048219900101001X");
  EXPECT_EQ(CodeOf(office_.Request("zhao2", "330482 19900101001x")), "person_has_account");
  ASSERT_TRUE(
      office_.Send(kAdmin, zhao, "close", {{"reason", "离职"}, {"certificate_revoked", true}}));
  EXPECT_EQ(CodeOf(office_.Request("zhao2", "330482 19900101001x")), "");
}

TEST_F(Accounts, ARejectedRequestReleasesThePerson) {
  const auto request = office_.Request("zhao", "330482199001010011");
  ASSERT_TRUE(request);
  ASSERT_TRUE(office_.Send(kAdmin, request->case_id, "reject", {{"reason", "重复"}}));
  EXPECT_EQ(CodeOf(office_.Request("zhao2", "330482199001010011")), "");
}

TEST_F(Accounts, NothingOfAPersonsIdentityIsInTheLog) {
  office_.InUse("zhao", "330482199001010011");
  for (const auto& event : All()) {
    EXPECT_EQ(event.stream.value.find("330482199001010011"), std::string::npos);
    EXPECT_EQ(event.data.find("330482199001010011"), std::string::npos);
    EXPECT_EQ(event.data.find("赵某"), std::string::npos);
  }
}

// Shows A111.
TEST_F(Accounts, AppointingASecondAdministratorEndsTheFirstInTheSameAppend) {
  const StreamId zhao = office_.InUse("zhao", "330482199001010011");
  const StreamId qian = office_.InUse("qian", "330482199001010022");
  ASSERT_TRUE(office_.Send(kHead, zhao, "appoint_administrator"));
  EXPECT_TRUE(Administers("zhao"));
  const Position before = HeadPosition();
  EXPECT_EQ(CodeOf(office_.Send(kSystem, qian, "appoint_administrator")),
            "unit_administrator_exists");
  ASSERT_TRUE(office_.Send(kHead, qian, "appoint_administrator"));
  EXPECT_FALSE(Administers("zhao"));
  EXPECT_TRUE(Administers("qian"));
  std::vector<std::string> types;
  for (const auto& event : Log().ReadLog(LogId::kCases, before, 100)) {
    types.push_back(event.type);
    EXPECT_EQ(event.recorded_by, kHead.id);
  }
  EXPECT_EQ(types, (std::vector<std::string>{"account.administrator_appointed",
                                             "account.administration_ended", "claim.released",
                                             "claim.taken"}));
  EXPECT_EQ(CodeOf(office_.Send(kHead, qian, "appoint_administrator")), "administrator_already");
}

TEST_F(Accounts, AVacantPostMayBeFilledByTheSystemAdministrator) {
  const StreamId zhao = office_.InUse("zhao", "330482199001010011");
  ASSERT_TRUE(office_.Send(kHead, zhao, "appoint_administrator"));
  ASSERT_TRUE(office_.Send(kSystem, zhao, "disable", {{"reason", "left"}}));
  EXPECT_FALSE(Administers("zhao"));
  const StreamId qian = office_.InUse("qian", "330482199001010022");
  ASSERT_TRUE(office_.Send(kSystem, qian, "appoint_administrator"));
  EXPECT_TRUE(Administers("qian"));
}

TEST_F(Accounts, OfManyRequestsForOnePersonOneIsAccepted) {
  AccountOffice there(Second(), KeysOf(Second()), clock_);
  constexpr int kThreads = 6;
  std::array<std::string, kThreads> codes;
  testing::InThreads(kThreads, [&](int i) {
    auto& office = i % 2 == 0 ? office_ : there;
    codes[static_cast<std::size_t>(i)] =
        CodeOf(office.Request("zhao" + std::to_string(i), "330482199001010011"));
  });
  EXPECT_EQ(std::count(codes.begin(), codes.end(), ""), 1);
  EXPECT_EQ(std::count(codes.begin(), codes.end(), "person_has_account"), kThreads - 1);
}

// Shows A111.
TEST_F(Accounts, OfManyAppointmentsTheLastStandsAndOneAdministratorIsLeft) {
  AccountOffice there(Second(), KeysOf(Second()), clock_);
  constexpr int kAccounts = 4;
  std::vector<StreamId> cases;
  for (int i = 0; i < kAccounts; ++i) {
    cases.push_back(
        office_.InUse("zhao" + std::to_string(i), "33048219900101001" + std::to_string(i)));
  }
  testing::InThreads(kAccounts, [&](int i) {
    auto& office = i % 2 == 0 ? office_ : there;
    EXPECT_EQ(
        CodeOf(office.Send(kHead, cases[static_cast<std::size_t>(i)], "appoint_administrator")),
        "");
  });
  LogAccounts fresh(Log());
  int administrators = 0;
  for (int i = 0; i < kAccounts; ++i) {
    const auto record = fresh.Find(ActorId("zhao" + std::to_string(i)));
    administrators += record->Actor().Holds(Role::kUnitAdministrator) ? 1 : 0;
  }
  EXPECT_EQ(administrators, 1);
}

TEST_F(Accounts, AHandoverDisablesTheAccountOnTheDay) {
  clock_.Set(*Instant::Parse("2024-10-08T10:00:00+08:00"));
  office_.InUse("zhao", "330482199001010011");
  CommandRequest request;
  request.sender = kAdmin;
  request.workflow = "handover";
  request.commands.push_back(
      {"announce",
       {{"account", "zhao"},
        {"letter", {{"digest", "sha256:" + std::string(64, 'a')}, {"name", "函"}}},
        {"letter_received_on", "2024-10-08"},
        {"effective_on", "2024-10-14"}},
       {},
       {}});
  const auto announced = office_.engine.Execute(request);
  ASSERT_TRUE(announced) << announced.error().code;
  clock_.Set(*Instant::Parse("2024-10-14T00:00:00+08:00"));
  ASSERT_TRUE(office_.engine.Tick(announced->case_id));
  EXPECT_EQ(office_.accounts.Find(ActorId("zhao"))->state, "disabled");
}

TEST_F(Accounts, WhatThisProcessWroteIsSeenAtOnceAndWhatAnotherWroteWhenItIsRead) {
  LogAccounts there(*Second().log);
  EXPECT_FALSE(there.Find(ActorId("qian")));
  const StreamId zhao = office_.InUse("zhao", "330482199001010011");
  EXPECT_EQ(there.Find(ActorId("zhao"))->state, "active");
  EXPECT_EQ(office_.accounts.Find(ActorId("zhao"))->state, "active");
  ASSERT_TRUE(office_.Send(kAdmin, zhao, "disable", {{"reason", "left"}}));
  EXPECT_EQ(office_.accounts.Find(ActorId("zhao"))->state, "disabled") << "at once, here";
  EXPECT_EQ(LogAccounts(*Second().log).Find(ActorId("zhao"))->state, "disabled");
}

}  // namespace
}  // namespace docket
