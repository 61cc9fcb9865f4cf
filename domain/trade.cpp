#include "domain/trade.hpp"

#include <algorithm>

namespace docket {

namespace {

/// Digits and letters without I, O, S, V, Z: their places are their values (GB 32100-2015).
constexpr std::string_view kCreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::size_t kCreditModulus = 31;

bool IsCapitalOrDigit(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); }

bool IsCode(std::string_view text, std::size_t length) {
  return text.size() == length && std::all_of(text.begin(), text.end(), IsCapitalOrDigit);
}

}  // namespace

bool ProjectForm::IsWellFormed(std::string_view text) { return IsCode(text, 20); }

bool SectionForm::IsWellFormed(std::string_view text) { return IsCode(text, 23); }

ProjectCode ProjectOf(const SectionCode& section) {
  return ProjectCode(section.value.substr(0, 20));
}

bool CreditForm::IsWellFormed(std::string_view text) {
  if (text.size() != 18) return false;
  std::size_t weight = 1;
  std::size_t sum = 0;
  for (std::size_t i = 0; i < 18; ++i) {
    const std::size_t digit = kCreditAlphabet.find(text[i]);
    if (digit == std::string_view::npos) return false;
    if (i == 17) return (sum + digit) % kCreditModulus == 0;
    sum += digit * weight;
    weight = weight * 3 % kCreditModulus;
  }
  return false;
}

}  // namespace docket
