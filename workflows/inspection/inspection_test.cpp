// The inspection: each row, each refusal, the draw done again, and its three clocks.
#include "workflows/inspection/inspection.hpp"

#include "tests/support/spec.hpp"

namespace docket::inspection {

const Workflow& Definition();

namespace {

using docket::testing::Spec;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

Date On(std::string_view text) { return *Date::Parse(text); }
DocumentRef Paper(const std::string& name) {
  return {DocumentDigest("sha256:" + std::string(64, 'a')), PersonalText(name)};
}

const PersonalText kReason("群众反映集中");
const UnitId kCentre("centre");
const UnitId kBureau("bureau");
const UnitId kTransport("transport");
const std::vector<Entry> kEntries{{"A01", "收费公示", kCentre},
                                  {"A02", "保证金退还", kCentre},
                                  {"B01", "服务指南", kCentre},
                                  {"B02", "场所设施", kCentre}};
const std::vector<ActorId> kTwo{ActorId("han"), ActorId("lin")};
const std::vector<ActorId> kTwoOfTransport{ActorId("qian"), ActorId("sun")};

DraftPlan SamplePlan(Topic topic = Topic::kPlatformService) {
  DraftPlan plan;
  plan.region = RegionCode("330482");
  plan.topic = topic;
  plan.complete_by = On("2024-11-29");
  plan.catalogue_version = "2024-1";
  plan.entries = kEntries;
  return plan;
}
PlanDrafted SampleDrafted(Topic topic = Topic::kPlatformService) {
  return {SamplePlan(topic), kBureau, 2024, On("2024-01-01")};
}
const DrawSample kDraw{"0523 1127 33", "2024年第88期公开摇号", 2};
const SampleDrawn kDrawn{kDraw, "sha256-order-1", "2024-1", {"B02", "B01"}};

NotifyObject Notice(const std::string& item) {
  return {item, On("2024-09-02"), Paper("检查通知书.pdf")};
}
RecordFinding SampleFinding(const std::string& item, InspectionResult result,
                            const std::vector<ActorId>& handlers = kTwo) {
  RecordFinding finding;
  finding.item = item;
  finding.inspected_on = On("2024-09-10");
  finding.handlers = handlers;
  finding.result = result;
  finding.finding = PersonalText("现场检查情况");
  return finding;
}
RecordFinding EntryFinding(std::int64_t due, std::int64_t entered) {
  auto finding = SampleFinding("B02", InspectionResult::kFair);
  finding.projects_due = due;
  finding.projects_entered = entered;
  return finding;
}
const ProposePublication kProposal{Paper("抽查情况通报.pdf")};
const ExemptFromPublication kExemption{ExemptionGround::kTradeSecret, kReason};
TakeMeasure SampleMeasure(Measure measure) { return {"B02", measure, kReason}; }

struct InspectionTest : ::testing::Test {
  Spec spec{Definition()};

  InspectionTest() {
    spec.Unit({kTransport, "某市交通运输局", RegionCode("330482"), {Industry::kTransport}});
    spec.Unit({UnitId("far"), "外省公管办", RegionCode("410100"), {Industry::kConstruction}});
    spec.Actor({ActorId("office_2"), kBureau, {Role::kResourceOffice}});
    spec.Actor({ActorId("far_office"), UnitId("far"), {Role::kResourceOffice}});
    spec.Actor({ActorId("far_head"), UnitId("far"), {Role::kHead}});
    spec.Actor({ActorId("head_t"), kTransport, {Role::kHead}});
    for (const char* id : {"qian", "sun"}) {
      spec.Actor({ActorId(id), kTransport, {Role::kHandler}});
    }
  }
  Spec& InDrafted(Topic topic = Topic::kPlatformService) {
    spec.Fresh().At("2024-03-01").As("office").Given(SampleDrafted(topic));
    return spec.As("head").Given(PlanJoined{{kTwo}, kBureau});
  }
  Spec& InApproved(Topic topic = Topic::kPlatformService) {
    InDrafted(topic).As("head_t").Given(PlanJoined{{kTwoOfTransport}, kTransport});
    return spec.At("2024-03-05").As("office_2").Given(PlanApproved{{PersonalText("同意")}});
  }
  /// Drawn, and the objects of both items told.
  Spec& InExecution(Topic topic = Topic::kPlatformService) {
    InApproved(topic).At("2024-09-02").As("office").Given(kDrawn);
    spec.Given(ObjectNotified{Notice("B02")}, ObjectNotified{Notice("B01")});
    return spec.At("2024-09-11").As("han");
  }
  /// Both items found fair, except that B02 is as given; all confirmed on Friday 2024-09-27.
  Spec& InConcluded(const RecordFinding& finding = SampleFinding("B02", InspectionResult::kPoor),
                    Topic topic = Topic::kPlatformService) {
    auto other = SampleFinding("B01", InspectionResult::kFair);
    InExecution(topic).Given(FindingRecorded{finding, kBureau}, FindingRecorded{other, kBureau});
    for (const char* item : {"B02", "B01"}) {
      spec.As("office").Given(ResultWasConfirmed{{item, kBureau}, Side::kOffice});
      spec.As("head").Given(ResultWasConfirmed{{item, kBureau}, Side::kDepartment});
    }
    return spec.At("2024-09-27").As("office").Given(InspectionConcluded{{PersonalText("汇总")}});
  }
  Spec& InProposed() { return InConcluded().Given(PublicationWasProposed{kProposal}); }
  Spec& InPublished(const RecordFinding& finding, Topic topic = Topic::kPlatformService) {
    InConcluded(finding, topic).Given(PublicationWasProposed{kProposal});
    spec.At("2024-10-08").As("office_2");
    return spec.Given(ResultPublished{{On("2024-10-08"), "门户网站"}}).As("office");
  }
  Spec& InExempt(const RecordFinding& finding, Topic topic = Topic::kPlatformService) {
    InConcluded(finding, topic).Given(PublicationWasProposed{kProposal});
    return spec.At("2024-10-08").As("office_2").Given(PublicationExempted{kExemption}).As("office");
  }
  const CaseClock& ClockOf(const std::string& id) { return *spec.Model().Clocks().Find(id); }

  /// What may follow a poor result, in whichever of the last two states the case is.
  void ExpectMeasures() {
    auto rectification = SampleMeasure(Measure::kRectification);
    spec.When(rectification).ThenRefused("measure_limit_unusable");
    rectification.until = On("2024-10-08");
    spec.When(rectification).ThenRefused("measure_limit_unusable");
    rectification.until = On("2024-10-09");
    spec.When(rectification).Then(MeasureTaken{rectification, kCentre});
    auto restriction = SampleMeasure(Measure::kTradeRestriction);
    spec.When(restriction).ThenRefused("measure_limit_unusable");
    restriction.until = On("2024-12-31");
    spec.When(restriction).Then(MeasureTaken{restriction, kCentre});
    auto interview = SampleMeasure(Measure::kInterview);
    spec.When(interview).Then(MeasureTaken{interview, kCentre});
    interview.until = On("2024-12-31");
    spec.When(interview).ThenRefused("measure_limit_unusable");
    spec.When(SampleMeasure(Measure::kServiceCancellation))
        .ThenRefused("measure_of_evaluation_only");
    auto of_fair_item = SampleMeasure(Measure::kCircular);
    of_fair_item.item = "B01";
    spec.When(of_fair_item).ThenRefused("result_not_poor");
    spec.When(Complete{}).ThenRefused("poor_result_without_measure");
    const auto circular = SampleMeasure(Measure::kCircular);
    spec.When(circular).ThenHappens(MeasureTaken{circular, kCentre});
    spec.When(Complete{}).ThenHappens(InspectionCompleted{});
    EXPECT_EQ(spec.State(), "completed");
  }
};

// Shows A153.
TEST_F(InspectionTest, TheOfficeDraftsTheYearsPlanWithAVersionedList) {
  spec.At("2024-03-01").As("office").When(SamplePlan()).ThenHappens(SampleDrafted());
  EXPECT_EQ(spec.State(), "drafted");
  EXPECT_EQ(spec.Model().Summary().title, "2024年平台运行服务年度计划");
  EXPECT_EQ(spec.Model().Summary().outcome, "");
}

TEST_F(InspectionTest, APlanOutsideTheYearsPlanSaysWhy) {
  auto plan = SamplePlan();
  plan.kind = PlanKind::kAdHoc;
  spec.At("2024-03-01").As("office").When(plan).ThenRefused("ad_hoc_reason_missing");
  plan.reason = kReason;
  plan.source = StreamId("warning-1");
  plan.industry = Industry::kTransport;
  spec.When(plan).ThenHappens(PlanDrafted{plan, kBureau, 2024, std::nullopt});
  EXPECT_EQ(spec.Model().Clocks().Find("inspection_plan"), nullptr);
  EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"ad_hoc"});
  spec.As("head").When(JoinPlan{kTwo}).ThenRefused("unit_not_competent");
  spec.As("head_t").When(JoinPlan{kTwoOfTransport}).Happens();
}

TEST_F(InspectionTest, AnUnusablePlanIsRefused) {
  spec.At("2024-03-01").As("office");
  auto plan = SamplePlan();
  plan.region = RegionCode("990000");
  spec.When(plan).ThenRefused("region_unknown");
  plan.region = RegionCode("410100");
  spec.When(plan).ThenRefused("region_outside_office");
  plan = SamplePlan();
  plan.complete_by = On("2024-02-29");
  spec.When(plan).ThenRefused("completion_out_of_range");
  plan.complete_by = On("2026-01-01");
  spec.When(plan).ThenRefused("completion_out_of_range");
  plan.complete_by = On("2025-12-31");
  spec.When(plan).Then(PlanDrafted{plan, kBureau, 2025, On("2025-01-01")});
  plan = SamplePlan();
  plan.entries[1].code = "A01";
  spec.When(plan).ThenRefused("entries_unusable");
  plan.entries.clear();
  spec.When(plan).ThenRefused("entries_unusable");
}

// Shows A152.
TEST_F(InspectionTest, DepartmentsJoinWithTwoInspectorsEachBeforeItIsApproved) {
  spec.At("2024-03-01").As("office").Given(SampleDrafted());
  spec.As("office_2").When(ApprovePlan{PersonalText("同意")}).ThenRefused("no_department_joined");
  spec.As("head").When(JoinPlan{{ActorId("han")}}).ThenRefused("two_handlers_required");
  spec.When(JoinPlan{{ActorId("han"), ActorId("qian")}}).ThenRefused("handler_unknown");
  spec.When(JoinPlan{kTwo}).ThenHappens(PlanJoined{{kTwo}, kBureau});
  spec.As("han").When(JoinPlan{kTwo}).ThenRefused("already_joined");
  spec.As("qian").When(JoinPlan{kTwoOfTransport});
  spec.ThenHappens(PlanJoined{{kTwoOfTransport}, kTransport});
  spec.As("far_head").When(JoinPlan{kTwo}).ThenRefused("unit_not_competent");
  spec.As("far_office").When(ApprovePlan{kReason}).ThenRefused("unit_not_competent");
  spec.As("office").When(ApprovePlan{kReason}).ThenRefused("separation_of_duties");
  spec.As("office_2").When(ApprovePlan{kReason}).ThenHappens(PlanApproved{{kReason}});
  EXPECT_EQ(spec.Model().Summary().handlers.size(), 4U);
}

// Shows A153.
TEST_F(InspectionTest, AChangedListHasANewVersionAndIsApprovedAnew) {
  RevisePlan revision{"2024-2", {kEntries[0], kEntries[3]}, kReason};
  auto empty = revision;
  empty.entries.clear();
  auto same_version = revision;
  same_version.catalogue_version = "2024-1";
  InDrafted().As("office_2").When(same_version).ThenRefused("catalogue_version_used");
  spec.When(empty).ThenRefused("entries_unusable");
  spec.When(revision).ThenHappens(PlanRevised{revision});
  spec.When(ApprovePlan{kReason}).ThenRefused("separation_of_duties");

  InApproved().As("office").When(same_version).ThenRefused("catalogue_version_used");
  spec.When(empty).ThenRefused("entries_unusable");
  spec.When(revision).ThenHappens(PlanRevised{revision});
  EXPECT_EQ(spec.State(), "drafted");
  spec.As("office_2").When(ApprovePlan{kReason}).Happens();
  spec.When(DrawSample{"1", "摇号", 3}).ThenRefused("sample_size_out_of_range");
}

TEST_F(InspectionTest, APlanCanBeCancelledUntilItIsDrawn) {
  const CancelPlan cancel{kReason};
  InDrafted().As("office").When(cancel).ThenHappens(PlanCancelled{cancel});
  EXPECT_EQ(ClockOf("inspection_plan").state, ClockState::kCancelled);
  EXPECT_EQ(ClockOf("inspection_execution").state, ClockState::kCancelled);
  InApproved().As("office").When(cancel).ThenHappens(PlanCancelled{cancel});
  EXPECT_EQ(spec.State(), "cancelled");
  InExecution().As("office").When(cancel).ThenRefused("command_not_allowed_in_state");
}

TEST_F(InspectionTest, TheDrawIsRecordedAndCanBeDoneAgain) {
  InApproved().As("office");
  spec.When(DrawSample{"1", "摇号", 0}).ThenRefused("sample_size_out_of_range");
  spec.When(DrawSample{"1", "摇号", 5}).ThenRefused("sample_size_out_of_range");
  spec.When(DrawSample{"1", "摇号", 4}).Happens();
  InApproved().As("office").When(kDraw).ThenHappens(kDrawn);
  const Json facts = spec.Model().Facts();
  Draw again{kDraw.seed, facts.at("catalogue_versions").back().get<std::string>(), {}};
  for (const auto& entry : facts.at("entries"))
    again.codes.push_back(entry.at("code").get<std::string>());
  EXPECT_EQ(Json(DrawnCodes(again, 2)), facts.at("drawn"));
  spec.When(kDraw).ThenRefused("command_not_allowed_in_state");
}

// The digests were made with another program: 0573… B02, 88af… B01, c650… A01, fc86… A02.
TEST(InspectionDraw, ItsOrderIsThatOfTheDigests) {
  const Draw draw{"0523 1127 33", "2024-1", {"A01", "A02", "B01", "B02"}};
  const Draw shuffled{"0523 1127 33", "2024-1", {"B02", "A02", "B01", "A01"}};
  const std::vector<std::string> order{"B02", "B01", "A01", "A02"};
  EXPECT_EQ(DrawnCodes(draw, 4), order);
  EXPECT_EQ(DrawnCodes(shuffled, 9), order);
  EXPECT_EQ(DrawnCodes(draw, 1), std::vector<std::string>{"B02"});
  const Draw other_version{"0523 1127 33", "2024-2", draw.codes};
  EXPECT_EQ(DrawnCodes(other_version, 4), (std::vector<std::string>{"A02", "B01", "A01", "B02"}));
}

TEST_F(InspectionTest, OnlyWhatWasDrawnIsNotifiedAndOnce) {
  InApproved().At("2024-09-02").As("office").Given(kDrawn);
  spec.When(Notice("A01")).ThenRefused("item_not_drawn");
  auto tomorrow = Notice("B02");
  tomorrow.notified_on = On("2024-09-03");
  spec.When(tomorrow).ThenRefused("notice_in_future");
  spec.When(Notice("B02")).ThenHappens(ObjectNotified{Notice("B02")});
  spec.When(Notice("B02")).ThenRefused("already_notified");
}

// Shows A152, A196.
TEST_F(InspectionTest, EveryDepartmentRecordsItsOwnResult) {
  auto finding = SampleFinding("B02", InspectionResult::kGood);
  InExecution().As("wu").When(finding).ThenRefused("actor_not_handler");
  spec.As("han");
  finding.item = "A01";
  spec.When(finding).ThenRefused("object_not_notified");
  finding = SampleFinding("B02", InspectionResult::kGood);
  finding.inspected_on = On("2024-09-01");
  spec.When(finding).ThenRefused("inspected_out_of_order");
  finding.inspected_on = On("2024-09-12");
  spec.When(finding).ThenRefused("inspected_out_of_order");
  finding.inspected_on = On("2024-09-02");
  finding.handlers = {ActorId("han")};
  spec.When(finding).ThenRefused("two_handlers_required");
  finding.handlers = kTwoOfTransport;
  spec.When(finding).ThenRefused("handler_unknown");
  finding.handlers = kTwo;
  finding.projects_due = 3;
  spec.When(finding).ThenRefused("coverage_unusable");
  finding.projects_due = std::nullopt;
  finding.projects_entered = 3;
  spec.When(finding).ThenRefused("coverage_unusable");
  finding.projects_entered = std::nullopt;
  spec.When(finding).ThenHappens(FindingRecorded{finding, kBureau});
  spec.When(finding).ThenRefused("finding_exists");
  const auto theirs = SampleFinding("B02", InspectionResult::kPoor, kTwoOfTransport);
  spec.As("qian").When(theirs).ThenHappens(FindingRecorded{theirs, kTransport});
  EXPECT_EQ(spec.Model().Facts().at("findings").size(), 2U);
  EXPECT_EQ(spec.Model().Summary().outcome, "poor");
}

TEST_F(InspectionTest, BothSidesConfirmEveryResult) {
  const ConcludeInspection conclude{PersonalText("汇总")};
  InExecution().Given(FindingRecorded{SampleFinding("B02", InspectionResult::kFair), kBureau});
  spec.As("head").When(ConfirmResult{"B01", kBureau}).ThenRefused("finding_unknown");
  spec.When(ConfirmResult{"B02", kBureau});
  spec.ThenHappens(ResultWasConfirmed{{"B02", kBureau}, Side::kDepartment});
  spec.When(ConfirmResult{"B02", kBureau}).ThenRefused("already_confirmed");
  spec.As("head_t").When(ConfirmResult{"B02", kBureau}).ThenRefused("not_the_department");
  spec.As("office").When(conclude).ThenRefused("results_unconfirmed");
  spec.When(ConfirmResult{"B02", kBureau});
  spec.ThenHappens(ResultWasConfirmed{{"B02", kBureau}, Side::kOffice});
  spec.When(ConfirmResult{"B02", kBureau}).ThenRefused("already_confirmed");
  spec.When(conclude).ThenRefused("results_unconfirmed");
  spec.As("han").Given(FindingRecorded{SampleFinding("B01", InspectionResult::kFair), kBureau});
  spec.As("office").Given(ResultWasConfirmed{{"B01", kBureau}, Side::kOffice});
  spec.When(conclude).ThenRefused("results_unconfirmed");
  spec.As("head").Given(ResultWasConfirmed{{"B01", kBureau}, Side::kDepartment});
  spec.As("office").When(conclude).ThenHappens(InspectionConcluded{conclude});
  EXPECT_EQ(spec.State(), "results_confirmed");
  EXPECT_EQ(ClockOf("inspection_execution").state, ClockState::kMet);
}

// Shows A154.
TEST_F(InspectionTest, AnotherReviewsSecrecyBeforeTheResultIsPublished) {
  InConcluded().When(kProposal).ThenHappens(PublicationWasProposed{kProposal});
  Publish publish{On("2024-09-28"), "门户网站"};
  spec.When(publish).ThenRefused("separation_of_duties");
  spec.As("office_2").When(publish).ThenRefused("publication_in_future");
  publish.published_on = On("2024-09-27");
  spec.When(publish).ThenHappens(ResultPublished{publish});
  EXPECT_EQ(spec.State(), "published");
  EXPECT_EQ(ClockOf("inspection_publication").state, ClockState::kMet);

  const ReturnProposal back{PersonalText("含商业秘密")};
  InProposed().As("office_2").When(back).ThenHappens(ProposalReturned{back});
  EXPECT_EQ(spec.State(), "results_confirmed");
}

TEST_F(InspectionTest, WhatMustStaySecretIsExempted) {
  InProposed().As("office_2").When(kExemption).ThenHappens(PublicationExempted{kExemption});
  EXPECT_EQ(spec.State(), "exempt");
  EXPECT_EQ(ClockOf("inspection_publication").state, ClockState::kCancelled);
}

// Shows A155.
TEST_F(InspectionTest, APoorResultIsFollowedByAMeasure) {
  InPublished(SampleFinding("B02", InspectionResult::kPoor));
  ExpectMeasures();
}

TEST_F(InspectionTest, APoorResultThatIsNotPublishedIsFollowedByAMeasureToo) {
  InExempt(SampleFinding("B02", InspectionResult::kPoor));
  ExpectMeasures();
}

// Shows A156, A180.
TEST_F(InspectionTest, WhatShouldHaveEnteredAndDidNotIsCirculated) {
  InExecution(Topic::kEntry);
  spec.When(SampleFinding("B02", InspectionResult::kFair)).ThenRefused("coverage_unusable");
  spec.When(EntryFinding(12, 13)).ThenRefused("coverage_unusable");
  spec.When(EntryFinding(12, -1)).ThenRefused("coverage_unusable");
  auto half = EntryFinding(12, 9);
  half.projects_entered = std::nullopt;
  spec.When(half).ThenRefused("coverage_unusable");
  spec.When(EntryFinding(12, 12)).Happens();
  EXPECT_EQ(spec.Model().Facts().at("findings").at(0).at("projects_missing"), 0);

  for (const bool is_published : {true, false}) {
    if (is_published) InPublished(EntryFinding(12, 9), Topic::kEntry);
    else InExempt(EntryFinding(12, 9), Topic::kEntry);
    EXPECT_EQ(spec.Model().Facts().at("findings").at(0).at("projects_missing"), 3);
    spec.When(Complete{}).ThenRefused("missing_entry_not_circulated");
    spec.When(SampleMeasure(Measure::kInterview)).Happens();
    spec.When(Complete{}).ThenRefused("missing_entry_not_circulated");
    spec.When(SampleMeasure(Measure::kCircular)).Happens();
    spec.When(Complete{}).ThenHappens(InspectionCompleted{});
  }
}

TEST_F(InspectionTest, TheYearsPlanIsDueThreeMonthsIntoItsYear) {
  auto plan = SampleDrafted();
  plan.year = 2023;
  plan.complete_by = On("2023-12-29");
  plan.year_starts_on = On("2023-01-01");
  spec.At("2022-12-20").As("office").Given(plan);
  spec.As("head").Given(PlanJoined{{kTwo}, kBureau});
  EXPECT_EQ(ClockOf("inspection_plan").due_date, On("2023-04-03"));  // 1 April is a Saturday.
  EXPECT_EQ(ClockOf("inspection_execution").due_date, On("2023-12-29"));
  spec.At("2023-04-03T23:59:59+08:00").TimePasses();
  EXPECT_EQ(ClockOf("inspection_plan").state, ClockState::kRunning);
  spec.At("2023-04-04").TimePasses();
  EXPECT_EQ(ClockOf("inspection_plan").state, ClockState::kLapsed);
  spec.As("office_2").When(ApprovePlan{kReason}).Happens();
  EXPECT_EQ(ClockOf("inspection_plan").late_by, 1);
}

// Shows A154.
TEST_F(InspectionTest, ResultsAreDueForPublicationTwentyWorkingDaysAfterTheyStand) {
  InProposed();  // Friday 2024-09-27; Sunday 09-29 and Saturday 10-12 are worked.
  EXPECT_EQ(ClockOf("inspection_publication").due_date, On("2024-10-30"));
  spec.At("2024-10-31").TimePasses();
  EXPECT_EQ(ClockOf("inspection_publication").state, ClockState::kLapsed);
  spec.As("office_2").When(Publish{On("2024-10-31"), "门户网站"}).Happens();
  EXPECT_EQ(ClockOf("inspection_publication").state, ClockState::kEndedLate);
}

TEST(InspectionHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace
}  // namespace docket::inspection
