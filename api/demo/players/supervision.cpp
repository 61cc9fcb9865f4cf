#include "api/demo/scenario.hpp"

namespace docket::demo::supervision {

namespace {

std::string Code(Turn& turn) {
  return "DB-" + turn.Day().substr(0, 4) + "-" +
         std::to_string(turn.random.Between(100'000, 999'999));
}

/// A department of the division, not of the issuer's own level where the issuer is a department.
const Unit* AddresseeOf(Turn& turn, const Unit& issuer) {
  std::vector<const Unit*> addressees;
  for (const auto& unit : turn.world.Units()) {
    const bool is_lower = unit.region != issuer.region || issuer.industries.empty();
    if (issuer.region.Covers(unit.region) && is_lower && !unit.industries.empty()) {
      addressees.push_back(&unit);
    }
  }
  return addressees.empty() ? nullptr : turn.random.Pick(addressees);
}

void AddIssue(Turn& turn, Role role, std::string_view kind, int weight, Moves& moves) {
  const Actor* const issuer = turn.world.Any(turn.random, role);
  if (issuer == nullptr) return;
  const Unit* const addressee = AddresseeOf(turn, *turn.world.UnitOf(issuer->unit));
  if (addressee == nullptr) return;
  const Project& project = turn.random.Pick(turn.world.Projects());
  moves.AddAs(kind, weight, issuer, "issue",
              {{"kind", kind},
               {"code", Code(turn)},
               {"addressee", addressee->id.value},
               {"requirement", "请核查有关问题并按期报送办理情况"},
               {"limit_on", turn.Workday(turn.random.Between(15, 30))},
               {"region", addressee->region.value},
               {"industry", NameOf(addressee->industries.front())},
               {"project", project.code.value},
               {"project_name", project.name}});
}

Moves Open(Turn& turn) {
  Moves moves;
  AddIssue(turn, Role::kResourceOffice, "supervision", 6, moves);
  AddIssue(turn, Role::kHead, "circular", 1, moves);
  AddIssue(turn, Role::kDiscipline, "inspection", 2, moves);
  AddIssue(turn, Role::kAudit, "accountability", 1, moves);
  return moves;
}

/// Whoever acts for the unit that issued it.
const Actor* Issuer(Turn& turn) {
  for (const Role role : {Role::kResourceOffice, Role::kHead, Role::kDiscipline, Role::kAudit}) {
    const auto people = turn.world.Holding(role, turn.current->Unit("/issuer"));
    if (!people.empty()) return turn.random.Pick(people);
  }
  return nullptr;
}

class Turning {
 public:
  explicit Turning(Turn& turn)
      : turn_(turn), current_(*turn.current), addressee_(current_.Unit("/addressee")) {}

  Moves All() {
    if (turn_.In("issued")) SignFor();
    if (turn_.InAny({"signed_for", "in_progress"})) Work();
    if (turn_.In("in_progress")) Finish();
    Issuing();
    return std::move(moves_);
  }

 private:
  const Actor* Head() { return turn_.world.Any(turn_.random, Role::kHead, addressee_); }

  void SignFor() {
    const auto handlers = turn_.world.Some(turn_.random, Role::kHandler, addressee_, 2);
    Json names = Json::array();
    for (const auto& handler : handlers) names.push_back(handler.value);
    const Actor* signer = turn_.world.Any(turn_.random, Role::kIntake, addressee_);
    if (signer == nullptr) {
      signer = turn_.world.Any(turn_.random, Role::kTradingCentre, addressee_);
    }
    moves_.Add(8, signer, "sign_for", {{"handlers", names}}).pause_max = 4;
  }

  void Work() {
    const Actor* worker = turn_.Handler();
    if (worker == nullptr) worker = Head();
    if (worker == nullptr) {
      worker = turn_.world.Any(turn_.random, Role::kTradingCentre, addressee_);
    }
    moves_.Add(turn_.In("signed_for") ? 8 : 2, worker, "report_progress",
               {{"progress", "已约谈相关人员，正在核实"},
                {"documents", Json::array({Document(turn_.random, "进展情况.pdf")})}});
  }

  void Finish() {
    const Unit* const unit = turn_.world.UnitOf(addressee_);
    std::vector<const Unit*> lower;
    for (const auto& other : turn_.world.Units()) {
      const bool is_below = unit != nullptr && unit->region.Covers(other.region) &&
                            unit->region != other.region && !other.industries.empty();
      if (is_below) lower.push_back(&other);
    }
    const std::string limit = current_.Text("/limit_on");
    bool child_open = false;
    for (const auto& forwarded : current_.facts.at("forwardings")) {
      child_open = child_open || !forwarded.contains("outcome");
    }
    if (!lower.empty() && limit >= turn_.Day(2) && current_.facts.at("forwardings").empty()) {
      moves_.Add(2, Head(), "forward",
                 {{"addressee", turn_.random.Pick(lower)->id.value},
                  {"requirement", "请属地核实并报告"},
                  {"limit_on", limit}});
    }
    if (child_open) return;
    Json opinion = {{"opinion", "已按要求整改到位"},
                    {"documents", Json::array({Document(turn_.random, "办结报告.pdf")})}};
    if (current_.Text("/kind") == "accountability") {
      opinion["persons"] = Json::array({{{"capacity", "in_charge"},
                                         {"name", PersonName(turn_.random)},
                                         {"handling", "诫勉谈话"}}});
    }
    const Actor* submitter = Head();
    if (submitter == nullptr) {
      submitter = turn_.world.Any(turn_.random, Role::kTradingCentre, addressee_);
    }
    moves_.Add(7, submitter, "submit_opinion", std::move(opinion));
  }

  void Issuing() {
    const Actor* const issuer = Issuer(turn_);
    if (turn_.In("opinion_submitted")) {
      moves_.Add(6, issuer, "accept");
      moves_.Add(1, issuer, "return_item",
                 {{"limit_on", turn_.Workday(15)}, {"reason", "整改措施不具体"}});
    }
    if (turn_.InAny({"issued", "signed_for", "in_progress"})) {
      if (current_.Is("/overdue")) {
        moves_.Add(3, issuer, "urge", {{"note", "事项已超期，请抓紧办理"}});
        if (!current_.Is("/circulated")) {
          moves_.Add(1, issuer, "circulate",
                     {{"level", "recipients"},
                      {"document", Document(turn_.random, "督办通报.pdf")},
                      {"recipients", {"各设区市公共资源交易管理办公室"}}});
        }
      }
      if (turn_.random.Chance(20)) {
        moves_.Add(1, issuer, "revoke", {{"reason", "事项已并入其他督办"}});
      }
    }
  }

  Turn& turn_;
  const CaseInPlay& current_;
  const UnitId addressee_;
  Moves moves_;
};

class SupervisionPlayer : public Player {
 public:
  int Share() const override { return 12; }
  Moves Next(Turn& turn) const override {
    return turn.current == nullptr ? Open(turn) : Turning(turn).All();
  }
};

}  // namespace

const Player& Scenario() {
  static const SupervisionPlayer player;
  return player;
}

}  // namespace docket::demo::supervision
