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

constexpr std::array<std::string_view, 16> kToldToParties{
    "complaint.lodged",
    "complaint.cancelled",
    "complaint.signed_for",
    "complaint.not_accepted",
    "complaint.referred",
    "complaint.correction_requested",
    "complaint.correction_supplied",
    "complaint.accepted",
    "complaint.withdrawal_requested",
    "complaint.withdrawn",
    "complaint.withdrawal_denied",
    "complaint.decided",
    "complaint.decision_served",
    "complaint.decision_published",
    "complaint.archived",
    "complaint.reopened",
};
constexpr std::array<std::string_view, 2> kDecideRules{"tendering_decide", "procurement_decide"};
constexpr std::array<std::string_view, 3> kInternalFacts{"drafted_outcome", "recused",
                                                         "violations"};

template <std::size_t N>
bool IsAmong(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

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
  if (opened && actor.Holds(Role::kComplainant)) return Access::kParty;
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

Reveal RevealTo(Access access) {
  if (access == Access::kOpen) return [](const KeyId&) { return true; };
  if (access != Access::kParty) return {};
  return [](const KeyId& key) {
    const auto slash = key.value.rfind('/');
    return slash != std::string::npos &&
           key.value.substr(slash + 1) == NameOf(Subject::kComplainant);
  };
}

bool IsToldOf(Access access, const RecordedEvent& event, const Json& data) {
  if (access != Access::kParty) return access != Access::kNone;
  if (event.type.rfind("deadline.", 0) != 0) return IsAmong(kToldToParties, event.type);
  const auto clock = data.find("clock");
  if (clock == data.end() || !clock->is_string()) return false;
  // A clock that began anew is numbered: `procurement_decide#2`.
  const std::string_view name = clock->get_ref<const std::string&>();
  return IsAmong(kDecideRules, name.substr(0, name.find('#')));
}

Json FactsFor(Access access, Json facts) {
  if (access != Access::kParty) return facts;
  for (const std::string_view name : kInternalFacts) facts.erase(std::string(name));
  return facts;
}

Json WithoutSealedValues(const Json& value) {
  if (value.is_object() && value.contains("$sealed")) return {{"sealed", true}};
  if (!value.is_structured()) return value;
  Json out = value;
  for (auto& member : out) member = WithoutSealedValues(member);
  return out;
}

}  // namespace docket
