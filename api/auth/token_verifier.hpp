/// Tokens of an issuer that is trusted, such as a province's unified identity (统一身份认证).
#pragma once

#include <string>
#include <string_view>

#include "domain/rejection.hpp"

namespace docket {

/// Decides on tokens that were presented. Thread-safe.
class TokenVerifier {
 public:
  virtual ~TokenVerifier() = default;
  virtual const std::string& Issuer() const = 0;
  /// Whom the issuer means: the value of the claim that accounts are bound by. Refusals, all 401:
  /// `issued_token_invalid`, `issued_token_expired`, `issued_token_key_unknown`.
  virtual Expected<std::string> Verify(std::string_view token) = 0;
};

/// Whether it is to be looked at as one: three parts between dots.
bool LooksIssued(std::string_view token);

inline constexpr Refusal kIssuedTokenInvalid{
    "issued_token_invalid", "统一身份令牌无效",
    "the token is malformed, not for us, not its issuer's, or its signature is wrong"};
inline constexpr Refusal kIssuedTokenExpired{"issued_token_expired", "统一身份令牌不在有效期内",
                                             "the token is not valid now"};
inline constexpr Refusal kIssuedTokenKeyUnknown{
    "issued_token_key_unknown", "无法取得统一身份令牌的验证密钥",
    "the key of the token's signature is not known, or cannot be had now"};

}  // namespace docket
