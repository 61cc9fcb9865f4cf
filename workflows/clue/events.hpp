/// Events of a clue. Stored format: add a version instead of changing one.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "workflows/clue/facts.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket::clue {

struct ClueReceived : Receive {
  static constexpr std::string_view kType = "clue.received", kZh = "线索已接收";
};
struct ClueRegistered : Register {
  static constexpr std::string_view kType = "clue.registered", kZh = "线索已登记";
};

/// The dates say which clocks of the petition track begin and end with it.
struct ClueClassified : Classify {
  static constexpr std::string_view kType = "clue.classified", kZh = "线索已分类";
  std::optional<Class> before;                 ///< What it was taken for.
  std::optional<Date> petition_from;           ///< Its receipt, where it is a petition.
  std::optional<Date> petition_transfer_from;  ///< The same, where it was passed on to this office.
  std::optional<Date> petition_left_on;        ///< A petition no more.
  static ClueClassified From(const Classify& c, const Facts& facts, const Context& context);
  static FieldList Fields() {
    using E = ClueClassified;
    return FieldList(
        Classify::Fields(),
        FieldList{Field{"before", &E::before, "原类别"},
                  Field{"petition_from", &E::petition_from, "信访收到日期"},
                  Field{"petition_transfer_from", &E::petition_transfer_from, "信访转办收到日期"},
                  Field{"petition_left_on", &E::petition_left_on, "不再按信访办理日期"}});
  }
};

struct CheckAssigned : AssignCheck {
  static constexpr std::string_view kType = "clue.check_assigned", kZh = "已指定初核人员";
};

struct CheckRecorded : RecordCheck {
  static constexpr std::string_view kType = "clue.check_recorded", kZh = "已报告初核情况";
  std::optional<Date> crime_reported_on;
  static CheckRecorded From(const RecordCheck& c, const Facts&, const Context& context);
  static FieldList Fields() {
    return FieldList(RecordCheck::Fields(),
                     FieldList{Field{"crime_reported_on", &CheckRecorded::crime_reported_on,
                                     "报告涉嫌犯罪日期"}});
  }
};

struct LegalityReviewed : ReviewLegality {
  static constexpr std::string_view kType = "clue.legality_reviewed", kZh = "已法制审核";
};
struct CaseWasOpened : OpenCase {
  static constexpr std::string_view kType = "clue.case_opened", kZh = "已立案";
};
struct EndedWithoutAction : EndWithoutAction {
  static constexpr std::string_view kType = "clue.no_further_action", kZh = "线索已了结";
};

struct TransferApproved : Transfer {
  static constexpr std::string_view kType = "clue.transfer_approved", kZh = "已批准移送";
  std::optional<Instant> crime_approved_at;  ///< To the police: twenty-four hours run from here.
  static TransferApproved From(const Transfer& c, const Facts&, const Context& context);
  static FieldList Fields() {
    return FieldList(Transfer::Fields(),
                     FieldList{Field{"crime_approved_at", &TransferApproved::crime_approved_at,
                                     "批准移送时间"}});
  }
};
struct TransferDispatched : Dispatch {
  static constexpr std::string_view kType = "clue.transfer_dispatched", kZh = "移送材料已发出";
};
struct TransferReceived : RecordReceipt {
  static constexpr std::string_view kType = "clue.transfer_received", kZh = "移送已签收";
  std::optional<Date> police_received_on;
  static TransferReceived From(const RecordReceipt& c, const Facts& facts, const Context& context);
  static FieldList Fields() {
    return FieldList(RecordReceipt::Fields(),
                     FieldList{Field{"police_received_on", &TransferReceived::police_received_on,
                                     "公安机关签收日期"}});
  }
};
struct TransferResultReturned : RecordResult {
  static constexpr std::string_view kType = "clue.transfer_result", kZh = "移送结果已反馈";
};
struct ClueMerged : Merge {
  static constexpr std::string_view kType = "clue.merged", kZh = "已并案";
};

/// A reporter who gave a name is told what came of it.
struct FeedbackOwed {
  static constexpr std::string_view kType = "clue.feedback_owed", kZh = "应向举报人反馈";
  template <class EndingCommand>
  static std::optional<FeedbackOwed> From(const EndingCommand&, const Facts& facts,
                                          const Context&) {
    return facts.real_name ? std::optional<FeedbackOwed>(FeedbackOwed{}) : std::nullopt;
  }
  static FieldList Fields() { return {}; }
};
struct FeedbackGiven : GiveFeedback {
  static constexpr std::string_view kType = "clue.feedback_given", kZh = "已反馈举报人";
};

struct PetitionAnswered : AnswerPetition {
  static constexpr std::string_view kType = "clue.petition_answered", kZh = "已告知信访人";
  std::optional<Date> limit_from;  ///< Accepted, and to be finished within sixty days.
  static PetitionAnswered From(const AnswerPetition& c, const Facts&, const Context& context);
  static FieldList Fields() {
    return FieldList(
        AnswerPetition::Fields(),
        FieldList{Field{"limit_from", &PetitionAnswered::limit_from, "办理期限起算日"}});
  }
};
/// The longer period is counted anew from acceptance, so that it rolls once.
struct PetitionExtended : ExtendPetition {
  static constexpr std::string_view kType = "clue.petition_extended", kZh = "信访办理期限已延长";
  Date limit_from;
  std::int64_t days_in_all = 0;
  static PetitionExtended From(const ExtendPetition& c, const Facts& facts, const Context& context);
  static FieldList Fields() {
    return FieldList(
        ExtendPetition::Fields(),
        FieldList{Field{"limit_from", &PetitionExtended::limit_from, "办理期限起算日"},
                  Field{"days_in_all", &PetitionExtended::days_in_all, "延长后总日数"}});
  }
};
struct PetitionWasClosed : ClosePetition {
  static constexpr std::string_view kType = "clue.petition_closed", kZh = "信访已办结";
};

using Event = std::variant<ClueReceived, ClueRegistered, ClueClassified, CheckAssigned,
                           CheckRecorded, LegalityReviewed, CaseWasOpened, EndedWithoutAction,
                           TransferApproved, TransferDispatched, TransferReceived,
                           TransferResultReturned, ClueMerged, FeedbackOwed, FeedbackGiven,
                           PetitionAnswered, PetitionExtended, PetitionWasClosed>;

void Apply(Facts& facts, const ClueReceived& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const ClueRegistered& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const ClueClassified& e, const RecordedEvent&);
void Apply(Facts& facts, const CheckAssigned& e, const RecordedEvent&);
void Apply(Facts& facts, const CheckRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const LegalityReviewed&, const RecordedEvent&);
void Apply(Facts& facts, const CaseWasOpened&, const RecordedEvent&);
void Apply(Facts& facts, const EndedWithoutAction&, const RecordedEvent&);
void Apply(Facts& facts, const TransferApproved& e, const RecordedEvent&);
void Apply(Facts& facts, const TransferDispatched&, const RecordedEvent&);
void Apply(Facts& facts, const TransferReceived&, const RecordedEvent&);
void Apply(Facts& facts, const TransferResultReturned& e, const RecordedEvent&);
void Apply(Facts& facts, const ClueMerged&, const RecordedEvent&);
void Apply(Facts& facts, const FeedbackOwed&, const RecordedEvent&);
void Apply(Facts& facts, const FeedbackGiven&, const RecordedEvent&);
void Apply(Facts& facts, const PetitionAnswered& e, const RecordedEvent&);
void Apply(Facts& facts, const PetitionExtended&, const RecordedEvent&);
void Apply(Facts& facts, const PetitionWasClosed&, const RecordedEvent&);

}  // namespace docket::clue
