/// Objection (异议), inquiry (询问) and challenge (质疑): raised with the tenderer or purchaser, who
/// answers within the limit of its kind (招标投标法实施条例 22、44、54；政府采购法 51–53). Read
/// top-down; the words are in states.hpp, commands.hpp, events.hpp, facts.hpp, guards.hpp.
#pragma once

#include "workflows/engine/machine.hpp"
#include "workflows/objection/events.hpp"
#include "workflows/objection/guards.hpp"
#include "workflows/objection/states.hpp"

namespace docket::objection {

struct Objection : Definition<Objection, Facts, Event> {
  static constexpr std::string_view kName = "objection", kZh = "异议（询问、质疑）";
  static constexpr std::string_view kPurpose =
      "异议、询问、质疑向招标人、采购人提出，依法暂停交易并限期答复；未答复或对答复不服的可以投诉。";
  using initial_state = Draft;
  using States = TypeList<Draft, Lodged, Received, Answered, AnsweredLate, NoAnswer, Closed,
                          Escalated, Withdrawn>;
  using Standing = When<DepartmentCompetent>;
  using ByObjectorOrIntake = By<Role::kComplainant, Role::kIntake>;
  using ByAddresseeOrIntake = By<Role::kTenderer, Role::kIntake>;

  // clang-format off
  using Rows = Table<
    //  from            command        to
    //      emits, who, when, for
    Row<Draft,          Lodge,         Received,
        Emit<ObjectionLodged, ObjectionReceived>, ByObjectorOrIntake,
        When<RegionOfCommandKnown, WithinCompetence, IndustryFitsKind, DatesOfKindGiven,
             DatesInOrder, StandingShown, LatenessExplained>,
        SentOnline>,
    Row<Draft,          Lodge,         Lodged,
        Emit<ObjectionLodged>, ByObjectorOrIntake,
        When<RegionOfCommandKnown, WithinCompetence, IndustryFitsKind, DatesOfKindGiven,
             DatesInOrder, StandingShown, LatenessExplained>,
        SentOtherwise>,
    Row<Lodged,         Receive,       Received,
        Emit<ObjectionReceived>, ByAddresseeOrIntake, When<ByAddressee>>,
    Row<Any<Received, NoAnswer>,SuspendTrade,  Same,
        Emit<TradeSuspended>, ByAddresseeOrIntake, When<ByAddressee, TradeRuns>, InProcurement>,
    Row<Any<Received, NoAnswer>,Answer,        Answered,
        Emit<ObjectionAnswered>, ByAddresseeOrIntake,
        When<ByAddressee, AnswerDateInOrder, AnswerInWriting, NoTradeSecretInAnswer,
             OtherSuppliersTold>,
        InTime>,
    Row<Any<Received, NoAnswer>,Answer,        AnsweredLate,
        Emit<ObjectionAnswered>, ByAddresseeOrIntake,
        When<ByAddressee, AnswerDateInOrder, AnswerInWriting, NoTradeSecretInAnswer,
             OtherSuppliersTold>,
        TooLate>,
    Row<Escalated,      Answer,        Same,
        Emit<ObjectionAnswered>, ByAddresseeOrIntake,
        When<NotYetAnswered, ByAddressee, AnswerDateInOrder, AnswerInWriting,
             NoTradeSecretInAnswer, OtherSuppliersTold>>,
    Row<Received,       NoteNoAnswer,  NoAnswer,
        Emit<AnswerMissing>, By<Role::kClock>>,
    Row<Any<Answered, AnsweredLate>,AcceptAnswer,  Closed,
        Emit<ObjectionClosed>, ByObjectorOrIntake, When<ByObjector>>,
    Row<Any<Answered, AnsweredLate>,CloseLapsed,   Closed,
        Emit<ObjectionClosed>, By<Role::kIntake, Role::kClock>, When<RightToComplainOver>>,
    Row<NoAnswer,       CloseLapsed,   Closed,
        Emit<ObjectionClosed>, By<Role::kIntake, Role::kClock>,
        When<NothingSuspended, RightToComplainOver>>,
    Row<Any<Answered, AnsweredLate, Closed, Escalated>,ReportResult,  Same,
        Emit<ResultReported>, ByAddresseeOrIntake, When<ByAddressee, ReportOwed>>,
    Row<Any<Answered, AnsweredLate, NoAnswer>,Escalate,      Escalated,
        Emit<ObjectionEscalated>, By<Role::kComplainant, Role::kIntake, Role::kProcessManager>,
        When<ByObjector, ChallengeFirst, ComplaintNamed>>,
    Row<Any<Lodged, Received, NoAnswer>,Withdraw,      Withdrawn,
        Emit<ObjectionWithdrawn>, ByObjectorOrIntake, When<ByObjector>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::objection
