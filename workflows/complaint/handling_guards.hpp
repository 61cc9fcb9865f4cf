/// Guards of handling a complaint: from the reply notice to the archive, and recorded history.
#pragma once

#include "workflows/complaint/guards.hpp"

namespace docket::complaint {

struct ActorIsHandler {
  static constexpr Refusal kRefusal{"actor_not_handler", "仅承办人可以办理",
                                    "only a handler of the case may do this"};
  static bool Holds(const Facts& facts, const Context& context) {
    return IsHandler(facts, context.actor);
  }
};
struct SecondOfficer {
  static constexpr Refusal kRefusal{"second_officer_required", "调查取证和质证须有两名承办人",
                                    "a second handler must take part", "行政处罚法 42",
                                    "/second_officer"};
  template <class C>
  static bool Holds(const C& c, const Facts& facts, const Context& context) {
    return c.second_officer != context.actor && IsHandler(facts, c.second_officer);
  }
};
struct PartiesKnown {
  static constexpr Refusal kRefusal{"party_unknown", "不是本案当事人，或未列明当事人",
                                    "no party named, or one that is not of this case", "",
                                    "/parties"};
  template <class C>
  static bool Holds(const C& c, const Facts& facts, const Context&) {
    for (const auto& party : c.parties) {
      if (!Contains(facts.parties, party)) return false;
    }
    return !c.parties.empty();
  }
};
struct PartyNotified {
  static constexpr Refusal kRefusal{"party_not_notified", "该当事人未被通知答复",
                                    "the party got no reply notice", "财政部令第94号 21(4)",
                                    "/party"};
  template <class C>
  static bool Holds(const C& c, const Facts& facts, const Context&) {
    return Contains(facts.notified, c.party);
  }
};
struct AccountsOfRespondents {
  static constexpr Refusal kRefusal{
      "account_not_respondent", "所列账号不是被投诉人账号，或未通知该当事人",
      "no respondent's account, or one of a party not notified", "", "/accounts"};
  static bool Holds(const SendReplyNotice& c, const Facts&, const Context& context);
};
struct ForOwnParty {
  static constexpr Refusal kRefusal{"account_of_other_party", "只能为本账号所代表的当事人答复",
                                    "the account replies for another party, or for none", "",
                                    "/party"};
  static bool Holds(const Reply& c, const Facts& facts, const Context& context);
};
struct NotYetAnswered {
  static constexpr Refusal kRefusal{"already_answered", "该当事人已答复或已放弃",
                                    "the party has replied or waived already", "", "/party"};
  template <class C>
  static bool Holds(const C& c, const Facts& facts, const Context&) {
    return !Contains(facts.answered, c.party);
  }
};
struct ReceiptIsNew {
  static constexpr Refusal kRefusal{"receipt_already_recorded", "该当事人的签收日期已登记",
                                    "the party's receipt is recorded already", "", "/party"};
  static bool Holds(const RecordNoticeReceipt& c, const Facts& facts, const Context&) {
    return !Contains(facts.receipts, c.party);
  }
};
struct ReceivedAfterDispatch {
  static constexpr Refusal kRefusal{"receipt_before_dispatch", "签收日期早于发出日期或晚于今日",
                                    "received before it was sent, or in the future", "",
                                    "/received_on"};
  static bool Holds(const RecordNoticeReceipt& c, const Facts& facts, const Context& context) {
    return c.received_on >= *facts.reply_notice_sent_on && c.received_on <= context.now.ChinaDate();
  }
};
struct NoAppraisalOpen {
  static constexpr Refusal kRefusal{"appraisal_open", "检验、检测、鉴定或专家评审尚未完成",
                                    "an appraisal is still open"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.appraisal_open; }
};
struct AppraisalOpen {
  static constexpr Refusal kRefusal{"no_open_appraisal", "没有进行中的检验、检测、鉴定或专家评审",
                                    "no appraisal is open"};
  static bool Holds(const Facts& facts, const Context&) { return facts.appraisal_open; }
};
struct ExpectedEndLater {
  static constexpr Refusal kRefusal{"expected_end_in_past", "预计完成日期早于委托日期",
                                    "the expected end lies before the commission", "",
                                    "/expected_on"};
  static bool Holds(const StartAppraisal& c, const Facts&, const Context& context) {
    return c.expected_on >= context.occurred_at.ChinaDate();
  }
};
struct TradeRuns {
  static constexpr Refusal kRefusal{"trade_already_suspended", "已处于暂停状态",
                                    "the trade is suspended already"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.trade_suspended_on; }
};
struct TradeStandsStill {
  static constexpr Refusal kRefusal{"trade_not_suspended", "未处于暂停状态",
                                    "the trade is not suspended"};
  static bool Holds(const Facts& facts, const Context&) {
    return facts.trade_suspended_on.has_value();
  }
};
struct SuspensionDaysLeft {
  static constexpr Refusal kRefusal{"suspension_cap_reached", "暂停时间累计已达三十日",
                                    "the thirty days of suspension are used up", "政府采购法 57"};
  static bool Holds(const Facts& facts, const Context&) {
    return facts.suspension_days_used < kSuspensionDaysMax;
  }
};
struct HarmsNobody {
  static constexpr Refusal kRefusal{
      "withdrawal_would_harm", "撤回将损害国家、社会公共利益或他人合法权益",
      "withdrawal would harm state, public or others", "七部委令第11号 19", "/harms_others"};
  static bool Holds(const GrantWithdrawal& c, const Facts&, const Context&) {
    return !c.harms_others;
  }
};
struct NoViolationEstablished {
  static constexpr Refusal kRefusal{"violation_established", "已查实有明显违法行为",
                                    "an obvious violation is established", "七部委令第11号 19",
                                    "/violation_established"};
  static bool Holds(const GrantWithdrawal& c, const Facts&, const Context&) {
    return !c.violation_established;
  }
};
struct DenialGrounded {
  static constexpr Refusal kRefusal{"denial_ground_required", "不准撤回须有法定事由",
                                    "a denial needs harm or an established violation",
                                    "七部委令第11号 19"};
  static bool Holds(const DenyWithdrawal& c, const Facts&, const Context&) {
    return c.harms_others || c.violation_established;
  }
};
struct RespondentWasHeard {
  static constexpr Refusal kRefusal{"respondent_not_heard", "未听取被投诉人的陈述和申辩",
                                    "the respondent has not been heard", "七部委令第11号 16"};
  static bool Holds(const Facts& facts, const Context&) { return facts.respondent_heard; }
};
struct RepliesComplete {
  static constexpr Refusal kRefusal{"explanations_outstanding", "当事人的说明尚未提交且未视为放弃",
                                    "explanations are outstanding and not waived",
                                    "财政部令第94号 22、25"};
  static bool Holds(const Facts& facts, const Context&);
};
struct DismissalGrounded {
  static constexpr Refusal kRefusal{"dismissal_ground_mismatch",
                                    "驳回须列明法定情形，其他结果不得列明",
                                    "a dismissal, and only it, names its ground",
                                    "七部委令第11号 20；财政部令第94号 29", "/dismissal_ground"};
  static bool Holds(const DraftDecision& c, const Facts&, const Context&) {
    return (c.outcome == Outcome::kDismissed) == c.dismissal_ground.has_value();
  }
};
struct DismissalGroundOfTendering {
  static constexpr Refusal kRefusal{"dismissal_ground_not_of_profile", "驳回情形不适用于该程序",
                                    "this ground of dismissal does not belong to tendering",
                                    "财政部令第94号 29(1)", "/dismissal_ground"};
  static bool Holds(const DraftDecision& c, const Facts&, const Context&) {
    return c.dismissal_ground != DismissalGround::kConditionMissing;
  }
};
struct ReviewerIsNoHandler {
  static constexpr Refusal kRefusal{"reviewer_is_handler", "承办人不得审核本案",
                                    "a handler may not review the case", "行政处罚法 58"};
  static bool Holds(const Facts& facts, const Context& context) {
    return !IsHandler(facts, context.actor);
  }
};
struct OutcomeAsDrafted {
  static constexpr Refusal kRefusal{
      "outcome_differs_from_draft", "决定结果与拟定稿不一致，应退回修改",
      "the outcome differs from the draft: return it instead", "", "/outcome"};
  static bool Holds(const Decide& c, const Facts& facts, const Context&) {
    return c.outcome == facts.drafted_outcome;
  }
};
struct PartyToServe {
  static constexpr Refusal kRefusal{"party_not_to_serve", "不是应送达的当事人",
                                    "no party to be served", "", "/party"};
  static bool Holds(const Serve& c, const Facts& facts, const Context&) {
    return Contains(facts.parties, c.party);
  }
};
struct NotYetServed {
  static constexpr Refusal kRefusal{"already_served", "已向该当事人送达",
                                    "the party is served already", "", "/party"};
  static bool Holds(const Serve& c, const Facts& facts, const Context&) {
    return !Contains(facts.served, c.party);
  }
};
struct ElectronicConsent {
  static constexpr Refusal kRefusal{"electronic_service_without_consent",
                                    "电子送达须经受送达人同意", "electronic service needs consent",
                                    "行政处罚法 61", "/electronic_consent"};
  static bool Holds(const Serve& c, const Facts&, const Context&) {
    return c.way != ServiceWay::kElectronic || c.electronic_consent;
  }
};
struct SecrecyReviewedByOther {
  static constexpr Refusal kRefusal{"secrecy_review_by_same_person", "保密审查须由另一人完成",
                                    "another person reviews secrecy", "FJ18-15",
                                    "/secrecy_reviewer"};
  static bool Holds(const Publish& c, const Facts&, const Context& context) {
    return c.secrecy_reviewer != context.actor;
  }
};
struct ReviewerKnown {
  static constexpr Refusal kRefusal{"reviewer_unknown", "保密审查人不是本单位人员",
                                    "the reviewer is nobody of this unit", "FJ18-15",
                                    "/secrecy_reviewer"};
  static bool Holds(const Publish& c, const Facts&, const Context& context);
};
struct DesignatedMedium {
  static constexpr Refusal kRefusal{"designated_medium_required",
                                    "政府采购投诉处理决定须在指定媒体公告",
                                    "procurement decisions are published in designated media",
                                    "财政部令第94号 34", "/designated_medium"};
  static bool Holds(const Publish& c, const Facts&, const Context&) { return c.designated_medium; }
};
struct ReviewNotPending {
  static constexpr Refusal kRefusal{"review_already_pending", "同类复议或诉讼正在进行",
                                    "such a review is pending already", "", "/kind"};
  static bool Holds(const RecordReview& c, const Facts& facts, const Context&) {
    return !Contains(facts.pending_reviews, NameOf(c.kind));
  }
};
struct ReviewPending {
  static constexpr Refusal kRefusal{"no_review_pending", "没有进行中的该类复议或诉讼",
                                    "no such review is pending", "", "/kind"};
  static bool Holds(const RecordReviewOutcome& c, const Facts& facts, const Context&) {
    return Contains(facts.pending_reviews, NameOf(c.kind));
  }
};
struct RulingLimitInRange {
  static constexpr Refusal kRefusal{"ruling_limit_out_of_range", "重作期限应为 1 至 1000 个工作日",
                                    "the ruling's limit is 1 to 1000 working days", "",
                                    "/limit_workdays"};
  static bool Holds(const RecordReviewOutcome& c, const Facts&, const Context&) {
    return !c.limit_workdays || (*c.limit_workdays >= 1 && *c.limit_workdays <= 1000);
  }
};
struct RecordedRegionKnown {
  static constexpr Refusal kRefusal = RegionKnown::kRefusal;
  template <class C>
  static bool Holds(const C& c, const Facts&, const Context&) {
    return !c.region || c.region->IsValid();
  }
};
struct SuspensionWithinCap {
  static constexpr Refusal kRefusal{"suspension_days_out_of_range", "暂停天数应为 1 至 30 日",
                                    "a suspension lasts 1 to 30 days", "政府采购法 57", "/days"};
  static bool Holds(const RecordSuspension& c, const Facts&, const Context&) {
    return c.days >= 1 && c.days <= kSuspensionDaysMax;
  }
};

}  // namespace docket::complaint
