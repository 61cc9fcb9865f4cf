/// Instrumentation of a decision for the coverage gate and the mutation run. Absent in production.
#pragma once

#include <string>

namespace docket {

/// `masked_row` switches a row off; `masked_guard` (row key and refusal code, or `standing` and
/// the code) lets a guard pass. The decision writes down the row that it selected, and the code
/// with which that row refused. One probe serves one thread.
struct Probe {
  std::string masked_row;
  std::string masked_guard;
  std::string row;
  std::string refused;
};

}  // namespace docket
