#include "api/auth/access.hpp"

#include <algorithm>

#include "persistence/erasures/erasure_events.hpp"
#include "workflows/account/guards.hpp"
#include "workflows/engine/refusals.hpp"

namespace docket {

namespace {

template <std::size_t N>
std::optional<Role> HeldOf(const Actor& actor, const std::array<Role, N>& roles) {
  for (const Role role : roles) {
    if (actor.Holds(role)) return role;
  }
  return std::nullopt;
}

/// Those who work the cases of their unit in which the table gives them acts, without being
/// assigned to them one by one.
constexpr std::array kDeskRoles{Role::kIntake,
                                Role::kLegalReviewer,
                                Role::kHead,
                                Role::kUnitAdministrator,
                                Role::kDataProvider,
                                Role::kTradingCentre,
                                Role::kPlatformOperator,
                                Role::kSecurityManager,
                                Role::kResourceOffice,
                                Role::kAudit,
                                Role::kDiscipline};
/// Those who read the cases of every unit below them that is competent for the same.
constexpr std::array kDepartmentRoles{Role::kIntake, Role::kHandler, Role::kLegalReviewer,
                                      Role::kHead, Role::kRecordKeeper};
constexpr std::array kOversightRoles{Role::kResourceOffice, Role::kAudit, Role::kDiscipline};
/// Offices that are competent by region, for cases in whose table they have acts.
constexpr std::array kRegionalRoles{Role::kResourceOffice, Role::kAudit, Role::kDiscipline,
                                    Role::kTradingCentre, Role::kPlatformOperator};

constexpr std::array<std::string_view, 17> kToldToParties{
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
    personal::Erased::kType,
};
constexpr std::array<std::string_view, 2> kDecideRules{"tendering_decide", "procurement_decide"};
constexpr std::array<std::string_view, 6> kInternalFacts{
    "drafted_outcome", "recused", "violations", "accounts", "before_withdrawal", "is_restricted"};

/// What a party is shown of a case of any other workflow: what it is, and how far it has come.
constexpr std::array<std::string_view, 14> kFactsForParties{
    "state", "kind",    "type",        "region",      "industry",     "project",      "section",
    "stage", "outcome", "received_on", "accepted_on", "project_name", "submitted_at", "due_on"};

template <class List, class Item>
bool IsAmong(const List& list, const Item& item) {
  return std::find(std::begin(list), std::end(list), item) != std::end(list);
}

bool Covers(const Scope& scope, const CaseOutline& outline) {
  const bool industry = scope.industries.empty() ||
                        (outline.industry && IsAmong(scope.industries, *outline.industry));
  const bool level = scope.levels.empty() || IsAmong(scope.levels, LevelOf(outline.region));
  const bool workflow = scope.workflows.empty() || IsAmong(scope.workflows, outline.table->name);
  return scope.region.Covers(outline.region) && industry && level && workflow;
}

bool IsInForce(const Scope& scope, Date today) {
  return (!scope.from || *scope.from <= today) && (!scope.until || today <= *scope.until);
}

template <class Suits>
bool HasGrant(const Reader& reader, const Suits& suits) {
  const auto& scopes = reader.actor.scopes;
  return std::any_of(scopes.begin(), scopes.end(), [&](const Scope& scope) {
    return IsInForce(scope, reader.today) && suits(scope);
  });
}

/// Without grants nothing is outside of them.
bool IsWithinGrants(const CaseOutline& outline, const Reader& reader) {
  return reader.actor.scopes.empty() ||
         HasGrant(reader, [&](const Scope& scope) { return Covers(scope, outline); });
}

bool IsClearedFor(const CaseOutline& outline, const Reader& reader) {
  const bool is_named = outline.readers && IsAmong(*outline.readers, reader.actor.id);
  return outline.confidentiality == Confidentiality::kOrdinary || is_named ||
         HasGrant(reader,
                  [&](const Scope& scope) { return scope.restricted && Covers(scope, outline); });
}

bool IsCompetent(const Unit& unit, const CaseOutline& outline) {
  return unit.region.Covers(outline.region) && outline.industry &&
         IsAmong(unit.industries, *outline.industry);
}

/// By grant, else by the unit's region and industries.
bool IsCompetent(const CaseOutline& outline, const Reader& reader) {
  return !reader.actor.scopes.empty() || IsCompetent(reader.unit, outline);
}
bool IsOfRegion(const CaseOutline& outline, const Reader& reader) {
  return !reader.actor.scopes.empty() || reader.unit.region.Covers(outline.region);
}

/// Of the case's unit, and not among those who were named as its readers.
bool IsShutOut(const CaseOutline& outline, const Actor& actor) {
  const bool is_theirs = actor.unit == outline.unit || IsAmong(outline.concerned, actor.unit);
  return outline.readers && is_theirs && !actor.Holds(Role::kHead) &&
         !IsAmong(*outline.readers, actor.id);
}

/// The unit that works the case, or another that acts in it. Until one has signed for it that is
/// whoever is competent in the case's own division: it has to read what it is asked to sign for.
bool IsOfCaseUnit(const CaseOutline& outline, const Reader& reader) {
  const Unit& unit = reader.unit;
  if (reader.actor.unit != unit.id || IsShutOut(outline, reader.actor)) return false;
  if (IsAmong(outline.concerned, unit.id)) return true;
  if (!outline.unit.empty()) return unit.id == outline.unit;
  return unit.region == outline.region && IsCompetent(unit, outline);
}

/// What people do with their own account is given to every role, and says nothing of an office.
bool IsOwnAffair(const RowText& row) {
  return std::any_of(row.guards.begin(), row.guards.end(), [](const Refusal& guard) {
    return guard.code == account::ByHolder::kRefusal.code;
  });
}

bool IsNamedByTable(const Description& table, Role role) {
  return std::any_of(table.rows.begin(), table.rows.end(), [&](const RowText& row) {
    return !IsOwnAffair(row) && IsAmong(row.roles, role);
  });
}

/// The three administrators have to do with what their acts are about, such as accounts.
bool HasActs(const CaseOutline& outline, const Actor& actor) {
  const auto& rows = outline.table->rows;
  return std::any_of(rows.begin(), rows.end(), [&](const RowText& row) {
    return std::any_of(row.roles.begin(), row.roles.end(),
                       [&](Role role) { return actor.Holds(role); });
  });
}

/// Never reads it, whatever anybody consents to.
bool IsBarred(const CaseOutline& outline, const Reader& reader) {
  return !AreCompatible(reader.actor.roles) ||
         (IsAdministrator(reader.actor) && !HasActs(outline, reader.actor)) ||
         IsAmong(outline.recused, reader.actor.id);
}

/// Has nothing to do with the case, whatever its roles.
bool IsExcluded(const CaseOutline& outline, const Reader& reader) {
  return IsBarred(outline, reader) ||
         (!IsPortalOnly(reader.actor) && !IsWithinGrants(outline, reader));
}

std::optional<Role> CaseworkRole(const CaseOutline& outline, const Actor& actor) {
  // Who complains is no concern of handlers to whom the case was not given.
  if (actor.Holds(Role::kHandler) && IsAmong(outline.handlers, actor.id)) return Role::kHandler;
  for (const Role role : kDeskRoles) {
    if (actor.Holds(role) && IsNamedByTable(*outline.table, role)) return role;
  }
  return std::nullopt;
}

/// The role in which an office reads without personal texts.
std::optional<Role> OfficeRole(const CaseOutline& outline, const Reader& reader) {
  if (IsAdministrator(reader.actor)) {
    const Role own = reader.actor.roles.front();
    return IsNamedByTable(*outline.table, own) ? std::optional(own) : std::nullopt;
  }
  if (const auto role = HeldOf(reader.actor, kDepartmentRoles)) {
    if (IsCompetent(outline, reader)) return role;
  }
  if (!IsOfRegion(outline, reader)) return std::nullopt;
  if (const auto role = HeldOf(reader.actor, kOversightRoles)) return role;
  const auto role = HeldOf(reader.actor, kRegionalRoles);
  return role && IsNamedByTable(*outline.table, *role) ? role : std::nullopt;
}

bool HasOpened(const CaseOutline& outline, const Actor& actor) {
  return !outline.opened_by.empty() && actor.id == outline.opened_by;
}

/// Does an account that holds this role belong to the case in it?
bool BelongsTo(const CaseOutline& outline, const Reader& reader, Role role) {
  switch (role) {
    case Role::kComplainant: return HasOpened(outline, reader.actor);
    case Role::kRespondent: return IsAmong(outline.respondents, reader.actor.id);
    case Role::kTenderer:
      return HasOpened(outline, reader.actor) || IsAmong(outline.respondents, reader.actor.id);
    case Role::kResourceOffice:
    case Role::kAudit:
    case Role::kDiscipline:
    case Role::kTradingCentre:
    case Role::kPlatformOperator: return IsOfRegion(outline, reader);
    case Role::kSystemAdministrator:
    case Role::kSystemOperator:
    case Role::kSystemAuditor: return true;
    default: return IsOfCaseUnit(outline, reader);
  }
}

bool HoldsAnyOf(const Actor& actor, const std::vector<Role>& roles) {
  return std::any_of(roles.begin(), roles.end(), [&](Role role) { return actor.Holds(role); });
}

bool IsTheirs(const CaseOutline& outline, const Reader& sender, std::string_view command) {
  const auto roles = RolesWith(*outline.table, command);
  return std::any_of(roles.begin(), roles.end(), [&](Role role) {
    return sender.actor.Holds(role) && BelongsTo(outline, sender, role);
  });
}

Rejection RoleNotPermitted() { return {RejectionKind::kForbidden, kRoleNotPermitted}; }

}  // namespace

CaseOutline OutlineOf(std::string_view workflow, const CaseSummary& summary,
                      const ActorId& opened_by) {
  static const Description kUnknown;
  const auto* found = FindWorkflow(workflow);
  return {found == nullptr ? &kUnknown : &found->Describe(),
          summary.region,
          summary.industry,
          summary.unit,
          summary.handlers,
          summary.recused,
          summary.respondents,
          summary.concerned,
          summary.confidentiality,
          opened_by,
          summary.readers,
          summary.archived};
}

namespace {

/// As if it were not in the archive.
Reading ReadingOfFile(const CaseOutline& outline, const Reader& reader) {
  const Actor& actor = reader.actor;
  if (IsExcluded(outline, reader)) return {};
  const bool opened = HasOpened(outline, actor);
  for (const Role party : {Role::kComplainant, Role::kTenderer}) {
    if (opened && actor.Holds(party)) return {Access::kParty, party};
  }
  const bool own_unit = IsOfCaseUnit(outline, reader) && !IsPortalOnly(actor);
  if (own_unit) {
    if (const auto role = CaseworkRole(outline, actor)) return {Access::kOpen, role};
  }
  if (opened) return {Access::kSealed, actor.roles.front()};
  if (IsPortalOnly(actor) || IsShutOut(outline, actor) || !IsClearedFor(outline, reader)) return {};
  if (own_unit) return {Access::kSealed, actor.roles.front()};
  const auto role = OfficeRole(outline, reader);
  return role ? Reading{Access::kSealed, role} : Reading{};
}

/// A file that must be kept confidential, and lies in the archive.
bool IsLockedAway(const CaseOutline& outline) {
  return outline.archived && outline.confidentiality != Confidentiality::kOrdinary;
}

}  // namespace

Reading ReadingOf(const CaseOutline& outline, const Reader& reader) {
  return NeedsConsent(outline, reader) ? Reading() : ReadingOfFile(outline, reader);
}

bool NeedsConsent(const CaseOutline& outline, const Reader& reader) {
  if (!IsLockedAway(outline) || Answers(outline, reader)) return false;
  const Access access = ReadingOfFile(outline, reader).access;
  return access != Access::kNone && access != Access::kParty;
}

Reading ReadingWithConsent(const CaseOutline& outline, const Reader& reader) {
  if (IsBarred(outline, reader)) return {};
  const Reading reading = ReadingOfFile(outline, reader);
  if (reading.access != Access::kNone) return reading;
  return {Access::kSealed, reader.actor.roles.front()};
}

bool Answers(const CaseOutline& outline, const Reader& reader) {
  return reader.actor.Holds(Role::kHead) && !outline.unit.empty() &&
         reader.unit.id == outline.unit && IsOfCaseUnit(outline, reader) &&
         !IsExcluded(outline, reader);
}

std::vector<const Scope*> GrantsFor(const std::optional<CaseOutline>& outline,
                                    const Reader& reader) {
  const bool secret = outline && outline->confidentiality != Confidentiality::kOrdinary;
  std::vector<const Scope*> grants;
  for (const auto& scope : reader.actor.scopes) {
    if (!IsInForce(scope, reader.today) || (secret && !scope.restricted)) continue;
    if (!outline || Covers(scope, *outline)) grants.push_back(&scope);
  }
  return grants;
}

std::optional<Rejection> RefusalToAct(const CaseOutline& outline, std::string_view state,
                                      const Reader& sender, const std::vector<Act>& acts) {
  const bool reads = ReadingOf(outline, sender).access != Access::kNone;
  for (const Act& act : acts) {
    if (reads) continue;
    if (IsExcluded(outline, sender) || !IsTheirs(outline, sender, act.command)) {
      return CaseNotReadable();
    }
  }
  for (std::size_t i = 0; i < acts.size(); ++i) {
    const Act& act = acts[i];
    // Only of the first act it is known in which state it is done.
    auto roles = i == 0 ? RolesWith(*outline.table, act.command, state) : std::vector<Role>();
    if (roles.empty()) roles = RolesWith(*outline.table, act.command);
    if (act.doer == nullptr || roles.empty() || HoldsAnyOf(*act.doer, roles)) continue;
    return RoleNotPermitted();
  }
  return std::nullopt;
}

std::optional<Rejection> RefusalToOpen(const Description& table, const Reader& sender,
                                       const Act& act) {
  const bool granted = sender.actor.scopes.empty() || HasGrant(sender, [&](const Scope& scope) {
                         return scope.workflows.empty() || IsAmong(scope.workflows, table.name);
                       });
  if (!granted) {
    return Rejection(RejectionKind::kForbidden, kOutsideScope);
  }
  const auto roles = RolesWith(table, act.command, table.initial);
  const bool may = act.doer == nullptr || roles.empty() || HoldsAnyOf(*act.doer, roles);
  if (may && AreCompatible(sender.actor.roles)) return std::nullopt;
  return RoleNotPermitted();
}

Rejection CaseNotReadable() {
  return {RejectionKind::kForbidden,
          {"case_not_readable", "无权查看或办理该案件",
           "this account may neither read this case nor act on it"}};
}

std::vector<Role> RolesWith(const Description& table, std::string_view command,
                            std::optional<std::string_view> state) {
  std::vector<Role> roles;
  for (const auto& row : table.rows) {
    if (row.command != command || (state && row.from != *state)) continue;
    for (const Role role : row.roles) {
      if (!IsAmong(roles, role)) roles.push_back(role);
    }
  }
  return roles;
}

bool IsPortalOnly(const Actor& actor) {
  return std::all_of(actor.roles.begin(), actor.roles.end(),
                     [](Role role) { return SideOf(role) == Side::kParty; });
}

bool IsAdministrator(const Actor& actor) {
  return std::any_of(actor.roles.begin(), actor.roles.end(),
                     [](Role role) { return SideOf(role) == Side::kAdministration; });
}

Reveal RevealTo(Access access) {
  if (access == Access::kOpen) return [](const KeyId&) { return true; };
  if (access != Access::kParty) return {};
  return [](const KeyId& key) { return SubjectOf(key) == Subject::kComplainant; };
}

bool OpensPersonalTexts(Access access) {
  return access == Access::kOpen || access == Access::kParty;
}

bool IsToldOf(Access access, const RecordedEvent& event, const Json& data) {
  if (access != Access::kParty) return access != Access::kNone;
  if (event.type.rfind("deadline.", 0) != 0) return IsAmong(kToldToParties, event.type);
  const auto clock = data.find("clock");
  return clock != data.end() && clock->is_string() &&
         IsToldOfClock(access, clock->get_ref<const std::string&>());
}

bool IsToldOfClock(Access access, std::string_view clock) {
  if (access != Access::kParty) return access != Access::kNone;
  // A clock that began anew is numbered: `procurement_decide#2`.
  return IsAmong(kDecideRules, clock.substr(0, clock.find('#')));
}

std::string StateFor(Access access, std::string_view workflow, std::string_view state) {
  const auto* found = access == Access::kParty ? FindWorkflow(workflow) : nullptr;
  const auto* text = found == nullptr ? nullptr : found->Describe().FindState(state);
  return std::string(text == nullptr || text->shown_as.empty() ? state : text->shown_as);
}

Json FactsFor(Access access, std::string_view workflow, Json facts) {
  if (access != Access::kParty) return facts;
  if (workflow != "complaint") {
    Json shown = Json::object();
    for (const std::string_view name : kFactsForParties) {
      if (const auto fact = facts.find(name); fact != facts.end()) shown[fact.key()] = *fact;
    }
    facts = std::move(shown);
  }
  for (const std::string_view name : kInternalFacts) facts.erase(std::string(name));
  if (const auto state = facts.find("state"); state != facts.end() && state->is_string()) {
    *state = StateFor(access, workflow, state->get_ref<const std::string&>());
  }
  return facts;
}

Json WithoutSealedValues(const Json& value, const personal::ErasedKeys& erased) {
  if (value.is_object() && value.contains("$sealed")) {
    const auto found = erased.find(KeyId(value.value("key", "")));
    if (found == erased.end()) return {{"sealed", true}};
    return {{"erased", true}, {"erased_at", found->second.ToString()}};
  }
  if (!value.is_structured()) return value;
  Json out = value;
  for (auto& member : out) member = WithoutSealedValues(member, erased);
  return out;
}

Access AccessToOtherStream(const StreamId& stream) {
  return stream == kErasureStream ? Access::kNone : Access::kSealed;
}

}  // namespace docket
