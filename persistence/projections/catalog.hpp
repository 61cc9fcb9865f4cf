/// All read models, by name. A new one adds its line in catalog.cpp.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "persistence/projections/projection.hpp"

namespace docket {

std::vector<std::string_view> ReadModelNames();
/// nullptr when there is none of that name. `log` outlives it. `remembered_max` bounds what it
/// keeps of streams in memory.
std::unique_ptr<Projection> MakeReadModel(std::string_view name, const EventLog& log,
                                          std::size_t remembered_max);

}  // namespace docket
