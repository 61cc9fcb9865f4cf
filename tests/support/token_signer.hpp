/// An issuer of tokens as a test needs one: keys, their JWKS, and tokens of any kind.
#pragma once

#include <memory>
#include <string>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "domain/ensure.hpp"
#include "domain/json.hpp"

namespace docket::testing {

inline std::string Base64Url(std::string_view bytes) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string text;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : bytes) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    for (held += 8; held >= 6; held -= 6) text += kAlphabet[(bits >> (held - 6)) & 63];
  }
  if (held > 0) text += kAlphabet[(bits << (6 - held)) & 63];
  return text;
}

class TokenSigner {
 public:
  enum class Kind : std::uint8_t { kRsa, kEc };
  TokenSigner(Kind kind, std::string id) : kind_(kind), id_(std::move(id)) {
    constexpr std::size_t kRsaBits = 2048;
    key_.reset(kind == Kind::kRsa ? EVP_RSA_gen(kRsaBits) : EVP_EC_gen("prime256v1"),
               EVP_PKEY_free);
    ENSURE(key_ != nullptr, "OpenSSL makes a key");
  }

  std::string Algorithm() const { return kind_ == Kind::kRsa ? "RS256" : "ES256"; }
  Json Jwk() const {
    Json jwk = {{"kid", id_}, {"use", "sig"}, {"alg", Algorithm()}};
    if (kind_ == Kind::kRsa) {
      jwk["kty"] = "RSA";
      jwk["n"] = Base64Url(Number(OSSL_PKEY_PARAM_RSA_N, 0));
      jwk["e"] = Base64Url(Number(OSSL_PKEY_PARAM_RSA_E, 0));
    } else {
      jwk["kty"] = "EC";
      jwk["crv"] = "P-256";
      jwk["x"] = Base64Url(Number(OSSL_PKEY_PARAM_EC_PUB_X, kCoordinate));
      jwk["y"] = Base64Url(Number(OSSL_PKEY_PARAM_EC_PUB_Y, kCoordinate));
    }
    return jwk;
  }
  std::string Jwks() const { return Json{{"keys", {Jwk()}}}.dump(); }
  Json Header() const { return {{"alg", Algorithm()}, {"kid", id_}, {"typ", "JWT"}}; }

  std::string Sign(const Json& claims) const { return Sign(Header(), claims); }
  /// Whatever the header says, the signature is this key's.
  std::string Sign(const Json& header, const Json& claims) const {
    const std::string text = Base64Url(header.dump()) + "." + Base64Url(claims.dump());
    return text + "." + Base64Url(SignatureOf(text));
  }

 private:
  static constexpr int kCoordinate = 32;

  std::string Number(const char* name, int width) const {
    BIGNUM* number = nullptr;
    ENSURE(EVP_PKEY_get_bn_param(key_.get(), name, &number) == 1, "the key has {}", name);
    std::string bytes(static_cast<std::size_t>(width > 0 ? width : BN_num_bytes(number)), '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()),
                 static_cast<int>(bytes.size()));
    BN_free(number);
    return bytes;
  }
  std::string SignatureOf(const std::string& text) const {
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    std::size_t size = 0;
    const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
    EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key_.get());
    EVP_DigestSign(context, nullptr, &size, bytes, text.size());
    std::string made(size, '\0');
    EVP_DigestSign(context, reinterpret_cast<unsigned char*>(made.data()), &size, bytes,
                   text.size());
    EVP_MD_CTX_free(context);
    made.resize(size);
    if (kind_ == Kind::kRsa) return made;
    const auto* der = reinterpret_cast<const unsigned char*>(made.data());
    ECDSA_SIG* const pair = d2i_ECDSA_SIG(nullptr, &der, static_cast<long>(made.size()));
    std::string both(2 * kCoordinate, '\0');
    auto* const to = reinterpret_cast<unsigned char*>(both.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(pair), to, kCoordinate);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair), to + kCoordinate, kCoordinate);
    ECDSA_SIG_free(pair);
    return both;
  }

  Kind kind_;
  std::string id_;
  std::shared_ptr<EVP_PKEY> key_;
};

}  // namespace docket::testing
