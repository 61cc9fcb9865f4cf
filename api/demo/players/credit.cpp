#include "api/demo/scenario.hpp"

namespace docket::demo::credit {

namespace {

Json Subject(Random& random, bool is_person) {
  if (is_person) {
    return {
        {"kind", "person"}, {"name", PersonName(random)}, {"id_number", IdentityNumber(random)}};
  }
  return {{"kind", "organisation"},
          {"name", CompanyName(random)},
          {"credit_code", CreditCodeOf(random).value}};
}

Json Entry(Turn& turn, const Project& project, const UnitId& department, std::string_view kind) {
  auto& random = turn.random;
  const bool is_ban = kind == "ban";
  const bool restricts = is_ban || kind == "dishonesty" || kind == "expert_blacklist";
  Json entry = {{"unit", department.value},
                {"region", project.region.value},
                {"industry", NameOf(project.industry)},
                {"project", project.code.value},
                {"kind", kind},
                {"subject", Subject(random, kind.starts_with("expert"))},
                {"account", turn.world.Any(random, Role::kRespondent)->id.value},
                {"decision",
                 {{"document_number", "罚〔" + turn.Day().substr(0, 4) + "〕" +
                                          std::to_string(random.Between(1, 200)) + "号"},
                  {"issuer", "行政监督部门"},
                  {"decided_on", turn.Day(-random.Between(1, 30))},
                  {"document", Document(random, "处罚决定书.pdf")}}},
                {"basis", "招标投标法"},
                {"grounds", "弄虚作假骗取中标"},
                {"restricts", restricts},
                {"scope_region", "350000"},
                {"scope_industries", Json::array()},
                {"from", turn.Day()}};
  if (kind == "expert_record") entry["aspect"] = "discipline";
  if (restricts)
    entry["until"] = turn.Day(is_ban ? random.Between(400, 1'000) : random.Between(60, 900));
  return entry;
}

Moves Open(Turn& turn) {
  const Project& project = turn.random.Pick(turn.world.Projects());
  const UnitId department = turn.world.Departments(project.region, project.industry).front()->id;
  Moves moves;
  for (const std::string_view kind : {"dishonesty", "misconduct", "violation", "reward", "ban",
                                      "expert_record", "expert_blacklist"}) {
    moves.AddAs(kind, kind == "dishonesty" ? 4 : 1,
                turn.world.Any(turn.random, Role::kHandler, department), "propose",
                Entry(turn, project, department, kind));
  }
  return moves;
}

void AddDecision(Turn& turn, Moves& moves) {
  const CaseInPlay& current = *turn.current;
  Json decision = {{"from", turn.Day()}, {"opinion", "同意记入"}};
  // The last day that was proposed, unless it has come meanwhile.
  const int days = current.Text("/kind") == "ban" ? turn.random.Between(400, 1'000)
                                                  : turn.random.Between(30, 700);
  if (current.Has("/until")) decision["until"] = turn.Day(days);
  moves.Add(8, turn.Officer(Role::kHead, current.Who("credit.proposed")), "decide", decision);
  moves.Add(1, turn.Officer(Role::kHead), "decline", {{"reason", "依据尚未生效"}});
}

class CreditPlayer : public Player {
 public:
  int Share() const override { return 8; }

  Moves Next(Turn& turn) const override {
    if (turn.current == nullptr) return Open(turn);
    const CaseInPlay& current = *turn.current;
    const Actor* const head = turn.Officer(Role::kHead);
    Moves moves;
    if (turn.In("proposed")) AddDecision(turn, moves);
    if (turn.InAny({"in_force", "repair_pending"}) && !current.Is("/published") &&
        !current.Is("/exempt")) {
      moves.Add(6, turn.Officer(Role::kHandler), "publish", {{"place", "信用中国（澜江）"}});
      moves.Add(1, head, "exempt_from_publication",
                {{"ground", "trade_secret"}, {"reason", "涉及商业秘密"}});
    }
    if (turn.In("in_force") && current.Text("/kind") != "reward") {
      moves.Add(2, turn.world.Person(ActorId(current.Text("/account"))), "apply_for_repair",
                {{"statement", "已整改并作出信用承诺"},
                 {"evidence", Json::array({Document(turn.random, "信用承诺书.pdf")})}});
    }
    if (turn.In("repair_pending")) {
      const Actor* const decides = turn.Officer(Role::kHead, current.Who("credit.repair_applied"));
      moves.Add(3, decides, "grant_repair", {{"opinion", "符合修复条件"}});
      moves.Add(2, decides, "deny_repair", {{"reason", "未满最短公示期"}});
    }
    if (turn.InAny({"proposed", "in_force", "repair_pending"})) {
      moves.Add(1, head, "source_annulled",
                {{"ruling", "行政复议决定书"}, {"annulled_on", turn.Day()}});
    }
    if (turn.In("taking_down")) {
      moves.Add(6, turn.Officer(Role::kHandler), "take_down",
                {{"explanation", "来源决定失效，予以撤下"}});
    }
    return moves;
  }
};

}  // namespace

const Player& Scenario() {
  static const CreditPlayer player;
  return player;
}

}  // namespace docket::demo::credit
