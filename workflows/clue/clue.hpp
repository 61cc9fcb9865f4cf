/// Clue and report (问题线索、举报): registered, told apart from complaint and petition, checked,
/// and led to a case, a transfer or an end with reasons (FJ18-9(2)；XX17-13). Read top-down; the
/// words are in vocabulary.hpp, states.hpp, commands.hpp, events.hpp, facts.hpp, guards.hpp.
#pragma once

#include "workflows/clue/events.hpp"
#include "workflows/clue/guards.hpp"
#include "workflows/clue/states.hpp"
#include "workflows/engine/machine.hpp"

namespace docket::clue {

struct Clue : Definition<Clue, Facts, Event> {
  static constexpr std::string_view kName = "clue", kZh = "问题线索（举报）";
  static constexpr std::string_view kPurpose =
      "登记来自系统、检查、审计、媒体、移送和举报的问题线索，分类初核后立案、移送或者了结，并向实名"
      "举报人反馈。";
  using initial_state = Noted;
  using States = TypeList<Noted, Received, Registered, Classified, PreliminaryCheck, PetitionTrack,
                          Transferred, ResultReturned, CaseOpened, NoFurtherAction, Merged,
                          Referred, PetitionClosed>;
  using Standing = When<DepartmentCompetent, NotNamedInClue, InterferenceKept>;
  using ByHead = By<Role::kHead>;
  using ByDesk = By<Role::kIntake, Role::kHead>;
  using ByDeskOrDiscipline = By<Role::kIntake, Role::kHead, Role::kDiscipline>;
  using Answer = PetitionAnswer;

  // clang-format off
  using Rows = Table<
    //  from               command           to
    //      emits, who, when, for
    Row<Noted,             Receive,          Received,
        Emit<ClueReceived>,
        By<Role::kIntake, Role::kHead, Role::kResourceOffice, Role::kAudit, Role::kDiscipline,
           Role::kTradingCentre, Role::kComplainant, Role::kProcessManager>,
        When<RegionOfCommandKnown, SourceFitsRole>>,
    Row<Received,          Register,         Registered,
        Emit<ClueRegistered>, ByDesk, When<DuplicatesAreClues>>,
    Row<Any<Registered, Classified, PreliminaryCheck, PetitionTrack>,Classify,         Classified,
        Emit<ClueClassified>, ByDesk, When<>, AsClue>,
    Row<Any<Registered, Classified, PreliminaryCheck>,Classify,         PetitionTrack,
        Emit<ClueClassified>, ByDesk, When<>, AsPetition>,
    Row<Any<Registered, Classified, PreliminaryCheck, PetitionTrack>,Classify,         Referred,
        Emit<ClueClassified>, ByDesk, When<DestinationNamed>, Elsewhere>,
    Row<Any<Classified, PreliminaryCheck>,AssignCheck,      PreliminaryCheck,
        Emit<CheckAssigned>, ByHead,
        When<NoInterference, TwoHandlersNamed, HandlersOfUnit, HandlersNotNamed>>,
    Row<PreliminaryCheck,  RecordCheck,      Same,
        Emit<CheckRecorded>, By<Role::kHandler>, When<ByHandlerOfCase>>,
    Row<PreliminaryCheck,  ReviewLegality,   Same,
        Emit<LegalityReviewed>, By<Role::kLegalReviewer>::ApartFrom<CheckRecorded>,
        When<CheckReported>>,
    Row<PreliminaryCheck,  OpenCase,         CaseOpened,
        Emit<CaseWasOpened, FeedbackOwed>, ByHead::ApartFrom<CheckRecorded>,
        When<FilingStandardMet>>,
    Row<PreliminaryCheck,  EndWithoutAction, NoFurtherAction,
        Emit<EndedWithoutAction, FeedbackOwed>,
        ByHead::ApartFrom<CheckRecorded, LegalityReviewed>,
        When<CheckReported, NamedReportReviewed>>,
    Row<Any<Classified, PreliminaryCheck>,Transfer,         Transferred,
        Emit<TransferApproved, FeedbackOwed>, ByHead::ApartFrom<CheckRecorded>,
        When<InterferenceToDiscipline>>,
    Row<Transferred,       Dispatch,         Same,
        Emit<TransferDispatched>, ByDesk, When<NotYetDispatched>>,
    Row<Transferred,       RecordReceipt,    Same,
        Emit<TransferReceived>, ByDeskOrDiscipline,
        When<DisciplineForItself, DispatchedBefore, ReceiptIsNew>>,
    Row<Transferred,       RecordResult,     ResultReturned,
        Emit<TransferResultReturned>, ByDeskOrDiscipline, When<DisciplineForItself, ReceiptIn>,
        TakenUp>,
    Row<Transferred,       RecordResult,     Classified,
        Emit<TransferResultReturned>, ByDeskOrDiscipline, When<DisciplineForItself, ReceiptIn>,
        Declined>,
    Row<Any<Registered, Classified, PreliminaryCheck>,Merge,            Merged,
        Emit<ClueMerged, FeedbackOwed>, ByHead, When<MergeTargetValid>>,
    Row<Any<CaseOpened, NoFurtherAction, Transferred, ResultReturned, Merged>,GiveFeedback,
        Same,
        Emit<FeedbackGiven>, By<Role::kHandler, Role::kIntake, Role::kHead>,
        When<ByHandlerOfCase, ReporterAwaitsFeedback>>,

    Row<PetitionTrack,     AnswerPetition,   Same,
        Emit<PetitionAnswered>, ByDesk, When<PetitionerNotTold>, PetitionIs<Answer::kAccepted>>,
    Row<PetitionTrack,     AnswerPetition,   PetitionClosed,
        Emit<PetitionAnswered>, ByDesk, When<PetitionerNotTold>, PetitionIs<Answer::kNotAccepted>>,
    Row<PetitionTrack,     AnswerPetition,   Referred,
        Emit<PetitionAnswered>, ByDesk,
        When<PetitionerNotTold, DestinationNamed, ReturnPeriodRuns>, PetitionIs<Answer::kReturned>>,
    Row<PetitionTrack,     ExtendPetition,   Same,
        Emit<PetitionExtended>, ByHead, When<PetitionLimitRuns, ExtensionInRange>>,
    Row<PetitionTrack,     ClosePetition,    PetitionClosed,
        Emit<PetitionWasClosed>, ByDesk, When<PetitionerTold>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::clue
