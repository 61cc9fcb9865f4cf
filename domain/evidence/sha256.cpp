#include "domain/evidence/sha256.hpp"

#include <array>

#include <openssl/evp.h>

#include "domain/ensure.hpp"

namespace docket {

namespace {

/// Fetched once: looking an algorithm up by name costs more than hashing an event.
const EVP_MD* Algorithm() {
  static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  ENSURE(algorithm != nullptr, "SHA-256 is available");
  return algorithm;
}

void Start(EVP_MD_CTX* context) {
  ENSURE(EVP_DigestInit_ex2(context, Algorithm(), nullptr) == 1, "digest init");
}

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  ENSURE(c >= 'a' && c <= 'f', "hex is lower-case");
  return c - 'a' + 10;
}

}  // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  ENSURE(context_ != nullptr, "a digest context is available");
  Start(context_.get());
}

Sha256& Sha256::Add(std::string_view bytes) {
  ENSURE(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1, "digest update");
  return *this;
}

std::string Sha256::Bytes() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  ENSURE(EVP_DigestFinal_ex(context_.get(), bytes.data(), &size) == 1, "digest final");
  Start(context_.get());
  return std::string(bytes.begin(), bytes.begin() + size);
}

std::string Sha256::Hex() { return HexOf(Bytes()); }

std::string Sha256Hex(std::string_view bytes) { return Sha256().Add(bytes).Hex(); }

std::string HexOf(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex(bytes.size() * 2, '0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    hex[2 * i] = kDigits[byte >> 4];
    hex[2 * i + 1] = kDigits[byte & 0xF];
  }
  return hex;
}

std::string BytesOfHex(std::string_view hex) {
  ENSURE(hex.size() % 2 == 0, "hex has an even length, not {}", hex.size());
  std::string bytes(hex.size() / 2, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(DigitOf(hex[2 * i]) * 16 + DigitOf(hex[2 * i + 1]));
  }
  return bytes;
}

}  // namespace docket
