/// Events of a complaint. Stored format: add a version and an upcaster instead of changing one.
/// Where an event says exactly what its command said, it derives from the command; a command that
/// must change gets an event of its own first.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "workflows/complaint/facts.hpp"
#include "workflows/complaint/handling_commands.hpp"
#include "workflows/complaint/recorded_history.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket::complaint {

struct ComplaintLodged : Lodge {
  static constexpr std::string_view kType = "complaint.lodged", kZh = "投诉已提交";
  /// Procurement: last day on which the challenge was to be answered; the window to complain
  /// opens with its expiry, not with the reply (政府采购法 55).
  std::optional<Date> reply_period_ends_on;
  static ComplaintLodged From(const Lodge&, const Facts&, const Context&);
  static FieldList Fields() {
    return FieldList(Lodge::Fields(),
                     FieldList{Field{"reply_period_ends_on", &ComplaintLodged::reply_period_ends_on,
                                     "质疑答复期满日"}});
  }
};

struct ComplaintCancelled : Cancel {
  static constexpr std::string_view kType = "complaint.cancelled", kZh = "投诉已撤销";
};

struct ComplaintSignedFor {
  static constexpr std::string_view kType = "complaint.signed_for", kZh = "投诉已签收";
  std::vector<ActorId> handlers;
  UnitId unit;
  static ComplaintSignedFor From(const SignFor& c, const Facts&, const Context& context) {
    return {c.handlers, context.unit};
  }
  static FieldList Fields() {
    return {Field{"handlers", &ComplaintSignedFor::handlers, "承办人"},
            Field{"unit", &ComplaintSignedFor::unit, "承办单位"}};
  }
};

struct HandlersAssigned : AssignHandlers {
  static constexpr std::string_view kType = "complaint.handlers_assigned", kZh = "承办人已更换";
};
struct OfficerRecused : Recuse {
  static constexpr std::string_view kType = "complaint.officer_recused", kZh = "已决定回避";
};
struct ComplaintNotAccepted : NotAccept {
  static constexpr std::string_view kType = "complaint.not_accepted", kZh = "已决定不予受理";
};
struct ComplaintReferred : Refer {
  static constexpr std::string_view kType = "complaint.referred", kZh = "已告知向有权部门投诉";
};
struct CorrectionWasRequested : RequestCorrection {
  static constexpr std::string_view kType = "complaint.correction_requested", kZh = "已通知补正";
};
struct CorrectionSupplied : SupplyCorrection {
  static constexpr std::string_view kType = "complaint.correction_supplied", kZh = "已补正";
};

struct ComplaintAccepted {
  static constexpr std::string_view kType = "complaint.accepted", kZh = "投诉已受理";
  Date accepted_on;  ///< The day of receipt (七部委令11号 11；财政部令94号 21).
  bool deemed = false;
  std::optional<std::string> rule;  ///< The rule that deems it so.
  static ComplaintAccepted From(const Accept&, const Facts& facts, const Context&);
  static ComplaintAccepted From(const DeemAccept&, const Facts& facts, const Context&);
  static FieldList Fields() {
    return {Field{"accepted_on", &ComplaintAccepted::accepted_on, "受理日期"},
            Field{"deemed", &ComplaintAccepted::deemed, "视为受理"},
            Field{"rule", &ComplaintAccepted::rule, "依据规则"}};
  }
};

struct ComplaintMerged : Merge {
  static constexpr std::string_view kType = "complaint.merged", kZh = "已并案";
};
struct DelayExplained : ExplainDelay {
  static constexpr std::string_view kType = "complaint.delay_explained", kZh = "已作延期说明";
};
struct ReplyNoticeWasSent : SendReplyNotice {
  static constexpr std::string_view kType = "complaint.reply_notice_sent", kZh = "已发出答复通知";
  static constexpr std::int64_t kVersion = 2;  ///< Version 1 named no accounts.
};
struct ReplyNoticeReceived : RecordNoticeReceipt {
  static constexpr std::string_view kType = "complaint.reply_notice_received",
                                    kZh = "答复通知已签收";
};
struct ReplyReceived : Reply {
  static constexpr std::string_view kType = "complaint.reply_received", kZh = "已收到答复";
};
struct ExplanationWaived : NoteWaiver {
  static constexpr std::string_view kType = "complaint.explanation_waived", kZh = "视为放弃说明";
};
struct InvestigationRecorded : Investigate {
  static constexpr std::string_view kType = "complaint.investigation_recorded", kZh = "已调查取证";
};
struct HearingHeld : HoldHearing {
  static constexpr std::string_view kType = "complaint.hearing_held", kZh = "已质证";
};
struct RespondentHeard : HearRespondent {
  static constexpr std::string_view kType = "complaint.respondent_heard", kZh = "已听取陈述申辩";
};
struct AppraisalStarted : StartAppraisal {
  static constexpr std::string_view kType = "complaint.appraisal_started", kZh = "已委托鉴定等";
};
struct AppraisalResultReceived : RecordAppraisalResult {
  static constexpr std::string_view kType = "complaint.appraisal_result_received",
                                    kZh = "已收到鉴定等结果";
};

struct TradeSuspended : SuspendTrade {
  static constexpr std::string_view kType = "complaint.trade_suspended", kZh = "已责令暂停";
  std::int64_t days = 0;  ///< Of the thirty calendar days in all (procurement).
  static TradeSuspended From(const SuspendTrade&, const Facts& facts, const Context&);
  static FieldList Fields() {
    return FieldList(SuspendTrade::Fields(),
                     FieldList{Field{"days", &TradeSuspended::days, "可暂停天数"}});
  }
};

/// Why a suspension ended: by order, by the cap, or because the case ended.
struct TradeResumed {
  static constexpr std::string_view kType = "complaint.trade_resumed", kZh = "暂停已解除";
  std::string cause;  ///< ordered, cap_reached, case_ended.
  std::optional<std::string> document_no;
  static TradeResumed From(const ResumeTrade& c, const Facts&, const Context&) {
    return {"ordered", c.document_no};
  }
  static TradeResumed From(const ExpireSuspension&, const Facts&, const Context&) {
    return {"cap_reached", std::nullopt};
  }
  template <class EndingCommand>
  static std::optional<TradeResumed> From(const EndingCommand&, const Facts& facts,
                                          const Context&) {
    if (!facts.trade_suspended_on) return std::nullopt;
    return TradeResumed{"case_ended", std::nullopt};
  }
  static FieldList Fields() {
    return {Field{"cause", &TradeResumed::cause, "原因"},
            Field{"document_no", &TradeResumed::document_no, "文号"}};
  }
};

struct WithdrawalWasRequested : RequestWithdrawal {
  static constexpr std::string_view kType = "complaint.withdrawal_requested", kZh = "已申请撤回";
};
struct ComplaintWithdrawn : GrantWithdrawal {
  static constexpr std::string_view kType = "complaint.withdrawn", kZh = "已准予撤回";
};
struct WithdrawalDenied : DenyWithdrawal {
  static constexpr std::string_view kType = "complaint.withdrawal_denied", kZh = "已不准撤回";
};
struct DecisionWasDrafted : DraftDecision {
  static constexpr std::string_view kType = "complaint.decision_drafted", kZh = "处理决定已拟定";
};
struct LegalityReviewed : ReviewLegality {
  static constexpr std::string_view kType = "complaint.legality_reviewed", kZh = "已法制审核";
};
struct DraftReturned : ReturnDraft {
  static constexpr std::string_view kType = "complaint.draft_returned", kZh = "决定稿已退回";
};
struct ComplaintDecided : Decide {
  static constexpr std::string_view kType = "complaint.decided", kZh = "已作出处理决定";
};
struct DecisionServed : Serve {
  static constexpr std::string_view kType = "complaint.decision_served", kZh = "决定已送达";
};
struct DecisionPublished : Publish {
  static constexpr std::string_view kType = "complaint.decision_published", kZh = "决定已公告";
};
struct PublicationWaived : ExemptFromPublication {
  static constexpr std::string_view kType = "complaint.publication_exempted",
                                    kZh = "已决定不予公开";
};

/// The result goes to the office that coordinates (公管办): XX17-2.1(2).
struct ResultReported {
  static constexpr std::string_view kType = "complaint.result_reported",
                                    kZh = "处理结果已报送公管办";
  std::string result;
  static ResultReported From(const Archive&, const Facts& facts, const Context&) {
    return {facts.outcome.empty() ? facts.state : facts.outcome};
  }
  static FieldList Fields() { return {Field{"result", &ResultReported::result, "结果"}}; }
};
struct ComplaintArchived : Archive {
  static constexpr std::string_view kType = "complaint.archived", kZh = "已归档";
};
struct ViolationReported : ReportViolation {
  static constexpr std::string_view kType = "complaint.violation_reported",
                                    kZh = "已另案处理或移送";
};
struct ReviewStarted : RecordReview {
  static constexpr std::string_view kType = "complaint.review_started", kZh = "已进入复议或诉讼";
};
struct ReviewEnded : RecordReviewOutcome {
  static constexpr std::string_view kType = "complaint.review_ended", kZh = "复议或诉讼已有结果";
};

/// The ruling annuls the decision: handled anew, under the ruling's limit, else the statutory.
struct ComplaintReopened {
  static constexpr std::string_view kType = "complaint.reopened", kZh = "案件重新处理";
  std::optional<std::int64_t> limit_workdays;
  static ComplaintReopened From(const RecordReviewOutcome& c, const Facts&, const Context&) {
    return {c.limit_workdays};
  }
  static FieldList Fields() {
    return {Field{"limit_workdays", &ComplaintReopened::limit_workdays, "重作期限（工作日）"}};
  }
};

using Event = std::variant<
    ComplaintLodged, ComplaintCancelled, ComplaintSignedFor, HandlersAssigned, OfficerRecused,
    ComplaintNotAccepted, ComplaintReferred, CorrectionWasRequested, CorrectionSupplied,
    ComplaintAccepted, ComplaintMerged, DelayExplained, ReplyNoticeWasSent, ReplyNoticeReceived,
    ReplyReceived, ExplanationWaived, InvestigationRecorded, HearingHeld, RespondentHeard,
    AppraisalStarted, AppraisalResultReceived, TradeSuspended, TradeResumed, WithdrawalWasRequested,
    ComplaintWithdrawn, WithdrawalDenied, DecisionWasDrafted, LegalityReviewed, DraftReturned,
    ComplaintDecided, DecisionServed, DecisionPublished, PublicationWaived, ResultReported,
    ComplaintArchived, ViolationReported, ReviewStarted, ReviewEnded, ComplaintReopened,
    DecisionRecorded, RefusalRecorded, WithdrawalRecorded, SuspensionRecorded>;

void Apply(Facts&, const ComplaintLodged&, const RecordedEvent&);
void Apply(Facts&, const ComplaintCancelled&, const RecordedEvent&);
void Apply(Facts&, const ComplaintSignedFor&, const RecordedEvent&);
void Apply(Facts&, const HandlersAssigned&, const RecordedEvent&);
void Apply(Facts&, const OfficerRecused&, const RecordedEvent&);
void Apply(Facts&, const ComplaintNotAccepted&, const RecordedEvent&);
void Apply(Facts&, const ComplaintReferred&, const RecordedEvent&);
void Apply(Facts&, const CorrectionWasRequested&, const RecordedEvent&);
void Apply(Facts&, const CorrectionSupplied&, const RecordedEvent&);
void Apply(Facts&, const ComplaintAccepted&, const RecordedEvent&);
void Apply(Facts&, const ComplaintMerged&, const RecordedEvent&);
void Apply(Facts&, const DelayExplained&, const RecordedEvent&);
void Apply(Facts&, const ReplyNoticeWasSent&, const RecordedEvent&);
void Apply(Facts&, const ReplyNoticeReceived&, const RecordedEvent&);
void Apply(Facts&, const ReplyReceived&, const RecordedEvent&);
void Apply(Facts&, const ExplanationWaived&, const RecordedEvent&);
void Apply(Facts&, const InvestigationRecorded&, const RecordedEvent&);
void Apply(Facts&, const HearingHeld&, const RecordedEvent&);
void Apply(Facts&, const RespondentHeard&, const RecordedEvent&);
void Apply(Facts&, const AppraisalStarted&, const RecordedEvent&);
void Apply(Facts&, const AppraisalResultReceived&, const RecordedEvent&);
void Apply(Facts&, const TradeSuspended&, const RecordedEvent&);
void Apply(Facts&, const TradeResumed&, const RecordedEvent&);
void Apply(Facts&, const WithdrawalWasRequested&, const RecordedEvent&);
void Apply(Facts&, const ComplaintWithdrawn&, const RecordedEvent&);
void Apply(Facts&, const WithdrawalDenied&, const RecordedEvent&);
void Apply(Facts&, const DecisionWasDrafted&, const RecordedEvent&);
void Apply(Facts&, const LegalityReviewed&, const RecordedEvent&);
void Apply(Facts&, const DraftReturned&, const RecordedEvent&);
void Apply(Facts&, const ComplaintDecided&, const RecordedEvent&);
void Apply(Facts&, const DecisionServed&, const RecordedEvent&);
void Apply(Facts&, const DecisionPublished&, const RecordedEvent&);
void Apply(Facts&, const PublicationWaived&, const RecordedEvent&);
void Apply(Facts&, const ResultReported&, const RecordedEvent&);
void Apply(Facts&, const ComplaintArchived&, const RecordedEvent&);
void Apply(Facts&, const ViolationReported&, const RecordedEvent&);
void Apply(Facts&, const ReviewStarted&, const RecordedEvent&);
void Apply(Facts&, const ReviewEnded&, const RecordedEvent&);
void Apply(Facts&, const ComplaintReopened&, const RecordedEvent&);
void Apply(Facts&, const DecisionRecorded&, const RecordedEvent&);
void Apply(Facts&, const RefusalRecorded&, const RecordedEvent&);
void Apply(Facts&, const WithdrawalRecorded&, const RecordedEvent&);
void Apply(Facts&, const SuspensionRecorded&, const RecordedEvent&);

}  // namespace docket::complaint
