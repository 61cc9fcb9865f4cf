/// Investigation of a case (案件查处): from the proposal to file it to the penalty, its service and
/// publication, or to the organs of justice (FJ18-9(2), XX17-17; 行政处罚法 42 to 66).
#pragma once

#include "workflows/engine/machine.hpp"
#include "workflows/investigation/guards.hpp"

namespace docket::investigation {

/// Where a suspected crime is found and reported.
using Transferable = Any<Filed, Concluded, Reviewed>;

struct Investigation : Definition<Investigation, Facts, Event> {
  static constexpr std::string_view kName = "investigation", kZh = "案件查处";
  static constexpr std::string_view kPurpose =
      "对问题线索、举报和投诉中发现的违法违规行为立案调查，告知、听证、法制审核后作出决定；涉嫌犯罪的移送司法机关。";
  using initial_state = Unopened;
  using States = TypeList<Unopened, Proposed, Declined, Filed, Suspended, Concluded, NoticeGiven,
                          Answered, HearingRequested, HearingHeld, Reviewed, DecisionMade, Served,
                          Closed, Withdrawn, Transferred>;
  using Standing = When<DepartmentCompetent, OfficerNotRecused>;
  using ByHead = By<Role::kHead>;
  using ByHandler = By<Role::kHandler>;
  using ByHandlerOrHead = By<Role::kHandler, Role::kHead>;
  using ByClerk = By<Role::kIntake, Role::kHandler>;
  using ByReviewer = By<Role::kLegalReviewer>::ApartFrom<CaseConcluded>;
  using ByDecider = ByHead::ApartFrom<CaseConcluded, LegalityReviewed>;
  using ByPartyOrClerk = By<Role::kRespondent, Role::kIntake, Role::kHandler>;

  // clang-format off
  using Rows = Table<
    //  from              command          to
    //      emits, who, when, for
    Row<Unopened,         Propose,         Proposed,
        Emit<CaseProposed>,
        By<Role::kHandler, Role::kIntake, Role::kHead, Role::kProcessManager>,
        When<RegionOfCommandKnown, WithinCompetence>>,
    Row<Proposed,         File,            Filed,
        Emit<CaseFiled>, ByHead::ApartFrom<CaseProposed>, When<TwoOfficers, OfficersOfUnit>>,
    Row<Proposed,         Decline,         Declined,
        Emit<CaseDeclined>, ByHead>,
    Row<Filed,            AssignOfficers,  Same,
        Emit<OfficersAssigned>, ByHead, When<TwoOfficers, OfficersOfUnit, OfficersFree>>,
    Row<Any<Filed, Concluded>,TakeMeasure,     Same,
        Emit<MeasureTaken>, ByHandlerOrHead, When<ByHandlerOfCase>>,
    Row<Filed,            Suspend,         Suspended,
        Emit<CaseSuspended>, ByHead>,
    Row<Suspended,        Resume,          Filed,
        Emit<CaseResumed>, ByHead>,
    Row<Filed,            Conclude,        Concluded,
        Emit<CaseConcluded>, ByHandler, When<ByHandlerOfCase>>,
    Row<Any<Filed, Suspended, Concluded>,Withdraw,        Withdrawn,
        Emit<CaseWithdrawn>, ByHead>,

    Row<Transferable,     ReportCrime,     Same,
        Emit<CrimeReported>, ByHandler, When<ByHandlerOfCase, NoTransferPending>>,
    Row<Transferable,     DecideTransfer,  Same,
        Emit<TransferApproved, TransferRefused>, ByHead::ApartFrom<CrimeReported>,
        When<CrimeWasReported>>,
    Row<Transferable,     HandOver,        Transferred,
        Emit<HandedOver>, ByHandlerOrHead,
        When<ByHandlerOfCase, TransferIsApproved, EvidenceListed>>,

    Row<Any<Concluded, Reviewed>,GiveNotice,      NoticeGiven,
        Emit<NoticeWasGiven>, ByHandler,
        When<ByHandlerOfCase, NoticeComplete, RightsTold, NoticeDelivered>>,
    Row<Any<NoticeGiven, Answered>,Answer,          HearingRequested,
        Emit<HearingWasRequested>, ByPartyOrClerk, When<ByParty, HearingOffered, RequestInTime>,
        AsksForHearing>,
    Row<Any<NoticeGiven, Answered>,Answer,          Answered,
        Emit<StatementMade>, ByPartyOrClerk, When<ByParty, AnswerHasContent, WaiverShown>,
        SpeaksOrWaives>,
    Row<HearingRequested, AnnounceHearing, Same,
        Emit<HearingAnnounced>, By<Role::kHead, Role::kIntake>,
        When<PresiderIsNoInvestigator, HearingNoticeEarly>>,
    Row<HearingRequested, HoldHearing,     HearingHeld,
        Emit<HearingWasHeld>, By<Role::kHandler, Role::kLegalReviewer, Role::kHead>,
        When<ByPresider, HearingDayCome>>,

    Row<Concluded,        ReviewLegality,  Reviewed,
        Emit<LegalityReviewed>, ByReviewer, When<ReviewerIsNoHandler, NoticeNotNeeded>>,
    Row<Answered,         ReviewLegality,  Reviewed,
        Emit<LegalityReviewed>, ByReviewer, When<ReviewerIsNoHandler, HearingRightSpent>>,
    Row<HearingHeld,      ReviewLegality,  Reviewed,
        Emit<LegalityReviewed>, ByReviewer, When<ReviewerIsNoHandler>>,
    Row<Reviewed,         Decide,          Same,
        Emit<TransferApproved>, ByDecider, When<NoTransferPending>, GoesToJustice>,
    Row<Reviewed,         Decide,          DecisionMade,
        Emit<CaseDecided>, ByDecider,
        When<NoTransferPending, OutcomeFits, NotBeyondNotice, DiscussionHeld>, StaysHere>,

    Row<DecisionMade,     Serve,           Served,
        Emit<DecisionServed, PublicationDue>, ByClerk>,
    Row<Served,           RecordExecution, Same,
        Emit<ExecutionRecorded>, ByClerk, When<PenaltyImposed>>,
    Row<Served,           Publish,         Same,
        Emit<DecisionPublished>, ByClerk, When<PenaltyImposed>>,
    Row<Any<Served, Closed>,Annul,           Same,
        Emit<DecisionAnnulled, TakeDownDue>, By<Role::kIntake, Role::kHead>, When<NotAnnulled>>,
    Row<Any<Served, Closed>,TakeDown,        Same,
        Emit<DecisionTakenDown>, ByClerk, When<TakeDownIsDue>>,
    Row<Served,           Close,           Closed,
        Emit<CaseClosed>, ByHead, When<NothingOutstanding>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::investigation
