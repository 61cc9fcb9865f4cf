#include "api/demo/scenario.hpp"

#include <algorithm>

namespace docket::demo::inspection {

namespace {

Json Entries(Turn& turn) {
  Json entries = Json::array();
  const int count = turn.random.Between(2, 4);
  for (int i = 1; i <= count; ++i) {
    const Project& project = turn.random.Pick(turn.world.Projects());
    entries.push_back({{"code", "S" + std::to_string(i)},
                       {"title", project.name + "进场交易"},
                       {"object", project.tenderer.value},
                       {"project", project.code.value}});
  }
  return entries;
}

Moves Open(Turn& turn) {
  auto& random = turn.random;
  const Actor* const clerk = turn.world.Any(random, Role::kResourceOffice);
  Moves moves;
  if (clerk == nullptr) return moves;
  const std::string topic =
      random.Chance(40) ? "entry" : (random.Chance(50) ? "trade" : "platform_service");
  moves.Add(1, clerk, "draft_plan",
            {{"region", turn.world.UnitOf(clerk->unit)->region.value},
             {"kind", "yearly"},
             {"topic", topic},
             {"complete_by", turn.Day(random.Between(60, 150))},
             {"catalogue_version", "1"},
             {"entries", Entries(turn)}});
  return moves;
}

const Actor* Office(Turn& turn, const std::vector<ActorId>& others = {}) {
  return turn.world.AnyBut(turn.random, Role::kResourceOffice, turn.current->Unit("/office"),
                           others);
}

Json Names(const std::vector<ActorId>& people) {
  Json names = Json::array();
  for (const auto& person : people) names.push_back(person.value);
  return names;
}

void AddPlanning(Turn& turn, Moves& moves) {
  const CaseInPlay& current = *turn.current;
  const auto joined = current.Texts("/departments");
  if (turn.In("drafted")) {
    for (const auto* unit :
         turn.world.UnitsWith(Role::kHandler, RegionCode(current.Text("/region")))) {
      if (joined.size() >= 2) break;
      if (std::find(joined.begin(), joined.end(), unit->id.value) != joined.end()) continue;
      const auto handlers = turn.world.Some(turn.random, Role::kHandler, unit->id, 2);
      moves.Add(2, turn.world.Any(turn.random, Role::kHead, unit->id), "join_plan",
                {{"handlers", Names(handlers)}});
    }
    auto others = current.Who("inspection.plan_drafted");
    for (auto& reviser : current.Who("inspection.plan_revised")) {
      others.push_back(std::move(reviser));
    }
    if (!joined.empty()) {
      moves.Add(6, Office(turn, others), "approve_plan", {{"opinion", "同意"}});
    }
  }
  const auto versions = current.Texts("/catalogue_versions");
  moves.Add(1, Office(turn), "revise_plan",
            {{"catalogue_version", std::to_string(versions.size() + 1)},
             {"entries", Entries(turn)},
             {"reason", "项目情况变化"}});
  moves.Add(1, Office(turn), "cancel_plan", {{"reason", "与上级检查合并"}});
  if (turn.In("approved")) {
    const auto entries = static_cast<int>(current.facts.at("entries").size());
    moves.Add(8, Office(turn), "draw_sample",
              {{"seed", Digest(turn.random)},
               {"seed_source", "福利彩票当日开奖号码"},
               {"size", turn.random.Between(1, std::min(entries, 2))}});
  }
}

/// The findings on one item that was drawn, and what is still to be done about it.
void AddItem(Turn& turn, const std::string& item, Moves& moves) {
  const CaseInPlay& current = *turn.current;
  auto& random = turn.random;
  const auto notified = current.facts.value("notified", Json::array());
  const auto is_it = [&](const Json& one) { return one.value("item", "") == item; };
  if (std::none_of(notified.begin(), notified.end(), is_it)) {
    moves.Add(6, Office(turn), "notify_object",
              {{"item", item},
               {"notified_on", turn.Day()},
               {"letter", Document(random, "抽检通知书.pdf")}});
    return;
  }
  const auto findings = current.facts.value("findings", Json::array());
  const auto finding = std::find_if(findings.begin(), findings.end(), is_it);
  if (finding == findings.end()) {
    const Actor* const handler = turn.Handler();
    if (handler == nullptr) return;
    Json data = {{"item", item},
                 {"inspected_on", turn.Day()},
                 {"handlers", Names(turn.world.Some(random, Role::kHandler, handler->unit, 2))},
                 {"result", random.Chance(30) ? "poor" : "fair"},
                 {"finding", "已现场查看并核对资料"},
                 {"document", Document(random, "检查记录.pdf")}};
    if (current.Text("/topic") == "entry") {
      const int due = random.Between(1, 20);
      data["projects_due"] = due;
      data["projects_entered"] = due - random.Between(0, 1);
    }
    moves.Add(6, handler, "record_finding", data);
    return;
  }
  const UnitId department(finding->value("department", ""));
  const Json data = {{"item", item}, {"department", department.value}};
  const auto recorders = current.Who("inspection.finding_recorded");
  if (!finding->value("confirmed_by_office", false)) {
    moves.AddAs("office", 4, Office(turn), "confirm_result", data);
  }
  if (!finding->value("confirmed_by_department", false)) {
    moves.Add(4, turn.world.AnyBut(random, Role::kHead, department, recorders), "confirm_result",
              data);
  }
}

bool AllConfirmed(const CaseInPlay& current) {
  const auto findings = current.facts.value("findings", Json::array());
  return findings.size() >= current.Texts("/drawn").size() &&
         std::all_of(findings.begin(), findings.end(), [](const Json& finding) {
           return finding.value("confirmed_by_office", false) &&
                  finding.value("confirmed_by_department", false);
         });
}

void AddPublication(Turn& turn, Moves& moves) {
  const CaseInPlay& current = *turn.current;
  if (turn.In("results_confirmed")) {
    moves.Add(5, Office(turn), "propose_publication",
              {{"bulletin", Document(turn.random, "抽检结果公告.pdf")}});
  }
  if (turn.In("publication_proposed")) {
    const Actor* const reviewer = Office(turn, current.Who("inspection.publication_proposed"));
    moves.Add(6, reviewer, "publish",
              {{"published_on", turn.Day()}, {"channel", "公共资源交易网"}});
    moves.Add(1, reviewer, "return_proposal", {{"reason", "涉及个人隐私，请删减"}});
    moves.Add(1, reviewer, "exempt_from_publication",
              {{"ground", "trade_secret"}, {"reason", "涉及商业秘密"}});
  }
}

void AddFollowUp(Turn& turn, Moves& moves) {
  const CaseInPlay& current = *turn.current;
  const auto measures = current.facts.value("measures", Json::array());
  bool is_settled = true;
  for (const auto& finding : current.facts.value("findings", Json::array())) {
    const std::string item = finding.value("item", "");
    const bool calls =
        finding.value("result", "") == "poor" || finding.value("projects_missing", 0) > 0;
    const bool is_circulated =
        std::any_of(measures.begin(), measures.end(), [&](const Json& measure) {
          return measure.value("item", "") == item && measure.value("measure", "") == "circular";
        });
    if (!calls || is_circulated) continue;
    is_settled = false;
    moves.Add(6, Office(turn), "take_measure",
              {{"item", item}, {"measure", "circular"}, {"reason", "检查结果较差"}});
    moves.AddAs("rectification", 2, Office(turn), "take_measure",
                {{"item", item},
                 {"measure", "rectification"},
                 {"reason", "限期整改"},
                 {"until", turn.Day(30)}});
  }
  if (is_settled) moves.Add(5, Office(turn), "complete");
}

class InspectionPlayer : public Player {
 public:
  int Share() const override { return 4; }

  Moves Next(Turn& turn) const override {
    if (turn.current == nullptr) return Open(turn);
    Moves moves;
    if (turn.InAny({"drafted", "approved"})) AddPlanning(turn, moves);
    if (turn.In("in_execution")) {
      for (const auto& item : turn.current->Texts("/drawn")) AddItem(turn, item, moves);
      if (AllConfirmed(*turn.current)) {
        moves.Add(8, Office(turn), "conclude_inspection", {{"summary", "检查完毕，结果已确认"}});
      }
    }
    AddPublication(turn, moves);
    if (turn.InAny({"published", "exempt"})) AddFollowUp(turn, moves);
    return moves;
  }
};

}  // namespace

const Player& Scenario() {
  static const InspectionPlayer player;
  return player;
}

}  // namespace docket::demo::inspection
