#include "domain/text/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace docket {

namespace {

/// Whether none of the eight bytes is zero or above 127.
bool IsPlain(const char* bytes) {
  constexpr std::uint64_t kHighs = 0x8080808080808080;
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof(word));
  return ((word | (word - kOnes)) & kHighs) == 0;
}

/// Bytes of the character that begins with `lead`; 0: none does.
std::size_t LengthFrom(unsigned char lead) {
  if (lead >= 0x01 && lead <= 0x7f) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/// The second byte decides about overlong forms, surrogates and what is beyond U+10FFFF.
bool MayFollow(unsigned char lead, unsigned char second) {
  if (lead == 0xe0) return second >= 0xa0;
  if (lead == 0xed) return second <= 0x9f;
  if (lead == 0xf0) return second >= 0x90;
  if (lead == 0xf4) return second <= 0x8f;
  return true;
}

}  // namespace

bool IsUtf8Text(std::string_view text) {
  constexpr std::size_t kWord = 8;
  for (std::size_t i = 0; i < text.size();) {
    if (i + kWord <= text.size() && IsPlain(text.data() + i)) {
      i += kWord;
      continue;
    }
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = LengthFrom(lead);
    if (length == 0 || i + length > text.size()) return false;
    for (std::size_t j = 1; j < length; ++j) {
      const auto next = static_cast<unsigned char>(text[i + j]);
      if ((next & 0xc0U) != 0x80U || (j == 1 && !MayFollow(lead, next))) return false;
    }
    i += length;
  }
  return true;
}

}  // namespace docket
