#include "domain/actor.hpp"

#include <algorithm>

namespace docket {

namespace {

/// Province-level divisions of GB/T 2260.
constexpr std::array<std::string_view, 34> kProvinces = {
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34",
    "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52",
    "53", "54", "61", "62", "63", "64", "65", "71", "81", "82"};
constexpr std::string_view kNation = "100000";

}  // namespace

bool RegionCode::IsValid() const {
  if (value == kNation) return true;
  const bool digits = value.size() == 6 && std::all_of(value.begin(), value.end(),
                                                       [](char c) { return c >= '0' && c <= '9'; });
  return digits &&
         std::find(kProvinces.begin(), kProvinces.end(), value.substr(0, 2)) != kProvinces.end();
}

bool RegionCode::Covers(const RegionCode& other) const {
  if (other.empty()) return false;
  if (value == kNation || value == other.value) return true;
  if (value.size() != 6 || other.value.size() != 6) return false;
  if (value.substr(2) == "0000") return value.substr(0, 2) == other.value.substr(0, 2);
  if (value.substr(4) == "00") return value.substr(0, 4) == other.value.substr(0, 4);
  return false;
}

Side SideOf(Role role) {
  switch (role) {
    case Role::kIntake:
    case Role::kHandler:
    case Role::kLegalReviewer:
    case Role::kHead:
    case Role::kAudit:
    case Role::kDiscipline: return Side::kSupervision;
    case Role::kResourceOffice: return Side::kDecision;
    case Role::kTradingCentre:
    case Role::kDataProvider:
    case Role::kPlatformOperator:
    case Role::kSecurityManager: return Side::kExecution;
    case Role::kComplainant:
    case Role::kRespondent:
    case Role::kTenderer: return Side::kParty;
    case Role::kSystemAdministrator:
    case Role::kSystemOperator:
    case Role::kSystemAuditor: return Side::kAdministration;
    case Role::kClock:
    case Role::kProcessManager: return Side::kSystem;
    case Role::kUnitAdministrator:
    case Role::kRecordKeeper: return Side::kNone;
  }
  return Side::kSystem;
}

bool AreCompatible(const std::vector<Role>& roles) {
  const auto holds = [&](Role role) {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
  };
  if (holds(Role::kSecurityManager) && holds(Role::kPlatformOperator)) return false;
  Side side = Side::kNone;
  for (const Role role : roles) {
    const Side here = SideOf(role);
    if (here == Side::kSystem) return false;
    if (here == Side::kAdministration && roles.size() > 1) return false;
    if (here == Side::kNone) continue;
    if (side != Side::kNone && side != here) return false;
    side = here;
  }
  return !roles.empty();
}

Level LevelOf(const RegionCode& region) {
  if (region.value == kNation) return Level::kNation;
  if (region.value.ends_with("0000")) return Level::kProvince;
  return region.value.ends_with("00") ? Level::kCity : Level::kCounty;
}

bool Actor::Holds(Role role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool EventFields::Names(std::string_view event_type) const {
  if (!type.ends_with('*')) return event_type == type;
  return event_type.starts_with(std::string_view(type).substr(0, type.size() - 1));
}

bool Actor::IsNarrowed() const {
  return std::any_of(scopes.begin(), scopes.end(),
                     [](const Scope& scope) { return scope.events.has_value(); });
}

const Actor& ClockActor() {
  static const Actor clock{ActorId("clock"), UnitId("docket"), {Role::kClock}};
  return clock;
}

const Actor& ProcessManagerActor() {
  static const Actor manager{ActorId("process-manager"), UnitId("docket"), {Role::kProcessManager}};
  return manager;
}

}  // namespace docket
