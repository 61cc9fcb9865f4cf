/// Guards of matters of security.
#pragma once

#include "domain/rejection.hpp"
#include "workflows/engine/department_guards.hpp"
#include "workflows/security_duty/facts.hpp"

namespace docket::security_duty {

/// Standing: a unit does its own duties, and the security manager who set a duty, or another of
/// that unit, manages it.
struct UnitOfMatter {
  static constexpr Refusal kRefusal{"not_the_unit", "仅责任单位及其安全管理人可以办理",
                                    "only the unit in charge and its security manager may do this",
                                    "FJ18-17、19"};
  static bool Holds(const Facts& facts, const Context& context);
};
/// Who opens a matter opens it for the own unit; only the security manager sets others' duties.
struct OfOwnUnit {
  static constexpr Refusal kRefusal{"unit_of_another", "仅可登记本单位的事项",
                                    "a matter of another unit", "FJ18-17", "/unit"};
  template <class Command>
  static bool Holds(const Command& c, const Facts&, const Context& context) {
    return c.unit == context.unit;
  }
};
struct RuleKnown {
  static constexpr Refusal kRefusal{"no_rule_in_force", "该日没有可适用的周期规则",
                                    "no rule says how often on that day", "", "/first_due_on"};
  static bool Holds(const Establish& c, const Facts&, const Context& context);
  static bool Holds(const Resume& c, const Facts& facts, const Context& context);
};
struct FirstDueAhead {
  static constexpr Refusal kRefusal{"first_due_in_past", "首期届满日早于今日",
                                    "the first period is over already", "", "/first_due_on"};
  template <class Command>
  static bool Holds(const Command& c, const Facts&, const Context& context) {
    return c.first_due_on >= context.occurred_at.ChinaDate();
  }
};
/// 每月: by calendar months, twelve a year.
struct SelfCheckByMonth {
  static constexpr Refusal kRefusal{"self_check_not_at_month_end", "每月自查的届满日应为月末",
                                    "a monthly check is due on a month's last day", "FJ18-19",
                                    "/first_due_on"};
  static bool Holds(const Establish& c, const Facts&, const Context&) {
    return c.kind != DutyKind::kSelfCheck || EndsMonth(c.first_due_on);
  }
  static bool Holds(const Resume& c, const Facts& facts, const Context&) {
    return facts.duty != DutyKind::kSelfCheck || EndsMonth(c.first_due_on);
  }
};
struct PeriodKnown {
  static constexpr Refusal kRefusal{"period_unknown", "所属期既非本期也非待补履行的一期",
                                    "neither the running period nor one to be made up for", "",
                                    "/due_on"};
  static bool Holds(const Perform& c, const Facts& facts, const Context&);
};
/// Each period is done in its own time: two checks in one month do not stand for two months.
struct PeriodHasBegun {
  static constexpr Refusal kRefusal{"period_not_begun", "本期尚未开始", "the period has not begun",
                                    "FJ18-19", "/due_on"};
  static bool Holds(const Perform& c, const Facts& facts, const Context& context);
};
struct AccountsListed {
  static constexpr Refusal kRefusal{"accounts_missing", "应列明参训或签署人员",
                                    "who was trained, or who signed, is listed",
                                    "FJ18-10、11(1)；HN18-18", "/accounts"};
  static bool Holds(const Perform& c, const Facts& facts, const Context&) {
    const bool concerns_persons =
        facts.duty == DutyKind::kTraining || facts.duty == DutyKind::kUndertaking;
    return !concerns_persons || !c.accounts.empty();
  }
};
struct TextVersionGiven {
  static constexpr Refusal kRefusal{"text_version_missing", "应注明所签承诺书的版本",
                                    "the version of the undertaking is named", "FJ18-10",
                                    "/text_version"};
  static bool Holds(const Perform& c, const Facts& facts, const Context&) {
    return facts.duty != DutyKind::kUndertaking || c.text_version;
  }
};
struct PerformanceKnown {
  static constexpr Refusal kRefusal{"performance_unknown", "没有该次履行记录",
                                    "there is no such performance", "", "/number"};
  static bool Holds(const Confirm& c, const Facts& facts, const Context&);
};
struct NotConfirmedYet {
  static constexpr Refusal kRefusal{"already_confirmed", "该次履行已核验",
                                    "the performance was confirmed already", "", "/number"};
  static bool Holds(const Confirm& c, const Facts& facts, const Context&);
};
struct PeriodIsCurrent {
  static constexpr Refusal kRefusal{"period_not_current", "所属期并非本期",
                                    "not the running period", "", "/due_on"};
  static bool Holds(const NoteMissed& c, const Facts& facts, const Context&) {
    return c.due_on == facts.due_on;
  }
};
struct DetectedByNow {
  static constexpr Refusal kRefusal{"detected_in_future", "发现时间晚于当前时间",
                                    "detected in the future", "", "/detected_at"};
  static bool Holds(const ReportIncident& c, const Facts&, const Context& context) {
    return c.detected_at <= context.occurred_at;
  }
};
struct AddresseesNamed {
  static constexpr Refusal kRefusal{"addressees_missing", "应列明通报单位",
                                    "a circular has addressees", "FJ18-19", "/addressees"};
  static bool Holds(const CirculateIncident& c, const Facts&, const Context&) {
    return !c.addressees.empty();
  }
};
struct MajorIsCirculated {
  static constexpr Refusal kRefusal{"major_incident_not_circulated", "重大信息安全事件应当通报",
                                    "a major incident is circulated", "FJ18-19"};
  static bool Holds(const Facts& facts, const Context&) {
    return facts.severity != Severity::kMajor || facts.circulated;
  }
};
struct VersionNew {
  static constexpr Refusal kRefusal{"version_used", "该版本号已使用",
                                    "a changed document has a new version", "", "/version"};
  static bool Holds(const ReviseDocument& c, const Facts& facts, const Context&);
};

}  // namespace docket::security_duty
