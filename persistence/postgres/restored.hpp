/// An operator's word that a PostgreSQL database was restored.
#pragma once

#include "persistence/postgres/postgres_url.hpp"
#include "persistence/restored_log.hpp"

namespace docket {

/// Begins a new epoch in both logs, whatever the database looks like: one that was copied back with
/// its server's files and without a new timeline cannot be told from the original. The result is
/// that of the log of cases. `url` is a login that may write. Processes that are connected go on,
/// under the new epoch. Throws StoreError.
RestoredLog DeclareRestored(const PostgresUrl& url);

}  // namespace docket
