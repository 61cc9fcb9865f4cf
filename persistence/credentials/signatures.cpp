#include "persistence/credentials/signatures.hpp"

#include <array>
#include <optional>

#include <sodium.h>

#include "persistence/sodium.hpp"

namespace docket {

namespace {

template <std::size_t kBytes>
std::optional<std::array<unsigned char, kBytes>> BytesOfBase64(std::string_view text) {
  std::array<unsigned char, kBytes> bytes{};
  std::size_t size = 0;
  const int code = sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr,
                                     &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
  if (code != 0 || size != kBytes) return std::nullopt;
  return bytes;
}

}  // namespace

bool VerifyEd25519(std::string_view public_key, std::string_view text, std::string_view signature) {
  StartSodium();
  const auto key = BytesOfBase64<crypto_sign_PUBLICKEYBYTES>(public_key);
  const auto bytes = BytesOfBase64<crypto_sign_BYTES>(signature);
  return key && bytes &&
         crypto_sign_verify_detached(bytes->data(),
                                     reinterpret_cast<const unsigned char*>(text.data()),
                                     text.size(), key->data()) == 0;
}

}  // namespace docket
