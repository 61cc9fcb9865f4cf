#include "persistence/credentials/password_hash.hpp"

#include <new>

#include <sodium.h>

#include "persistence/sodium.hpp"

namespace docket {

std::string HashPassword(std::string_view password, const PasswordCost& cost) {
  StartSodium();
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  const int code = crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), cost.passes,
                                         cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
  if (code != 0) throw std::bad_alloc();
  hash.resize(hash.find('\0'));
  return hash;
}

bool VerifyPassword(const std::string& hash, std::string_view password) {
  StartSodium();
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool NeedsRehash(const std::string& hash, const PasswordCost& cost) {
  return crypto_pwhash_str_needs_rehash(hash.c_str(), cost.passes, cost.memory_bytes) != 0;
}

}  // namespace docket
