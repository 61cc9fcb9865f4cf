/// How personal texts are sealed, whatever store keeps the keys.
///
/// Stored format of sealed values, version 1: box = base64(nonce ‖ XChaCha20-Poly1305 of the
/// clear text with the associated data), 24 random bytes of nonce. Golden bytes in
/// sqlite/key_store_test.cpp. Sealing and authenticating use different keys, both derived from the
/// subject's, so that one key never serves two purposes.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

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

namespace sealing {

/// A key of random bytes.
SecretKey NewKey();
/// A nonce of random bytes.
std::string NewNonce();
/// As SealBox and OpenBox, without the base64: for what is stored as bytes.
std::string SealBytes(const SecretKey& key, std::string_view nonce,
                      std::string_view associated_data, std::string_view clear);
std::optional<std::string> OpenBytes(const SecretKey& key, std::string_view sealed,
                                     std::string_view associated_data);
/// The two halves without a key store: the nonce is given.
std::string SealBox(const SecretKey& key, std::string_view nonce, std::string_view associated_data,
                    std::string_view clear);
std::optional<std::string> OpenBox(const SecretKey& key, std::string_view box,
                                   std::string_view associated_data);
/// The key that `secret` yields for one purpose.
SecretKey Derive(const SecretKey& secret, std::string_view purpose);
/// HMAC-SHA-256, hex.
std::string AuthenticateWith(const SecretKey& key, std::string_view content);
constexpr std::string_view kSealPurpose = "docket/seal/1";
constexpr std::string_view kAuthenticatePurpose = "docket/authenticate/1";

}  // namespace sealing

}  // namespace docket
