/// Guards and selectors of a complaint: named propositions, each with the refusal that it gives.
#pragma once

#include "workflows/complaint/events.hpp"
#include "workflows/complaint/states.hpp"

namespace docket::complaint {

// Selectors: which row is meant.

struct InTendering {
  static constexpr std::string_view kName = "tendering";
  static bool Selects(const Facts& facts) { return facts.profile == Profile::kTendering; }
};
struct InProcurement {
  static constexpr std::string_view kName = "government_procurement";
  static bool Selects(const Facts& facts) {
    return facts.profile == Profile::kGovernmentProcurement;
  }
};
/// A denied withdrawal returns the case to where it came from; only tendering can deny one.
template <class S>
struct CameFrom {
  static constexpr std::string_view kName = S::kName;
  static bool Selects(const Facts& facts) {
    return facts.profile == Profile::kTendering && facts.before_withdrawal == S::kName;
  }
};
struct LastParty {
  static constexpr std::string_view kName = "last_party";
  static bool Selects(const Serve& c, const Facts& facts) {
    return Contains(facts.parties, c.party) && !Contains(facts.served, c.party) &&
           facts.served.size() + 1 == facts.parties.size();
  }
};
struct PartiesRemain {
  static constexpr std::string_view kName = "parties_remain";
  static bool Selects(const Serve& c, const Facts& facts) { return !LastParty::Selects(c, facts); }
};
struct Annulled {
  static constexpr std::string_view kName = "annulled";
  static bool Selects(const RecordReviewOutcome& c, const Facts&) {
    return c.outcome == ReviewOutcome::kAnnulled;
  }
};
struct NotAnnulled {
  static constexpr std::string_view kName = "upheld_or_changed";
  static bool Selects(const RecordReviewOutcome& c, const Facts&) {
    return c.outcome != ReviewOutcome::kAnnulled;
  }
};
struct WasPublished {
  static constexpr std::string_view kName = "published";
  static bool Selects(const RecordDecision& c, const Facts&) { return c.published_on.has_value(); }
};
struct NotPublished {
  static constexpr std::string_view kName = "not_published";
  static bool Selects(const RecordDecision& c, const Facts&) { return !c.published_on; }
};

// Standing guards: competence and recusal, on every act of a department.

struct UnitCompetent {
  static constexpr Refusal kRefusal{"unit_not_competent", "本单位对该事项无管辖权",
                                    "the unit is not competent for this matter",
                                    "招标投标法 7；政府采购法 13；财政部令第94号 6"};
  static bool Holds(const Facts& facts, const Context& context);
};
struct ActorNotRecused {
  static constexpr Refusal kRefusal{"actor_recused", "应当回避的人员不得办理",
                                    "the actor is recused from this case", "七部委令第11号 13"};
  static bool Holds(const Facts& facts, const Context& context);
};

// Lodging. A paper that lacks something is still registered by the clerk; the portal insists.

struct RegionKnown {
  static constexpr Refusal kRefusal{"region_unknown", "行政区划代码无效",
                                    "not a division code of GB/T 2260", "", "/region"};
  static bool Holds(const Lodge& c, const Facts&, const Context&) { return c.region.IsValid(); }
};
struct IndustryFitsProfile {
  static constexpr Refusal kRefusal{"industry_outside_profile", "行业领域与适用程序不符",
                                    "the industry does not belong to this profile", "",
                                    "/industry"};
  static bool Holds(const Lodge& c, const Facts&, const Context&);
};
struct DatesInOrder {
  static constexpr Refusal kRefusal{"dates_out_of_order", "日期先后顺序不合理",
                                    "the dates contradict each other"};
  static bool Holds(const Lodge& c, const Facts&, const Context& context);
  static bool Holds(const RecordDecision& c, const Facts&, const Context& context);
  static bool Holds(const RecordRefusal& c, const Facts&, const Context& context);
  static bool Holds(const RecordWithdrawal& c, const Facts&, const Context& context);
  static bool Holds(const RecordSuspension& c, const Facts&, const Context& context);
};
/// Law that is not in the rulebook starts no clock: better refused than silently without a limit.
struct RuleInForce {
  static constexpr Refusal kRefusal{"no_rule_in_force", "收到日期当日没有可适用的办理期限规则",
                                    "no rule was in force on the day of receipt", "", "/profile"};
  static bool Holds(const Lodge& c, const Facts&, const Context& context);
};
struct SignatureGiven {
  static constexpr Refusal kRefusal{"signature_missing", "投诉书未签名或未盖章",
                                    "the complaint is not signed, or not sealed",
                                    "七部委令第11号 7；财政部令第94号 18", "/is_signed"};
  static bool Holds(const Lodge& c, const Facts&, const Context& context);
};
struct IdentityGiven {
  static constexpr Refusal kRefusal{"identity_missing", "缺少身份证明或有效联系方式",
                                    "identity document or contact is missing",
                                    "七部委令第11号 7；财政部令第94号 18", "/complainant"};
  static bool Holds(const Lodge& c, const Facts&, const Context& context);
};
struct ProxyProven {
  static constexpr Refusal kRefusal{"proxy_letter_missing", "缺少授权委托书",
                                    "the proxy letter is missing", "七部委令第11号 10",
                                    "/proxy_letter"};
  static bool Holds(const Lodge& c, const Facts&, const Context& context) {
    return context.role != Role::kComplainant || !c.by_proxy || c.proxy_letter;
  }
};
struct TranslationGiven {
  static constexpr Refusal kRefusal{"translation_missing", "外文材料缺少中文译本",
                                    "the translation is missing", "七部委令第11号 7",
                                    "/translation"};
  static bool Holds(const Lodge& c, const Facts&, const Context& context) {
    return context.role != Role::kComplainant || !c.in_foreign_language || c.translation;
  }
};
struct ByLodger {
  static constexpr Refusal kRefusal{"actor_not_complainant", "只能由投诉人本人提出",
                                    "only who lodged the complaint may do this"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.role != Role::kComplainant || context.actor == facts.lodged_by;
  }
};

// Signing for, and before acceptance.

struct TwoHandlers {
  static constexpr Refusal kRefusal{"two_handlers_required", "承办人不得少于两人",
                                    "at least two different handlers are needed", "行政处罚法 42",
                                    "/handlers"};
  static bool Holds(const SignFor& c, const Facts&, const Context&);
  static bool Holds(const AssignHandlers& c, const Facts&, const Context&);
};
struct HandlersKnown {
  static constexpr Refusal kRefusal{"handler_unknown", "承办人不是本单位承办人员",
                                    "a handler is no handler of this unit", "HN18-5", "/handlers"};
  static bool Holds(const SignFor& c, const Facts&, const Context& context);
  static bool Holds(const AssignHandlers& c, const Facts&, const Context& context);
};
struct HandlersFree {
  static constexpr Refusal kRefusal{"handler_recused", "承办人应当回避",
                                    "a handler is recused from this case", "七部委令第11号 13",
                                    "/handlers"};
  static bool Holds(const AssignHandlers& c, const Facts& facts, const Context&);
  static bool Holds(const SignFor& c, const Facts& facts, const Context&);
};
struct NotRecusedBefore {
  static constexpr Refusal kRefusal{"already_recused", "该人员已回避",
                                    "the officer is recused already", "", "/officer"};
  static bool Holds(const Recuse& c, const Facts& facts, const Context&);
};
struct GroundOfTendering {
  static constexpr Refusal kRefusal{"ground_not_of_profile", "不予受理情形不适用于该程序",
                                    "the ground does not belong to this profile",
                                    "七部委令第11号 12；财政部令第94号 19-21", "/ground"};
  static bool Holds(const NotAccept& c, const Facts&, const Context&);
};
struct GroundOfProcurement {
  static constexpr Refusal kRefusal = GroundOfTendering::kRefusal;
  static bool Holds(const NotAccept& c, const Facts&, const Context&);
};
struct GroundIsMissingCorrection {
  static constexpr Refusal kRefusal{
      "ground_not_missing_correction", "待补正期间仅可因逾期未补正不予受理",
      "while a correction is awaited only its lack is a ground", "财政部令第94号 21(1)", "/ground"};
  static bool Holds(const NotAccept& c, const Facts&, const Context&) {
    return c.ground == RefusalGround::kCorrectionNotSupplied;
  }
};
struct CorrectionLimitOver {
  static constexpr Refusal kRefusal{"correction_limit_running", "补正期限尚未届满",
                                    "the limit for the correction has not run out",
                                    "财政部令第94号 21(1)"};
  static bool Holds(const Facts&, const Context& context);
};
struct FirstCorrection {
  static constexpr Refusal kRefusal{"correction_already_requested", "补正只能通知一次",
                                    "a correction is requested only once", "财政部令第94号 21(1)"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.correction_was_requested; }
};
struct CorrectionItemsGiven {
  static constexpr Refusal kRefusal{"correction_items_missing", "应一次性告知全部补正事项",
                                    "every item is named at once", "财政部令第94号 21(1)",
                                    "/items"};
  static bool Holds(const RequestCorrection& c, const Facts&, const Context&) {
    return !c.items.empty();
  }
};
struct CorrectionLimitReasonable {
  static constexpr Refusal kRefusal{
      "correction_limit_out_of_range", "补正期限应为 1 至 60 个工作日",
      "the limit is 1 to 60 working days", "财政部令第94号 21(1)", "/limit_workdays"};
  static bool Holds(const RequestCorrection& c, const Facts&, const Context&) {
    return c.limit_workdays >= 1 && c.limit_workdays <= 60;
  }
};
/// The complainant's time runs from delivery, which lies between the notice and today.
struct DeliveryInOrder {
  static constexpr Refusal kRefusal{"delivery_out_of_order", "送达日期早于通知日期或晚于今日",
                                    "delivered before the notice, or in the future", "",
                                    "/delivered_on"};
  static bool Holds(const RequestCorrection& c, const Facts&, const Context& context) {
    return !c.delivered_on || (*c.delivered_on >= context.occurred_at.ChinaDate() &&
                               *c.delivered_on <= context.now.ChinaDate());
  }
};
struct WithinCorrectionPeriod {
  static constexpr Refusal kRefusal{
      "correction_period_over", "已超过收到投诉后五个工作日的补正通知期限",
      "the five working days for a correction notice are over", "财政部令第94号 21(1)"};
  static bool Holds(const Facts&, const Context& context);
};

// Acceptance: one guard a condition.

struct HasInterest {
  static constexpr Refusal kRefusal{"no_interest", "投诉人非当事人且无利害关系",
                                    "the complainant has no interest", "七部委令第11号 12(1)",
                                    "/has_interest"};
  static bool Holds(const Accept& c, const Facts&, const Context&) { return c.has_interest; }
};
struct IsSpecific {
  static constexpr Refusal kRefusal{"not_specific", "投诉事项不具体且无有效线索",
                                    "not specific and without usable leads", "七部委令第11号 12(2)",
                                    "/is_specific"};
  static bool Holds(const Accept& c, const Facts&, const Context&) { return c.is_specific; }
};
struct IsComplete {
  static constexpr Refusal kRefusal{"file_incomplete", "投诉材料不齐全", "the file is incomplete",
                                    "FJ18-9(1)；财政部令第94号 18", "/is_complete"};
  static bool Holds(const Accept& c, const Facts&, const Context&) { return c.is_complete; }
};
struct IsNew {
  static constexpr Refusal kRefusal{"already_decided", "同一事项已作处理决定且未提供新证据",
                                    "decided before and no new evidence", "七部委令第11号 12(5)",
                                    "/is_new"};
  static bool Holds(const Accept& c, const Facts&, const Context&) { return c.is_new; }
};
struct IsNotUnderReview {
  static constexpr Refusal kRefusal{"under_review", "已进入行政复议或行政诉讼程序",
                                    "already in reconsideration or litigation",
                                    "七部委令第11号 12(6)", "/is_not_under_review"};
  static bool Holds(const Accept& c, const Facts&, const Context&) { return c.is_not_under_review; }
};
struct InTime {
  static constexpr Refusal kRefusal{"out_of_time", "已超过投诉时效", "lodged out of time",
                                    "招标投标法实施条例 60；政府采购法 55"};
  static bool Holds(const Facts& facts, const Context& context);
};
struct PriorObjection {
  static constexpr Refusal kRefusal{"prior_objection_missing", "该事项应先向招标人提出异议",
                                    "an objection must come first", "招标投标法实施条例 60(2)"};
  static bool Holds(const Facts& facts, const Context&);
};
struct PriorChallenge {
  static constexpr Refusal kRefusal{"prior_challenge_missing", "投诉前应依法质疑",
                                    "a challenge must come first", "财政部令第94号 19"};
  static bool Holds(const Facts& facts, const Context&) { return facts.challenged_on.has_value(); }
};
struct WithinChallenge {
  static constexpr Refusal kRefusal{"exceeds_challenged_matters", "投诉事项超出已质疑事项范围",
                                    "the complaint exceeds the challenged matters",
                                    "政府采购法实施条例 55", "/within_challenge"};
  static bool Holds(const Accept& c, const Facts&, const Context&) { return c.within_challenge; }
};
struct FirstReceived {
  static constexpr Refusal kRefusal{"first_received_elsewhere", "应由最先收到投诉的部门处理",
                                    "the department that received it first handles it",
                                    "招标投标法实施条例 61；财政部令第94号 6",
                                    "/received_here_first"};
  static bool Holds(const Accept& c, const Facts&, const Context&) { return c.received_here_first; }
};
/// Procurement: the rule holds for joint purchases across regions only.
struct FirstReceivedWhenJoint {
  static constexpr Refusal kRefusal = FirstReceived::kRefusal;
  static bool Holds(const Accept& c, const Facts& facts, const Context&) {
    return !facts.joint_across_regions || c.received_here_first;
  }
};
struct DeemedAcceptanceEnabled {
  static constexpr Refusal kRefusal{"deemed_acceptance_disabled", "未启用视为受理规则",
                                    "no rule deems the complaint accepted here"};
  static bool Holds(const Facts& facts, const Context& context);
};
struct MergeTargetValid {
  static constexpr Refusal kRefusal{"merge_target_invalid", "并入的案卷应为另一件投诉",
                                    "the target is no other complaint", "", "/into"};
  static bool Holds(const Merge& c, const Facts&, const Context& context);
};
struct NotMerged {
  static constexpr Refusal kRefusal{"already_merged", "案件已并案", "the case is merged already"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.merged_into; }
};

}  // namespace docket::complaint
