#include "workflows/engine/department_guards.hpp"

#include <algorithm>
#include <set>

namespace docket {

bool IsOfDepartment(Role role) {
  return role == Role::kIntake || role == Role::kHandler || role == Role::kLegalReviewer ||
         role == Role::kHead;
}

bool ContainsActor(const std::vector<ActorId>& actors, const ActorId& actor) {
  return std::find(actors.begin(), actors.end(), actor) != actors.end();
}

bool AreHandlersOfUnit(const std::vector<ActorId>& handlers, const Context& context) {
  if (context.directory == nullptr) return true;
  return std::all_of(handlers.begin(), handlers.end(), [&](const ActorId& id) {
    const auto actor = context.directory->FindActor(id);
    return actor && actor->unit == context.unit && actor->Holds(Role::kHandler);
  });
}

bool IsCompetent(const RegionCode& region, const std::optional<Industry>& industry,
                 const Context& context) {
  const auto& trades = context.unit_industries;
  const bool place = region.empty() || context.unit_region.Covers(region);
  const bool trade =
      !industry || std::find(trades.begin(), trades.end(), *industry) != trades.end();
  return place && trade;
}

bool AreTwoAtLeast(const std::vector<ActorId>& handlers) {
  const std::set<ActorId> different(handlers.begin(), handlers.end());
  return different.size() >= 2 && different.size() == handlers.size();
}

}  // namespace docket
