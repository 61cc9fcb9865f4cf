/// The record of a reading by the command line, which no server sees.
#pragma once

#include <optional>
#include <string>

#include "persistence/access/access_ledger.hpp"

namespace docket {

/// Writes it to the second log of the store before the reading is shown. Why it could not be;
/// nullopt: it is on the disk. An embedded store that another process owns, or that was copied here
/// (whose owner would begin a new epoch), and one that may only be read, are left as they are.
std::optional<std::string> RecordOffline(const std::string& store_url, const AccessNote& note);

}  // namespace docket
