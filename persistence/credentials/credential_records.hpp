/// What is kept of each credential, as JSON in a CredentialTable. Stored format.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "workflows/account/commands.hpp"

namespace docket {

/// Password and second factor of one account.
struct AccountSecrets {
  std::optional<std::string> password;  ///< As password_hash.hpp writes it.
  std::vector<std::string> history;     ///< Earlier ones, newest first.
  Instant password_set_at;
  std::optional<Instant> one_time_until;  ///< The password is for one login, until then.
  std::int64_t failed_attempts = 0;
  std::optional<Instant> locked_at;
  std::optional<Instant> locked_until;
  std::optional<PersonalText> second_factor;  ///< Secret of TOTP, hex, sealed.
  bool second_factor_confirmed = false;
  std::int64_t second_factor_step = 0;  ///< Last used.
  std::optional<Instant> last_login_at;

  static FieldList Fields() {
    using S = AccountSecrets;
    return {Field{"password", &S::password, "密码"},
            Field{"history", &S::history, "历史密码"},
            Field{"password_set_at", &S::password_set_at, "密码设置时间"},
            Field{"one_time_until", &S::one_time_until, "一次性密码有效期"},
            Field{"failed_attempts", &S::failed_attempts, "连续失败次数"},
            Field{"locked_at", &S::locked_at, "锁定时间"},
            Field{"locked_until", &S::locked_until, "锁定至"},
            Field{"second_factor", &S::second_factor, "第二因子"},
            Field{"second_factor_confirmed", &S::second_factor_confirmed, "第二因子已确认"},
            Field{"second_factor_step", &S::second_factor_step, "已用步数"},
            Field{"last_login_at", &S::last_login_at, "上次登录时间"}};
  }
};

/// What a session still lacks before it may do more than complete itself.
enum class SessionStage : std::uint8_t { kPassword, kUndertaking, kSecondFactor, kComplete };

/// The one session of an account.
struct SessionRecord {
  std::string digest;
  Instant created_at;
  Instant used_at;
  SessionStage stage = SessionStage::kComplete;
  std::optional<std::string> login;  ///< Name of the LoginRecord it was begun with, if it was.

  static FieldList Fields() {
    return {Field{"digest", &SessionRecord::digest, "摘要"},
            Field{"created_at", &SessionRecord::created_at, "登录时间"},
            Field{"used_at", &SessionRecord::used_at, "最近使用时间"},
            Field{"stage", &SessionRecord::stage, "阶段"},
            Field{"login", &SessionRecord::login, "登录凭证"}};
  }
};

/// A key of a programme that acts for an account.
struct ApiKeyRecord {
  std::string label;
  std::string digest;
  std::vector<Role> roles;  ///< Of the account, those that the key may act in.
  bool read_only = true;
  Instant created_at;
  Instant expires_at;
  std::optional<Instant> revoked_at;
  std::optional<std::string> rotated_to;  ///< The key that follows this one.

  static FieldList Fields() {
    return {Field{"label", &ApiKeyRecord::label, "用途"},
            Field{"digest", &ApiKeyRecord::digest, "摘要"},
            Field{"roles", &ApiKeyRecord::roles, "角色"},
            Field{"read_only", &ApiKeyRecord::read_only, "只读"},
            Field{"created_at", &ApiKeyRecord::created_at, "创建时间"},
            Field{"expires_at", &ApiKeyRecord::expires_at, "到期时间"},
            Field{"revoked_at", &ApiKeyRecord::revoked_at, "撤销时间"},
            Field{"rotated_to", &ApiKeyRecord::rotated_to, "接替密钥"}};
  }
};

/// A certificate, or an identity of an issuer of tokens, that is bound to an account for ever.
struct LoginRecord {
  std::string id;  ///< By which it is named to administrators and in the log.
  account::LoginKind kind = account::LoginKind::kCertificate;
  std::string issuer;
  std::optional<std::string> serial;
  std::optional<std::string> fingerprint;
  std::optional<Instant> valid_from;
  std::optional<Instant> valid_until;
  std::optional<Instant> bound_at;  ///< Absent: it is being bound, and lets nobody in.
  std::optional<Instant> revoked_at;

  static FieldList Fields() {
    return {Field{"id", &LoginRecord::id, "凭证编号"},
            Field{"kind", &LoginRecord::kind, "种类"},
            Field{"issuer", &LoginRecord::issuer, "签发机构"},
            Field{"serial", &LoginRecord::serial, "序列号"},
            Field{"fingerprint", &LoginRecord::fingerprint, "指纹"},
            Field{"valid_from", &LoginRecord::valid_from, "有效期起"},
            Field{"valid_until", &LoginRecord::valid_until, "有效期止"},
            Field{"bound_at", &LoginRecord::bound_at, "绑定时间"},
            Field{"revoked_at", &LoginRecord::revoked_at, "吊销时间"}};
  }
};

template <>
struct EnumTable<SessionStage> {
  static constexpr std::array kNames{
      EnumName<SessionStage>{SessionStage::kPassword, "password", "须更改密码"},
      EnumName<SessionStage>{SessionStage::kUndertaking, "undertaking", "须签署保密承诺书"},
      EnumName<SessionStage>{SessionStage::kSecondFactor, "second_factor", "须登记第二因子"},
      EnumName<SessionStage>{SessionStage::kComplete, "complete", "已登录"},
  };
};

}  // namespace docket
