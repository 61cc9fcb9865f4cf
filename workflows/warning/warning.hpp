/// Early warning (预警): a supervision point that turned yellow or red, until a person has put it
/// right (FJ18-9(3), HN18-5). Read top-down; the words are in vocabulary.hpp, states.hpp,
/// commands.hpp, events.hpp, facts.hpp and guards.hpp.
#pragma once

#include "workflows/engine/machine.hpp"
#include "workflows/warning/guards.hpp"

namespace docket::warning {

using OpenWarning = Any<Triggered, Assigned, CorrectionPending, Issued, FeedbackIn, FeedbackRead>;
using InDepartment = Any<Assigned, CorrectionPending, Issued, FeedbackIn, FeedbackRead>;

struct Warning : Definition<Warning, Facts, Event> {
  static constexpr std::string_view kName = "warning", kZh = "预警";
  static constexpr std::string_view kPurpose =
      "监督点自动或人工触发的预警，由有管辖权的监督部门限期处理：纠正、发出预警并收取反馈、转办，"
      "直至办结。";
  using initial_state = Unraised;
  using States = TypeList<Unraised, Triggered, Assigned, CorrectionPending, Issued, FeedbackIn,
                          FeedbackRead, Closed, Corrected, AutoCleared, Converted>;
  using Standing = When<DepartmentCompetent, OfficerNotRecused>;
  using ByHandler = By<Role::kHandler>;
  using ByHead = By<Role::kHead>;
  using ByRule = By<Role::kProcessManager>;
  using ByDesk = By<Role::kHead, Role::kIntake>;
  using ByAnswering = By<Role::kTenderer, Role::kTradingCentre, Role::kDataProvider,
                         Role::kPlatformOperator, Role::kIntake>;

  // clang-format off
  using Rows = Table<
    //  from               command            to
    //      emits, who, when, for
    Row<Unraised,          Raise,             Triggered,
        Emit<WarningRaised>,
        By<Role::kHandler, Role::kHead, Role::kAudit, Role::kResourceOffice,
           Role::kProcessManager>,
        When<RegionOfCommandKnown, WithinCompetence, ModeFitsOrigin, RuleStated>>,
    Row<Triggered,         Assign,            Assigned,
        Emit<WarningAssigned>,
        By<Role::kHead, Role::kIntake, Role::kResourceOffice, Role::kProcessManager>,
        When<AssignedToCompetentUnit, HandlersOfUnit>>,
    Row<InDepartment,      AppointHandlers,   Same,
        Emit<HandlersAppointed>, ByDesk, When<HandlersNamed, HandlersOfUnit, HandlersNotRecused>>,
    Row<InDepartment,      Recuse,            Same,
        Emit<OfficerRecused>, ByHead>,
    Row<OpenWarning,       TurnRed,           Same,
        Emit<WarningTurnedRed>, ByRule, When<AtTimeLimitPoint, StillYellow, PeriodIsOver>>,
    Row<Any<Triggered, Assigned>, Clear,      AutoCleared,
        Emit<WarningCleared>, ByRule, When<RuleMayClear>>,

    Row<Any<Assigned, FeedbackRead>, ProposeCorrection, CorrectionPending,
        Emit<CorrectionWasProposed>, ByHandler,
        When<ByHandlerOfCase, EvidenceGiven>>,
    Row<CorrectionPending, ConfirmCorrection, Corrected,
        Emit<WarningCorrected>, ByHead::ApartFrom<CorrectionWasProposed>>,
    Row<CorrectionPending, RejectCorrection,  Assigned,
        Emit<CorrectionRejected>, ByHead, When<>, For<CameFrom<Assigned>>>,
    Row<CorrectionPending, RejectCorrection,  FeedbackRead,
        Emit<CorrectionRejected>, ByHead, When<>, For<CameFrom<FeedbackRead>>>,

    Row<Assigned,          Issue,             Issued,
        Emit<WarningIssued>, ByHandler,
        When<ByHandlerOfCase, AddresseeNamed, AddresseeAnswers, AddresseeIsAnother>>,
    Row<Issued,            GiveFeedback,      FeedbackIn,
        Emit<FeedbackReceived>, ByAnswering, When<ByAddressee>>,
    Row<FeedbackIn,        ReadFeedback,      FeedbackRead,
        Emit<FeedbackWasRead>, ByHandler, When<ByHandlerOfCase>>,
    Row<FeedbackRead,      Reissue,           Issued,
        Emit<WarningReissued>, ByHandler, When<ByHandlerOfCase>>,
    Row<FeedbackRead,      Close,             Closed,
        Emit<WarningClosed>, ByHandler, When<ByHandlerOfCase>>,
    Row<OpenWarning,       Convert,           Converted,
        Emit<WarningConverted>, ByHead>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::warning
