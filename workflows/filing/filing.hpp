/// Filing (备案): the obligation exists before the document, so that what was not filed can be seen;
/// a filing is reviewed twice and found without a problem, or to be rectified, and is never an
/// approval (FJ18-13(2), HN17-1.2, HN17-3.2(3)).
#pragma once

#include "workflows/filing/guards.hpp"
#include "workflows/filing/states.hpp"

namespace docket::filing {

struct Filing : Definition<Filing, Facts, Event> {
  static constexpr std::string_view kName = "filing", kZh = "备案";
  static constexpr std::string_view kPurpose =
      "法定事由发生即产生报送义务；义务人按期报送，行政监督部门签收、初审、复审并签发备案意见："
      "未发现问题或需整改。备案不是审批。";
  using initial_state = Planned;
  using States = TypeList<Planned, Open, Submitted, ReturnedIncomplete, SignedFor, FirstReview,
                          SecondReview, FiledOk, RectificationRequired, Waived, Superseded>;
  using Standing = When<DepartmentCompetent, OfficerNotRecused>;
  using ByIntake = By<Role::kIntake>;
  using ByHandler = By<Role::kHandler>;
  using ByTendererOrIntake = By<Role::kTenderer, Role::kIntake>;
  using ByHeadWhoDidNotReview = By<Role::kHead>::ApartFrom<FirstReviewed, SecondReviewed>;

  // clang-format off
  using Rows = Table<
    //  from            command             to
    //      emits, who, when, for
    Row<Planned,        CreateObligation,   Open,
        Emit<ObligationCreated>, By<Role::kIntake, Role::kHead, Role::kProcessManager>,
        When<RegionOfCommandKnown, WithinCompetence, TriggerNotInFuture, ObligedPartyNamed,
             TypeFitsTrade, ProjectBound, LimitIsOpen, RuleInForce>>,
    Row<Any<Open, ReturnedIncomplete, RectificationRequired>,Submit,             Submitted,
        Emit<FilingSubmitted>, ByTendererOrIntake,
        When<ByObligedParty, SubmissionInForm, DoneInOrder>>,
    Row<Submitted,      ReturnNotCompetent, Open,
        Emit<FilingNotCompetent, ObligationOverdue>, ByIntake,
        When<NotTakenBefore>>,
    Row<Submitted,      ReturnIncomplete,   ReturnedIncomplete,
        Emit<FilingReturned, ObligationOverdue>, ByIntake, When<GapsListed>>,
    Row<Submitted,      SignFor,            SignedFor,
        Emit<FilingSignedFor>, ByIntake, When<HandlersNamed, HandlersOfUnit, HandlersFree>>,
    Row<SignedFor,      ReviewFirst,        FirstReview,
        Emit<FirstReviewed>, ByHandler, When<ByHandlerOfCase, NotYetReviewed>, LastReviewer>,
    Row<SignedFor,      ReviewFirst,        Same,
        Emit<FirstReviewed>, ByHandler, When<ByHandlerOfCase, NotYetReviewed>, ReviewersRemain>,
    Row<FirstReview,    ReviewSecond,       SecondReview,
        Emit<SecondReviewed>, By<Role::kHandler>::ApartFrom<FirstReviewed>>,
    Row<SecondReview,   IssueOpinion,       FiledOk,
        Emit<NoProblemFound>, ByHeadWhoDidNotReview, When<NothingToRectify>, FindsNoProblem>,
    Row<SecondReview,   IssueOpinion,       RectificationRequired,
        Emit<RectificationWasRequired>, ByHeadWhoDidNotReview, When<ItemsListed, CorrectByLater>,
        FindsProblems>,
    Row<Any<SignedFor, FirstReview, SecondReview>,AssignHandlers,     SignedFor,
        Emit<HandlersAssigned>, By<Role::kIntake, Role::kHead>,
        When<HandlersNamed, HandlersOfUnit, HandlersFree>>,

    Row<Any<Submitted, SignedFor, FirstReview, SecondReview>,Withdraw,           Open,
        Emit<FilingWithdrawn, ObligationOverdue>, ByTendererOrIntake, When<ByObligedParty>>,
    Row<FiledOk,        Supersede,          Superseded,
        Emit<FilingSuperseded>, By<Role::kTenderer, Role::kIntake, Role::kProcessManager>,
        When<ByObligedParty, NewerFilingNamed>>,
    Row<Any<Open, ReturnedIncomplete>,Waive,              Waived,
        Emit<ObligationWaived>, By<Role::kHead>>,
    Row<Any<Open, ReturnedIncomplete>,NoteOverdue,        Same,
        Emit<ObligationOverdue>, By<Role::kClock>>,

    Row<Any<Open, FiledOk>,RecordPerformance,  Same,
        Emit<PerformanceRecorded>, By<Role::kTenderer, Role::kIntake, Role::kProcessManager>,
        When<ByObligedParty, OfPerformance, HappenedAlready, PerformanceDescribed>>,
    Row<Any<Open, FiledOk>,PlanCheck,          Same,
        Emit<CheckPlanned>, By<Role::kHandler, Role::kHead>, When<OfPerformance, CheckDayLater>>,
    Row<Any<Open, FiledOk>,CheckPerformance,   Same,
        Emit<PerformanceChecked>, ByHandler, When<OfPerformance>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::filing
