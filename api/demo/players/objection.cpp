#include "api/demo/scenario.hpp"

namespace docket::demo::objection {

namespace {

/// The day from which the kind's limit is counted, in time for an objection raised today.
void AddDates(Turn& turn, const std::string& kind, Json& lodge) {
  if (kind == "prequalification_documents") lodge["application_deadline_on"] = turn.Day(5);
  if (kind == "tender_documents") lodge["bid_deadline_on"] = turn.Day(15);
  if (kind == "bid_opening") lodge["opened_on"] = turn.Day();
  if (kind == "evaluation_result" && lodge.at("mandatory_tender") == true) {
    lodge["publicity_ends_on"] = turn.Day(2);
  }
  if (kind != "inquiry") lodge["known_on"] = turn.Day(-turn.random.Between(0, 5));
}

Json Lodge(Turn& turn, const Project& project, std::string_view channel) {
  static const std::vector<std::string> kTendering{"prequalification_documents", "tender_documents",
                                                   "bid_opening", "evaluation_result"};
  static const std::vector<std::string> kProcurement{"challenge", "challenge", "inquiry"};
  static const std::vector<std::string_view> kClaims{
      "评审标准设置了与履约无关的资格条件，请求修改招标文件", "开标记录与投标文件不一致，请求核实",
      "中标候选人业绩材料疑似不实，请求重新评审", "技术参数指向特定产品，请求调整"};
  auto& random = turn.random;
  const std::string& kind = random.Pick(project.IsProcurement() ? kProcurement : kTendering);
  Json lodge = {{"kind", kind},
                {"channel", channel},
                {"region", project.region.value},
                {"industry", NameOf(project.industry)},
                {"project", project.code.value},
                {"project_name", project.name},
                {"stage", "trading"},
                {"addressee", project.tenderer.value},
                {"mandatory_tender", !project.IsProcurement() && random.Chance(80)},
                {"objector", PartyOf(random)},
                {"claims", random.Pick(kClaims)},
                {"evidence", Json::array({Document(random, "证明材料.pdf")})},
                {"standing", Document(random, "投标回执.pdf")}};
  AddDates(turn, kind, lodge);
  return lodge;
}

Json Answer(Turn& turn) {
  return {{"answered_on", turn.Day()},
          {"document", Document(turn.random, "异议答复函.pdf")},
          {"is_signed", true},
          {"free_of_trade_secrets", true},
          {"others_told", true}};
}

class ObjectionPlayer : public Player {
 public:
  int Share() const override { return 14; }

  Moves Next(Turn& turn) const override {
    if (turn.current == nullptr) return Open(turn);
    const CaseInPlay& current = *turn.current;
    const auto& world = turn.world;
    const Actor* const tenderer =
        world.Any(turn.random, Role::kTenderer, current.Unit("/addressee"));
    const Actor* objector = world.Person(ActorId(current.Text("/lodged_by")));
    const bool inquiry = current.Text("/kind") == "inquiry";
    Moves moves;
    if (turn.In("lodged")) moves.Add(8, tenderer, "receive");
    if (turn.InAny({"received", "no_answer"})) {
      moves.Add(8, tenderer, "answer", Answer(turn));
      if ((inquiry || current.Text("/kind") == "challenge") && !current.Is("/trade_suspended")) {
        moves.Add(2, tenderer, "suspend_trade", {{"reason", "质疑事项可能影响采购结果"}});
      }
    }
    if (turn.InAny({"lodged", "received", "no_answer"})) {
      moves.Add(1, objector, "withdraw", {{"reason", "经沟通，疑问已消除"}});
    }
    if (turn.InAny({"answered", "answered_late"})) {
      moves.Add(4, objector, "accept_answer").pause_max = 3;
    }
    if (turn.InAny({"answered", "answered_late", "no_answer"}) && !inquiry) {
      AddEscalation(turn, objector, moves);
    }
    if (turn.InAny({"answered", "answered_late", "closed", "escalated"}) &&
        current.Is("/report_owed")) {
      moves.Add(6, tenderer, "report_result",
                {{"report", Document(turn.random, "异议处理情况报告.pdf")}});
    }
    if (turn.In("escalated") && !current.Has("/answered_on")) {
      moves.Add(4, tenderer, "answer", Answer(turn));
    }
    return moves;
  }

 private:
  static Moves Open(Turn& turn) {
    auto& random = turn.random;
    const Project& project = random.Pick(turn.world.Projects());
    Moves moves;
    const Actor* const objector = turn.world.Any(random, Role::kComplainant);
    moves.Add(6, objector, "lodge", Lodge(turn, project, "online"));
    const auto departments = turn.world.Departments(project.region, project.industry);
    const Actor* const intake = turn.world.Any(random, Role::kIntake, departments.front()->id);
    moves.AddAs("paper", 2, intake, "lodge", Lodge(turn, project, "counter"));
    return moves;
  }

  /// To a complaint about the same project, if there is one; else to any.
  static void AddEscalation(Turn& turn, const Actor* objector, Moves& moves) {
    const auto complaints = turn.cases("complaint");
    if (complaints.empty()) return;
    const CaseInPlay* chosen = turn.random.Pick(complaints);
    for (const auto* complaint : complaints) {
      if (complaint->Text("/project_code") == turn.current->Text("/project")) chosen = complaint;
    }
    moves.Add(2, objector, "escalate", {{"complaint", chosen->id.value}});
  }
};

}  // namespace

const Player& Scenario() {
  static const ObjectionPlayer player;
  return player;
}

}  // namespace docket::demo::objection
