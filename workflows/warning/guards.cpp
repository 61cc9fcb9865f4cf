#include "workflows/warning/guards.hpp"

#include <algorithm>
#include <array>

namespace docket::warning {

namespace {

/// 招标人和代理机构、交易中心、交易平台及其运行机构.
bool CanBeWarned(const Actor& actor) {
  constexpr std::array kRoles{Role::kTenderer, Role::kTradingCentre, Role::kDataProvider,
                              Role::kPlatformOperator};
  return std::any_of(kRoles.begin(), kRoles.end(), [&](Role role) { return actor.Holds(role); });
}

}  // namespace

bool AssignedToCompetentUnit::Holds(const Assign& c, const Facts& facts, const Context& context) {
  if (IsOfDepartment(context.role)) return !c.unit || *c.unit == context.unit;
  if (!c.unit) return false;
  if (context.directory == nullptr) return true;
  const auto unit = context.directory->FindUnit(*c.unit);
  if (!unit) return false;
  Context theirs = context;
  theirs.unit_region = unit->region;
  theirs.unit_industries = unit->industries;
  return IsCompetent(facts.region, facts.industry, theirs);
}

bool HandlersNotRecused::Holds(const AppointHandlers& c, const Facts& facts, const Context&) {
  return std::none_of(c.handlers.begin(), c.handlers.end(), [&](const ActorId& handler) {
    return ContainsActor(facts.recused, handler);
  });
}

bool AddresseeAnswers::Holds(const Issue& c, const Facts&, const Context& context) {
  if (context.directory == nullptr) return true;
  if (c.addressee && !context.directory->FindUnit(*c.addressee)) return false;
  if (!c.account) return true;
  const auto actor = context.directory->FindActor(*c.account);
  return actor && CanBeWarned(*actor) && (!c.addressee || actor->unit == *c.addressee);
}

}  // namespace docket::warning
