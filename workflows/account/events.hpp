/// What happened to an account. Stored format: add a version instead of changing one.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "workflows/account/commands.hpp"
#include "workflows/account/facts.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket::account {

/// The names of what accounts claim (workflows/engine/claims.hpp). Stored in stream ids.
inline constexpr std::string_view kNameRegistry = "account_name";
inline constexpr std::string_view kPersonRegistry = "person";
inline constexpr std::string_view kPostRegistry = "unit_administrator";

struct AccountRequested {
  static constexpr std::string_view kType = "account.requested", kZh = "账号已申请";
  ActorId account;
  PersonalText holder;
  PersonalText identity;
  std::optional<std::string> person;  ///< Keyed digest of the identity.
  UnitId unit;
  RegionCode region;
  std::vector<Role> roles;
  std::string responsibilities;

  static AccountRequested From(const Request& c, const Facts&, const Context& context);
  std::vector<Claim> Claims(const Facts& before) const;
  static FieldList Fields() {
    return {Field{"account", &AccountRequested::account, "账号"},
            Field{"holder", &AccountRequested::holder, "持有人", Subject::kHolder},
            Field{"identity", &AccountRequested::identity, "证件号码", Subject::kHolder},
            Field{"person", &AccountRequested::person, "持有人标识"},
            Field{"unit", &AccountRequested::unit, "单位"},
            Field{"region", &AccountRequested::region, "行政区划代码"},
            Field{"roles", &AccountRequested::roles, "角色"},
            Field{"responsibilities", &AccountRequested::responsibilities, "职责权限"}};
  }
};
/// Opened at once: by bootstrap, and by unit administrators before accounts were requested and
/// approved.
struct AccountOpened {
  static constexpr std::string_view kType = "account.opened", kZh = "账号已开通";
  ActorId account;
  PersonalText holder;
  std::vector<Role> roles;
  std::string responsibilities;
  UnitId unit;
  RegionCode region;

  static AccountOpened From(const Bootstrap& c, const Facts&, const Context& context);
  std::vector<Claim> Claims(const Facts& before) const;
  static FieldList Fields() {
    return {Field{"account", &AccountOpened::account, "账号"},
            Field{"holder", &AccountOpened::holder, "持有人", Subject::kHolder},
            Field{"roles", &AccountOpened::roles, "角色"},
            Field{"responsibilities", &AccountOpened::responsibilities, "职责权限"},
            Field{"unit", &AccountOpened::unit, "单位"},
            Field{"region", &AccountOpened::region, "行政区划代码"}};
  }
};
struct AccountApproved : Approve {
  static constexpr std::string_view kType = "account.approved", kZh = "账号已批准";
  std::vector<Claim> Claims(const Facts& before) const;
};
struct AccountRejected : Reject {
  static constexpr std::string_view kType = "account.rejected", kZh = "账号申请未批准";
  std::vector<Claim> Claims(const Facts& before) const;
};
struct AccountActivated : Activate {
  static constexpr std::string_view kType = "account.activated", kZh = "账号已启用";
};
struct UndertakingSigned : SignUndertaking {
  static constexpr std::string_view kType = "account.undertaking_signed", kZh = "保密承诺书已签署";
};
struct DutiesChanged : ChangeDuties {
  static constexpr std::string_view kType = "account.duties_changed", kZh = "职责已调整";
};
struct AdministratorAppointed {
  static constexpr std::string_view kType = "account.administrator_appointed",
                                    kZh = "业务系统管理员已指定";
  bool in_succession = false;  ///< By the unit's head; else the post had to be vacant.

  static AdministratorAppointed From(const AppointAdministrator&, const Facts&,
                                     const Context& context) {
    return {context.role == Role::kHead};
  }
  std::vector<Claim> Claims(const Facts& before) const;
  static FieldList Fields() {
    return {Field{"in_succession", &AdministratorAppointed::in_succession, "接替前任"}};
  }
};
struct AdministrationEnded : EndAdministration {
  static constexpr std::string_view kType = "account.administration_ended",
                                    kZh = "业务系统管理员已卸任";
  std::vector<Claim> Claims(const Facts& before) const;
};
struct PasswordHasExpired : ExpirePassword {
  static constexpr std::string_view kType = "account.password_expired", kZh = "密码已到期";
};
struct PasswordRenewed : RenewPassword {
  static constexpr std::string_view kType = "account.password_renewed", kZh = "密码已更新";
};
/// Since version 2 with whether the second factor went as well.
struct PasswordWasReset : ResetPassword {
  static constexpr std::int64_t kVersion = 2;
  static constexpr std::string_view kType = "account.password_reset", kZh = "密码已重置";
};
struct AccountLocked : Lock {
  static constexpr std::string_view kType = "account.locked", kZh = "账号已锁定";
};
struct AccountUnlocked : Unlock {
  static constexpr std::string_view kType = "account.unlocked", kZh = "账号已解锁";
};
struct LoginBound : BindLogin {
  static constexpr std::string_view kType = "account.login_bound", kZh = "登录凭证已绑定";
};
struct LoginRevoked : RevokeLogin {
  static constexpr std::string_view kType = "account.login_revoked", kZh = "登录凭证已吊销";
};
struct ScopesGranted : GrantScopes {
  static constexpr std::string_view kType = "account.scopes_granted", kZh = "数据范围已授权";
  static constexpr std::int64_t kVersion = 2;  ///< 2: with the fields of events.
};
struct ContactChanged : ChangeContact {
  static constexpr std::string_view kType = "account.contact_changed", kZh = "联系方式已登记";
};
struct AlarmRaised : RaiseAlarm {
  static constexpr std::string_view kType = "account.alarm_raised", kZh = "审计已告警";
};
struct ChangeProposed : ProposeChange {
  static constexpr std::string_view kType = "account.change_proposed", kZh = "已提请变更";
};
struct AccountSuspended : Suspend {
  static constexpr std::string_view kType = "account.suspended", kZh = "账号已暂停";
};
struct AccountReinstated : Reinstate {
  static constexpr std::string_view kType = "account.reinstated", kZh = "账号已恢复";
};
struct AccountDisabled : Disable {
  static constexpr std::string_view kType = "account.disabled", kZh = "账号已停用";
  std::vector<Claim> Claims(const Facts& before) const;
};
struct AccountClosed : Close {
  static constexpr std::string_view kType = "account.closed", kZh = "账号已注销";
  std::vector<Claim> Claims(const Facts& before) const;
};
using Event =
    std::variant<AccountRequested, AccountOpened, AccountApproved, AccountRejected,
                 AccountActivated, UndertakingSigned, DutiesChanged, AdministratorAppointed,
                 AdministrationEnded, PasswordHasExpired, PasswordRenewed, PasswordWasReset,
                 AccountLocked, AccountUnlocked, LoginBound, LoginRevoked, ScopesGranted,
                 ContactChanged, AlarmRaised, ChangeProposed, AccountSuspended, AccountReinstated,
                 AccountDisabled, AccountClosed>;

void Apply(Facts& facts, const AccountRequested& e, const RecordedEvent&);
void Apply(Facts& facts, const AccountOpened& e, const RecordedEvent&);
void Apply(Facts& facts, const AccountApproved& e, const RecordedEvent&);
void Apply(Facts& facts, const AccountRejected& e, const RecordedEvent&);
void Apply(Facts& facts, const AccountActivated& e, const RecordedEvent&);
void Apply(Facts& facts, const UndertakingSigned& e, const RecordedEvent&);
void Apply(Facts& facts, const DutiesChanged& e, const RecordedEvent&);
void Apply(Facts& facts, const AdministratorAppointed& e, const RecordedEvent&);
void Apply(Facts& facts, const AdministrationEnded& e, const RecordedEvent&);
void Apply(Facts& facts, const PasswordHasExpired& e, const RecordedEvent&);
void Apply(Facts& facts, const PasswordRenewed& e, const RecordedEvent&);
void Apply(Facts& facts, const PasswordWasReset& e, const RecordedEvent&);
void Apply(Facts& facts, const AccountLocked& e, const RecordedEvent&);
void Apply(Facts& facts, const AccountUnlocked& e, const RecordedEvent& event);
void Apply(Facts& facts, const LoginBound& e, const RecordedEvent&);
void Apply(Facts& facts, const LoginRevoked& e, const RecordedEvent&);
void Apply(Facts& facts, const ScopesGranted& e, const RecordedEvent&);
void Apply(Facts& facts, const ContactChanged& e, const RecordedEvent&);
void Apply(Facts& facts, const AlarmRaised& e, const RecordedEvent&);
void Apply(Facts& facts, const ChangeProposed& e, const RecordedEvent& event);
void Apply(Facts& facts, const AccountSuspended& e, const RecordedEvent&);
void Apply(Facts& facts, const AccountReinstated& e, const RecordedEvent&);
void Apply(Facts& facts, const AccountDisabled& e, const RecordedEvent&);
void Apply(Facts& facts, const AccountClosed& e, const RecordedEvent&);

}  // namespace docket::account
