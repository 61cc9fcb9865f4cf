#include <algorithm>

#include "api/demo/scenario.hpp"

namespace docket::demo::complaint {

namespace {

Json Lodge(Turn& turn, const Project& project, std::string_view channel) {
  static const std::vector<std::string_view> kFacts{
      "中标候选人项目经理在建项目未完结，不符合招标文件要求",
      "评标委员会未按招标文件规定的评标标准评审", "多家投标文件内容异常一致",
      "采购文件技术参数指向特定供应商"};
  auto& random = turn.random;
  const bool procurement = project.IsProcurement();
  const bool objected = procurement || random.Chance(70);
  Json lodge = {{"profile", procurement ? "government_procurement" : "tendering"},
                {"channel", channel},
                {"region", project.region.value},
                {"industry", NameOf(project.industry)},
                {"project_name", project.name},
                {"project_code", project.code.value},
                {"subject_matter", objected ? "evaluation_result" : "other"},
                {"complainant", PartyOf(random)},
                {"respondents", Json::array({PartyOf(random)})},
                {"claims", "请求查处并重新评审"},
                {"facts", random.Pick(kFacts)},
                {"evidence", Json::array({Document(random, "投诉证据.pdf")})},
                {"is_signed", true},
                {"is_sealed", true},
                {"by_proxy", false},
                {"in_foreign_language", false},
                {"joint_across_regions", false},
                {"known_on", turn.Day(procurement ? -22 : -6)}};
  if (procurement) {
    lodge["challenged_on"] = turn.Day(-20);
    lodge["challenge_answered_on"] = turn.Day(-13);
  } else if (objected) {
    lodge["objection_raised_on"] = turn.Day(-5);
    lodge["objection_answered_on"] = turn.Day(-2);
  }
  return lodge;
}

Moves Open(Turn& turn) {
  auto& random = turn.random;
  std::vector<const Project*> tendering;
  std::vector<const Project*> procurement;
  for (const auto& project : turn.world.Projects()) {
    const bool is_other = project.industry == Industry::kLandAndMineral ||
                          project.industry == Industry::kPropertyRights;
    if (project.IsProcurement()) procurement.push_back(&project);
    else if (!is_other) tendering.push_back(&project);
  }
  Moves moves;
  const auto add = [&](const std::string& profile, const std::vector<const Project*>& projects) {
    if (projects.empty()) return;
    const Project& project = *random.Pick(projects);
    const Unit& department = *turn.world.Departments(project.region, project.industry).front();
    moves
        .AddAs(profile, 5, turn.world.Any(random, Role::kComplainant), "lodge",
               Lodge(turn, project, "online"))
        .pause_max = 2;
    moves
        .AddAs(profile + "_paper", 3, turn.world.Any(random, Role::kIntake, department.id), "lodge",
               Lodge(turn, project, "counter"))
        .pause_max = 2;
  };
  add("tendering", tendering);
  add("procurement", procurement);
  return moves;
}

std::vector<std::string> Without(std::vector<std::string> all,
                                 const std::vector<std::string>& some) {
  std::erase_if(all, [&](const std::string& one) {
    return std::find(some.begin(), some.end(), one) != some.end();
  });
  return all;
}

/// One turn of one case.
class Turning {
 public:
  explicit Turning(Turn& turn)
      : turn_(turn),
        current_(*turn.current),
        head_(turn.Officer(Role::kHead)),
        intake_(turn.Officer(Role::kIntake)),
        handler_(turn.Handler()),
        lodger_(turn.world.Person(ActorId(current_.Text("/lodged_by")))),
        procurement_(current_.Text("/profile") == "government_procurement") {}

  Moves All() {
    Intake();
    if (turn_.InAny({"accepted", "reply_notice_sent", "replies_in", "hearing"})) Process();
    if (procurement_) Replies();
    Deciding();
    Ending();
    return std::move(moves_);
  }

 private:
  void Intake() {
    if (turn_.In("lodged")) {
      const Unit* const department = turn_.Department();
      const auto handlers = turn_.world.Some(turn_.random, Role::kHandler, department->id, 2);
      moves_.Add(14, intake_, "sign_for", {{"handlers", {handlers[0].value, handlers[1].value}}})
          .pause_max = 3;
      moves_.Add(1, lodger_, "cancel", {{"reason", "材料有误，重新提交"}});
    }
    if (turn_.InAny({"lodged", "signed_for"})) {
      moves_.Add(1, head_, "refer", {{"competent_department", "有管辖权的上级部门"}});
      moves_.Add(2, head_, "not_accept",
                 {{"ground", "not_specific"},
                  {"reasons", "投诉事项不具体，未提供有效线索"},
                  {"has_usable_leads", turn_.random.Chance(40)}});
    }
    if (turn_.In("signed_for")) {
      moves_.Add(14, head_, "accept",
                 {{"has_interest", true},
                  {"is_specific", true},
                  {"is_complete", true},
                  {"is_new", true},
                  {"is_not_under_review", true},
                  {"within_challenge", true},
                  {"received_here_first", true}});
      if (procurement_ && !current_.Is("/correction_was_requested")) {
        moves_.Add(3, intake_, "request_correction",
                   {{"items", {"补充法定代表人授权委托书"}},
                    {"limit_workdays", 5},
                    {"delivered_on", turn_.Day()}});
      }
    }
    if (turn_.In("correction_requested")) {
      moves_.Add(5, lodger_, "supply_correction",
                 {{"documents", Json::array({Document(turn_.random, "授权委托书.pdf")})}});
    }
  }

  void Process() {
    const auto others = Without(current_.Texts("/handlers"), {handler_ ? handler_->id.value : ""});
    if (others.empty()) return;
    moves_
        .Add(3, handler_, "investigate",
             {{"kind", "inquiry"},
              {"second_officer", others.front()},
              {"record", "已询问招标代理机构经办人并调取评标记录"},
              {"documents", Json::array({Document(turn_.random, "询问笔录.pdf")})},
              {"joint_departments", Json::array()}})
        .pause_max = 10;
    if (!turn_.In("hearing")) {
      moves_.Add(1, handler_, "hold_hearing",
                 {{"second_officer", others.front()},
                  {"parties", current_.facts.at("parties")},
                  {"record", "双方到场质证"}});
    }
    if (!current_.Is("/appraisal_open")) {
      moves_
          .Add(1, handler_, "start_appraisal",
               {{"kind", "expert_review"},
                {"institution", "澜江省工程咨询评审中心"},
                {"commission", Document(turn_.random, "委托书.pdf")},
                {"expected_on", turn_.Day(turn_.random.Between(10, 25))}})
          .pause_max = 15;
    } else {
      moves_.Add(8, handler_, "record_appraisal_result",
                 {{"result", Document(turn_.random, "评审意见.pdf")}});
    }
    if (current_.Has("/trade_suspended_on")) {
      moves_.Add(1, head_, "resume_trade", {{"document_no", "恢复〔示〕12 号"}});
    } else if (!procurement_ ? turn_.InAny({"accepted", "hearing"})
                             : !current_.Has("/suspension_days_used") ||
                                   current_.facts.at("suspension_days_used") == 0) {
      moves_.Add(1, head_, "suspend_trade", {{"reason", "可能影响中标结果"}});
    }
    moves_.Add(1, head_, "report_violation",
               {{"target", "investigation"}, {"grounds", "涉嫌串通投标"}});
  }

  void Replies() {
    const auto parties = Without(current_.Texts("/parties"), {"complainant"});
    if (turn_.InAny({"accepted", "hearing"}) && !current_.Has("/notified")) {
      const ActorId account = turn_.world.Any(turn_.random, Role::kRespondent)->id;
      moves_
          .Add(12, handler_, "send_reply_notice",
               {{"parties", parties},
                {"accounts",
                 Json::array({{{"party", parties.front()}, {"account", account.value}}})}})
          .pause_max = 3;
    }
    if (!turn_.InAny({"reply_notice_sent", "replies_in", "hearing"})) return;
    for (const auto& party : Without(current_.Texts("/notified"), current_.Texts("/receipts"))) {
      moves_.Add(4, intake_, "record_notice_receipt",
                 {{"party", party}, {"received_on", turn_.Day()}});
    }
    for (const auto& party : Without(current_.Texts("/notified"), current_.Texts("/answered"))) {
      for (const auto& named : current_.facts.at("accounts")) {
        if (named.at("party") != party) continue;
        moves_.Add(6, turn_.world.Person(ActorId(named.at("account").get<std::string>())), "reply",
                   {{"party", party},
                    {"statement", "采购程序合法，投诉事项不成立"},
                    {"documents", Json::array({Document(turn_.random, "答复说明.pdf")})}});
      }
    }
  }

  bool MayDraft() const {
    if (current_.Is("/appraisal_open")) return false;
    if (!procurement_) {
      return turn_.InAny({"accepted", "hearing"}) && current_.Is("/respondent_heard");
    }
    return turn_.InAny({"accepted", "replies_in", "hearing"}) && current_.Has("/notified") &&
           Without(current_.Texts("/notified"), current_.Texts("/answered")).empty();
  }

  void Deciding() {
    if (!procurement_ && turn_.InAny({"accepted", "hearing"}) &&
        !current_.Is("/respondent_heard")) {
      moves_.Add(6, handler_, "hear_respondent", {{"statement", "对投诉事项不予认可"}});
    }
    if (MayDraft()) Draft();
    if (turn_.InAny({"signed_for", "accepted", "reply_notice_sent", "replies_in", "hearing",
                     "decision_drafted", "legal_review"})) {
      moves_.Add(1, lodger_, "request_withdrawal", {{"reasons", "已与招标人达成一致"}});
    }
    if (turn_.In("withdrawal_requested")) {
      moves_.Add(3, head_, "grant_withdrawal",
                 {{"harms_others", false}, {"violation_established", false}});
      // In procurement the law leaves no choice.
      if (!procurement_)
        moves_.Add(1, head_, "deny_withdrawal",
                   {{"harms_others", true},
                    {"violation_established", false},
                    {"reasons", "撤回可能损害公共利益"}});
    }
    auto drafters = current_.Who("complaint.decision_drafted");
    for (auto& handler : current_.Texts("/handlers")) drafters.emplace_back(std::move(handler));
    const Actor* const legal = turn_.Officer(Role::kLegalReviewer, drafters);
    if (turn_.In("decision_drafted")) {
      moves_.Add(8, legal, "review_legality", {{"opinion", "事实清楚，适用法律正确"}});
    }
    if (turn_.InAny({"decision_drafted", "legal_review"})) {
      moves_.Add(1, head_, "return_draft", {{"reasons", "补充核查业绩真实性"}});
    }
    if (turn_.In("legal_review")) {
      moves_.Add(
          8, head_, "decide",
          {{"outcome", current_.Text("/drafted_outcome")},
           {"document_no", "澜监投〔示〕" + std::to_string(turn_.random.Between(1, 300)) + " 号"},
           {"document", Document(turn_.random, "投诉处理决定书.pdf")}});
    }
  }

  void Draft() {
    static const std::vector<std::string_view> kOutcomes{"dismissed", "dismissed", "upheld",
                                                         "partly_upheld"};
    const std::string_view outcome = turn_.random.Pick(kOutcomes);
    Json draft = {{"outcome", outcome},
                  {"claims", "请求认定中标无效"},
                  {"answer", "程序合法"},
                  {"facts_found", "经查，评标过程符合招标文件规定"},
                  {"opinion", "依法作出处理"},
                  {"articles",
                   {procurement_ ? "政府采购质疑和投诉办法第二十九条"
                                 : "工程建设项目招标投标活动投诉处理办法第二十条"}},
                  {"remedies", "六十日内申请行政复议或六个月内提起行政诉讼"}};
    if (outcome == "dismissed") draft["dismissal_ground"] = "no_basis";
    moves_.AddAs(outcome, 7, handler_, "draft_decision", std::move(draft));
  }

  void Ending() {
    if (turn_.In("decided")) {
      for (const auto& party : Without(current_.Texts("/parties"), current_.Texts("/served"))) {
        moves_
            .AddAs(party, 4, intake_, "serve",
                   {{"party", party}, {"way", "direct"}, {"electronic_consent", false}})
            .pause_max = 2;
      }
    }
    if (turn_.In("served")) {
      const Actor* const reviewer = turn_.Officer(Role::kLegalReviewer);
      moves_.Add(6, intake_, "publish",
                 {{"secrecy_reviewer", reviewer == nullptr ? "" : reviewer->id.value},
                  {"medium", "澜江省公共资源交易网"},
                  {"designated_medium", true},
                  {"document", Document(turn_.random, "处理结果公告.pdf")}});
      moves_.Add(1, head_, "exempt_from_publication",
                 {{"ground", "trade_secret"}, {"reasons", "涉及投标人技术秘密"}});
    }
    if (turn_.InAny({"cancelled", "not_accepted", "referred", "withdrawn", "published",
                     "publication_exempt"})) {
      moves_.Add(5, intake_, "archive",
                 {{"archive_no", "TS-" + std::to_string(turn_.random.Between(1000, 9999))}});
    }
    if (turn_.InAny({"served", "published"}) && !current_.Has("/pending_reviews")) {
      moves_
          .Add(1, intake_, "record_review",
               {{"kind", "reconsideration"}, {"body", "澜江省人民政府"}})
          .pause_max = 60;
    }
    if (current_.Has("/pending_reviews") &&
        turn_.InAny({"not_accepted", "decided", "served", "published", "archived"})) {
      Review("upheld", 3);
      Review("annulled", 1);
    }
  }

  void Review(std::string_view outcome, int weight) {
    moves_.AddAs(outcome, weight, intake_, "record_review_outcome",
                 {{"kind", current_.Texts("/pending_reviews").front()},
                  {"outcome", outcome},
                  {"document_no", "复决〔示〕8 号"}});
  }

  Turn& turn_;
  const CaseInPlay& current_;
  const Actor* const head_;
  const Actor* const intake_;
  const Actor* const handler_;
  const Actor* const lodger_;
  const bool procurement_;
  Moves moves_;
};

class ComplaintPlayer : public Player {
 public:
  int Share() const override { return 40; }
  Moves Next(Turn& turn) const override {
    return turn.current == nullptr ? Open(turn) : Turning(turn).All();
  }
};

}  // namespace

const Player& Scenario() {
  static const ComplaintPlayer player;
  return player;
}

}  // namespace docket::demo::complaint
