#include "api/demo/scenario.hpp"

namespace docket::demo::data_check {

namespace {

Json Failures(Random& random) {
  return Json::array({random.Chance(50) ? "标段编号与招标项目编号不一致" : "开标时间缺失"});
}

Moves Open(Turn& turn) {
  auto& random = turn.random;
  const Actor* const provider = turn.world.Any(random, Role::kDataProvider);
  Moves moves;
  moves.Add(1, turn.world.Any(random, Role::kPlatformOperator), "report_failure",
            {{"provider", provider->unit.value},
             {"message_type", random.Chance(50) ? "bid_opening" : "award"},
             {"record_key", random.Pick(turn.world.Projects()).Section().value},
             {"region", turn.world.UnitOf(provider->unit)->region.value},
             {"failures", Failures(random)}});
  return moves;
}

class DataCheckPlayer : public Player {
 public:
  int Share() const override { return 12; }

  Moves Next(Turn& turn) const override {
    if (turn.current == nullptr) return Open(turn);
    auto& random = turn.random;
    const Actor* const platform = turn.world.Any(random, Role::kPlatformOperator);
    const Actor* const provider =
        turn.world.Any(random, Role::kDataProvider, turn.current->Unit("/provider"));
    const Actor* const office =
        turn.Near(Role::kResourceOffice, RegionCode(turn.current->Text("/region")));
    Moves moves;
    if (turn.In("found")) moves.Add(1, platform, "send_feedback").pause_max = 2;
    if (turn.In("feedback_sent")) {
      moves.Add(5, provider, "confirm_receipt").pause_max = 3;
      moves.AddAs("entered", 1, platform, "confirm_receipt");
    }
    if (turn.In("received")) {
      moves.Add(6, provider, "report_correction", {{"record_digest", Digest(random)}}).pause_max =
          12;
      moves.Add(2, provider, "confirm_correct", {{"reason", "原始记录无误"}});
      moves.Add(1, provider, "report_cannot_fix", {{"reason", "原始数据已无法获取"}});
      moves.Add(1, provider, "refuse", {{"reason", "认为不属于应报数据"}});
    }
    if (turn.InAny({"corrected", "confirmed_correct"})) {
      moves.Add(5, platform, "close", {{"opinion", "复核通过"}});
      moves.Add(1, platform, "return_check", {{"failures", Failures(random)}});
    }
    if (turn.InAny({"cannot_fix", "refused"})) {
      moves.Add(2, office, "close", {{"opinion", "情况属实，予以备注"}});
      moves.Add(2, office, "hold_accountable", {{"managing_unit", "行政监督部门"}});
    }
    return moves;
  }
};

}  // namespace

const Player& Scenario() {
  static const DataCheckPlayer player;
  return player;
}

}  // namespace docket::demo::data_check
