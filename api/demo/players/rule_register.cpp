#include "api/demo/scenario.hpp"

namespace docket::demo::rule_register {

namespace {

std::string Number(Turn& turn) {
  return "建规〔" + turn.Day().substr(0, 4) + "〕" + std::to_string(turn.random.Between(1, 99)) +
         "号";
}

Moves Open(Turn& turn) {
  auto& random = turn.random;
  const auto draft = [&](const Actor* maker, std::string_view kind) {
    return Json{{"region", turn.world.UnitOf(maker->unit)->region.value},
                {"kind", kind},
                {"title", kind == "data_standard" ? "交易数据规范" : "评标委员会管理办法"},
                {"version", "1.0"},
                {"text", Document(random, "征求意见稿.docx")}};
  };
  const Actor* const handler = turn.world.Any(random, Role::kHandler);
  const Actor* const office = turn.world.Any(random, Role::kResourceOffice);
  Moves moves;
  moves.AddAs("trading_rule", 3, handler, "draft", draft(handler, "trading_rule"));
  moves.AddAs("data_standard", 2, office, "draft", draft(office, "data_standard"));
  const auto others = turn.cases("rule_register");
  if (!others.empty()) {
    Json local = draft(handler, "local_rule");
    local["parent"] = random.Pick(others)->id.value;
    moves.AddAs("local_rule", 1, handler, "draft", local);
  }
  return moves;
}

/// Somebody of the unit that made it: who drafts, or who decides.
const Actor* Maker(Turn& turn, bool decides, const std::vector<ActorId>& others = {}) {
  const UnitId unit = turn.current->Unit();
  const Role role = turn.current->Is("/made_by_office") ? Role::kResourceOffice
                                                        : (decides ? Role::kHead : Role::kHandler);
  return turn.world.AnyBut(turn.random, role, unit, others);
}

void AddMaking(Turn& turn, Moves& moves) {
  const CaseInPlay& current = *turn.current;
  auto& random = turn.random;
  const bool by_office = current.Is("/made_by_office");
  if (turn.In("drafting") && !by_office) moves.Add(5, Maker(turn, false), "consult_office");
  if (turn.InAny({"drafting", "consulted"})) {
    moves.Add(1, Maker(turn, false), "revise", {{"text", Document(random, "修改稿.docx")}});
    moves.Add(1, Maker(turn, true), "abandon", {{"reason", "上位规则调整"}});
  }
  if (turn.In("consulting")) {
    moves.Add(5, turn.Near(Role::kResourceOffice, RegionCode(current.Text("/region"))),
              "give_opinion", {{"agrees", random.Chance(80)}, {"opinion", "原则同意"}});
  }
  if (!turn.In("consulted") && !(turn.In("drafting") && by_office)) return;
  auto others = current.Who("rule_register.drafted");
  for (auto& reviser : current.Who("rule_register.revised")) others.push_back(std::move(reviser));
  Json issue = {{"document_number", Number(turn)},
                {"issued_on", turn.Day()},
                {"document", Document(random, "正式文本.pdf")}};
  if (random.Chance(60)) issue["effective_on"] = turn.Day(random.Between(1, 60));
  moves.Add(6, Maker(turn, true, others), "issue", issue);
}

void AddKeeping(Turn& turn, Moves& moves) {
  const CaseInPlay& current = *turn.current;
  auto& random = turn.random;
  const auto offices =
      turn.world.UnitsWith(Role::kResourceOffice, RegionCode(current.Text("/region")));
  if (turn.InAny({"issued", "in_force"}) && !current.Is("/copied") && !offices.empty()) {
    moves.Add(5, Maker(turn, false), "copy_to_office", {{"office", offices.front()->id.value}});
  }
  if (turn.In("in_force")) {
    moves.Add(1, Maker(turn, true), "interpret",
              {{"provision", "第十条"},
               {"issued_on", turn.Day()},
               {"note", Document(random, "解释.pdf")}});
    moves.Add(3, Maker(turn, false), "review",
              {{"result", random.Chance(70) ? "keep" : "amend"}, {"reason", "年度清理"}});
  }
  if (turn.In("reviewed")) {
    moves.Add(5, Maker(turn, true, current.Who("rule_register.reviewed")), "publish_result",
              {{"place", "部门网站"}});
  }
  if (turn.InAny({"in_force", "reviewed"})) {
    for (const auto* other : turn.cases("rule_register")) {
      if (other->id == current.id || other->state != "in_force") continue;
      moves.Add(1, Maker(turn, true), "supersede", {{"successor", other->id.value}});
      break;
    }
  }
  if (turn.InAny({"issued", "in_force", "reviewed"}) && random.Chance(30)) {
    moves.Add(1, Maker(turn, true), "repeal",
              {{"document_number", Number(turn)}, {"reason", "与上位法不一致"}});
  }
}

class RuleRegisterPlayer : public Player {
 public:
  int Share() const override { return 4; }

  Moves Next(Turn& turn) const override {
    if (turn.current == nullptr) return Open(turn);
    Moves moves;
    AddMaking(turn, moves);
    AddKeeping(turn, moves);
    return moves;
  }
};

}  // namespace

const Player& Scenario() {
  static const RuleRegisterPlayer player;
  return player;
}

}  // namespace docket::demo::rule_register
