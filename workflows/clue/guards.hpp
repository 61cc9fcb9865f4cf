/// Selectors and guards of a clue.
#pragma once

#include "workflows/clue/events.hpp"
#include "workflows/clue/states.hpp"
#include "workflows/engine/department_guards.hpp"

namespace docket::clue {

struct AsClue {
  static constexpr std::string_view kName = "clue_or_report";
  static bool Selects(const Classify& c, const Facts&) {
    return c.as == Class::kClue || c.as == Class::kReport;
  }
};
struct AsPetition {
  static constexpr std::string_view kName = "petition";
  static bool Selects(const Classify& c, const Facts&) { return c.as == Class::kPetition; }
};
struct Elsewhere {
  static constexpr std::string_view kName = "complaint_or_out_of_scope";
  static bool Selects(const Classify& c, const Facts&) {
    return c.as == Class::kComplaint || c.as == Class::kOutOfScope;
  }
};
struct TakenUp {
  static constexpr std::string_view kName = "taken_up";
  static bool Selects(const RecordResult& c, const Facts&) { return c.taken_up; }
};
struct Declined {
  static constexpr std::string_view kName = "declined";
  static bool Selects(const RecordResult& c, const Facts&) { return !c.taken_up; }
};
template <PetitionAnswer answer>
struct PetitionIs {
  static constexpr std::string_view kName = NameOf(answer);
  static bool Selects(const AnswerPetition& c, const Facts&) { return c.answer == answer; }
};

// Standing.

/// Whom a clue is about has nothing to do with it.
struct NotNamedInClue {
  static constexpr Refusal kRefusal{"actor_named_in_clue", "被反映的工作人员不得办理",
                                    "the actor is named in this clue", "行政处罚法 43"};
  static bool Holds(const Facts& facts, const Context& context) {
    return !ContainsActor(facts.named_officers, context.actor);
  }
};
struct InterferenceKept {
  static constexpr Refusal kRefusal{
      "interference_restricted", "干预插手报告仅由监察机关和部门负责人办理",
      "only discipline and the head deal with interference", "XX17-2.1"};
  static bool Holds(const Facts& facts, const Context& context) {
    return !facts.interference || context.role == Role::kHead || context.role == Role::kDiscipline;
  }
};

/// The centre guides and passes on, and finds nothing itself; the public reports.
struct SourceFitsRole {
  static constexpr Refusal kRefusal{"source_not_of_role", "线索来源与提交角色不符",
                                    "a clue of this kind does not come from this role",
                                    "XX17-17；XX17-12", "/source_kind"};
  static bool Holds(const Receive& c, const Facts&, const Context& context);
};
struct DuplicatesAreClues {
  static constexpr Refusal kRefusal{"duplicate_invalid", "所列重复线索不是其他线索案卷",
                                    "a duplicate named is no other clue", "", "/duplicates"};
  static bool Holds(const Register& c, const Facts&, const Context& context);
};
struct DestinationNamed {
  static constexpr Refusal kRefusal{"destination_missing", "应写明有权处理的单位",
                                    "the body that it belongs to is named", "FJ18-4",
                                    "/destination"};
  template <class Command>
  static bool Holds(const Command& c, const Facts&, const Context&) {
    return c.destination.has_value();
  }
};
struct HandlersNotNamed {
  static constexpr Refusal kRefusal{"handler_named_in_clue", "被反映的工作人员不得承办初核",
                                    "a handler is named in the clue", "行政处罚法 43", "/handlers"};
  static bool Holds(const AssignCheck& c, const Facts& facts, const Context&);
};
struct NoInterference {
  static constexpr Refusal kRefusal{"interference_not_checked_here",
                                    "干预插手报告应移送监察机关，不指定初核",
                                    "interference goes to discipline, not to handlers", "XX17-2.1"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.interference; }
};
struct CheckReported {
  static constexpr Refusal kRefusal{"check_not_reported", "初核情况尚未报告",
                                    "the preliminary check is not reported yet"};
  static bool Holds(const Facts& facts, const Context&) { return facts.checked; }
};
struct FilingStandardMet {
  static constexpr Refusal kRefusal{"filing_standard_not_met", "初核认为不符合立案条件或尚未初核",
                                    "the check did not find the standard of filing met",
                                    "行政处罚法 54"};
  static bool Holds(const Facts& facts, const Context&) { return facts.meets_filing_standard; }
};
struct NamedReportReviewed {
  static constexpr Refusal kRefusal{"legal_review_missing", "实名举报了结前应经法制审核",
                                    "the end of a named report is reviewed first"};
  static bool Holds(const Facts& facts, const Context&) {
    return !facts.real_name || facts.legality_reviewed;
  }
};
struct InterferenceToDiscipline {
  static constexpr Refusal kRefusal{"interference_to_discipline", "干预插手报告应移送监察机关",
                                    "interference goes to discipline", "XX17-2.1", "/target"};
  static bool Holds(const Transfer& c, const Facts& facts, const Context&) {
    return !facts.interference || c.target == TransferTarget::kDiscipline;
  }
};
struct NotYetDispatched {
  static constexpr Refusal kRefusal{"already_dispatched", "移送材料已经发出",
                                    "the transfer was sent already"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.dispatched; }
};
struct DispatchedBefore {
  static constexpr Refusal kRefusal{"not_dispatched", "移送材料尚未发出",
                                    "the transfer was not sent yet"};
  static bool Holds(const Facts& facts, const Context&) { return facts.dispatched; }
};
struct ReceiptIsNew {
  static constexpr Refusal kRefusal{"receipt_already_in", "移送回执已经登记",
                                    "the receipt is in already"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.receipt_in; }
};
struct ReceiptIn {
  static constexpr Refusal kRefusal{"receipt_missing", "尚未收到移送回执",
                                    "the receipt of the transfer is not in"};
  static bool Holds(const Facts& facts, const Context&) { return facts.receipt_in; }
};
struct DisciplineForItself {
  static constexpr Refusal kRefusal{"not_transferred_here", "该线索未移送本机关",
                                    "the clue was not transferred to discipline"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.role != Role::kDiscipline ||
           facts.transfer_target == TransferTarget::kDiscipline;
  }
};
struct MergeTargetValid {
  static constexpr Refusal kRefusal{"merge_target_invalid", "并入的案卷应为另一件线索",
                                    "the target is no other clue", "", "/into"};
  static bool Holds(const Merge& c, const Facts&, const Context& context);
};
struct ReporterAwaitsFeedback {
  static constexpr Refusal kRefusal{"feedback_not_owed", "无实名举报人待反馈",
                                    "no named reporter waits for feedback"};
  static bool Holds(const Facts& facts, const Context&) { return facts.feedback_owed; }
};
struct PetitionerNotTold {
  static constexpr Refusal kRefusal{"petition_already_answered", "已经告知信访人",
                                    "the petitioner was told already"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.petition_answered; }
};
struct PetitionerTold {
  static constexpr Refusal kRefusal{"petition_not_answered", "尚未书面告知信访人是否受理",
                                    "the petitioner was not told yet", "信访工作条例 23"};
  static bool Holds(const Facts& facts, const Context&) { return facts.petition_answered; }
};
struct ReturnPeriodRuns {
  static constexpr Refusal kRefusal{
      "return_period_over", "仅转送、交办的信访事项可在收到后五个工作日内退回",
      "only a petition that was passed on goes back, within five working days", "信访工作条例 23"};
  static bool Holds(const Facts&, const Context& context);
};
struct PetitionLimitRuns {
  static constexpr Refusal kRefusal{
      "no_limit_to_extend", "没有正在计算的六十日期限，或者已经延长过",
      "no sixty days are running, or they were extended already", "信访工作条例 34"};
  static bool Holds(const Facts&, const Context& context);
};
struct ExtensionInRange {
  static constexpr Refusal kRefusal{"extension_out_of_range", "延长期限应为 1 至 30 日",
                                    "an extension has 1 to 30 days", "信访工作条例 34", "/days"};
  static bool Holds(const ExtendPetition& c, const Facts&, const Context&) {
    return c.days >= 1 && c.days <= 30;
  }
};

}  // namespace docket::clue
