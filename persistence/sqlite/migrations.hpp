/// Forward-only migrations of one SQLite file, each applied once, in one transaction.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/embedded.hpp"
#include "persistence/sqlite/database.hpp"

namespace docket {

/// The migrations that ship in the binary for one kind of file: `log`, `keys` or `views`.
std::vector<embedded::File> MigrationsOf(std::string_view kind);

/// Applies what is missing, in order of name, and checks what was applied before: the SHA-256 of
/// each text is kept in `schema_migrations`. Throws StoreError when an applied text has changed
/// since, or when the file was migrated by a newer program; nothing is applied then. The names of
/// what was applied now.
std::vector<std::string> Migrate(Database& database, const std::vector<embedded::File>& migrations);

/// As Migrate, but applies nothing: throws StoreError when something is missing, too.
void CheckMigrated(Database& database, const std::vector<embedded::File>& migrations);

}  // namespace docket
