/// Why an act upon an edition of the catalogue, or under it, is refused.
#pragma once

#include "workflows/catalogue/commands.hpp"
#include "workflows/catalogue/facts.hpp"
#include "workflows/engine/department_guards.hpp"

namespace docket::catalogue {

/// Standing: the office that made the catalogue goes on with it, and the office of a place above.
struct OfficeOfPlace {
  static constexpr Refusal kRefusal{"unit_not_competent", "本单位对该事项无管辖权",
                                    "the unit is not competent for this matter", "XX17-18"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.role != Role::kResourceOffice || facts.region.empty() ||
           context.unit_region.Covers(facts.region);
  }
};
struct DraftedForOwnPlace {
  static constexpr Refusal kRefusal{"region_outside_unit", "只能起草本区域的目录",
                                    "an office drafts for its own region", "XX17-18", "/region"};
  static bool Holds(const Draft& c, const Facts&, const Context& context) {
    return context.unit_region.Covers(c.region);
  }
};
struct EntriesPlausible {
  static constexpr Refusal kRefusal{
      "entries_implausible", "目录应有条目，限额大于零，失效日期不早于施行日期",
      "a catalogue has entries, with thresholds above zero and no day before the first", "HN17-1.1",
      "/entries"};
  template <class Command>
  static bool Holds(const Command& c, const Facts&, const Context&) {
    return ArePlausible(c.entries);
  }

 private:
  static bool ArePlausible(const std::vector<CatalogueEntry>& entries);
};
struct DepartmentsNamed {
  static constexpr Refusal kRefusal{"departments_missing", "应征求有关行政监督部门意见",
                                    "the departments concerned are consulted", "XX17-18",
                                    "/departments"};
  static bool Holds(const Consult& c, const Facts&, const Context&) {
    return !c.departments.empty();
  }
};
struct TimeForOpinions {
  static constexpr Refusal kRefusal{"opinions_in_past", "反馈期限应晚于今日",
                                    "there is time to answer", "", "/opinions_by"};
  static bool Holds(const Consult& c, const Facts&, const Context& context) {
    return context.now.ChinaDate() < c.opinions_by;
  }
};
struct OfConsultedUnit {
  static constexpr Refusal kRefusal{"unit_not_consulted", "未向本单位征求意见，或者已经反馈",
                                    "this unit was not asked, or has answered", "XX17-18"};
  static bool Holds(const Facts& facts, const Context& context);
};
struct OpinionsIn {
  static constexpr Refusal kRefusal{"opinions_outstanding", "征求意见尚未结束",
                                    "departments that were asked may still answer", "XX17-18"};
  static bool Holds(const Facts& facts, const Context& context);
};
/// No retroactive duty to enter.
struct EffectAhead {
  static constexpr Refusal kRefusal{"effect_in_past", "施行日期早于今日",
                                    "a catalogue obliges nobody for days gone by"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.now.ChinaDate() <= *facts.effective_on;
  }
};

/// 自愿 is said only of what need not enter.
struct NotObliged {
  static constexpr Refusal kRefusal{"entry_is_mandatory", "目录内项目应当进场，不适用自愿进场",
                                    "this project has to enter", "XX17-18", "/trade"};
  static bool Holds(const EnterVoluntarily& c, const Facts& facts, const Context&) {
    return !MustEnter(facts, c.trade);
  }
};
struct NotChosenYet {
  static constexpr Refusal kRefusal{"project_entered_already", "该项目已登记进场",
                                    "this project has entered already", "", "/project"};
  static bool Holds(const EnterVoluntarily& c, const Facts& facts, const Context&) {
    return ChoiceFor(facts, c.project) == nullptr;
  }
};
/// The owner's own project, if anybody's.
struct ByOwner {
  static constexpr Refusal kRefusal{"not_the_owner", "仅项目单位可以办理",
                                    "only the owner of the project may do this", "FJ16-1",
                                    "/project"};
  template <class Command>
  static bool Holds(const Command& c, const Facts& facts, const Context& context) {
    const PlatformChoice* choice = ChoiceFor(facts, c.project);
    return choice == nullptr || choice->owner == context.unit;
  }
};
struct EnteredByChoice {
  static constexpr Refusal kRefusal{"entry_not_voluntary", "该项目不是自愿进场项目",
                                    "this project has not entered voluntarily", "FJ16-1",
                                    "/project"};
  static bool Holds(const WithdrawEntry& c, const Facts& facts, const Context&) {
    const PlatformChoice* choice = ChoiceFor(facts, c.project);
    return choice != nullptr && choice->voluntary;
  }
};

}  // namespace docket::catalogue
