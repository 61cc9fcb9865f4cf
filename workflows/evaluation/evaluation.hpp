/// Evaluation (考核评价): by indicators that are frozen before the year starts, on evidence of four
/// kinds and by independent evaluators; the object sees the draft and may object before the result
/// is final and public (XX17-3.3; FJ18-11(3), 13(4); FJ16-7). One case is one object and year.
#pragma once

#include "workflows/evaluation/events.hpp"
#include "workflows/evaluation/guards.hpp"
#include "workflows/evaluation/states.hpp"

namespace docket::evaluation {

struct Evaluation : Definition<Evaluation, Facts, Event> {
  static constexpr std::string_view kName = "evaluation", kZh = "考核评价";
  static constexpr std::string_view kPurpose =
      "综合运用实地查看、市场主体评价、网络评价、第三方评估等方式，每年对平台运行服务机构、各地电子监督"
      "管理工作等实施考评，初评结果告知考评对象，审定后公布；结果较差的，采取限期整改、限制交易业务、取消"
      "提供服务资格等措施。";
  using initial_state = Unplanned;
  using States = TypeList<Unplanned, Planned, IndicatorsSet, Opened, Scored, DraftShown,
                          ObjectionRaised, Final, Published, Completed, ServiceCancelled>;
  using Standing = When<UnitOfPlace>;
  using ByOffice = By<Role::kResourceOffice>;
  using ByObject =
      By<Role::kTradingCentre, Role::kDataProvider, Role::kHead, Role::kResourceOffice>;

  // clang-format off
  using Rows = Table<
    //  from           command           to
    //      emits, who, when, for
    Row<Unplanned,     PlanEvaluation,   Planned,
        Emit<EvaluationPlanned>, ByOffice,
        When<RegionOfCommandKnown, OfficeOfRegion, ActorNotOfObject, YearAhead>>,
    Row<Any<Planned, IndicatorsSet>,SetIndicators,    IndicatorsSet,
        Emit<IndicatorsWereSet>, ByOffice,
        When<ActorNotOfObject, BeforeTheYear, WeightsUsable, MethodsUsable, PoorBelowFits>>,
    Row<IndicatorsSet, Open,             Opened,
        Emit<EvaluationOpened>, ByOffice::ApartFrom<IndicatorsWereSet>,
        When<ActorNotOfObject, YearHasBegun, TwoEvaluators, EvaluatorsIndependent>>,
    Row<Opened,        RecordEvidence,   Same,
        Emit<EvidenceRecorded>, By<Role::kHandler, Role::kHead, Role::kResourceOffice>,
        When<ByEvaluator, ActorNotOfObject, MethodOpen, CollectedByNow, ScoresFit,
             AssessorNamed>>,
    Row<Opened,        WaiveEvidence,    Same,
        Emit<EvidenceWaived>, ByOffice, When<ActorNotOfObject, MethodOpen>>,
    Row<Opened,        Score,            Scored,
        Emit<ScoreComputed>, ByOffice, When<ActorNotOfObject, MethodsSettled, SomeEvidence>>,
    Row<Scored,        ShowDraft,        DraftShown,
        Emit<DraftWasShown>, ByOffice, When<DraftDeliveredByNow>>,
    Row<DraftShown,    RaiseObjection,   ObjectionRaised,
        Emit<ObjectionWasRaised>, ByObject, When<ByTheObject, ObjectionPeriodRuns>>,
    Row<ObjectionRaised, AnswerObjection, Opened,
        Emit<ObjectionAnswered>, ByOffice, When<ActorNotOfObject, MethodsNamed>, For<Upheld>>,
    Row<ObjectionRaised, AnswerObjection, DraftShown,
        Emit<ObjectionAnswered>, ByOffice, When<ActorNotOfObject>, For<NotUpheld>>,
    Row<DraftShown,    Finalise,         Final,
        Emit<ResultFinalised>, ByOffice::ApartFrom<ScoreComputed, EvidenceRecorded>,
        When<ActorNotOfObject, ObjectionPeriodOver>>,
    Row<Final,         Publish,          Published,
        Emit<ResultPublished>, ByOffice, When<PublishedByNow>>,
    Row<Published,     TakeMeasure,      Same,
        Emit<MeasureTaken>, ByOffice, When<ResultPoor, MeasureFitsKind, MeasureHasItsLimit>>,
    Row<Published,     CancelService,    ServiceCancelled,
        Emit<ServiceWasCancelled>, ByOffice::ApartFrom<ScoreComputed, EvidenceRecorded>,
        When<OfTradingCentre, ResultPoor>>,
    Row<Published,     Complete,         Completed,
        Emit<EvaluationCompleted>, ByOffice>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::evaluation
