// The filing: each row and each refusal.
#include <functional>

#include "workflows/filing/filing_test_samples.hpp"

namespace docket::filing {

using docket::testing::Spec;

Spec In(std::string_view state, Type type) {
  Spec spec(Definition());
  spec.Actor({ActorId("rival"), UnitId("public"), {Role::kTenderer}});
  spec.Actor({ActorId("other_clerk"), UnitId("elsewhere"), {Role::kIntake}});
  spec.Unit({UnitId("elsewhere"), "某市水利局", RegionCode("330482"), {Industry::kWater}});
  const auto reached = [&] { return spec.State() == state; };
  spec.At("2024-09-18").As("process_manager").Given(SampleCreated(type, "2024-09-16"));
  if (reached()) return spec;
  spec.At("2024-09-20").As("tenderer").Given(FilingSubmitted{SampleSubmission(), 1});
  if (reached()) return spec;
  spec.At("2024-09-23").As("clerk");
  if (state == ReturnedIncomplete::kName) {
    spec.Given(FilingReturned{{{PersonalText("缺少评标报告")}}});
    return spec;
  }
  spec.Given(FilingSignedFor{SampleSignature().handlers, UnitId("bureau"),
                             Instant::StartOf(On("2024-09-20")), std::nullopt, false});
  if (reached()) return spec;
  spec.At("2024-09-24").As("han").Given(FirstReviewed{{PersonalText("材料齐全")}});
  spec.As("lin").Given(FirstReviewed{{PersonalText("同意")}});
  if (reached()) return spec;
  spec.At("2024-09-25").As("wu").Given(SecondReviewed{{PersonalText("同意")}});
  if (reached()) return spec;
  spec.At("2024-09-26").As("head");
  if (state == FiledOk::kName) spec.Given(NoProblemFound{SampleOpinion()});
  else spec.Given(RectificationWasRequired{SampleRectification()});
  EXPECT_EQ(spec.State(), state);
  return spec;
}

namespace {

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

constexpr Type kReport = Type::kWrittenReport;
const PersonalText kReason("按依据办理");

// Shows A025.
TEST(FilingObligation, ExistsBeforeAnyDocumentAndHasTheStageOfItsType) {
  const std::pair<Type, Stage> stages[] = {
      {Type::kTenderDocuments, Stage::kApproval}, {Type::kSelfTendering, Stage::kApproval},
      {Type::kWrittenReport, Stage::kTrading},    {Type::kObjectionReport, Stage::kTrading},
      {Type::kContract, Stage::kPerformance},     {Type::kPerformance, Stage::kPerformance}};
  for (const auto& [type, stage] : stages) {
    SCOPED_TRACE(ChineseOf(type));
    Spec spec(Definition());
    auto created = SampleCreated(type, "2024-09-16");
    created.stage = stage;
    spec.At("2024-09-18").As("process_manager").When(SampleObligation(type, "2024-09-16"));
    spec.ThenHappens(created);
    EXPECT_EQ(spec.State(), "open");
  }
}

TEST(FilingObligation, IsAlsoCreatedByHandAndThenBelongsToThatDepartment) {
  for (const char* officer : {"clerk", "head"}) {
    auto obligation = SampleObligation(kReport, "2024-09-16");
    obligation.stage = Stage::kPerformance;
    Spec spec(Definition());
    spec.At("2024-09-18").As(officer).When(obligation);
    spec.ThenHappens(ObligationCreated{obligation, UnitId("bureau")});
    EXPECT_EQ(spec.Model().Summary().unit, UnitId("bureau"));
  }
}

TEST(FilingObligation, NamesItsBasisItsPartyAndADayThatHasCome) {
  const auto refused = [](std::string_view code, const std::function<void(CreateObligation&)>& by) {
    Spec spec(Definition());
    auto obligation = SampleObligation(kReport, "2024-09-16");
    by(obligation);
    spec.At("2024-09-18").As("clerk").When(obligation).ThenRefused(code);
  };
  refused("region_unknown", [](auto& c) { c.region = RegionCode("999999"); });
  refused("matter_outside_competence", [](auto& c) { c.industry = Industry::kWater; });
  refused("trigger_in_future", [](auto& c) { c.triggered_on = On("2024-09-19"); });
  refused("invalid_fields", [](auto& c) { c.legal_basis.clear(); });
  refused("obliged_party_missing", [](auto& c) { c.obliged.account.reset(); });
  refused("no_rule_in_force", [](auto& c) { c.triggered_on = On("1999-12-31"); });
}

TEST(FilingObligation, BindsOnlyWhomTheLawOfItsTypeBinds) {
  Spec spec(Definition());
  spec.At("2024-09-18").As("process_manager");
  for (const auto& entry : EnumTable<Type>::kNames) {
    SCOPED_TRACE(entry.zh);
    auto obligation = SampleObligation(entry.value, "2024-09-16");
    obligation.mandatory_tender = false;
    spec.When(obligation);
    const bool mandatory_only = entry.value == Type::kSelfTendering || entry.value == kReport ||
                                entry.value == Type::kCandidatePublication;
    EXPECT_EQ(spec.Decision().has_value(), !mandatory_only);
    if (mandatory_only) spec.ThenRefused("project_not_bound");
  }
  auto obligation = SampleObligation(kReport, "2024-09-16");
  obligation.industry = Industry::kGovernmentProcurement;
  spec.When(obligation).ThenRefused("type_outside_trade");
  obligation.type = Type::kContractCopy;
  obligation.industry = Industry::kConstruction;
  spec.When(obligation).ThenRefused("type_outside_trade");
  obligation.industry.reset();
  spec.When(obligation).Happens();
}

TEST(FilingObligation, BringsALimitOfItsOwnOnlyWhereTheLawLeavesItOpen) {
  Spec spec(Definition());
  spec.At("2024-09-18").As("process_manager");
  for (const auto& entry : EnumTable<Type>::kNames) {
    SCOPED_TRACE(entry.zh);
    auto obligation = SampleObligation(entry.value, "2024-09-16");
    obligation.limit_workdays = 3;
    spec.When(obligation);
    EXPECT_EQ(spec.Decision().has_value(), HasOpenLimit(entry.value));
    if (!HasOpenLimit(entry.value)) spec.ThenRefused("limit_not_open");
  }
  auto obligation = SampleObligation(Type::kContract, "2024-09-16");
  for (const std::int64_t limit : {0, 366}) {
    obligation.limit_workdays = limit;
    spec.When(obligation).ThenRefused("limit_not_open");
  }
  for (const std::int64_t limit : {1, 365}) {
    obligation.limit_workdays = limit;
    spec.When(obligation);
    EXPECT_TRUE(spec.Decision().has_value());
  }
}

TEST(FilingSubmission, IsTheObligedPartysAndIsSealed) {
  for (const char* state : {"open", "returned_incomplete", "rectification_required"}) {
    SCOPED_TRACE(state);
    Spec spec = In(state);
    const auto submission = SampleSubmission();
    spec.As("rival").When(submission).ThenRefused("actor_not_obliged");
    spec.As("tenderer").When(Submit{submission.documents, false, {}});
    spec.ThenRefused("document_or_seal_missing");
    spec.When(Submit{{}, true, {}}).ThenRefused("document_or_seal_missing");
    spec.When(SampleSubmission(On("2024-09-17"))).ThenRefused("done_on_out_of_order");
    const std::int64_t round = std::string_view(state) == "open" ? 1 : 2;
    spec.As("clerk").When(Submit{}).Then(FilingSubmitted{Submit{}, round});
    spec.As("tenderer").When(submission).ThenHappens(FilingSubmitted{submission, round});
    EXPECT_EQ(spec.State(), "submitted");
  }
}

TEST(FilingSubmission, ColleaguesOfAnObligedUnitSubmitForIt) {
  Spec spec(Definition());
  spec.Actor({ActorId("colleague"), UnitId("builder"), {Role::kTenderer}});
  auto created = SampleCreated(kReport, "2024-09-16");
  created.obliged.account.reset();
  created.obliged.unit = UnitId("builder");
  spec.At("2024-09-18").As("process_manager").Given(created);
  spec.As("tenderer").When(SampleSubmission()).ThenRefused("actor_not_obliged");
  spec.As("colleague").When(SampleSubmission()).Happens();
}

TEST(FilingSubmission, TheDayOfAnActLiesBetweenItsTriggerAndToday) {
  Spec spec = In("open", Type::kContractSigning);
  spec.As("tenderer");
  for (const char* day : {"2024-09-15", "2024-09-19"}) {
    spec.When(SampleSubmission(On(day))).ThenRefused("done_on_out_of_order");
  }
  for (const char* day : {"2024-09-16", "2024-09-18"}) {
    spec.When(SampleSubmission(On(day))).Then(FilingSubmitted{SampleSubmission(On(day)), 1});
  }
}

TEST(FilingIntake, WhatBelongsElsewhereIsReturnedAndTheObligationStaysOpen) {
  Spec spec = In("submitted");
  spec.As("clerk").When(ReturnNotCompetent{}).ThenRefused("invalid_fields");
  const ReturnNotCompetent elsewhere{"青川市水利局"};
  spec.When(elsewhere).ThenHappens(FilingNotCompetent{elsewhere});
  EXPECT_EQ(spec.State(), "open");
  EXPECT_EQ(spec.Model().Clocks().Find("filing_written_report")->state, ClockState::kRunning);
  EXPECT_TRUE(spec.Model().Summary().unit.empty());
  Spec again = In("rectification_required");
  again.As("tenderer").Given(FilingSubmitted{SampleSubmission(), 2});
  again.As("clerk").When(elsewhere).ThenRefused("already_taken");
}

TEST(FilingIntake, WhatIsIncompleteGoesBackWithAllItsGaps) {
  Spec spec = In("submitted");
  spec.As("clerk").When(ReturnIncomplete{}).ThenRefused("gaps_missing");
  const ReturnIncomplete back{{PersonalText("缺少评标报告"), PersonalText("缺少中标通知书")}};
  spec.When(back).ThenHappens(FilingReturned{back});
  EXPECT_EQ(spec.State(), "returned_incomplete");
}

TEST(FilingIntake, WhoeverSignsForItNamesWhoReviewsItFirst) {
  Spec spec = In("submitted");
  spec.At("2024-09-23").As("clerk").When(SignFor{}).ThenRefused("handlers_missing");
  spec.When(SignFor{{ActorId("han"), ActorId("han")}}).ThenRefused("handlers_missing");
  spec.When(SignFor{{ActorId("legal")}}).ThenRefused("handler_unknown");
  spec.As("other_clerk").When(SampleSignature()).ThenRefused("unit_not_competent");
  spec.As("clerk").When(SampleSignature());
  spec.ThenHappens(FilingSignedFor{SampleSignature().handlers, UnitId("bureau"),
                                   Instant::StartOf(On("2024-09-20")), std::nullopt, false});
  EXPECT_EQ(spec.State(), "signed_for");
}

TEST(FilingReview, EveryoneNamedGivesAFirstOpinionAndAnotherTheSecond) {
  Spec spec = In("submitted");
  spec.Actor({ActorId("zhou"), UnitId("bureau"), {Role::kHandler}});
  spec.As("clerk").When(SignFor{{ActorId("han"), ActorId("lin"), ActorId("wu")}}).Happens();
  const ReviewFirst review{PersonalText("材料齐全")};
  spec.As("zhou").When(review).ThenRefused("actor_not_handler");
  spec.As("han").When(review).ThenHappens(FirstReviewed{review});
  EXPECT_EQ(spec.State(), "signed_for");
  spec.When(review).ThenRefused("already_reviewed");
  spec.As("lin").When(review).ThenHappens(FirstReviewed{review});
  spec.As("zhou").When(review).ThenRefused("actor_not_handler");
  spec.As("han").When(review).ThenRefused("already_reviewed");
  spec.As("wu").When(review).ThenHappens(FirstReviewed{review});
  EXPECT_EQ(spec.State(), "first_review");

  const ReviewSecond second{PersonalText("同意初审意见")};
  spec.As("wu").When(second).ThenRefused("separation_of_duties");
  spec.As("zhou").When(second).ThenHappens(SecondReviewed{second});
  EXPECT_EQ(spec.State(), "second_review");
}

// Shows A044.
TEST(FilingReview, TheOpinionFindsNoProblemOrAsksForRectificationAndApprovesNothing) {
  Spec spec = In("second_review", Type::kTenderDocuments);
  spec.At("2024-09-26").As("head");
  auto opinion = SampleOpinion();
  opinion.items = {PersonalText("补充")};
  spec.When(opinion).ThenRefused("items_without_problem");
  opinion = SampleOpinion();
  opinion.correct_by = On("2024-10-12");
  spec.When(opinion).ThenRefused("items_without_problem");
  auto rectification = SampleRectification();
  rectification.items.clear();
  spec.When(rectification).ThenRefused("rectification_items_missing");
  rectification = SampleRectification();
  rectification.correct_by = On("2024-09-26");
  spec.When(rectification).ThenRefused("correct_by_missing");
  rectification.correct_by.reset();
  spec.When(rectification).ThenRefused("correct_by_missing");

  Spec rectified = spec;
  rectified.When(SampleRectification())
      .ThenHappens(RectificationWasRequired{SampleRectification()});
  EXPECT_EQ(rectified.State(), "rectification_required");
  spec.When(SampleOpinion()).ThenHappens(NoProblemFound{SampleOpinion()});
  EXPECT_EQ(spec.State(), "filed_ok");
  EXPECT_EQ(spec.Model().Summary().outcome, "no_problem_found");
  for (const auto& state : Definition().Describe().states) {
    EXPECT_EQ(state.zh.find("通过"), std::string::npos) << state.zh;
  }
}

TEST(FilingReview, WhatWasRectifiedIsSubmittedAndReviewedAnew) {
  Spec spec = In("rectification_required");
  spec.As("tenderer").When(SampleSubmission()).Happens();
  spec.As("clerk").When(SampleSignature()).Happens();
  spec.As("han").When(ReviewFirst{kReason}).Happens();
  EXPECT_EQ(spec.State(), "signed_for");
  spec.As("lin").When(ReviewFirst{kReason}).Happens();
  spec.As("wu").When(ReviewSecond{kReason}).Happens();
  spec.As("head").When(SampleOpinion()).Happens();
  EXPECT_EQ(spec.State(), "filed_ok");
}

TEST(FilingReview, OtherHandlersBeginTheFirstReviewAnew) {
  const AssignHandlers assign{{ActorId("lin"), ActorId("wu")}, {ActorId("han")}, kReason};
  for (const char* state : {"signed_for", "first_review", "second_review"}) {
    SCOPED_TRACE(state);
    Spec spec = In(state);
    spec.As("clerk").When(AssignHandlers{{}, {}, kReason}).ThenRefused("handlers_missing");
    spec.When(AssignHandlers{{ActorId("legal")}, {}, kReason}).ThenRefused("handler_unknown");
    spec.When(AssignHandlers{{ActorId("han")}, {ActorId("han")}, kReason});
    spec.ThenRefused("handler_recused");
    spec.As("head").When(assign).ThenHappens(HandlersAssigned{assign});
    EXPECT_EQ(spec.State(), "signed_for");
    spec.When(AssignHandlers{{ActorId("han")}, {}, kReason}).ThenRefused("handler_recused");
    spec.As("han").When(ReviewFirst{kReason}).ThenRefused("actor_recused");
    spec.As("lin").When(ReviewFirst{kReason}).Happens();
    spec.As("tenderer").When(Withdraw{kReason}).Happens();
    spec.When(SampleSubmission()).Happens();
    spec.As("clerk").When(SampleSignature()).ThenRefused("handler_recused");
  }
}

TEST(FilingEnd, ANewerVersionSupersedesWhatWasFiled) {
  Spec spec = In("filed_ok");
  const Supersede supersede{StreamId("filing-2")};
  spec.As("rival").When(supersede).ThenRefused("actor_not_obliged");
  spec.As("tenderer").When(Supersede{StreamId("complaint-1")}).ThenRefused("newer_filing_invalid");
  spec.When(Supersede{StreamId("filing-" + std::string(36, '0'))});
  spec.ThenRefused("newer_filing_invalid");
  spec.When(supersede).ThenHappens(FilingSuperseded{supersede});
  EXPECT_EQ(spec.State(), "superseded");
}

TEST(FilingEnd, TheHeadWaivesAnObligationWithItsBasis) {
  const Waive waive{"招标投标法 3", PersonalText("经认定不属依法必须招标的项目")};
  for (const char* state : {"open", "returned_incomplete"}) {
    SCOPED_TRACE(state);
    Spec spec = In(state);
    spec.As("head").When(Waive{"", waive.reason}).ThenRefused("invalid_fields");
    spec.When(Waive{waive.legal_basis, PersonalText("")}).ThenRefused("invalid_fields");
    spec.When(waive).ThenHappens(ObligationWaived{waive});
    EXPECT_EQ(spec.State(), "waived");
    EXPECT_EQ(spec.Model().Clocks().Find("filing_written_report")->state, ClockState::kCancelled);
  }
}

RecordPerformance Performance(PerformanceKind kind) {
  return {kind, On("2024-09-17"), PersonalText("首期"), std::nullopt, std::nullopt, {}};
}

// Shows A047, A193.
TEST(FilingPerformance, ExecutionChangePaymentAndPublicityAreRecorded) {
  for (const char* state : {"open", "filed_ok"}) {
    SCOPED_TRACE(state);
    Spec spec = In(state, Type::kPerformance);
    auto payment = Performance(PerformanceKind::kPayment);
    auto publicity = Performance(PerformanceKind::kPublicity);
    spec.As("rival").When(payment).ThenRefused("actor_not_obliged");
    spec.As("tenderer").When(payment).ThenRefused("performance_details_missing");
    payment.amount_fen = 0;
    spec.When(payment).ThenRefused("performance_details_missing");
    payment.amount_fen = 1'000'000;
    spec.When(publicity).ThenRefused("performance_details_missing");
    publicity.medium = "某市公共资源交易网";
    auto future = Performance(PerformanceKind::kExecution);
    future.happened_on = On("2024-09-27");
    spec.When(future).ThenRefused("performance_in_future");
    for (const auto& record : {Performance(PerformanceKind::kExecution),
                               Performance(PerformanceKind::kChange), payment, publicity}) {
      spec.When(record).ThenHappens(PerformanceRecorded{record});
    }
    EXPECT_EQ(spec.State(), state);
    EXPECT_EQ(spec.Model().Facts().at("performance_records"), 4);

    Spec report = In(state);
    report.As("tenderer").When(payment).ThenRefused("not_of_performance");
  }
}

// Shows A069.
TEST(FilingPerformance, ChecksOfPerformanceArePlannedAndRecorded) {
  const PlanCheck plan{On("2024-10-01")};
  const CheckPerformance check{true, PersonalText("项目经理未到岗")};
  for (const char* state : {"open", "filed_ok"}) {
    SCOPED_TRACE(state);
    Spec spec = In(state, Type::kContract);
    spec.As("han").When(PlanCheck{On("2024-09-17")}).ThenRefused("check_day_past");
    spec.When(plan).ThenHappens(CheckPlanned{plan});
    spec.When(CheckPerformance{true, PersonalText("")}).ThenRefused("invalid_fields");
    spec.When(check).ThenHappens(PerformanceChecked{check});
    EXPECT_EQ(spec.State(), state);
    Spec report = In(state);
    report.As("han").When(plan).ThenRefused("not_of_performance");
    report.When(check).ThenRefused("not_of_performance");
  }
}

TEST(FilingSummary, ListsSeeNoPersonalData) {
  const auto summary = In("signed_for").Model().Summary();
  EXPECT_EQ(summary.profile, "written_report");
  EXPECT_EQ(summary.title, "招投标情况书面报告 青川市档案馆工程");
  EXPECT_EQ(summary.region, RegionCode("330482"));
  EXPECT_EQ(summary.industry, Industry::kConstruction);
  EXPECT_EQ(summary.unit, UnitId("bureau"));
  EXPECT_EQ(summary.handlers, SampleSignature().handlers);
  EXPECT_EQ(summary.received_on, On("2024-09-20"));
  EXPECT_EQ(summary.respondents, std::vector<ActorId>{ActorId("tenderer")});
  EXPECT_EQ(summary.outcome, "");
  EXPECT_TRUE(summary.flags.empty());
}

TEST(FilingHistory, EverySampleStillReads) { docket::testing::ExpectHistoryReadable(Definition()); }

}  // namespace
}  // namespace docket::filing
