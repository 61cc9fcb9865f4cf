/// What every migration runner checks before it applies anything: pure, so that stores agree.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/embedded.hpp"

namespace docket {

/// Name of a migration that was applied, and the SHA-256 of its text.
using AppliedMigrations = std::map<std::string, std::string>;

/// The files below `folder` (`migrations/sqlite/log/`), in order of name.
std::vector<embedded::File> MigrationsBelow(std::string_view folder,
                                            const std::vector<embedded::File>& files);
/// `0001_log.sql`.
std::string NameOfMigration(const embedded::File& file);
std::string ChecksumOfMigration(const embedded::File& file);
/// Those still to be applied, in order. Throws StoreError, which names `store`, where the past
/// differs from what this program knows: an applied text has changed, or is unknown here.
std::vector<embedded::File> MissingMigrations(AppliedMigrations applied,
                                              const std::vector<embedded::File>& migrations,
                                              std::string_view store);

}  // namespace docket
