/// Why an act upon an account is refused.
#pragma once

#include <algorithm>
#include <string>

#include "workflows/account/commands.hpp"
#include "workflows/account/facts.hpp"
#include "workflows/account/states.hpp"
#include "workflows/account/undertaking.hpp"
#include "workflows/engine/machine.hpp"

namespace docket::account {

inline constexpr Refusal kNameTaken{"account_name_taken",
                                    "该账号名称已被使用，账号名称不得重复使用",
                                    "this name is or was another account's", "HN18-12", "/account"};
inline constexpr Refusal kPersonTaken{"person_has_account", "该人员已有账号，一人一号",
                                      "this person has an account already", "HN18-12", "/identity"};
inline constexpr Refusal kPostFilled{"unit_administrator_exists", "该单位已有业务系统管理员",
                                     "the unit has its administrator", "HN18-13"};

/// Digits, with `+` and `-` between them.
bool IsPhoneNumber(const std::string& text);
/// An address that needs no quoting: letters, digits and `.-_+` around one `@`. Nothing in it ends
/// a line, so it can stand in the header of a message.
bool IsEmailAddress(const std::string& text);
constexpr std::size_t kEmailBytesMax = 254;
/// Letters, digits, dot, underscore and hyphen.
bool IsAccountName(const ActorId& account);
constexpr std::size_t kAccountNameBytesMax = 64;
/// Shorter than any identity document's number.
constexpr std::size_t kIdentityBytesMin = 6;

struct NotForOneself {
  static constexpr Refusal kRefusal{"account_for_oneself", "不得为本人开通账号",
                                    "nobody opens an account for himself", "HN18-12", "/account"};
  static bool Holds(const Request& c, const Facts&, const Context& context) {
    return c.account != context.actor;
  }
};
struct NameWellFormed {
  static constexpr Refusal kRefusal{
      "account_name_invalid", "账号名称只能由字母、数字和 . _ - 组成，至多 64 个",
      "a name is 1 to 64 letters, digits, '.', '_' and '-'", "", "/account"};
  template <class Command>
  static bool Holds(const Command& c, const Facts&, const Context&) {
    return IsAccountName(c.account);
  }
};
/// Names of today's accounts; those that were ever claimed are kept by the log itself.
struct NameFree {
  static constexpr Refusal kRefusal = kNameTaken;
  template <class Command>
  static bool Holds(const Command& c, const Facts&, const Context& context) {
    return c.account != ClockActor().id &&
           (context.directory == nullptr || !context.directory->FindActor(c.account));
  }
};
struct IdentityGiven {
  static constexpr Refusal kRefusal{"identity_missing", "须核验持有人身份并填写证件号码",
                                    "the number of an identity document is needed", "HN18-12",
                                    "/identity"};
  static bool Holds(const Request& c, const Facts&, const Context&) {
    return c.identity.text.size() >= kIdentityBytesMin;
  }
};
struct UnitKnown {
  static constexpr Refusal kRefusal{"unit_unknown", "没有该单位", "no such unit is known", "",
                                    "/unit"};
  static bool Holds(const Request& c, const Facts&, const Context& context) {
    return !c.unit || IsKnown(*c.unit, context);
  }
  static bool Holds(const Bootstrap& c, const Facts&, const Context& context) {
    return IsKnown(c.unit, context);
  }

 private:
  static bool IsKnown(const UnitId& unit, const Context& context) {
    return context.directory == nullptr || context.directory->FindUnit(unit).has_value();
  }
};
struct RequestedForOwnUnit {
  static constexpr Refusal kRefusal{"account_of_other_unit", "只能管理本单位账号",
                                    "only accounts of the own unit", "HN18-13", "/unit"};
  static bool Holds(const Request& c, const Facts&, const Context& context) {
    return context.role == Role::kSystemAdministrator || !c.unit || *c.unit == context.unit;
  }
};
struct RolesAssignable {
  static constexpr Refusal kRefusal{"roles_not_assignable", "未指定角色，或包含不可分配的角色",
                                    "no role, or one that no person may hold", "", "/roles"};
  template <class Command>
  static bool Holds(const Command& c, const Facts&, const Context&) {
    return !c.roles.empty() &&
           std::find(c.roles.begin(), c.roles.end(), Role::kClock) == c.roles.end();
  }
};
/// 三员分立: the three administrators exclude each other and every business role (FJ18-14); nobody
/// stands on two of the sides of decision, execution and supervision (XX17-2.1).
struct RolesCompatible {
  static constexpr Refusal kRefusal{
      "roles_incompatible", "三员不得兼任，也不得兼任决策、执行、监督中两方的角色",
      "the three administrators exclude every other role, and so do two sides", "FJ18-14；XX17-2.1",
      "/roles"};
  template <class Command>
  static bool Holds(const Command& c, const Facts&, const Context&) {
    return AreCompatible(c.roles);
  }
};
/// Units allocate their own accounts; the system administrator opens those of administrators.
struct RolesInRemit {
  static constexpr Refusal kRefusal{
      "roles_not_in_remit", "三员和单位管理员账号由系统管理员申请，其他账号由本单位申请",
      "administrators' accounts are the system administrator's, all others the unit's", "HN18-13",
      "/roles"};
  template <class Command>
  static bool Holds(const Command& c, const Facts&, const Context& context) {
    const auto is_administration = [](Role role) {
      return IsSystemRole(role) || role == Role::kUnitAdministrator;
    };
    return context.role == Role::kSystemAdministrator
               ? std::all_of(c.roles.begin(), c.roles.end(), is_administration)
               : std::none_of(c.roles.begin(), c.roles.end(), is_administration);
  }
};

struct OfOwnUnit {
  static constexpr Refusal kRefusal{"account_of_other_unit", "只能管理本单位账号",
                                    "only accounts of the own unit", "HN18-13"};
  static bool Holds(const Facts& facts, const Context& context) {
    return facts.unit == context.unit;
  }
};
/// A unit's administrator: the accounts of the unit. The system administrator: administrators.
struct InRemit {
  static constexpr Refusal kRefusal{"account_not_in_remit",
                                    "单位管理员管理本单位账号，系统管理员管理三员和单位管理员账号",
                                    "the account is managed by somebody else", "HN18-13"};
  static bool Holds(const Facts& facts, const Context& context) {
    if (context.role == Role::kClock) return true;
    if (context.role == Role::kSystemAdministrator) {
      return HasSystemRole(facts.roles) || HoldsPost(facts);
    }
    return facts.unit == context.unit;
  }
};
struct NotOwnAccount {
  static constexpr Refusal kRefusal{"own_account", "不得办理本人账号事项",
                                    "nobody manages his own account", "HN18-12"};
  static bool Holds(const Facts& facts, const Context& context) {
    return facts.account != context.actor;
  }
};
struct ByHolder {
  static constexpr Refusal kRefusal{"not_the_holder", "仅限账号持有人本人办理",
                                    "only the holder does this", "HN18-14"};
  static bool Holds(const Facts& facts, const Context& context) {
    return facts.account == context.actor && context.recorded_by == context.actor;
  }
};
struct UndertakingCurrent {
  static constexpr Refusal kRefusal{"undertaking_not_current", "保密承诺书已更新，请签署现行版本",
                                    "sign the undertaking in its present version", "FJ18-10",
                                    "/undertaking_version"};
  template <class Command>
  static bool Holds(const Command& c, const Facts&, const Context&) {
    return c.undertaking_version == kUndertakingVersion;
  }
};
struct PhoneWellFormed {
  static constexpr Refusal kRefusal{"phone_malformed", "手机号码应为 5 至 20 位数字，可带 + 和 -",
                                    "a phone number is 5 to 20 digits, '+' and '-'", "", "/phone"};
  static bool Holds(const ChangeContact& c, const Facts&, const Context&) {
    return !c.phone || IsPhoneNumber(c.phone->text);
  }
};
struct EmailWellFormed {
  static constexpr Refusal kRefusal{"email_malformed", "电子邮箱地址无效",
                                    "this is no e-mail address", "", "/email"};
  static bool Holds(const ChangeContact& c, const Facts&, const Context&) {
    return !c.email || IsEmailAddress(c.email->text);
  }
};
struct PostNotHeld {
  static constexpr Refusal kRefusal{"administrator_already", "该账号已是本单位业务系统管理员",
                                    "this account is the administrator already", "HN18-13"};
  static bool Holds(const Facts& facts, const Context&) { return !HoldsPost(facts); }
};
struct NoSystemRole {
  static constexpr Refusal kRefusal{"roles_incompatible",
                                    "系统管理员、系统操作员、系统审计员不得兼任",
                                    "the three administrators exclude every other role", "FJ18-14"};
  static bool Holds(const Facts& facts, const Context&) { return !HasSystemRole(facts.roles); }
};
/// The head names the unit's administrator; the system administrator may fill a vacant post.
struct AppointedByOwnHead {
  static constexpr Refusal kRefusal{"account_of_other_unit", "只能管理本单位账号",
                                    "only accounts of the own unit", "HN18-13"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.role == Role::kSystemAdministrator || facts.unit == context.unit;
  }
};
struct PostHeld {
  static constexpr Refusal kRefusal{"not_the_administrator", "该账号不是单位业务系统管理员",
                                    "this account is no unit's administrator"};
  static bool Holds(const Facts& facts, const Context&) { return HoldsPost(facts); }
};
struct LockOver {
  static constexpr Refusal kRefusal{"lock_not_over", "锁定时间未到", "the lock is not over yet"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.role != Role::kClock ||
           (facts.locked_until && *facts.locked_until <= context.now);
  }
};
struct IdentityVerified {
  static constexpr Refusal kRefusal{
      "identity_not_verified", "解锁账号或注销第二因子前应核验持有人身份",
      "the holder's identity is verified first", "", "/identity_verified"};
  static bool Holds(const Unlock& c, const Facts&, const Context& context) {
    return context.role == Role::kClock || c.identity_verified;
  }
  /// A new password alone does not let anybody in who lacks the second factor.
  static bool Holds(const ResetPassword& c, const Facts&, const Context&) {
    return !c.forget_second_factor.value_or(false) || c.identity_verified.value_or(false);
  }
};
struct BySecondPerson {
  static constexpr Refusal kRefusal{
      "second_person_needed", "变更审计员账号须由另一人提请",
      "a change to an auditor's account is proposed by another person first", "FJ18-14"};
  static bool Holds(const Facts& facts, const Context& context) {
    const auto& roles = facts.roles;
    const bool audits = std::find(roles.begin(), roles.end(), Role::kSystemAuditor) != roles.end();
    return !audits || context.role == Role::kClock ||
           (facts.proposed_by && *facts.proposed_by != context.actor);
  }
};
struct CertificateRevoked {
  static constexpr Refusal kRefusal{"certificate_not_revoked", "注销前应吊销数字证书",
                                    "the certificate is revoked first", "FJ18-10",
                                    "/certificate_revoked"};
  static bool Holds(const Close& c, const Facts&, const Context&) { return c.certificate_revoked; }
};

/// A unit gives its own officers no more than it is competent for itself.
struct ScopesWithinUnit {
  static constexpr Refusal kRefusal{"scopes_beyond_unit", "数据范围超出本单位的区域或监管行业",
                                    "a scope lies outside of the unit's region or trades",
                                    "HN18-12", "/scopes"};
  static bool Holds(const GrantScopes& c, const Facts& facts, const Context& context);
};
/// Restricted matters (限定案件) are opened by the head, not by the administrator.
struct RestrictedByHead {
  static constexpr Refusal kRefusal{
      "restricted_by_head_only", "限定案件的数据范围须由部门负责人授权",
      "only the head grants restricted matters", "HN18-12", "/scopes"};
  static bool Holds(const GrantScopes& c, const Facts&, const Context& context) {
    return context.role == Role::kHead ||
           std::none_of(c.scopes.begin(), c.scopes.end(),
                        [](const Scope& scope) { return scope.restricted; });
  }
};

/// Accounts of the three administrators: requested by the system administrator, approved by
/// somebody else.
struct OfSystemRole {
  static constexpr std::string_view kName = "of_system_role";
  static bool Selects(const Facts& facts) { return HasSystemRole(facts.roles); }
};
struct OfPost {
  static constexpr std::string_view kName = "of_unit_administrator";
  static bool Selects(const Facts& facts) { return HoldsPost(facts); }
};
struct BeforeFirstLogin {
  static constexpr std::string_view kName = "locked_before_first_login";
  static bool Selects(const Facts& facts) { return facts.state_before_lock == Approved::kName; }
};
struct WithExpiredPassword {
  static constexpr std::string_view kName = "locked_with_expired_password";
  static bool Selects(const Facts& facts) {
    return facts.state_before_lock == PasswordExpired::kName;
  }
};

}  // namespace docket::account
