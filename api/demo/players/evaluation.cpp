#include "api/demo/scenario.hpp"

#include <algorithm>

namespace docket::demo::evaluation {

namespace {

const Actor* Office(Turn& turn, const std::vector<ActorId>& others = {}) {
  const RegionCode region(turn.current->Text("/region"));
  const auto offices = turn.world.UnitsWith(Role::kResourceOffice, region);
  if (offices.empty()) return nullptr;
  return turn.world.AnyBut(turn.random, Role::kResourceOffice, offices.front()->id, others);
}

Moves Open(Turn& turn) {
  auto& random = turn.random;
  const Actor* const clerk = turn.world.Any(random, Role::kResourceOffice);
  Moves moves;
  if (clerk == nullptr) return moves;
  const RegionCode region = turn.world.UnitOf(clerk->unit)->region;
  const auto plan = [&](std::string_view kind, const std::vector<const Unit*>& objects) {
    if (objects.empty()) return;
    moves.AddAs(kind, 1, clerk, "plan_evaluation",
                {{"region", region.value},
                 {"kind", kind},
                 {"object", objects.front()->id.value},
                 {"year_starts_on", turn.Day(random.Between(2, 25))}});
  };
  plan("trading_centre", turn.world.UnitsWith(Role::kTradingCentre, region));
  plan("department", turn.world.UnitsWith(Role::kHead, region));
  return moves;
}

void AddIndicators(Turn& turn, int weight, Moves& moves) {
  Json methods = Json::array();
  for (const std::string_view method :
       {"site_visit", "market_subjects", "network", "third_party"}) {
    methods.push_back({{"method", method}, {"weight", 25}});
  }
  Json indicators = Json::array();
  indicators.push_back({{"code", "service"}, {"title", "服务质量"}, {"weight", 60}});
  indicators.push_back({{"code", "data"}, {"title", "数据归集"}, {"weight", 40}});
  moves.Add(weight, Office(turn), "set_indicators",
            {{"indicators", indicators}, {"methods", methods}, {"poor_below", 7'000}});
}

/// Methods that are neither had nor waived.
std::vector<std::string> OpenMethods(const CaseInPlay& current) {
  std::vector<std::string> methods{"site_visit", "market_subjects", "network", "third_party"};
  for (const auto& evidence : current.facts.value("evidence", Json::array())) {
    std::erase(methods, evidence.value("method", ""));
  }
  for (const auto& waived : current.Texts("/waived")) std::erase(methods, waived);
  return methods;
}

void AddEvidence(Turn& turn, Moves& moves) {
  const CaseInPlay& current = *turn.current;
  auto& random = turn.random;
  const auto methods = OpenMethods(current);
  const auto evaluators = current.Texts("/evaluators");
  for (const auto& method : methods) {
    const int mean = random.Between(50, 95) * 100;
    Json scores = Json::array();
    for (const std::string_view code : {"service", "data"}) {
      scores.push_back({{"code", code}, {"score", mean + random.Between(-500, 500)}});
    }
    Json evidence = {{"method", method},
                     {"collected_on", turn.Day()},
                     {"scores", scores},
                     {"document", Document(random, "考评记录.pdf")}};
    if (method == "third_party") evidence["assessor"] = CreditCodeOf(random).value;
    moves.AddAs(method, 4, turn.world.Person(ActorId(random.Pick(evaluators))), "record_evidence",
                evidence);
  }
  if (!methods.empty() && current.Has("/evidence")) {
    moves.Add(1, Office(turn), "waive_evidence",
              {{"method", methods.front()}, {"reason", "本年度不具备条件"}});
  }
  if (methods.empty()) moves.Add(10, Office(turn), "score");
}

void AddDraft(Turn& turn, Moves& moves) {
  const CaseInPlay& current = *turn.current;
  auto& random = turn.random;
  if (turn.In("scored")) {
    moves.Add(5, Office(turn), "show_draft",
              {{"delivered_on", turn.Day()}, {"document", Document(random, "初评结果告知书.pdf")}});
  }
  if (turn.In("draft_shown")) {
    const UnitId object = current.Unit("/object");
    const bool is_centre = current.Text("/kind") == "trading_centre";
    if (turn.Runs("evaluation_objection")) {
      moves.Add(1, turn.world.Any(random, is_centre ? Role::kTradingCentre : Role::kHead, object),
                "raise_objection",
                {{"grounds", "现场查看时系统正在升级"}, {"documents", Json::array()}});
    }
    auto others = current.Who("evaluation.scored");
    for (auto& one : current.Who("evaluation.evidence_recorded")) others.push_back(std::move(one));
    if (!turn.Runs("evaluation_objection")) {
      moves.Add(6, Office(turn, others), "finalise", {{"opinion", "同意考评结果"}});
    }
  }
  if (turn.In("objection_raised")) {
    moves.Add(3, Office(turn), "answer_objection",
              {{"upheld", false}, {"answer", "异议不成立"}, {"methods", Json::array()}});
    moves.AddAs(
        "upheld", 1, Office(turn), "answer_objection",
        {{"upheld", true}, {"answer", "予以复查"}, {"methods", Json::array({"site_visit"})}});
  }
}

void AddResult(Turn& turn, Moves& moves) {
  const CaseInPlay& current = *turn.current;
  if (turn.In("final")) {
    moves.Add(5, Office(turn), "publish",
              {{"published_on", turn.Day()}, {"channel", "公共资源交易网"}});
  }
  if (!turn.In("published")) return;
  moves.Add(4, Office(turn), "complete");
  if (current.facts.value("score", 0) >= current.facts.value("poor_below", 0)) return;
  moves.Add(5, Office(turn), "take_measure",
            {{"measure", "rectification"},
             {"reason", "得分低于合格线"},
             {"until", turn.Day(turn.random.Between(20, 60))}});
  if (current.Text("/kind") != "trading_centre") return;
  auto others = current.Who("evaluation.scored");
  for (auto& one : current.Who("evaluation.evidence_recorded")) others.push_back(std::move(one));
  moves.Add(1, Office(turn, others), "cancel_service",
            {{"effective_on", turn.Day(30)},
             {"reason", "连续考评较差"},
             {"decision", Document(turn.random, "取消服务资格决定书.pdf")}});
}

class EvaluationPlayer : public Player {
 public:
  int Share() const override { return 3; }

  Moves Next(Turn& turn) const override {
    if (turn.current == nullptr) return Open(turn);
    const CaseInPlay& current = *turn.current;
    const bool has_begun = current.Text("/year_starts_on") <= turn.Day();
    Moves moves;
    if (turn.InAny({"planned", "indicators_set"}) && !has_begun) {
      AddIndicators(turn, turn.In("planned") ? 6 : 1, moves);
    }
    if (turn.In("indicators_set") && has_begun) {
      const Actor* const one = Office(turn);
      const Actor* const other = Office(turn, {one->id});
      moves.Add(6, Office(turn, current.Who("evaluation.indicators_set")), "open",
                {{"evaluators", {one->id.value, other->id.value}}});
    }
    if (turn.In("opened")) AddEvidence(turn, moves);
    AddDraft(turn, moves);
    AddResult(turn, moves);
    return moves;
  }
};

}  // namespace

const Player& Scenario() {
  static const EvaluationPlayer player;
  return player;
}

}  // namespace docket::demo::evaluation
