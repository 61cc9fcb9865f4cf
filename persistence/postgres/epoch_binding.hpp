/// Which incarnation of history a PostgreSQL database holds.
///
/// A log's epoch is bound to the server, its timeline and the database. Where they differ from what
/// is stored, a dump was restored elsewhere, a database copied, or a replica promoted that may have
/// lacked the last commits: a new epoch is minted which says from where on history may have forked.
#pragma once

#include <map>

#include "persistence/postgres/connection.hpp"

namespace docket {

/// The furthest head of each log that was confirmed to this process.
using SeenHeads = std::map<LogId, Head>;

/// Call after every connect of whoever is about to append. Mints where needed, also when a log ends
/// before what was `seen`; of several processes that find the same, one mints. Throws
/// ConnectionLost when the server is a standby: it may be promoted any moment.
void BindEpochs(PostgresConnection& connection, const SeenHeads& seen);

}  // namespace docket
