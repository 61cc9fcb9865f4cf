#include "workflows/supervision/guards.hpp"

#include <algorithm>

#include "workflows/engine/rulebook.hpp"

namespace docket::supervision {

namespace {

/// True when the unit lies in the acting unit's division, and below it where `lower` asks so.
bool IsInDivision(const UnitId& id, bool lower, const Context& context) {
  if (context.directory == nullptr) return true;
  const auto unit = context.directory->FindUnit(id);
  return unit && context.unit_region.Covers(unit->region) &&
         (!lower || unit->region != context.unit_region);
}

}  // namespace

bool IsItemCode(const std::string& code) {
  return std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

bool KindFitsIssuer::Holds(const Issue& c, const Facts&, const Context& context) {
  switch (context.role) {
    case Role::kProcessManager: return true;
    case Role::kDiscipline: return c.kind == ItemKind::kInspection;
    case Role::kAudit:
      return c.kind == ItemKind::kSupervision || c.kind == ItemKind::kAccountability;
    default: return c.kind != ItemKind::kAccountability;
  }
}

bool AddresseeWithinReach::Holds(const Issue& c, const Facts&, const Context& context) {
  if (context.role == Role::kProcessManager) {
    return context.directory == nullptr || context.directory->FindUnit(c.addressee).has_value();
  }
  return IsInDivision(c.addressee, context.role == Role::kHead, context);
}

bool ForwardedBelow::Holds(const Forward& c, const Facts&, const Context& context) {
  return IsInDivision(c.addressee, true, context);
}

bool ForwardingAwaited::IsAwaited(const Facts& facts, const std::string& code) {
  return std::any_of(facts.forwardings.begin(), facts.forwardings.end(),
                     [&](const Forwarding& one) { return one.code == code && !one.outcome; });
}

bool DueSoonOrOverdue::Holds(const Facts&, const Context& context) {
  const CaseClock* clock = context.clocks->Find(kLimitClock);
  if (clock == nullptr || !clock->due_date) return false;
  const ClockRule* rule = context.rules->Find(clock->rule, clock->edition);
  if (rule == nullptr || rule->reminders.empty()) return false;
  const auto left = RemainingOn(context.occurred_at.ChinaDate(), *clock->due_date,
                                clock->period.unit, *context.calendar);
  return left <= rule->reminders.front();
}

bool ChildrenEnded::Holds(const Facts& facts, const Context&) {
  return std::all_of(facts.forwardings.begin(), facts.forwardings.end(),
                     [](const Forwarding& one) { return one.outcome.has_value(); });
}

}  // namespace docket::supervision
