/// Which key store belongs to which log.
///
/// Both hold the same random id. Without this a key store that was forgotten when a log was moved
/// or restored would silently begin anew, with every personal text unreadable.
#pragma once

#include "persistence/sqlite/sqlite_store.hpp"

namespace docket {

/// Call before the store's keys are opened. Throws StoreError when the log holds commands and its
/// key store is missing (unless accepted), or is that of another log. A log in which nobody has
/// acted yet takes whatever key store lies beside it, and creates one where there is none.
void BindKeys(SqliteStore& store, LostKeys lost = LostKeys::kRefuse);

}  // namespace docket
