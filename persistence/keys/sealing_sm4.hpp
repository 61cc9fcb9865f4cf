/// SM4-GCM (GB/T 32907-2016; GB/T 36624-2018), which libsodium does not have and OpenSSL 3.0 has
/// without authentication only.
#pragma once

#include <cstddef>
#include <string_view>

namespace docket::sealing::sm4 {

constexpr std::size_t kKeyBytes = 16;
constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;

/// What is authenticated, and never used twice.
struct Binding {
  std::string_view nonce;
  std::string_view associated_data;
};
/// Writes clear.size() + kTagBytes bytes; the key has kKeyBytes. Throws std::runtime_error where
/// the library fails.
void Seal(const unsigned char* key, const Binding& binding, std::string_view clear,
          unsigned char* to);
/// Writes sealed.size() - kTagBytes bytes. False: not what was sealed, and what was written counts
/// for nothing.
bool Open(const unsigned char* key, const Binding& binding, std::string_view sealed,
          unsigned char* to);

}  // namespace docket::sealing::sm4
