/// One-time codes of a second factor (RFC 6238: HMAC-SHA-1, 30 seconds, six digits), as every
/// authenticator program makes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/time.hpp"

namespace docket::totp {

/// 20 random bytes.
std::string NewSecret();
/// RFC 4648, without padding: how people type a secret in.
std::string Base32(std::string_view bytes);
/// `otpauth://totp/…`, for a QR code.
std::string Uri(std::string_view secret, std::string_view account);
/// The step that an instant lies in.
std::int64_t StepAt(Instant now);
std::string CodeAt(std::string_view secret, std::int64_t step);
/// The step of `code`, if it is one of the present, the last or the next step and later than
/// `used`: a code is good once. Every candidate is compared.
std::optional<std::int64_t> FindStep(std::string_view secret, std::string_view code, Instant now,
                                     std::int64_t used);

}  // namespace docket::totp
