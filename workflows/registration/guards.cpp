#include "workflows/registration/guards.hpp"

#include <algorithm>
#include <set>

#include "workflows/engine/rulebook.hpp"

namespace docket::registration {

namespace {

bool InRange(const std::optional<std::int64_t>& workdays) {
  return !workdays || (*workdays >= 1 && *workdays <= kLimitWorkdaysMax);
}

}  // namespace

bool ChecklistTicked::Holds(const Submit& c, const Facts&, const Context&) {
  std::set<std::string> names;
  for (const auto& item : c.checklist) names.insert(item.name);
  return !names.empty() && names.size() == c.checklist.size();
}

bool HandlersNamed::Differ(const std::vector<ActorId>& handlers) {
  const std::set<ActorId> different(handlers.begin(), handlers.end());
  return !different.empty() && different.size() == handlers.size();
}

bool HandlersFree::Holds(const AssignHandlers& c, const Facts& facts, const Context&) {
  return std::none_of(c.handlers.begin(), c.handlers.end(), [&](const ActorId& handler) {
    return ContainsActor(facts.recused, handler) || ContainsActor(c.recused, handler);
  });
}

bool WithinCorrectionLimit::Holds(const Facts&, const Context& context) {
  const CaseClock* clock = context.clocks->Find("registration_correction");
  return clock != nullptr && clock->due_at && context.occurred_at < *clock->due_at;
}

bool FileComplete::Holds(const Accept& c, const Facts& facts, const Context&) {
  const std::set<std::string> found(c.items_found.begin(), c.items_found.end());
  return std::all_of(facts.required.begin(), facts.required.end(),
                     [&](const std::string& name) { return found.contains(name); });
}

bool LimitsInOrder::Holds(const Accept& c, const Facts& facts, const Context& context) {
  if (!InRange(c.prescribed_workdays) || !InRange(c.promised_workdays)) return false;
  if (!c.promised_workdays) return true;
  const ClockRule* rule = context.rules->InForce("registration_handle", "", facts.region,
                                                 context.occurred_at.ChinaDate());
  const std::int64_t own = rule == nullptr ? 0 : rule->period.amount;
  return *c.promised_workdays <= c.prescribed_workdays.value_or(own);
}

bool DeemedAcceptanceEnabled::Holds(const Facts& facts, const Context& context) {
  return context.rules->OptionEnabled("deemed_acceptance", facts.region);
}

}  // namespace docket::registration
