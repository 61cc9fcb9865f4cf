/// A case of a workflow in each of its states, made of the repository's own sample events: what is
/// under workflows/<name>/history, put together as the table says. A workflow that is added is
/// walked like the others.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "workflows/engine/workflow.hpp"

namespace docket::testing {

/// Events in order, with their data clear; ids, region and what the log adds are left to others.
using SampleHistory = std::vector<NewEvent>;

/// Per state, the shortest history that reaches it; the initial state has none. `actor_of` gives
/// the account that acts in a role. A state that no samples reach is missing.
std::map<std::string, SampleHistory> SampleHistories(const Workflow& workflow,
                                                     const std::function<Actor(Role)>& actor_of);

}  // namespace docket::testing
