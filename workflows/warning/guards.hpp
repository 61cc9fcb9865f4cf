/// Why an act upon a warning is refused.
#pragma once

#include "workflows/engine/department_guards.hpp"
#include "workflows/warning/events.hpp"
#include "workflows/warning/states.hpp"

namespace docket::warning {

/// A rejected correction returns the warning to where it came from.
template <class S>
struct CameFrom {
  static constexpr std::string_view kName = S::kName;
  static bool Selects(const Facts& facts) { return facts.before_correction == S::kName; }
};

struct ModeFitsOrigin {
  static constexpr Refusal kRefusal{
      "mode_mismatch", "规则触发的为自动预警，人员发起的为人工预警",
      "what a rule raises is automatic, what a person raises is manual", "", "/mode"};
  static bool Holds(const Raise& c, const Facts&, const Context& context) {
    return (c.mode == PointMode::kAutomatic) == (context.role == Role::kProcessManager);
  }
};
/// Whoever reads an automatic warning can follow the rule: its version, and what it looked at.
struct RuleStated {
  static constexpr Refusal kRefusal{
      "rule_missing", "自动预警应载明规则、版本和输入数据",
      "an automatic warning states its rule, the version and the inputs", "HN17-3.1(4)", "/rule"};
  static bool Holds(const Raise& c, const Facts&, const Context&) {
    return c.mode == PointMode::kManual || (c.rule && c.rule_version && !c.inputs.empty());
  }
};

/// A department takes the warning itself; others name one that is competent.
struct AssignedToCompetentUnit {
  static constexpr Refusal kRefusal{
      "assigned_unit_not_competent", "应分派给有管辖权的监督部门，部门只能由本部门承接",
      "the unit is unknown, not competent, or not the department's own", "FJ18-4", "/unit"};
  static bool Holds(const Assign& c, const Facts& facts, const Context& context);
};
struct HandlersNamed {
  static constexpr Refusal kRefusal{"handler_required", "应指定承办人",
                                    "at least one handler is named", "HN18-5", "/handlers"};
  static bool Holds(const AppointHandlers& c, const Facts&, const Context&) {
    return !c.handlers.empty();
  }
};
struct HandlersNotRecused {
  static constexpr Refusal kRefusal{"handler_recused", "应当回避的人员不得承办",
                                    "a handler is recused from this case", "行政处罚法 43",
                                    "/handlers"};
  static bool Holds(const AppointHandlers& c, const Facts& facts, const Context&);
};

struct AtTimeLimitPoint {
  static constexpr Refusal kRefusal{"not_a_time_limit_point", "仅时限监督点可因超期转为红色",
                                    "only a time-limit point turns red by a lapse"};
  static bool Holds(const Facts& facts, const Context&) {
    return facts.kind == PointKind::kTimeLimit;
  }
};
struct StillYellow {
  static constexpr Refusal kRefusal{"already_red", "预警已是红色", "the warning is red already"};
  static bool Holds(const Facts& facts, const Context&) {
    return facts.colour == PointColour::kYellow;
  }
};
struct PeriodIsOver {
  static constexpr Refusal kRefusal{"period_not_over", "期限尚未届满", "the period is not over yet",
                                    "", "/due_on"};
  static bool Holds(const TurnRed& c, const Facts&, const Context& context) {
    return c.due_on < context.occurred_at.ChinaDate();
  }
};
/// From red to green leads an act of a person with a name, never a rule.
struct RuleMayClear {
  static constexpr Refusal kRefusal{"red_needs_a_person", "红色预警须由监督部门人员纠正或办结",
                                    "a red point is put right by a person, not by a rule",
                                    "FJ18-9(3)"};
  static bool Holds(const Facts& facts, const Context&) {
    return facts.colour == PointColour::kYellow;
  }
};

struct EvidenceGiven {
  static constexpr Refusal kRefusal{"evidence_missing", "纠正应附证据材料",
                                    "a correction rests on evidence", "", "/evidence"};
  static bool Holds(const ProposeCorrection& c, const Facts&, const Context&) {
    return !c.evidence.empty();
  }
};

struct AddresseeNamed {
  static constexpr Refusal kRefusal{"addressee_missing", "应写明预警对象单位或账号",
                                    "a unit or an account is named as the addressee", "",
                                    "/addressee"};
  static bool Holds(const Issue& c, const Facts&, const Context&) {
    return c.addressee || c.account;
  }
};
struct AddresseeAnswers {
  static constexpr Refusal kRefusal{
      "addressee_unknown", "预警对象应为已登记的招标人、代理机构、交易中心或平台",
      "the addressee is no known tenderer, agency, centre or platform", "", "/addressee"};
  static bool Holds(const Issue& c, const Facts&, const Context& context);
};
struct AddresseeIsAnother {
  static constexpr Refusal kRefusal{"addressee_is_own_unit", "不得向本单位发出预警",
                                    "a department does not warn itself", "", "/addressee"};
  static bool Holds(const Issue& c, const Facts& facts, const Context&) {
    return c.addressee != facts.unit;
  }
};
/// Where an account is named nobody else answers: units of the market may share one.
struct ByAddressee {
  static constexpr Refusal kRefusal{"not_the_addressee", "仅预警对象可以反馈",
                                    "only the addressee gives feedback"};
  static bool Holds(const Facts& facts, const Context& context) {
    if (context.role == Role::kIntake) return true;
    return facts.account ? *facts.account == context.actor : facts.addressee == context.unit;
  }
};

}  // namespace docket::warning
