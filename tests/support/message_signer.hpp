/// A trading system's signing key, as a test needs one: Ed25519 by another library than the one
/// that verifies.
#pragma once

#include <memory>
#include <string>

#include <openssl/evp.h>

#include "domain/ensure.hpp"
#include "domain/json.hpp"

namespace docket::testing {

class MessageSigner {
 public:
  MessageSigner() : key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free) {
    ENSURE(key_ != nullptr, "OpenSSL makes a key");
  }

  std::string PublicKey() const {
    std::string bytes(kKeyBytes, '\0');
    std::size_t size = bytes.size();
    ENSURE(EVP_PKEY_get_raw_public_key(key_.get(), Data(bytes), &size) == 1, "the key is read");
    return Base64(bytes);
  }
  /// Of a message without its signature, which it gets.
  Json Signed(Json message, const std::string& key = "k1") const {
    message.erase("signature");
    const std::string text = CanonicalJson(message);
    std::string signature(kSignatureBytes, '\0');
    std::size_t size = signature.size();
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    EVP_DigestSignInit(context, nullptr, nullptr, nullptr, key_.get());
    const int made =
        EVP_DigestSign(context, Data(signature), &size,
                       reinterpret_cast<const unsigned char*>(text.data()), text.size());
    EVP_MD_CTX_free(context);
    ENSURE(made == 1, "OpenSSL signs");
    message["signature"] = {{"key", key}, {"value", Base64(signature)}};
    return message;
  }

 private:
  static constexpr std::size_t kKeyBytes = 32;
  static constexpr std::size_t kSignatureBytes = 64;

  static unsigned char* Data(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
  }
  static std::string Base64(std::string bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int size = EVP_EncodeBlock(Data(text), Data(bytes), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
  }

  std::shared_ptr<EVP_PKEY> key_;
};

}  // namespace docket::testing
