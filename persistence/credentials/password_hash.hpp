/// Passwords as they are kept: Argon2id (RFC 9106), salt and parameters inside the stored text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace docket {

/// What one guess costs. Defaults of libsodium for logins: 64 MiB, two passes.
struct PasswordCost {
  std::uint64_t passes = 2;
  std::size_t memory_bytes = 64UL * 1024 * 1024;
};

/// Throws std::bad_alloc when the memory cannot be had.
std::string HashPassword(std::string_view password, const PasswordCost& cost);
/// In constant time for one cost.
bool VerifyPassword(const std::string& hash, std::string_view password);
/// The hash was made at another cost.
bool NeedsRehash(const std::string& hash, const PasswordCost& cost);

}  // namespace docket
