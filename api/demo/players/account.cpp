#include "api/demo/scenario.hpp"

namespace docket::demo::account {

namespace {

constexpr std::string_view kUndertaking = "1";

/// Whom a unit may ask accounts for: what its people are, apart from its administrator.
Role RoleIn(Turn& turn, const UnitId& unit) {
  std::vector<Role> roles;
  for (const auto& person : turn.world.People()) {
    const Side side = SideOf(person.roles.front());
    const bool is_ordinary =
        side != Side::kAdministration && !person.Holds(Role::kUnitAdministrator);
    if (person.unit == unit && is_ordinary) roles.push_back(person.roles.front());
  }
  return roles.empty() ? Role::kHandler : turn.random.Pick(roles);
}

Json Request(Turn& turn, Role role) {
  static const std::vector<std::string> kNames{"lin", "chen", "wu",  "su",
                                               "ye",  "fang", "liu", "wen"};
  auto& random = turn.random;
  return {{"account", random.Pick(kNames) + "-" + std::to_string(random.Between(100'000, 999'999))},
          {"holder", PersonName(random)},
          {"identity", IdentityNumber(random)},
          {"roles", {NameOf(role)}},
          {"responsibilities", "按职责分工办理本岗位业务"}};
}

Moves Open(Turn& turn) {
  auto& random = turn.random;
  Moves moves;
  const Actor* const administrator = turn.world.Any(random, Role::kUnitAdministrator);
  moves.Add(12, administrator, "request", Request(turn, RoleIn(turn, administrator->unit)));
  auto post = Request(turn, Role::kSystemOperator);
  post["unit"] = "operations-350000";
  moves.AddAs("system_role", 1, turn.world.Any(random, Role::kSystemAdministrator), "request",
              post);
  return moves;
}

/// What the holder does with the account.
void AddHolder(Turn& turn, const std::vector<std::string>& roles, Moves& moves) {
  const CaseInPlay& current = *turn.current;
  Actor holder{ActorId(current.Text("/account")), current.Unit(), {}};
  for (const auto& role : EnumTable<Role>::kNames) {
    if (!roles.empty() && role.name == roles.front()) holder.roles = {role.value};
  }
  if (turn.In("approved")) {
    moves.Add(9, &holder, "activate", {{"undertaking_version", kUndertaking}});
  }
  if (!turn.In("active")) return;
  moves.Add(2, &holder, "change_contact", {{"phone", PhoneNumber(turn.random)}}).pause_max = 90;
  moves.Add(1, &holder, "sign_undertaking", {{"undertaking_version", kUndertaking}}).pause_max =
      200;
}

class AccountPlayer : public Player {
 public:
  int Share() const override { return 12; }

  Moves Next(Turn& turn) const override {
    if (turn.current == nullptr) return Open(turn);
    const CaseInPlay& current = *turn.current;
    const auto& world = turn.world;
    const auto roles = current.Texts("/roles");
    const bool is_system = !roles.empty() && roles.front().rfind("system_", 0) == 0;
    const Actor* const system = world.Any(turn.random, Role::kSystemAdministrator);
    const Actor* const manager =
        is_system ? system : world.Any(turn.random, Role::kUnitAdministrator, current.Unit());
    Moves moves;
    if (turn.In("requested")) {
      // A system role is requested by the system administrator and approved by the unit.
      moves.Add(9, world.Any(turn.random, Role::kUnitAdministrator, current.Unit()), "approve");
      moves.Add(1, manager, "reject", {{"reason", "岗位已有人员，不再增设"}});
    }
    AddHolder(turn, roles, moves);
    if (turn.In("active")) {
      moves.Add(1, system, "suspend", {{"reason", "涉嫌违规查询，暂停核查"}}).pause_max = 30;
      moves.Add(1, world.Any(turn.random, Role::kSystemAuditor), "raise_alarm",
                {{"reason", "非工作时间批量查询"}});
    }
    if (turn.InAny({"approved", "active", "suspended"})) {
      moves.Add(1, manager, "disable", {{"reason", "left"}}).pause_max = 60;
    }
    if (turn.In("suspended")) {
      moves.Add(2, system, "reinstate", {{"reason", "核查未发现违规"}}).pause_max = 90;
    }
    if (turn.InAny({"suspended", "disabled"})) {
      moves.Add(2, manager, "close", {{"reason", "人员离岗"}, {"certificate_revoked", true}});
    }
    return moves;
  }
};

}  // namespace

const Player& Scenario() {
  static const AccountPlayer player;
  return player;
}

}  // namespace docket::demo::account
