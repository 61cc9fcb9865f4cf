#include "api/demo/scenario.hpp"

namespace docket::demo::bulletin {

namespace {

/// Some day of the quarter before this one.
std::string LastQuarter(const Turn& turn) {
  const auto today = turn.Today().Parts();
  const auto month = static_cast<unsigned>(today.month());
  return turn.Day(-static_cast<int>(static_cast<unsigned>(today.day())) -
                  static_cast<int>((month - 1) % 3) * 31);
}

Json Figure(std::string_view code, std::string_view name, int numerator, int denominator) {
  return {{"code", code},
          {"name", name},
          {"numerator", numerator},
          {"denominator", denominator},
          {"filter", "workflow=complaint"}};
}

Moves Open(Turn& turn) {
  auto& random = turn.random;
  const Actor* const clerk = turn.world.Any(random, Role::kResourceOffice);
  Moves moves;
  if (clerk == nullptr) return moves;
  const int cases = random.Between(1, 60);
  Json figures = Json::array();
  figures.push_back(Figure("complaints", "受理投诉", cases, cases));
  figures.push_back(Figure("in_time", "按期办结", random.Between(0, cases), cases));
  moves.Add(1, clerk, "prepare",
            {{"kind", random.Chance(60) ? "supervision" : "usage"},
             {"region", turn.world.UnitOf(clerk->unit)->region.value},
             {"quarter_of", LastQuarter(turn)},
             {"as_of_position", random.Between(1, 5'000)},
             {"calendar", turn.calendar.Version()},
             {"rules", "2018"},
             {"figures", figures}});
  return moves;
}

class BulletinPlayer : public Player {
 public:
  int Share() const override { return 3; }

  Moves Next(Turn& turn) const override {
    if (turn.current == nullptr) return Open(turn);
    const UnitId office = turn.current->Unit();
    const auto anybody = [&] { return turn.world.Any(turn.random, Role::kResourceOffice, office); };
    Moves moves;
    if (turn.In("prepared")) {
      moves.Add(6,
                turn.world.AnyBut(turn.random, Role::kResourceOffice, office,
                                  turn.current->Who("bulletin.prepared")),
                "sign_off");
    }
    if (turn.InAny({"prepared", "signed_off"})) {
      moves.Add(1, anybody(), "discard", {{"reason", "统计口径有误"}});
    }
    if (turn.In("signed_off")) moves.Add(6, anybody(), "publish");
    return moves;
  }
};

}  // namespace

const Player& Scenario() {
  static const BulletinPlayer player;
  return player;
}

}  // namespace docket::demo::bulletin
