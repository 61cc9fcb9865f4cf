/// A store chosen by its URL.
#pragma once

#include <memory>
#include <string>

#include "domain/rejection.hpp"
#include "persistence/store.hpp"

namespace docket {

struct StoreOptions {
  std::string url;  ///< `sqlite:PATH` or `postgres://…`
  StoreAccess access = StoreAccess::kOwner;
  std::string owner = "docket";  ///< Shown to whoever finds the store in use.
};

/// Refused: a URL that names no store. Throws StoreError when the store is broken, or owned by
/// another process where only one may own it.
Expected<std::unique_ptr<Store>> OpenStore(const StoreOptions& options);

}  // namespace docket
