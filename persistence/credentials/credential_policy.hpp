/// The limits of credentials, with the numbers that assessors of level 3 of the graded protection
/// (GB/T 22239-2019 8.1.4.1) expect.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "persistence/credentials/password_hash.hpp"

namespace docket {

struct CredentialPolicy {
  std::int64_t password_length_min = 12;  ///< In characters: code points of Unicode.
  std::int64_t password_classes_min = 3;  ///< Of small and capital letters, digits, others.
  std::int64_t password_age_days_max = 90;
  std::int64_t password_history = 5;  ///< As many last passwords, the present one too, are refused.
  std::int64_t failed_attempts_max = 5;
  std::chrono::minutes lock_duration{30};
  std::chrono::minutes session_idle_max{30};
  std::chrono::hours session_age_max{12};
  std::chrono::hours one_time_password_age_max{72};
  bool second_factor_required = true;
  std::int64_t api_key_days_max = 365;
  std::chrono::hours api_key_overlap{24};  ///< How long a rotated key still works.
  /// Accounts that are not used for so long are disabled; nullopt: never.
  std::optional<std::int64_t> idle_account_days{};
  PasswordCost password_cost{};
};
constexpr std::int64_t kPasswordCharactersMax = 128;

}  // namespace docket
