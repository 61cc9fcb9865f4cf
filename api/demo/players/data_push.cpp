#include "api/demo/scenario.hpp"

#include <algorithm>
#include <array>

namespace docket::demo::data_push {

namespace {

constexpr std::array<std::string_view, 5> kSubjects{"data", "organisation", "maintenance",
                                                    "standards", "emergency_plan"};
constexpr std::array<std::string_view, 5> kLadder{"supervise", "warn", "circulate", "punish",
                                                  "publicise"};

Moves Open(Turn& turn) {
  auto& random = turn.random;
  Moves moves;
  const auto pushes = turn.cases("data_push");
  for (const auto* person : turn.world.Holding(Role::kDataProvider)) {
    // One case a provider, until it has ended.
    const bool is_known = std::any_of(pushes.begin(), pushes.end(), [&](const CaseInPlay* push) {
      return push->Unit("/provider") == person->unit && push->state != "ended" &&
             push->state != "refused";
    });
    if (is_known) continue;
    const Unit& unit = *turn.world.UnitOf(person->unit);
    moves.Add(1, person, "apply",
              {{"provider", unit.id.value},
               {"provider_name", unit.name},
               {"credit_code", CreditCodeOf(random).value},
               {"region", unit.region.value},
               {"system", "market_platform"},
               {"industries", {"construction", "transport"}},
               {"connect_by", turn.Day(random.Between(30, 90))}});
  }
  return moves;
}

void AddConnecting(Turn& turn, Moves& moves) {
  const CaseInPlay& current = *turn.current;
  auto& random = turn.random;
  const Actor* const office = turn.Near(Role::kResourceOffice, RegionCode(current.Text("/region")));
  const auto confirmed = current.Texts("/subjects");
  for (const auto subject : kSubjects) {
    if (std::find(confirmed.begin(), confirmed.end(), subject) != confirmed.end()) continue;
    moves.AddAs(subject, 2, turn.world.Any(random, Role::kPlatformOperator), "confirm_subject",
                {{"subject", subject}, {"evidence", Document(random, "对接确认单.pdf")}});
  }
  const bool is_certified = current.Text("/certificate/valid_until") >= turn.Day();
  if (is_certified && confirmed.size() == kSubjects.size()) {
    moves.Add(10, office, "admit",
              {{"standard_version", "2.0"},
               {"frequencies",
                Json::array({{{"message_type", "bid_opening"}, {"every_minutes", 1'440}}})}});
  }
  moves.Add(1, office, "refuse",
            {{"ground", "nonconforming"},
             {"reason", "接口测试未通过"},
             {"remedy", "整改后可重新申请"},
             {"report", Document(random, "测试报告.pdf")}});
}

void AddCertificate(Turn& turn, Moves& moves) {
  const bool is_certified = turn.current->Text("/certificate/valid_until") >= turn.Day();
  moves.Add(is_certified ? 1 : 8,
            turn.world.Any(turn.random, Role::kDataProvider, turn.current->Unit("/provider")),
            "submit_certificate",
            {{"number", "JC-" + std::to_string(turn.random.Between(1'000, 9'999))},
             {"issuer", "国家认可的检测机构"},
             {"scope", {"construction", "transport"}},
             {"valid_until", turn.Day(turn.random.Between(200, 900))},
             {"report", Document(turn.random, "检测认证报告.pdf")}});
}

/// What the platform's machines note of themselves.
void AddTraffic(Turn& turn, Moves& moves) {
  const CaseInPlay& current = *turn.current;
  auto& random = turn.random;
  const Actor* const platform = turn.world.Any(random, Role::kPlatformOperator);
  const int accepted = random.Between(1, 300);
  moves.Add(
      6, platform, "record_batch",
      {{"batch", "B" + turn.Day() + "-" + std::to_string(random.Between(1, 99'999))},
       {"message_type", "bid_opening"},
       {"standard_version",
        current.Text("/standard_version").empty() ? "2.0" : current.Text("/standard_version")},
       {"received_at", turn.now.ToString()},
       {"accepted", accepted},
       {"rejected", random.Between(0, 5)},
       {"late", random.Between(0, accepted)},
       {"digest", Digest(random)}});
  if (!turn.InAny({"admitted", "suspended"})) return;
  moves.Add(3, platform, "record_defect",
            {{"kind", random.Chance(50) ? "timeliness" : "completeness"},
             {"message_type", "award"},
             {"record_key", random.Pick(turn.world.Projects()).Section().value}});
  if (current.Has("/down_since")) {
    moves.Add(5, platform, "restore_channel", {{"restored_at", turn.now.ToString()}});
  } else if (turn.In("admitted")) {
    moves.Add(1, platform, "report_outage",
              {{"from", turn.now.ToString()}, {"cause", "heartbeat_lost"}});
  }
}

void AddMeasures(Turn& turn, Moves& moves) {
  const CaseInPlay& current = *turn.current;
  const RegionCode region(current.Text("/region"));
  const auto done = std::find(kLadder.begin(), kLadder.end(), current.Text("/step"));
  const auto next = done == kLadder.end() || done + 1 == kLadder.end() ? kLadder.begin() : done + 1;
  if (*next == "supervise" && current.facts.value("defects_new", 0) == 0) return;
  const Actor* const by =
      turn.Near(*next == "punish" ? Role::kHead : Role::kResourceOffice, region);
  moves.AddAs(
      *next, 2, by, "escalate",
      {{"step", *next}, {"basis", "闽发改法规〔2018〕105号 13"}, {"reason", "数据推送不及时"}});
}

void AddOffice(Turn& turn, Moves& moves) {
  const CaseInPlay& current = *turn.current;
  const Actor* const office = turn.Near(Role::kResourceOffice, RegionCode(current.Text("/region")));
  AddMeasures(turn, moves);
  if (turn.In("suspended")) {
    if (current.Text("/certificate/valid_until") >= turn.Day()) {
      moves.Add(5, office, "resume", {{"opinion", "整改到位，恢复接入"}});
    }
    return;
  }
  moves.Add(1, office, "suspend", {{"basis", "数据规范"}, {"reason", "长期不按频率推送"}});
  const std::string version = current.Text("/standard_version") == "2.0" ? "2.1" : "2.0";
  moves.Add(
      1, office, "change_standard",
      {{"standard_version", version}, {"grace_until", turn.Day(turn.random.Between(10, 60))}});
  moves.Add(1, turn.world.Any(turn.random, Role::kPlatformOperator), "review_project",
            {{"project", turn.random.Pick(turn.world.Projects()).code.value},
             {"steps_due", Json::array()},
             {"steps_seen", {"registration", "publication", "opening"}},
             {"sessions", Json::array()},
             {"recordings", Json::array()}});
}

class DataPushPlayer : public Player {
 public:
  int Share() const override { return 4; }

  Moves Next(Turn& turn) const override {
    if (turn.current == nullptr) return Open(turn);
    Moves moves;
    if (!turn.InAny({"applied", "admitted", "suspended"})) return moves;
    if (turn.In("applied")) AddConnecting(turn, moves);
    AddCertificate(turn, moves);
    AddTraffic(turn, moves);
    if (turn.InAny({"admitted", "suspended"})) AddOffice(turn, moves);
    if (turn.random.Chance(10)) {
      moves.Add(1,
                turn.world.Any(turn.random, Role::kDataProvider, turn.current->Unit("/provider")),
                "end", {{"reason", "系统停止运营"}});
    }
    return moves;
  }
};

}  // namespace

const Player& Scenario() {
  static const DataPushPlayer player;
  return player;
}

}  // namespace docket::demo::data_push
