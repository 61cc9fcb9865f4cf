// An account from its request to its end: each row and each refusal, and what each act claims.
#include "workflows/account/account.hpp"

#include "tests/support/spec.hpp"

namespace docket::account {

const Workflow& Definition();

namespace {

using docket::testing::Spec;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

const UnitId kBureau("bureau");
const RegionCode kRegion("330482");
const PersonalText kHolder("赵某");
const PersonalText kReason("离职");

const Request kRequest{ActorId("zhao"),  kHolder,   PersonalText("3304821990 0101001x"), {},
                       {Role::kHandler}, "承办投诉"};
const AccountRequested kRequested{ActorId("zhao"),
                                  kHolder,
                                  PersonalText("3304821990 0101001x"),
                                  "digest-33048219900101001X",
                                  kBureau,
                                  kRegion,
                                  {Role::kHandler},
                                  "承办投诉"};
const Bootstrap kBootstrap{
    ActorId("root"), kHolder, kBureau, {Role::kSystemAdministrator}, "系统管理"};
const Activate kActivate{std::string(kUndertakingVersion)};
const Lock kLock{5, Instant::StartOf(*Date::FromParts(2024, 8, 9))};

const BindLogin kBind{LoginKind::kCertificate, "login-1",
                      Instant::StartOf(*Date::FromParts(2025, 8, 9))};

/// The same account with other roles.
AccountRequested WithRoles(std::vector<Role> roles) {
  auto requested = kRequested;
  requested.roles = std::move(roles);
  return requested;
}

struct AccountTest : ::testing::Test {
  AccountTest() {
    spec.Actor({ActorId("auditor"), kBureau, {Role::kSystemAuditor}});
    spec.Actor({ActorId("system_2"), kBureau, {Role::kSystemAdministrator}});
    spec.Actor({ActorId("zhao_now"), kBureau, {Role::kHandler}});
    spec.Actor({ActorId("other_admin"), UnitId("elsewhere"), {Role::kUnitAdministrator}});
    spec.Actor({ActorId("other_head"), UnitId("elsewhere"), {Role::kHead}});
    spec.Unit({UnitId("elsewhere"), "某县住建局", RegionCode("330424"), {}});
  }

  /// The account in a state. Its holder is `zhao`.
  Spec& In(std::string_view state, const AccountRequested& requested = kRequested) {
    spec.Fresh().At("2024-08-08").As("admin").Given(requested);
    if (state == Requested::kName) return spec;
    spec.Given(AccountApproved());
    if (state == Approved::kName) return spec;
    spec.Given(AccountActivated{kActivate});
    if (state == PasswordExpired::kName) spec.Given(PasswordHasExpired{ExpirePassword{90}});
    if (state == Locked::kName) spec.Given(AccountLocked{kLock});
    if (state == Suspended::kName) spec.Given(AccountSuspended{Suspend{kReason}});
    if (state == Disabled::kName) spec.Given(AccountDisabled{Disable{}});
    EXPECT_EQ(spec.State(), state);
    return spec;
  }
  /// As In, for an account locked before its first login or with an expired password.
  Spec& LockedFrom(std::string_view state, const AccountRequested& requested = kRequested) {
    In(state, requested).Given(AccountLocked{kLock});
    return spec;
  }
  /// The holder exists as an actor from now on.
  Spec& AsHolder() {
    spec.Actor({ActorId("zhao"), kBureau, {Role::kHandler}});
    return spec.As("zhao");
  }
  /// `registry kind` of what the last decision claims.
  std::vector<std::string> Claimed() const {
    std::vector<std::string> claimed;
    if (!spec.Decision()) return claimed;
    for (const auto& draft : spec.Decision()->events) {
      for (const auto& claim : draft.claims) {
        constexpr std::array kKinds{"takes", "takes over", "releases", "tells"};
        claimed.push_back(std::string(kKinds[static_cast<std::size_t>(claim.kind)]) + " " +
                          claim.Stream().value);
      }
    }
    return claimed;
  }
  using Strings = std::vector<std::string>;

  Spec spec{Definition()};
};

// Shows A014.
TEST_F(AccountTest, ARequestNamesAPersonAndClaimsNameAndPerson) {
  spec.As("admin").When(kRequest).Then(kRequested);
  EXPECT_EQ(Claimed(),
            (Strings{"takes account_name-zhao", "takes person-digest-33048219900101001X"}));
  spec.Happens();
  EXPECT_EQ(spec.State(), "requested");
  spec.Fresh().As("head").When(kRequest).Then(kRequested);
}

TEST_F(AccountTest, ARequestIsRefusedForOneselfAndForANameInUse) {
  auto own = kRequest;
  own.account = ActorId("admin");
  spec.As("admin").When(own).ThenRefused("account_for_oneself");
  auto taken = kRequest;
  for (const char* name : {"han", "clock"}) {
    taken.account = ActorId(name);
    spec.When(taken).ThenRefused("account_name_taken");
  }
  for (const char* name : {"赵", "a b"}) {
    taken.account = ActorId(name);
    spec.When(taken).ThenRefused("account_name_invalid");
  }
  taken.account = ActorId(std::string(65, 'a'));
  spec.When(taken).ThenRefused("account_name_invalid");
}

TEST_F(AccountTest, ARequestNeedsAnIdentityAndAUnit) {
  auto request = kRequest;
  request.identity = PersonalText("12345");
  spec.As("admin").When(request).ThenRefused("identity_missing");
  request = kRequest;
  request.unit = UnitId("nowhere");
  spec.When(request).ThenRefused("unit_unknown");
  request.unit = UnitId("elsewhere");
  spec.When(request).ThenRefused("account_of_other_unit");
}

TEST_F(AccountTest, TheSystemAdministratorRequestsAdministratorsOfAnyUnit) {
  auto request = kRequest;
  request.unit = UnitId("elsewhere");
  request.roles = {Role::kUnitAdministrator};
  auto requested = WithRoles(request.roles);
  requested.unit = *request.unit;
  requested.region = RegionCode("330424");
  spec.As("system").When(request).Then(requested);
  request.roles = {Role::kHandler};
  spec.When(request).ThenRefused("roles_not_in_remit");
  for (const Role role : {Role::kUnitAdministrator, Role::kSystemAuditor}) {
    auto of_unit = kRequest;
    of_unit.roles = {role};
    spec.As("admin").When(of_unit).ThenRefused("roles_not_in_remit");
  }
}

TEST_F(AccountTest, AnAccountNeedsRolesThatPersonsMayHold) {
  auto request = kRequest;
  for (const std::vector<Role>& roles : {std::vector<Role>{}, {Role::kClock}}) {
    request.roles = roles;
    spec.As("admin").When(request).ThenRefused("roles_not_assignable");
  }
}

// Shows A028, A122.
TEST_F(AccountTest, TheThreeAdministratorsHoldNothingElse) {
  auto request = kRequest;
  for (const Role role :
       {Role::kSystemAdministrator, Role::kSystemOperator, Role::kSystemAuditor}) {
    request.roles = {role, Role::kUnitAdministrator};
    spec.As("system").When(request).ThenRefused("roles_incompatible");
    request.roles = {Role::kTradingCentre, Role::kHandler};
    spec.When(request).ThenRefused("roles_incompatible");
    request.roles = {role};
    spec.When(request).Then(WithRoles({role}));
  }
}

TEST_F(AccountTest, BootstrapOpensAnAccountAndOnlyTheSystemItselfDoesIt) {
  const AccountOpened opened{ActorId("root"), kHolder, {Role::kSystemAdministrator},
                             "系统管理",      kBureau, kRegion};
  spec.As("clock").When(kBootstrap).ThenHappens(opened);
  EXPECT_EQ(Claimed(), Strings{"takes account_name-root"});
  EXPECT_EQ(spec.State(), "active");
  spec.Fresh();
  auto bootstrap = kBootstrap;
  bootstrap.account = ActorId("a b");
  spec.When(bootstrap).ThenRefused("account_name_invalid");
  bootstrap.account = ActorId("han");
  spec.When(bootstrap).ThenRefused("account_name_taken");
  bootstrap = kBootstrap;
  bootstrap.unit = UnitId("nowhere");
  spec.When(bootstrap).ThenRefused("unit_unknown");
  bootstrap = kBootstrap;
  bootstrap.roles = {};
  spec.When(bootstrap).ThenRefused("roles_not_assignable");
  bootstrap.roles = {Role::kSystemAdministrator, Role::kHandler};
  spec.When(bootstrap).ThenRefused("roles_incompatible");
  bootstrap.roles = {Role::kUnitAdministrator};
  spec.When(bootstrap).Happens();
  EXPECT_EQ(Claimed(), (Strings{"takes account_name-root", "takes unit_administrator-bureau"}));
}

// Shows A112.
TEST_F(AccountTest, TheUnitsAdministratorApprovesAccountsOfTheUnit) {
  In("requested").As("other_admin").When(Approve()).ThenRefused("account_of_other_unit");
  spec.As("head").When(Approve()).ThenRefused("role_not_permitted");
  spec.As("admin").When(Approve()).ThenHappens(AccountApproved());
  EXPECT_EQ(spec.State(), "approved");
}

TEST_F(AccountTest, AccountsOfTheThreeAdministratorsAreApprovedByAnother) {
  const auto auditor = WithRoles({Role::kSystemAuditor});
  In("requested", auditor).As("system").When(Approve()).ThenRefused("role_not_permitted");
  spec.As("other_head").When(Approve()).ThenRefused("account_of_other_unit");
  spec.As("head").When(Approve()).Then(AccountApproved());
}

TEST_F(AccountTest, TheSystemAdministratorApprovesAUnitsAdministratorWhoseClaimMayFail) {
  const auto administrator = WithRoles({Role::kUnitAdministrator});
  In("requested", administrator).As("admin").When(Approve()).ThenRefused("role_not_permitted");
  spec.As("system").When(Approve()).Then(AccountApproved());
  EXPECT_EQ(Claimed(), Strings{"takes unit_administrator-bureau"});
}

TEST_F(AccountTest, ARejectedRequestFreesThePersonAndKeepsTheName) {
  In("requested").As("other_admin").When(Reject{kReason}).ThenRefused("account_not_in_remit");
  spec.As("system").When(Reject{kReason}).ThenRefused("account_not_in_remit");
  spec.As("admin").When(Reject{kReason}).ThenHappens(AccountRejected{Reject{kReason}});
  EXPECT_EQ(Claimed(), Strings{"releases person-digest-33048219900101001X"});
  EXPECT_EQ(spec.State(), "closed");
}

// Shows A114, A119.
TEST_F(AccountTest, TheFirstLoginSignsTheUndertaking) {
  In("approved");
  spec.As("zhao_now").When(kActivate).ThenRefused("not_the_holder");
  AsHolder().When(Activate{"0"}).ThenRefused("undertaking_not_current");
  spec.RecordedBy("clerk").When(kActivate).ThenRefused("not_the_holder");
  AsHolder().When(kActivate).ThenHappens(AccountActivated{kActivate});
  EXPECT_EQ(spec.State(), "active");
}

// Shows A119.
TEST_F(AccountTest, AnUndertakingIsSignedAgain) {
  const SignUndertaking sign{std::string(kUndertakingVersion)};
  In("active").As("zhao_now").When(sign).ThenRefused("not_the_holder");
  AsHolder().When(SignUndertaking{"0"}).ThenRefused("undertaking_not_current");
  spec.When(sign).ThenHappens(UndertakingSigned{sign});
}

TEST_F(AccountTest, TheHolderSaysWhereToBeReachedAndMayTakeItBack) {
  const ChangeContact both{PersonalText("+86-13905731234"), PersonalText("zhao@example.org")};
  In(Active::kName);
  AsHolder().When(both).Then(ContactChanged{both}).Happens();
  EXPECT_EQ(spec.State(), Active::kName);
  spec.When(ChangeContact{}).Then(ContactChanged{});
  In(Active::kName);
  spec.As("admin").When(both).ThenRefused("not_the_holder");
}

TEST_F(AccountTest, AnAddressThatIsNoneIsRefused) {
  In(Active::kName);
  AsHolder();
  for (const char* phone : {"1234", "123456789012345678901", "1390573123a", "139 0573 1234"}) {
    spec.When(ChangeContact{PersonalText(phone), {}}).ThenRefused("phone_malformed");
  }
  for (const char* email :
       {"zhao", "@example.org", "zhao@", "a@b@c", "a b@c", "a@b\r\nBcc: c@d", "赵@example.org"}) {
    spec.When(ChangeContact{{}, PersonalText(email)}).ThenRefused("email_malformed");
  }
}

// Shows A112.
TEST_F(AccountTest, DutiesChangeInsideTheUnit) {
  const ChangeDuties change{{Role::kIntake, Role::kRecordKeeper}, "受理"};
  In("active").As("other_admin").When(change).ThenRefused("account_of_other_unit");
  spec.As("admin").When(ChangeDuties{{}, "受理"}).ThenRefused("roles_not_assignable");
  spec.When(ChangeDuties{{Role::kUnitAdministrator}, "管理"}).ThenRefused("roles_not_in_remit");
  spec.When(change).ThenHappens(DutiesChanged{change});
  EXPECT_EQ(spec.Model().Facts().at("roles"), Json({"intake", "record_keeper"}));

  auto own = kRequested;
  own.account = ActorId("admin");
  In("active", own).As("admin").When(change).ThenRefused("own_account");
  In("active", WithRoles({Role::kSystemOperator})).When(change).ThenRefused("roles_incompatible");
  In("active", WithRoles({Role::kHandler, Role::kUnitAdministrator}));
  spec.When(change).Happens();
  EXPECT_EQ(spec.Model().Facts().at("roles"),
            Json({"intake", "record_keeper", "unit_administrator"}));
}

TEST_F(AccountTest, TheHeadAppointsAnAdministratorInPlaceOfThePredecessor) {
  In("active").As("other_head").When(AppointAdministrator()).ThenRefused("account_of_other_unit");
  spec.As("head").When(AppointAdministrator()).ThenHappens(AdministratorAppointed{true});
  EXPECT_EQ(Claimed(), Strings{"takes over unit_administrator-bureau"});
  spec.When(AppointAdministrator()).ThenRefused("administrator_already");
  In("active", WithRoles({Role::kSystemAuditor})).As("head").When(AppointAdministrator());
  spec.ThenRefused("roles_incompatible");
}

TEST_F(AccountTest, TheSystemAdministratorOnlyFillsAVacantPost) {
  In("active").As("system").When(AppointAdministrator()).ThenHappens(AdministratorAppointed{false});
  EXPECT_EQ(Claimed(), Strings{"takes unit_administrator-bureau"});
}

TEST_F(AccountTest, ThePostEndsWhateverStateTheAccountIsIn) {
  for (const char* state : {"approved", "active", "password_expired", "locked", "suspended"}) {
    In(state, WithRoles({Role::kHandler, Role::kUnitAdministrator})).As("clock");
    spec.When(EndAdministration()).ThenHappens(AdministrationEnded());
    EXPECT_EQ(Claimed(), Strings{"releases unit_administrator-bureau"});
    EXPECT_EQ(spec.State(), state);
    EXPECT_EQ(spec.Model().Facts().at("roles"), Json({"handler"}));
    spec.When(EndAdministration()).ThenRefused("not_the_administrator");
  }
}

// Shows A116.
TEST_F(AccountTest, APasswordExpiresAndIsRenewedByTheHolder) {
  const ExpirePassword expire{90};
  In("active").As("zhao_now").When(RenewPassword()).ThenRefused("not_the_holder");
  AsHolder().When(RenewPassword()).ThenHappens(PasswordRenewed());
  EXPECT_EQ(spec.State(), "active");
  spec.As("clock").When(expire).ThenHappens(PasswordHasExpired{expire});
  EXPECT_EQ(spec.State(), "password_expired");
  spec.As("zhao_now").When(RenewPassword()).ThenRefused("not_the_holder");
  AsHolder().When(RenewPassword()).ThenHappens(PasswordRenewed());
  EXPECT_EQ(spec.State(), "active");
}

TEST_F(AccountTest, APasswordIsResetByWhoManagesTheAccount) {
  auto own = kRequested;
  own.account = ActorId("admin");
  for (const char* state : {"approved", "active", "password_expired"}) {
    In(state, own).As("admin").When(ResetPassword()).ThenRefused("own_account");
    In(state).As("other_admin").When(ResetPassword()).ThenRefused("account_not_in_remit");
    spec.As("system").When(ResetPassword()).ThenRefused("account_not_in_remit");
    spec.As("admin").When(ResetPassword()).ThenHappens(PasswordWasReset());
    EXPECT_EQ(spec.State(), state);
    In(state, WithRoles({Role::kUnitAdministrator})).As("system").When(ResetPassword());
    spec.Then(PasswordWasReset());
  }
}

TEST_F(AccountTest, WhoForgetsASecondFactorVerifiesTheIdentityFirst) {
  const ResetPassword lost{true, true};
  for (const char* state : {"approved", "active", "password_expired"}) {
    In(state).As("admin").When(ResetPassword{true, std::nullopt});
    spec.ThenRefused("identity_not_verified");
    spec.When(ResetPassword{true, false});
    spec.ThenRefused("identity_not_verified");
    spec.When(lost).ThenHappens(PasswordWasReset{lost});
  }
}

TEST_F(AccountTest, FailedLoginsLockAndTimeOrAnAdministratorUnlocks) {
  for (const char* state : {"approved", "active", "password_expired"}) {
    In(state).As("clock").When(kLock).ThenHappens(AccountLocked{kLock});
    spec.At("2024-08-08T23:59:59+08:00").When(Unlock{}).ThenRefused("lock_not_over");
    spec.At("2024-08-09").When(Unlock{}).ThenHappens(AccountUnlocked{});
    EXPECT_EQ(spec.State(), state);
  }
}

TEST_F(AccountTest, WhoUnlocksVerifiesTheIdentityFirst) {
  const Unlock verified{true};
  auto own = kRequested;
  own.account = ActorId("admin");
  for (const char* state : {"approved", "active", "password_expired"}) {
    LockedFrom(state, own).As("admin").When(verified).ThenRefused("own_account");
    LockedFrom(state).As("other_admin").When(verified).ThenRefused("account_not_in_remit");
    spec.As("admin").When(Unlock{}).ThenRefused("identity_not_verified");
    spec.When(verified).ThenHappens(AccountUnlocked{verified});
    EXPECT_EQ(spec.State(), state);
  }
}

// Shows A108.
TEST_F(AccountTest, TheAuditorRaisesAndTheSystemAdministratorSuspends) {
  for (const char* state : {"active", "password_expired", "locked"}) {
    In(state).As("auditor").When(Suspend{kReason}).ThenRefused("role_not_permitted");
    spec.When(RaiseAlarm{kReason}).ThenHappens(AlarmRaised{RaiseAlarm{kReason}});
    EXPECT_EQ(spec.Model().Summary().flags, Strings{"alarmed"});
    spec.As("system").When(Suspend{kReason}).ThenHappens(AccountSuspended{Suspend{kReason}});
    EXPECT_EQ(spec.State(), "suspended");
  }
  spec.When(Reinstate{kReason}).ThenHappens(AccountReinstated{Reinstate{kReason}});
  EXPECT_EQ(spec.State(), "active");
  EXPECT_TRUE(spec.Model().Summary().flags.empty());
}

TEST_F(AccountTest, NobodySuspendsOrReinstatesHimself) {
  auto own = WithRoles({Role::kSystemAdministrator});
  own.account = ActorId("system");
  for (const char* state : {"active", "password_expired", "locked"}) {
    In(state, own).As("system").When(Suspend{kReason}).ThenRefused("own_account");
  }
  In("suspended", own).As("system").When(Reinstate{kReason}).ThenRefused("own_account");
}

TEST_F(AccountTest, AnAuditorsAccountIsChangedByTwoPersons) {
  const auto auditor = WithRoles({Role::kSystemAuditor});
  const ProposeChange propose{kReason};
  const auto changes = [&](const char* state, const auto& command) {
    In(state, auditor).As("system").When(command).ThenRefused("second_person_needed");
    spec.As("other_head").When(propose).ThenRefused("account_of_other_unit");
    spec.As("head").When(propose).ThenHappens(ChangeProposed{propose});
    spec.As("system").When(command).Happens();
  };
  for (const char* state : {"active", "password_expired", "locked"}) {
    changes(state, Suspend{kReason});
    changes(state, Disable{});
  }
  changes("suspended", Reinstate{kReason});
  changes("suspended", Disable{});
  for (const char* state : {"active", "suspended", "disabled"})
    changes(state, Close{kReason, true});
  In("approved", auditor).As("system").When(Disable{}).ThenRefused("second_person_needed");
}

TEST_F(AccountTest, WhoeverProposedAChangeDoesNotMakeIt) {
  auto auditor = WithRoles({Role::kSystemAuditor});
  spec.Actor({ActorId("both"), kBureau, {Role::kSystemAdministrator, Role::kHead}});
  In("active", auditor).As("both").When(ProposeChange{kReason}).Happens();
  spec.When(Suspend{kReason}).ThenRefused("second_person_needed");
}

TEST_F(AccountTest, AnAccountIsDisabledByItsManagersAndByTheClock) {
  auto own = kRequested;
  own.account = ActorId("admin");
  for (const char* state : {"approved", "active", "password_expired", "locked", "suspended"}) {
    In(state, own).As("admin").When(Disable{}).ThenRefused("own_account");
    In(state).As("other_admin").When(Disable{}).ThenRefused("account_not_in_remit");
    const Disable handed_over{DisableReason::kHandedOver};
    spec.As("clock").When(handed_over).Then(AccountDisabled{handed_over});
    spec.As("admin").When(Disable{}).ThenHappens(AccountDisabled{Disable{}});
    EXPECT_EQ(spec.State(), "disabled");
    EXPECT_TRUE(Claimed().empty());
  }
}

TEST_F(AccountTest, AUnitThatLosesItsAdministratorIsFlagged) {
  In("active", WithRoles({Role::kUnitAdministrator})).As("system").When(Disable{}).Happens();
  EXPECT_EQ(Claimed(), Strings{"releases unit_administrator-bureau"});
  EXPECT_EQ(spec.Model().Summary().flags, Strings{"unit_administrator_vacant"});
}

TEST_F(AccountTest, ClosingRevokesTheCertificateFirstAndFreesThePerson) {
  const Close close{kReason, true};
  auto own = kRequested;
  own.account = ActorId("admin");
  for (const char* state : {"active", "suspended", "disabled"}) {
    In(state, own).As("admin").When(close).ThenRefused("own_account");
    In(state).As("other_admin").When(close).ThenRefused("account_not_in_remit");
    spec.As("admin").When(Close{kReason, false}).ThenRefused("certificate_not_revoked");
    spec.When(close).ThenHappens(AccountClosed{close});
    EXPECT_EQ(Claimed(), Strings{"releases person-digest-33048219900101001X"});
    EXPECT_EQ(spec.State(), "closed");
    spec.When(close).ThenRefused("command_not_allowed_in_state");
  }
  In("active", WithRoles({Role::kUnitAdministrator})).As("system").When(close).Happens();
  EXPECT_EQ(Claimed(), (Strings{"releases unit_administrator-bureau",
                                "releases person-digest-33048219900101001X"}));
}

TEST_F(AccountTest, LoginsAreBoundAndRevokedByWhoManagesTheAccount) {
  auto own = kRequested;
  own.account = ActorId("admin");
  for (const char* state : {"approved", "active", "password_expired"}) {
    In(state, own).As("admin").When(kBind).ThenRefused("own_account");
    In(state).As("other_admin").When(kBind).ThenRefused("account_not_in_remit");
    spec.As("system").When(kBind).ThenRefused("account_not_in_remit");
    spec.As("admin").When(kBind).ThenHappens(LoginBound{kBind});
    EXPECT_EQ(spec.State(), state);
  }
  const RevokeLogin revoke{kBind.login};
  for (const char* state :
       {"approved", "active", "password_expired", "locked", "suspended", "disabled"}) {
    In(state, own).As("admin").When(revoke).ThenRefused("own_account");
    In(state).As("other_admin").When(revoke).ThenRefused("account_not_in_remit");
    spec.As("admin").When(revoke).ThenHappens(LoginRevoked{revoke});
    EXPECT_EQ(spec.State(), state);
  }
}

TEST_F(AccountTest, AnAuditorsLoginIsBoundByTwoPersonsEachTime) {
  const auto auditor = WithRoles({Role::kSystemAuditor});
  for (const char* state : {"active", "password_expired"}) {
    In(state, auditor).As("system").When(kBind).ThenRefused("second_person_needed");
    spec.As("head").When(ProposeChange{kReason}).Happens();
    spec.As("system").When(kBind).ThenHappens(LoginBound{kBind});
    spec.When(kBind).ThenRefused("second_person_needed");
  }
  In("approved", auditor).As("system").When(kBind).ThenRefused("second_person_needed");
}

// Shows A109.
TEST_F(AccountTest, ScopesAreGrantedWithinTheUnitAndRestrictedOnesByItsHead) {
  const Scope procurement{RegionCode("330482"), {Industry::kGovernmentProcurement}};
  const GrantScopes grant{{procurement}};
  auto own = kRequested;
  own.account = ActorId("admin");
  In("active", own).As("admin").When(grant).ThenRefused("own_account");
  In("active", WithRoles({Role::kSystemOperator})).As("admin").When(grant);
  spec.ThenRefused("roles_incompatible");
  In("active").As("other_admin").When(grant).ThenRefused("account_of_other_unit");
  spec.As("admin").When(grant).ThenHappens(ScopesGranted{grant});
  const auto refused = [&](const Scope& scope) {
    spec.When(GrantScopes{{procurement, scope}}).ThenRefused("scopes_beyond_unit");
  };
  refused({RegionCode("330400"), {Industry::kConstruction}});
  refused({RegionCode("330482"), {Industry::kWater}});
  refused({RegionCode("330482")});
  Scope restricted = procurement;
  restricted.restricted = true;
  const GrantScopes secret{{restricted}};
  spec.When(secret).ThenRefused("restricted_by_head_only");
  spec.As("head").When(secret).ThenHappens(ScopesGranted{secret});
  spec.As("admin").When(GrantScopes{}).ThenHappens(ScopesGranted{});
}

TEST_F(AccountTest, AGrantByFieldNamesWhatThereIs) {
  Scope narrowed{RegionCode("330482"), {Industry::kGovernmentProcurement}};
  narrowed.events = std::vector<EventFields>{{"complaint.decided", {"/data/outcome"}}};
  const GrantScopes grant{{narrowed}};
  In("active").As("admin").When(grant).ThenHappens(ScopesGranted{grant});
  narrowed.events->push_back({"complaint.won", {}});
  const GrantScopes wrong{{narrowed}};
  spec.When(wrong).ThenRefused("invalid_fields");
  ASSERT_EQ(wrong.WrongFields().size(), 1U);
  EXPECT_EQ(wrong.WrongFields()[0].pointer, "/scopes/0/events/1/type");
}

TEST_F(AccountTest, ProposalsAreMadeInEveryStateByTheOwnUnit) {
  const ProposeChange propose{kReason};
  for (const char* state : {"active", "password_expired", "locked", "suspended", "disabled"}) {
    In(state).As("other_admin").When(propose).ThenRefused("account_of_other_unit");
    spec.As("admin").When(propose).Then(ChangeProposed{propose});
  }
}

TEST(AccountHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace
}  // namespace docket::account
