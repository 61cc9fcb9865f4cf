#include "api/demo/scenario.hpp"

namespace docket::demo::investigation {

namespace {

Moves Open(Turn& turn) {
  static const std::vector<std::string_view> kViolations{"bid_rigging", "companion_bidding",
                                                         "not_tendered", "sham_tender"};
  auto& random = turn.random;
  const Project& project = random.Pick(turn.world.Projects());
  const auto departments = turn.world.Departments(project.region, project.industry);
  Moves moves;
  moves.Add(1, turn.world.Any(random, Role::kHandler, departments.front()->id), "propose",
            {{"region", project.region.value},
             {"industry", NameOf(project.industry)},
             {"project", project.code.value},
             {"project_name", project.name},
             {"stage", "trading"},
             {"matter", "violation"},
             {"violation", random.Pick(kViolations)},
             {"party", CompanyName(random)},
             {"party_code", CreditCodeOf(random).value},
             {"account", turn.world.Any(random, Role::kRespondent)->id.value},
             {"allegation", "三家投标文件由同一台电脑制作"}});
  return moves;
}

class Turning {
 public:
  explicit Turning(Turn& turn)
      : turn_(turn),
        current_(*turn.current),
        head_(turn.Officer(Role::kHead)),
        intake_(turn.Officer(Role::kIntake)),
        handler_(turn.Handler()) {}

  Moves All() {
    if (turn_.In("proposed")) Filing();
    if (turn_.In("filed")) Investigate();
    if (turn_.In("suspended")) moves_.Add(4, head_, "resume").pause_max = 20;
    if (turn_.InAny({"filed", "suspended", "concluded"})) {
      moves_.Add(1, head_, "withdraw", {{"reason", "违法事实不能成立"}});
    }
    Crime();
    if (turn_.In("concluded")) Notice();
    if (turn_.InAny({"notice_given", "answered"})) Answer();
    if (turn_.In("hearing_requested")) Hearing();
    Review();
    if (turn_.In("reviewed") && NoTransfer()) Decide();
    if (turn_.In("decided")) {
      moves_.Add(8, intake_, "serve", {{"receipt", Document(turn_.random, "送达回证.pdf")}});
    }
    if (turn_.InAny({"served", "closed"})) After();
    return std::move(moves_);
  }

 private:
  bool NoTransfer() const {
    return !current_.Is("/crime_reported") && !current_.Is("/transfer_approved");
  }
  bool IsPenalty() const { return current_.Text("/proposal") == "penalty"; }

  void Filing() {
    const Unit* const unit = turn_.Department();
    if (unit == nullptr) return;
    const auto handlers = turn_.world.Some(turn_.random, Role::kHandler, unit->id, 2);
    Json officers = Json::array();
    for (const auto& handler : handlers) {
      officers.push_back({{"account", handler.value},
                          {"certificate", "3500" + std::to_string(100'000 + officers.size())}});
    }
    moves_.Add(8, turn_.Officer(Role::kHead, current_.Who("investigation.proposed")), "file",
               {{"officers", officers}, {"reason", "有初步证据，符合立案条件"}});
    moves_.Add(1, head_, "decline", {{"reason", "情节轻微，不予立案"}});
  }

  void Investigate() {
    moves_.Add(2, handler_, "take_measure", {{"measure", "stop"}, {"content", "责令停止违法行为"}})
        .pause_max = 12;
    moves_.Add(1, head_, "suspend", {{"ground", "awaits_ruling"}, {"reason", "等待法院判决"}})
        .pause_max = 30;
    if (NoTransfer()) {
      Conclude("penalty", 7, false);
      Conclude("no_penalty_minor", 1, false);
      Conclude("no_violation", 1, false);
    }
  }

  void Conclude(std::string_view proposal, int weight, bool is_complex) {
    moves_.AddAs(proposal, weight, handler_, "conclude",
                 {{"report", "经调查，事实基本清楚"},
                  {"evidence", Json::array({Document(turn_.random, "文件特征码比对.pdf")})},
                  {"proposal", proposal},
                  {"is_complex", is_complex}});
  }

  void Crime() {
    if (!turn_.InAny({"filed", "concluded", "reviewed"})) return;
    if (NoTransfer()) {
      moves_.Add(1, handler_, "report_crime", {{"report", "涉嫌串通投标罪"}}).pause_max = 2;
    } else if (current_.Is("/crime_reported")) {
      const Actor* const decider =
          turn_.Officer(Role::kHead, current_.Who("investigation.crime_reported"));
      Transfer("approved", 4, decider);
      Transfer("refused", 1, decider);
    }
    if (current_.Is("/transfer_approved")) {
      moves_.Add(8, handler_, "hand_over",
                 {{"organ", "police"},
                  {"letter", Document(turn_.random, "涉嫌犯罪案件移送书.pdf")},
                  {"evidence", Json::array({Document(turn_.random, "调查报告.pdf")})},
                  {"receipt", Document(turn_.random, "回执.pdf")}});
    }
  }

  void Transfer(std::string_view decision, int weight, const Actor* decider) {
    moves_
        .AddAs(decision, weight, decider, "decide_transfer",
               {{"is_approved", decision == "approved"}, {"reason", "集体研究决定"}})
        .pause_max = 1;
  }

  void Notice() {
    if (!NoTransfer() || !IsPenalty()) return;
    moves_
        .Add(8, handler_, "give_notice",
             {{"penalties", {"fine", "occupation_ban"}},
              {"amount_yuan", 200'000},
              {"is_heavy", true},
              {"content", "罚款二十万元，取消一年投标资格"},
              {"facts", "串通投标"},
              {"reasons", "情节较重"},
              {"articles", {"招标投标法第五十三条"}},
              {"rights", {"statement", "hearing"}},
              {"delivered_on", turn_.Day()}})
        .pause_max = 3;
  }

  void Answer() {
    const Actor* answers = turn_.world.Person(ActorId(current_.Text("/account")));
    if (answers == nullptr) answers = intake_;
    moves_
        .AddAs("statement", 5, answers, "answer",
               {{"kind", "statement"}, {"text", "公司对此并不知情，请求从轻处理"}})
        .pause_max = 2;
    if (turn_.Runs("investigation_hearing_request") && current_.Is("/hearing_offered")) {
      moves_.AddAs("hearing", 3, answers, "answer", {{"kind", "hearing_request"}}).pause_max = 2;
    }
  }

  void Hearing() {
    const std::string presider = current_.Text("/presider");
    if (presider.empty()) {
      const Actor* const legal = turn_.Officer(Role::kLegalReviewer);
      if (legal == nullptr) return;
      Move& move = moves_.Add(8, intake_, "announce_hearing",
                              {{"held_on", turn_.Workday(9)},
                               {"notified_on", turn_.Day()},
                               {"presider", legal->id.value}});
      move.pause_min = 13;
      move.pause_max = 20;
    } else if (current_.Text("/hearing_on") <= turn_.Day()) {
      moves_.Add(
          8, turn_.world.Person(ActorId(presider)), "hold_hearing",
          {{"record", "听证笔录"}, {"signed_record", Document(turn_.random, "签字笔录.pdf")}});
    }
  }

  void Review() {
    if (!turn_.InAny({"concluded", "answered", "hearing_held"})) return;
    if (turn_.In("concluded") && IsPenalty()) return;
    const bool may_ask = turn_.Runs("investigation_hearing_request");
    if (turn_.In("answered") && may_ask && current_.Is("/hearing_offered")) return;
    auto others = current_.Who("investigation.concluded");
    for (auto& handler : current_.Texts("/handlers")) others.emplace_back(std::move(handler));
    moves_.Add(8, turn_.Officer(Role::kLegalReviewer, others), "review_legality",
               {{"opinion", "事实清楚、程序合法"}});
  }

  void Decide() {
    auto others = current_.Who("investigation.concluded");
    for (auto& one : current_.Who("investigation.legality_reviewed")) others.push_back(one);
    Json decide = {{"outcome", current_.Text("/proposal")},
                   {"document", Document(turn_.random, "行政处罚决定书.pdf")},
                   {"reasons", "事实清楚，证据确凿"}};
    if (IsPenalty()) {
      decide["penalties"] = current_.facts.at("noticed");
      decide["amount_yuan"] = current_.facts.at("noticed_yuan");
    }
    moves_.Add(8, turn_.Officer(Role::kHead, others), "decide", std::move(decide)).pause_max = 3;
  }

  void After() {
    const bool penalty = current_.Text("/outcome") == "penalty" && !current_.Is("/annulled");
    if (turn_.In("served") && penalty) {
      if (!current_.Is("/executed")) {
        moves_.Add(6, intake_, "record_execution", {{"result", "罚款已缴清"}}).pause_max = 15;
      }
      if (!current_.Has("/published_in")) {
        moves_.Add(6, intake_, "publish", {{"medium", "信用中国（澜江）"}});
      }
      moves_.Add(1, intake_, "annul",
                 {{"organ", "澜江省人民政府"},
                  {"document", Document(turn_.random, "行政复议决定书.pdf")}});
    }
    if (current_.Is("/take_down_due")) {
      moves_.Add(8, intake_, "take_down", {{"explanation", "处罚决定被撤销"}});
    }
    const bool executed = current_.Is("/executed") || !penalty;
    if (turn_.In("served") && executed && !current_.Is("/take_down_due")) {
      moves_.Add(6, head_, "close", {{"opinion", "处罚已执行，同意结案"}});
    }
  }

  Turn& turn_;
  const CaseInPlay& current_;
  const Actor* const head_;
  const Actor* const intake_;
  const Actor* const handler_;
  Moves moves_;
};

class InvestigationPlayer : public Player {
 public:
  int Share() const override { return 16; }
  Moves Next(Turn& turn) const override {
    return turn.current == nullptr ? Open(turn) : Turning(turn).All();
  }
};

}  // namespace

const Player& Scenario() {
  static const InvestigationPlayer player;
  return player;
}

}  // namespace docket::demo::investigation
