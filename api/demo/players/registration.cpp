#include "api/demo/scenario.hpp"

namespace docket::demo::registration {

namespace {

Json Submit(Turn& turn, std::string_view kind, const Project& project) {
  Json submit = {{"kind", kind},
                 {"region", project.region.value},
                 {"industry", NameOf(project.industry)},
                 {"applicant",
                  {{"kind", "legal_person"},
                   {"name", CompanyName(turn.random)},
                   {"id_number", CreditCodeOf(turn.random).value},
                   {"phone", PhoneNumber(turn.random)}}},
                 {"checklist",
                  {{{"name", "立项批复"}, {"provided", true}},
                   {{"name", "营业执照"}, {"provided", turn.random.Chance(80)}}}},
                 {"documents", Json::array({Document(turn.random, "登记材料.pdf")})}};
  if (kind == "construction_project" || kind == "market_entry") {
    submit["project"] = project.code.value;
    submit["project_name"] = project.name;
    submit["stage"] = "approval";
  }
  return submit;
}

Moves Open(Turn& turn) {
  auto& random = turn.random;
  const Project& project = random.Pick(turn.world.Projects());
  const Actor* const tenderer = turn.world.Any(random, Role::kTenderer, project.tenderer);
  const Actor* const provider = turn.world.Any(random, Role::kDataProvider);
  Moves moves;
  moves.AddAs("construction_project", 3, tenderer, "submit",
              Submit(turn, "construction_project", project));
  moves.AddAs("market_entry", 3, tenderer, "submit", Submit(turn, "market_entry", project));
  moves.AddAs("agency", 1, tenderer, "submit", Submit(turn, "agency", project));
  moves.AddAs("platform", 1, provider, "submit", Submit(turn, "platform", project));
  return moves;
}

class Turning {
 public:
  explicit Turning(Turn& turn)
      : turn_(turn),
        current_(*turn.current),
        head_(turn.Officer(Role::kHead)),
        intake_(turn.Officer(Role::kIntake)),
        handler_(turn.Handler()),
        applicant_(turn.world.Person(ActorId(current_.Text("/submitted_by")))) {}

  Moves All() {
    if (turn_.In("submitted")) Taking();
    if (turn_.In("signed_for")) Accepting();
    if (turn_.In("correction_requested")) Correcting();
    if (turn_.InAny({"accepted", "under_review", "update_pending"})) Review();
    if (turn_.InAny({"under_review", "update_pending"})) Decide();
    if (turn_.In("registered")) {
      moves_
          .Add(2, applicant_, "request_update",
               {{"changes", "变更法定代表人"},
                {"documents", Json::array({Document(turn_.random, "变更材料.pdf")})}})
          .pause_min = 5;
      moves_.Add(1, head_, "cancel", {{"reason", "主体注销"}}).pause_min = 5;
    }
    if (turn_.InAny({"submitted", "signed_for", "correction_requested", "accepted"})) {
      moves_.Add(1, applicant_, "withdraw", {{"reason", "暂不办理"}});
    }
    return std::move(moves_);
  }

 private:
  void Taking() {
    const Unit* const unit = turn_.Department();
    if (unit == nullptr) return;
    const auto handlers = turn_.world.Some(turn_.random, Role::kHandler, unit->id, 2);
    Json names = Json::array();
    for (const auto& handler : handlers) names.push_back(handler.value);
    moves_.Add(9, intake_, "sign_for", {{"handlers", names}}).pause_max = 2;
    moves_.Add(1, intake_, "return_not_competent", {{"competent_department", "上级主管部门"}});
  }

  void Accepting() {
    moves_
        .Add(8, intake_, "accept",
             {{"items_found", current_.Texts("/required")}, {"promised_workdays", 10}})
        .pause_max = 3;
    if (!current_.Is("/correction_was_requested")) {
      moves_.Add(2, intake_, "request_correction",
                 {{"items", {"补充营业执照"}}, {"limit_workdays", 5}});
    }
  }

  void Correcting() {
    if (turn_.Runs("registration_correction")) {
      moves_.Add(6, applicant_, "supply_correction",
                 {{"documents", Json::array({Document(turn_.random, "营业执照.pdf")})}});
      // Whoever waits too long is sent back.
      return;
    }
    moves_.Add(6, intake_, "return_incomplete", {{"reasons", "逾期未补正"}});
  }

  void Review() {
    const bool passed = turn_.random.Chance(85);
    moves_
        .Add(turn_.In("accepted") || !current_.Is("/review_passed") ? 6 : 1, handler_, "review",
             {{"checks",
               {{{"point", "审批手续齐全"}, {"passed", true}},
                {{"point", "进场范围合规"}, {"passed", passed}}}},
              {"opinion", passed ? "符合登记条件" : "进场范围不符"}})
        .pause_max = 3;
  }

  void Decide() {
    const Actor* const decider = turn_.Officer(Role::kHead, current_.Who("registration.reviewed"));
    if (current_.Is("/review_passed")) {
      moves_
          .Add(8, decider, "register",
               {{"entry_no", "DJ-" + std::to_string(turn_.random.Between(10'000, 99'999))}})
          .pause_max = 60;
    }
    moves_.Add(1, decider, "refuse",
               {{"reasons", "不符合登记条件"}, {"remedies", "可在六十日内申请行政复议"}});
  }

  Turn& turn_;
  const CaseInPlay& current_;
  const Actor* const head_;
  const Actor* const intake_;
  const Actor* const handler_;
  const Actor* const applicant_;
  Moves moves_;
};

class RegistrationPlayer : public Player {
 public:
  int Share() const override { return 18; }
  Moves Next(Turn& turn) const override {
    return turn.current == nullptr ? Open(turn) : Turning(turn).All();
  }
};

}  // namespace

const Player& Scenario() {
  static const RegistrationPlayer player;
  return player;
}

}  // namespace docket::demo::registration
