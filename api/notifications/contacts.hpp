/// Where the holder of an account is reached: personal data, sealed in the account's case, opened
/// at the moment of sending and kept nowhere else.
#pragma once

#include <string>

#include "api/auth/account_directory.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket {

struct Contact {
  std::string phone;  ///< Empty: none was given, or it was erased.
  std::string email;  ///< The same.
};

/// Accounts of the office file have none.
Contact ContactOf(const CaseEngine& engine, const AccountDirectory& accounts,
                  const ActorId& account);

}  // namespace docket
