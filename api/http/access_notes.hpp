/// From a request to what the second log is told of it: names that are known, and nothing that a
/// stranger may have written.
#pragma once

#include <optional>

#include "api/auth/access.hpp"
#include "api/http/router.hpp"
#include "persistence/access/access_ledger.hpp"

namespace docket::http {

/// nullopt: not a denial. Without an account nothing but reason and address is kept.
std::optional<AccessNote> DenialOf(const Route& route, const Request& request,
                                   const Rejection& rejection);
/// A reading of one case. `operation`: method and pattern.
AccessNote ReadingNote(const Request& request, std::string operation, const StreamId& case_id,
                       const Reading& reading);

}  // namespace docket::http
