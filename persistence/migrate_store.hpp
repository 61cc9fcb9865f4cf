/// Brings the schema of a store, chosen by its URL, up to date.
#pragma once

#include <string>
#include <vector>

#include "persistence/open_store.hpp"

namespace docket {

/// One database of a store.
struct MigratedPart {
  std::string name;                  ///< `log`, `keys`
  std::vector<std::string> applied;  ///< Names of the migrations that were missing, in order.
};

/// Makes the log where there is none; keys are made when they are first needed. Read models are
/// left to whoever keeps them. Refused: as by OpenStore. Throws StoreError when the store
/// is owned by another process, or was migrated by a newer program.
Expected<std::vector<MigratedPart>> MigrateStore(const StoreOptions& options);

}  // namespace docket
