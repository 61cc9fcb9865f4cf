#include "persistence/credentials/password_hash.hpp"

#include <charconv>
#include <new>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <sodium.h>

#include "domain/ensure.hpp"
#include "domain/evidence/sha256.hpp"
#include "persistence/credentials/secrets.hpp"
#include "persistence/sodium.hpp"

namespace docket {

namespace {

/// `$pbkdf2-sm3$<iterations>$<salt, hex>$<key, hex>`
constexpr std::string_view kSm3Mark = "$pbkdf2-sm3$";
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kKeyBytes = 32;

std::string Sm3Key(std::string_view password, std::string_view salt, std::uint32_t iterations) {
  std::array<unsigned char, kKeyBytes> key{};
  const int made = PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()),
                                     reinterpret_cast<const unsigned char*>(salt.data()),
                                     static_cast<int>(salt.size()), static_cast<int>(iterations),
                                     EVP_sm3(), static_cast<int>(key.size()), key.data());
  ENSURE(made == 1, "OpenSSL has SM3");
  std::string hex = HexOf({reinterpret_cast<const char*>(key.data()), key.size()});
  sodium_memzero(key.data(), key.size());
  return hex;
}

std::string HashBySm3(std::string_view password, std::uint32_t iterations) {
  std::array<char, kSaltBytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  const std::string salt = HexOf({bytes.data(), bytes.size()});
  return fmt::format("{}{}${}${}", kSm3Mark, iterations, salt, Sm3Key(password, salt, iterations));
}

struct Sm3Hash {
  std::uint32_t iterations = 0;
  std::string_view salt;
  std::string_view key;
};

/// nullopt: made in another way.
std::optional<Sm3Hash> Sm3HashOf(std::string_view text) {
  if (!text.starts_with(kSm3Mark)) return std::nullopt;
  text.remove_prefix(kSm3Mark.size());
  const auto first = text.find('$');
  const auto last = text.rfind('$');
  if (first == std::string_view::npos || first == last) return std::nullopt;
  Sm3Hash hash{.salt = text.substr(first + 1, last - first - 1), .key = text.substr(last + 1)};
  std::from_chars(text.data(), text.data() + first, hash.iterations);
  return hash;
}

std::string HashByArgon2id(std::string_view password, const PasswordCost& cost) {
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  const int code = crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), cost.passes,
                                         cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
  if (code != 0) throw std::bad_alloc();
  hash.resize(hash.find('\0'));
  return hash;
}

}  // namespace

std::string HashPassword(std::string_view password, const PasswordCost& cost) {
  StartSodium();
  if (cost.kdf == PasswordKdf::kSm3) return HashBySm3(password, cost.iterations);
  return HashByArgon2id(password, cost);
}

bool VerifyPassword(const std::string& hash, std::string_view password) {
  StartSodium();
  if (const auto sm3 = Sm3HashOf(hash)) {
    return EqualInConstantTime(sm3->key, Sm3Key(password, sm3->salt, sm3->iterations));
  }
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool NeedsRehash(const std::string& hash, const PasswordCost& cost) {
  const auto sm3 = Sm3HashOf(hash);
  if (cost.kdf == PasswordKdf::kSm3) return !sm3 || sm3->iterations != cost.iterations;
  return sm3 || crypto_pwhash_str_needs_rehash(hash.c_str(), cost.passes, cost.memory_bytes) != 0;
}

}  // namespace docket
