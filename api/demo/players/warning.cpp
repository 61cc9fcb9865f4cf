#include "api/demo/scenario.hpp"

namespace docket::demo::warning {

namespace {

Moves Open(Turn& turn) {
  struct Point {
    std::string_view code, name, explanation;
  };
  static const std::vector<Point> kPoints{
      {"evaluation_report", "评标报告", "个别专家评分畸高未作说明"},
      {"contract_change", "合同变更", "变更金额超过合同价百分之十未报备"},
      {"bid_similarity", "投标文件雷同", "两家投标文件制作机器码相同"}};
  auto& random = turn.random;
  const Project& project = random.Pick(turn.world.Projects());
  const Point& point = random.Pick(kPoints);
  const auto departments = turn.world.Departments(project.region, project.industry);
  Moves moves;
  moves.Add(1, turn.world.Any(random, Role::kHandler, departments.front()->id), "raise",
            {{"level", random.Chance(40) ? "red" : "yellow"},
             {"kind", "content"},
             {"mode", "manual"},
             {"point", point.code},
             {"point_name", point.name},
             {"explanation", point.explanation},
             {"region", project.region.value},
             {"industry", NameOf(project.industry)},
             {"project", project.code.value},
             {"project_name", project.name},
             {"stage", "trading"}});
  return moves;
}

/// The tenderer of the project, or any.
const Actor* Addressee(Turn& turn) {
  for (const auto& project : turn.world.Projects()) {
    if (project.code.value != turn.current->Text("/project")) continue;
    return turn.world.Any(turn.random, Role::kTenderer, project.tenderer);
  }
  return turn.world.Any(turn.random, Role::kTenderer);
}

void AddAssignment(Turn& turn, Moves& moves) {
  const Unit* const department = turn.Department();
  if (department == nullptr) return;
  const auto handlers = turn.world.Some(turn.random, Role::kHandler, department->id, 2);
  Json names = Json::array();
  for (const auto& handler : handlers) names.push_back(handler.value);
  moves.Add(6, turn.Officer(Role::kHead), "assign", {{"handlers", names}}).pause_max = 4;
  moves.AddAs("office", 3,
              turn.Near(Role::kResourceOffice, RegionCode(turn.current->Text("/region"))), "assign",
              {{"unit", department->id.value}});
}

void AddConversions(Turn& turn, Moves& moves) {
  for (const std::string_view kind : {"clue", "investigation", "rectification", "supervision"}) {
    // Whoever is to be supervised was warned before.
    if (kind == "supervision" && !turn.current->Has("/addressee")) continue;
    moves.AddAs(kind, 1, turn.Officer(Role::kHead), "convert",
                {{"kind", kind}, {"reason", "情况属实，需进一步处理"}});
  }
}

class WarningPlayer : public Player {
 public:
  int Share() const override { return 12; }

  Moves Next(Turn& turn) const override {
    if (turn.current == nullptr) return Open(turn);
    const CaseInPlay& current = *turn.current;
    const Actor* const handler = turn.Handler();
    Moves moves;
    if (turn.In("triggered")) AddAssignment(turn, moves);
    if (turn.In("assigned") && handler == nullptr) {
      const auto handlers = turn.world.Some(turn.random, Role::kHandler, current.Unit(), 2);
      if (!handlers.empty()) {
        moves
            .Add(12, turn.Officer(Role::kHead), "appoint_handlers",
                 {{"handlers", {handlers.front().value}}})
            .pause_max = 3;
      }
    }
    if (turn.InAny({"assigned", "feedback_read"})) {
      moves.Add(5, handler, "propose_correction",
                {{"reason", "经核实系数据比对有误"},
                 {"evidence", Json::array({Document(turn.random, "核实材料.pdf")})}});
    }
    if (turn.In("assigned")) AddIssue(turn, handler, moves);
    if (turn.In("correction_pending")) {
      moves.Add(5, turn.Officer(Role::kHead, current.Who("warning.correction_proposed")),
                "confirm_correction");
      moves.Add(1, turn.Officer(Role::kHead), "reject_correction", {{"reason", "证据不足"}});
    }
    if (turn.In("issued")) {
      const Actor* answers = turn.world.Person(ActorId(current.Text("/account")));
      if (answers == nullptr) answers = turn.Officer(Role::kIntake);
      moves.Add(6, answers, "give_feedback",
                {{"feedback", "已核实整改，情况说明见附件"},
                 {"attachments", Json::array({Document(turn.random, "整改说明.pdf")})}});
    }
    if (turn.In("feedback_in")) moves.Add(6, handler, "read_feedback").pause_max = 3;
    if (turn.In("feedback_read")) {
      moves.Add(6, handler, "close", {{"opinion", "整改到位，予以办结"}});
      moves.Add(1, handler, "reissue", {{"requirement", "请补充佐证材料"}});
    }
    // Few are more than a warning.
    if (turn.InAny({"triggered", "assigned", "feedback_read"}) && turn.random.Chance(20)) {
      AddConversions(turn, moves);
    }
    return moves;
  }

 private:
  static void AddIssue(Turn& turn, const Actor* handler, Moves& moves) {
    const Actor* const addressee = Addressee(turn);
    if (addressee == nullptr) return;
    moves.Add(8, handler, "issue",
              {{"addressee", addressee->unit.value},
               {"account", addressee->id.value},
               {"requirement", "请于五个工作日内说明情况并整改"}});
  }
};

}  // namespace

const Player& Scenario() {
  static const WarningPlayer player;
  return player;
}

}  // namespace docket::demo::warning
