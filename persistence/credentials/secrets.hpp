/// Random secrets, shown once and kept as digests.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace docket {

/// `prefix_name_secret`: the name finds the record, the secret (64 hex digits) proves the right.
struct Token {
  std::string name;
  std::string secret;

  std::string Text(std::string_view prefix) const;
  /// nullopt: not a token of this prefix.
  static std::optional<Token> Parse(std::string_view text, std::string_view prefix);
};
inline constexpr std::string_view kSessionPrefix = "ds";
inline constexpr std::string_view kApiKeyPrefix = "dk";

std::string NewSecret();
/// A password for one login: 20 characters that no two of which look alike.
std::string NewOneTimePassword();
/// SHA-256, hex: secrets of 256 random bits need no slow hash.
std::string DigestOf(std::string_view secret);
/// Reads every byte whatever it finds, and branches on none.
bool EqualInConstantTime(std::string_view a, std::string_view b);

}  // namespace docket
