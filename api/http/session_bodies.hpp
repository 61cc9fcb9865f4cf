/// Bodies of requests to /v1/session, /v1/accounts and /v1/api-keys.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "workflows/account/commands.hpp"

namespace docket::http {

struct LoginBody {
  ActorId account;
  std::string password;
  std::optional<std::string> code;  ///< Of the second factor.

  static FieldList Fields() {
    return {Field{"account", &LoginBody::account, "账号"},
            Field{"password", &LoginBody::password, "密码"},
            Field{"code", &LoginBody::code, "动态口令"}};
  }
};

struct PasswordBody {
  std::string password;
  std::string new_password;

  static FieldList Fields() {
    return {Field{"password", &PasswordBody::password, "当前密码"},
            Field{"new_password", &PasswordBody::new_password, "新密码"}};
  }
};

struct UndertakingBody {
  std::string version;

  static FieldList Fields() { return {Field{"version", &UndertakingBody::version, "承诺书版本"}}; }
};

struct CodeBody {
  std::string code;

  static FieldList Fields() { return {Field{"code", &CodeBody::code, "动态口令"}}; }
};

struct LoginBindingBody {
  account::LoginKind kind = account::LoginKind::kCertificate;
  std::optional<std::string> certificate;  ///< PEM; of a certificate.
  std::optional<std::string> subject;      ///< Whom the issuer means; of a token.

  static FieldList Fields() {
    return {Field{"kind", &LoginBindingBody::kind, "种类"},
            Field{"certificate", &LoginBindingBody::certificate, "数字证书（PEM）"},
            Field{"subject", &LoginBindingBody::subject, "统一身份用户标识"}};
  }
};

struct KeyBody {
  std::string label;
  std::vector<Role> roles;
  bool read_only = true;
  std::int64_t days = 0;

  static FieldList Fields() {
    return {Field{"label", &KeyBody::label, "用途"}, Field{"roles", &KeyBody::roles, "角色"},
            Field{"read_only", &KeyBody::read_only, "只读"},
            Field{"days", &KeyBody::days, "有效天数"}};
  }
};

}  // namespace docket::http
