/// Account (账号) of a person in a unit: requested, approved, used, locked, suspended, disabled and
/// closed (HN18-12 to 14; FJ18-10, 14). One account, one person; an account's name is never used
/// again. Passwords and other secrets are no part of this: see persistence/credentials/.
#pragma once

#include "workflows/account/commands.hpp"
#include "workflows/account/events.hpp"
#include "workflows/account/facts.hpp"
#include "workflows/account/guards.hpp"
#include "workflows/account/states.hpp"
#include "workflows/engine/machine.hpp"

namespace docket::account {

struct Account : Definition<Account, Facts, Event> {
  static constexpr std::string_view kName = "account", kZh = "账号";
  static constexpr std::string_view kPurpose =
      "单位业务系统管理员为本单位人员分配账号；三员和单位管理员账号由系统管理员申请。一人一号，账号名称"
      "不得重复使用，一个单位只有一名业务系统管理员。";
  using initial_state = Unrequested;
  using States = TypeList<Unrequested, Requested, Approved, Active, PasswordExpired, Locked,
                          Suspended, Disabled, Closed>;
  using ByManagers = By<Role::kUnitAdministrator, Role::kSystemAdministrator>;
  using ByManagersOrClock = By<Role::kUnitAdministrator, Role::kSystemAdministrator, Role::kClock>;
  using ByClock = By<Role::kClock>;
  using ByPersons = By<Role::kIntake, Role::kHandler, Role::kLegalReviewer, Role::kHead,
                       Role::kResourceOffice, Role::kAudit, Role::kDiscipline, Role::kTradingCentre,
                       Role::kDataProvider, Role::kPlatformOperator, Role::kComplainant,
                       Role::kRespondent, Role::kUnitAdministrator, Role::kSystemAdministrator,
                       Role::kSystemOperator, Role::kSystemAuditor, Role::kRecordKeeper>;

  // clang-format off
  using Rows = Table<
    //  from          command             to
    //      emits, who, when, for
    Row<Unrequested, Request,             Requested,
        Emit<AccountRequested>,
        By<Role::kUnitAdministrator, Role::kHead, Role::kSystemAdministrator>,
        When<NotForOneself, NameWellFormed, NameFree, IdentityGiven, UnitKnown,
             RequestedForOwnUnit, RolesAssignable, RolesCompatible, RolesInRemit>>,
    Row<Unrequested, Bootstrap,           Active,
        Emit<AccountOpened>, ByClock,
        When<NameWellFormed, NameFree, UnitKnown, RolesAssignable, RolesCompatible>>,
    Row<Requested,   Approve,             Approved,
        Emit<AccountApproved>, By<Role::kUnitAdministrator, Role::kHead>, When<OfOwnUnit>,
        For<OfSystemRole>>,
    Row<Requested,   Approve,             Approved,
        Emit<AccountApproved>, By<Role::kSystemAdministrator>, When<>, For<OfPost>>,
    Row<Requested,   Approve,             Approved,
        Emit<AccountApproved>, By<Role::kUnitAdministrator>, When<OfOwnUnit>>,
    Row<Requested,   Reject,              Closed,
        Emit<AccountRejected>, ByManagers, When<InRemit>>,
    Row<Approved,    Activate,            Active,
        Emit<AccountActivated>, ByPersons, When<ByHolder, UndertakingCurrent>>,
    Row<Active,      SignUndertaking,     Same,
        Emit<UndertakingSigned>, ByPersons, When<ByHolder, UndertakingCurrent>>,
    Row<Active,      ChangeDuties,        Same,
        Emit<DutiesChanged>, By<Role::kUnitAdministrator>,
        When<OfOwnUnit, NotOwnAccount, NoSystemRole, RolesAssignable, RolesInRemit>>,
    Row<Active,      AppointAdministrator, Same,
        Emit<AdministratorAppointed>, By<Role::kHead, Role::kSystemAdministrator>,
        When<AppointedByOwnHead, PostNotHeld, NoSystemRole>>,
    Row<Any<Approved, Active, PasswordExpired, Locked, Suspended>, EndAdministration, Same,
        Emit<AdministrationEnded>, ByClock, When<PostHeld>>,
    Row<Active,      ExpirePassword,      PasswordExpired,
        Emit<PasswordHasExpired>, ByClock>,
    Row<Active,      RenewPassword,       Same,
        Emit<PasswordRenewed>, ByPersons, When<ByHolder>>,
    Row<PasswordExpired, RenewPassword,   Active,
        Emit<PasswordRenewed>, ByPersons, When<ByHolder>>,
    Row<Any<Approved, Active, PasswordExpired>, ResetPassword, Same,
        Emit<PasswordWasReset>, ByManagers, When<InRemit, NotOwnAccount>>,
    Row<Any<Approved, Active, PasswordExpired>, BindLogin, Same,
        Emit<LoginBound>, ByManagers, When<InRemit, NotOwnAccount, BySecondPerson>>,
    Row<Any<Approved, Active, PasswordExpired, Locked, Suspended, Disabled>, RevokeLogin, Same,
        Emit<LoginRevoked>, ByManagers, When<InRemit, NotOwnAccount>>,
    Row<Active,      GrantScopes,         Same,
        Emit<ScopesGranted>, By<Role::kUnitAdministrator, Role::kHead>,
        When<OfOwnUnit, NotOwnAccount, NoSystemRole, ScopesWithinUnit, RestrictedByHead>>,
    Row<Any<Approved, Active, PasswordExpired>, Lock, Locked,
        Emit<AccountLocked>, ByClock>,
    Row<Locked,      Unlock,              Approved,
        Emit<AccountUnlocked>, ByManagersOrClock,
        When<LockOver, InRemit, NotOwnAccount, IdentityVerified>, For<BeforeFirstLogin>>,
    Row<Locked,      Unlock,              PasswordExpired,
        Emit<AccountUnlocked>, ByManagersOrClock,
        When<LockOver, InRemit, NotOwnAccount, IdentityVerified>, For<WithExpiredPassword>>,
    Row<Locked,      Unlock,              Active,
        Emit<AccountUnlocked>, ByManagersOrClock,
        When<LockOver, InRemit, NotOwnAccount, IdentityVerified>>,
    Row<Active,      ChangeContact,       Same,
        Emit<ContactChanged>, ByPersons, When<ByHolder, PhoneWellFormed, EmailWellFormed>>,
    Row<Any<Active, PasswordExpired, Locked>, RaiseAlarm, Same,
        Emit<AlarmRaised>, By<Role::kSystemAuditor>>,
    Row<Any<Active, PasswordExpired, Locked, Suspended, Disabled>, ProposeChange, Same,
        Emit<ChangeProposed>, By<Role::kUnitAdministrator, Role::kHead>, When<OfOwnUnit>>,
    Row<Any<Active, PasswordExpired, Locked>, Suspend, Suspended,
        Emit<AccountSuspended>, By<Role::kSystemAdministrator>,
        When<NotOwnAccount, BySecondPerson>>,
    Row<Suspended,   Reinstate,           Active,
        Emit<AccountReinstated>, By<Role::kSystemAdministrator>,
        When<NotOwnAccount, BySecondPerson>>,
    Row<Any<Approved, Active, PasswordExpired, Locked, Suspended>, Disable, Disabled,
        Emit<AccountDisabled>, ByManagersOrClock,
        When<InRemit, NotOwnAccount, BySecondPerson>>,
    Row<Any<Active, Suspended, Disabled>, Close, Closed,
        Emit<AccountClosed>, ByManagers,
        When<InRemit, NotOwnAccount, BySecondPerson, CertificateRevoked>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
  static Json Upcast(const std::string& type, std::int64_t version, Json data);
};

}  // namespace docket::account
