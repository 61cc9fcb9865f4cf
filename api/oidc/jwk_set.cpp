#include "api/oidc/jwk_set.hpp"

#include <array>

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include "api/tls/openssl.hpp"
#include "domain/ensure.hpp"
#include "domain/json.hpp"

namespace docket::oidc {

namespace {

constexpr Refusal kJwksInvalid{"jwks_invalid", "不是可用的 JWKS 公钥集",
                               "no JWKS with at least one RSA or P-256 key for signatures"};
constexpr std::size_t kModulusBytesMin = 256;
constexpr std::size_t kModulusBytesMax = 1024;
constexpr std::size_t kExponentBytesMax = 8;
constexpr std::size_t kCoordinateBytes = 32;

using openssl::Freeing;
using Number = std::unique_ptr<BIGNUM, Freeing<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freeing<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freeing<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freeing<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freeing<EVP_MD_CTX_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freeing<ECDSA_SIG_free>>;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Number NumberOf(std::string_view bytes) {
  return Number(BN_bin2bn(Bytes(bytes), static_cast<int>(bytes.size()), nullptr));
}

std::string TextOf(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

/// Empty: it is absent or no base64url.
std::string BytesOf(const Json& object, const char* name) {
  return FromBase64Url(TextOf(object, name)).value_or("");
}

/// nullptr: OpenSSL does not take it.
std::shared_ptr<EVP_PKEY> KeyFrom(const char* type, const Builder& builder) {
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  const bool made =
      parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1 &&
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) == 1;
  if (!made) return nullptr;
  std::shared_ptr<EVP_PKEY> owned(key, EVP_PKEY_free);
  const KeyContext check(EVP_PKEY_CTX_new(key, nullptr));
  return check && EVP_PKEY_public_check(check.get()) == 1 ? owned : nullptr;
}

std::shared_ptr<EVP_PKEY> RsaKeyOf(const Json& jwk) {
  const std::string modulus = BytesOf(jwk, "n");
  const std::string exponent = BytesOf(jwk, "e");
  const bool fits = modulus.size() >= kModulusBytesMin && modulus.size() <= kModulusBytesMax &&
                    !exponent.empty() && exponent.size() <= kExponentBytesMax &&
                    modulus.front() != '\0';
  if (!fits) return nullptr;
  const Number n = NumberOf(modulus);
  const Number e = NumberOf(exponent);
  const Builder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  return KeyFrom("RSA", builder);
}

std::shared_ptr<EVP_PKEY> EcKeyOf(const Json& jwk) {
  const std::string x = BytesOf(jwk, "x");
  const std::string y = BytesOf(jwk, "y");
  const bool fits =
      TextOf(jwk, "crv") == "P-256" && x.size() == kCoordinateBytes && y.size() == kCoordinateBytes;
  if (!fits) return nullptr;
  constexpr char kUncompressed = 0x04;
  const std::string point = kUncompressed + x + y;
  const Builder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                   point.size());
  return KeyFrom("EC", builder);
}

std::optional<Jwk> KeyOf(const Json& jwk) {
  if (!jwk.is_object()) return std::nullopt;
  const std::string use = TextOf(jwk, "use");
  if (!use.empty() && use != "sig") return std::nullopt;
  Jwk key;
  key.id = TextOf(jwk, "kid");
  const std::string type = TextOf(jwk, "kty");
  if (type == "RSA") {
    key.key = RsaKeyOf(jwk);
  } else if (type == "EC") {
    key.algorithm = Algorithm::kEs256;
    key.key = EcKeyOf(jwk);
  }
  const std::string wanted = TextOf(jwk, "alg");
  const bool agrees = wanted.empty() || wanted == NameOf(key.algorithm);
  if (!key.key || !agrees) return std::nullopt;
  return key;
}

/// R and S side by side, as tokens have them; empty: they are not.
std::string DerOf(std::string_view signature) {
  if (signature.size() != 2 * kCoordinateBytes) return "";
  const Signature pair(ECDSA_SIG_new());
  Number r = NumberOf(signature.substr(0, kCoordinateBytes));
  Number s = NumberOf(signature.substr(kCoordinateBytes));
  ECDSA_SIG_set0(pair.get(), r.release(), s.release());
  unsigned char* bytes = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &bytes);
  ENSURE(size > 0, "two numbers have a DER");
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

}  // namespace

std::string_view NameOf(Algorithm algorithm) {
  return algorithm == Algorithm::kRs256 ? "RS256" : "ES256";
}

std::optional<std::string> FromBase64Url(std::string_view text) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  constexpr std::uint32_t kOctet = 0xff;
  std::string bytes;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const auto value = kAlphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes += static_cast<char>((bits >> held) & kOctet);
  }
  // One text for each value: nothing is left over, and what fills up the last character is zero.
  const bool is_whole = held < 6 && (bits & ((1U << held) - 1)) == 0;
  return is_whole ? std::optional(bytes) : std::nullopt;
}

bool Jwk::Verifies(std::string_view signed_text, std::string_view signature) const {
  const std::string proof =
      algorithm == Algorithm::kEs256 ? DerOf(signature) : std::string(signature);
  if (proof.empty()) return false;
  const DigestContext context(EVP_MD_CTX_new());
  return context &&
         EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), Bytes(proof), proof.size(), Bytes(signed_text),
                          signed_text.size()) == 1;
}

Expected<std::vector<Jwk>> ParseJwks(std::string_view text) {
  const auto refuse = [] { return Refuse(RejectionKind::kInvalid, kJwksInvalid); };
  if (text.size() > kJwksBytesMax) return refuse();
  const auto json = ParseJson(text);
  if (!json || !json->is_object()) return refuse();
  const auto list = json->find("keys");
  if (list == json->end() || !list->is_array() || list->size() > kKeysMax) return refuse();
  std::vector<Jwk> keys;
  for (const auto& jwk : *list) {
    if (auto key = KeyOf(jwk)) keys.push_back(std::move(*key));
  }
  if (keys.empty()) return refuse();
  return keys;
}

}  // namespace docket::oidc
