#include "workflows/security_duty/guards.hpp"

#include <algorithm>

#include "workflows/security_duty/events.hpp"

namespace docket::security_duty {

namespace {

const Performance* FindPerformance(const Facts& facts, std::int64_t number) {
  const auto found =
      std::find_if(facts.performances.begin(), facts.performances.end(),
                   [&](const Performance& performance) { return performance.number == number; });
  return found == facts.performances.end() ? nullptr : &*found;
}

}  // namespace

bool UnitOfMatter::Holds(const Facts& facts, const Context& context) {
  if (facts.unit.empty() || context.role == Role::kClock) return true;
  if (context.role == Role::kResourceOffice) return context.unit_region.Covers(facts.region);
  if (context.role == Role::kSecurityManager && !facts.managed_by.empty()) {
    return context.unit == facts.managed_by;
  }
  return context.unit == facts.unit;
}

bool RuleKnown::Holds(const Establish& c, const Facts&, const Context& context) {
  return FirstPeriod(c.kind, c.region, c.first_due_on, context).has_value();
}

bool RuleKnown::Holds(const Resume& c, const Facts& facts, const Context& context) {
  return FirstPeriod(*facts.duty, facts.region, c.first_due_on, context).has_value();
}

bool PeriodKnown::Holds(const Perform& c, const Facts& facts, const Context&) {
  return c.due_on == facts.due_on ||
         std::find(facts.missed.begin(), facts.missed.end(), c.due_on) != facts.missed.end();
}

bool PeriodHasBegun::Holds(const Perform& c, const Facts& facts, const Context& context) {
  return c.due_on != facts.due_on || context.occurred_at.ChinaDate() >= *facts.begins_on;
}

bool PerformanceKnown::Holds(const Confirm& c, const Facts& facts, const Context&) {
  return FindPerformance(facts, c.number) != nullptr;
}

bool NotConfirmedYet::Holds(const Confirm& c, const Facts& facts, const Context&) {
  const Performance* performance = FindPerformance(facts, c.number);
  return performance == nullptr || !performance->confirmed;
}

bool VersionNew::Holds(const ReviseDocument& c, const Facts& facts, const Context&) {
  return std::find(facts.versions.begin(), facts.versions.end(), c.version) == facts.versions.end();
}

}  // namespace docket::security_duty
