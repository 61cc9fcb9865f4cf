#include "persistence/migration_check.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "domain/event_log.hpp"
#include "domain/evidence/leaf.hpp"

namespace docket {

std::vector<embedded::File> MigrationsBelow(std::string_view folder,
                                            const std::vector<embedded::File>& files) {
  std::vector<embedded::File> found;
  for (const auto& file : files) {
    if (file.path.substr(0, folder.size()) == folder) found.push_back(file);
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return found;
}

std::string NameOfMigration(const embedded::File& file) {
  return std::string(file.path.substr(file.path.rfind('/') + 1));
}

std::string ChecksumOfMigration(const embedded::File& file) { return Sha256Hex(file.text); }

std::vector<embedded::File> MissingMigrations(AppliedMigrations applied,
                                              const std::vector<embedded::File>& migrations,
                                              std::string_view store) {
  std::vector<embedded::File> missing;
  for (const auto& file : migrations) {
    const auto found = applied.find(NameOfMigration(file));
    if (found == applied.end()) {
      missing.push_back(file);
      continue;
    }
    if (found->second != ChecksumOfMigration(file)) {
      throw StoreError(
          fmt::format("{}: migration {} was applied with another text; a migration "
                      "is never changed once it has run",
                      store, found->first));
    }
    applied.erase(found);
  }
  if (!applied.empty()) {
    throw StoreError(
        fmt::format("{}: migrated by a newer version of this program ({} is unknown "
                    "here); use that version",
                    store, applied.begin()->first));
  }
  return missing;
}

}  // namespace docket
