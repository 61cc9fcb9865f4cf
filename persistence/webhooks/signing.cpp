#include "persistence/webhooks/signing.hpp"

#include <vector>

#include <sodium.h>

#include <fmt/format.h>

#include "persistence/sodium.hpp"

namespace docket {

namespace {

constexpr std::string_view kShared = "whsec_";
constexpr std::string_view kPrivate = "whsk_";
constexpr std::string_view kPublic = "whpk_";
constexpr std::size_t kSharedBytes = 32;
/// The specification's bounds.
constexpr std::size_t kSharedBytesMin = 24;
constexpr std::size_t kSharedBytesMax = 64;

using KeyBytes = std::vector<unsigned char>;

std::string Base64(const unsigned char* data, std::size_t size) {
  std::string text(sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), data, size, sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return text;
}

/// nullopt: other characters, or more than fits.
std::optional<KeyBytes> FromBase64(std::string_view text) {
  KeyBytes bytes(text.size());
  std::size_t size = 0;
  const int code = sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr,
                                     &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
  if (code != 0) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

std::optional<KeyBytes> BytesBehind(std::string_view prefix, std::string_view text) {
  if (!text.starts_with(prefix)) return std::nullopt;
  return FromBase64(text.substr(prefix.size()));
}

std::string SignedText(const WebhookMessage& message) {
  return fmt::format("{}.{}.{}", message.id, message.timestamp, message.body);
}

const unsigned char* Data(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string Hmac(const KeyBytes& key, std::string_view text) {
  crypto_auth_hmacsha256_state state;
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
  crypto_auth_hmacsha256_init(&state, key.data(), key.size());
  crypto_auth_hmacsha256_update(&state, Data(text), text.size());
  crypto_auth_hmacsha256_final(&state, mac.data());
  return "v1," + Base64(mac.data(), mac.size());
}

}  // namespace

WebhookSecret NewWebhookSecret(WebhookAlgorithm algorithm) {
  StartSodium();
  if (algorithm == WebhookAlgorithm::kHmacSha256) {
    KeyBytes secret(kSharedBytes);
    randombytes_buf(secret.data(), secret.size());
    const std::string text = std::string(kShared) + Base64(secret.data(), secret.size());
    return {text, text};
  }
  KeyBytes open(crypto_sign_PUBLICKEYBYTES);
  KeyBytes secret(crypto_sign_SECRETKEYBYTES);
  crypto_sign_keypair(open.data(), secret.data());
  return {std::string(kPrivate) + Base64(secret.data(), secret.size()),
          std::string(kPublic) + Base64(open.data(), open.size())};
}

std::optional<std::string> SignWebhook(std::string_view secret, const WebhookMessage& message) {
  StartSodium();
  const std::string text = SignedText(message);
  if (const auto shared = BytesBehind(kShared, secret)) {
    if (shared->size() < kSharedBytesMin || shared->size() > kSharedBytesMax) return std::nullopt;
    return Hmac(*shared, text);
  }
  const auto own = BytesBehind(kPrivate, secret);
  if (!own || own->size() != crypto_sign_SECRETKEYBYTES) return std::nullopt;
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr, Data(text), text.size(), own->data());
  return "v1a," + Base64(signature.data(), signature.size());
}

bool VerifyWebhook(std::string_view verifying, const WebhookMessage& message,
                   std::string_view signature) {
  StartSodium();
  const std::string text = SignedText(message);
  if (const auto shared = BytesBehind(kShared, verifying)) {
    const std::string expected = Hmac(*shared, text);
    return expected.size() == signature.size() &&
           sodium_memcmp(expected.data(), signature.data(), expected.size()) == 0;
  }
  const auto open = BytesBehind(kPublic, verifying);
  if (!open || open->size() != crypto_sign_PUBLICKEYBYTES || !signature.starts_with("v1a,")) {
    return false;
  }
  const auto bytes = FromBase64(signature.substr(4));
  return bytes && bytes->size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(bytes->data(), Data(text), text.size(), open->data()) == 0;
}

}  // namespace docket
