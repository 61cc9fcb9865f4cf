/// Refusals about who may log in, and about what a caller's credential does not allow.
#pragma once

#include "domain/rejection.hpp"
#include "persistence/credentials/credential_refusals.hpp"

namespace docket {

inline constexpr Refusal kLoginFailed{
    "login_failed", "账号、密码或动态口令不正确，或账号不可登录",
    "wrong name, password or code, or the account may not log in"};
inline constexpr Refusal kLoginsLimited{"rate_limited", "登录过于频繁，请稍后再试",
                                        "too many logins; try again later"};
inline constexpr Refusal kSecondFactorNeeded{"second_factor_needed", "请输入动态口令",
                                             "the code of the second factor is needed"};
inline constexpr Refusal kAccountNotActive{"account_not_active", "账号不在使用中",
                                           "the account is suspended, disabled or closed"};
inline constexpr Refusal kAccountLocked{"account_locked", "账号已锁定，请稍后再试",
                                        "the account is locked; try again later"};
inline constexpr Refusal kCertificateMissing{
    "certificate_missing", "请出示登录所用的数字证书",
    "the connection presents no certificate, or another than the session was begun with",
    "FJ18-10"};
inline constexpr Refusal kTokensNotTaken{"tokens_not_taken", "未配置统一身份认证",
                                         "no issuer of tokens is configured"};
inline constexpr Refusal kSubjectMissing{"subject_missing", "请填写统一身份的用户标识",
                                         "name whom the issuer means", "", "/subject"};
inline constexpr Refusal kUnknownAccount{"unknown_account", "没有此账号",
                                         "there is no such account"};

inline constexpr Refusal kPasswordChangeNeeded{"password_change_needed", "请先更改密码",
                                               "the password has to be changed first"};
inline constexpr Refusal kUndertakingNeeded{"undertaking_needed", "请先签署保密承诺书",
                                            "the undertaking has to be signed first", "FJ18-10"};
inline constexpr Refusal kEnrolmentNeeded{"second_factor_enrolment_needed", "请先登记第二因子",
                                          "a second factor has to be enrolled first",
                                          "GB/T 22239-2019 8.1.4.1"};
inline constexpr Refusal kNoSession{"no_session", "须登录后办理",
                                    "this is done in a session, after logging in"};

inline constexpr Refusal kApiKeyNotForThis{"api_key_not_for_this", "接口密钥不得办理会话和密钥事项",
                                           "a key manages neither sessions nor keys"};
inline constexpr Refusal kApiKeyReadOnly{"api_key_read_only", "该接口密钥仅可读取",
                                         "this key only reads"};
inline constexpr Refusal kApiKeyRoleNotHeld{"api_key_role_not_held", "本账号没有该角色",
                                            "the account lacks this role", "", "/roles"};
inline constexpr Refusal kApiKeyRoleReadsOnly{
    "api_key_role_reads_only", "该角色的密钥仅可读取，须由本人办理的事项不得由程序代办",
    "a key in this role only reads: persons act themselves", "HN18-12", "/roles"};

}  // namespace docket
