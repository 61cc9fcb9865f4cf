/// What the second log holds: who read what, who was refused, and who logged in or tried to
/// (查阅、拒绝与登录记录, FJ18-14, FJ18-18, GB/T 22239-2019 8.1.4.3).
///
/// Stored format: add a version instead of changing one. An event stands for `count` uses of the
/// same kind between two instants; the counts of all events together are the uses there were.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/ids.hpp"
#include "domain/json.hpp"

namespace docket {

/// What somebody proves who he is by.
enum class LoginMethod : std::uint8_t {
  kPassword,
  kPasswordAndCode,
  kCertificate,
  kIssuedToken,
  kApiKey,
  kFixedToken,  ///< Of the office file; also a text that is no token at all.
};

/// The account's stream is `access-` and its id; uses without an account share this one.
inline const StreamId kNamelessAccess{"access"};

/// Since version 2 with the address.
struct AccessWasRead {
  static constexpr std::string_view kType = "access.read", kZh = "查阅案卷";
  static constexpr std::int64_t kVersion = 2;
  /// Method and pattern, as in the list of routes. Absent like the case: too many to be named.
  std::optional<std::string> operation;
  std::optional<StreamId> case_id;
  std::string access;                  ///< `sealed`, `party` or `open`: what was shown.
  bool personal = false;               ///< Personal texts were opened.
  std::optional<std::string> consent;  ///< 同意查询文书: the reference that the reader gave.
  std::optional<std::string> address;  ///< Of the client. Absent like the case.
  std::int64_t count = 0;
  Instant first_at;
  Instant last_at;

  static FieldList Fields() {
    return {Field{"operation", &AccessWasRead::operation, "功能"},
            Field{"case_id", &AccessWasRead::case_id, "案卷"},
            Field{"access", &AccessWasRead::access, "权限"},
            Field{"personal", &AccessWasRead::personal, "含个人信息"},
            Field{"consent", &AccessWasRead::consent, "同意查询文书"},
            Field{"address", &AccessWasRead::address, "客户端地址"},
            Field{"count", &AccessWasRead::count, "次数"},
            Field{"first_at", &AccessWasRead::first_at, "首次时间"},
            Field{"last_at", &AccessWasRead::last_at, "末次时间"}};
  }
};

/// Since version 2 with the address.
struct AccessWasDenied {
  static constexpr std::string_view kType = "access.denied", kZh = "拒绝访问";
  static constexpr std::int64_t kVersion = 2;
  std::optional<std::string> operation;  ///< Absent: who asked is not known, or too many.
  std::optional<StreamId> case_id;
  std::optional<std::string> command;
  std::string reason;                  ///< Code of the refusal.
  std::optional<std::string> address;  ///< Absent: too many to be named.
  std::int64_t count = 0;
  Instant first_at;
  Instant last_at;

  static FieldList Fields() {
    return {Field{"operation", &AccessWasDenied::operation, "功能"},
            Field{"case_id", &AccessWasDenied::case_id, "案卷"},
            Field{"command", &AccessWasDenied::command, "命令"},
            Field{"reason", &AccessWasDenied::reason, "原因"},
            Field{"address", &AccessWasDenied::address, "客户端地址"},
            Field{"count", &AccessWasDenied::count, "次数"},
            Field{"first_at", &AccessWasDenied::first_at, "首次时间"},
            Field{"last_at", &AccessWasDenied::last_at, "末次时间"}};
  }
};

/// A session began, or the use of a key or a token did.
struct SomebodyLoggedIn {
  static constexpr std::string_view kType = "access.logged_in", kZh = "登录成功";
  static constexpr std::int64_t kVersion = 1;
  LoginMethod method = LoginMethod::kPassword;
  std::optional<std::string> credential;  ///< Id of the key, the certificate or the bound token.
  std::optional<std::string> address;     ///< Absent: too many to be named.
  std::int64_t count = 0;
  Instant first_at;
  Instant last_at;

  static FieldList Fields() {
    return {Field{"method", &SomebodyLoggedIn::method, "登录方式"},
            Field{"credential", &SomebodyLoggedIn::credential, "登录凭证"},
            Field{"address", &SomebodyLoggedIn::address, "客户端地址"},
            Field{"count", &SomebodyLoggedIn::count, "次数"},
            Field{"first_at", &SomebodyLoggedIn::first_at, "首次时间"},
            Field{"last_at", &SomebodyLoggedIn::last_at, "末次时间"}};
  }
};

/// Somebody did not prove who he is. The actor of the event is the account that was named, where
/// there is one of that name; what else was typed is never kept: it may be a password.
struct LoginFailed {
  static constexpr std::string_view kType = "access.login_failed", kZh = "登录失败";
  static constexpr std::int64_t kVersion = 1;
  LoginMethod method = LoginMethod::kPassword;
  /// What was wrong, which the answer did not say.
  std::string reason;
  std::optional<std::string> credential;  ///< As of SomebodyLoggedIn, where it is known.
  std::optional<std::string> address;     ///< Absent: too many to be named.
  std::int64_t count = 0;
  Instant first_at;
  Instant last_at;

  static FieldList Fields() {
    return {Field{"method", &LoginFailed::method, "登录方式"},
            Field{"reason", &LoginFailed::reason, "原因"},
            Field{"credential", &LoginFailed::credential, "登录凭证"},
            Field{"address", &LoginFailed::address, "客户端地址"},
            Field{"count", &LoginFailed::count, "次数"},
            Field{"first_at", &LoginFailed::first_at, "首次时间"},
            Field{"last_at", &LoginFailed::last_at, "末次时间"}};
  }
};

/// A session was ended by somebody; those that time ends leave no event.
struct SessionEnded {
  static constexpr std::string_view kType = "access.session_ended", kZh = "会话结束";
  static constexpr std::int64_t kVersion = 1;
  /// `logged_out`, `logged_in_again`, `locked`, `password_reset`, `login_revoked`.
  std::string reason;
  std::optional<ActorId> ended_by;     ///< Absent: the holder, or who failed to log in as him.
  std::optional<std::string> address;  ///< Of whoever ended it.
  std::int64_t count = 0;
  Instant first_at;
  Instant last_at;

  static FieldList Fields() {
    return {Field{"reason", &SessionEnded::reason, "原因"},
            Field{"ended_by", &SessionEnded::ended_by, "操作账号"},
            Field{"address", &SessionEnded::address, "客户端地址"},
            Field{"count", &SessionEnded::count, "次数"},
            Field{"first_at", &SessionEnded::first_at, "首次时间"},
            Field{"last_at", &SessionEnded::last_at, "末次时间"}};
  }
};

/// Types of the second log's events, and their names.
struct AccessEventName {
  std::string_view type;
  std::string_view zh;
};
inline constexpr std::array kAccessEventNames{
    AccessEventName{AccessWasRead::kType, AccessWasRead::kZh},
    AccessEventName{AccessWasDenied::kType, AccessWasDenied::kZh},
    AccessEventName{SomebodyLoggedIn::kType, SomebodyLoggedIn::kZh},
    AccessEventName{LoginFailed::kType, LoginFailed::kZh},
    AccessEventName{SessionEnded::kType, SessionEnded::kZh},
};

template <>
struct EnumTable<LoginMethod> {
  static constexpr std::array kNames{
      EnumName<LoginMethod>{LoginMethod::kPassword, "password", "密码"},
      EnumName<LoginMethod>{LoginMethod::kPasswordAndCode, "password_and_code", "密码和动态口令"},
      EnumName<LoginMethod>{LoginMethod::kCertificate, "certificate", "数字证书"},
      EnumName<LoginMethod>{LoginMethod::kIssuedToken, "issued_token", "统一身份令牌"},
      EnumName<LoginMethod>{LoginMethod::kApiKey, "api_key", "接口密钥"},
      EnumName<LoginMethod>{LoginMethod::kFixedToken, "token", "固定令牌"},
  };
};

}  // namespace docket
