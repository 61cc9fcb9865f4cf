/// Inspection (动态抽查): the office and the departments inspect by a yearly plan and a list, what is
/// inspected is drawn at random and can be drawn again, and the results are published (XX17-15,
/// XX17-18, HN17-5.3). One case is one plan.
#pragma once

#include "workflows/inspection/events.hpp"
#include "workflows/inspection/guards.hpp"
#include "workflows/inspection/states.hpp"

namespace docket::inspection {

struct Inspection : Definition<Inspection, Facts, Event> {
  static constexpr std::string_view kName = "inspection", kZh = "动态抽查";
  static constexpr std::string_view kPurpose =
      "公管办会同行政监督部门制定年度抽检计划和抽检目录清单，随机抽取事项开展联合监督检查，结果经双方"
      "确认和保密审查后向社会公布；结果较差的，视情况通报、约谈、限期整改、限制交易业务。";
  using initial_state = Unplanned;
  using States = TypeList<Unplanned, Drafted, Approved, InExecution, ResultsConfirmed,
                          PublicationProposed, Published, Exempt, Completed, Cancelled>;
  using Standing = When<UnitOfPlace>;
  using ByOffice = By<Role::kResourceOffice>;

  // clang-format off
  using Rows = Table<
    //  from          command           to
    //      emits, who, when, for
    Row<Unplanned,    DraftPlan,        Drafted,
        Emit<PlanDrafted>, ByOffice,
        When<RegionOfCommandKnown, OfficeOfRegion, CompletionInRange, AdHocHasReason,
             EntriesUsable>>,
    Row<Drafted,      JoinPlan,         Same,
        Emit<PlanJoined>, By<Role::kHandler, Role::kHead>,
        When<NotJoinedYet, TwoHandlersNamed, HandlersOfUnit>>,
    Row<Any<Drafted, Approved>,RevisePlan,       Drafted,
        Emit<PlanRevised>, ByOffice, When<CatalogueVersionNew, EntriesUsable>>,
    Row<Drafted,      ApprovePlan,      Approved,
        Emit<PlanApproved>, ByOffice::ApartFrom<PlanDrafted, PlanRevised>,
        When<JoinedByDepartment>>,
    Row<Any<Drafted, Approved>,CancelPlan,       Cancelled,
        Emit<PlanCancelled>, ByOffice>,
    Row<Approved,     DrawSample,       InExecution,
        Emit<SampleDrawn>, ByOffice, When<SizeWithinList>>,
    Row<InExecution,  NotifyObject,     Same,
        Emit<ObjectNotified>, ByOffice, When<ItemDrawn, NotNotifiedYet, NoticeNotInFuture>>,
    Row<InExecution,  RecordFinding,    Same,
        Emit<FindingRecorded>, By<Role::kHandler>,
        When<ByHandlerOfCase, ObjectWasNotified, InspectedInOrder, FindingOnce, TwoHandlersNamed,
             HandlersOfUnit, CoverageFits>>,
    Row<InExecution,  ConfirmResult,    Same,
        Emit<ResultWasConfirmed>,
        By<Role::kHead, Role::kResourceOffice>::ApartFrom<FindingRecorded>,
        When<FindingKnown, ByDepartmentOfFinding, SideNotConfirmedYet>>,
    Row<InExecution,  ConcludeInspection, ResultsConfirmed,
        Emit<InspectionConcluded>, ByOffice, When<EveryResultConfirmed>>,
    Row<ResultsConfirmed, ProposePublication, PublicationProposed,
        Emit<PublicationWasProposed>, ByOffice>,
    Row<PublicationProposed, ReturnProposal, ResultsConfirmed,
        Emit<ProposalReturned>, ByOffice::ApartFrom<PublicationWasProposed>>,
    Row<PublicationProposed, Publish,   Published,
        Emit<ResultPublished>, ByOffice::ApartFrom<PublicationWasProposed>,
        When<PublishedByNow>>,
    Row<PublicationProposed, ExemptFromPublication, Exempt,
        Emit<PublicationExempted>, ByOffice::ApartFrom<PublicationWasProposed>>,
    Row<Any<Published, Exempt>,TakeMeasure,      Same,
        Emit<MeasureTaken>, ByOffice,
        When<ResultCallsForMeasure, MeasureOfInspection, MeasureHasItsLimit>>,
    Row<Any<Published, Exempt>,Complete,         Completed,
        Emit<InspectionCompleted>, ByOffice,
        When<PoorResultsFollowedUp, MissingEntriesCirculated>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::inspection
