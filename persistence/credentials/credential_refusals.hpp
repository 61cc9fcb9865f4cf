/// Refusals about passwords, second factors, sessions and keys.
#pragma once

#include "domain/rejection.hpp"

namespace docket {

inline constexpr Refusal kTokenUnknown{"token_unknown", "访问令牌无效",
                                       "no account has this token"};

inline constexpr Refusal kPasswordWrong{"password_wrong", "当前密码不正确",
                                        "the present password is wrong", "", "/password"};
inline constexpr Refusal kPasswordTooShort{"password_too_short", "密码长度不足",
                                           "the password is too short", "", "/new_password"};
inline constexpr Refusal kPasswordTooLong{"password_too_long", "密码过长",
                                          "the password is too long", "", "/new_password"};
inline constexpr Refusal kPasswordTooSimple{
    "password_too_simple", "密码应包含大写字母、小写字母、数字、其他字符中的若干类",
    "mix small and capital letters, digits and other characters", "", "/new_password"};
inline constexpr Refusal kPasswordTooCommon{
    "password_too_common", "密码过于常见，容易被猜中，请更换",
    "the password is among those that are tried first", "", "/new_password"};
inline constexpr Refusal kPasswordNamesAccount{"password_names_account", "密码不得包含账号名称",
                                               "the password contains the account's name", "",
                                               "/new_password"};
inline constexpr Refusal kPasswordUsedBefore{"password_used_before", "不得重复使用近期用过的密码",
                                             "the password was used before", "", "/new_password"};
inline constexpr Refusal kSecondFactorEnrolled{"second_factor_enrolled", "已登记第二因子",
                                               "a second factor is enrolled already"};
inline constexpr Refusal kSecondFactorWrong{"second_factor_wrong", "动态口令不正确或已使用",
                                            "the code is wrong or was used before", "", "/code"};

inline constexpr Refusal kSessionEnded{"session_ended", "会话已结束，或该账号已在别处登录",
                                       "the session has ended, perhaps by another login",
                                       "HN18-14"};
inline constexpr Refusal kSessionIdle{"session_idle", "长时间未操作，请重新登录",
                                      "the session was not used for too long"};
inline constexpr Refusal kSessionExpired{"session_expired", "会话已到期，请重新登录",
                                         "the session is too old"};

inline constexpr Refusal kLoginUnknown{"login_unknown", "登录凭证未绑定账号",
                                       "no account has this certificate or token", "FJ18-10"};
inline constexpr Refusal kLoginRevoked{"login_revoked", "登录凭证已吊销",
                                       "the account's certificate or token was revoked", "FJ18-10"};
inline constexpr Refusal kLoginExpired{"login_expired", "登录凭证已到期",
                                       "the account's certificate has expired", "FJ18-10"};
inline constexpr Refusal kLoginBoundAlready{
    "login_bound_already", "该登录凭证已绑定过账号，不得再次绑定",
    "this certificate or token is or was an account's", "HN18-12"};
inline constexpr Refusal kLoginsTooMany{"logins_too_many", "在用登录凭证过多，请先吊销",
                                        "the account has too many certificates and tokens in use"};

inline constexpr Refusal kApiKeyUnknown{"api_key_unknown", "没有此密钥", "there is no such key"};
inline constexpr Refusal kApiKeyRevoked{"api_key_revoked", "密钥已撤销", "the key was revoked"};
inline constexpr Refusal kApiKeyExpired{"api_key_expired", "密钥已到期", "the key has expired"};
inline constexpr Refusal kApiKeysTooMany{"api_keys_too_many", "在用密钥过多，请先撤销",
                                         "the account has too many keys in use"};
inline constexpr Refusal kApiKeyDaysInvalid{
    "api_key_days_invalid", "密钥有效天数超出允许范围",
    "a key is valid for at least one day, and not for so many", "", "/days"};

}  // namespace docket
