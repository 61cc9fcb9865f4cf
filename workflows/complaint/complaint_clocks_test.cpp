// The clocks of a complaint as its events move them: starts, pauses, ends, lapses and what the law
// itself brings about when time passes. Days are those of 2024: 09-14 was worked, 09-15 to 09-17
// was Mid-Autumn, 09-29 was worked, 10-01 to 10-07 was National Day.
#include "workflows/complaint/complaint_test_samples.hpp"

namespace docket::complaint {
namespace {

using docket::testing::Spec;
using Texts = std::vector<std::string>;

const CaseClock& ClockOf(const Spec& spec, std::string_view name) {
  static const CaseClock kNone;
  const CaseClock* clock = spec.Model().Clocks().Find(name);
  EXPECT_NE(clock, nullptr) << name;
  return clock == nullptr ? kNone : *clock;
}

std::string DueOf(const Spec& spec, std::string_view name) {
  const auto& clock = ClockOf(spec, name);
  return clock.due_date ? clock.due_date->ToString() : "stands still";
}

std::string StateOf(const Spec& spec, std::string_view name) {
  return std::string(NameOf(ClockOf(spec, name).state));
}

Spec Lodged(const Lodge& lodge, std::optional<Date> reply_period_ends_on = {}) {
  Spec spec(Definition());
  spec.At("2024-08-08").As("portal").Given(ComplaintLodged{lodge, reply_period_ends_on});
  return spec;
}

// Shows A038.
TEST(ComplaintClocks, AProcurementComplaintIsDecidedThirtyWorkingDaysAfterReceipt) {
  Spec spec = In(kProcurement, "lodged");
  EXPECT_EQ(DueOf(spec, "procurement_decide"), "2024-09-20");
  EXPECT_EQ(DueOf(spec, "procurement_review"), "2024-08-15");
  EXPECT_EQ(DueOf(spec, "procurement_correction_notice"), "2024-08-15");
  EXPECT_EQ(DueOf(spec, "procurement_refusal_notice"), "2024-08-13");
  EXPECT_EQ(DueOf(spec, "procurement_reply_notice"), "2024-08-20");
  EXPECT_EQ(ClockOf(spec, "procurement_decide").due_at, Instant::StartOf(Day("2024-09-21")));
  EXPECT_EQ(spec.Model().Clocks().Find("tendering_decide"), nullptr);
}

// Shows A038.
TEST(ComplaintClocks, ATenderingComplaintIsAcceptedInThreeAndDecidedInThirtyWorkingDays) {
  Spec spec = In(kTendering, "lodged");
  EXPECT_EQ(DueOf(spec, "tendering_accept"), "2024-08-13");
  EXPECT_EQ(DueOf(spec, "tendering_decide"), "2024-09-20");
  EXPECT_EQ(spec.Model().Clocks().Find("procurement_decide"), nullptr);
}

TEST(ComplaintClocks, TheDayOfReceiptCountsWhateverTheDayOfEntry) {
  Spec spec(Definition());
  spec.At("2024-08-08T23:59:59+08:00").As("clerk").Given(SampleLodged(kProcurement));
  EXPECT_EQ(DueOf(spec, "procurement_decide"), "2024-09-20");
}

TEST(ComplaintClocks, AcceptanceEndsTheReviewAndCancelsWhatFellAway) {
  Spec spec = In(kProcurement, "signed_for");
  spec.At("2024-08-12").As("head").When(SampleAccept()).Happens();
  EXPECT_EQ(spec.TimeFacts(),
            (Texts{"met procurement_review", "cancelled procurement_correction_notice",
                   "cancelled procurement_refusal_notice"}));
}

TEST(ComplaintClocks, TheLastDayIsInTimeToItsLastSecond) {
  Spec spec = In(kTendering, "signed_for");
  spec.At("2024-08-13T23:59:59+08:00").As("head").When(SampleAccept()).Happens();
  EXPECT_EQ(StateOf(spec, "tendering_accept"), "met");
  Spec late = In(kTendering, "signed_for");
  late.At("2024-08-14T00:00:00+08:00").As("head").When(SampleAccept()).Happens();
  EXPECT_EQ(StateOf(late, "tendering_accept"), "ended_late");
  EXPECT_EQ(ClockOf(late, "tendering_accept").late_by, 1);
}

// Rights of the parties before the complaint.

TEST(ComplaintClocks, TenCalendarDaysToComplainRollAndExcludeTheObjection) {
  const auto known = [](const char* known_on) {
    Lodge lodge = SampleLodge(kTendering);
    lodge.known_on = Day(known_on);
    lodge.objection_raised_on.reset();
    lodge.objection_answered_on.reset();
    return lodge;
  };
  // 08-11 is a Sunday.
  EXPECT_EQ(DueOf(Lodged(known("2024-08-01")), "tendering_complain"), "2024-08-12");
  Lodge objected = known("2024-08-01");
  objected.objection_raised_on = Day("2024-08-02");
  objected.objection_answered_on = Day("2024-08-05");
  // 08-03, 08-04 and 08-05 do not count.
  EXPECT_EQ(DueOf(Lodged(objected), "tendering_complain"), "2024-08-14");
  EXPECT_EQ(StateOf(Lodged(objected), "tendering_complain"), "met");
  objected.objection_answered_on.reset();
  EXPECT_EQ(StateOf(Lodged(objected), "tendering_complain"), "met");
  const Spec late = Lodged(known("2024-07-25"));
  EXPECT_EQ(StateOf(late, "tendering_complain"), "ended_late");
  EXPECT_EQ(ClockOf(late, "tendering_complain").late_by, 3);
}

TEST(ComplaintClocks, ThePostmarkDecidesInTendering) {
  Lodge lodge = SampleLodge(kTendering);
  lodge.known_on = Day("2024-07-25");
  lodge.objection_raised_on.reset();
  lodge.objection_answered_on.reset();
  lodge.posted_on = Day("2024-08-05");
  EXPECT_EQ(StateOf(Lodged(lodge), "tendering_complain"), "met");
  lodge.posted_on = Day("2024-08-06");
  EXPECT_EQ(StateOf(Lodged(lodge), "tendering_complain"), "ended_late");
}

TEST(ComplaintClocks, FifteenWorkingDaysRunFromTheExpiryOfTheReplyPeriod) {
  // Answered on 07-22, but the period for the reply ended on 07-24.
  Spec spec(Definition());
  spec.At("2024-08-14").As("portal").When(SampleLodge(kProcurement)).Happens();
  EXPECT_EQ(DueOf(spec, "procurement_complain"), "2024-08-14");
  EXPECT_EQ(StateOf(spec, "procurement_complain"), "met");
  Lodge lodge = SampleLodge(kProcurement);
  Spec late(Definition());
  late.At("2024-08-15").As("portal").When(lodge).Happens();
  EXPECT_EQ(StateOf(late, "procurement_complain"), "ended_late");
  lodge.posted_on = Day("2024-08-14");
  Spec posted(Definition());
  posted.At("2024-08-16").As("portal").When(lodge).Happens();
  EXPECT_EQ(StateOf(posted, "procurement_complain"), "met");
}

TEST(ComplaintClocks, TheChallengeAndItsReplyAreMeasuredToo) {
  Spec spec = In(kProcurement, "lodged");
  EXPECT_EQ(DueOf(spec, "procurement_challenge"), "2024-07-18");
  EXPECT_EQ(StateOf(spec, "procurement_challenge"), "met");
  EXPECT_EQ(DueOf(spec, "procurement_challenge_reply"), "2024-07-24");
  EXPECT_EQ(StateOf(spec, "procurement_challenge_reply"), "met");
}

// Pauses.

TEST(ComplaintClocks, ACorrectionStopsTheClockInProcurement) {
  Spec spec = In(kProcurement, "correction_requested");  // 08-12
  EXPECT_EQ(StateOf(spec, "procurement_decide"), "paused");
  EXPECT_EQ(DueOf(spec, "procurement_decide"), "stands still");
  EXPECT_EQ(ClockOf(spec, "procurement_decide").remaining, 28);
  EXPECT_EQ(DueOf(spec, "procurement_correction_supply"), "2024-08-19");
  EXPECT_EQ(StateOf(spec, "procurement_correction_notice"), "met");
  spec.At("2024-08-16").As("portal").When(SupplyCorrection{{Paper("授权委托书.pdf")}}).Happens();
  // 08-13 to 08-16 do not count: the day of the notice does, that of the receipt does not.
  EXPECT_EQ(DueOf(spec, "procurement_decide"), "2024-09-26");
  EXPECT_EQ(DueOf(spec, "procurement_reply_notice"), "2024-08-26");
  EXPECT_EQ(StateOf(spec, "procurement_correction_supply"), "met");
}

TEST(ComplaintClocks, AnAppraisalStopsTheDecisionInBothProfiles) {
  for (const auto& [profile, clock] :
       {std::pair(kTendering, "tendering_decide"), std::pair(kProcurement, "procurement_decide")}) {
    SCOPED_TRACE(clock);
    Spec spec = In(profile, "accepted");
    spec.At("2024-08-19").As("han").When(SampleAppraisal()).Happens();
    EXPECT_EQ(DueOf(spec, clock), "stands still");
    EXPECT_EQ(ClockOf(spec, clock).remaining, 23);
    spec.At("2024-09-02").When(RecordAppraisalResult{Paper("评审意见.pdf")}).Happens();
    // Ten working days, 08-20 to 09-02, do not count; National Day lies between.
    EXPECT_EQ(DueOf(spec, clock), "2024-10-10");
    EXPECT_EQ(
        ClockOf(spec, clock).pauses,
        (std::vector<Pause>{{Day("2024-08-19"), Day("2024-09-02"), "检验、检测、鉴定、专家评审"}}));
  }
}

TEST(ComplaintClocks, NothingLapsesWhileTheClockStandsStill) {
  Spec spec = In(kProcurement, "correction_requested");
  spec.At("2025-02-03").TimePasses();
  EXPECT_EQ(StateOf(spec, "procurement_decide"), "paused");
  EXPECT_EQ(StateOf(spec, "procurement_correction_supply"), "expired");
}

TEST(ComplaintClocks, AnExplanationOfDelayMovesNothing) {
  Spec spec = In(kProcurement, "accepted");
  const Clocks before = spec.Model().Clocks();
  spec.At("2024-09-18").As("han").When(ExplainDelay{PersonalText("案情复杂")}).Happens();
  EXPECT_TRUE(spec.TimeFacts().empty());
  EXPECT_EQ(spec.Model().Clocks(), before);
}

TEST(ComplaintClocks, AnAppraisalRemindsOfItsExpectedEnd) {
  Spec spec = In(kTendering, "accepted");
  spec.At("2024-08-19").As("han").When(SampleAppraisal()).Happens();  // expected on 09-02
  EXPECT_EQ(DueOf(spec, "appraisal_expected"), "2024-09-02");
  spec.At("2024-08-29").TimePasses();
  EXPECT_EQ(spec.TimeFacts(), Texts{});
  spec.At("2024-08-30").TimePasses();
  EXPECT_EQ(spec.TimeFacts(), Texts{"approaching appraisal_expected"});
  spec.At("2024-09-03").TimePasses();
  EXPECT_EQ(spec.TimeFacts(), Texts{"lapsed appraisal_expected"});
  spec.At("2024-09-05").As("han").When(RecordAppraisalResult{Paper("评审意见.pdf")}).Happens();
  EXPECT_EQ(ClockOf(spec, "appraisal_expected").late_by, 3);
}

// Lapses, and what is learnt later.

TEST(ComplaintClocks, RemindersComeAtTenFiveAndOneWorkingDaysAndThenTheLapse) {
  Spec spec = In(kTendering, "accepted");
  const auto on = [&](const char* day) {
    spec.At(day).TimePasses();
    return spec.TimeFacts();
  };
  const Texts approaching{"approaching tendering_decide"};
  EXPECT_EQ(on("2024-09-04"), Texts{});
  EXPECT_EQ(on("2024-09-05"), approaching);
  EXPECT_EQ(on("2024-09-05"), Texts{});
  EXPECT_EQ(on("2024-09-13"), approaching);
  EXPECT_EQ(on("2024-09-19"), approaching);
  EXPECT_EQ(on("2024-09-20T23:59:59+08:00"), Texts{});
  EXPECT_EQ(on("2024-09-21"), Texts{"lapsed tendering_decide"});
  EXPECT_EQ(on("2024-10-21"), Texts{});
}

TEST(ComplaintClocks, ALateDecisionIsLateByWorkingDays) {
  Spec spec = In(kTendering, "legal_review");
  spec.At("2024-09-23").TimePasses();
  EXPECT_EQ(StateOf(spec, "tendering_decide"), "lapsed");
  spec.At("2024-09-24T09:00:00+08:00").As("head").When(SampleDecision()).Happens();
  EXPECT_EQ(StateOf(spec, "tendering_decide"), "ended_late");
  EXPECT_EQ(ClockOf(spec, "tendering_decide").late_by, 2);
}

TEST(ComplaintClocks, AnActLearntOfLaterWasInTime) {
  Spec spec = In(kTendering, "legal_review");
  spec.At("2024-09-23").TimePasses();
  // The head decided on the last day; the paper reached the desk later.
  spec.At("2024-09-20").As("head").When(SampleDecision()).Happens();
  EXPECT_EQ(spec.TimeFacts(), Texts{"found_met tendering_decide"});
  EXPECT_EQ(StateOf(spec, "tendering_decide"), "met");
  EXPECT_EQ(ClockOf(spec, "tendering_decide").lapse, std::nullopt);
}

TEST(ComplaintClocks, AnAppraisalLearntOfLaterUndoesTheLapse) {
  Spec spec = In(kTendering, "accepted");
  spec.At("2024-09-23").TimePasses();
  ASSERT_EQ(StateOf(spec, "tendering_decide"), "lapsed");
  StartAppraisal appraisal = SampleAppraisal();
  appraisal.expected_on = Day("2024-10-15");
  spec.At("2024-09-19").As("han").When(appraisal).Happens();
  EXPECT_EQ(StateOf(spec, "tendering_decide"), "paused");
  EXPECT_EQ(ClockOf(spec, "tendering_decide").remaining, 1);
  EXPECT_EQ(ClockOf(spec, "tendering_decide").lapse, std::nullopt);
  spec.At("2024-10-15").When(RecordAppraisalResult{Paper("评审意见.pdf")}).Happens();
  EXPECT_EQ(DueOf(spec, "tendering_decide"), "2024-10-16");
}

TEST(ComplaintClocks, AnAppraisalFromTheDueDayOnChangesNothing) {
  Spec spec = In(kTendering, "accepted");
  StartAppraisal appraisal = SampleAppraisal();
  appraisal.expected_on = Day("2024-10-15");
  spec.At("2024-09-20").As("han").When(appraisal).Happens();
  EXPECT_EQ(spec.TimeFacts(), Texts{"started appraisal_expected"});
  EXPECT_EQ(DueOf(spec, "tendering_decide"), "2024-09-20");
}

// The respondents' explanations.

RecordNoticeReceipt Receipt(const char* party, const char* day) { return {party, Day(day)}; }

TEST(ComplaintClocks, EachPartyHasFiveWorkingDaysFromItsOwnReceipt) {
  Spec spec = In(kProcurement, "reply_notice_sent");
  spec.At("2024-08-16").As("clerk").When(Receipt("respondent_1", "2024-08-13")).Happens();
  spec.When(Receipt("respondent_2", "2024-08-16")).Happens();
  EXPECT_EQ(DueOf(spec, "procurement_respondent_reply:respondent_1"), "2024-08-20");
  EXPECT_EQ(DueOf(spec, "procurement_respondent_reply:respondent_2"), "2024-08-23");
  spec.At("2024-08-19").As("firm").When(Reply(SampleReply("respondent_2"))).Happens();
  EXPECT_EQ(StateOf(spec, "procurement_respondent_reply:respondent_1"), "running");
  EXPECT_EQ(StateOf(spec, "procurement_respondent_reply:respondent_2"), "met");
}

TEST(ComplaintClocks, SilenceWaivesAndTheCaseGoesOn) {
  Spec spec = In(kProcurement, "reply_notice_sent");
  spec.At("2024-08-13").As("clerk").When(Receipt("respondent_1", "2024-08-13")).Happens();
  spec.When(Receipt("respondent_2", "2024-08-13")).Happens();
  spec.At("2024-08-14").As("firm").When(Reply(SampleReply("respondent_2"))).Happens();
  spec.At("2024-08-20T23:59:59+08:00").TimePasses();
  EXPECT_EQ(spec.Model().Facts().at("answered"), Json({"respondent_2"}));
  spec.At("2024-08-21").TimePasses();
  EXPECT_EQ(spec.Model().Facts().at("answered"), Json({"respondent_2", "respondent_1"}));
  EXPECT_EQ(StateOf(spec, "procurement_respondent_reply:respondent_1"), "expired");
  EXPECT_EQ(StateOf(spec, "procurement_reply_notice"), "met");
  spec.As("han").When(SampleDraft()).Happens();
}

TEST(ComplaintClocks, SilenceOfAllMovesTheCaseToRepliesIn) {
  Spec spec = In(kProcurement, "reply_notice_sent");
  spec.As("clerk").When(Receipt("respondent_1", "2024-08-13")).Happens();
  EXPECT_EQ(spec.State(), "reply_notice_sent");
  spec.At("2024-08-21").TimePasses();
  EXPECT_EQ(spec.State(), "replies_in");
}

// Suspension of the trade.

const SuspendTrade kSuspension{PersonalText("避免难以弥补的损失"), "停2号"};

TEST(ComplaintClocks, ASuspensionEndsByItselfOnTheThirtiethDayAndNeverRolls) {
  Spec spec = In(kProcurement, "accepted");
  spec.At("2024-08-16T10:00:00+08:00").As("head").When(kSuspension).Happens();
  // A Sunday on which nobody works.
  EXPECT_EQ(DueOf(spec, "procurement_suspension"), "2024-09-15");
  spec.At("2024-09-15T23:59:59+08:00").TimePasses();
  EXPECT_TRUE(spec.Model().Facts().contains("trade_suspended_on"));
  spec.At("2024-09-18").TimePasses();
  EXPECT_FALSE(spec.Model().Facts().contains("trade_suspended_on"));
  EXPECT_EQ(spec.Model().Facts().at("suspension_days_used"), 30);
  EXPECT_EQ(StateOf(spec, "procurement_suspension"), "expired");
  spec.As("head").When(kSuspension).ThenRefused("suspension_cap_reached");
}

TEST(ComplaintClocks, ThirtyDaysAreCumulativeOverTwoSuspensions) {
  Spec spec = In(kProcurement, "accepted");
  spec.At("2024-08-12T10:00:00+08:00").As("head").When(kSuspension).Happens();
  spec.At("2024-08-22").When(ResumeTrade{"恢1号"}).Happens();
  EXPECT_EQ(StateOf(spec, "procurement_suspension"), "met");
  EXPECT_EQ(spec.Model().Facts().at("suspension_days_used"), 10);
  spec.At("2024-09-02").When(kSuspension).ThenHappens(TradeSuspended{kSuspension, 20});
  EXPECT_EQ(spec.TimeFacts(), Texts{"started procurement_suspension#2"});
  EXPECT_EQ(DueOf(spec, "procurement_suspension"), "2024-09-22");
  spec.At("2024-09-23").TimePasses();
  EXPECT_EQ(spec.Model().Facts().at("suspension_days_used"), 30);
  EXPECT_FALSE(spec.Model().Facts().contains("trade_suspended_on"));
}

TEST(ComplaintClocks, TheHourOfAnOrderedResumptionDoesNotMatter) {
  for (const char* resumed : {"2024-08-22", "2024-08-22T10:00:00+08:00"}) {
    Spec spec = In(kProcurement, "accepted");
    spec.At("2024-08-12").As("head").When(kSuspension).Happens();
    spec.At(resumed).When(ResumeTrade{std::nullopt}).Happens();
    EXPECT_EQ(spec.Model().Facts().at("suspension_days_used"), 10);
  }
}

TEST(ComplaintClocks, InTenderingASuspensionHasNoCap) {
  Spec spec = In(kTendering, "accepted");
  spec.At("2024-08-12").As("head").When(kSuspension).Happens();
  EXPECT_EQ(spec.Model().Clocks().Find("procurement_suspension"), nullptr);
  spec.At("2025-01-02").TimePasses();
  EXPECT_TRUE(spec.Model().Facts().contains("trade_suspended_on"));
}

TEST(ComplaintClocks, ARecordedSuspensionEndedLongAgo) {
  RecordSuspension record;
  record.authority = "某市财政局";
  record.source_id = "公告-2019-08";
  record.suspended_on = Day("2019-05-06");
  record.days = 30;
  Spec spec(Definition());
  spec.At("2024-08-08").As("keeper").When(record).Happens();
  EXPECT_EQ(DueOf(spec, "procurement_suspension"), "2019-06-05");
  spec.TimePasses();
  EXPECT_FALSE(spec.Model().Facts().contains("trade_suspended_on"));
  EXPECT_EQ(spec.Model().Facts().at("suspension_days_used"), 30);
}

// After the decision.

TEST(ComplaintClocks, EachPartyHasItsRightsFromItsOwnService) {
  Spec spec = In(kProcurement, "decided");
  EXPECT_EQ(StateOf(spec, "procurement_decide"), "met");
  spec.At("2024-08-23").As("clerk").When(SampleService("complainant")).Happens();
  EXPECT_EQ(spec.TimeFacts(), (Texts{"started reconsideration_right:complainant",
                                     "started litigation_right:complainant"}));
  spec.At("2024-08-31").When(SampleService("respondent_1")).Happens();
  EXPECT_EQ(DueOf(spec, "reconsideration_right:complainant"), "2024-10-22");
  // Sixty days end on 10-30; six months on 28 February, the last of its month.
  EXPECT_EQ(DueOf(spec, "reconsideration_right:respondent_1"), "2024-10-30");
  EXPECT_EQ(DueOf(spec, "litigation_right:respondent_1"), "2025-02-28");
  // 2025-02-23 is a Sunday.
  EXPECT_EQ(DueOf(spec, "litigation_right:complainant"), "2025-02-24");
}

TEST(ComplaintClocks, AnAnnulledDecisionIsRemadeWithinTheLimitOfTheRuling) {
  const auto annulled = [](std::optional<std::int64_t> limit) {
    return RecordReviewOutcome{ReviewKind::kLitigation, ReviewOutcome::kAnnulled, limit, "行初1号"};
  };
  const auto reopened = [&](std::optional<std::int64_t> limit) -> Spec {
    Spec spec = In(kProcurement, "archived");
    spec.Given(ReviewStarted{{ReviewKind::kLitigation, "某市中级人民法院"}});
    spec.At("2024-11-01").As("clerk").When(annulled(limit)).Happens();
    return spec;
  };
  const Spec with_limit = reopened(20);
  EXPECT_EQ(with_limit.TimeFacts(), Texts{"started procurement_decide#2"});
  EXPECT_EQ(DueOf(with_limit, "procurement_decide"), "2024-11-29");
  EXPECT_EQ(StateOf(with_limit, "procurement_decide"), "running");
  const Spec statutory = reopened(std::nullopt);
  EXPECT_EQ(DueOf(statutory, "procurement_decide"), "2024-12-13");
  EXPECT_EQ(statutory.Model().Clocks().All().front().state, ClockState::kMet);
}

TEST(ComplaintClocks, EveryArchivingStartsTheRetentionAnew) {
  for (const char* state : {"cancelled", "not_accepted", "withdrawn", "published"}) {
    SCOPED_TRACE(state);
    Spec spec = In(kTendering, state);
    spec.At("2024-08-30").As("clerk").When(Archive{"2024-投诉-0001"}).Happens();
    EXPECT_EQ(DueOf(spec, "media_retention"), "2027-08-30");
  }
}

TEST(ComplaintClocks, WithdrawalAndRefusalEndTheClocks) {
  Spec withdrawn = In(kProcurement, "withdrawn");
  EXPECT_EQ(StateOf(withdrawn, "procurement_decide"), "met");
  Spec refused = In(kProcurement, "not_accepted");
  EXPECT_EQ(StateOf(refused, "procurement_decide"), "cancelled");
  EXPECT_EQ(StateOf(refused, "procurement_review"), "met");
  EXPECT_EQ(StateOf(refused, "procurement_refusal_notice"), "met");
}

// Deemed acceptance.

// Shows A010.
TEST(ComplaintClocks, NoRuleDeemsAComplaintAcceptedUnlessTheOfficeSwitchesItOn) {
  Spec off = In(kTendering, "lodged");
  off.At("2024-08-14").TimePasses();
  EXPECT_EQ(off.TimeFacts(), Texts{"lapsed tendering_accept"});
  EXPECT_EQ(off.State(), "lodged");

  Spec on = In(kTendering, "lodged");
  on.Rules(RulesWithDeemedAcceptance()).At("2024-08-14").TimePasses();
  EXPECT_EQ(on.State(), "accepted");
  EXPECT_EQ(on.Model().Facts().at("accepted_on"), "2024-08-08");
  EXPECT_EQ(StateOf(on, "tendering_decide"), "running");
}

}  // namespace
}  // namespace docket::complaint
