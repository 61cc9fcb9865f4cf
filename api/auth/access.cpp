#include "api/auth/access.hpp"

#include <algorithm>

namespace docket {

namespace {

template <std::size_t N>
bool HoldsAny(const Actor& actor, const std::array<Role, N>& roles) {
  return std::any_of(roles.begin(), roles.end(), [&](Role role) { return actor.Holds(role); });
}

constexpr std::array kCaseworkRoles{Role::kIntake, Role::kHandler, Role::kLegalReviewer,
                                    Role::kHead};
constexpr std::array kOversightRoles{Role::kResourceOffice, Role::kAudit, Role::kDiscipline};

bool IsCompetent(const Unit& unit, const CaseScope& scope) {
  if (!unit.region.Covers(scope.region) || !scope.industry) return false;
  const auto& industries = unit.industries;
  return std::find(industries.begin(), industries.end(), *scope.industry) != industries.end();
}

/// The unit that works the case. Until one has signed for it that is whoever is competent in the
/// case's own division: it has to read what it is asked to sign for.
bool IsCaseUnit(const Unit& unit, const CaseScope& scope) {
  if (!scope.unit.empty()) return unit.id == scope.unit;
  return unit.region == scope.region && IsCompetent(unit, scope);
}

}  // namespace

CaseScope ScopeOf(const CaseSummary& summary, const ActorId& opened_by) {
  return {summary.region, summary.industry, summary.unit, opened_by};
}

Access AccessTo(const CaseScope& scope, const Asker& reader) {
  const Actor& actor = reader.actor;
  const bool opened = !scope.opened_by.empty() && actor.id == scope.opened_by;
  const bool own_unit = actor.unit == reader.unit.id && IsCaseUnit(reader.unit, scope);
  const bool casework = HoldsAny(actor, kCaseworkRoles);

  if (own_unit && casework) return Access::kOpen;
  if (opened && actor.Holds(Role::kComplainant)) return Access::kOpen;
  if (opened || (own_unit && !IsPortalOnly(actor))) return Access::kSealed;
  if ((casework || actor.Holds(Role::kRecordKeeper)) && IsCompetent(reader.unit, scope)) {
    return Access::kSealed;
  }
  if (HoldsAny(actor, kOversightRoles) && reader.unit.region.Covers(scope.region)) {
    return Access::kSealed;
  }
  return Access::kNone;
}

bool MayAct(const CaseScope& scope, const Actor& actor) {
  return !IsPortalOnly(actor) || actor.id == scope.opened_by;
}

bool IsPortalOnly(const Actor& actor) {
  return std::all_of(actor.roles.begin(), actor.roles.end(), [](Role role) {
    return role == Role::kComplainant || role == Role::kRespondent;
  });
}

Json WithoutSealedValues(const Json& value) {
  if (value.is_object() && value.contains("$sealed")) return {{"sealed", true}};
  if (!value.is_structured()) return value;
  Json out = value;
  for (auto& member : out) member = WithoutSealedValues(member);
  return out;
}

}  // namespace docket
