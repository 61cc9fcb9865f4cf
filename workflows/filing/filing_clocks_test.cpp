// The limits of filings at their edges: Mid-Autumn 2024 is off from 15 to 17 September, with
// Saturday the 14th made up; National Day from 1 to 7 October, with Sunday 29 September and
// Saturday 12 October made up.
#include "workflows/filing/filing_test_samples.hpp"

namespace docket::filing {
namespace {

using docket::testing::Spec;

const std::string kReportClock = RuleOf(Type::kWrittenReport);

const CaseClock& ClockOf(const Spec& spec, std::string_view clock) {
  const CaseClock* found = spec.Model().Clocks().Find(clock);
  EXPECT_NE(found, nullptr) << clock;
  static const CaseClock none{};
  return found == nullptr ? none : *found;
}
/// Created on the day that triggered it.
Spec Triggered(Type type, std::string_view on) {
  Spec spec(Definition());
  spec.At(on).As("process_manager").Given(SampleCreated(type, on));
  return spec;
}
std::vector<std::string> FlagsOf(const Spec& spec) { return spec.Model().Summary().flags; }
const std::vector<std::string> kOverdue{"overdue"};
const std::vector<std::string> kFulfilledLate{"fulfilled_late"};
const std::vector<std::string> kNone;

// Shows A045, A046.
TEST(FilingClocks, EachTypeHasALimitOfItsOwnFromItsTrigger) {
  const std::pair<Type, const char*> limits[] = {
      {Type::kTenderDocuments, "2024-10-08"},   {Type::kClarification, "2024-09-27"},
      {Type::kSelfTendering, "2024-10-08"},     {Type::kWrittenReport, "2024-10-10"},
      {Type::kContractSigning, "2024-10-25"},   {Type::kContract, "2024-10-10"},
      {Type::kContractCopy, "2024-10-10"},      {Type::kContractPublication, "2024-09-27"},
      {Type::kBidBondReturn, "2024-09-30"},     {Type::kCandidatePublication, "2024-09-29"},
      {Type::kAwardResult, "2024-09-27"},       {Type::kPerformance, "2024-10-14"},
      {Type::kAbnormalityReport, "2024-10-08"}, {Type::kObjectionReport, "2024-10-08"}};
  EXPECT_EQ(std::size(limits), EnumTable<Type>::kNames.size());
  for (const auto& [type, due] : limits) {
    SCOPED_TRACE(ChineseOf(type));
    Spec spec = Triggered(type, "2024-09-25");
    EXPECT_EQ(ClockOf(spec, RuleOf(type)).due_date, On(due));
    EXPECT_EQ(ClockOf(spec, RuleOf(type)).kind, ClockKind::kStatutory);
    EXPECT_EQ(spec.Model().Clocks().All().size(), 1U);
  }
}

TEST(FilingClocks, CalendarDaysRollOverHolidaysAndStopAtAMakeUpDay) {
  EXPECT_EQ(ClockOf(Triggered(Type::kWrittenReport, "2024-09-16"), kReportClock).due_date,
            On("2024-10-08"));
  EXPECT_EQ(ClockOf(Triggered(Type::kWrittenReport, "2024-09-14"), kReportClock).due_date,
            On("2024-09-29"));
}

TEST(FilingClocks, WhereTheLawLeavesItOpenTheObligationBringsItsLimit) {
  Spec spec(Definition());
  auto obligation = SampleObligation(Type::kContract, "2024-09-25");
  obligation.limit_workdays = 1;
  spec.At("2024-09-25").As("process_manager").When(obligation).Happens();
  EXPECT_EQ(ClockOf(spec, "filing_contract").due_date, On("2024-09-26"));
}

TEST(FilingClocks, ItIsMetWhenItWasSubmittedNotWhenItWasSignedFor) {
  Spec spec = Triggered(Type::kWrittenReport, "2024-09-14");
  spec.At("2024-09-29T23:59:59+08:00").As("tenderer").When(SampleSubmission()).Happens();
  spec.At("2024-09-30").TimePasses();
  EXPECT_EQ(FlagsOf(spec), kNone);
  spec.At("2024-10-08").As("clerk").When(SampleSignature()).Happens();
  EXPECT_EQ(ClockOf(spec, kReportClock).state, ClockState::kMet);
  EXPECT_EQ(ClockOf(spec, kReportClock).ended_at,
            *Instant::ParseDateOrInstant("2024-09-29T23:59:59+08:00"));
  EXPECT_EQ(FlagsOf(spec), kNone);
}

TEST(FilingClocks, AnOverdueObligationIsMarkedAndCanBeFulfilledLate) {
  Spec spec = Triggered(Type::kWrittenReport, "2024-09-14");
  spec.At("2024-09-29T23:59:59+08:00").TimePasses();
  EXPECT_EQ(FlagsOf(spec), kNone);
  spec.At("2024-09-30").TimePasses();
  EXPECT_EQ(spec.State(), "open");
  EXPECT_EQ(FlagsOf(spec), kOverdue);
  EXPECT_EQ(ClockOf(spec, kReportClock).state, ClockState::kLapsed);
  spec.As("tenderer").When(SampleSubmission()).Happens();
  EXPECT_EQ(FlagsOf(spec), kOverdue);
  spec.At("2024-10-08").As("clerk").When(SampleSignature());
  spec.ThenHappens(FilingSignedFor{SampleSignature().handlers, UnitId("bureau"),
                                   Instant::StartOf(On("2024-09-30")), std::nullopt, true});
  EXPECT_EQ(FlagsOf(spec), kFulfilledLate);
  EXPECT_EQ(ClockOf(spec, kReportClock).state, ClockState::kEndedLate);
  EXPECT_EQ(ClockOf(spec, kReportClock).late_by, 1);
}

TEST(FilingClocks, WhatWasReturnedAsIncompleteDidNotCount) {
  const ReturnIncomplete back{{PersonalText("缺少评标报告")}};
  Spec spec = Triggered(Type::kWrittenReport, "2024-09-14");
  spec.At("2024-09-27").As("tenderer").When(SampleSubmission()).Happens();
  Spec in_time = spec;
  in_time.As("clerk").When(back).ThenHappens(FilingReturned{back});
  in_time.At("2024-09-29").As("tenderer").When(SampleSubmission()).Happens();
  in_time.At("2024-10-08").As("clerk").When(SampleSignature()).Happens();
  EXPECT_EQ(ClockOf(in_time, kReportClock).state, ClockState::kMet);
  EXPECT_EQ(ClockOf(in_time, kReportClock).ended_at, Instant::StartOf(On("2024-09-29")));

  spec.At("2024-09-30").TimePasses();
  EXPECT_EQ(FlagsOf(spec), kNone);
  spec.As("clerk").When(back);
  spec.ThenHappens(FilingReturned{back}, ObligationOverdue{On("2024-09-29")});
  EXPECT_EQ(FlagsOf(spec), kOverdue);
  spec.At("2024-10-08").As("tenderer").When(SampleSubmission()).Happens();
  spec.As("clerk").When(SampleSignature()).Happens();
  EXPECT_EQ(ClockOf(spec, kReportClock).state, ClockState::kEndedLate);
  EXPECT_EQ(ClockOf(spec, kReportClock).late_by, 9);
}

TEST(FilingClocks, WhatIsReturnedOrWithdrawnAfterTheLimitIsMarkedOverdueOnce) {
  Spec spec = Triggered(Type::kWrittenReport, "2024-09-14");
  spec.At("2024-09-27").As("tenderer").When(SampleSubmission()).Happens();
  spec.At("2024-09-30").TimePasses();
  const ReturnNotCompetent elsewhere{"青川市水利局"};
  spec.As("clerk").When(elsewhere);
  spec.Then(FilingNotCompetent{elsewhere}, ObligationOverdue{On("2024-09-29")});
  const Withdraw withdraw{PersonalText("材料有误")};
  const FilingWithdrawn withdrawn{withdraw, std::nullopt, std::nullopt};
  spec.As("tenderer").When(withdraw).ThenHappens(withdrawn, ObligationOverdue{On("2024-09-29")});
  spec.When(SampleSubmission()).Happens();
  spec.When(withdraw).ThenHappens(withdrawn);
}

TEST(FilingClocks, OnlyAnOpenObligationIsMarkedByTheClock) {
  for (const char* state : {"open", "returned_incomplete"}) {
    SCOPED_TRACE(state);
    Spec spec = In(state);
    spec.At("2024-10-09").As("clock").When(NoteOverdue{});
    spec.ThenHappens(ObligationOverdue{On("2024-10-08")});
    EXPECT_EQ(spec.State(), state);
    EXPECT_EQ(FlagsOf(spec), kOverdue);
  }
  In("submitted").As("clock").When(NoteOverdue{}).ThenRefused("command_not_allowed_in_state");
}

TEST(FilingClocks, WhatIsWithdrawnReopensTheObligationUnderItsOldLimit) {
  const Withdraw withdraw{PersonalText("材料有误")};
  for (const char* state : {"submitted", "signed_for", "first_review", "second_review"}) {
    SCOPED_TRACE(state);
    const bool taken = std::string_view(state) != "submitted";
    Spec spec = In(state);
    spec.As("rival").When(withdraw).ThenRefused("actor_not_obliged");
    const auto reopened = taken ? std::optional(On("2024-09-16")) : std::nullopt;
    spec.As("tenderer").When(withdraw);
    spec.ThenHappens(FilingWithdrawn{withdraw, reopened, std::nullopt});
    EXPECT_EQ(spec.State(), "open");
    EXPECT_EQ(ClockOf(spec, kReportClock).clock, taken ? kReportClock + "#2" : kReportClock);
    EXPECT_EQ(ClockOf(spec, kReportClock).due_date, On("2024-10-08"));
    EXPECT_EQ(ClockOf(spec, kReportClock).state, ClockState::kRunning);
    spec.At("2024-10-09").TimePasses();
    EXPECT_EQ(FlagsOf(spec), kOverdue);
  }
}

TEST(FilingClocks, ALimitOfItsOwnHoldsAfterAWithdrawal) {
  Spec spec(Definition());
  auto obligation = SampleObligation(Type::kContract, "2024-09-25");
  obligation.limit_workdays = 4;
  spec.At("2024-09-25").As("process_manager").When(obligation).Happens();
  spec.As("tenderer").When(SampleSubmission()).Happens();
  spec.As("clerk").When(SampleSignature()).Happens();
  spec.As("tenderer").When(Withdraw{PersonalText("材料有误")}).Happens();
  EXPECT_EQ(ClockOf(spec, "filing_contract").clock, "filing_contract#2");
  EXPECT_EQ(ClockOf(spec, "filing_contract").due_date, On("2024-09-30"));
}

TEST(FilingClocks, ASubmissionAfterRectificationDoesNotTouchTheObligation) {
  Spec spec = In("rectification_required");
  spec.At("2024-10-12").As("tenderer").When(SampleSubmission()).Happens();
  spec.As("clerk").When(SampleSignature());
  spec.ThenHappens(FilingSignedFor{SampleSignature().handlers, UnitId("bureau"),
                                   Instant::StartOf(On("2024-10-12")), std::nullopt, false});
  EXPECT_EQ(ClockOf(spec, kReportClock).state, ClockState::kMet);
  EXPECT_EQ(ClockOf(spec, kReportClock).clock, kReportClock);
  EXPECT_EQ(FlagsOf(spec), kNone);
}

TEST(FilingClocks, WhereTheDutyIsAnActItsDayCounts) {
  Spec spec = Triggered(Type::kContractSigning, "2024-09-16");
  const std::string signing = RuleOf(Type::kContractSigning);
  EXPECT_EQ(ClockOf(spec, signing).due_date, On("2024-10-16"));
  spec.At("2024-10-21").TimePasses();
  EXPECT_EQ(FlagsOf(spec), kOverdue);
  Spec late = spec;
  spec.As("tenderer").When(SampleSubmission(On("2024-10-16"))).Happens();
  spec.As("clerk").When(SampleSignature()).Happens();
  EXPECT_EQ(ClockOf(spec, signing).state, ClockState::kMet);
  EXPECT_EQ(FlagsOf(spec), kNone);
  late.As("tenderer").When(SampleSubmission(On("2024-10-17"))).Happens();
  late.As("clerk").When(SampleSignature()).Happens();
  EXPECT_EQ(ClockOf(late, signing).state, ClockState::kEndedLate);
  EXPECT_EQ(ClockOf(late, signing).late_by, 1);
  EXPECT_EQ(FlagsOf(late), kFulfilledLate);
}

TEST(FilingClocks, CandidatesArePublicForThreeDaysThatEndOnAWorkingDay) {
  Spec spec = Triggered(Type::kCandidatePublication, "2024-09-24");
  spec.At("2024-09-26").As("tenderer").When(SampleSubmission(On("2024-09-25"))).Happens();
  spec.As("clerk").When(SampleSignature()).Happens();
  EXPECT_EQ(ClockOf(spec, "filing_candidate_publicity").due_date, On("2024-09-29"));
  spec.At("2024-09-30").TimePasses();
  EXPECT_EQ(ClockOf(spec, "filing_candidate_publicity").state, ClockState::kExpired);
}

// Shows A064.
TEST(FilingClocks, TheTendererReportsAfterHandlingAnObjection) {
  Spec spec(Definition());
  auto obligation = SampleObligation(Type::kObjectionReport, "2024-09-25");
  obligation.source = StreamId("objection-1");
  spec.At("2024-09-25").As("process_manager").When(obligation).Happens();
  spec.At("2024-10-08T23:59:59+08:00").As("tenderer").When(SampleSubmission()).Happens();
  spec.At("2024-10-09").As("clerk").When(SampleSignature()).Happens();
  EXPECT_EQ(ClockOf(spec, "filing_objection_report").state, ClockState::kMet);
}

TEST(FilingClocks, TheDepartmentHasLimitsOfItsOwnFromWhichNothingFollows) {
  Spec spec = In("submitted");
  EXPECT_EQ(ClockOf(spec, "filing_sign_for").due_date, On("2024-09-24"));
  EXPECT_EQ(ClockOf(spec, "filing_sign_for").kind, ClockKind::kInternal);
  spec.At("2024-09-25").TimePasses();
  EXPECT_EQ(ClockOf(spec, "filing_sign_for").state, ClockState::kLapsed);
  EXPECT_EQ(spec.State(), "submitted");
  Spec reviewed = In("signed_for");
  EXPECT_EQ(ClockOf(reviewed, "filing_opinion").due_date, On("2024-10-11"));
  EXPECT_EQ(ClockOf(In("filed_ok"), "filing_opinion").state, ClockState::kMet);
}

TEST(FilingClocks, ACheckOfPerformanceIsDueOnItsDay) {
  Spec spec = In("filed_ok", Type::kContract);
  spec.As("han").When(PlanCheck{On("2024-10-01")}).Happens();
  EXPECT_EQ(ClockOf(spec, "filing_performance_check").due_date, On("2024-10-08"));
  Spec late = spec;
  const CheckPerformance check{false, PersonalText("未见异常")};
  spec.At("2024-10-08T23:59:59+08:00").When(check).Happens();
  EXPECT_EQ(ClockOf(spec, "filing_performance_check").state, ClockState::kMet);
  late.At("2024-10-09").TimePasses();
  EXPECT_EQ(ClockOf(late, "filing_performance_check").state, ClockState::kLapsed);
}

}  // namespace
}  // namespace docket::filing
