#include "persistence/keys/wrapping.hpp"

#include <fmt/format.h>
#include <sodium.h>

namespace docket::wrapping {

std::optional<Wrapped> Parse(std::string_view stored) {
  for (const auto version : {kByFile, kByToken}) {
    if (!stored.starts_with(version) || !stored.substr(version.size()).starts_with(':')) continue;
    const auto rest = stored.substr(version.size() + 1);
    const auto end = std::min(rest.find(':'), rest.size());
    return Wrapped{version, rest.substr(0, end), rest.substr(std::min(end + 1, rest.size()))};
  }
  return std::nullopt;
}

std::string Format(const Wrapped& wrapped) {
  return fmt::format("{}:{}:{}", wrapped.version, wrapped.kek, wrapped.box);
}

std::string HexOf(const SecretKey& secret) {
  std::string hex(kSecretDigits + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), secret.data(), SecretKey::kBytes);
  hex.pop_back();
  return hex;
}

std::optional<SecretKey> SecretOf(std::string_view hex) {
  SecretKey secret;
  std::size_t size = 0;
  const int code = sodium_hex2bin(secret.data(), SecretKey::kBytes, hex.data(), hex.size(), nullptr,
                                  &size, nullptr);
  if (code != 0 || size != SecretKey::kBytes || hex.size() != kSecretDigits) return std::nullopt;
  return secret;
}

std::string Base64Of(std::string_view bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return text;
}

std::optional<std::string> BytesOfBase64(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  const int code =
      sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
  if (code != 0) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

}  // namespace docket::wrapping
