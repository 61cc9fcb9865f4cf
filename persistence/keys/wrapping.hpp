/// Wrapped secrets as text, whatever wraps them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "persistence/keys/sealing.hpp"

namespace docket::wrapping {

constexpr std::string_view kByFile = "w1";
constexpr std::string_view kByToken = "p1";
/// Digits of a KEK's id.
constexpr std::size_t kKekIdDigits = 16;

struct Wrapped {
  std::string_view version;  ///< kByFile or kByToken.
  std::string_view kek;
  std::string_view box;  ///< Empty where it is cut off.
};
/// nullopt: it is not wrapped. The parts are those of `stored`, which must outlive them.
std::optional<Wrapped> Parse(std::string_view stored);
std::string Format(const Wrapped& wrapped);

constexpr std::size_t kSecretDigits = SecretKey::kBytes * 2;
std::string HexOf(const SecretKey& secret);
/// nullopt: it is not of 64 hex digits.
std::optional<SecretKey> SecretOf(std::string_view hex);

std::string Base64Of(std::string_view bytes);
/// nullopt: it is not base64 with its padding.
std::optional<std::string> BytesOfBase64(std::string_view text);

}  // namespace docket::wrapping
