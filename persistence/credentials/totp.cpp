#include "persistence/credentials/totp.hpp"

#include <array>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include "domain/ensure.hpp"
#include "persistence/credentials/secrets.hpp"
#include "persistence/sodium.hpp"

namespace docket::totp {

namespace {

constexpr std::size_t kSecretBytes = 20;
constexpr std::int64_t kStepMicros = 30'000'000;
constexpr std::uint32_t kCodes = 1'000'000;
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

}  // namespace

std::string NewSecret() {
  StartSodium();
  std::string secret(kSecretBytes, '\0');
  randombytes_buf(secret.data(), secret.size());
  return secret;
}

std::string Base32(std::string_view bytes) {
  std::string text;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : bytes) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    for (held += 8; held >= 5; held -= 5) text += kAlphabet[(bits >> (held - 5)) & 31];
  }
  if (held > 0) text += kAlphabet[(bits << (5 - held)) & 31];
  return text;
}

std::string Uri(std::string_view secret, std::string_view account) {
  return fmt::format(
      "otpauth://totp/docket:{}?secret={}&issuer=docket&algorithm=SHA1&digits=6"
      "&period=30",
      account, Base32(secret));
}

std::int64_t StepAt(Instant now) { return now.Micros() / kStepMicros; }

std::string CodeAt(std::string_view secret, std::int64_t step) {
  std::array<unsigned char, 8> counter{};
  for (int i = 7; i >= 0; --i, step >>= 8) counter[static_cast<std::size_t>(i)] = step & 0xff;
  std::array<unsigned char, 20> mac{};
  unsigned int size = 0;
  const auto* made = HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()),
                          counter.data(), counter.size(), mac.data(), &size);
  ENSURE(made != nullptr && size == mac.size(), "HMAC-SHA-1 has 20 bytes");
  const std::size_t at = mac[19] & 0x0f;
  const std::uint32_t number =
      (mac[at] & 0x7fU) << 24 | mac[at + 1] << 16U | mac[at + 2] << 8U | mac[at + 3];
  return fmt::format("{:06}", number % kCodes);
}

std::optional<std::int64_t> FindStep(std::string_view secret, std::string_view code, Instant now,
                                     std::int64_t used) {
  std::optional<std::int64_t> found;
  const std::int64_t present = StepAt(now);
  for (const std::int64_t step : {present - 1, present, present + 1}) {
    const bool equal = EqualInConstantTime(CodeAt(secret, step), code);
    if (equal && step > used) found = step;
  }
  return found;
}

}  // namespace docket::totp
