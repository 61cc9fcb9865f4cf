#include "api/demo/scenario.hpp"

namespace docket::demo::clue {

namespace {

Json Receive(Turn& turn, std::string_view source) {
  static const std::vector<std::string_view> kContents{
      "多家投标单位由同一人编制投标文件", "招标代理机构泄露标底信息", "中标人将工程转包",
      "采购需求为特定品牌量身定制"};
  auto& random = turn.random;
  const Project& project = random.Pick(turn.world.Projects());
  Json receive = {{"source_kind", source},
                  {"region", project.region.value},
                  {"industry", NameOf(project.industry)},
                  {"project", project.code.value},
                  {"project_name", project.name},
                  {"stage", "trading"},
                  {"violations", {"bid_rigging"}},
                  {"content", random.Pick(kContents)},
                  {"evidence", Json::array({Document(random, "线索材料.pdf")})}};
  if (source == "interference_report") receive["violations"] = {"official_interference"};
  if (source == "report" && random.Chance(60)) {
    receive["reporter"] = {{"name", PersonName(random)}, {"phone", PhoneNumber(random)}};
  }
  return receive;
}

Moves Open(Turn& turn) {
  auto& random = turn.random;
  Moves moves;
  moves.AddAs("report", 5, turn.world.Any(random, Role::kComplainant), "receive",
              Receive(turn, "report"));
  moves.AddAs("audit", 2, turn.world.Any(random, Role::kAudit), "receive", Receive(turn, "audit"));
  moves.AddAs("transfer", 2, turn.world.Any(random, Role::kTradingCentre), "receive",
              Receive(turn, "transfer"));
  moves.AddAs("interference", 1, turn.world.Any(random, Role::kDiscipline), "receive",
              Receive(turn, "interference_report"));
  return moves;
}

class Turning {
 public:
  explicit Turning(Turn& turn)
      : turn_(turn), current_(*turn.current), head_(turn.Officer(Role::kHead)) {
    // Interference is for the head alone.
    clerk_ = current_.Is("/interference") ? head_ : turn.Officer(Role::kIntake);
  }

  Moves All() {
    if (turn_.In("received")) {
      moves_
          .Add(8, clerk_, "register",
               {{"number", "XS-" + std::to_string(turn_.random.Between(10'000, 99'999))}})
          .pause_max = 3;
    }
    if (turn_.In("registered")) Classify();
    if (turn_.InAny({"registered", "classified"})) Merge();
    if (turn_.In("classified") && !current_.Is("/interference")) AssignCheck();
    if (turn_.In("preliminary_check")) Check();
    if (turn_.InAny({"classified", "preliminary_check"})) Transfer();
    if (turn_.In("transferred")) FollowTransfer();
    if (turn_.In("petition_track")) Petition();
    if (current_.Is("/feedback_owed")) {
      moves_.Add(5, clerk_, "give_feedback", {{"content", "您反映的问题已依法处理"}});
    }
    return std::move(moves_);
  }

 private:
  void Classify() {
    ClassifyAs("clue", 4);
    ClassifyAs("report", 4);
    ClassifyAs("petition", 2);
    ClassifyAs("complaint", 1);
    ClassifyAs("out_of_scope", 1);
  }

  void ClassifyAs(std::string_view as, int weight) {
    Json body = {{"as", as}, {"reason", "经登记审核"}};
    if (as == "complaint" || as == "out_of_scope") body["destination"] = "有权处理的主管部门";
    moves_.AddAs(as, weight, clerk_, "classify", std::move(body));
  }

  void Merge() {
    for (const auto* other : turn_.cases("clue")) {
      if (other->id == current_.id) continue;
      moves_.Add(1, head_, "merge", {{"into", other->id.value}});
      return;
    }
  }

  void AssignCheck() {
    const Unit* const unit = turn_.Department();
    if (unit == nullptr) return;
    const auto handlers = turn_.world.Some(turn_.random, Role::kHandler, unit->id, 2);
    if (handlers.size() < 2) return;
    moves_.Add(8, head_, "assign_check", {{"handlers", {handlers[0].value, handlers[1].value}}});
  }

  void Check() {
    const auto reporters = current_.Who("clue.check_recorded");
    const Actor* const decider = turn_.Officer(Role::kHead, reporters);
    if (!current_.Is("/checked")) {
      moves_
          .Add(9, turn_.Handler(), "record_check",
               {{"report", Document(turn_.random, "初核报告.pdf")},
                {"meets_filing_standard", turn_.random.Chance(55)},
                {"suspects_crime", turn_.random.Chance(10)}})
          .pause_max = 12;
      return;
    }
    const Actor* const legal = turn_.Officer(Role::kLegalReviewer, reporters);
    if (!current_.Is("/legality_reviewed")) {
      moves_.Add(4, legal, "review_legality", {{"opinion", "同意初核意见"}});
    }
    if (current_.Is("/meets_filing_standard")) {
      moves_.Add(8, decider, "open_case", {{"reasons", "符合立案条件"}});
    }
    if (!current_.Is("/real_name") || current_.Is("/legality_reviewed")) {
      moves_.Add(3, decider, "end_without_action", {{"reasons", "反映问题失实"}});
    }
  }

  void Transfer() {
    static const std::vector<std::string_view> kTargets{"police", "discipline", "department"};
    const std::string_view target =
        current_.Is("/interference") ? "discipline" : turn_.random.Pick(kTargets);
    moves_
        .Add(current_.Is("/interference") ? 8 : 1,
             turn_.Officer(Role::kHead, current_.Who("clue.check_recorded")), "transfer",
             {{"target", target}, {"body", "有管辖权的机关"}, {"reasons", "超出本部门职责"}})
        .pause_max = 1;
  }

  void FollowTransfer() {
    if (!current_.Is("/dispatched")) {
      moves_.Add(8, clerk_, "dispatch", {{"letter", Document(turn_.random, "移送书.pdf")}});
    } else if (!current_.Is("/receipt_in")) {
      moves_.Add(8, clerk_, "record_receipt", {{"receipt", Document(turn_.random, "回执.pdf")}})
          .pause_max = 30;
    } else {
      moves_.AddAs("taken_up", 4, clerk_, "record_result",
                   {{"taken_up", true}, {"result", "已立案侦办"}});
      moves_.AddAs("declined", 1, clerk_, "record_result",
                   {{"taken_up", false}, {"result", "不属于管辖范围，退回"}});
    }
  }

  void Petition() {
    if (!current_.Is("/petition_answered")) {
      Answer("accepted", 6);
      Answer("not_accepted", 1);
      if (turn_.Runs("petition_return")) Answer("returned", 1);
      return;
    }
    moves_.Add(6, clerk_, "close_petition",
               {{"document", Document(turn_.random, "信访事项处理意见书.pdf")}});
    if (turn_.Runs("petition_finish")) {
      moves_.Add(1, head_, "extend_petition", {{"days", 30}, {"reason", "情况复杂"}});
    }
  }

  void Answer(std::string_view answer, int weight) {
    Json body = {{"answer", answer},
                 {"document", Document(turn_.random, "告知书.pdf")},
                 {"limited_matter", answer == "accepted"}};
    if (answer == "returned") body["destination"] = "有权处理的机关";
    moves_.AddAs(answer, weight, clerk_, "answer_petition", std::move(body));
  }

  Turn& turn_;
  const CaseInPlay& current_;
  const Actor* const head_;
  const Actor* clerk_ = nullptr;
  Moves moves_;
};

class CluePlayer : public Player {
 public:
  int Share() const override { return 16; }
  Moves Next(Turn& turn) const override {
    return turn.current == nullptr ? Open(turn) : Turning(turn).All();
  }
};

}  // namespace

const Player& Scenario() {
  static const CluePlayer player;
  return player;
}

}  // namespace docket::demo::clue
