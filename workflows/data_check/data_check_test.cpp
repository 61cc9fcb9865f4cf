// The quick check of faulty data: each row, each refusal, and the provider's five working days.
#include "workflows/data_check/data_check.hpp"

#include "tests/support/spec.hpp"

namespace docket::data_check {

const Workflow& Definition();

namespace {

using docket::testing::Spec;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

const ReportFailure kFailure{UnitId("platform"),
                             RegionCode("410100"),
                             "tender_notice",
                             "A4101001234567890123",
                             {PersonalText("联系人电话格式错误")}};
const PersonalText kReason("系统升级期间未留存原始数据");

struct DataCheckTest : ::testing::Test {
  Spec spec{Definition()};

  DataCheckTest() {
    spec.Actor({ActorId("ops"), UnitId("operator"), {Role::kPlatformOperator}});
    spec.Actor({ActorId("rival"), UnitId("other_platform"), {Role::kDataProvider}});
  }
  /// Reported on 22 January 2020, received by the provider on `received_on`.
  Spec& InReceived(std::string_view received_on = "2020-01-22") {
    spec.Fresh().At("2020-01-21").As("ops").Given(FailureReported{kFailure}, FeedbackWasSent{});
    return spec.At(received_on).As("provider").Given(FeedbackReceived{});
  }
};

// Shows A094.
TEST_F(DataCheckTest, AFailureGoesToItsProviderAndIsReceived) {
  spec.As("ops").When(kFailure).ThenHappens(FailureReported{kFailure});
  spec.When(SendFeedback{}).ThenHappens(FeedbackWasSent{});
  spec.As("rival").When(ConfirmReceipt{}).ThenRefused("not_the_provider");
  spec.As("ops").When(ConfirmReceipt{}).Then(FeedbackReceived{});
  spec.As("provider").When(ConfirmReceipt{}).ThenHappens(FeedbackReceived{});
  EXPECT_EQ(spec.State(), "received");
}

TEST_F(DataCheckTest, AReportListsItsFailuresAndAKnownRegion) {
  auto failure = kFailure;
  failure.failures = {};
  spec.As("ops").When(failure).ThenRefused("failures_missing");
  failure.region = RegionCode("990000");
  spec.When(failure).ThenRefused("region_unknown");
}

// Shows A096.
TEST_F(DataCheckTest, TheProviderAnswersInOneOfFourWays) {
  InReceived().When(ReportCorrection{"sha256:1"}).Then(RecordCorrected{{"sha256:1"}});
  spec.When(ConfirmCorrect{kReason}).Then(RecordConfirmed{{kReason}});
  spec.When(ReportCannotFix{kReason}).Then(RecordUnfixable{{kReason}});
  spec.When(RefuseCorrection{kReason}).Then(CorrectionRefused{{kReason}});
  spec.As("rival");
  spec.When(ReportCorrection{"sha256:1"}).ThenRefused("not_the_provider");
  spec.When(ConfirmCorrect{kReason}).ThenRefused("not_the_provider");
  spec.When(ReportCannotFix{kReason}).ThenRefused("not_the_provider");
  spec.When(RefuseCorrection{kReason}).ThenRefused("not_the_provider");
}

TEST_F(DataCheckTest, WhatWasPushedAgainIsClosedOrReturned) {
  const ReturnCheck again{{PersonalText("仍缺少标段编号")}};
  InReceived().Given(RecordCorrected{{"sha256:1"}});
  spec.As("ops").When(ReturnCheck{}).ThenRefused("failures_missing");
  spec.When(again).Then(CheckReturned{again});
  spec.When(Close{PersonalText("已重新归集")}).Then(CheckClosed{{PersonalText("已重新归集")}});

  InReceived().Given(RecordConfirmed{{kReason}});
  spec.As("ops").When(ReturnCheck{}).ThenRefused("failures_missing");
  spec.When(Close{PersonalText("确认无误")}).Then(CheckClosed{{PersonalText("确认无误")}});
  spec.When(again).ThenHappens(CheckReturned{again});
  EXPECT_EQ(spec.State(), "received");
}

// Shows A096.
TEST_F(DataCheckTest, WhatCannotOrWillNotBeFixedIsForTheOffice) {
  const HoldAccountable accountable{"省交易中心主管部门"};
  InReceived().Given(RecordUnfixable{{kReason}});
  spec.As("office")
      .When(Close{PersonalText("理由成立")})
      .Then(CheckClosed{{PersonalText("理由成立")}});
  spec.When(accountable).Then(ProviderHeldAccountable{accountable});

  InReceived().Given(CorrectionRefused{{kReason}});
  spec.As("office")
      .When(Close{PersonalText("理由成立")})
      .Then(CheckClosed{{PersonalText("理由成立")}});
  spec.When(accountable).ThenHappens(ProviderHeldAccountable{accountable});
  EXPECT_EQ(spec.State(), "held_accountable");
}

// Shows A095.
TEST_F(DataCheckTest, FiveWorkingDaysRunFromTheProvidersReceipt) {
  InReceived();
  const auto* clock = spec.Model().Clocks().Find("data_check_fix");
  ASSERT_NE(clock, nullptr);
  EXPECT_EQ(clock->due_date->ToString(), "2020-02-06");  // Spring Festival as extended in 2020.
  spec.At("2020-02-06T23:59:59+08:00").When(ReportCorrection{"sha256:1"}).Happens();
  EXPECT_EQ(spec.Model().Clocks().Find("data_check_fix")->state, ClockState::kMet);
}

// Shows A095.
TEST_F(DataCheckTest, ALateCheckIsRecordedAndAReturnStartsAnotherRound) {
  InReceived();
  spec.At("2020-02-07").TimePasses();
  EXPECT_EQ(spec.Model().Clocks().Find("data_check_fix")->state, ClockState::kLapsed);
  spec.At("2020-02-10").When(ReportCorrection{"sha256:1"}).Happens();
  const auto* late = spec.Model().Clocks().Find("data_check_fix");
  EXPECT_EQ(late->state, ClockState::kEndedLate);
  EXPECT_EQ(late->late_by, 2);
  spec.At("2020-02-11").As("ops").Given(CheckReturned{{{PersonalText("仍缺少")}}});
  EXPECT_EQ(spec.Model().Clocks().Find("data_check_fix")->clock, "data_check_fix#2");
  EXPECT_EQ(spec.Model().Clocks().Find("data_check_fix")->state, ClockState::kRunning);
}

TEST(DataCheckHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace
}  // namespace docket::data_check
