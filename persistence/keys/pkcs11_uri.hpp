/// Where a key of a token is, as a URI of RFC 7512:
/// `pkcs11:token=LABEL;object=LABEL?module-path=/PATH&pin-source=file:/PATH`.
#pragma once

#include <string>
#include <string_view>

#include "domain/rejection.hpp"

namespace docket {

constexpr std::string_view kPkcs11Scheme = "pkcs11:";
constexpr std::size_t kPkcs11UriBytesMax = 1024;

/// All four attributes, each once and not empty; no other is taken, least of all a PIN itself.
struct Pkcs11Uri {
  std::string token;     ///< The token's label.
  std::string object;    ///< The key's label.
  std::string module;    ///< Absolute path of the token's library.
  std::string pin_file;  ///< Absolute path; its first line is the PIN of the token's user.
  friend bool operator==(const Pkcs11Uri&, const Pkcs11Uri&) = default;
};

/// Refused: `kek_uri_invalid`, naming the attribute that is wrong, never its value.
Expected<Pkcs11Uri> ParsePkcs11Uri(std::string_view text);

}  // namespace docket
