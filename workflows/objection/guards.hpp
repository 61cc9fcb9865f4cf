/// Selectors and guards of an objection.
#pragma once

#include "workflows/engine/department_guards.hpp"
#include "workflows/objection/events.hpp"
#include "workflows/objection/limits.hpp"

namespace docket::objection {

struct SentOnline {
  static constexpr std::string_view kName = "online";
  static bool Selects(const Lodge& c, const Facts&) { return c.channel == Channel::kOnline; }
};
struct SentOtherwise {
  static constexpr std::string_view kName = "other_channel";
  static bool Selects(const Lodge& c, const Facts&) { return c.channel != Channel::kOnline; }
};
struct InTime {
  static constexpr std::string_view kName = "in_time";
  static bool Selects(const Answer& c, const Facts& facts) { return IsAnsweredInTime(c, facts); }
};
struct TooLate {
  static constexpr std::string_view kName = "too_late";
  static bool Selects(const Answer& c, const Facts& facts) { return !IsAnsweredInTime(c, facts); }
};
struct InProcurement {
  static constexpr std::string_view kName = "government_procurement";
  static bool Selects(const Facts& facts) {
    return facts.kind && ProfileOf(*facts.kind) == Profile::kGovernmentProcurement;
  }
};

/// Whatever is named besides would start a clock that the kind does not have.
struct DatesOfKindGiven {
  static constexpr Refusal kRefusal{"dates_not_of_kind", "应填写且只填写与异议类型相应的日期",
                                    "a kind takes the dates of its limits and no others",
                                    "招标投标法实施条例 22、44、54、60；政府采购法 52", "/kind"};
  static bool Holds(const Lodge& c, const Facts&, const Context&);
};
struct DatesInOrder {
  static constexpr Refusal kRefusal{"dates_out_of_order", "日期先后顺序不合理",
                                    "the dates contradict each other"};
  static bool Holds(const Lodge& c, const Facts&, const Context& context);
};
struct IndustryFitsKind {
  static constexpr Refusal kRefusal{"industry_outside_kind", "行业领域与异议类型不符",
                                    "the trade does not know this kind", "", "/industry"};
  static bool Holds(const Lodge& c, const Facts&, const Context&);
};
/// A clerk registers the paper as it is; the portal insists.
struct StandingShown {
  static constexpr Refusal kRefusal{"standing_not_shown", "缺少投标人或利害关系人的证明材料",
                                    "nothing shows a bidder or another interested party",
                                    "招标投标法实施条例 22；政府采购法 52", "/standing"};
  static bool Holds(const Lodge& c, const Facts&, const Context& context) {
    return context.role != Role::kComplainant || c.standing;
  }
};
struct LatenessExplained {
  static constexpr Refusal kRefusal{"late_reason_missing", "超过提出期限，应说明理由",
                                    "after its limit it is raised with a reason",
                                    "招标投标法实施条例 22、44、54；政府采购法 52", "/late_reason"};
  static bool Holds(const Lodge& c, const Facts&, const Context& context) {
    return c.late_reason || !IsRaisedLate(c, context);
  }
};
struct ByAddressee {
  static constexpr Refusal kRefusal{"actor_not_addressee", "仅被异议单位可以办理",
                                    "only whom it is raised with may do this"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.role != Role::kTenderer || context.unit == facts.addressee;
  }
};
struct ByObjector {
  static constexpr Refusal kRefusal{"actor_not_objector", "只能由异议人本人提出",
                                    "only who raised it may do this"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.role != Role::kComplainant || context.actor == facts.lodged_by;
  }
};
struct TradeRuns {
  static constexpr Refusal kRefusal{"trade_already_suspended", "交易已经暂停",
                                    "the trade is suspended already"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.trade_suspended; }
};
/// Who answers online answers today; a paper answer bears its own date.
struct AnswerDateInOrder {
  static constexpr Refusal kRefusal{"answer_date_out_of_order",
                                    "答复日期早于收到日期、晚于办理日期，或者不是线上答复当日",
                                    "answered before it was received, after this act, or online on "
                                    "another day",
                                    "", "/answered_on"};
  static bool Holds(const Answer& c, const Facts& facts, const Context& context);
};
/// An inquiry may be answered by word of mouth.
struct AnswerInWriting {
  static constexpr Refusal kRefusal{"answer_not_in_writing", "答复应有签章的书面材料或现场记录",
                                    "the answer is written, or recorded, and signed",
                                    "招标投标法实施条例 44；政府采购法 53", "/document"};
  static bool Holds(const Answer& c, const Facts& facts, const Context&) {
    return facts.kind == Kind::kInquiry || (c.document && c.is_signed);
  }
};
struct NoTradeSecretInAnswer {
  static constexpr Refusal kRefusal{"trade_secret_in_answer", "答复内容不得涉及商业秘密",
                                    "an answer holds no trade secret", "政府采购法 51、53",
                                    "/free_of_trade_secrets"};
  static bool Holds(const Answer& c, const Facts&, const Context&) {
    return c.free_of_trade_secrets;
  }
};
struct OtherSuppliersTold {
  static constexpr Refusal kRefusal{"other_suppliers_not_told", "质疑答复应同时通知其他有关供应商",
                                    "the other suppliers concerned are told of the answer",
                                    "政府采购法 53", "/others_told"};
  static bool Holds(const Answer& c, const Facts& facts, const Context&) {
    return facts.kind != Kind::kChallenge || c.others_told;
  }
};
struct NotYetAnswered {
  static constexpr Refusal kRefusal{"already_answered", "异议已经答复",
                                    "the objection is answered already"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.answered_on; }
};
struct RightToComplainOver {
  static constexpr Refusal kRefusal{"right_to_complain_running", "投诉期限尚未届满",
                                    "the time to complain is not over",
                                    "招标投标法实施条例 60；政府采购法 55"};
  static bool Holds(const Facts& facts, const Context& context) {
    return IsRightToComplainOver(facts, context);
  }
};
/// Without an answer the trade stays where it is, so the matter stays open.
struct NothingSuspended {
  static constexpr Refusal kRefusal{"trade_still_suspended", "尚未答复且交易暂停，不得办结",
                                    "unanswered, and the trade is suspended",
                                    "招标投标法实施条例 22、54；政府采购法实施条例 54"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.trade_suspended; }
};
struct ReportOwed {
  static constexpr Refusal kRefusal{"report_not_owed", "无需报送或者已经报送处理结果",
                                    "no report of a result is owed", "HN17-3.2(3)"};
  static bool Holds(const Facts& facts, const Context&) { return facts.report_owed; }
};
struct ComplaintNamed {
  static constexpr Refusal kRefusal{"complaint_invalid", "所列案卷不是投诉案卷",
                                    "the case named is no complaint", "", "/complaint"};
  static bool Holds(const Escalate& c, const Facts&, const Context&);
};
struct ChallengeFirst {
  static constexpr Refusal kRefusal{"challenge_required", "询问不能直接转为投诉，应先提出质疑",
                                    "an inquiry opens no complaint: a challenge comes first",
                                    "政府采购法 55"};
  static bool Holds(const Facts& facts, const Context&) { return facts.kind != Kind::kInquiry; }
};

}  // namespace docket::objection
