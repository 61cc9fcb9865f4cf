/// Events of an investigation. Stored format: add a version instead of changing one.
#pragma once

#include <variant>

#include "workflows/investigation/facts.hpp"

namespace docket::investigation {

struct CaseProposed : Propose {
  static constexpr std::string_view kType = "investigation.proposed", kZh = "已提请立案";
};
struct CaseFiled : File {
  static constexpr std::string_view kType = "investigation.filed", kZh = "已立案";
};
struct CaseDeclined : Decline {
  static constexpr std::string_view kType = "investigation.declined", kZh = "已决定不予立案";
};
struct OfficersAssigned : AssignOfficers {
  static constexpr std::string_view kType = "investigation.officers_assigned", kZh = "承办人已更换";
};
struct MeasureTaken : TakeMeasure {
  static constexpr std::string_view kType = "investigation.measure_taken", kZh = "已采取措施";
};
struct CaseSuspended : Suspend {
  static constexpr std::string_view kType = "investigation.suspended", kZh = "已中止调查";
};
struct CaseResumed : Resume {
  static constexpr std::string_view kType = "investigation.resumed", kZh = "已恢复调查";
};
struct CaseConcluded : Conclude {
  static constexpr std::string_view kType = "investigation.concluded", kZh = "调查已终结";
};
struct CaseWithdrawn : Withdraw {
  static constexpr std::string_view kType = "investigation.withdrawn", kZh = "已撤案";
};
struct CrimeReported : ReportCrime {
  static constexpr std::string_view kType = "investigation.crime_reported", kZh = "已报告涉嫌犯罪";
};
/// The 24 hours in which the case is handed over run from here (移送规定 5).
struct TransferApproved {
  static constexpr std::string_view kType = "investigation.transfer_approved", kZh = "已批准移送";
  PersonalText reason;
  std::optional<DocumentRef> document;
  static std::optional<TransferApproved> From(const DecideTransfer& c, const Facts&,
                                              const Context&) {
    return c.is_approved ? std::optional(TransferApproved{c.reason, std::nullopt}) : std::nullopt;
  }
  /// The decision of the case itself may be to transfer it (行政处罚法 57).
  static std::optional<TransferApproved> From(const Decide& c, const Facts&, const Context&) {
    return TransferApproved{c.reasons, c.document};
  }
  static FieldList Fields() {
    return {Field{"reason", &TransferApproved::reason, "理由", Subject::kParties},
            Field{"document", &TransferApproved::document, "决定书"}};
  }
};
struct TransferRefused {
  static constexpr std::string_view kType = "investigation.transfer_refused", kZh = "不批准移送";
  PersonalText reason;
  static std::optional<TransferRefused> From(const DecideTransfer& c, const Facts&,
                                             const Context&) {
    return c.is_approved ? std::nullopt : std::optional(TransferRefused{c.reason});
  }
  static FieldList Fields() {
    return {Field{"reason", &TransferRefused::reason, "理由", Subject::kParties}};
  }
};
struct HandedOver : HandOver {
  static constexpr std::string_view kType = "investigation.transferred", kZh = "已移送";
};
struct NoticeWasGiven : GiveNotice {
  static constexpr std::string_view kType = "investigation.notice_given", kZh = "已事先告知";
};
struct StatementMade : Answer {
  static constexpr std::string_view kType = "investigation.answered", kZh = "已陈述申辩或者放弃";
};
struct HearingWasRequested : Answer {
  static constexpr std::string_view kType = "investigation.hearing_requested", kZh = "已要求听证";
};
struct HearingAnnounced : AnnounceHearing {
  static constexpr std::string_view kType = "investigation.hearing_announced", kZh = "听证已通知";
};
struct HearingWasHeld : HoldHearing {
  static constexpr std::string_view kType = "investigation.hearing_held", kZh = "听证已举行";
};
struct LegalityReviewed : ReviewLegality {
  static constexpr std::string_view kType = "investigation.legality_reviewed", kZh = "已法制审核";
};
struct CaseDecided : Decide {
  static constexpr std::string_view kType = "investigation.decided", kZh = "已作出决定";
};
struct DecisionServed : Serve {
  static constexpr std::string_view kType = "investigation.served", kZh = "决定已送达";
};
/// A penalty is put on the credit platform (XX17-16).
struct PublicationDue {
  static constexpr std::string_view kType = "investigation.publication_due", kZh = "应公开处罚决定";
  static std::optional<PublicationDue> From(const Serve&, const Facts& facts, const Context&);
  static FieldList Fields() { return {}; }
};
struct ExecutionRecorded : RecordExecution {
  static constexpr std::string_view kType = "investigation.executed", kZh = "已执行";
};
struct DecisionPublished : Publish {
  static constexpr std::string_view kType = "investigation.published", kZh = "处罚决定已公开";
};
struct DecisionAnnulled : Annul {
  static constexpr std::string_view kType = "investigation.annulled", kZh = "决定已被撤销";
};
/// Only what was published has to be taken down.
struct TakeDownDue {
  static constexpr std::string_view kType = "investigation.take_down_due", kZh = "应撤回公开信息";
  std::string medium;
  static std::optional<TakeDownDue> From(const Annul&, const Facts& facts, const Context&) {
    return facts.published_in.empty() ? std::nullopt
                                      : std::optional(TakeDownDue{facts.published_in});
  }
  static FieldList Fields() { return {Field{"medium", &TakeDownDue::medium, "公开渠道"}}; }
};
struct DecisionTakenDown : TakeDown {
  static constexpr std::string_view kType = "investigation.taken_down", kZh = "公开信息已撤回";
};
struct CaseClosed : Close {
  static constexpr std::string_view kType = "investigation.closed", kZh = "已结案";
};
using Event =
    std::variant<CaseProposed, CaseFiled, CaseDeclined, OfficersAssigned, MeasureTaken,
                 CaseSuspended, CaseResumed, CaseConcluded, CaseWithdrawn, CrimeReported,
                 TransferApproved, TransferRefused, HandedOver, NoticeWasGiven, StatementMade,
                 HearingWasRequested, HearingAnnounced, HearingWasHeld, LegalityReviewed,
                 CaseDecided, DecisionServed, PublicationDue, ExecutionRecorded, DecisionPublished,
                 DecisionAnnulled, TakeDownDue, DecisionTakenDown, CaseClosed>;

void Apply(Facts& facts, const CaseProposed& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const CaseFiled& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const CaseDeclined& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const OfficersAssigned& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const MeasureTaken& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const CaseSuspended& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const CaseResumed& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const CaseConcluded& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const CaseWithdrawn& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const CrimeReported& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const TransferApproved& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const TransferRefused& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const HandedOver& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const NoticeWasGiven& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const StatementMade& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const HearingWasRequested& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const HearingAnnounced& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const HearingWasHeld& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const LegalityReviewed& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const CaseDecided& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const DecisionServed& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const PublicationDue& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const ExecutionRecorded& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const DecisionPublished& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const DecisionAnnulled& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const TakeDownDue& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const DecisionTakenDown& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const CaseClosed& e, const RecordedEvent& envelope);

}  // namespace docket::investigation
