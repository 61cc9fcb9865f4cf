/// Passwords as they are kept: hashed by Argon2id (RFC 9106) or, where national algorithms are
/// wanted (国密), by PBKDF2 with HMAC-SM3. The stored text names its own way, salt and cost.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace docket {

enum class PasswordKdf : std::uint8_t { kArgon2id, kSm3 };

/// What one guess costs. Argon2id: defaults of libsodium for logins, 64 MiB, two passes. SM3: as
/// many iterations as take about half a second; it needs no memory, so guessing it on special
/// hardware is cheaper all the same.
struct PasswordCost {
  PasswordKdf kdf = PasswordKdf::kArgon2id;
  std::uint64_t passes = 2;
  std::size_t memory_bytes = 64UL * 1024 * 1024;
  std::uint32_t iterations = 600'000;  ///< Of SM3.
};

/// Throws std::bad_alloc when the memory cannot be had.
std::string HashPassword(std::string_view password, const PasswordCost& cost);
/// In constant time for one cost.
bool VerifyPassword(const std::string& hash, std::string_view password);
/// The hash was made in another way, or at another cost.
bool NeedsRehash(const std::string& hash, const PasswordCost& cost);

}  // namespace docket
