// Recorded history: complaints handled elsewhere, entered by the record keeper.
#include "workflows/complaint/complaint_test_samples.hpp"

namespace docket::complaint {
namespace {

using docket::testing::Spec;

template <class Record>
Record Sample() {
  Record record;
  record.profile = kProcurement;
  record.region = RegionCode("330482");
  record.authority = "某市财政局";
  record.source_id = "公告-2019-07";
  record.document_no = "财处〔2019〕7号";
  record.challenged_on = Day("2019-04-10");
  record.challenge_answered_on = Day("2019-04-17");
  record.filed_on = Day("2019-04-28");
  record.received_on = Day("2019-04-29");
  record.accepted_on = Day("2019-04-29");
  record.articles = {"政府采购法 56"};
  record.unknowns = {"handlers", "reply_notice_sent_on"};
  return record;
}

RecordDecision SampleRecordedDecision() {
  auto record = Sample<RecordDecision>();
  record.correction_requested_on = Day("2019-05-06");
  record.correction_supplied_on = Day("2019-05-13");
  record.outcome = Outcome::kDismissed;
  record.decided_on = Day("2019-06-14");
  record.published_on = Day("2019-06-17");
  return record;
}

RecordRefusal SampleRecordedRefusal() {
  auto record = Sample<RecordRefusal>();
  record.ground = RefusalGround::kOutOfTime;
  record.decided_on = Day("2019-05-06");
  return record;
}

RecordWithdrawal SampleRecordedWithdrawal() {
  auto record = Sample<RecordWithdrawal>();
  record.withdrawn_on = Day("2019-05-10");
  record.closed_on = Day("2019-05-13");
  return record;
}

RecordSuspension SampleRecordedSuspension() {
  auto record = Sample<RecordSuspension>();
  record.suspended_on = Day("2019-05-06");
  record.days = 30;
  return record;
}

Spec Recorder() {
  Spec spec(Definition());
  spec.At("2024-08-08").As("keeper");
  return spec;
}

TEST(ComplaintRecorded, APublishedDecisionIsPublished) {
  Spec spec = Recorder();
  spec.When(SampleRecordedDecision()).ThenHappens(DecisionRecorded{SampleRecordedDecision()});
  EXPECT_EQ(spec.State(), "published");
  const auto summary = spec.Model().Summary();
  EXPECT_EQ(summary.outcome, "dismissed");
  EXPECT_EQ(summary.flags, std::vector<std::string>{"recorded_history"});
  EXPECT_EQ(summary.title, "某市财政局 财处〔2019〕7号");
  EXPECT_TRUE(summary.handlers.empty());
  EXPECT_EQ(spec.Model().Facts().at("unknowns"), Json({"handlers", "reply_notice_sent_on"}));
}

TEST(ComplaintRecorded, ADecisionWithoutPublicationOrOutcomeStaysDecidedAndNotStated) {
  auto record = SampleRecordedDecision();
  record.published_on.reset();
  record.outcome.reset();
  Spec spec = Recorder();
  spec.When(record).ThenHappens(DecisionRecorded{record});
  EXPECT_EQ(spec.State(), "decided");
  EXPECT_EQ(spec.Model().Summary().outcome, "not_stated");
}

TEST(ComplaintRecorded, RefusalWithdrawalAndSuspensionReachTheirStates) {
  Spec refusal = Recorder();
  refusal.When(SampleRecordedRefusal()).ThenHappens(RefusalRecorded{SampleRecordedRefusal()});
  EXPECT_EQ(refusal.State(), "not_accepted");
  Spec withdrawal = Recorder();
  withdrawal.When(SampleRecordedWithdrawal());
  withdrawal.ThenHappens(WithdrawalRecorded{SampleRecordedWithdrawal()});
  EXPECT_EQ(withdrawal.State(), "withdrawn");
  Spec suspension = Recorder();
  suspension.When(SampleRecordedSuspension());
  suspension.ThenHappens(SuspensionRecorded{SampleRecordedSuspension()});
  EXPECT_EQ(suspension.State(), "accepted");
  EXPECT_EQ(suspension.Model().Summary().flags,
            (std::vector<std::string>{"trade_suspended", "recorded_history"}));
}

TEST(ComplaintRecorded, OnlyTheRecordKeeperRecordsAndOnlyIntoAnEmptyCase) {
  Spec spec = Recorder();
  for (const char* other : {"clerk", "han", "head", "clock", "portal"}) {
    spec.As(other).When(SampleRecordedDecision()).ThenRefused("role_not_permitted");
  }
  In(kProcurement, "lodged")
      .As("keeper")
      .When(SampleRecordedDecision())
      .ThenRefused("command_not_allowed_in_state");
}

template <class Record>
void ExpectRegionChecked(const Record& sample) {
  Record record = sample;
  record.region = RegionCode("000000");
  Recorder().When(record).ThenRefused("region_unknown");
}

TEST(ComplaintRecorded, ARegionIsKnownOrAbsent) {
  auto unpublished = SampleRecordedDecision();
  unpublished.published_on.reset();
  ExpectRegionChecked(SampleRecordedDecision());
  ExpectRegionChecked(unpublished);
  ExpectRegionChecked(SampleRecordedRefusal());
  ExpectRegionChecked(SampleRecordedWithdrawal());
  ExpectRegionChecked(SampleRecordedSuspension());
  auto without = SampleRecordedRefusal();
  without.region.reset();
  Recorder().When(without).Then(RefusalRecorded{without});
}

template <class Record, class Spoil>
void ExpectOutOfOrder(Record record, const Spoil& spoil) {
  spoil(record);
  Recorder().When(record).ThenRefused("dates_out_of_order");
}

template <class Record>
void ExpectOrderChecked(const Record& sample) {
  const auto refused = [&](const auto& spoil) { ExpectOutOfOrder(sample, spoil); };
  refused([](auto& c) { c.challenge_answered_on = Day("2019-04-09"); });
  refused([](auto& c) { c.challenged_on = Day("2019-04-29"); });
  refused([](auto& c) { c.filed_on = Day("2019-04-30"); });
  refused([](auto& c) { c.received_on = Day("2024-08-09"); });
  refused([](auto& c) { c.correction_requested_on = Day("2019-04-28"); });
  refused([](auto& c) {
    c.correction_requested_on.reset();
    c.correction_supplied_on = Day("2019-05-02");
  });
  refused([](auto& c) { c.accepted_on = Day("2019-04-28"); });
  refused([](auto& c) { c.reply_notice_sent_on = Day("2019-04-28"); });
}

TEST(ComplaintRecorded, StatedDatesDoNotContradictEachOther) {
  auto unpublished = SampleRecordedDecision();
  unpublished.published_on.reset();
  ExpectOrderChecked(SampleRecordedDecision());
  ExpectOrderChecked(unpublished);
  ExpectOrderChecked(SampleRecordedRefusal());
  ExpectOrderChecked(SampleRecordedWithdrawal());
  ExpectOrderChecked(SampleRecordedSuspension());
}

TEST(ComplaintRecorded, EachEndFollowsTheReceiptAndLiesInThePast) {
  ExpectOutOfOrder(SampleRecordedDecision(), [](auto& c) { c.published_on = Day("2019-06-13"); });
  ExpectOutOfOrder(SampleRecordedDecision(), [](auto& c) { c.decided_on = Day("2019-05-12"); });
  ExpectOutOfOrder(SampleRecordedRefusal(), [](auto& c) { c.decided_on = Day("2024-08-09"); });
  ExpectOutOfOrder(SampleRecordedWithdrawal(), [](auto& c) { c.closed_on = Day("2019-05-09"); });
  ExpectOutOfOrder(SampleRecordedWithdrawal(), [](auto& c) { c.withdrawn_on = Day("2019-04-28"); });
  ExpectOutOfOrder(SampleRecordedSuspension(), [](auto& c) { c.suspended_on = Day("2019-04-28"); });
  ExpectOutOfOrder(SampleRecordedSuspension(), [](auto& c) { c.suspended_on = Day("2024-08-09"); });
}

TEST(ComplaintRecorded, ARecordedSuspensionLastsOneToThirtyDays) {
  auto record = SampleRecordedSuspension();
  for (const std::int64_t days : {0, 31, -1}) {
    record.days = days;
    Recorder().When(record).ThenRefused("suspension_days_out_of_range");
  }
  for (const std::int64_t days : {1, 30}) {
    record.days = days;
    Recorder().When(record).Then(SuspensionRecorded{record});
  }
}

TEST(ComplaintRecorded, ARecordedDecisionIsMeasuredByTheDatesItStates) {
  Spec spec = Recorder();
  spec.Given(DecisionRecorded{SampleRecordedDecision()});
  const auto& clocks = spec.Model().Clocks();
  // Thirty working days from 04-29 with 05-07 to 05-13 excluded for the correction: 06-20.
  const auto* decide = clocks.Find("procurement_decide");
  ASSERT_NE(decide, nullptr);
  EXPECT_EQ(decide->due_date, Day("2019-06-20"));
  EXPECT_EQ(decide->state, ClockState::kMet);
  EXPECT_EQ(clocks.Find("procurement_challenge_reply")->state, ClockState::kMet);
  // The reply notice is not stated: nothing is claimed of it.
  EXPECT_EQ(clocks.Find("procurement_reply_notice")->state, ClockState::kCancelled);
}

TEST(ComplaintRecorded, WhatIsNotStatedStartsNoClock) {
  auto record = SampleRecordedDecision();
  record.received_on.reset();
  record.accepted_on.reset();
  record.challenged_on.reset();
  record.challenge_answered_on.reset();
  Spec spec = Recorder();
  spec.Given(DecisionRecorded{record});
  EXPECT_TRUE(spec.Model().Clocks().All().empty());
}

TEST(ComplaintRecorded, ADecisionOfBeforeTheOrderOf2018FollowsTheOlderEdition) {
  auto record = SampleRecordedDecision();
  record.challenged_on = record.challenge_answered_on = record.filed_on = std::nullopt;
  record.received_on = record.accepted_on = Day("2017-11-01");
  record.correction_requested_on = record.correction_supplied_on = std::nullopt;
  Spec spec = Recorder();
  spec.Given(DecisionRecorded{record});
  const auto* decide = spec.Model().Clocks().Find("procurement_decide");
  ASSERT_NE(decide, nullptr);
  EXPECT_EQ(decide->edition, "2003-01-01");
  EXPECT_EQ(decide->state, ClockState::kEndedLate);
}

}  // namespace
}  // namespace docket::complaint
