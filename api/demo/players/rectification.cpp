#include "api/demo/scenario.hpp"

namespace docket::demo::rectification {

namespace {

Json Draft(const Unit& issuer, std::string_view kind, std::string_view addressee_kind,
           std::string_view breach) {
  Json draft = {{"region", issuer.region.value},
                {"issuer", kind},
                {"addressee_kind", addressee_kind},
                {"breach", breach},
                {"findings", "检查发现存在问题，需限期整改"}};
  if (!issuer.industries.empty()) draft["industry"] = NameOf(issuer.industries.front());
  return draft;
}

/// A unit of which somebody holds the role.
std::string SomeUnit(Turn& turn, Role role) {
  return turn.world.Any(turn.random, role)->unit.value;
}

Moves Open(Turn& turn) {
  static const std::vector<std::string_view> kPlatform{"data_exchange", "publication",
                                                       "function_adjustment", "secrecy_leak"};
  static const std::vector<std::string_view> kCentre{"inspection_result", "evaluation_result"};
  static const std::vector<std::string_view> kUrged{"accuracy", "plausibility", "timeliness"};
  auto& random = turn.random;
  const Actor* const handler = turn.world.Any(random, Role::kHandler);
  const Unit& department = *turn.world.UnitOf(handler->unit);
  Moves moves;
  auto draft = Draft(department, "department", "trading_platform", random.Pick(kPlatform));
  draft["addressee"] = SomeUnit(turn, Role::kDataProvider);
  moves.AddAs("platform", 4, handler, "draft", draft);
  draft = Draft(department, "department", "trading_centre", random.Pick(kCentre));
  draft["addressee"] = SomeUnit(turn, Role::kTradingCentre);
  moves.AddAs("centre", 3, handler, "draft", draft);
  draft = Draft(department, "department", "market_party", "tender_violation");
  draft["party"] = CompanyName(random);
  draft["party_code"] = CreditCodeOf(random).value;
  moves.AddAs("market_party", 2, handler, "draft", draft);

  const Actor* const office = turn.world.Any(random, Role::kResourceOffice);
  draft = Draft(*turn.world.UnitOf(office->unit), "resource_office", "trading_centre",
                random.Pick(kUrged));
  draft["addressee"] = SomeUnit(turn, Role::kTradingCentre);
  moves.AddAs("urging", 2, office, "draft", draft);
  return moves;
}

class Turning {
 public:
  explicit Turning(Turn& turn) : turn_(turn), current_(*turn.current) {}

  Moves All() {
    if (turn_.InAny({"drafted", "failed"})) Prepare();
    if (turn_.In("prepared")) Order();
    if (turn_.In("ordered")) moves_.Add(8, Addressee(), "receive").pause_max = 3;
    if (turn_.In("received")) Received();
    if (turn_.In("reported")) ReInspect();
    if (turn_.InAny({"received", "failed"})) FindRefusal();
    Consequences();
    const bool lapses = turn_.random.Chance(20);
    if (lapses && turn_.InAny({"drafted", "prepared", "ordered", "received"})) {
      moves_.Add(1, Issuer(), "revoke", {{"reason", "问题已自行整改"}}).pause_min = 3;
    }
    return std::move(moves_);
  }

 private:
  bool ByDepartment() const { return current_.Text("/issuer") == "department"; }
  const Actor* Issuer(const std::vector<ActorId>& others = {}) {
    if (ByDepartment()) return turn_.Officer(Role::kHead, others);
    const RegionCode region(
        current_.Text("/issuer") == "provincial_office" ? "350000" : current_.Text("/region"));
    const auto offices = turn_.world.UnitsWith(Role::kResourceOffice, region);
    UnitId unit = current_.Unit();
    if (unit.empty() && !offices.empty()) unit = offices.front()->id;
    return turn_.world.AnyBut(turn_.random, Role::kResourceOffice, unit, others);
  }
  const Actor* Worker() { return ByDepartment() ? turn_.Officer(Role::kHandler) : Issuer(); }

  /// One of the addressee's people; of a party on paper the issuer's own intake.
  const Actor* Addressee() {
    if (current_.Has("/account")) return turn_.world.Person(ActorId(current_.Text("/account")));
    const UnitId unit = current_.Has("/addressee") ? current_.Unit("/addressee") : current_.Unit();
    for (const Role role : {Role::kTradingCentre, Role::kDataProvider, Role::kPlatformOperator,
                            Role::kTenderer, Role::kIntake}) {
      const auto people = turn_.world.Holding(role, unit);
      if (!people.empty()) return turn_.random.Pick(people);
    }
    return nullptr;
  }

  void Prepare() {
    moves_.Add(8, Worker(), "prepare",
               {{"items", {"补推缺失数据并核对一致", "完善内部管理制度"}},
                {"articles", {"公共资源交易电子监督管理办法第二十三条"}},
                {"due_on", turn_.Day(turn_.random.Between(20, 35))},
                {"consequence", "逾期未改正的，处理责任人员并予以通报"},
                {"is_serious", false}});
  }

  void Order() {
    if (current_.Text("/due_on") <= turn_.Day()) {
      Prepare();
      return;
    }
    auto drafters = current_.Who("rectification.drafted");
    for (auto& one : current_.Who("rectification.prepared")) drafters.push_back(std::move(one));
    Json order = {{"document", Document(turn_.random, "责令限期改正通知书.pdf")}};
    if (current_.Text("/breach") == "secrecy_leak" && current_.facts.at("orders") == 0) {
      order["criticism"] = Circular();
    }
    moves_.Add(8, Issuer(drafters), "order", std::move(order)).pause_max = 3;
  }

  Json Circular() {
    return {{"document", Document(turn_.random, "通报.pdf")},
            {"recipients", {"各设区市公共资源交易中心"}},
            {"level", "recipients"}};
  }

  void Received() {
    moves_.Add(2, Addressee(), "report_progress", {{"progress", "已完成过半"}});
    const std::string due = current_.Text("/due_on");
    if (!current_.Is("/extended") && turn_.Day() <= due) {
      const Date later = *Date::Parse(due) + 10;
      moves_.Add(1, Issuer(), "extend", {{"due_on", later.ToString()}, {"reason", "系统改造量大"}});
    }
    moves_.Add(6, Addressee(), "report",
               {{"result", "已全部整改到位"},
                {"documents", Json::array({Document(turn_.random, "整改报告.pdf")})}});
  }

  void ReInspect() {
    const auto reporters = current_.Who("rectification.reported");
    const Actor* const inspector =
        ByDepartment() ? turn_.Officer(Role::kHandler, reporters) : Issuer(reporters);
    const bool done = (!current_.Is("/persons_due") || current_.Is("/persons_handled")) &&
                      (!current_.Is("/circular_due") || current_.Is("/circulated"));
    if (done) {
      moves_.AddAs("passed", 6, inspector, "re_inspect",
                   {{"has_passed", true}, {"findings", "抽查无误"}});
    }
    moves_.AddAs("failed", 2, inspector, "re_inspect",
                 {{"has_passed", false}, {"findings", "仍有缺项"}});
  }

  void FindRefusal() {
    std::string ground = "declared";
    if (turn_.In("failed")) ground = "still_failing";
    else if (turn_.Day() > current_.Text("/due_on")) ground = "lapsed";
    moves_.Add(2, Issuer(), "find_refusal", {{"ground", ground}, {"reason", "经催告仍未改正"}});
  }

  void Consequences() {
    if (turn_.InAny({"received", "reported", "refusal_found"}) && current_.Is("/persons_due") &&
        !current_.Is("/persons_handled")) {
      moves_.Add(5, Issuer(), "handle_persons",
                 {{"handled_by", "主管单位"},
                  {"persons", {Responsible("in_charge"), Responsible("directly_responsible")}}});
    }
    if (turn_.In("refusal_found") && !current_.Is("/circulated")) {
      moves_.Add(4, Issuer(), "circulate", {{"circular", Circular()}});
    }
    const std::string breach = current_.Text("/breach");
    const bool measurable = breach == "inspection_result" || breach == "evaluation_result";
    if (!turn_.InAny({"drafted", "failed", "refusal_found"}) || !measurable) return;
    if (!current_.Has("/measures")) {
      moves_.Add(3, Issuer(), "impose_measure",
                 {{"measure", "trade_restriction"},
                  {"document", Document(turn_.random, "限制交易业务决定.pdf")},
                  {"reason", "考评结果较差"}});
    } else {
      moves_.Add(5, Issuer(), "close", {{"opinion", "措施已执行，予以办结"}});
    }
  }

  Json Responsible(std::string_view capacity) {
    return {{"capacity", capacity},
            {"name", PersonName(turn_.random)},
            {"post", "部门负责人"},
            {"handling", "通报批评"}};
  }

  Turn& turn_;
  const CaseInPlay& current_;
  Moves moves_;
};

class RectificationPlayer : public Player {
 public:
  int Share() const override { return 14; }
  Moves Next(Turn& turn) const override {
    return turn.current == nullptr ? Open(turn) : Turning(turn).All();
  }
};

}  // namespace

const Player& Scenario() {
  static const RectificationPlayer player;
  return player;
}

}  // namespace docket::demo::rectification
