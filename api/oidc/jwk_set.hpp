/// The public keys of an issuer of tokens (RFC 7517): RSA for RS256, P-256 for ES256, and no other.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/rejection.hpp"

struct evp_pkey_st;

namespace docket::oidc {

enum class Algorithm : std::uint8_t { kRs256, kEs256 };
/// `RS256`, `ES256`.
std::string_view NameOf(Algorithm algorithm);

/// A key and the one algorithm that it is good for.
struct Jwk {
  std::string id;  ///< `kid`; empty: it has none.
  Algorithm algorithm = Algorithm::kRs256;
  std::shared_ptr<evp_pkey_st> key;

  /// Whether the signature of a token over `signed_text` is this key's.
  bool Verifies(std::string_view signed_text, std::string_view signature) const;
};

constexpr std::size_t kKeysMax = 32;
constexpr std::size_t kJwksBytesMax = 256 * 1024;

/// Keys that are for something else, of other kinds or too short are left out, whatever they are.
/// Refused with `jwks_invalid` when the text is no set of keys, has too many, or none of use.
Expected<std::vector<Jwk>> ParseJwks(std::string_view text);

/// Bytes of a base64url text without padding; nullopt when it is not exactly that.
std::optional<std::string> FromBase64Url(std::string_view text);

}  // namespace docket::oidc
