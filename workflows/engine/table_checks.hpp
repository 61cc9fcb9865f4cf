/// Checks of a table when it is loaded: what no single row can show.
#pragma once

#include <string>
#include <vector>

#include "workflows/engine/description.hpp"

namespace docket {

/// Every fault in words; empty when all is well. Every state is reachable from the initial one;
/// from each a terminal one can be reached; the events, states and rows that are named exist once;
/// separation of duties is satisfiable: what a row keeps apart is emitted by a row before it.
std::vector<std::string> CheckTable(const Description& description);

}  // namespace docket
