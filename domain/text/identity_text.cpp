#include "domain/text/identity_text.hpp"

#include <algorithm>
#include <array>

#include "domain/text/bigrams.hpp"

namespace docket {

namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string DigitsOf(std::string_view text) {
  std::string digits;
  for (const char c : NormaliseForSearch(text)) {
    if (IsDigit(c)) digits += c;
  }
  return digits;
}

/// The check character of an identity card (GB 11643, ISO 7064 MOD 11-2), lower case.
char CheckOf(std::string_view seventeen) {
  constexpr std::array<int, 17> kWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::string_view kChecks = "10x98765432";
  std::size_t sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) {
    sum += static_cast<std::size_t>(kWeights.at(i) * (seventeen[i] - '0'));
  }
  return kChecks[sum % kChecks.size()];
}

}  // namespace

std::string NormaliseName(std::string_view name) {
  std::string text = NormaliseForSearch(name);
  text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  return text;
}

std::string NormaliseIdNumber(std::string_view number) {
  constexpr std::size_t kOldLength = 15;
  constexpr std::size_t kDivision = 6;
  std::string text = NormaliseName(number);
  if (text.size() == kOldLength && std::all_of(text.begin(), text.end(), IsDigit)) {
    text.insert(kDivision, "19");
    text += CheckOf(text);
  }
  return text;
}

std::string NormalisePhone(std::string_view phone) {
  constexpr std::size_t kMobile = 11;
  std::string digits = DigitsOf(phone);
  if (digits.starts_with("00")) digits.erase(0, 2);
  if (digits.starts_with("86") && digits.size() >= kMobile) digits.erase(0, 2);
  return digits;
}

std::string NormaliseEmail(std::string_view email) {
  std::string text;
  for (std::size_t i = 0; i < email.size(); ++i) {
    // U+FF01 to U+FF5E are ASCII made wide: EF BC 81 to EF BD 9E.
    const bool is_wide = email.size() - i >= 3 && email[i] == '\xEF' &&
                         (email[i + 1] == '\xBC' || email[i + 1] == '\xBD');
    char c = email[i];
    if (is_wide) {
      const int low = static_cast<unsigned char>(email[i + 2]) & 0x3F;
      c = static_cast<char>(email[i + 1] == '\xBC' ? 0x20 + low : 0x60 + low);
      i += 2;
    }
    if (c == ' ' || c == '\t') continue;
    text += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  }
  return text;
}

}  // namespace docket
