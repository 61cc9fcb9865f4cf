#include "workflows/rectification/guards.hpp"

#include <algorithm>

namespace docket::rectification {

namespace {

/// What of a case says whose it is.
struct Matter {
  Issuer issuer;
  const RegionCode& region;
  const std::optional<Industry>& industry;
};

bool IsIssuer(const Matter& matter, const Context& context) {
  if (matter.issuer == Issuer::kDepartment) {
    return IsOfDepartment(context.role) && IsCompetent(matter.region, matter.industry, context);
  }
  const bool level_fits =
      matter.issuer == Issuer::kResourceOffice || LevelOf(context.unit_region) == Level::kProvince;
  return context.role == Role::kResourceOffice && level_fits &&
         context.unit_region.Covers(matter.region);
}

bool Names(const HandlePersons& c, Responsibility capacity) {
  return std::any_of(c.persons.begin(), c.persons.end(),
                     [&](const auto& person) { return person.capacity == capacity; });
}

}  // namespace

bool DraftedForOwnUnit::Holds(const Draft& c, const Facts&, const Context& context) {
  return context.role == Role::kProcessManager ||
         IsIssuer({c.issuer, c.region, c.industry}, context);
}

bool AddresseeNamed::Holds(const Draft& c, const Facts&, const Context&) {
  const bool by_unit = c.addressee_kind != AddresseeKind::kMarketParty;
  return by_unit ? c.addressee.has_value() && !c.party && !c.account
                 : c.party.has_value() && !c.addressee;
}

bool ByIssuer::Holds(const Facts& facts, const Context& context) {
  return (facts.unit.empty() || facts.unit == context.unit) &&
         IsIssuer({facts.issuer, facts.region, facts.industry}, context);
}

bool ByAddressee::Holds(const Facts& facts, const Context& context) {
  if (facts.account) return context.actor == *facts.account;
  return context.unit == facts.addressee.value_or(facts.unit);
}

bool CriticismFits::Holds(const Order& c, const Facts& facts, const Context&) {
  const auto* line = FindCompetence(facts.issuer, facts.addressee_kind, facts.breach);
  const bool is_due = line != nullptr && line->criticism_with_order && facts.orders == 0;
  return is_due ? c.criticism && !c.criticism->recipients.empty() : !c.criticism;
}

bool GroundFits::Holds(const FindRefusal& c, const Facts& facts, const Context& context) {
  const bool has_failed = facts.state == Failed::kName;
  switch (c.ground) {
    case RefusalGround::kLapsed:
      return !has_failed && context.occurred_at.ChinaDate() > *facts.due_on;
    case RefusalGround::kDeclared: return true;
    case RefusalGround::kStillFailing: return has_failed;
  }
  return false;
}

bool BothCapacitiesNamed::Holds(const HandlePersons& c, const Facts&, const Context&) {
  return Names(c, Responsibility::kInCharge) && Names(c, Responsibility::kDirectlyResponsible);
}

bool MeasureForeseen::Holds(const ImposeMeasure& c, const Facts& facts, const Context&) {
  const bool by_inspection = facts.breach == Breach::kInspectionResult;
  const bool by_evaluation = facts.breach == Breach::kEvaluationResult;
  switch (c.measure) {
    case Measure::kCircular:
    case Measure::kInterview: return by_inspection;
    case Measure::kTradeRestriction: return by_inspection || by_evaluation;
    case Measure::kServiceCancellation: return by_evaluation;
    case Measure::kRectification: return false;
  }
  return false;
}

bool EvaluatedBefore::Holds(const ImposeMeasure& c, const Facts& facts, const Context&) {
  return c.measure != Measure::kServiceCancellation ||
         (facts.source && facts.source->value.starts_with("evaluation-"));
}

}  // namespace docket::rectification
