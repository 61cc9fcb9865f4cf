// The clocks of a clue at their edges, and the petition track.
#include "workflows/clue/clue_test_samples.hpp"

namespace docket::clue {
namespace {

const DocumentRef kLetter = Paper("告知书.pdf");
const AnswerPetition kAccepted{PetitionAnswer::kAccepted, true, kLetter, {}};

struct PetitionTest : ClueTest {
  const CaseClock* Clock(std::string_view name) { return spec.Model().Clocks().Find(name); }
  /// Received on 20 September 2024, passed on by another office, a petition on the 23rd.
  docket::testing::Spec& Petition(SourceKind source_kind = SourceKind::kTransfer) {
    auto receive = SampleReport();
    receive.source_kind = source_kind;
    spec.Fresh().At("2024-09-20").As("clerk").Given(ClueReceived{receive});
    spec.Given(ClueRegistered{{"2024-020", {}}});
    spec.At("2024-09-23").When(Classify{Class::kPetition, kReason, {}}).Happens();
    return spec;
  }
  docket::testing::Spec& Accepted() {
    Petition().At("2024-09-24").When(kAccepted);
    return spec.ThenHappens(PetitionAnswered{kAccepted, Day("2024-09-24")});
  }
};

TEST_F(PetitionTest, APetitionerIsToldWithinFifteenDaysOfReceipt) {
  Petition();
  EXPECT_EQ(Clock("petition_answer")->due_date, Day("2024-10-08"));  // 5 October is a holiday.
  spec.At("2024-10-08T23:59:59+08:00").TimePasses();
  EXPECT_TRUE(Clock("petition_answer")->IsOpen());
  spec.At("2024-10-09").TimePasses();
  EXPECT_EQ(Clock("petition_answer")->state, ClockState::kLapsed);
  spec.When(kAccepted).Happens();
  EXPECT_EQ(Clock("petition_answer")->state, ClockState::kEndedLate);
  spec.When(kAccepted).ThenRefused("petition_already_answered");
}

TEST_F(PetitionTest, WhatIsNotAcceptedIsClosed) {
  const AnswerPetition refused{PetitionAnswer::kNotAccepted, false, kLetter, {}};
  Petition().When(refused).ThenHappens(PetitionAnswered{refused, std::nullopt});
  EXPECT_EQ(spec.State(), "petition_closed");
  Accepted().When(refused).ThenRefused("petition_already_answered");
}

TEST_F(PetitionTest, WhatWasPassedOnWronglyGoesBackWithinFiveWorkingDays) {
  AnswerPetition back{PetitionAnswer::kReturned, false, kLetter, "某市信访局"};
  Petition();
  EXPECT_EQ(Clock("petition_return")->due_date, Day("2024-09-27"));
  spec.At("2024-09-27T23:59:59+08:00").TimePasses().When(back);
  spec.Then(PetitionAnswered{back, std::nullopt});
  auto in_time = spec;
  in_time.Happens();
  EXPECT_EQ(in_time.State(), "referred");
  spec.At("2024-09-28").TimePasses().When(back).ThenRefused("return_period_over");
  spec.When(kAccepted).Happens();
  spec.When(back).ThenRefused("petition_already_answered");

  Petition(SourceKind::kReport).When(back).ThenRefused("return_period_over");
  back.destination.reset();
  Petition().When(back).ThenRefused("destination_missing");
}

TEST_F(PetitionTest, SixtyDaysBindTheMattersOfTheirArticleOnly) {
  Accepted();
  EXPECT_EQ(Clock("petition_finish")->due_date, Day("2024-11-25"));  // The 23rd is a Saturday.
  spec.At("2024-11-25T23:59:59+08:00").TimePasses().When(ClosePetition{kLetter});
  spec.ThenHappens(PetitionWasClosed{{kLetter}});
  EXPECT_EQ(Clock("petition_finish")->state, ClockState::kMet);
  Accepted().At("2024-11-26").TimePasses();
  EXPECT_EQ(Clock("petition_finish")->state, ClockState::kLapsed);

  Petition().When(AnswerPetition{PetitionAnswer::kAccepted, false, kLetter, {}}).Happens();
  EXPECT_EQ(Clock("petition_finish"), nullptr);
  spec.As("head").When(ExtendPetition{30, kReason}).ThenRefused("no_limit_to_extend");
}

TEST_F(PetitionTest, TheyAreExtendedOnceByThirtyAtMost) {
  Accepted().As("head");
  for (const std::int64_t days : {0, 31, -1}) {
    spec.When(ExtendPetition{days, kReason}).ThenRefused("extension_out_of_range");
  }
  spec.At("2024-11-20").When(ExtendPetition{30, kReason});
  spec.ThenHappens(PetitionExtended{{30, kReason}, Day("2024-09-24"), 90});
  EXPECT_EQ(Clock("petition_finish")->state, ClockState::kCancelled);
  EXPECT_EQ(Clock("petition_finish_extended")->due_date, Day("2024-12-23"));
  spec.When(ExtendPetition{1, kReason}).ThenRefused("no_limit_to_extend");
  Accepted().At("2024-11-26").TimePasses().As("head").When(ExtendPetition{30, kReason});
  spec.ThenRefused("no_limit_to_extend");
}

TEST_F(PetitionTest, NothingIsFinishedBeforeThePetitionerWasTold) {
  Petition().When(ClosePetition{kLetter}).ThenRefused("petition_not_answered");
}

TEST_F(PetitionTest, WhatIsNoPetitionAfterAllLeavesItsClocks) {
  Accepted().When(Classify{Class::kClue, kReason, {}}).Happens();
  EXPECT_EQ(Clock("petition_finish")->state, ClockState::kCancelled);
  EXPECT_EQ(spec.State(), "classified");
  Petition().When(Classify{Class::kClue, kReason, {}}).Happens();
  EXPECT_EQ(Clock("petition_answer")->state, ClockState::kCancelled);
  EXPECT_EQ(Clock("petition_return")->state, ClockState::kCancelled);
  // Taken for a petition again, it is answered again.
  spec.When(Classify{Class::kPetition, kReason, {}}).Happens();
  EXPECT_TRUE(Clock("petition_answer")->IsOpen());
  spec.When(kAccepted).Happens();
}

TEST_F(PetitionTest, ACheckHasTwentyWorkingDays) {
  In("preliminary_check");
  EXPECT_EQ(Clock("preliminary_check")->due_date, Day("2024-09-10"));
  spec.At("2024-09-10").As("han").When(SampleCheck()).Happens();
  EXPECT_EQ(Clock("preliminary_check")->state, ClockState::kMet);
  In("preliminary_check").At("2024-09-11").TimePasses();
  EXPECT_EQ(Clock("preliminary_check")->state, ClockState::kLapsed);
  EXPECT_EQ(spec.State(), "preliminary_check") << "time decides nothing";
}

TEST_F(PetitionTest, TheHeadDecidesOnACrimeInThreeDaysAndItIsSentInADay) {
  const Transfer transfer{TransferTarget::kPolice, "某市公安局", kReason};
  In("preliminary_check").At("2024-09-30").As("han").When(SampleCheck()).Happens();
  EXPECT_EQ(Clock("crime_decision")->due_date, Day("2024-10-08"));
  spec.At("2024-10-08T15:00:00+08:00").As("head").When(transfer).Happens();
  EXPECT_EQ(Clock("crime_decision")->state, ClockState::kMet);
  spec.At("2024-10-09T14:59:59+08:00").TimePasses();
  EXPECT_TRUE(Clock("crime_dispatch")->IsOpen());
  auto late = spec;
  spec.As("clerk").When(Dispatch{kLetter}).Happens();
  EXPECT_EQ(Clock("crime_dispatch")->state, ClockState::kMet);
  late.At("2024-10-09T15:00:00+08:00").TimePasses();
  EXPECT_EQ(late.Model().Clocks().Find("crime_dispatch")->state, ClockState::kLapsed);

  spec.At("2024-10-10").When(RecordReceipt{kLetter}).Happens();
  EXPECT_EQ(Clock("police_decision")->due_date, Day("2024-10-14"));  // The 13th is a Sunday.
  EXPECT_EQ(Clock("transfer_watch")->due_date, Day("2024-12-09"));
  spec.When(RecordResult{true, kReason}).Happens();
  EXPECT_EQ(Clock("transfer_watch")->state, ClockState::kMet);

  In("preliminary_check").At("2024-08-14").As("han");
  spec.When(RecordCheck{kLetter, true, false}).Happens();
  EXPECT_EQ(Clock("crime_decision"), nullptr);
  spec.As("head").When(Transfer{TransferTarget::kDepartment, "某市水利局", kReason}).Happens();
  EXPECT_EQ(Clock("crime_dispatch"), nullptr);
}

TEST_F(PetitionTest, FeedbackIsRemindedOf) {
  In("case_opened", NamedReport());
  EXPECT_EQ(Clock("reporter_feedback")->due_date, Day("2024-08-28"));
  In("case_opened");
  EXPECT_EQ(Clock("reporter_feedback"), nullptr);
}

}  // namespace
}  // namespace docket::clue
