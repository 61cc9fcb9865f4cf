// The evaluation: each row, each refusal, the score done by hand, and its clocks.
#include "workflows/evaluation/evaluation.hpp"

#include "tests/support/spec.hpp"

namespace docket::evaluation {

const Workflow& Definition();

namespace {

using docket::testing::Spec;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

Date On(std::string_view text) { return *Date::Parse(text); }
DocumentRef Paper(const std::string& name) {
  return {DocumentDigest("sha256:" + std::string(64, 'a')), PersonalText(name)};
}

const PersonalText kReason("年度内已停用网络评价功能");
const UnitId kCentre("centre");
const UnitId kBureau("bureau");
const std::vector<ActorId> kEvaluators{ActorId("han"), ActorId("lin")};
const std::vector<Indicator> kIndicators{
    {"S1", "公共服务", 40}, {"S2", "交易服务", 35}, {"S3", "内控管理", 25}};
const std::vector<MethodWeight> kMethods{{Method::kSiteVisit, 40},
                                         {Method::kMarketSubjects, 20},
                                         {Method::kNetwork, 10},
                                         {Method::kThirdParty, 30}};

PlanEvaluation SamplePlan(Kind kind = Kind::kTradingCentre, const UnitId& object = kCentre) {
  return {RegionCode("330482"), kind, object, On("2024-01-01")};
}
const SetIndicators kSetting{kIndicators, kMethods, 6000};
/// A plan, and where the line of a poor result is drawn.
struct Basis {
  PlanEvaluation plan = SamplePlan();
  std::int64_t poor_below = 6000;
};
RecordEvidence SampleEvidence(Method method, const std::vector<std::int64_t>& scores) {
  RecordEvidence evidence;
  evidence.method = method;
  evidence.collected_on = On("2024-11-20");
  evidence.scores = {{"S1", scores[0]}, {"S2", scores[1]}, {"S3", scores[2]}};
  evidence.document = Paper("考评记录.pdf");
  if (method == Method::kThirdParty) evidence.assessor = CreditCode("91330100799655058B");
  return evidence;
}
const ShowDraft kDraft{On("2024-12-30"), Paper("初评结果告知书.pdf")};
const RaiseObjection kObjection{PersonalText("实地查看未计入新设窗口"), {Paper("说明.pdf")}};
const Publish kPublication{On("2025-03-04"), "门户网站"};
const CancelService kCancellation{On("2025-04-01"), kReason, Paper("决定书.pdf")};
TakeMeasure SampleMeasure(Measure measure, std::optional<Date> until = {}) {
  return {measure, kReason, until};
}

struct EvaluationTest : ::testing::Test {
  Spec spec{Definition()};

  EvaluationTest() {
    const UnitId province("province");
    spec.Unit({province, "某省发展和改革委员会", RegionCode("330000"), {}});
    spec.Unit({UnitId("far"), "外省公管办", RegionCode("410100"), {Industry::kConstruction}});
    spec.Actor({ActorId("office_2"), kBureau, {Role::kResourceOffice}});
    spec.Actor({ActorId("far_office"), UnitId("far"), {Role::kResourceOffice}});
    spec.Actor({ActorId("far_handler"), UnitId("far"), {Role::kHandler}});
    for (const char* id : {"province_1", "province_2"}) {
      spec.Actor({ActorId(id), province, {Role::kResourceOffice}});
    }
  }
  /// Planned and set in the year before.
  Spec& InSet(const Basis& basis = {}) {
    spec.Fresh().At("2023-12-20").As("office").Given(EvaluationPlanned{basis.plan});
    return spec.Given(IndicatorsWereSet{{kIndicators, kMethods, basis.poor_below}});
  }
  Spec& InOpened(const Basis& basis = {}, const std::vector<ActorId>& evaluators = kEvaluators) {
    InSet(basis).At("2024-10-08").As("office_2");
    return spec.Given(EvaluationOpened{{evaluators}, On("2024-12-31")}).At("2024-12-02");
  }
  /// Three methods had and one waived: 74.44 points.
  Spec& InSettled(const Basis& basis = {}) {
    InOpened(basis).As("han");
    spec.Given(EvidenceRecorded{SampleEvidence(Method::kSiteVisit, {9000, 8000, 7000})});
    spec.Given(EvidenceRecorded{SampleEvidence(Method::kMarketSubjects, {8500, 8033, 6000})});
    spec.Given(EvidenceRecorded{SampleEvidence(Method::kThirdParty, {7000, 6500, 5001})});
    return spec.As("office").Given(EvidenceWaived{{Method::kNetwork, kReason}});
  }
  Spec& InScored(const Basis& basis = {}) {
    return InSettled(basis).Given(
        ScoreComputed{7444, {{"S1", 8222}, {"S2", 7507}, {"S3", 6111}}, false});
  }
  Spec& InShown(const Basis& basis = {}) {
    return InScored(basis).At("2024-12-30").Given(DraftWasShown{kDraft});
  }
  Spec& InObjected(const Basis& basis = {}) {
    InShown(basis).At("2025-01-14").As("centre").Given(ObjectionWasRaised{kObjection});
    return spec.As("office");
  }
  /// Published; a poor result where the line is drawn at 75 points.
  Spec& InPublished(std::int64_t poor_below, Kind kind = Kind::kTradingCentre) {
    InShown({SamplePlan(kind), poor_below}).At("2025-02-05").TimePasses();
    spec.As("office_2").Given(ResultFinalised{{PersonalText("同意")}});
    return spec.At("2025-03-04").As("office").Given(ResultPublished{kPublication});
  }
  const CaseClock& ClockOf(const std::string& id) { return *spec.Model().Clocks().Find(id); }
};

// Shows A159.
TEST_F(EvaluationTest, IndicatorsAndWeightsAreSetBeforeTheYearAndThenFrozen) {
  spec.At("2023-12-20")
      .As("office")
      .When(SamplePlan())
      .ThenHappens(EvaluationPlanned{SamplePlan()});
  EXPECT_EQ(spec.Model().Summary().title, "2024年平台运行服务机构考评 centre");
  spec.At("2023-12-31T23:59:59+08:00").When(kSetting).ThenHappens(IndicatorsWereSet{kSetting});
  auto again = kSetting;
  again.poor_below = 7000;
  spec.When(again).ThenHappens(IndicatorsWereSet{again});
  EXPECT_EQ(spec.State(), "indicators_set");
  spec.At("2024-01-01").When(kSetting).ThenRefused("indicators_frozen");
  spec.Fresh().At("2023-12-20").Given(EvaluationPlanned{SamplePlan()}).At("2024-01-01");
  spec.When(kSetting).ThenRefused("indicators_frozen");
}

TEST_F(EvaluationTest, AnOfficeEvaluatesOthersOfItsOwnPlaceInTheYearAhead) {
  spec.At("2023-12-20").As("office");
  auto plan = SamplePlan();
  plan.region = RegionCode("990000");
  spec.When(plan).ThenRefused("region_unknown");
  plan.region = RegionCode("330483");
  spec.When(plan).ThenRefused("region_outside_office");
  spec.When(SamplePlan(Kind::kDepartment, kBureau)).ThenRefused("evaluates_own_unit");
  for (const char* day : {"2023-12-20", "2024-12-21"}) {
    plan = SamplePlan();
    plan.year_starts_on = On(day);
    spec.When(plan).ThenRefused("evaluation_year_out_of_range");
  }
  for (const char* day : {"2023-12-21", "2024-12-20"}) {
    plan.year_starts_on = On(day);
    spec.When(plan).Then(EvaluationPlanned{plan});
  }
  InSet().At("2024-01-02").As("far_office").When(Open{kEvaluators});
  spec.ThenRefused("unit_not_competent");
}

TEST_F(EvaluationTest, AYearEndsOnTheDayBeforeItsDayComesAgain) {
  const std::vector<std::pair<std::string, std::string>> years{{"2024-07-01", "2025-06-30"},
                                                               {"2024-02-29", "2025-02-28"}};
  for (const auto& [first, last] : years) {
    auto plan = SamplePlan();
    plan.year_starts_on = On(first);
    InSet({plan}).At("2024-07-01").As("office_2").When(Open{kEvaluators});
    spec.ThenHappens(EvaluationOpened{{kEvaluators}, On(last)});
  }
}

TEST_F(EvaluationTest, WeightsAreWholeAndSumToAHundred) {
  for (const bool again : {false, true}) {
    spec.Fresh().At("2023-12-20").As("office").Given(EvaluationPlanned{SamplePlan()});
    if (again) spec.Given(IndicatorsWereSet{kSetting});
    auto one = kSetting;
    one.indicators[0].weight = 41;
    spec.When(one).ThenRefused("weights_unusable");
    one.indicators[0].weight = 0;
    one.indicators[1].weight = 75;
    spec.When(one).ThenRefused("weights_unusable");
    one = kSetting;
    one.indicators[1].code = "S1";
    spec.When(one).ThenRefused("weights_unusable");
    one.indicators.clear();
    spec.When(one).ThenRefused("weights_unusable");
    one = kSetting;
    one.methods[0].weight = 39;
    spec.When(one).ThenRefused("methods_unusable");
    one = kSetting;
    one.methods[1].method = Method::kSiteVisit;
    spec.When(one).ThenRefused("methods_unusable");
    one = kSetting;
    one.methods.pop_back();
    one.methods[0].weight = 70;
    spec.When(one).ThenRefused("methods_unusable");
    for (const std::int64_t line : {0, 10'001}) {
      one = kSetting;
      one.poor_below = line;
      spec.When(one).ThenRefused("poor_below_out_of_range");
    }
  }
}

// Shows A159.
TEST_F(EvaluationTest, AnotherOpensItWithIndependentEvaluators) {
  InSet().As("office_2").When(Open{kEvaluators}).ThenRefused("year_not_begun");
  spec.At("2024-01-01").As("office").When(Open{kEvaluators}).ThenRefused("separation_of_duties");
  spec.As("office_2").When(Open{{ActorId("han")}}).ThenRefused("two_evaluators_required");
  spec.When(Open{{ActorId("han"), ActorId("han")}}).ThenRefused("two_evaluators_required");
  spec.When(Open{{ActorId("han"), ActorId("centre")}}).ThenRefused("evaluator_not_independent");
  spec.When(Open{{ActorId("han"), ActorId("nobody")}}).ThenRefused("evaluator_not_independent");
  spec.When(Open{kEvaluators}).ThenHappens(EvaluationOpened{{kEvaluators}, On("2024-12-31")});
  EXPECT_EQ(spec.State(), "opened");

  InSet().As("office_2").Given(IndicatorsWereSet{kSetting}).At("2024-01-01");
  spec.When(Open{kEvaluators}).ThenRefused("separation_of_duties");
}

// Shows A159.
TEST_F(EvaluationTest, EvidenceIsOfFourKindsOrWaivedWithReason) {
  InOpened().As("wu");
  const auto visit = SampleEvidence(Method::kSiteVisit, {9000, 8000, 7000});
  spec.When(visit).ThenRefused("actor_not_evaluator");
  spec.As("han").When(visit).ThenHappens(EvidenceRecorded{visit});
  spec.When(visit).ThenRefused("method_settled");
  auto social = SampleEvidence(Method::kMarketSubjects, {8500, 8033, 6000});
  social.collected_on = On("2024-12-03");
  spec.When(social).ThenRefused("evidence_in_future");
  social.collected_on = On("2024-12-02");
  social.scores.pop_back();
  spec.When(social).ThenRefused("scores_unusable");
  social.scores.push_back({"S1", 1});
  spec.When(social).ThenRefused("scores_unusable");
  social.scores.back() = {"S3", 10'001};
  spec.When(social).ThenRefused("scores_unusable");
  social.scores.back() = {"S3", -1};
  spec.When(social).ThenRefused("scores_unusable");
  social.scores.back() = {"S3", 0};
  social.assessor = CreditCode("91330100799655058B");
  spec.When(social).ThenRefused("assessor_unusable");
  social.assessor = std::nullopt;
  spec.When(social).ThenHappens(EvidenceRecorded{social});
  auto third_party = SampleEvidence(Method::kThirdParty, {7000, 6500, 10'000});
  third_party.assessor = std::nullopt;
  spec.When(third_party).ThenRefused("assessor_unusable");
  third_party.assessor = CreditCode("91330100799655058B");
  spec.When(third_party).ThenHappens(EvidenceRecorded{third_party});
  spec.As("office").When(Score{}).ThenRefused("methods_unsettled");
  spec.When(WaiveEvidence{Method::kThirdParty, kReason}).ThenRefused("method_settled");
  spec.When(WaiveEvidence{Method::kNetwork, kReason});
  spec.ThenHappens(EvidenceWaived{{Method::kNetwork, kReason}});
  spec.When(WaiveEvidence{Method::kNetwork, kReason}).ThenRefused("method_settled");
}

TEST_F(EvaluationTest, NotEveryMethodIsWaived) {
  InOpened().As("office");
  for (const auto& name : EnumTable<Method>::kNames) {
    spec.Given(EvidenceWaived{{name.value, kReason}});
  }
  spec.When(Score{}).ThenRefused("no_evidence");
}

/// S1: (40*90.00 + 20*85.00 + 30*70.00) / 90 = 82.22; S2: 75.0733; S3: 61.1144.
/// All: (40*740000 + 35*675660 + 25*550030) / 9000 = 7444.32 hundredths.
TEST_F(EvaluationTest, TheScoreFollowsFromEvidenceAndWeights) {
  InSettled().When(Score{});
  spec.ThenHappens(ScoreComputed{7444, {{"S1", 8222}, {"S2", 7507}, {"S3", 6111}}, false});
  EXPECT_EQ(spec.Model().Summary().outcome, "passed");
  InSettled({SamplePlan(), 7445}).When(Score{});
  spec.ThenHappens(ScoreComputed{7444, {{"S1", 8222}, {"S2", 7507}, {"S3", 6111}}, true});
  EXPECT_EQ(spec.Model().Summary().outcome, "poor");
  InSettled({SamplePlan(), 7444}).When(Score{}).Happens();
  EXPECT_EQ(spec.Model().Summary().outcome, "passed");
}

TEST(EvaluationScore, HalvesAreRoundedUpOnce) {
  const std::vector<Indicator> indicators{{"A", "甲", 50}, {"B", "乙", 50}};
  const std::vector<MethodWeight> methods{{Method::kSiteVisit, 50}, {Method::kNetwork, 50}};
  const auto result = ScoreOf(
      indicators, methods,
      {{Method::kSiteVisit, {{"A", 1}, {"B", 2}}}, {Method::kNetwork, {{"A", 2}, {"B", 1}}}});
  EXPECT_EQ(result.by_indicator[0].score, 2);
  EXPECT_EQ(result.by_indicator[1].score, 2);
  EXPECT_EQ(result.total, 2);
  const auto lower = ScoreOf(indicators, methods, {{Method::kNetwork, {{"A", 1}, {"B", 0}}}});
  EXPECT_EQ(lower.total, 1);
  EXPECT_EQ(lower.by_indicator[0].score, 1);
}

TEST_F(EvaluationTest, NobodyEvaluatesTheOwnUnit) {
  spec.Fresh().At("2023-12-20").As("province_1");
  spec.Given(EvaluationPlanned{SamplePlan(Kind::kDepartment, kBureau)});
  spec.As("office").When(kSetting).ThenRefused("evaluates_own_unit");
  spec.As("province_1").Given(IndicatorsWereSet{kSetting});
  spec.As("office").When(kSetting).ThenRefused("evaluates_own_unit");
  spec.At("2024-10-08").As("office").When(Open{kEvaluators}).ThenRefused("evaluates_own_unit");
  spec.As("province_2").Given(EvaluationOpened{{kEvaluators}, On("2024-12-31")});
  spec.At("2024-12-02").As("han");
  spec.When(SampleEvidence(Method::kSiteVisit, {1, 2, 3})).ThenRefused("evaluates_own_unit");
  spec.As("office").When(WaiveEvidence{Method::kNetwork, kReason});
  spec.ThenRefused("evaluates_own_unit");
  spec.When(Score{}).ThenRefused("evaluates_own_unit");
  spec.As("province_1").Given(ScoreComputed{5000, {}, true});
  spec.At("2024-12-30").Given(DraftWasShown{kDraft});
  spec.As("office").When(Finalise{kReason}).ThenRefused("evaluates_own_unit");
  spec.Given(ObjectionWasRaised{kObjection});
  for (const bool upheld : {true, false}) {
    spec.When(AnswerObjection{upheld, kReason, {}}).ThenRefused("evaluates_own_unit");
  }
}

TEST_F(EvaluationTest, TheObjectSeesTheDraftAndMayObjectInTime) {
  auto draft = kDraft;
  draft.delivered_on = On("2024-12-31");
  InScored().At("2024-12-30").When(draft).ThenRefused("delivery_in_future");
  spec.When(kDraft).ThenHappens(DraftWasShown{kDraft});
  EXPECT_EQ(ClockOf("evaluation_objection").due_date, On("2025-01-14"));  // 1 January is free.
  spec.At("2025-01-14T23:59:59+08:00").As("office").When(kObjection);
  spec.ThenRefused("not_the_object");
  spec.As("office_2").When(Finalise{kReason}).ThenRefused("objection_period_running");
  spec.As("centre").When(kObjection).ThenHappens(ObjectionWasRaised{kObjection});
  EXPECT_EQ(spec.State(), "objection_raised");

  InShown().At("2025-01-15").As("centre").When(kObjection).ThenRefused("objection_period_over");
  spec.TimePasses();
  EXPECT_EQ(ClockOf("evaluation_objection").state, ClockState::kExpired);
  spec.As("office").When(Finalise{kReason}).ThenRefused("separation_of_duties");
  spec.As("office_2").When(Finalise{kReason}).ThenHappens(ResultFinalised{{kReason}});
}

TEST_F(EvaluationTest, AnObjectionThatIsUpheldSetsEvidenceAside) {
  AnswerObjection answer{true, PersonalText("补充查看"), {}};
  InObjected().When(answer).ThenRefused("methods_missing");
  answer.methods = {Method::kSiteVisit};
  spec.When(answer).ThenHappens(ObjectionAnswered{answer});
  EXPECT_EQ(spec.State(), "opened");
  EXPECT_EQ(spec.Model().Summary().outcome, "");
  spec.When(Score{}).ThenRefused("methods_unsettled");
  spec.As("han").When(SampleEvidence(Method::kSiteVisit, {9500, 9000, 9000})).Happens();
  spec.As("office").When(Score{}).Happens();
  spec.When(ShowDraft{On("2025-01-14"), kDraft.document}).Happens();
  EXPECT_EQ(ClockOf("evaluation_objection").clock, "evaluation_objection#2");
  spec.As("centre").When(kObjection).Happens();
}

TEST_F(EvaluationTest, AnObjectionThatFailsIsTheLast) {
  const AnswerObjection answer{false, PersonalText("理由不成立"), {}};
  InObjected().When(answer).ThenHappens(ObjectionAnswered{answer});
  EXPECT_EQ(spec.State(), "draft_shown");
  spec.As("centre").When(kObjection).ThenRefused("objection_period_over");
  spec.As("office_2").When(Finalise{kReason}).Happens();
}

TEST_F(EvaluationTest, AnObjectionIsAnsweredWithinTenWorkingDays) {
  InObjected();  // Tuesday 2025-01-14; Sunday 01-26 is worked, the Spring Festival begins 01-28.
  EXPECT_EQ(ClockOf("evaluation_answer").due_date, On("2025-01-27"));
  spec.At("2025-01-28").TimePasses();
  EXPECT_EQ(ClockOf("evaluation_answer").state, ClockState::kLapsed);
}

// Shows A159, A160.
TEST_F(EvaluationTest, TheResultIsFinalThreeMonthsAfterItsYearAndThenPublished) {
  InShown().At("2025-02-05").TimePasses();
  EXPECT_EQ(ClockOf("centre_evaluation").due_date, On("2025-03-31"));
  spec.As("office_2").When(Finalise{kReason}).Happens();
  EXPECT_EQ(ClockOf("centre_evaluation").state, ClockState::kMet);
  EXPECT_EQ(ClockOf("evaluation_publication").due_date, On("2025-03-04"));
  spec.At("2025-03-03").When(kPublication).ThenRefused("publication_in_future");
  spec.At("2025-03-04").When(kPublication).ThenHappens(ResultPublished{kPublication});
  EXPECT_EQ(ClockOf("evaluation_publication").state, ClockState::kMet);
  spec.When(Complete{}).ThenHappens(EvaluationCompleted{});
  EXPECT_EQ(spec.State(), "completed");
}

// Shows A160.
TEST_F(EvaluationTest, APoorResultIsFollowedByAMeasure) {
  const auto restriction = SampleMeasure(Measure::kTradeRestriction, On("2025-06-30"));
  InPublished(7000).When(restriction).ThenRefused("result_not_poor");
  InPublished(7500).When(restriction).Then(MeasureTaken{restriction, kCentre});
  const auto rectification = SampleMeasure(Measure::kRectification, On("2025-03-05"));
  spec.When(rectification).ThenHappens(MeasureTaken{rectification, kCentre});
  spec.When(SampleMeasure(Measure::kRectification, On("2025-03-04")));
  spec.ThenRefused("measure_limit_unusable");
  spec.When(SampleMeasure(Measure::kRectification)).ThenRefused("measure_limit_unusable");
  spec.When(SampleMeasure(Measure::kTradeRestriction)).ThenRefused("measure_limit_unusable");
  spec.When(SampleMeasure(Measure::kCircular, On("2025-06-30")));
  spec.ThenRefused("measure_limit_unusable");
  spec.When(SampleMeasure(Measure::kCircular)).Happens();
  spec.When(SampleMeasure(Measure::kServiceCancellation)).ThenRefused("measure_not_of_kind");
}

// Shows A160.
TEST_F(EvaluationTest, ServicesOfACentreAreCancelledByAnotherAndThatIsTheEnd) {
  InPublished(7000).As("office_2").When(kCancellation).ThenRefused("result_not_poor");
  InPublished(7500).When(kCancellation).ThenRefused("separation_of_duties");
  spec.As("office_2").When(kCancellation);
  spec.ThenHappens(ServiceWasCancelled{kCancellation, kCentre});
  EXPECT_EQ(spec.State(), "service_cancelled");
  spec.When(Complete{}).ThenRefused("command_not_allowed_in_state");
}

/// What is evaluated, and the clock of its result.
struct KindAndClock {
  Kind kind;
  std::string clock;
};
struct EvaluationOfKindTest : EvaluationTest, ::testing::WithParamInterface<KindAndClock> {};

TEST_P(EvaluationOfKindTest, HasItsOwnClockAndNoMeasuresOfACentre) {
  const auto& [kind, clock] = GetParam();
  InPublished(7500, kind).As("office_2").When(kCancellation).ThenRefused("not_a_trading_centre");
  spec.When(SampleMeasure(Measure::kTradeRestriction, On("2025-06-30")));
  spec.ThenRefused("measure_not_of_kind");
  spec.When(SampleMeasure(Measure::kInterview)).Happens();
  EXPECT_EQ(ClockOf(clock).due_date, On("2025-03-31"));
  EXPECT_EQ(ClockOf(clock).state, ClockState::kMet);
  EXPECT_EQ(spec.Model().Clocks().Find("centre_evaluation"), nullptr);
}
INSTANTIATE_TEST_SUITE_P(OtherKinds, EvaluationOfKindTest,
                         ::testing::Values(KindAndClock{Kind::kDepartment, "department_evaluation"},
                                           KindAndClock{Kind::kRegion, "region_evaluation"},
                                           KindAndClock{Kind::kEffect, "effect_evaluation"}));

// Shows A161.
TEST_F(EvaluationTest, TheProvinceEvaluatesTheElectronicSupervisionOfACity) {
  const auto plan = SamplePlan(Kind::kDepartment, kBureau);
  spec.At("2023-12-20").As("province_1").When(plan).ThenHappens(EvaluationPlanned{plan});
  spec.When(kSetting).Happens();
  const std::vector<ActorId> evaluators{ActorId("province_1"), ActorId("province_2")};
  spec.At("2024-10-08").As("province_2").When(Open{evaluators}).Happens();
  spec.At("2025-04-01").TimePasses();
  EXPECT_EQ(ClockOf("department_evaluation").state, ClockState::kLapsed);
}

// Shows A191.
TEST_F(EvaluationTest, AGovernmentIsAssessedEveryYear) {
  InOpened({SamplePlan(Kind::kRegion, UnitId("county_government"))});
  EXPECT_EQ(ClockOf("region_evaluation").due_date, On("2025-03-31"));
  EXPECT_EQ(spec.Model().Summary().profile, "region");
}

// Shows A084.
TEST_F(EvaluationTest, WhatTheAnalysisOfAPlatformsDataAchievesIsAssessedRegularly) {
  InOpened({SamplePlan(Kind::kEffect, UnitId("platform"))}).At("2025-04-01").TimePasses();
  EXPECT_EQ(ClockOf("effect_evaluation").state, ClockState::kLapsed);
}

TEST(EvaluationHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace
}  // namespace docket::evaluation
