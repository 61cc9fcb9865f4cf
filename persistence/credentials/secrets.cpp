#include "persistence/credentials/secrets.hpp"

#include <array>

#include <sodium.h>

#include "domain/evidence/sha256.hpp"
#include "persistence/sodium.hpp"

namespace docket {

namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kOneTimeCharacters = 20;
constexpr std::size_t kTokenBytesMax = 256;
// Without 0 O 1 l I; every class is there, so that any policy takes it.
constexpr std::string_view kLetters = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
constexpr std::string_view kSmall = "abcdefghijkmnopqrstuvwxyz";
constexpr std::string_view kCapital = "ABCDEFGHJKLMNPQRSTUVWXYZ";
constexpr std::string_view kDigit = "23456789";

char OneOf(std::string_view characters) {
  return characters[randombytes_uniform(static_cast<std::uint32_t>(characters.size()))];
}

}  // namespace

std::string Token::Text(std::string_view prefix) const {
  return std::string(prefix) + "_" + name + "_" + secret;
}

std::optional<Token> Token::Parse(std::string_view text, std::string_view prefix) {
  const std::string start = std::string(prefix) + "_";
  if (text.size() > kTokenBytesMax || !text.starts_with(start)) return std::nullopt;
  text.remove_prefix(start.size());
  const auto mark = text.rfind('_');
  if (mark == std::string_view::npos || text.size() - mark - 1 != kSecretBytes * 2) {
    return std::nullopt;
  }
  return Token{std::string(text.substr(0, mark)), std::string(text.substr(mark + 1))};
}

std::string NewSecret() {
  StartSodium();
  std::array<char, kSecretBytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return HexOf({bytes.data(), bytes.size()});
}

std::string NewOneTimePassword() {
  StartSodium();
  std::string password{OneOf(kSmall), OneOf(kCapital), OneOf(kDigit)};
  while (password.size() < kOneTimeCharacters) password += OneOf(kLetters);
  return password;
}

std::string DigestOf(std::string_view secret) { return Sha256Hex(secret); }

bool EqualInConstantTime(std::string_view a, std::string_view b) {
  // The lengths of digests are no secret.
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace docket
