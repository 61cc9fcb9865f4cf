/// Complaint (投诉) in public resource trading: one machine, two rule profiles, tendering
/// (招标投标法实施条例 60–62；七部委令第11号) and government procurement (政府采购法 55–58；
/// 财政部令第94号). Read top-down; the words are in states.hpp, commands.hpp, handling_commands.hpp,
/// recorded_history.hpp, events.hpp, facts.hpp, guards.hpp and handling_guards.hpp.
#pragma once

#include "workflows/complaint/events.hpp"
#include "workflows/complaint/guards.hpp"
#include "workflows/complaint/handling_guards.hpp"
#include "workflows/complaint/states.hpp"
#include "workflows/engine/machine.hpp"

namespace docket::complaint {

using ByIntakeOnly = By<Role::kIntake>;
using ByHandlerOnly = By<Role::kHandler>;
using ByHeadOnly = By<Role::kHead>;
using ByClockOnly = By<Role::kClock>;
using ByRecorderOnly = By<Role::kRecordKeeper>;
using ByComplainantOrIntake = By<Role::kComplainant, Role::kIntake>;

using InProcess = Any<Accepted, ReplyNoticeSent, RepliesIn, Hearing>;
using Replying = Any<ReplyNoticeSent, RepliesIn, Hearing>;
using BeforeDecision =
    Any<SignedFor, Accepted, ReplyNoticeSent, RepliesIn, Hearing, DecisionDrafted, LegalReview>;
using MaybeSuspended = Any<Accepted, ReplyNoticeSent, RepliesIn, Hearing, WithdrawalRequested,
                           DecisionDrafted, LegalReview>;
using Ended = Any<Cancelled, NotAccepted, Referred, Withdrawn, Published, PublicationExempt>;
using Reviewable = Any<NotAccepted, DecisionMade, Served, Published, Archived>;

struct Complaint : Definition<Complaint, Facts, Event> {
  static constexpr std::string_view kName = "complaint", kZh = "投诉";
  static constexpr std::string_view kPurpose =
      "投诉人依法向行政监督部门提出投诉，部门在法定期限内审查、受理、调查并作出处理决定。";
  using initial_state = Draft;
  using States = TypeList<Draft, Lodged, Cancelled, SignedFor, CorrectionRequested, NotAccepted,
                          Referred, Accepted, ReplyNoticeSent, RepliesIn, Hearing,
                          WithdrawalRequested, Withdrawn, DecisionDrafted, LegalReview,
                          DecisionMade, Served, Published, PublicationExempt, Archived>;
  using Standing = When<UnitCompetent, ActorNotRecused>;

  // clang-format off
  using Rows = Table<
    //  from                    command                to
    //      emits, who, when, for
    Row<Draft,                  Lodge,                 Lodged,
        Emit<ComplaintLodged>, ByComplainantOrIntake,
        When<RegionKnown, IndustryFitsProfile, DatesInOrder, RuleInForce, SignatureGiven,
             IdentityGiven, ProxyProven, TranslationGiven>>,
    Row<Lodged,                 Cancel,                Cancelled,
        Emit<ComplaintCancelled>, ByComplainantOrIntake, When<ByLodger>>,
    Row<Lodged,                 SignFor,               SignedFor,
        Emit<ComplaintSignedFor>, ByIntakeOnly, When<TwoHandlers, HandlersKnown, HandlersFree>>,
    Row<Any<Lodged, SignedFor>, NotAccept,             NotAccepted,
        Emit<ComplaintNotAccepted>, ByHeadOnly, When<GroundOfTendering>, InTendering>,
    Row<Any<Lodged, SignedFor>, NotAccept,             NotAccepted,
        Emit<ComplaintNotAccepted>, ByHeadOnly, When<GroundOfProcurement>, InProcurement>,
    Row<CorrectionRequested,    NotAccept,             NotAccepted,
        Emit<ComplaintNotAccepted>, ByHeadOnly,
        When<GroundIsMissingCorrection, CorrectionLimitOver>>,
    Row<Any<Lodged, SignedFor>, Refer,                 Referred,
        Emit<ComplaintReferred>, ByHeadOnly>,
    Row<SignedFor,              RequestCorrection,     CorrectionRequested,
        Emit<CorrectionWasRequested>, ByIntakeOnly,
        When<FirstCorrection, CorrectionItemsGiven, CorrectionLimitReasonable, DeliveryInOrder,
             WithinCorrectionPeriod>, InProcurement>,
    Row<CorrectionRequested,    SupplyCorrection,      SignedFor,
        Emit<CorrectionSupplied>, ByComplainantOrIntake, When<ByLodger>>,
    Row<SignedFor,              Accept,                Accepted,
        Emit<ComplaintAccepted>, ByHeadOnly,
        When<HasInterest, IsSpecific, IsComplete, IsNew, IsNotUnderReview, InTime, PriorObjection,
             FirstReceived>,
        InTendering>,
    Row<SignedFor,              Accept,                Accepted,
        Emit<ComplaintAccepted>, ByHeadOnly,
        When<HasInterest, IsSpecific, IsComplete, IsNew, IsNotUnderReview, InTime, PriorChallenge,
             WithinChallenge, FirstReceivedWhenJoint>,
        InProcurement>,
    Row<Any<Lodged, SignedFor>, DeemAccept,            Accepted,
        Emit<ComplaintAccepted>, ByClockOnly, When<DeemedAcceptanceEnabled>, InTendering>,

    Row<Any<Accepted, Hearing>, SendReplyNotice,       ReplyNoticeSent,
        Emit<ReplyNoticeWasSent>, ByHandlerOnly,
        When<ActorIsHandler, PartiesKnown, AccountsOfRespondents>, InProcurement>,
    Row<Replying,               RecordNoticeReceipt,   Same,
        Emit<ReplyNoticeReceived>, By<Role::kHandler, Role::kIntake>,
        When<PartyNotified, ReceiptIsNew, ReceivedAfterDispatch>>,
    Row<Replying,               Reply,                 RepliesIn,
        Emit<ReplyReceived>, By<Role::kRespondent, Role::kIntake>,
        When<PartyNotified, ForOwnParty, NotYetAnswered>>,
    Row<Replying,               NoteWaiver,            RepliesIn,
        Emit<ExplanationWaived>, ByClockOnly, When<PartyNotified, NotYetAnswered>>,
    Row<InProcess,              Investigate,           Same,
        Emit<InvestigationRecorded>, ByHandlerOnly, When<ActorIsHandler, SecondOfficer>>,
    Row<InProcess,              HoldHearing,           Hearing,
        Emit<HearingHeld>, ByHandlerOnly, When<ActorIsHandler, SecondOfficer, PartiesKnown>>,
    Row<Any<Accepted, Hearing>, HearRespondent,        Same,
        Emit<RespondentHeard>, ByHandlerOnly, When<ActorIsHandler>, InTendering>,
    Row<InProcess,              StartAppraisal,        Same,
        Emit<AppraisalStarted>, ByHandlerOnly,
        When<ActorIsHandler, NoAppraisalOpen, ExpectedEndLater>>,
    Row<InProcess,              RecordAppraisalResult, Same,
        Emit<AppraisalResultReceived>, ByHandlerOnly, When<ActorIsHandler, AppraisalOpen>>,
    Row<Any<Accepted, Hearing>, SuspendTrade,          Same,
        Emit<TradeSuspended>, ByHeadOnly, When<TradeRuns>, InTendering>,
    Row<InProcess,              SuspendTrade,          Same,
        Emit<TradeSuspended>, ByHeadOnly, When<TradeRuns, SuspensionDaysLeft>, InProcurement>,
    Row<MaybeSuspended,         ResumeTrade,           Same,
        Emit<TradeResumed>, ByHeadOnly, When<TradeStandsStill>>,
    Row<MaybeSuspended,         ExpireSuspension,      Same,
        Emit<TradeResumed>, ByClockOnly, When<TradeStandsStill>, InProcurement>,

    Row<BeforeDecision,         RequestWithdrawal,     WithdrawalRequested,
        Emit<WithdrawalWasRequested>, ByComplainantOrIntake, When<ByLodger>>,
    Row<WithdrawalRequested,    GrantWithdrawal,       Withdrawn,
        Emit<ComplaintWithdrawn, TradeResumed>, ByHeadOnly,
        When<HarmsNobody, NoViolationEstablished>, InTendering>,
    Row<WithdrawalRequested,    GrantWithdrawal,       Withdrawn,
        Emit<ComplaintWithdrawn, TradeResumed>, ByHeadOnly, When<>, InProcurement>,
    Row<WithdrawalRequested,    DenyWithdrawal,        SignedFor,
        Emit<WithdrawalDenied>, ByHeadOnly, When<DenialGrounded>, CameFrom<SignedFor>>,
    Row<WithdrawalRequested,    DenyWithdrawal,        Accepted,
        Emit<WithdrawalDenied>, ByHeadOnly, When<DenialGrounded>, CameFrom<Accepted>>,
    Row<WithdrawalRequested,    DenyWithdrawal,        Hearing,
        Emit<WithdrawalDenied>, ByHeadOnly, When<DenialGrounded>, CameFrom<Hearing>>,
    Row<WithdrawalRequested,    DenyWithdrawal,        DecisionDrafted,
        Emit<WithdrawalDenied>, ByHeadOnly, When<DenialGrounded>, CameFrom<DecisionDrafted>>,
    Row<WithdrawalRequested,    DenyWithdrawal,        LegalReview,
        Emit<WithdrawalDenied>, ByHeadOnly, When<DenialGrounded>, CameFrom<LegalReview>>,

    Row<Any<Accepted, Hearing>, DraftDecision,         DecisionDrafted,
        Emit<DecisionWasDrafted>, ByHandlerOnly,
        When<ActorIsHandler, NoAppraisalOpen, RespondentWasHeard, DismissalGrounded,
             DismissalGroundOfTendering>,
        InTendering>,
    Row<Any<Accepted, RepliesIn, Hearing>,DraftDecision,         DecisionDrafted,
        Emit<DecisionWasDrafted>, ByHandlerOnly,
        When<ActorIsHandler, NoAppraisalOpen, RepliesComplete, DismissalGrounded>, InProcurement>,
    Row<Any<DecisionDrafted, LegalReview>,ReturnDraft,           Accepted,
        Emit<DraftReturned>, By<Role::kLegalReviewer, Role::kHead>>,
    Row<DecisionDrafted,        ReviewLegality,        LegalReview,
        Emit<LegalityReviewed>, By<Role::kLegalReviewer>::ApartFrom<DecisionWasDrafted>,
        When<ReviewerIsNoHandler>>,
    Row<LegalReview,            Decide,                DecisionMade,
        Emit<ComplaintDecided, TradeResumed>,
        By<Role::kHead>::ApartFrom<DecisionWasDrafted, LegalityReviewed>, When<OutcomeAsDrafted>>,
    Row<DecisionMade,           Serve,                 Served,
        Emit<DecisionServed>, ByIntakeOnly, When<ElectronicConsent>, LastParty>,
    Row<DecisionMade,           Serve,                 Same,
        Emit<DecisionServed>, ByIntakeOnly, When<PartyToServe, NotYetServed, ElectronicConsent>,
        PartiesRemain>,
    Row<Served,                 Publish,               Published,
        Emit<DecisionPublished>, By<Role::kIntake, Role::kHandler>,
        When<SecrecyReviewedByOther, ReviewerKnown>,
        InTendering>,
    Row<Served,                 Publish,               Published,
        Emit<DecisionPublished>, By<Role::kIntake, Role::kHandler>,
        When<SecrecyReviewedByOther, ReviewerKnown, DesignatedMedium>, InProcurement>,
    Row<Served,                 ExemptFromPublication, PublicationExempt,
        Emit<PublicationWaived>, ByHeadOnly>,
    Row<Ended,                  Archive,               Archived,
        Emit<ResultReported, ComplaintArchived>, ByIntakeOnly>,

    Row<Any<SignedFor, Accepted, ReplyNoticeSent, RepliesIn, Hearing>,Merge,                 Same,
        Emit<ComplaintMerged>, ByHeadOnly, When<MergeTargetValid, NotMerged>>,
    Row<BeforeDecision,         ExplainDelay,          Same,
        Emit<DelayExplained>, By<Role::kHandler, Role::kHead>>,
    Row<BeforeDecision,         AssignHandlers,        Same,
        Emit<HandlersAssigned>, By<Role::kIntake, Role::kHead>,
        When<TwoHandlers, HandlersKnown, HandlersFree>>,
    Row<Any<Lodged, SignedFor, Accepted, ReplyNoticeSent, RepliesIn, Hearing, DecisionDrafted,
            LegalReview>,
        Recuse,                Same,
        Emit<OfficerRecused>, ByHeadOnly, When<NotRecusedBefore>>,
    Row<Any<SignedFor, Accepted, ReplyNoticeSent, RepliesIn, Hearing, DecisionDrafted, LegalReview,
            DecisionMade, Served, Published, Withdrawn, NotAccepted>,
        ReportViolation,       Same,
        Emit<ViolationReported>, ByHeadOnly>,
    Row<Reviewable,             RecordReview,          Same,
        Emit<ReviewStarted>, ByIntakeOnly, When<ReviewNotPending>>,
    Row<Reviewable,             RecordReviewOutcome,   Accepted,
        Emit<ReviewEnded, ComplaintReopened>, ByIntakeOnly,
        When<ReviewPending, RulingLimitInRange>, Annulled>,
    Row<Reviewable,             RecordReviewOutcome,   Same,
        Emit<ReviewEnded>, ByIntakeOnly, When<ReviewPending>, NotAnnulled>,

    Row<Draft,                  RecordDecision,        Published,
        Emit<DecisionRecorded>, ByRecorderOnly, When<RecordedRegionKnown, DatesInOrder>,
        WasPublished>,
    Row<Draft,                  RecordDecision,        DecisionMade,
        Emit<DecisionRecorded>, ByRecorderOnly, When<RecordedRegionKnown, DatesInOrder>,
        NotPublished>,
    Row<Draft,                  RecordRefusal,         NotAccepted,
        Emit<RefusalRecorded>, ByRecorderOnly, When<RecordedRegionKnown, DatesInOrder>>,
    Row<Draft,                  RecordWithdrawal,      Withdrawn,
        Emit<WithdrawalRecorded>, ByRecorderOnly, When<RecordedRegionKnown, DatesInOrder>>,
    Row<Draft,                  RecordSuspension,      Accepted,
        Emit<SuspensionRecorded>, ByRecorderOnly,
        When<RecordedRegionKnown, DatesInOrder, SuspensionWithinCap>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
  static Json Upcast(const std::string& type, std::int64_t version, Json data);
};

}  // namespace docket::complaint
