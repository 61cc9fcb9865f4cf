#include "persistence/keys/sealing.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include "domain/ensure.hpp"
#include "persistence/keys/sealing_sm4.hpp"
#include "persistence/keys/wrapping.hpp"

namespace docket {

namespace {

constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kTagBytes == sealing::sm4::kTagBytes);

std::size_t NonceBytes(SealCipher cipher) {
  return cipher == SealCipher::kSm4Gcm ? sealing::sm4::kNonceBytes
                                       : crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
}

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

std::optional<SealCipher> SealCipherOf(std::int64_t version) {
  for (const auto& entry : EnumTable<SealCipher>::kNames) {
    if (static_cast<std::int64_t>(entry.value) == version) return entry.value;
  }
  return std::nullopt;
}

namespace sealing {

std::string NewNonce(SealCipher cipher) {
  std::string nonce(NonceBytes(cipher), '\0');
  randombytes_buf(nonce.data(), nonce.size());
  return nonce;
}

SecretKey NewKey() {
  SecretKey key;
  randombytes_buf(key.data(), SecretKey::kBytes);
  return key;
}

std::string SealPurpose(SealCipher cipher) {
  return fmt::format("docket/seal/{}", static_cast<int>(cipher));
}

std::string SealBytes(SealCipher cipher, const SecretKey& key, std::string_view nonce,
                      std::string_view associated_data, std::string_view clear) {
  ENSURE(nonce.size() == NonceBytes(cipher), "a nonce has {} bytes", NonceBytes(cipher));
  std::string bytes(nonce);
  bytes.resize(nonce.size() + clear.size() + kTagBytes);
  auto* sealed = reinterpret_cast<unsigned char*>(bytes.data()) + nonce.size();
  if (cipher == SealCipher::kSm4Gcm) {
    sm4::Seal(key.data(), {nonce, associated_data}, clear, sealed);
  } else {
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed, nullptr, Bytes(clear), clear.size(),
                                               Bytes(associated_data), associated_data.size(),
                                               nullptr, Bytes(nonce), key.data());
  }
  return bytes;
}

std::optional<std::string> OpenBytes(SealCipher cipher, const SecretKey& key,
                                     std::string_view sealed, std::string_view associated_data) {
  const std::size_t nonce_bytes = NonceBytes(cipher);
  if (sealed.size() < nonce_bytes + kTagBytes) return std::nullopt;
  const auto nonce = sealed.substr(0, nonce_bytes);
  const auto rest = sealed.substr(nonce_bytes);
  std::string clear(rest.size() - kTagBytes, '\0');
  auto* to = reinterpret_cast<unsigned char*>(clear.data());
  const bool opened =
      cipher == SealCipher::kSm4Gcm
          ? sm4::Open(key.data(), {nonce, associated_data}, rest, to)
          : crypto_aead_xchacha20poly1305_ietf_decrypt(
                to, nullptr, nullptr, Bytes(rest), rest.size(), Bytes(associated_data),
                associated_data.size(), Bytes(nonce), key.data()) == 0;
  if (!opened) return std::nullopt;
  return clear;
}

std::string SealBox(SealCipher cipher, const SecretKey& key, std::string_view nonce,
                    std::string_view associated_data, std::string_view clear) {
  return wrapping::Base64Of(SealBytes(cipher, key, nonce, associated_data, clear));
}

std::optional<std::string> OpenBox(SealCipher cipher, const SecretKey& key, std::string_view box,
                                   std::string_view associated_data) {
  const auto bytes = wrapping::BytesOfBase64(box);
  return bytes ? OpenBytes(cipher, key, *bytes, associated_data) : std::nullopt;
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
