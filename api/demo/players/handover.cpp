#include "api/demo/scenario.hpp"

namespace docket::demo::handover {

namespace {

/// Of an account that the log has opened and that is in use.
Moves Open(Turn& turn) {
  Moves moves;
  std::vector<const CaseInPlay*> in_use;
  for (const auto* account : turn.cases("account")) {
    if (account->state == "active") in_use.push_back(account);
  }
  if (in_use.empty()) return moves;
  const CaseInPlay& account = *turn.random.Pick(in_use);
  const Actor* const administrator =
      turn.world.Any(turn.random, Role::kUnitAdministrator, account.Unit());
  const auto announce = [&](int days) {
    return Json{{"account", account.Text("/account")},
                {"letter", Document(turn.random, "关于人员调动的函.pdf")},
                {"letter_received_on", turn.Day()},
                {"effective_on", turn.Day(days)}};
  };
  moves.Add(6, administrator, "announce", announce(turn.random.Between(8, 14))).pause_max = 4;
  moves.AddAs("late", 1, administrator, "announce", announce(2)).pause_max = 20;
  return moves;
}

class HandoverPlayer : public Player {
 public:
  int Share() const override { return 5; }

  Moves Next(Turn& turn) const override {
    if (turn.current == nullptr) return Open(turn);
    const CaseInPlay& current = *turn.current;
    const Actor* const administrator =
        turn.world.Any(turn.random, Role::kUnitAdministrator, current.Unit());
    Moves moves;
    if (turn.InAny({"announced", "access_ended"})) {
      std::vector<ActorId> colleagues;
      for (const auto& person : turn.world.People()) {
        if (person.unit == current.Unit()) colleagues.push_back(person.id);
      }
      moves.Add(6, administrator, "hand_over_matters",
                {{"successor", turn.random.Pick(colleagues).value},
                 {"matters", Json::array()},
                 {"signed_by_giver", true},
                 {"signed_by_taker", true}});
    }
    if (turn.InAny({"announced", "handed_over"})) {
      moves.Add(1, administrator, "call_off", {{"reason", "调动暂缓"}});
    }
    return moves;
  }
};

}  // namespace

const Player& Scenario() {
  static const HandoverPlayer player;
  return player;
}

}  // namespace docket::demo::handover
