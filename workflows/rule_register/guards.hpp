/// Why an act upon a rule or standard is refused.
#pragma once

#include "workflows/engine/department_guards.hpp"
#include "workflows/rule_register/commands.hpp"
#include "workflows/rule_register/facts.hpp"
#include "workflows/rule_register/states.hpp"

namespace docket::rule_register {

/// Standing: 谁制定、谁清理. Only the opinion is another's.
struct ByMaker {
  static constexpr Refusal kRefusal{"not_the_maker", "仅制定单位可以办理",
                                    "only the unit that made the rule may do this", "XX17-5"};
  static bool Holds(const Facts& facts, const Context& context) {
    const bool is_person = IsOfDepartment(context.role) || context.role == Role::kResourceOffice;
    return !is_person || facts.unit.empty() || facts.state == Consulting::kName ||
           facts.unit == context.unit;
  }
};
/// The same where the office's own act goes by another's.
struct OfMaker {
  static constexpr Refusal kRefusal = ByMaker::kRefusal;
  static bool Holds(const Facts& facts, const Context& context) {
    return facts.unit == context.unit;
  }
};
struct DraftedForOwnPlace {
  static constexpr Refusal kRefusal{"region_outside_unit", "只能制定本区域的规则",
                                    "a unit makes rules for its own region", "HN18-24", "/region"};
  static bool Holds(const Draft& c, const Facts&, const Context& context) {
    return context.unit_region.Covers(c.region);
  }
};
struct ParentNamed {
  static constexpr Refusal kRefusal{
      "parent_missing", "具体办法应注明其上位规则，其他规则没有上位规则",
      "a local rule, and no other, names what it carries out", "HN18-24", "/parent"};
  static bool Holds(const Draft& c, const Facts&, const Context&) {
    return c.parent.has_value() == (c.kind == RuleKind::kLocalRule);
  }
};
struct OfficeOfPlace {
  static constexpr Refusal kRefusal{"unit_not_competent", "本单位对该事项无管辖权",
                                    "the unit is not competent for this matter", "XX17-3"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.unit_region.Covers(facts.region);
  }
};
/// 应征求综合监管部门意见: before anything is issued.
struct OfficeWasConsulted {
  static constexpr Refusal kRefusal{"office_not_consulted", "印发前应征求综合监管部门意见",
                                    "the office is consulted before a rule is issued", "XX17-3"};
  static bool Holds(const Facts& facts, const Context&) { return facts.made_by_office; }
};
/// Asking is the duty, not consent: an office that does not answer holds nothing up for ever.
struct OpinionOverdue {
  static constexpr Refusal kRefusal{"opinion_outstanding", "综合监管部门仍可在期限内反馈意见",
                                    "the office may still answer", "XX17-3"};
  static bool Holds(const Facts&, const Context& context);
};
struct DatesInOrder {
  static constexpr Refusal kRefusal{
      "dates_out_of_order", "印发日期不晚于今日，施行日期不早于印发日期",
      "issued by today, and in force no earlier than issued", "FJ18-29", "/effective_on"};
  static bool Holds(const Issue& c, const Facts&, const Context& context) {
    return c.issued_on <= context.now.ChinaDate() &&
           c.issued_on <= c.effective_on.value_or(c.issued_on);
  }
};
struct NotCopiedYet {
  static constexpr Refusal kRefusal{"copy_sent_already", "已抄送综合监管部门",
                                    "a copy was sent already", "XX17-3"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.copied; }
};
struct InterpretedByNow {
  static constexpr Refusal kRefusal{"interpretation_in_future", "解释日期晚于今日",
                                    "the interpretation lies in the future", "HN18-23",
                                    "/issued_on"};
  static bool Holds(const Interpret& c, const Facts&, const Context& context) {
    return c.issued_on <= context.now.ChinaDate();
  }
};
struct SuccessorIsAnother {
  static constexpr Refusal kRefusal{"successor_is_itself", "规则不能取代自身",
                                    "a rule does not succeed itself", "", "/successor"};
  static bool Holds(const Supersede& c, const Facts&, const Context& context) {
    return c.successor != context.case_id;
  }
};

}  // namespace docket::rule_register
