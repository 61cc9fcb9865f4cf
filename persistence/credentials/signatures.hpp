/// Ed25519 signatures of what other systems send (数字签名).
#pragma once

#include <string_view>

namespace docket {

/// Key and signature are Base64 (RFC 4648 with padding) of their bytes; whatever is not is no
/// signature.
bool VerifyEd25519(std::string_view public_key, std::string_view text, std::string_view signature);

}  // namespace docket
