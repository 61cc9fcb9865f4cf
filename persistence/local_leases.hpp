/// Leases among the threads of one process, where no other process may open the store.
#pragma once

#include <mutex>
#include <set>
#include <string>

#include "persistence/store.hpp"

namespace docket {

/// Thread-safe; outlives the leases that it gives. Tokens are kept in the settings, so that they
/// also grow from one process to the next.
class LocalLeases : public Leases {
 public:
  /// `settings` outlives the leases.
  explicit LocalLeases(StoreSettings& settings) : settings_(settings) {}
  std::unique_ptr<Lease> TryTake(std::string_view name) override;

 private:
  class Held;

  StoreSettings& settings_;
  std::mutex mutex_;  ///< Guards held_.
  std::set<std::string> held_;
};

}  // namespace docket
