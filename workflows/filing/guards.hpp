/// Guards and selectors of a filing: named propositions, each with the refusal that it gives.
#pragma once

#include "workflows/engine/department_guards.hpp"
#include "workflows/filing/events.hpp"
#include "workflows/filing/types.hpp"

namespace docket::filing {

/// Working days that a configured limit may have.
constexpr std::int64_t kLimitWorkdaysMax = 365;

// Selectors: which row is meant.

struct LastReviewer {
  static constexpr std::string_view kName = "last_reviewer";
  static bool Selects(const Facts& facts) {
    return facts.reviewed.size() + 1 == facts.handlers.size();
  }
};
struct ReviewersRemain {
  static constexpr std::string_view kName = "reviewers_remain";
  static bool Selects(const Facts& facts) { return !LastReviewer::Selects(facts); }
};
struct FindsNoProblem {
  static constexpr std::string_view kName = "no_problem_found";
  static bool Selects(const IssueOpinion& c, const Facts&) {
    return c.result == Result::kNoProblemFound;
  }
};
struct FindsProblems {
  static constexpr std::string_view kName = "rectification_required";
  static bool Selects(const IssueOpinion& c, const Facts&) {
    return c.result == Result::kRectificationRequired;
  }
};

// The obligation.

struct TriggerNotInFuture {
  static constexpr Refusal kRefusal{"trigger_in_future", "触发日期晚于今日",
                                    "the trigger lies in the future", "", "/triggered_on"};
  static bool Holds(const CreateObligation& c, const Facts&, const Context& context) {
    return c.triggered_on <= context.now.ChinaDate();
  }
};
struct ObligedPartyNamed {
  static constexpr Refusal kRefusal{
      "obliged_party_missing", "应注明义务人的账号、单位或统一社会信用代码",
      "the obliged party has no account, unit or code", "", "/obliged"};
  static bool Holds(const CreateObligation& c, const Facts&, const Context&) {
    return c.obliged.account || c.obliged.unit || c.obliged.code;
  }
};
struct TypeFitsTrade {
  static constexpr Refusal kRefusal{"type_outside_trade", "该备案类型不适用于该行业领域",
                                    "the type is not one of this trade",
                                    "招标投标法 47；政府采购法 47", "/type"};
  static bool Holds(const CreateObligation& c, const Facts&, const Context&) {
    return FitsTrade(c.type, c.industry);
  }
};
struct ProjectBound {
  static constexpr Refusal kRefusal{"project_not_bound", "该义务仅适用于依法必须进行招标的项目",
                                    "only a project that must be tendered by law has this duty",
                                    "招标投标法 12、47；招标投标法实施条例 54",
                                    "/mandatory_tender"};
  static bool Holds(const CreateObligation& c, const Facts&, const Context&) {
    return c.mandatory_tender || !BindsMandatoryTendersOnly(c.type);
  }
};
struct LimitIsOpen {
  static constexpr Refusal kRefusal{"limit_not_open", "期限由法律规定，或不在1至365个工作日之间",
                                    "the law sets the limit, or it is not 1 to 365 working days",
                                    "", "/limit_workdays"};
  static bool Holds(const CreateObligation& c, const Facts&, const Context&) {
    return !c.limit_workdays || (HasOpenLimit(c.type) && *c.limit_workdays >= 1 &&
                                 *c.limit_workdays <= kLimitWorkdaysMax);
  }
};
/// Law that is not in the rulebook starts no clock: better refused than silently without a limit.
struct RuleInForce {
  static constexpr Refusal kRefusal{"no_rule_in_force", "触发日期当日没有可适用的期限规则",
                                    "no rule was in force on the day of the trigger", "", "/type"};
  static bool Holds(const CreateObligation& c, const Facts&, const Context& context);
};

// What is submitted.

struct ByObligedParty {
  static constexpr Refusal kRefusal{"actor_not_obliged", "仅义务人可以办理",
                                    "only the obliged party may do this"};
  static bool Holds(const Facts& facts, const Context& context);
};
/// The portal insists; on the counter the clerk takes it and returns what is incomplete.
struct SubmissionInForm {
  static constexpr Refusal kRefusal{"document_or_seal_missing", "缺少报送材料或签章",
                                    "a document or the seal is missing", "FJ18-13(2)",
                                    "/documents"};
  static bool Holds(const Submit& c, const Facts&, const Context& context) {
    return context.role != Role::kTenderer || (!c.documents.empty() && c.is_sealed);
  }
};
struct DoneInOrder {
  static constexpr Refusal kRefusal{
      "done_on_out_of_order", "履行日期应在触发日期与今日之间，且仅限行为义务",
      "the day lies before the trigger or in the future, or the duty is no act", "", "/done_on"};
  static bool Holds(const Submit& c, const Facts& facts, const Context& context);
};
struct NotTakenBefore {
  static constexpr Refusal kRefusal{"already_taken", "本部门已签收过该备案",
                                    "the department has taken it already"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.fulfilled_at; }
};
struct GapsListed {
  static constexpr Refusal kRefusal{"gaps_missing", "应一次列明全部缺少的材料",
                                    "every gap is listed at once", "", "/gaps"};
  static bool Holds(const ReturnIncomplete& c, const Facts&, const Context&) {
    return !c.gaps.empty();
  }
};

// Reviews.

struct HandlersNamed {
  static constexpr Refusal kRefusal{"handlers_missing", "应指定初审人，不得重复",
                                    "no handler is named, or one twice", "HN18-5", "/handlers"};
  static bool Holds(const SignFor& c, const Facts&, const Context&) { return Differ(c.handlers); }
  static bool Holds(const AssignHandlers& c, const Facts&, const Context&) {
    return Differ(c.handlers);
  }

 private:
  static bool Differ(const std::vector<ActorId>& handlers);
};
struct HandlersFree {
  static constexpr Refusal kRefusal{"handler_recused", "初审人应当回避",
                                    "a handler is recused from this case", "公务员法 76",
                                    "/handlers"};
  static bool Holds(const SignFor& c, const Facts& facts, const Context&);
  static bool Holds(const AssignHandlers& c, const Facts& facts, const Context&);
};
struct NotYetReviewed {
  static constexpr Refusal kRefusal{"already_reviewed", "本人已出具初审意见",
                                    "the actor has given the first opinion already"};
  static bool Holds(const Facts& facts, const Context& context) {
    return !ContainsActor(facts.reviewed, context.actor);
  }
};
struct NothingToRectify {
  static constexpr Refusal kRefusal{"items_without_problem", "未发现问题的意见不得列明整改事项",
                                    "an opinion without a problem asks for nothing", "", "/items"};
  static bool Holds(const IssueOpinion& c, const Facts&, const Context&) {
    return c.items.empty() && !c.correct_by;
  }
};
struct ItemsListed {
  static constexpr Refusal kRefusal{"rectification_items_missing", "应列明整改事项",
                                    "what has to be rectified is listed", "", "/items"};
  static bool Holds(const IssueOpinion& c, const Facts&, const Context&) {
    return !c.items.empty();
  }
};
struct CorrectByLater {
  static constexpr Refusal kRefusal{"correct_by_missing", "应指定今日之后的整改期限",
                                    "a day after today is set for the rectification", "",
                                    "/correct_by"};
  static bool Holds(const IssueOpinion& c, const Facts&, const Context& context) {
    return c.correct_by && *c.correct_by > context.occurred_at.ChinaDate();
  }
};
struct NewerFilingNamed {
  static constexpr Refusal kRefusal{"newer_filing_invalid", "应注明另一备案案卷",
                                    "the newer version is another filing", "", "/newer"};
  static bool Holds(const Supersede& c, const Facts&, const Context& context) {
    return c.newer.value.starts_with("filing-") && c.newer != context.case_id;
  }
};

// Performance.

struct OfPerformance {
  static constexpr Refusal kRefusal{"not_of_performance", "仅合同、履约类备案登记履约信息",
                                    "only contracts and performance record this", "HN17-1.2"};
  static bool Holds(const Facts& facts, const Context&) { return IsOfPerformance(*facts.type); }
};
struct HappenedAlready {
  static constexpr Refusal kRefusal{"performance_in_future", "发生日期晚于今日",
                                    "it has not happened yet", "", "/happened_on"};
  static bool Holds(const RecordPerformance& c, const Facts&, const Context& context) {
    return c.happened_on <= context.now.ChinaDate();
  }
};
struct PerformanceDescribed {
  static constexpr Refusal kRefusal{
      "performance_details_missing", "资金拨付应注明金额，公示应注明媒介",
      "a payment states its amount, a publicity its medium", "HN17-1.2；FJ18-13(2)", "/kind"};
  static bool Holds(const RecordPerformance& c, const Facts&, const Context&);
};
struct CheckDayLater {
  static constexpr Refusal kRefusal{"check_day_past", "检查日期不得早于今日",
                                    "the check lies in the past", "", "/check_on"};
  static bool Holds(const PlanCheck& c, const Facts&, const Context& context) {
    return c.check_on >= context.occurred_at.ChinaDate();
  }
};

}  // namespace docket::filing
