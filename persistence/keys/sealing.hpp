/// How personal texts are sealed, whatever store keeps the keys.
///
/// Stored format of sealed values: box = base64(nonce ‖ ciphertext ‖ 16 bytes of tag, over clear
/// text and associated data). Version 1: XChaCha20-Poly1305, 24 random bytes of nonce. Version
/// 2: SM4-GCM (GB/T 32907, GB/T 36624), 12. Golden bytes in sqlite/key_store_test.cpp and
/// sealing_sm4_test.cpp. Each cipher and authenticating use keys of their own, all derived from the
/// subject's, so that one key never serves two purposes.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "domain/json.hpp"

namespace docket {

/// 32 secret bytes, wiped from memory when they go.
class SecretKey {
 public:
  static constexpr std::size_t kBytes = 32;
  SecretKey() = default;
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey();
  unsigned char* data() { return bytes_.data(); }
  const unsigned char* data() const { return bytes_.data(); }

 private:
  std::array<unsigned char, kBytes> bytes_{};
};

/// With what texts are sealed. The number is the version of the sealed value.
enum class SealCipher : std::uint8_t { kXChaCha20Poly1305 = 1, kSm4Gcm = 2 };
/// The cipher of a version; nullopt: it is of a later program.
std::optional<SealCipher> SealCipherOf(std::int64_t version);

template <>
struct EnumTable<SealCipher> {
  static constexpr std::array kNames{
      EnumName<SealCipher>{SealCipher::kXChaCha20Poly1305, "xchacha20-poly1305",
                           "XChaCha20-Poly1305"},
      EnumName<SealCipher>{SealCipher::kSm4Gcm, "sm4-gcm", "SM4-GCM"},
  };
};

namespace sealing {

/// A key of random bytes.
SecretKey NewKey();
/// A nonce of random bytes.
std::string NewNonce(SealCipher cipher);
/// As SealBox and OpenBox, without the base64: for what is stored as bytes.
std::string SealBytes(SealCipher cipher, const SecretKey& key, std::string_view nonce,
                      std::string_view associated_data, std::string_view clear);
std::optional<std::string> OpenBytes(SealCipher cipher, const SecretKey& key,
                                     std::string_view sealed, std::string_view associated_data);
/// The two halves without a key store: the nonce is given.
std::string SealBox(SealCipher cipher, const SecretKey& key, std::string_view nonce,
                    std::string_view associated_data, std::string_view clear);
std::optional<std::string> OpenBox(SealCipher cipher, const SecretKey& key, std::string_view box,
                                   std::string_view associated_data);
/// The key that `secret` yields for one purpose.
SecretKey Derive(const SecretKey& secret, std::string_view purpose);
/// HMAC-SHA-256, hex.
std::string AuthenticateWith(const SecretKey& key, std::string_view content);
/// Of the key that seals with a cipher.
std::string SealPurpose(SealCipher cipher);
constexpr std::string_view kAuthenticatePurpose = "docket/authenticate/1";

}  // namespace sealing

}  // namespace docket
