#include <algorithm>

#include "api/demo/scenario.hpp"

namespace docket::demo::filing {

namespace {

Moves Open(Turn& turn) {
  static const std::vector<std::string_view> kTendering{
      "tender_documents", "clarification",   "written_report",        "contract_signing",
      "contract",         "bid_bond_return", "candidate_publication", "performance"};
  static const std::vector<std::string_view> kProcurement{
      "contract_copy", "contract_publication", "award_result", "performance", "tender_documents"};
  auto& random = turn.random;
  const Project& project = random.Pick(turn.world.Projects());
  const auto departments = turn.world.Departments(project.region, project.industry);
  const std::string_view type = random.Pick(project.IsProcurement() ? kProcurement : kTendering);
  Moves moves;
  moves.AddAs(
      type, 1, turn.world.Any(random, Role::kIntake, departments.front()->id), "create_obligation",
      {{"type", type},
       {"region", project.region.value},
       {"industry", NameOf(project.industry)},
       {"project", project.code.value},
       {"section", project.Section().value},
       {"project_name", project.name},
       {"triggered_on", turn.Day(-random.Between(0, 2))},
       {"legal_basis", "招标投标法及其实施条例"},
       {"mandatory_tender", true},
       {"obliged",
        {{"unit", project.tenderer.value}, {"name", turn.world.UnitOf(project.tenderer)->name}}}});
  return moves;
}

class Turning {
 public:
  explicit Turning(Turn& turn)
      : turn_(turn),
        current_(*turn.current),
        head_(turn.Officer(Role::kHead)),
        intake_(turn.Officer(Role::kIntake)),
        obliged_(turn.world.Any(turn.random, Role::kTenderer, current_.Unit("/obliged/unit"))) {}

  Moves All() {
    if (turn_.InAny({"open", "returned_incomplete", "rectification_required"})) {
      moves_
          .Add(9, obliged_, "submit",
               {{"documents", Json::array({Document(turn_.random, "备案材料.pdf")})},
                {"is_sealed", true}})
          .pause_max = 3;
    }
    if (turn_.InAny({"open", "returned_incomplete"})) {
      moves_.Add(1, head_, "waive", {{"legal_basis", "项目终止"}, {"reason", "招标终止，无需报送"}})
          .pause_min = 4;
    }
    if (turn_.In("submitted")) Taking();
    Reviewing();
    if (turn_.InAny({"submitted", "signed_for", "first_review", "second_review"})) {
      moves_.Add(1, obliged_, "withdraw", {{"reason", "材料有误，重新报送"}});
    }
    // Most stay as they were filed.
    if (turn_.In("filed_ok") && turn_.random.Chance(10)) Supersede();
    const std::string type = current_.Text("/type");
    const bool of_performance = type == "contract" || type == "performance";
    if (of_performance && turn_.InAny({"open", "filed_ok"})) Performance();
    return std::move(moves_);
  }

 private:
  void Taking() {
    const Unit* const unit = turn_.Department();
    const auto handlers = turn_.world.Some(turn_.random, Role::kHandler, unit->id,
                                           static_cast<std::size_t>(turn_.random.Between(1, 2)));
    Json names = Json::array();
    for (const auto& handler : handlers) names.push_back(handler.value);
    moves_.Add(8, intake_, "sign_for", {{"handlers", names}}).pause_max = 3;
    moves_.Add(1, intake_, "return_incomplete", {{"gaps", {"缺少评标报告"}}});
    if (!current_.Has("/fulfilled_at")) {
      moves_.Add(1, intake_, "return_not_competent", {{"competent_department", "上级主管部门"}});
    }
  }

  void Reviewing() {
    const auto reviewed = current_.Texts("/reviewed");
    if (turn_.In("signed_for")) {
      for (const auto& handler : current_.Texts("/handlers")) {
        if (std::find(reviewed.begin(), reviewed.end(), handler) != reviewed.end()) continue;
        moves_
            .Add(8, turn_.world.Person(ActorId(handler)), "review_first",
                 {{"opinion", "材料齐全，建议通过"}})
            .pause_max = 3;
      }
    }
    auto others = current_.Who("filing.first_reviewed");
    if (turn_.In("first_review")) {
      moves_.Add(8, turn_.Officer(Role::kHandler, others), "review_second",
                 {{"opinion", "同意初审意见"}});
    }
    if (turn_.In("second_review")) Opinion();
  }

  void Opinion() {
    moves_.AddAs("no_problem_found", 7, head_, "issue_opinion",
                 {{"result", "no_problem_found"}, {"opinion", "未发现问题"}});
    moves_.AddAs("rectification_required", 2, head_, "issue_opinion",
                 {{"result", "rectification_required"},
                  {"opinion", "评标情况记载不全"},
                  {"items", {"补充评标委员会组成"}},
                  {"correct_by", turn_.Workday(10)},
                  {"document", Document(turn_.random, "备案意见书.pdf")}});
  }

  /// By another filing of the same project, if there is one; else by any.
  void Supersede() {
    const CaseInPlay* newer = nullptr;
    for (const auto* other : turn_.cases("filing")) {
      if (other->id == current_.id) continue;
      if (newer == nullptr || other->Text("/project") == current_.Text("/project")) newer = other;
    }
    if (newer == nullptr) return;
    moves_.Add(1, obliged_, "supersede", {{"newer", newer->id.value}}).pause_min = 4;
  }

  void Performance() {
    moves_
        .Add(2, obliged_, "record_performance",
             {{"kind", "payment"},
              {"description", "支付第一期合同款"},
              {"happened_on", turn_.Day()},
              {"amount_fen", 120'000'000},
              {"documents", Json::array({Document(turn_.random, "付款凭证.pdf")})}})
        .pause_max = 40;
    if (!current_.Has("/check_on")) {
      moves_.Add(1, head_, "plan_check", {{"check_on", turn_.Workday(10)}}).pause_max = 12;
    } else {
      moves_
          .Add(2, turn_.Officer(Role::kHandler), "check_performance",
               {{"findings", "履约情况良好"}, {"problem_found", false}})
          .pause_max = 40;
    }
  }

  Turn& turn_;
  const CaseInPlay& current_;
  const Actor* const head_;
  const Actor* const intake_;
  const Actor* const obliged_;
  Moves moves_;
};

class FilingPlayer : public Player {
 public:
  int Share() const override { return 24; }
  Moves Next(Turn& turn) const override {
    return turn.current == nullptr ? Open(turn) : Turning(turn).All();
  }
};

}  // namespace

const Player& Scenario() {
  static const FilingPlayer player;
  return player;
}

}  // namespace docket::demo::filing
