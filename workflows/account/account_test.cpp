// Opening and closing an account: each row and each refusal.
#include "workflows/account/account.hpp"

#include "tests/support/spec.hpp"

namespace docket::account {

const Workflow& Definition();

namespace {

using docket::testing::Spec;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

const Open kOpen{ActorId("zhao"), PersonalText("赵某"), {Role::kHandler}, "承办投诉"};
const AccountOpened kOpened{kOpen, UnitId("bureau"), RegionCode("330482")};
const Close kClose{PersonalText("离职"), true};

struct AccountTest : ::testing::Test {
  Spec spec{Definition()};
};

TEST_F(AccountTest, TheUnitAdministratorOpensAnAccountOfTheOwnUnit) {
  spec.As("admin").When(kOpen).ThenHappens(kOpened);
  EXPECT_EQ(spec.State(), "active");
}

TEST_F(AccountTest, NobodyOpensAnAccountForHimself) {
  auto own = kOpen;
  own.account = ActorId("admin");
  spec.As("admin").When(own).ThenRefused("account_for_oneself");
}

TEST_F(AccountTest, AnAccountNeedsRolesThatPersonsMayHold) {
  auto open = kOpen;
  open.roles = {};
  spec.As("admin").When(open).ThenRefused("roles_not_assignable");
  open.roles = {Role::kClock};
  spec.As("admin").When(open).ThenRefused("roles_not_assignable");
}

TEST_F(AccountTest, TheThreeAdministratorsHoldNothingElse) {
  auto open = kOpen;
  for (const Role role :
       {Role::kSystemAdministrator, Role::kSystemOperator, Role::kSystemAuditor}) {
    open.roles = {role, Role::kHandler};
    spec.As("admin").When(open).ThenRefused("roles_incompatible");
    open.roles = {Role::kTradingCentre, Role::kHandler};
    spec.When(open).ThenRefused("roles_incompatible");
    open.roles = {role};
    spec.As("admin").When(open).Then(AccountOpened{open, UnitId("bureau"), RegionCode("330482")});
  }
}

TEST_F(AccountTest, ClosingRevokesTheCertificateFirst) {
  spec.As("admin").Given(kOpened);
  spec.When(Close{PersonalText("离职"), false}).ThenRefused("certificate_not_revoked");
  spec.When(kClose).ThenHappens(AccountClosed{kClose});
  EXPECT_EQ(spec.State(), "closed");
  spec.When(kClose).ThenRefused("command_not_allowed_in_state");
}

TEST_F(AccountTest, AnotherUnitsAdministratorDoesNotCloseIt) {
  spec.Actor({ActorId("other_admin"), UnitId("elsewhere"), {Role::kUnitAdministrator}});
  spec.As("admin").Given(kOpened);
  spec.As("other_admin").When(kClose).ThenRefused("account_of_other_unit");
}

TEST(AccountHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace
}  // namespace docket::account
