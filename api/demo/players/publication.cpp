#include "api/demo/scenario.hpp"

namespace docket::demo::publication {

namespace {

Moves Open(Turn& turn) {
  auto& random = turn.random;
  const Project& project = random.Pick(turn.world.Projects());
  const auto departments = turn.world.Departments(project.region, project.industry);
  const Actor* const handler = turn.world.Any(random, Role::kHandler, departments.front()->id);
  const Json common = {{"region", project.region.value},
                       {"industry", NameOf(project.industry)},
                       {"project", project.code.value},
                       {"project_name", project.name},
                       {"names_complainant", false}};
  const auto of_class = [&](std::string_view name, std::string_view title) {
    Json propose = common;
    propose["class"] = name;
    propose["title"] = title;
    return propose;
  };
  Moves moves;
  auto propose = of_class("bad_conduct", "关于不良行为认定的公示");
  propose["effective_on"] = turn.Day();
  propose["display_until"] = turn.Day(random.Between(30, 120));
  moves.AddAs("bad_conduct", 3, handler, "propose", propose);
  moves.AddAs("complaint_result", 3, handler, "propose",
              of_class("complaint_result", "投诉处理结果公告"));
  propose = of_class("circular", "关于数据报送情况的通报");
  propose["criticism"] = true;
  propose["addressees"] = {"各电子交易平台"};
  propose["level"] = "recipients";
  moves.AddAs("circular", 1, handler, "propose", propose);

  const Actor* const centre = turn.Near(Role::kTradingCentre, project.region);
  propose = of_class("trade_notice", "招标公告");
  propose["unit"] = departments.front()->id.value;
  moves.AddAs("trade_notice", 3, centre, "propose", propose);
  moves.AddAs("service_guide", 1, centre, "propose",
              {{"class", "service_guide"},
               {"region", project.region.value},
               {"title", "进场交易服务指南"},
               {"names_complainant", false}});
  return moves;
}

class Turning {
 public:
  explicit Turning(Turn& turn)
      : turn_(turn),
        current_(*turn.current),
        is_guide_(current_.Text("/class") == "service_guide") {}

  Moves All() {
    if (turn_.InAny({"candidate", "redaction"})) {
      moves_.Add(8, Author(), "submit", {{"content", Document(turn_.random, "公开文本.pdf")}})
          .pause_max = 4;
    }
    if (turn_.In("secrecy_review")) Review();
    if (turn_.In("cleared")) Approve();
    if (turn_.In("approved") && InTime()) {
      moves_.Add(8, Author(), "publish", {{"channel", "澜江省公共资源交易网"}}).pause_max = 60;
    }
    // What is public mostly stays so.
    if (turn_.In("published") && turn_.random.Chance(15)) Published();
    if (turn_.InAny({"candidate", "secrecy_review", "redaction", "cleared", "approved"}) &&
        !is_guide_) {
      moves_.Add(1, turn_.Officer(Role::kHead), "record_source_annulled",
                 {{"annulled_on", turn_.Day()}});
    }
    return std::move(moves_);
  }

 private:
  bool InTime() const {
    return !current_.Has("/display_until") || current_.Text("/display_until") >= turn_.Day();
  }
  const Actor* Author() {
    if (!current_.Has("/author")) return turn_.Officer(Role::kHandler);
    return turn_.world.Any(turn_.random, Role::kTradingCentre, current_.Unit("/author"));
  }
  const Actor* Reviewer(Role role, const std::vector<ActorId>& others) {
    if (!is_guide_) return turn_.Officer(role, others);
    const auto units =
        turn_.world.UnitsWith(Role::kResourceOffice, RegionCode(current_.Text("/region")));
    if (units.empty()) return nullptr;
    return turn_.world.AnyBut(turn_.random, Role::kResourceOffice, units.front()->id, others);
  }
  std::vector<ActorId> Doers(std::initializer_list<std::string_view> types) {
    std::vector<ActorId> doers;
    for (const auto type : types) {
      for (auto& one : current_.Who(type)) doers.push_back(std::move(one));
    }
    return doers;
  }

  void Review() {
    const Actor* const reviewer =
        Reviewer(Role::kLegalReviewer, Doers({"publication.proposed", "publication.submitted"}));
    moves_.Add(7, reviewer, "clear", {{"identifiers_masked", true}, {"opinion", "可以公开"}});
    moves_.Add(2, reviewer, "require_redaction",
               {{"ground", "trade_secret"}, {"reason", "含投标报价明细"}});
    moves_.Add(1, reviewer, "exempt", {{"ground", "state_secret"}, {"reason", "涉密项目"}});
  }

  void Approve() {
    const Actor* const approver =
        Reviewer(Role::kHead,
                 Doers({"publication.proposed", "publication.submitted", "publication.cleared"}));
    moves_.Add(8, approver, "approve", {{"opinion", "同意公开"}}).pause_max = 3;
    moves_.Add(1, approver, "require_redaction",
               {{"ground", "personal_privacy"}, {"reason", "含个人信息"}});
  }

  void Published() {
    for (const auto* other : turn_.cases("publication")) {
      if (other->id == current_.id) continue;
      moves_.Add(1, Author(), "supersede",
                 {{"successor", other->id.value}, {"reason", "更正名称"}});
      break;
    }
    if (!is_guide_ && !current_.Has("/source_annulled_on")) {
      moves_.Add(1, turn_.Officer(Role::kHead), "record_source_annulled",
                 {{"annulled_on", turn_.Day()}});
    }
    const std::string_view ground =
        current_.Has("/source_annulled_on") ? "source_annulled" : "secret_disclosed";
    moves_.Add(1, Reviewer(Role::kHead, {}), "withdraw",
               {{"ground", ground}, {"public_reason", "公开依据已经变更"}});
  }

  Turn& turn_;
  const CaseInPlay& current_;
  const bool is_guide_;
  Moves moves_;
};

class PublicationPlayer : public Player {
 public:
  int Share() const override { return 18; }
  Moves Next(Turn& turn) const override {
    return turn.current == nullptr ? Open(turn) : Turning(turn).All();
  }
};

}  // namespace

const Player& Scenario() {
  static const PublicationPlayer player;
  return player;
}

}  // namespace docket::demo::publication
