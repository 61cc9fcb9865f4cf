// The handover of an account: each row, each refusal, and the backward clock of the letter.
#include "workflows/handover/handover.hpp"

#include "tests/support/spec.hpp"

namespace docket::handover {

const Workflow& Definition();

namespace {

using docket::testing::Spec;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

Date On(std::string_view text) { return *Date::Parse(text); }

/// Effective on Monday 2024-10-14: the third working day before is Thursday 2024-10-10, since
/// Saturday 10-12 is a make-up working day.
Announce LetterOn(std::string_view received) {
  return {ActorId("han"),
          {DocumentDigest("sha256:" + std::string(64, 'a')), PersonalText("告知函.pdf")},
          On(received),
          On("2024-10-14")};
}
TransferAnnounced Announcement(std::string_view received, bool late) {
  return {LetterOn(received), UnitId("bureau"), RegionCode("330482"), late};
}
const HandOverMatters kMatters{ActorId("lin"), {StreamId("complaint-1")}, true, true};

struct HandoverTest : ::testing::Test {
  Spec spec{Definition()};

  HandoverTest() {
    spec.Actor({ActorId("other_admin"), UnitId("elsewhere"), {Role::kUnitAdministrator}});
  }
  Spec& InAnnounced() {
    return spec.Fresh().At("2024-10-10").As("admin").Given(Announcement("2024-10-10", false));
  }
};

TEST_F(HandoverTest, ALetterOnTheThirdWorkingDayBeforeIsInTime) {
  spec.At("2024-10-10").As("admin").When(LetterOn("2024-10-10"));
  spec.ThenHappens(Announcement("2024-10-10", false));
  const auto* notice = spec.Model().Clocks().Find("handover_notice");
  EXPECT_EQ(notice->due_date, On("2024-10-10"));
  EXPECT_EQ(notice->state, ClockState::kMet);
}

TEST_F(HandoverTest, ALaterLetterIsRecordedAsLate) {
  spec.At("2024-10-11").As("admin").When(LetterOn("2024-10-11"));
  spec.ThenHappens(Announcement("2024-10-11", true));
  EXPECT_EQ(spec.Model().Clocks().Find("handover_notice")->state, ClockState::kEndedLate);
  EXPECT_EQ(spec.Model().Clocks().Find("handover_notice")->late_by, 1);
  EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"late_notice"});
}

TEST_F(HandoverTest, ALetterCannotArriveInTheFuture) {
  spec.At("2024-10-09").As("admin").When(LetterOn("2024-10-10")).ThenRefused("letter_in_future");
}

TEST_F(HandoverTest, MattersAreHandedOverOnASignedListToSomebodyElse) {
  InAnnounced();
  auto matters = kMatters;
  matters.signed_by_taker = false;
  spec.When(matters).ThenRefused("list_not_signed");
  matters.successor = ActorId("han");
  spec.When(matters).ThenRefused("successor_is_holder");
  spec.As("other_admin").When(kMatters).ThenRefused("not_the_former_unit");
  spec.As("admin").When(kMatters).ThenHappens(MattersHandedOver{kMatters});
  EXPECT_EQ(spec.State(), "handed_over");
}

TEST_F(HandoverTest, ATransferCanBeCalledOffUntilItTakesEffect) {
  const CallOff call_off{PersonalText("调动取消")};
  InAnnounced().When(call_off).Then(TransferCalledOff{call_off});
  spec.As("other_admin").When(call_off).ThenRefused("not_the_former_unit");
  spec.As("admin").Given(MattersHandedOver{kMatters});
  spec.As("other_admin").When(call_off).ThenRefused("not_the_former_unit");
  spec.As("admin").When(call_off).ThenHappens(TransferCalledOff{call_off});
  EXPECT_EQ(spec.State(), "called_off");
  EXPECT_EQ(spec.Model().Clocks().Find("handover_effective")->state, ClockState::kCancelled);
}

TEST_F(HandoverTest, AccessEndsWhenTheDayBeginsAlsoAfterALateLetter) {
  spec.At("2024-10-11").As("admin").Given(Announcement("2024-10-11", true));
  spec.At("2024-10-13T23:59:59+08:00").TimePasses();
  EXPECT_EQ(spec.State(), "announced");
  spec.At("2024-10-14").TimePasses();
  EXPECT_EQ(spec.State(), "access_ended");
  spec.As("clock").When(EndAccess{}).ThenRefused("command_not_allowed_in_state");
}

TEST_F(HandoverTest, MattersLeftOpenAreStillHandedOverAfterwards) {
  InAnnounced().At("2024-10-14").As("clock").When(EndAccess{});
  spec.ThenHappens(AccessWasEnded{ActorId("han"), true});
  auto unsigned_list = kMatters;
  unsigned_list.signed_by_giver = false;
  auto to_himself = kMatters;
  to_himself.successor = ActorId("han");
  spec.As("admin").When(unsigned_list).ThenRefused("list_not_signed");
  spec.When(to_himself).ThenRefused("successor_is_holder");
  spec.As("other_admin").When(kMatters).ThenRefused("not_the_former_unit");
  spec.As("admin").When(kMatters).ThenHappens(MattersHandedOver{kMatters});
  EXPECT_EQ(spec.State(), "completed");
}

TEST_F(HandoverTest, AHandoverDoneInTimeIsCompletedByTheDay) {
  InAnnounced().Given(MattersHandedOver{kMatters});
  spec.At("2024-10-14").As("clock").When(EndAccess{});
  spec.ThenHappens(AccessWasEnded{ActorId("han"), false});
  EXPECT_EQ(spec.State(), "completed");
}

TEST(HandoverHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace
}  // namespace docket::handover
