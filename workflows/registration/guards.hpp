/// Guards of a registration: named propositions, each with the refusal that it gives.
#pragma once

#include "workflows/engine/department_guards.hpp"
#include "workflows/registration/events.hpp"

namespace docket::registration {

/// Working days within which a correction may be asked for.
constexpr std::int64_t kCorrectionWorkdaysMax = 60;
/// Working days that an item's limit may have.
constexpr std::int64_t kLimitWorkdaysMax = 365;

struct ChecklistTicked {
  static constexpr Refusal kRefusal{"checklist_missing", "应逐项填写资料清单，不得重复",
                                    "the checklist is empty, or names a document twice",
                                    "FJ18-9(1)", "/checklist"};
  static bool Holds(const Submit& c, const Facts&, const Context&);
};
/// Whoever submitted it, or the department for whoever came in person.
struct ByApplicant {
  static constexpr Refusal kRefusal{"actor_not_applicant", "只能由申请人本人办理",
                                    "only the applicant may do this"};
  static bool Holds(const Facts& facts, const Context& context) {
    return IsOfDepartment(context.role) || context.actor == facts.submitted_by;
  }
};
struct HandlersNamed {
  static constexpr Refusal kRefusal{"handlers_missing", "应指定承办人，不得重复",
                                    "no handler is named, or one twice", "HN18-5", "/handlers"};
  static bool Holds(const SignFor& c, const Facts&, const Context&) { return Differ(c.handlers); }
  static bool Holds(const AssignHandlers& c, const Facts&, const Context&) {
    return Differ(c.handlers);
  }

 private:
  static bool Differ(const std::vector<ActorId>& handlers);
};
struct HandlersFree {
  static constexpr Refusal kRefusal{"handler_recused", "承办人应当回避",
                                    "a handler is recused from this case", "公务员法 76",
                                    "/handlers"};
  static bool Holds(const AssignHandlers& c, const Facts& facts, const Context&);
};
struct FirstCorrection {
  static constexpr Refusal kRefusal{"correction_already_requested", "补正只能告知一次",
                                    "a correction is asked for only once", "行政许可法 32"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.correction_was_requested; }
};
struct CorrectionItemsListed {
  static constexpr Refusal kRefusal{"correction_items_missing", "应一次性告知全部补正事项",
                                    "every item is named at once", "行政许可法 32", "/items"};
  static bool Holds(const RequestCorrection& c, const Facts&, const Context&) {
    return !c.items.empty();
  }
};
struct CorrectionLimitInRange {
  static constexpr Refusal kRefusal{"correction_limit_out_of_range", "补正期限应为一至六十个工作日",
                                    "the limit is 1 to 60 working days", "", "/limit_workdays"};
  static bool Holds(const RequestCorrection& c, const Facts&, const Context&) {
    return c.limit_workdays >= 1 && c.limit_workdays <= kCorrectionWorkdaysMax;
  }
};
struct WithinCorrectionLimit {
  static constexpr Refusal kRefusal{"correction_limit_over", "补正期限已届满",
                                    "the limit for the correction has run out"};
  static bool Holds(const Facts&, const Context& context);
};
struct CorrectionLimitOver {
  static constexpr Refusal kRefusal{"correction_limit_running", "补正期限尚未届满",
                                    "the limit for the correction has not run out"};
  static bool Holds(const Facts& facts, const Context& context) {
    return !WithinCorrectionLimit::Holds(facts, context);
  }
};
struct CorrectionWasAskedFor {
  static constexpr Refusal kRefusal{"correction_not_requested", "退回前应先一次性告知补正",
                                    "a correction is asked for before anything is returned",
                                    "行政许可法 32"};
  static bool Holds(const Facts& facts, const Context&) { return facts.correction_was_requested; }
};
/// 资料齐备: every document of the checklist was found in order.
struct FileComplete {
  static constexpr Refusal kRefusal{"file_incomplete", "资料不齐备", "the file is not complete",
                                    "FJ18-9(1)", "/items_found"};
  static bool Holds(const Accept& c, const Facts& facts, const Context&);
};
struct LimitsInOrder {
  static constexpr Refusal kRefusal{
      "limits_out_of_order", "期限应为一至三百六十五个工作日，承诺期限不得长于规定期限",
      "a limit is 1 to 365 working days, and what is promised is not longer than prescribed",
      "FJ18-9(1)", "/promised_workdays"};
  static bool Holds(const Accept& c, const Facts& facts, const Context& context);
};
struct DeemedAcceptanceEnabled {
  static constexpr Refusal kRefusal{"deemed_acceptance_disabled", "未启用视为受理规则",
                                    "no rule deems it accepted here"};
  static bool Holds(const Facts& facts, const Context& context);
};
struct ChecksListed {
  static constexpr Refusal kRefusal{"checks_missing", "应按清单逐项审查",
                                    "the review names its points", "HN17-3.2(1)", "/checks"};
  static bool Holds(const Review& c, const Facts&, const Context&) { return !c.checks.empty(); }
};
struct ReviewPassed {
  static constexpr Refusal kRefusal{"review_not_passed", "审查清单未全部通过，不得登记",
                                    "not every point of the review is passed", "HN17-3.2(1)"};
  static bool Holds(const Facts& facts, const Context&) { return facts.review_passed; }
};

}  // namespace docket::registration
