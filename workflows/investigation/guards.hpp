/// Guards and selectors of an investigation: propositions, each with its article.
#pragma once

#include "workflows/engine/department_guards.hpp"
#include "workflows/investigation/events.hpp"
#include "workflows/investigation/states.hpp"

namespace docket::investigation {

struct AsksForHearing {
  static constexpr std::string_view kName = "hearing";
  static bool Selects(const Answer& c, const Facts&) {
    return c.kind == AnswerKind::kHearingRequest;
  }
};
struct SpeaksOrWaives {
  static constexpr std::string_view kName = "statement_or_waiver";
  static bool Selects(const Answer& c, const Facts& facts) {
    return !AsksForHearing::Selects(c, facts);
  }
};
struct GoesToJustice {
  static constexpr std::string_view kName = "transfer_judicial";
  static bool Selects(const Decide& c, const Facts&) {
    return c.outcome == Outcome::kTransferJudicial;
  }
};
struct StaysHere {
  static constexpr std::string_view kName = "decision";
  static bool Selects(const Decide& c, const Facts& facts) {
    return !GoesToJustice::Selects(c, facts);
  }
};

// Officers.

std::vector<ActorId> AccountsOf(const std::vector<Officer>& officers);

struct TwoOfficers {
  static constexpr Refusal kRefusal{
      "two_officers_required", "执法人员不得少于两人，并应具有执法证件",
      "at least two officers, each with a certificate of his own", "行政处罚法 42", "/officers"};
  template <class Command>
  static bool Holds(const Command& c, const Facts&, const Context&) {
    return AreTwo(c.officers);
  }

 private:
  static bool AreTwo(const std::vector<Officer>& officers);
};
struct OfficersOfUnit {
  static constexpr Refusal kRefusal{"officer_unknown", "承办人不是本单位承办人员",
                                    "an officer is no handler of this unit", "HN18-5", "/officers"};
  template <class Command>
  static bool Holds(const Command& c, const Facts&, const Context& context) {
    return AreHandlersOfUnit(AccountsOf(c.officers), context);
  }
};
struct OfficersFree {
  static constexpr Refusal kRefusal{"officer_recused", "承办人应当回避", "an officer is recused",
                                    "行政处罚法 43", "/officers"};
  static bool Holds(const AssignOfficers& c, const Facts& facts, const Context&);
};

// Suspected crimes.

struct NoTransferPending {
  static constexpr Refusal kRefusal{"transfer_pending", "案件正在决定移送或者已批准移送",
                                    "a transfer is under decision, or approved", "移送规定 5"};
  static bool Holds(const Facts& facts, const Context&) {
    return !facts.crime_reported && !facts.transfer_approved;
  }
};
struct CrimeWasReported {
  static constexpr Refusal kRefusal{"crime_not_reported", "尚未提出涉嫌犯罪的书面报告",
                                    "no crime was reported", "移送规定 5"};
  static bool Holds(const Facts& facts, const Context&) { return facts.crime_reported; }
};
struct TransferIsApproved {
  static constexpr Refusal kRefusal{"transfer_not_approved", "尚未批准移送",
                                    "the transfer is not approved", "移送规定 5"};
  static bool Holds(const Facts& facts, const Context&) { return facts.transfer_approved; }
};
struct EvidenceListed {
  static constexpr Refusal kRefusal{"evidence_missing", "移送应附证据材料",
                                    "the evidence goes with the case", "移送规定 6", "/evidence"};
  static bool Holds(const HandOver& c, const Facts&, const Context&) { return !c.evidence.empty(); }
};

// Prior notice, answer and hearing.

struct NoticeComplete {
  static constexpr Refusal kRefusal{"notice_incomplete", "应告知拟处罚的种类和依据",
                                    "the notice names the penalties and their basis",
                                    "行政处罚法 44"};
  static bool Holds(const GiveNotice& c, const Facts&, const Context&) {
    return !c.penalties.empty() && !c.articles.empty() && c.amount_yuan.value_or(0) >= 0;
  }
};
/// The party's time runs from delivery.
struct NoticeDelivered {
  static constexpr Refusal kRefusal{"delivery_in_future", "送达日期晚于今日",
                                    "the notice is not delivered yet", "", "/delivered_on"};
  static bool Holds(const GiveNotice& c, const Facts&, const Context& context) {
    return c.delivered_on <= context.now.ChinaDate();
  }
};
/// A hearing is offered for the classes of article 63, and for those only.
struct RightsTold {
  static constexpr Refusal kRefusal{"rights_not_told",
                                    "应告知陈述申辩权，属听证范围的还应告知听证权",
                                    "tell of the right to be heard, and of a hearing exactly where "
                                    "the law gives one",
                                    "行政处罚法 44、63", "/rights"};
  static bool Holds(const GiveNotice& c, const Facts&, const Context&);
};
struct ByParty {
  static constexpr Refusal kRefusal{"not_the_party", "仅当事人可以提出",
                                    "only the party itself may answer", "行政处罚法 45"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.role != Role::kRespondent || context.actor == facts.account;
  }
};
struct HearingOffered {
  static constexpr Refusal kRefusal{"hearing_not_foreseen", "拟作处罚不属于听证范围",
                                    "the law gives no hearing for this penalty", "行政处罚法 63"};
  static bool Holds(const Facts& facts, const Context&) { return facts.hearing_offered; }
};
struct RequestInTime {
  static constexpr Refusal kRefusal{"hearing_request_late", "应在告知后五个工作日内要求听证",
                                    "a hearing is asked for within five working days",
                                    "行政处罚法 64(1)、85"};
  static bool Holds(const Facts&, const Context& context);
};
struct AnswerHasContent {
  static constexpr Refusal kRefusal{"statement_missing", "应附陈述申辩内容",
                                    "the statement has no content", "行政处罚法 45", "/text"};
  static bool Holds(const Answer& c, const Facts&, const Context&) {
    return c.kind != AnswerKind::kStatement || c.text || c.document;
  }
};
/// The party waives itself, or on a paper; silence waives when its time is over.
struct WaiverShown {
  static constexpr Refusal kRefusal{"waiver_not_shown", "期限届满前应有当事人放弃的书面材料",
                                    "before its time is over a waiver needs the party's paper",
                                    "行政处罚法 45、64", "/document"};
  static bool Holds(const Answer& c, const Facts&, const Context& context);
};
struct PresiderIsNoInvestigator {
  static constexpr Refusal kRefusal{"presider_investigated", "听证应由非本案调查人员主持",
                                    "an investigator does not preside over the hearing",
                                    "行政处罚法 64(4)", "/presider"};
  static bool Holds(const AnnounceHearing& c, const Facts& facts, const Context&) {
    return !ContainsActor(facts.handlers, c.presider);
  }
};
/// Seven working days lie between the notice and the hearing; the rulebook says how many.
struct HearingNoticeEarly {
  static constexpr Refusal kRefusal{"hearing_notice_late", "应在举行听证的七个工作日前通知",
                                    "the hearing is announced seven working days before",
                                    "行政处罚法 64(2)、85", "/held_on"};
  static bool Holds(const AnnounceHearing& c, const Facts& facts, const Context& context);
};
struct ByPresider {
  static constexpr Refusal kRefusal{"not_the_presider", "仅通知的主持人可以举行听证",
                                    "only who was announced presides", "行政处罚法 64(4)"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.actor == facts.presider;
  }
};
struct HearingDayCome {
  static constexpr Refusal kRefusal{"hearing_not_yet", "尚未到听证日期",
                                    "the day of the hearing has not come", "行政处罚法 64(2)"};
  static bool Holds(const Facts& facts, const Context& context) {
    return facts.hearing_on && context.occurred_at.ChinaDate() >= *facts.hearing_on;
  }
};

// Review and decision.

struct ReviewerIsNoHandler {
  static constexpr Refusal kRefusal{"reviewer_is_handler", "承办人不得担任法制审核人员",
                                    "a handler does not review the case", "行政处罚法 58"};
  static bool Holds(const Facts& facts, const Context& context) {
    return !ContainsActor(facts.handlers, context.actor);
  }
};
struct NoticeNotNeeded {
  static constexpr Refusal kRefusal{"notice_missing", "拟给予处罚的，应先告知当事人",
                                    "before a penalty the party is told", "行政处罚法 44、62"};
  static bool Holds(const Facts& facts, const Context&) {
    return facts.proposal != Outcome::kPenalty;
  }
};
struct HearingRightSpent {
  static constexpr Refusal kRefusal{"hearing_right_open", "当事人要求听证的期限尚未届满",
                                    "the party may still ask for a hearing", "行政处罚法 58、64"};
  static bool Holds(const Facts& facts, const Context& context);
};
struct OutcomeFits {
  static constexpr Refusal kRefusal{"outcome_does_not_fit", "处罚内容与决定类别不符",
                                    "a penalty names its kinds, and nothing else has any",
                                    "行政处罚法 57", "/penalties"};
  static bool Holds(const Decide& c, const Facts&, const Context&);
};
struct NotBeyondNotice {
  static constexpr Refusal kRefusal{"penalty_raised", "不得超出事先告知加重处罚",
                                    "the penalty goes beyond the prior notice", "行政处罚法 45",
                                    "/penalties"};
  static bool Holds(const Decide& c, const Facts& facts, const Context&);
};
struct DiscussionHeld {
  static constexpr Refusal kRefusal{"discussion_missing", "情节复杂或者重大违法的，应集体讨论决定",
                                    "the leaders decide complex or major cases together",
                                    "行政处罚法 57(2)", "/discussion"};
  static bool Holds(const Decide& c, const Facts& facts, const Context&);
};

// After the decision.

struct PenaltyImposed {
  static constexpr Refusal kRefusal{"no_penalty", "本案没有生效的处罚决定",
                                    "there is no penalty in force", "行政处罚法 48"};
  static bool Holds(const Facts& facts, const Context&) {
    return facts.outcome == NameOf(Outcome::kPenalty) && !facts.annulled;
  }
};
struct NotAnnulled {
  static constexpr Refusal kRefusal{"already_annulled", "决定已被撤销",
                                    "the decision is annulled already", "行政处罚法 48"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.annulled; }
};
struct TakeDownIsDue {
  static constexpr Refusal kRefusal{"nothing_to_take_down", "没有应撤回的公开信息",
                                    "nothing has to be taken down", "行政处罚法 48"};
  static bool Holds(const Facts& facts, const Context&) { return facts.take_down_due; }
};
struct NothingOutstanding {
  static constexpr Refusal kRefusal{"matters_outstanding", "处罚尚未执行或者公开信息尚未撤回",
                                    "the penalty is not executed, or still published",
                                    "行政处罚法 48、66"};
  static bool Holds(const Facts& facts, const Context&) {
    const bool executed =
        facts.executed || facts.annulled || facts.outcome != NameOf(Outcome::kPenalty);
    return executed && !facts.take_down_due;
  }
};

}  // namespace docket::investigation
