#include "api/demo/scenario.hpp"

namespace docket::demo::security_duty {

namespace {

/// The last day of this month, or of the next where this one ends today.
std::string MonthEnd(const Turn& turn) {
  Date day = turn.Today() + 1;
  while (day.Parts().month() == (day + 1).Parts().month()) ++day;
  return day.ToString();
}

Moves Open(Turn& turn) {
  auto& random = turn.random;
  const Actor* const manager = turn.world.Any(random, Role::kSecurityManager);
  const Actor* const platform = turn.world.Any(random, Role::kPlatformOperator);
  Moves moves;
  if (manager == nullptr || platform == nullptr) return moves;
  const std::string region = turn.world.UnitOf(platform->unit)->region.value;
  const Json whose = {{"region", region}, {"unit", platform->unit.value}};
  for (const std::string_view kind :
       {"self_check", "drill", "backup_test", "patrol", "training", "undertaking", "log_review"}) {
    Json duty = whose;
    duty["kind"] = kind;
    duty["first_due_on"] = MonthEnd(turn);
    moves.AddAs(kind, kind == "self_check" ? 3 : 1, manager, "establish", duty);
  }
  Json incident = whose;
  incident["kind"] = random.Chance(50) ? "outage" : "intrusion";
  incident["severity"] = random.Chance(30) ? "major" : "ordinary";
  incident["detected_at"] = turn.now.ToString();
  incident["description"] = "监测发现异常访问";
  moves.Add(4, platform, "report_incident", incident);
  Json document = whose;
  document["kind"] = random.Chance(50) ? "emergency_plan" : "upgrade";
  document["version"] = "1";
  document["description"] = "报请审核";
  document["document"] = Document(random, "应急预案.pdf");
  moves.Add(4, platform, "submit_document", document);
  return moves;
}

const Actor* Platform(Turn& turn) {
  return turn.world.Any(turn.random, Role::kPlatformOperator, turn.current->Unit());
}
const Actor* Manager(Turn& turn, const std::vector<ActorId>& others = {}) {
  const bool is_managed = turn.current->Has("/managed_by");
  return turn.world.AnyBut(turn.random, Role::kSecurityManager,
                           turn.current->Unit(is_managed ? "/managed_by" : "/unit"), others);
}

Json Performance(Turn& turn, const std::string& due_on) {
  const std::string kind = turn.current->Text("/duty");
  Json done = {{"due_on", due_on},
               {"result", turn.random.Chance(80) ? "satisfactory" : "problems_found"},
               {"description", "已按要求完成"},
               {"document", Document(turn.random, "履行记录.pdf")},
               {"accounts", Json::array()}};
  if (kind == "training" || kind == "undertaking") {
    for (const auto& person : turn.world.Holding(Role::kPlatformOperator)) {
      done["accounts"].push_back(person->id.value);
    }
  }
  if (kind == "undertaking") done["text_version"] = "2018";
  return done;
}

void AddDuty(Turn& turn, Moves& moves) {
  const CaseInPlay& current = *turn.current;
  if (turn.In("active")) {
    if (current.Text("/begins_on") <= turn.Day()) {
      moves.Add(6, Platform(turn), "perform", Performance(turn, current.Text("/due_on")))
          .pause_min = 20;
    }
    const auto missed = current.Texts("/missed");
    if (!missed.empty()) {
      moves.AddAs("late", 4, Platform(turn), "perform", Performance(turn, missed.front()));
    }
    moves.Add(1, Platform(turn), "perform_specially",
              {{"occasion", "重大活动保障"},
               {"result", "satisfactory"},
               {"document", Document(turn.random, "专项检查记录.pdf")}});
    moves.Add(1, Manager(turn), "suspend", {{"reason", "系统停机迁移"}});
  }
  if (turn.In("suspended")) {
    moves.Add(5, Manager(turn), "resume", {{"first_due_on", MonthEnd(turn)}});
  }
  if (!turn.InAny({"active", "suspended"})) return;
  for (const auto& performance : current.facts.value("performances", Json::array())) {
    if (performance.value("confirmed", false)) continue;
    moves.Add(4, Manager(turn), "confirm",
              {{"number", performance.at("number")},
               {"sufficient", turn.random.Chance(85)},
               {"opinion", "记录完整"}});
  }
  if (turn.random.Chance(20)) moves.Add(1, Manager(turn), "end", {{"reason", "系统下线"}});
}

void AddIncident(Turn& turn, Moves& moves) {
  const CaseInPlay& current = *turn.current;
  if (turn.In("incident_reported")) {
    moves.Add(6, Platform(turn), "handle_incident", {{"measures", "已隔离并修复"}}).pause_max = 2;
  }
  if (turn.InAny({"incident_reported", "incident_handled"}) && !current.Is("/circulated")) {
    moves.Add(current.Text("/severity") == "major" ? 5 : 1, Manager(turn), "circulate_incident",
              {{"addressees", Json::array({turn.random.Pick(turn.world.Units()).id.value})},
               {"circular", Document(turn.random, "安全事件通报.pdf")}});
  }
  const bool must_circulate = current.Text("/severity") == "major" && !current.Is("/circulated");
  if (turn.In("incident_handled") && !must_circulate) {
    moves.Add(5, Manager(turn, current.Who("security_duty.incident_handled")), "close_incident",
              {{"conclusion", "已消除影响"}, {"accountability", "none"}});
  }
}

void AddDocument(Turn& turn, Moves& moves) {
  const auto versions = turn.current->Texts("/versions");
  if (turn.In("document_submitted")) {
    moves.Add(5, Manager(turn), "approve_document", {{"opinion", "符合要求"}});
    moves.Add(2, Manager(turn), "return_document", {{"reason", "缺少演练安排"}});
  }
  if (turn.InAny({"document_returned", "document_in_force"})) {
    moves.Add(4, Platform(turn), "revise_document",
              {{"version", std::to_string(versions.size() + 1)},
               {"description", "按意见修订"},
               {"document", Document(turn.random, "应急预案（修订）.pdf")}});
    moves.Add(1, Manager(turn), "end", {{"reason", "由新预案代替"}});
  }
}

class SecurityDutyPlayer : public Player {
 public:
  int Share() const override { return 4; }

  Moves Next(Turn& turn) const override {
    if (turn.current == nullptr) return Open(turn);
    Moves moves;
    AddDuty(turn, moves);
    AddIncident(turn, moves);
    AddDocument(turn, moves);
    return moves;
  }
};

}  // namespace

const Player& Scenario() {
  static const SecurityDutyPlayer player;
  return player;
}

}  // namespace docket::demo::security_duty
