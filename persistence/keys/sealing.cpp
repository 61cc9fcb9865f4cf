#include "persistence/keys/sealing.hpp"

#include <sodium.h>

#include "domain/ensure.hpp"

namespace docket {

namespace {

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

namespace sealing {

std::string NewNonce() {
  std::string nonce(kNonceBytes, '\0');
  randombytes_buf(nonce.data(), nonce.size());
  return nonce;
}

SecretKey NewKey() {
  SecretKey key;
  randombytes_buf(key.data(), SecretKey::kBytes);
  return key;
}

std::string SealBytes(const SecretKey& key, std::string_view nonce,
                      std::string_view associated_data, std::string_view clear) {
  ENSURE(nonce.size() == kNonceBytes, "a nonce has {} bytes", kNonceBytes);
  std::string bytes(nonce);
  bytes.resize(kNonceBytes + clear.size() + kTagBytes);
  auto* sealed = reinterpret_cast<unsigned char*>(bytes.data()) + kNonceBytes;
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed, nullptr, Bytes(clear), clear.size(),
                                             Bytes(associated_data), associated_data.size(),
                                             nullptr, Bytes(nonce), key.data());
  return bytes;
}

std::optional<std::string> OpenBytes(const SecretKey& key, std::string_view sealed,
                                     std::string_view associated_data) {
  if (sealed.size() < kNonceBytes + kTagBytes) return std::nullopt;
  std::string clear(sealed.size() - kNonceBytes - kTagBytes, '\0');
  const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<unsigned char*>(clear.data()), nullptr, nullptr,
      Bytes(sealed.substr(kNonceBytes)), sealed.size() - kNonceBytes, Bytes(associated_data),
      associated_data.size(), Bytes(sealed), key.data());
  if (opened != 0) return std::nullopt;
  return clear;
}

std::string SealBox(const SecretKey& key, std::string_view nonce, std::string_view associated_data,
                    std::string_view clear) {
  const std::string bytes = SealBytes(key, nonce, associated_data, clear);
  std::string box(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(box.data(), box.size(), Bytes(bytes), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  box.pop_back();
  return box;
}

std::optional<std::string> OpenBox(const SecretKey& key, std::string_view box,
                                   std::string_view associated_data) {
  std::string bytes(box.size(), '\0');
  std::size_t size = 0;
  const int code =
      sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), box.data(),
                        box.size(), nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
  if (code != 0) return std::nullopt;
  return OpenBytes(key, std::string_view(bytes).substr(0, size), associated_data);
}

std::string AuthenticateWith(const SecretKey& key, std::string_view content) {
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
  crypto_auth_hmacsha256(mac.data(), Bytes(content), content.size(), key.data());
  std::string hex(mac.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), mac.data(), mac.size());
  hex.pop_back();
  return hex;
}

SecretKey Derive(const SecretKey& secret, std::string_view purpose) {
  SecretKey derived;
  const int code = crypto_generichash(derived.data(), SecretKey::kBytes, Bytes(purpose),
                                      purpose.size(), secret.data(), SecretKey::kBytes);
  ENSURE(code == 0, "a key can be derived");
  return derived;
}

}  // namespace sealing

}  // namespace docket
