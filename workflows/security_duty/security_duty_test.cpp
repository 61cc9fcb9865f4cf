// Security duties: each row, each refusal, and periods that stay calendar months.
#include "workflows/security_duty/security_duty.hpp"

#include "tests/support/spec.hpp"

namespace docket::security_duty {

const Workflow& Definition();

namespace {

using docket::testing::Spec;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

Date On(std::string_view text) { return *Date::Parse(text); }
DocumentRef Paper(const std::string& name) {
  return {DocumentDigest("sha256:" + std::string(64, 'a')), PersonalText(name)};
}

const PersonalText kText("情况说明");
const UnitId kPlatform("platform");
const RegionCode kRegion("330482");

Establish SampleDuty(DutyKind kind, std::string_view first_due_on) {
  return {kRegion, kPlatform, kind, On(first_due_on)};
}
Perform SamplePerformance(std::string_view due_on) {
  return {On(due_on), CheckResult::kSatisfactory, kText, Paper("自查记录.pdf"), {}};
}
const PerformSpecially kSpecial{kText, CheckResult::kProblemsFound, Paper("重大活动自查.pdf")};
ReportIncident SampleIncident(Severity severity) {
  return {kRegion,
          kPlatform,
          IncidentKind::kLeak,
          severity,
          *Instant::Parse("2024-03-01T09:00:00+08:00"),
          kText};
}
IncidentWasReported SampleReported(Severity severity) {
  IncidentWasReported event{SampleIncident(severity), std::nullopt};
  if (severity == Severity::kMajor) event.major_since = Instant::Parse("2024-03-01T10:00:00+08:00");
  return event;
}
const HandleIncident kHandling{kText};
const CirculateIncident kCircular{{UnitId("bureau"), UnitId("centre")}, Paper("通报.pdf")};
const CloseIncident kClosing{kText, Accountability::kManagingUnit};
SubmitDocument SampleDocument(DocumentKind kind) {
  return {kRegion, kPlatform, kind, "2024-1", kText, Paper("应急预案.pdf")};
}
const ReviseDocument kRevision{"2024-2", kText, Paper("应急预案（修订）.pdf")};

struct SecurityDutyTest : ::testing::Test {
  Spec spec{Definition()};

  SecurityDutyTest() {
    const UnitId far("far");
    spec.Unit({far, "外省公管办", RegionCode("410100"), {}});
    spec.Actor({ActorId("security_2"), kPlatform, {Role::kSecurityManager}});
    spec.Actor({ActorId("far_security"), far, {Role::kSecurityManager}});
    spec.Actor({ActorId("far_operator"), far, {Role::kPlatformOperator}});
    spec.Actor({ActorId("far_office"), far, {Role::kResourceOffice}});
  }
  /// Set on 10 January 2024.
  Spec& InActive(DutyKind kind = DutyKind::kSelfCheck,
                 std::string_view first_due_on = "2024-01-31") {
    spec.Fresh().At("2024-01-10").As("security").When(SampleDuty(kind, first_due_on)).Happens();
    return spec.As("operator");
  }
  Spec& InSuspended(DutyKind kind = DutyKind::kSelfCheck,
                    std::string_view first_due_on = "2024-01-31") {
    return InActive(kind, first_due_on).As("security").Given(DutySuspended{{kText}});
  }
  Spec& InReported(Severity severity) {
    spec.Fresh().At("2024-03-01T10:00:00+08:00").As("operator");
    return spec.Given(SampleReported(severity));
  }
  Spec& InHandled(Severity severity) {
    return InReported(severity).Given(IncidentWasHandled{kHandling}).As("security");
  }
  Spec& InSubmitted(DocumentKind kind = DocumentKind::kEmergencyPlan) {
    spec.Fresh().At("2024-02-29").As("operator");
    return spec.Given(DocumentWasSubmitted{SampleDocument(kind)});
  }
  Spec& InReviewed(bool approved) {
    InSubmitted().As("security");
    if (approved) spec.Given(DocumentApproved{{kText}, On("2024-02-29")});
    else spec.Given(DocumentWasReturned{{kText}});
    return spec.As("operator");
  }
  const CaseClock& ClockOf(const std::string& id) { return *spec.Model().Clocks().Find(id); }
  Json Fact(const std::string& name) { return spec.Model().Facts().at(name); }
};

// Shows A127.
TEST_F(SecurityDutyTest, AMonthlySelfCheckIsEstablishedAndItsFirstPeriodRuns) {
  const auto duty = SampleDuty(DutyKind::kSelfCheck, "2024-01-31");
  spec.At("2024-01-10").As("security").When(duty);
  spec.ThenHappens(DutyEstablished{duty, kPlatform},
                   PeriodBegun{On("2024-01-31"), 0, On("2024-01-10"), On("2024-01-31")});
  EXPECT_EQ(ClockOf("duty_self_check:2024-01-31").due_date, On("2024-01-31"));
  EXPECT_EQ(ClockOf("duty_self_check:2024-01-31").kind, ClockKind::kStatutory);
  EXPECT_EQ(spec.Model().Summary().title, "每月安全自查");
}

TEST_F(SecurityDutyTest, AnUnusableDutyIsRefused) {
  spec.At("2024-01-10").As("security");
  auto duty = SampleDuty(DutyKind::kSelfCheck, "2024-01-31");
  duty.region = RegionCode("990000");
  spec.When(duty).ThenRefused("region_unknown");
  spec.When(SampleDuty(DutyKind::kDrill, "2017-12-31")).ThenRefused("no_rule_in_force");
  spec.When(SampleDuty(DutyKind::kDrill, "2024-01-09")).ThenRefused("first_due_in_past");
  spec.When(SampleDuty(DutyKind::kDrill, "2024-01-10")).Happens();
  spec.Fresh().When(SampleDuty(DutyKind::kSelfCheck, "2024-01-30"));
  spec.ThenRefused("self_check_not_at_month_end");
  spec.When(SampleDuty(DutyKind::kSelfCheck, "2024-02-28"));
  spec.ThenRefused("self_check_not_at_month_end");
}

// Shows A127.
TEST_F(SecurityDutyTest, APerformanceClosesItsPeriodAndTheNextOneBegins) {
  InActive().At("2024-01-31T23:59:59+08:00").When(SamplePerformance("2024-01-31"));
  spec.ThenHappens(DutyPerformed{SamplePerformance("2024-01-31"), 1},
                   PeriodBegun{On("2024-01-31"), 1, On("2024-02-01"), On("2024-02-29")});
  EXPECT_EQ(ClockOf("duty_self_check:2024-01-31").state, ClockState::kMet);
  EXPECT_EQ(ClockOf("duty_self_check:2024-02-29").state, ClockState::kRunning);
  EXPECT_EQ(ClockOf("duty_self_check:2024-02-29").due_date, On("2024-02-29"));
  spec.When(SamplePerformance("2024-01-31")).ThenRefused("period_unknown");
  spec.When(SamplePerformance("2024-02-29")).ThenRefused("period_not_begun");
  spec.At("2024-02-01").When(SamplePerformance("2024-02-29"));
  spec.ThenHappens(DutyPerformed{SamplePerformance("2024-02-29"), 2},
                   PeriodBegun{On("2024-01-31"), 2, On("2024-03-01"), On("2024-03-31")});
}

// Shows A127.
TEST_F(SecurityDutyTest, TwelveChecksAYearEndOnTheLastDaysOfTheMonths) {
  InActive();
  std::vector<std::string> due;
  for (int month = 0; month < 12; ++month) {
    due.push_back(Fact("due_on").get<std::string>());
    spec.At(due.back()).When(SamplePerformance(due.back())).Happens();
  }
  EXPECT_EQ(due,
            (std::vector<std::string>{"2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30",
                                      "2024-05-31", "2024-06-30", "2024-07-31", "2024-08-31",
                                      "2024-09-30", "2024-10-31", "2024-11-30", "2024-12-31"}));
  for (const auto& day : due) {
    EXPECT_EQ(ClockOf("duty_self_check:" + day).state, ClockState::kMet);
  }
  EXPECT_EQ(Fact("due_on"), "2025-01-31");
}

// Shows A127.
TEST_F(SecurityDutyTest, AMissedMonthStaysOnRecordAndTheNextOneBeginsByItself) {
  InActive().At("2024-01-31T23:59:59+08:00").TimePasses();
  EXPECT_EQ(Fact("missed"), Json::array());
  spec.At("2024-03-05").TimePasses();
  EXPECT_EQ(ClockOf("duty_self_check:2024-01-31").state, ClockState::kLapsed);
  EXPECT_EQ(Fact("due_on"), "2024-02-29");
  spec.TimePasses();
  EXPECT_EQ(Fact("missed"), Json::array({"2024-01-31", "2024-02-29"}));
  EXPECT_EQ(Fact("due_on"), "2024-03-31");
  EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"period_missed"});
  spec.When(SamplePerformance("2024-02-29"));
  spec.ThenHappens(DutyPerformed{SamplePerformance("2024-02-29"), 1});
  EXPECT_EQ(ClockOf("duty_self_check:2024-02-29").state, ClockState::kEndedLate);
  EXPECT_EQ(ClockOf("duty_self_check:2024-02-29").late_by, 5);
  EXPECT_EQ(ClockOf("duty_self_check:2024-01-31").state, ClockState::kLapsed);
  EXPECT_EQ(ClockOf("duty_self_check:2024-03-31").state, ClockState::kRunning);
  EXPECT_EQ(Fact("missed"), Json::array({"2024-01-31"}));
  spec.As("clock").When(NoteMissed{On("2024-02-29")}).ThenRefused("period_not_current");
}

// Shows A127.
TEST_F(SecurityDutyTest, ASpecialSituationIsCheckedBesideThePeriods) {
  InActive().When(kSpecial).ThenHappens(SpeciallyPerformed{kSpecial, 1});
  EXPECT_EQ(ClockOf("duty_self_check:2024-01-31").state, ClockState::kRunning);
  spec.When(SamplePerformance("2024-01-31")).Happens();
  EXPECT_EQ(Fact("performances").size(), 2U);
}

TEST_F(SecurityDutyTest, OnlyTheUnitPerformsAndOnlyItsManagersManage) {
  InActive().As("far_operator").When(kSpecial).ThenRefused("not_the_unit");
  spec.As("far_security").When(Suspend{kText}).ThenRefused("not_the_unit");
  spec.As("security_2").When(Suspend{kText}).Happens();
  InReported(Severity::kMajor).As("far_security").When(kHandling).ThenRefused("not_the_unit");
  spec.As("far_office").When(kCircular).ThenRefused("not_the_unit");
}

TEST_F(SecurityDutyTest, TheSecurityManagerConfirmsOrHasThePeriodDoneAgain) {
  const Confirm good{1, true, kText};
  const Confirm bad{1, false, kText};
  for (const bool suspended : {false, true}) {
    InActive().Given(DutyPerformed{SamplePerformance("2024-01-31"), 1});
    spec.Given(PeriodBegun{On("2024-01-31"), 1, On("2024-02-01"), On("2024-02-29")});
    spec.Given(SpeciallyPerformed{kSpecial, 2}).As("security");
    if (suspended) spec.Given(DutySuspended{{kText}});
    spec.When(Confirm{3, true, kText}).ThenRefused("performance_unknown");
    spec.When(good).Then(PerformanceConfirmed{good});
    spec.When(bad).ThenHappens(PerformanceConfirmed{bad});
    EXPECT_EQ(Fact("missed"), Json::array({"2024-01-31"}));
    spec.When(good).ThenRefused("already_confirmed");
    spec.When(Confirm{2, false, kText}).Happens();
    EXPECT_EQ(Fact("missed"), Json::array({"2024-01-31"}));
  }
  InActive().Given(DutyPerformed{SamplePerformance("2024-01-31"), 1});
  spec.Given(PeriodBegun{On("2024-01-31"), 1, On("2024-02-01"), On("2024-02-29")});
  spec.As("security").Given(PerformanceConfirmed{bad}).As("operator");
  spec.When(SamplePerformance("2024-01-31"));
  spec.ThenHappens(DutyPerformed{SamplePerformance("2024-01-31"), 2});
  EXPECT_EQ(Fact("missed"), Json::array());
}

TEST_F(SecurityDutyTest, ADutyIsSuspendedAndResumesWithANewFirstPeriod) {
  const Suspend suspend{kText};
  InActive().As("security").When(suspend).ThenHappens(DutySuspended{suspend});
  EXPECT_EQ(ClockOf("duty_self_check:2024-01-31").state, ClockState::kCancelled);
  spec.At("2024-04-02").When(Resume{On("2017-12-31")}).ThenRefused("no_rule_in_force");
  spec.When(Resume{On("2024-03-31")}).ThenRefused("first_due_in_past");
  spec.When(Resume{On("2024-04-29")}).ThenRefused("self_check_not_at_month_end");
  const Resume resume{On("2024-04-30")};
  spec.When(resume).ThenHappens(
      DutyResumed{resume}, PeriodBegun{On("2024-03-31"), 1, On("2024-04-02"), On("2024-04-30")});
  spec.As("operator").At("2024-04-30").When(SamplePerformance("2024-04-30")).Happens();
  EXPECT_EQ(Fact("due_on"), "2024-05-31");
  InSuspended(DutyKind::kDrill, "2024-03-15").When(Resume{On("2024-03-15")}).Happens();
}

TEST_F(SecurityDutyTest, ADutyEnds) {
  const End end{kText};
  InActive().As("security").When(end).ThenHappens(MatterEnded{end});
  EXPECT_EQ(ClockOf("duty_self_check:2024-01-31").state, ClockState::kCancelled);
  InSuspended().When(end).ThenHappens(MatterEnded{end});
  EXPECT_EQ(spec.State(), "ended");
}

// Shows A121.
TEST_F(SecurityDutyTest, TrainingIsRecordedByPersonAndIsDueAgain) {
  auto duty = SampleDuty(DutyKind::kTraining, "2024-06-30");
  duty.unit = UnitId("bureau");
  spec.At("2024-01-10").As("security").When(duty).Happens();
  auto training = SamplePerformance("2024-06-30");
  spec.At("2024-06-28").As("admin").When(training).ThenRefused("accounts_missing");
  training.accounts = {ActorId("han"), ActorId("lin")};
  spec.When(training).ThenHappens(
      DutyPerformed{training, 1},
      PeriodBegun{On("2024-06-30"), 1, On("2024-07-01"), On("2025-06-30")});
  spec.As("security").When(Confirm{1, true, kText}).Happens();
  spec.At("2025-07-01").TimePasses();
  EXPECT_EQ(ClockOf("duty_training:2025-06-30").state, ClockState::kLapsed);
}

// Shows A119.
TEST_F(SecurityDutyTest, UndertakingsOfSecrecyAreSignedAnewInAVersion) {
  InActive(DutyKind::kUndertaking, "2024-12-31");
  auto renewal = SamplePerformance("2024-12-31");
  spec.When(renewal).ThenRefused("accounts_missing");
  renewal.accounts = {ActorId("operator")};
  spec.When(renewal).ThenRefused("text_version_missing");
  renewal.text_version = "2";
  spec.When(renewal).ThenHappens(
      DutyPerformed{renewal, 1},
      PeriodBegun{On("2024-12-31"), 1, On("2025-01-01"), On("2025-12-31")});
}

// Shows A126, A131.
TEST_F(SecurityDutyTest, DrillsRestoreTestsAndPatrolsRecurByTheirOwnRules) {
  const std::vector<std::pair<DutyKind, std::string>> next{{DutyKind::kDrill, "2025-01-31"},
                                                           {DutyKind::kBackupTest, "2024-04-30"},
                                                           {DutyKind::kPatrol, "2024-02-29"},
                                                           {DutyKind::kLogReview, "2024-02-29"}};
  for (const auto& [kind, due_on] : next) {
    InActive(kind).When(SamplePerformance("2024-01-31")).Happens();
    EXPECT_EQ(Fact("due_on"), due_on);
    const auto& clock = ClockOf("duty_" + std::string(NameOf(kind)) + ":" + due_on);
    EXPECT_EQ(clock.due_date, On(due_on));
  }
}

// Shows A105, A128.
TEST_F(SecurityDutyTest, AMajorIncidentIsCirculatedBeforeItIsClosed) {
  spec.At("2024-03-01T10:00:00+08:00").As("operator");
  auto incident = SampleIncident(Severity::kMajor);
  incident.region = RegionCode("990000");
  spec.When(incident).ThenRefused("region_unknown");
  incident.region = kRegion;
  incident.unit = UnitId("centre");
  spec.When(incident).ThenRefused("unit_of_another");
  incident.unit = kPlatform;
  incident.detected_at = *Instant::Parse("2024-03-01T10:00:01+08:00");
  spec.When(incident).ThenRefused("detected_in_future");
  spec.When(SampleIncident(Severity::kMajor)).ThenHappens(SampleReported(Severity::kMajor));
  EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"major_incident"});
  EXPECT_EQ(ClockOf("incident_circular").due_date, On("2024-03-05"));  // From a Friday.
  auto nobody = kCircular;
  nobody.addressees.clear();
  spec.As("office").When(nobody).ThenRefused("addressees_missing");
  spec.When(kCircular).Then(IncidentCirculated{kCircular});
  spec.As("operator").When(kHandling).ThenHappens(IncidentWasHandled{kHandling});
  EXPECT_EQ(ClockOf("incident_response").state, ClockState::kMet);
  spec.As("security").When(kClosing).ThenRefused("major_incident_not_circulated");
  spec.When(nobody).ThenRefused("addressees_missing");
  spec.When(kCircular).ThenHappens(IncidentCirculated{kCircular});
  EXPECT_EQ(ClockOf("incident_circular").state, ClockState::kMet);
  spec.When(kClosing).ThenHappens(IncidentWasClosed{kClosing});
  EXPECT_EQ(spec.State(), "incident_closed");
}

TEST_F(SecurityDutyTest, AnOrdinaryIncidentNeedsNoCircular) {
  spec.At("2024-03-01T10:00:00+08:00").As("operator").When(SampleIncident(Severity::kOrdinary));
  spec.ThenHappens(SampleReported(Severity::kOrdinary));
  EXPECT_EQ(spec.Model().Clocks().Find("incident_circular"), nullptr);
  InHandled(Severity::kOrdinary).When(kClosing).ThenHappens(IncidentWasClosed{kClosing});
}

TEST_F(SecurityDutyTest, AnIncidentIsHandledWithinADayOfItsDetection) {
  InReported(Severity::kOrdinary).At("2024-03-02T08:59:59+08:00").TimePasses();
  EXPECT_EQ(ClockOf("incident_response").state, ClockState::kRunning);
  spec.At("2024-03-02T09:00:00+08:00").TimePasses();
  EXPECT_EQ(ClockOf("incident_response").state, ClockState::kLapsed);
}

// Shows A126.
TEST_F(SecurityDutyTest, PlansAreRegisteredReviewedAndRevisedInVersions) {
  auto plan = SampleDocument(DocumentKind::kEmergencyPlan);
  plan.region = RegionCode("990000");
  spec.At("2024-02-29").As("operator").When(plan).ThenRefused("region_unknown");
  plan.region = kRegion;
  plan.unit = UnitId("centre");
  spec.When(plan).ThenRefused("unit_of_another");
  plan.unit = kPlatform;
  spec.When(plan).ThenHappens(DocumentWasSubmitted{plan});
  EXPECT_EQ(spec.Model().Summary().title, "应急预案 2024-1");
  EXPECT_EQ(ClockOf("document_review").due_date, On("2024-03-14"));
  const ApproveDocument approval{kText};
  spec.As("security").When(approval).ThenHappens(DocumentApproved{approval, On("2024-02-29")});
  EXPECT_EQ(ClockOf("plan_revision").due_date, On("2025-02-28"));
  spec.At("2025-02-28").As("operator");
  spec.When(ReviseDocument{"2024-1", kText, plan.document}).ThenRefused("version_used");
  spec.When(kRevision).ThenHappens(DocumentRevised{kRevision});
  EXPECT_EQ(ClockOf("plan_revision").state, ClockState::kMet);
  EXPECT_EQ(Fact("versions"), Json::array({"2024-1", "2024-2"}));
}

// Shows A123.
TEST_F(SecurityDutyTest, AChangeIsReviewedByAnotherThanItsAuthor) {
  const ApproveDocument approval{kText};
  const ReturnDocument refusal{kText};
  for (const auto kind : {DocumentKind::kReleaseCheck, DocumentKind::kUpgrade}) {
    InSubmitted(kind).Actor({ActorId("author"), kPlatform, {Role::kSecurityManager}});
    spec.As("author").Given(DocumentRevised{kRevision});
    spec.When(approval).ThenRefused("separation_of_duties");
    spec.When(refusal).ThenRefused("separation_of_duties");
    spec.As("security").When(approval).Then(DocumentApproved{approval, std::nullopt});
    spec.When(refusal).ThenHappens(DocumentWasReturned{refusal});
    EXPECT_EQ(spec.State(), "document_returned");
    EXPECT_EQ(spec.Model().Clocks().Find("plan_revision"), nullptr);
  }
}

TEST_F(SecurityDutyTest, WhatWasReturnedIsRevisedOrEnds) {
  const End end{kText};
  InReviewed(false).When(ReviseDocument{"2024-1", kText, Paper("应急预案.pdf")});
  spec.ThenRefused("version_used");
  spec.When(kRevision).Then(DocumentRevised{kRevision});
  spec.As("security").When(end).ThenHappens(MatterEnded{end});
  InReviewed(true).As("security").When(end).ThenHappens(MatterEnded{end});
  EXPECT_EQ(ClockOf("plan_revision").state, ClockState::kCancelled);
}

TEST(SecurityDutyHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace
}  // namespace docket::security_duty
