/// What may be done to an account.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"

namespace docket::account {

/// 登录凭证种类.
enum class LoginKind : std::uint8_t { kCertificate, kToken };
enum class DisableReason : std::uint8_t { kLeft, kHandedOver, kInactive };

/// 申请账号 for a person whose identity was verified. The identity (证件号码) is sealed; a keyed
/// digest of it keeps the person from having two accounts (HN18-12).
struct Request {
  static constexpr std::string_view kName = "request", kZh = "申请账号";
  ActorId account;
  PersonalText holder;
  PersonalText identity;
  std::optional<UnitId> unit;  ///< Absent: the applicant's own.
  std::vector<Role> roles;
  std::string responsibilities;  ///< 职责权限, shown to the holder at login (HN18-13).

  static FieldList Fields() {
    return {Field{"account", &Request::account, "账号"},
            Field{"holder", &Request::holder, "持有人", Subject::kHolder},
            Field{"identity", &Request::identity, "证件号码", Subject::kHolder},
            Field{"unit", &Request::unit, "单位"},
            Field{"roles", &Request::roles, "角色"},
            Field{"responsibilities", &Request::responsibilities, "职责权限"}};
  }
};

/// 初始开通 of an installation's first accounts, from its own command line, where nobody could
/// request or approve one.
struct Bootstrap {
  static constexpr std::string_view kName = "bootstrap", kZh = "初始开通";
  ActorId account;
  PersonalText holder;
  UnitId unit;
  std::vector<Role> roles;
  std::string responsibilities;

  static FieldList Fields() {
    return {Field{"account", &Bootstrap::account, "账号"},
            Field{"holder", &Bootstrap::holder, "持有人", Subject::kHolder},
            Field{"unit", &Bootstrap::unit, "单位"}, Field{"roles", &Bootstrap::roles, "角色"},
            Field{"responsibilities", &Bootstrap::responsibilities, "职责权限"}};
  }
};

struct Approve {
  static constexpr std::string_view kName = "approve", kZh = "批准账号";
  static FieldList Fields() { return {}; }
};
struct Reject {
  static constexpr std::string_view kName = "reject", kZh = "不予批准";
  PersonalText reason;
  static FieldList Fields() { return {Field{"reason", &Reject::reason, "原因", Subject::kHolder}}; }
};

/// 首次登录: the holder has a password of his own and signs the undertaking.
struct Activate {
  static constexpr std::string_view kName = "activate", kZh = "首次登录启用";
  std::string undertaking_version;
  static FieldList Fields() {
    return {Field{"undertaking_version", &Activate::undertaking_version, "承诺书版本"}};
  }
};
/// 重签承诺书, because its text has changed or there was none when the account was opened.
struct SignUndertaking {
  static constexpr std::string_view kName = "sign_undertaking", kZh = "签署保密承诺书";
  std::string undertaking_version;
  static FieldList Fields() {
    return {Field{"undertaking_version", &SignUndertaking::undertaking_version, "承诺书版本"}};
  }
};

/// 调整职责 inside the unit: the account stays, with new duties.
struct ChangeDuties {
  static constexpr std::string_view kName = "change_duties", kZh = "调整职责";
  std::vector<Role> roles;
  std::string responsibilities;
  static FieldList Fields() {
    return {Field{"roles", &ChangeDuties::roles, "角色"},
            Field{"responsibilities", &ChangeDuties::responsibilities, "职责权限"}};
  }
};
/// 指定业务系统管理员: a unit has exactly one; the predecessor's post ends with this (HN18-13).
struct AppointAdministrator {
  static constexpr std::string_view kName = "appoint_administrator", kZh = "指定业务系统管理员";
  static FieldList Fields() { return {}; }
};
/// 卸任: another was appointed.
struct EndAdministration {
  static constexpr std::string_view kName = "end_administration", kZh = "卸任业务系统管理员";
  static FieldList Fields() { return {}; }
};

struct ExpirePassword {
  static constexpr std::string_view kName = "expire_password", kZh = "密码到期";
  std::int64_t age_days = 0;
  static FieldList Fields() {
    return {Field{"age_days", &ExpirePassword::age_days, "密码使用天数"}};
  }
};
struct RenewPassword {
  static constexpr std::string_view kName = "renew_password", kZh = "更新密码";
  static FieldList Fields() { return {}; }
};
/// 重置密码: a one-time password is handed to the holder, who replaces it at the next login.
struct ResetPassword {
  static constexpr std::string_view kName = "reset_password", kZh = "重置密码";
  std::optional<bool> forget_second_factor;  ///< The device was lost: another is enrolled.
  std::optional<bool> identity_verified;     ///< As it was when the first one was enrolled.
  static FieldList Fields() {
    return {Field{"forget_second_factor", &ResetPassword::forget_second_factor, "同时注销第二因子"},
            Field{"identity_verified", &ResetPassword::identity_verified, "已核验身份"}};
  }
};
struct Lock {
  static constexpr std::string_view kName = "lock", kZh = "登录失败锁定";
  std::int64_t failed_attempts = 0;
  Instant until;
  static FieldList Fields() {
    return {Field{"failed_attempts", &Lock::failed_attempts, "连续失败次数"},
            Field{"until", &Lock::until, "锁定至"}};
  }
};
struct Unlock {
  static constexpr std::string_view kName = "unlock", kZh = "解锁";
  bool identity_verified = false;
  static FieldList Fields() {
    return {Field{"identity_verified", &Unlock::identity_verified, "已核验身份"}};
  }
};

/// 绑定登录凭证: a certificate (数字证书), or an identity of a trusted issuer of tokens, with which the
/// holder logs in. What it is, the store of credentials knows; here it is named by an id.
struct BindLogin {
  static constexpr std::string_view kName = "bind_login", kZh = "绑定登录凭证";
  LoginKind kind = LoginKind::kCertificate;
  std::string login;
  std::optional<Instant> valid_until;
  static FieldList Fields() {
    return {Field{"kind", &BindLogin::kind, "种类"}, Field{"login", &BindLogin::login, "凭证编号"},
            Field{"valid_until", &BindLogin::valid_until, "有效期止"}};
  }
};
/// 吊销登录凭证 before its time: lost, replaced, misused.
struct RevokeLogin {
  static constexpr std::string_view kName = "revoke_login", kZh = "吊销登录凭证";
  std::string login;
  static FieldList Fields() { return {Field{"login", &RevokeLogin::login, "凭证编号"}}; }
};
/// 数据授权 (HN18-12): where the account reads and acts, in place of its unit's region and trades;
/// none: as its unit.
struct GrantScopes {
  static constexpr std::string_view kName = "grant_scopes", kZh = "数据授权";
  std::vector<Scope> scopes;
  /// Types and fields of events that there are none of (event_catalogue.hpp).
  FieldErrors WrongFields() const;
  static FieldList Fields() { return {Field{"scopes", &GrantScopes::scopes, "数据范围"}}; }
};

/// 登记联系方式: where the holder wants to be notified (FJ18-13(2)). What is absent is forgotten.
struct ChangeContact {
  static constexpr std::string_view kName = "change_contact", kZh = "登记联系方式";
  std::optional<PersonalText> phone;
  std::optional<PersonalText> email;
  static FieldList Fields() {
    return {Field{"phone", &ChangeContact::phone, "手机号码", Subject::kHolder},
            Field{"email", &ChangeContact::email, "电子邮箱", Subject::kHolder}};
  }
};

/// 审计告警: the auditor raises, and never suspends.
struct RaiseAlarm {
  static constexpr std::string_view kName = "raise_alarm", kZh = "审计告警";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &RaiseAlarm::reason, "原因", Subject::kHolder}};
  }
};
/// 提请变更 of an auditor's account: changing it takes two persons (GB/T 22239-2019 8.1.4.2).
struct ProposeChange {
  static constexpr std::string_view kName = "propose_change", kZh = "提请变更审计员账号";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &ProposeChange::reason, "原因", Subject::kHolder}};
  }
};
struct Suspend {
  static constexpr std::string_view kName = "suspend", kZh = "暂停账号";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &Suspend::reason, "原因", Subject::kHolder}};
  }
};
struct Reinstate {
  static constexpr std::string_view kName = "reinstate", kZh = "恢复账号";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &Reinstate::reason, "原因", Subject::kHolder}};
  }
};
struct Disable {
  static constexpr std::string_view kName = "disable", kZh = "停用账号";
  DisableReason reason = DisableReason::kLeft;
  static FieldList Fields() { return {Field{"reason", &Disable::reason, "原因"}}; }
};
/// 注销账号, with the certificate revoked. The name is never used again.
struct Close {
  static constexpr std::string_view kName = "close", kZh = "注销账号";
  PersonalText reason;
  bool certificate_revoked = false;

  static FieldList Fields() {
    return {Field{"reason", &Close::reason, "原因", Subject::kHolder},
            Field{"certificate_revoked", &Close::certificate_revoked, "证书已吊销"}};
  }
};

}  // namespace docket::account

namespace docket {

template <>
struct EnumTable<account::LoginKind> {
  using Kind = account::LoginKind;
  static constexpr std::array kNames{
      EnumName<Kind>{Kind::kCertificate, "certificate", "数字证书"},
      EnumName<Kind>{Kind::kToken, "token", "统一身份令牌"},
  };
};
template <>
struct EnumTable<account::DisableReason> {
  using Reason = account::DisableReason;
  static constexpr std::array kNames{
      EnumName<Reason>{Reason::kLeft, "left", "离岗"},
      EnumName<Reason>{Reason::kHandedOver, "handed_over", "调动"},
      EnumName<Reason>{Reason::kInactive, "inactive", "长期未使用"},
  };
};

}  // namespace docket
