#include "api/demo/scenario.hpp"

namespace docket::demo::catalogue {

namespace {

Json Entries(Turn& turn, const std::string& effective_on) {
  Json entries = Json::array();
  entries.push_back({{"trade", "works"},
                     {"owners", {"administrative", "institution", "enterprise"}},
                     {"threshold_yuan", turn.random.Between(1, 4) * 1'000'000},
                     {"mandatory", true},
                     {"effective_from", effective_on},
                     {"basis", "必须招标的工程项目规定"}});
  entries.push_back({{"trade", "forest_rights"},
                     {"owners", Json::array()},
                     {"mandatory", false},
                     {"effective_from", effective_on},
                     {"basis", "自愿进场交易"}});
  return entries;
}

/// Of a project, whether it has to enter or may.
Json Trade(Turn& turn, bool is_mandatory) {
  return {{"trade", is_mandatory ? "works" : "forest_rights"},
          {"owner", is_mandatory ? "institution" : "private"},
          {"on", turn.Day()},
          {"estimate_yuan", turn.random.Between(5, 90) * 1'000'000}};
}

Moves Open(Turn& turn) {
  const Actor* const clerk = turn.world.Any(turn.random, Role::kResourceOffice);
  Moves moves;
  if (clerk == nullptr) return moves;
  const Unit& office = *turn.world.UnitOf(clerk->unit);
  const std::string effective_on = turn.Day(turn.random.Between(30, 120));
  moves.Add(1, clerk, "draft",
            {{"region", office.region.value},
             {"title", "公共资源交易目录（" + turn.Day().substr(0, 4) + " 年版）"},
             {"effective_on", effective_on},
             {"entries", Entries(turn, effective_on)}});
  return moves;
}

const Actor* Office(Turn& turn, const std::vector<ActorId>& others = {}) {
  return turn.world.AnyBut(turn.random, Role::kResourceOffice, turn.current->Unit(), others);
}

void AddConsulting(Turn& turn, Moves& moves) {
  const CaseInPlay& current = *turn.current;
  std::vector<std::string> asked = current.Texts("/departments");
  for (const auto& answered : current.Texts("/answered")) std::erase(asked, answered);
  for (const auto& unit : asked) {
    moves.Add(4, turn.world.Any(turn.random, Role::kHead, UnitId(unit)), "give_opinion",
              {{"agrees", turn.random.Chance(80)}, {"opinion", "无修改意见"}});
  }
  auto others = current.Who("catalogue.drafted");
  for (auto& reviser : current.Who("catalogue.revised")) others.push_back(std::move(reviser));
  const bool is_over = asked.empty() || current.Text("/opinions_by") < turn.Day();
  if (!is_over || current.Text("/effective_on") < turn.Day()) return;
  moves.Add(8, Office(turn, others), "approve",
            {{"document_number", "政办〔" + turn.Day().substr(0, 4) + "〕" +
                                     std::to_string(turn.random.Between(1, 99)) + "号"},
             {"document", Document(turn.random, "目录批复.pdf")}});
}

void AddEntering(Turn& turn, Moves& moves) {
  auto& random = turn.random;
  const CaseInPlay& current = *turn.current;
  const Project& project = random.Pick(turn.world.Projects());
  moves.Add(4, Office(turn), "check_entry",
            {{"project", project.code.value},
             {"trade", Trade(turn, true)},
             {"entered", random.Chance(75)}});
  const Actor* const platform = turn.world.Any(random, Role::kDataProvider);
  bool has_entered = false;
  for (const auto& choice : current.facts.value("choices", Json::array())) {
    has_entered = has_entered || choice.at("project") == project.code.value;
    const Actor* const owner =
        turn.world.Any(random, Role::kTenderer, UnitId(choice.value("owner", "")));
    moves.Add(1, owner, "choose_platform",
              {{"project", choice.at("project")}, {"platform", platform->unit.value}});
    if (choice.value("voluntary", false)) {
      moves.Add(1, owner, "withdraw_entry", {{"project", choice.at("project")}});
    }
  }
  if (has_entered) return;
  moves.Add(3, turn.world.Any(random, Role::kTenderer, project.tenderer), "enter_voluntarily",
            {{"project", project.code.value},
             {"trade", Trade(turn, false)},
             {"platform", platform->unit.value},
             {"statement", Document(random, "自愿进场声明.pdf")}});
}

class CataloguePlayer : public Player {
 public:
  int Share() const override { return 3; }

  Moves Next(Turn& turn) const override {
    if (turn.current == nullptr) return Open(turn);
    Moves moves;
    const std::string effective_on = turn.Day(turn.random.Between(40, 120));
    if (turn.In("drafting")) {
      Json departments = Json::array();
      for (const auto* unit :
           turn.world.UnitsWith(Role::kHead, RegionCode(turn.current->Text("/region")))) {
        if (departments.size() < 2) departments.push_back(unit->id.value);
      }
      moves.Add(
          6, Office(turn), "consult",
          {{"departments", departments}, {"opinions_by", turn.Day(turn.random.Between(7, 20))}});
    }
    // Whoever has revised it does not approve it: somebody must be left.
    if (turn.InAny({"drafting", "consulting"}) && turn.current->Who("catalogue.revised").empty()) {
      moves.Add(1, Office(turn), "revise",
                {{"effective_on", effective_on}, {"entries", Entries(turn, effective_on)}});
    }
    if (turn.In("consulting")) AddConsulting(turn, moves);
    // What is approved waits for its day.
    if (turn.InAny({"drafting", "consulting", "approved"}) && turn.random.Chance(10)) {
      moves.Add(1, Office(turn), "abandon", {{"reason", "上级目录即将调整"}});
    }
    if (turn.In("in_force")) AddEntering(turn, moves);
    return moves;
  }
};

}  // namespace

const Player& Scenario() {
  static const CataloguePlayer player;
  return player;
}

}  // namespace docket::demo::catalogue
