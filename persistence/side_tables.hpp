/// Small tables beside the log that the program may change: subscriptions, deliveries.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "persistence/projections/schema.hpp"

namespace docket {

/// SQL is one text for every store, `?` for parameters; each statement is a transaction of its own,
/// durable when it returns. Tables are made by the migrations of the log. Thread-safe. Failure:
/// StoreError; a statement that changes may or may not have been done then.
class SideTables {
 public:
  virtual ~SideTables() = default;
  virtual std::vector<ViewRow> Query(std::string_view sql, const ViewRow& parameters = {}) = 0;
  /// The number of rows that were changed.
  virtual std::int64_t Run(std::string_view sql, const ViewRow& parameters = {}) = 0;
};

}  // namespace docket
