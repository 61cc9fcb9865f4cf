/// Erasures and their plans as JSON, for HTTP and the command line.
#pragma once

#include "domain/json.hpp"
#include "persistence/erasures/erasures.hpp"

namespace docket {

/// What would go, and what stands in the way; no personal data.
Json PlanJson(const ErasurePlan& plan);
Json ErasureJson(const Erasure& erasure);
Json PlanSchema();
Json ErasureSchema();

}  // namespace docket
