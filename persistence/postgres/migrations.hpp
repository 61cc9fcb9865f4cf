/// Forward-only migrations of one PostgreSQL database, each applied once, in one transaction.
#pragma once

#include <string_view>
#include <vector>

#include "domain/embedded.hpp"
#include "persistence/postgres/connection.hpp"

namespace docket {

/// The migrations that ship in the binary for one kind of database: `log` or `keys`.
std::vector<embedded::File> PostgresMigrationsOf(std::string_view kind);

/// Applies what is missing, in order of name, and checks what was applied before, as the SQLite
/// runner does; several processes take turns. `connection` is a login that owns the database's
/// schema `docket`, or may create it; where nothing is missing, any login that may read it.
/// Throws StoreError.
void MigratePostgres(PostgresConnection& connection, const std::vector<embedded::File>& migrations);
/// The log's database, as its owner: what a store opened by its owner does first.
void MigratePostgres(const PostgresUrl& url);

/// Applies nothing: throws StoreError when something is missing, too.
void CheckPostgresMigrated(PostgresConnection& connection,
                           const std::vector<embedded::File>& migrations);

}  // namespace docket
