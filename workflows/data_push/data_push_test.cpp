// A provider's connection: each row, each refusal, its clocks, and what is counted of its data.
#include "workflows/data_push/data_push.hpp"

#include "tests/support/spec.hpp"

namespace docket::data_push {

const Workflow& Definition();

namespace {

using docket::testing::Spec;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

Date On(std::string_view text) { return *Date::Parse(text); }
Instant Time(std::string_view text) { return *Instant::Parse(text); }
DocumentDigest Digest(char digit) { return DocumentDigest("sha256:" + std::string(64, digit)); }
DocumentRef Paper(const char* name) { return {Digest('a'), PersonalText(name)}; }

const PersonalText kReason("连续三日未推送开标数据");

ApplyForAdmission Application() {
  ApplyForAdmission c;
  c.provider = UnitId("platform");
  c.provider_name = "某电子交易系统";
  c.credit_code = CreditCode("91350100M000100Y43");
  c.region = RegionCode("330482");
  c.system = SystemKind::kMarketPlatform;
  c.industries = {Industry::kConstruction, Industry::kGovernmentProcurement};
  c.connect_by = On("2024-10-08");
  return c;
}
SubmitCertificate Certified(const char* number, const char* valid_until) {
  return {number,
          "某检测认证机构",
          {Industry::kConstruction, Industry::kGovernmentProcurement},
          On(valid_until),
          Paper("检测报告.pdf")};
}
Admit Admission() { return {"2.0", {{"tender_notice", 60}, {"opening_record", 1440}}}; }
RecordBatch Batch(const char* batch, const char* version, const char* received_at) {
  return {batch, "tender_notice", version, Time(received_at), 10, 2, 1, Digest('b')};
}
RecordDefect Defect(DefectKind kind) {
  return {kind, "tender_notice", "A4101001234567890123", PersonalText("缺少标段编号")};
}
Escalate Measure(Step step) { return {step, "闽发改法规〔2018〕105号 13(3)", kReason, {}}; }

struct DataPushTest : ::testing::Test {
  Spec spec{Definition()};

  DataPushTest() {
    const UnitId elsewhere("elsewhere");
    spec.Unit({elsewhere, "某市发改委", RegionCode("350100"), {Industry::kConstruction}});
    spec.Actor({ActorId("office_elsewhere"), elsewhere, {Role::kResourceOffice}});
    spec.Actor({ActorId("rival"), elsewhere, {Role::kDataProvider}});
    spec.Actor({ActorId("operator_2"), UnitId("platform"), {Role::kPlatformOperator}});
  }
  /// Applied by the provider on Thursday 8 August 2024.
  Spec& InApplied() {
    return spec.Fresh().At("2024-08-08").As("provider").Given(ConnectionApplied{Application()});
  }
  Spec& Prepared() {
    InApplied().Given(CertificateSubmitted{Certified("C-1", "2024-12-31")}).As("operator");
    for (const auto& entry : EnumTable<InterfaceSubject>::kNames) {
      spec.Given(SubjectConfirmed{{entry.value, Paper("对接记录.pdf")}});
    }
    return spec;
  }
  /// Admitted on Monday 2 September 2024.
  Spec& InAdmitted() {
    return Prepared().At("2024-09-02").As("office").Given(ConnectionAdmitted{Admission()});
  }
  Spec& InSuspended() {
    InAdmitted().At("2024-09-10").Given(ConnectionSuspended{{"HN18-8", kReason}});
    return spec;
  }
  const CaseClock& Clock(std::string_view rule) {
    const auto* clock = spec.Model().Clocks().Find(std::string(rule));
    EXPECT_NE(clock, nullptr) << rule;
    return *clock;
  }
  Json Facts() { return spec.Model().Facts(); }
};

TEST_F(DataPushTest, AProviderAppliesForItsOwnSystem) {
  spec.At("2024-08-08").As("provider").When(Application());
  spec.ThenHappens(ConnectionApplied{Application()});
  EXPECT_EQ(spec.State(), "applied");

  spec.Fresh().As("rival").When(Application()).ThenRefused("not_the_provider");
  spec.As("operator").When(Application()).Then(ConnectionApplied{Application()});
  auto odd = Application();
  odd.industries = {};
  spec.When(odd).ThenRefused("industries_missing");
  odd.region = RegionCode("990000");
  spec.When(odd).ThenRefused("region_unknown");
}

TEST_F(DataPushTest, AProviderHasOneConnectionUntilItEnds) {
  spec.At("2024-08-08").As("provider").When(Application());
  const auto& taken = spec.Decision()->events.front().claims;
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(taken.front().kind, Claim::Kind::kTake);
  EXPECT_EQ(taken.front().Stream(), StreamId("data_push_provider-platform"));
  EXPECT_EQ(taken.front().taken.code, "provider_connected");

  InAdmitted().When(End{kReason}).Happens();
  const auto& released = spec.Decision()->events.front().claims;
  ASSERT_EQ(released.size(), 1U);
  EXPECT_EQ(released.front().kind, Claim::Kind::kRelease);
  EXPECT_EQ(released.front().Stream(), StreamId("data_push_provider-platform"));
}

// Shows A194.
TEST_F(DataPushTest, ACountyFoundsNoNewPlatformAndAKeptOneShowsItsApproval) {
  auto county = Application();
  county.system = SystemKind::kGovernmentPlatform;
  spec.At("2024-08-08").As("operator").When(county).ThenRefused("county_platform_not_allowed");
  auto kept = county;
  kept.retention = RetentionApproval{"闽政文〔2016〕1号", "省人民政府", Paper("批复.pdf")};
  spec.When(kept).ThenHappens(ConnectionApplied{kept});
  EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"retained_by_approval"});
  auto city = county;
  city.region = RegionCode("330400");
  spec.Fresh().When(city).Then(ConnectionApplied{city});
}

// Shows A088.
TEST_F(DataPushTest, AllFiveSubjectsOfInterfacingAreConfirmedBySomebodyElse) {
  InApplied().Given(CertificateSubmitted{Certified("C-1", "2024-12-31")});
  for (const auto& entry : EnumTable<InterfaceSubject>::kNames) {
    spec.As("office").When(Admission()).ThenRefused("subjects_incomplete");
    const ConfirmSubject confirm{entry.value, Paper("对接记录.pdf")};
    spec.As("operator").When(confirm).ThenHappens(SubjectConfirmed{confirm});
  }
  spec.When(ConfirmSubject{InterfaceSubject::kData, Paper("复测.pdf")}).Happens();
  EXPECT_EQ(Facts().at("subjects").size(), 5U);
  spec.As("office").When(Admission()).Then(ConnectionAdmitted{Admission()});

  spec.Fresh().As("operator_2").Given(ConnectionApplied{Application()});
  const ConfirmSubject own{InterfaceSubject::kData, Paper("对接记录.pdf")};
  spec.When(own).ThenRefused("separation_of_duties");
  spec.As("operator").When(own).Then(SubjectConfirmed{own});
}

TEST_F(DataPushTest, TheOperatorRegistersAndRevokesTheKeysThatSign) {
  const PublicKey one("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
  const RegisterKey key{"k1", one};
  const RevokeKey revoke{"k1", kReason};
  for (int state = 0; state < 3; ++state) {
    (state == 0 ? InApplied() : state == 1 ? InAdmitted() : InSuspended()).As("operator");
    spec.When(revoke).ThenRefused("signing_key_unknown");
    spec.When(key).ThenHappens(KeyRegistered{key});
    spec.When(key).ThenRefused("signing_key_known");
    EXPECT_EQ(Facts().at("keys").size(), 1U);
    spec.When(revoke).ThenHappens(KeyRevoked{revoke});
    EXPECT_TRUE(Facts().at("keys").empty());
  }
  EXPECT_FALSE(PublicKey("not a key").IsWellFormed());
  EXPECT_FALSE(PublicKey(one.value.substr(1) + "=").IsWellFormed());
}

// Shows A183.
TEST_F(DataPushTest, ACertificateInForceForEveryTradeStandsBeforeAdmission) {
  const auto certificate = Certified("C-1", "2024-09-02");
  InApplied().At("2024-09-03").When(certificate).ThenRefused("certificate_expired");
  spec.At("2024-09-02").When(certificate).Then(CertificateSubmitted{certificate});

  Prepared().At("2025-01-01").As("office").When(Admission()).ThenRefused("system_not_certified");
  spec.At("2024-12-31").When(Admission()).Then(ConnectionAdmitted{Admission()});
  auto narrow = Certified("C-2", "2025-12-31");
  narrow.scope = {Industry::kConstruction};
  spec.As("provider")
      .When(narrow)
      .ThenHappens(CertificateReplaced{"C-1"}, CertificateSubmitted{narrow});
  spec.As("office").When(Admission()).ThenRefused("system_not_certified");

  auto department = Application();
  department.system = SystemKind::kBusinessSystem;
  spec.Fresh().At("2024-08-08").As("provider").Given(ConnectionApplied{department});
  spec.As("office").When(Admission()).ThenRefused("subjects_incomplete");
}

TEST_F(DataPushTest, EveryMessageTypeHasItsFrequency) {
  auto admission = Admission();
  admission.frequencies.front().every_minutes = 0;
  Prepared().At("2024-09-02").As("office").When(admission).ThenRefused("frequencies_missing");
  admission.frequencies.clear();
  spec.When(admission).ThenRefused("frequencies_missing");
  spec.When(Admission()).ThenHappens(ConnectionAdmitted{Admission()});
  EXPECT_EQ(spec.State(), "admitted");
}

// Shows A182.
TEST_F(DataPushTest, ARefusalHasAGroundThatIsThereAndARemedy) {
  const auto refuse = [](RefusalGround ground) {
    return Refuse{ground, kReason, "补正后可再次申请；不服的可申请行政复议", {}};
  };
  InApplied().As("office");
  for (const auto ground : {RefusalGround::kCertificate, RefusalGround::kSubjects}) {
    spec.When(refuse(ground)).Then(ConnectionRefused{refuse(ground)});
  }
  Prepared().As("office");
  for (const auto& entry : EnumTable<RefusalGround>::kNames) {
    spec.When(refuse(entry.value)).ThenRefused("refusal_without_ground");
  }
  for (const auto ground : {RefusalGround::kNonconforming, RefusalGround::kInsecure}) {
    auto tested = refuse(ground);
    tested.report = Paper("测试报告.pdf");
    spec.When(tested).Then(ConnectionRefused{tested});
  }
  auto silent = Encode(refuse(RefusalGround::kSubjects));
  silent["remedy"] = " ";
  spec.WhenOne("refuse", silent).ThenRefused("invalid_fields");

  InApplied().As("office").When(refuse(RefusalGround::kSubjects)).Happens();
  EXPECT_EQ(spec.State(), "refused");
  EXPECT_EQ(spec.Decision()->events.front().claims.front().kind, Claim::Kind::kRelease);
}

// Shows A179.
TEST_F(DataPushTest, AConnectionHasItsDueDateAndIsLateOrNot) {
  InApplied();
  EXPECT_EQ(Clock("data_push_connect").due_date, On("2024-10-08"));
  Prepared().At("2024-10-08T23:59:59+08:00").As("office").When(Admission()).Happens();
  EXPECT_EQ(Clock("data_push_connect").state, ClockState::kMet);

  Prepared().At("2024-10-09").TimePasses();
  EXPECT_EQ(Clock("data_push_connect").state, ClockState::kLapsed);
  spec.At("2024-10-10").As("office").When(Admission()).Happens();
  EXPECT_EQ(Clock("data_push_connect").late_by, 2);
}

TEST_F(DataPushTest, TheOfficeIsRemindedOfADecisionThatIsOutstanding) {
  InApplied();
  EXPECT_EQ(Clock("data_push_decide").due_date, On("2024-09-05"));
  EXPECT_EQ(Clock("data_push_decide").kind, ClockKind::kInternal);
  InAdmitted();
  EXPECT_EQ(Clock("data_push_decide").state, ClockState::kMet);
}

TEST_F(DataPushTest, ACertificateExpiresOnItsDayAndARenewedOneCountsAnew) {
  InAdmitted();
  EXPECT_EQ(Clock("data_push_certificate").due_date, On("2024-12-31"));
  const auto renewed = Certified("C-2", "2026-12-31");
  spec.At("2024-12-30")
      .As("provider")
      .When(renewed)
      .ThenHappens(CertificateReplaced{"C-1"}, CertificateSubmitted{renewed});
  EXPECT_EQ(Clock("data_push_certificate").clock, "data_push_certificate#2");
  EXPECT_EQ(Clock("data_push_certificate").due_date, On("2026-12-31"));
  spec.At("2027-01-01").TimePasses();
  EXPECT_EQ(Clock("data_push_certificate").state, ClockState::kExpired);
  EXPECT_EQ(spec.State(), "admitted");
}

// Shows A085.
TEST_F(DataPushTest, AnOutageIsRecordedFromItsBeginningToItsEnd) {
  const ReportOutage outage{Time("2024-09-03T08:30:00+08:00"), OutageCause::kHeartbeatLost};
  InAdmitted().At("2024-09-03T08:00:00+08:00").As("process_manager").When(outage);
  spec.ThenRefused("outage_in_future");
  spec.When(RestoreChannel{outage.from}).ThenRefused("channel_not_down");
  spec.At("2024-09-03T09:00:00+08:00").When(outage).ThenHappens(OutageReported{outage});
  spec.When(outage).ThenRefused("channel_down_already");
  EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"channel_down"});
  spec.At("2024-09-03T12:00:00+08:00");
  for (const char* wrong : {"2024-09-03T08:29:59+08:00", "2024-09-03T12:00:01+08:00"}) {
    spec.When(RestoreChannel{Time(wrong)}).ThenRefused("restored_before_outage");
  }
  const RestoreChannel restored{Time("2024-09-03T11:00:30+08:00")};
  spec.As("operator").When(restored).ThenHappens(ChannelRestored{restored, 151});
  EXPECT_EQ(Facts().at("minutes_down"), 151);
  EXPECT_EQ(Facts().at("outages"), 1);
  EXPECT_EQ(Clock("data_push_restore").state, ClockState::kMet);
}

TEST_F(DataPushTest, AChannelIsRestoredWithinADayAlsoWhileSuspended) {
  const ReportOutage outage{Time("2024-09-03T08:30:00+08:00"), OutageCause::kMaintenance};
  InAdmitted().At("2024-09-03T09:00:00+08:00").As("operator").Given(OutageReported{outage});
  EXPECT_EQ(Facts().at("defects_new"), 0);
  spec.As("office").Given(ConnectionSuspended{{"HN18-8", kReason}});
  spec.At("2024-09-04T08:30:00+08:00").TimePasses();
  EXPECT_EQ(Clock("data_push_restore").state, ClockState::kLapsed);
  spec.As("operator").When(RestoreChannel{Time("2024-09-03T08:29:00+08:00")});
  spec.ThenRefused("restored_before_outage");
  spec.When(RestoreChannel{Time("2024-09-04T08:30:00+08:00")}).Happens();
  EXPECT_EQ(Clock("data_push_restore").state, ClockState::kEndedLate);
  spec.When(RestoreChannel{Time("2024-09-04T08:30:00+08:00")}).ThenRefused("channel_not_down");
}

// Shows A012, A090.
TEST_F(DataPushTest, ABatchNamesItsStandardAndIsLateByTheAgreedFrequency) {
  const auto first = Batch("B-1", "2.0", "2024-09-03T08:00:00+08:00");
  InAdmitted().At("2024-09-03T10:00:00+08:00").As("process_manager").When(first);
  spec.ThenHappens(BatchRecorded{first, 0, false});
  spec.When(first).ThenRefused("batch_recorded_already");
  const auto in_time = Batch("B-2", "2.0", "2024-09-03T09:00:00+08:00");
  spec.When(in_time).Then(BatchRecorded{in_time, 0, false});
  const auto late = Batch("B-2", "2.0", "2024-09-03T09:00:01+08:00");
  spec.When(late).ThenHappens(BatchRecorded{late, 1, false});
  auto other_type = Batch("B-2", "2.0", "2024-09-04T09:00:00+08:00");
  other_type.message_type = "contract";
  spec.When(other_type).ThenHappens(BatchRecorded{other_type, 0, false});
  EXPECT_EQ(Facts().at("accepted"), 30);
  EXPECT_EQ(Facts().at("rejected"), 6);
  EXPECT_EQ(Facts().at("late"), 3);
  EXPECT_EQ(Facts().at("last_batches").size(), 2U);
  EXPECT_EQ(Facts().at("defects").front(), Json({{"kind", "timeliness"}, {"count", 1}}));
}

TEST_F(DataPushTest, TheCountsOfABatchAddUp) {
  const auto wrong = [&](std::int64_t accepted, std::int64_t rejected, std::int64_t late) {
    auto batch = Batch("B-1", "2.0", "2024-09-03T08:00:00+08:00");
    batch.accepted = accepted;
    batch.rejected = rejected;
    batch.late = late;
    spec.When(batch);
  };
  InAdmitted().As("operator");
  wrong(-1, 0, -1);
  spec.ThenRefused("counts_implausible");
  wrong(0, -1, 0);
  spec.ThenRefused("counts_implausible");
  wrong(0, 0, -1);
  spec.ThenRefused("counts_implausible");
  wrong(1, 0, 2);
  spec.ThenRefused("counts_implausible");
  wrong(1, 0, 1);
  spec.Happens();
}

// Shows A092.
TEST_F(DataPushTest, AChangedStandardIsAdoptedWithinItsGracePeriodAndTheOldIsADefectAfterwards) {
  const ChangeStandard change{"2.1", On("2024-10-08")};
  InAdmitted().At("2024-09-20").As("office").When(change).ThenHappens(StandardChanged{change});
  EXPECT_EQ(Clock("data_push_adapt").due_date, On("2024-10-08"));
  EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"standard_not_adopted"});
  spec.At("2024-10-10").As("process_manager");
  const auto in_grace = Batch("B-1", "2.0", "2024-10-08T23:59:00+08:00");
  spec.When(in_grace).Then(BatchRecorded{in_grace, 0, false});
  const auto after = Batch("B-1", "2.0", "2024-10-09T00:00:00+08:00");
  spec.When(after).ThenHappens(BatchRecorded{after, 0, true});
  EXPECT_EQ(Facts().at("defects").front(), Json({{"kind", "standard"}, {"count", 1}}));
  const auto never = Batch("B-2", "1.0", "2024-09-21T00:00:00+08:00");
  spec.When(never).Then(BatchRecorded{never, 0, true});
  const auto adopted = Batch("B-3", "2.1", "2024-10-09T00:30:00+08:00");
  spec.When(adopted).ThenHappens(BatchRecorded{adopted, 0, false}, StandardAdopted{"2.1"});
  EXPECT_EQ(Clock("data_push_adapt").state, ClockState::kEndedLate);
  EXPECT_EQ(Clock("data_push_adapt").late_by, 2);
}

TEST_F(DataPushTest, AChangeThatIsOvertakenEndsItsClock) {
  InAdmitted().At("2024-09-20").As("office");
  spec.When(ChangeStandard{"2.0", On("2024-10-08")}).ThenRefused("standard_unchanged");
  spec.When(ChangeStandard{"2.1", On("2024-09-20")}).ThenRefused("grace_in_past");
  spec.Given(StandardChanged{{"2.1", On("2024-10-08")}}).At("2024-09-25").As("operator");
  const ChangeStandard again{"2.2", On("2024-11-01")};
  spec.When(again).ThenHappens(StandardOvertaken{"2.1"}, StandardChanged{again});
  EXPECT_EQ(Clock("data_push_adapt").clock, "data_push_adapt#2");
  EXPECT_EQ(Clock("data_push_adapt").due_date, On("2024-11-01"));
}

// Shows A082, A093, A098.
TEST_F(DataPushTest, DefectsAreCountedEachByItsKind) {
  InAdmitted().As("process_manager");
  for (const auto& entry : EnumTable<DefectKind>::kNames) {
    spec.When(Defect(entry.value)).ThenHappens(DefectRecorded{Defect(entry.value)});
  }
  const auto withheld = Defect(DefectKind::kWithheld);
  spec.As("han").When(withheld).ThenHappens(DefectRecorded{withheld});
  const auto defects = Facts().at("defects");
  EXPECT_EQ(defects.size(), 7U);
  EXPECT_EQ(defects.at(5), Json({{"kind", "withheld"}, {"count", 2}}));
  InSuspended().As("operator").When(withheld).Then(DefectRecorded{withheld});
}

// Shows A089.
TEST_F(DataPushTest, AMissingStepOfAProjectIsADefectOfCompleteness) {
  using E = ElectronicStep;
  ReviewProject review;
  review.project = ProjectCode("E3501000001000000001");
  review.steps_seen = {E::kRegistration, E::kPublication, E::kBidEnrolment, E::kExpertDraw,
                       E::kOpening,      E::kEvaluation,  E::kAwardNotice};
  InAdmitted().As("process_manager").When(review);
  spec.ThenHappens(ProjectReviewed{review, {E::kDeposit}, 0});
  EXPECT_EQ(Facts().at("defects").front(), Json({{"kind", "completeness"}, {"count", 1}}));
  review.steps_due = {E::kPublication, E::kAwardNotice};
  spec.When(review).ThenHappens(ProjectReviewed{review, {}, 0});
  EXPECT_EQ(Facts().at("defects_new"), 1);
}

// Shows A091.
TEST_F(DataPushTest, GapsInWhatWasRecordedOfASessionAreFound) {
  using E = ElectronicStep;
  const auto at = [](const char* time) {
    return Time("2024-09-03T" + std::string(time) + "+08:00");
  };
  ReviewProject review;
  review.project = ProjectCode("E3501000001000000001");
  review.steps_due = review.steps_seen = {E::kOpening};
  review.sessions = {{E::kOpening, at("09:00:00"), at("10:00:00")}};
  review.recordings = {{E::kOpening, at("09:30:00"), at("09:50:00"), Digest('c')},
                       {E::kOpening, at("08:55:00"), at("09:20:00"), Digest('b')},
                       {E::kEvaluation, at("09:00:00"), at("10:00:00"), Digest('d')},
                       {E::kOpening, at("09:35:00"), at("09:40:00"), Digest('e')},
                       {E::kOpening, at("10:10:00"), at("10:20:00"), Digest('f')}};
  InAdmitted().As("operator").When(review).ThenHappens(ProjectReviewed{review, {}, 20 * 60});
  EXPECT_EQ(Facts().at("defects_new"), 1);
  review.recordings.push_back({E::kOpening, at("09:10:00"), at("10:05:00"), Digest('a')});
  spec.When(review).Then(ProjectReviewed{review, {}, 0});

  review.recordings.back().until = review.recordings.back().from;
  spec.When(review).ThenRefused("session_backwards");
  review.recordings.clear();
  review.sessions.front().until = at("09:00:00");
  spec.When(review).ThenRefused("session_backwards");
}

// Shows A083.
TEST_F(DataPushTest, MeasuresClimbTheLadderOfFiveSteps) {
  InAdmitted().As("office").When(Measure(Step::kSupervise)).ThenRefused("no_new_defect");
  spec.When(Measure(Step::kWarn)).ThenRefused("step_out_of_order");
  spec.As("operator").Given(DefectRecorded{Defect(DefectKind::kTimeliness)}).As("office");
  for (const Step step : {Step::kSupervise, Step::kWarn, Step::kCirculate}) {
    spec.When(Measure(step)).ThenHappens(MeasureTaken{Measure(step)});
  }
  spec.When(Measure(Step::kPublicise)).ThenRefused("step_out_of_order");
  spec.When(Measure(Step::kPunish)).ThenRefused("office_cannot_punish");
  spec.As("head").When(Measure(Step::kPunish)).ThenHappens(MeasureTaken{Measure(Step::kPunish)});
  spec.As("office").When(Measure(Step::kPublicise)).Happens();
  EXPECT_EQ(spec.Model().Summary().outcome, "publicise");
  spec.When(Measure(Step::kSupervise)).ThenRefused("no_new_defect");
  spec.As("operator")
      .Given(OutageReported{{Time("2024-09-01T08:00:00+08:00"), OutageCause::kFault}});
  spec.As("office").When(Measure(Step::kSupervise)).Then(MeasureTaken{Measure(Step::kSupervise)});
  spec.As("office_elsewhere").When(Measure(Step::kSupervise)).ThenRefused("unit_not_competent");
}

TEST_F(DataPushTest, MeasuresGoOnWhileTheConnectionIsSuspended) {
  InSuspended().When(Measure(Step::kSupervise)).ThenRefused("no_new_defect");
  spec.When(Measure(Step::kPunish)).ThenRefused("step_out_of_order");
  spec.As("operator").Given(DefectRecorded{Defect(DefectKind::kAuthenticity)}).As("office");
  spec.Given(MeasureTaken{Measure(Step::kSupervise)}, MeasureTaken{Measure(Step::kWarn)},
             MeasureTaken{Measure(Step::kCirculate)});
  spec.When(Measure(Step::kPunish)).ThenRefused("office_cannot_punish");
  spec.As("head").When(Measure(Step::kPunish)).Then(MeasureTaken{Measure(Step::kPunish)});
}

TEST_F(DataPushTest, WhatComesFromASystemThatIsNotAdmittedIsQuarantined) {
  const auto batch = Batch("B-1", "2.0", "2024-09-03T08:00:00+08:00");
  InApplied().As("process_manager").When(batch).ThenHappens(BatchQuarantined{batch});
  EXPECT_EQ(Facts().at("quarantined"), 1);
  InSuspended().As("operator").When(batch).ThenHappens(BatchQuarantined{batch});
  EXPECT_EQ(Facts().at("accepted"), 0);
}

TEST_F(DataPushTest, AConnectionIsSuspendedAndResumesWithACertificateInForce) {
  const Suspend suspend{"HN18-8", kReason};
  InAdmitted().When(suspend).ThenHappens(ConnectionSuspended{suspend});
  const Resume resume{PersonalText("整改完成")};
  spec.At("2025-01-01").When(resume).ThenRefused("system_not_certified");
  const auto expired = Certified("C-2", "2024-12-31");
  spec.As("provider").When(expired).ThenRefused("certificate_expired");
  const auto renewed = Certified("C-2", "2025-12-31");
  spec.When(renewed).ThenHappens(CertificateReplaced{"C-1"}, CertificateSubmitted{renewed});
  spec.As("office").When(resume).ThenHappens(ConnectionResumed{resume});
  EXPECT_EQ(spec.State(), "admitted");
  spec.As("provider").When(expired).ThenRefused("certificate_expired");
}

TEST_F(DataPushTest, AConnectionEndsByItsProviderOrTheOffice) {
  const End end{PersonalText("系统停止运营")};
  InApplied().When(end).Then(ConnectionEnded{end});
  spec.As("rival").When(end).ThenRefused("not_the_provider");
  InSuspended().As("office").When(end).Then(ConnectionEnded{end});
  InAdmitted().As("provider").When(end).ThenHappens(ConnectionEnded{end});
  EXPECT_EQ(spec.State(), "ended");
  EXPECT_EQ(Clock("data_push_certificate").state, ClockState::kCancelled);
}

TEST(DataPushHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace
}  // namespace docket::data_push
