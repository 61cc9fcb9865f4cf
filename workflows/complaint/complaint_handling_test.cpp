// From acceptance to the draft of a decision: each row and each refusal of it.
#include "workflows/complaint/complaint_test_samples.hpp"

namespace docket::complaint {
namespace {

using docket::testing::Spec;
using States = std::vector<std::string_view>;

const States kInProcess{"accepted", "reply_notice_sent", "replies_in", "hearing"};
const States kReplying{"reply_notice_sent", "replies_in", "hearing"};
const States kMaybeSuspended{"accepted",    "reply_notice_sent",    "replies_in",
                             "hearing",     "withdrawal_requested", "decision_drafted",
                             "legal_review"};

void SuspendOnTheDay(Spec& spec) {
  spec.As("head").Given(TradeSuspended{{PersonalText("避免损失"), "停1号"}, 30});
}

void OpenAppraisal(Spec& spec) { spec.As("han").Given(AppraisalStarted{SampleAppraisal()}); }

TEST(ComplaintHandling, AHandlerNotifiesThePartiesOfTheCase) {
  for (const char* state : {"accepted", "hearing"}) {
    SCOPED_TRACE(state);
    Spec spec = In(kProcurement, "accepted");
    if (state == std::string_view("hearing")) spec.As("han").Given(HearingHeld{SampleHearing()});
    const SendReplyNotice notice{{"respondent_1"}};
    spec.As("wu").When(notice).ThenRefused("actor_not_handler");
    spec.As("han").When(SendReplyNotice{{}}).ThenRefused("party_unknown");
    spec.When(SendReplyNotice{{"respondent_1", "respondent_3"}}).ThenRefused("party_unknown");
    for (const PartyAccount& named : {PartyAccount{"respondent_2", ActorId("firm")},
                                      PartyAccount{"respondent_1", ActorId("clerk")},
                                      PartyAccount{"respondent_1", ActorId("nobody")}}) {
      spec.When(SendReplyNotice{{"respondent_1"}, {named}}).ThenRefused("account_not_respondent");
    }
    spec.When(notice).ThenHappens(ReplyNoticeWasSent{notice});
    EXPECT_EQ(spec.Model().Facts().at("reply_notice_sent_on"), "2024-08-12");
  }
}

TEST(ComplaintHandling, TenderingSendsNoReplyNotice) {
  In(kTendering, "accepted")
      .As("han")
      .When(SendReplyNotice{{"respondent_1"}})
      .ThenRefused("command_not_allowed_in_state");
}

TEST(ComplaintHandling, ReceiptOfTheNoticeLiesBetweenDispatchAndToday) {
  for (const auto state : kReplying) {
    SCOPED_TRACE(state);
    const auto received = [](const char* party, const char* day) {
      return RecordNoticeReceipt{party, Day(day)};
    };
    Spec spec = In(kProcurement, state);
    spec.At("2024-08-16").As("clerk");
    spec.When(received("complainant", "2024-08-14")).ThenRefused("party_not_notified");
    spec.When(received("respondent_1", "2024-08-12")).ThenRefused("receipt_before_dispatch");
    spec.When(received("respondent_1", "2024-08-17")).ThenRefused("receipt_before_dispatch");
    Spec twice = spec;
    twice.Given(ReplyNoticeReceived{received("respondent_1", "2024-08-14")});
    twice.When(received("respondent_1", "2024-08-13")).ThenRefused("receipt_already_recorded");
    spec.When(received("respondent_1", "2024-08-13"));
    spec.Then(ReplyNoticeReceived{received("respondent_1", "2024-08-13")});
    spec.As("han").When(received("respondent_2", "2024-08-16"));
    spec.Then(ReplyNoticeReceived{received("respondent_2", "2024-08-16")});
  }
}

/// A case in `state` in which respondent_1 has answered and respondent_2 has not. A second notice
/// leads back to reply_notice_sent: only respondent_2 is asked anew.
Spec HalfAnswered(std::string_view state) {
  if (state != "reply_notice_sent") return In(kProcurement, state);
  Spec spec = In(kProcurement, "hearing");
  spec.As("han").Given(ReplyNoticeWasSent{{{"respondent_2"}}});
  EXPECT_EQ(spec.State(), "reply_notice_sent");
  return spec;
}

TEST(ComplaintHandling, EachNotifiedPartyRepliesOnce) {
  for (const auto state : kReplying) {
    SCOPED_TRACE(state);
    Spec spec = HalfAnswered(state);
    spec.As("firm");
    spec.When(Reply(SampleReply("complainant"))).ThenRefused("party_not_notified");
    spec.When(Reply(SampleReply("respondent_1"))).ThenRefused("already_answered");
    spec.Actor({ActorId("other_firm"), UnitId("public"), {Role::kRespondent}}).As("other_firm");
    spec.When(Reply(SampleReply("respondent_2"))).ThenRefused("account_of_other_party");
    Spec(spec).As("clerk").When(Reply(SampleReply("respondent_2"))).Happens();
    spec.As("firm");
    spec.When(Reply(SampleReply("respondent_2"))).ThenHappens(SampleReply("respondent_2"));
    EXPECT_EQ(spec.State(), "replies_in");
    EXPECT_EQ(spec.Model().Facts().at("answered"), Json({"respondent_1", "respondent_2"}));
  }
}

TEST(ComplaintHandling, SilenceWaivesTheExplanationByTheClockOnly) {
  for (const auto state : kReplying) {
    SCOPED_TRACE(state);
    Spec spec = HalfAnswered(state);
    spec.As("clock");
    spec.When(NoteWaiver{"complainant"}).ThenRefused("party_not_notified");
    spec.When(NoteWaiver{"respondent_1"}).ThenRefused("already_answered");
    spec.As("han").When(NoteWaiver{"respondent_2"}).ThenRefused("role_not_permitted");
    spec.As("clock").When(NoteWaiver{"respondent_2"});
    spec.ThenHappens(ExplanationWaived{{"respondent_2"}});
    EXPECT_EQ(spec.State(), "replies_in");
  }
}

TEST(ComplaintHandling, ASecondNoticeAsksOnlyThoseItNames) {
  Spec spec = In(kProcurement, "decision_drafted");
  spec.As("head").Given(DraftReturned{{PersonalText("补充说明")}});
  spec.As("han").Given(ReplyNoticeWasSent{{{"respondent_1"}}});
  EXPECT_EQ(spec.Model().Facts().at("notified"), Json({"respondent_1", "respondent_2"}));
  EXPECT_EQ(spec.Model().Facts().at("answered"), Json({"respondent_2"}));
  spec.As("firm").When(Reply(SampleReply("respondent_1"))).ThenHappens(SampleReply("respondent_1"));
}

TEST(ComplaintHandling, OnlyTwoHandlersInvestigate) {
  for (const auto state : kInProcess) {
    SCOPED_TRACE(state);
    Spec spec = In(kProcurement, state);
    Investigate alone = SampleInvestigation();
    alone.second_officer = ActorId("han");
    Investigate with_outsider = SampleInvestigation();
    with_outsider.second_officer = ActorId("wu");
    spec.As("wu").When(SampleInvestigation()).ThenRefused("actor_not_handler");
    spec.As("han").When(alone).ThenRefused("second_officer_required");
    spec.When(with_outsider).ThenRefused("second_officer_required");
    spec.When(SampleInvestigation()).ThenHappens(InvestigationRecorded{SampleInvestigation()});
    EXPECT_EQ(spec.State(), state);
  }
}

TEST(ComplaintHandling, TwoHandlersHearThePartiesOfTheCase) {
  for (const auto state : kInProcess) {
    SCOPED_TRACE(state);
    Spec spec = In(kProcurement, state);
    HoldHearing alone = SampleHearing();
    alone.second_officer = ActorId("han");
    HoldHearing strangers = SampleHearing();
    strangers.parties = {"complainant", "respondent_9"};
    HoldHearing nobody = SampleHearing();
    nobody.parties.clear();
    spec.As("wu").When(SampleHearing()).ThenRefused("actor_not_handler");
    spec.As("han").When(alone).ThenRefused("second_officer_required");
    spec.When(strangers).ThenRefused("party_unknown");
    spec.When(nobody).ThenRefused("party_unknown");
    spec.When(SampleHearing()).ThenHappens(HearingHeld{SampleHearing()});
    EXPECT_EQ(spec.State(), "hearing");
  }
}

TEST(ComplaintHandling, AHandlerHearsTheRespondentInTendering) {
  const HearRespondent hear{PersonalText("不认可投诉事项")};
  for (const char* state : {"accepted", "hearing"}) {
    SCOPED_TRACE(state);
    Spec spec = In(kTendering, state);
    spec.As("wu").When(hear).ThenRefused("actor_not_handler");
    spec.As("han").When(hear).ThenHappens(RespondentHeard{hear});
    EXPECT_EQ(spec.State(), state);
    In(kProcurement, state).As("han").When(hear).ThenRefused("command_not_allowed_in_state");
  }
}

TEST(ComplaintHandling, OneAppraisalAtATimeWithAnExpectedEnd) {
  for (const auto state : kInProcess) {
    SCOPED_TRACE(state);
    StartAppraisal past = SampleAppraisal();
    past.expected_on = Day("2024-08-15");
    StartAppraisal today = SampleAppraisal();
    today.expected_on = Day("2024-08-16");
    Spec spec = In(kProcurement, state);
    spec.At("2024-08-16");
    spec.As("wu").When(SampleAppraisal()).ThenRefused("actor_not_handler");
    spec.As("han").When(past).ThenRefused("expected_end_in_past");
    spec.When(today).Then(AppraisalStarted{today});
    spec.When(SampleAppraisal()).ThenHappens(AppraisalStarted{SampleAppraisal()});
    EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"clock_paused"});
    spec.When(SampleAppraisal()).ThenRefused("appraisal_open");
  }
}

TEST(ComplaintHandling, AResultEndsTheAppraisalThatIsOpen) {
  const RecordAppraisalResult result{Paper("评审意见.pdf")};
  for (const auto state : kInProcess) {
    SCOPED_TRACE(state);
    In(kProcurement, state).As("han").When(result).ThenRefused("no_open_appraisal");
    Spec spec = In(kProcurement, state, OpenAppraisal);
    spec.As("wu").When(result).ThenRefused("actor_not_handler");
    spec.As("lin").When(result).ThenHappens(AppraisalResultReceived{result});
    EXPECT_EQ(spec.State(), state);
    EXPECT_TRUE(spec.Model().Summary().flags.empty());
  }
}

const SuspendTrade kSuspendTrade{PersonalText("避免难以弥补的损失"), "停2号"};

TEST(ComplaintHandling, TheHeadSuspendsATradeThatRuns) {
  for (const auto state : kInProcess) {
    SCOPED_TRACE(state);
    Spec spec = In(kProcurement, state);
    spec.As("head").When(kSuspendTrade).ThenHappens(TradeSuspended{kSuspendTrade, 30});
    EXPECT_EQ(spec.State(), state);
    EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"trade_suspended"});
    spec.When(kSuspendTrade).ThenRefused("trade_already_suspended");
  }
  for (const char* state : {"accepted", "hearing"}) {
    SCOPED_TRACE(state);
    Spec spec = In(kTendering, state);
    spec.As("head").When(kSuspendTrade).ThenHappens(TradeSuspended{kSuspendTrade, 30});
    spec.When(kSuspendTrade).ThenRefused("trade_already_suspended");
  }
}

TEST(ComplaintHandling, ThirtyDaysOfSuspensionAreAll) {
  const auto used_up = [](Spec& spec) {
    spec.At("2024-06-01");
    SuspendOnTheDay(spec);
    spec.At("2024-07-02").Given(TradeResumed{"cap_reached", std::nullopt});
  };
  for (const auto state : kInProcess) {
    SCOPED_TRACE(state);
    In(kProcurement, state, used_up)
        .As("head")
        .When(kSuspendTrade)
        .ThenRefused("suspension_cap_reached");
  }
  In(kTendering, "accepted", used_up)
      .As("head")
      .When(kSuspendTrade)
      .Then(TradeSuspended{kSuspendTrade, 0});
}

TEST(ComplaintHandling, OnlyATradeThatStandsStillIsResumed) {
  const ResumeTrade resume{"恢1号"};
  const TradeResumed resumed{"ordered", "恢1号"};
  for (const auto state : kMaybeSuspended) {
    SCOPED_TRACE(state);
    In(kProcurement, state).As("head").When(resume).ThenRefused("trade_not_suspended");
    Spec spec = In(kProcurement, state, SuspendOnTheDay);
    spec.As("head").When(resume).ThenHappens(resumed);
    EXPECT_EQ(spec.State(), state);
    EXPECT_TRUE(spec.Model().Summary().flags.empty());
  }
  In(kTendering, "hearing", SuspendOnTheDay).As("head").When(resume).Then(resumed);
}

TEST(ComplaintHandling, InProcurementTheClockEndsASuspension) {
  const ExpireSuspension expire;
  const TradeResumed resumed{"cap_reached", std::nullopt};
  for (const auto state : kMaybeSuspended) {
    SCOPED_TRACE(state);
    In(kProcurement, state).As("clock").When(expire).ThenRefused("trade_not_suspended");
    Spec spec = In(kProcurement, state, SuspendOnTheDay);
    spec.As("clock").When(expire).ThenHappens(resumed);
    EXPECT_EQ(spec.State(), state);
  }
  In(kTendering, "accepted", SuspendOnTheDay)
      .As("clock")
      .When(expire)
      .ThenRefused("command_not_allowed_in_state");
}

template <class Change>
DraftDecision Drafted(const Change& change) {
  DraftDecision draft = SampleDraft();
  change(draft);
  return draft;
}

const auto kDismissedWithoutGround =
    Drafted([](DraftDecision& c) { c.outcome = Outcome::kDismissed; });
const auto kUpheldWithGround =
    Drafted([](DraftDecision& c) { c.dismissal_ground = DismissalGround::kNoBasis; });
const auto kConditionMissing = Drafted([](DraftDecision& c) {
  c.outcome = Outcome::kDismissed;
  c.dismissal_ground = DismissalGround::kConditionMissing;
});

TEST(ComplaintHandling, ATenderingDecisionIsDraftedAfterTheRespondentWasHeard) {
  for (const char* state : {"accepted", "hearing"}) {
    SCOPED_TRACE(state);
    Spec spec = In(kTendering, "accepted");
    if (state == std::string_view("hearing")) spec.As("han").Given(HearingHeld{SampleHearing()});
    spec.As("han").When(SampleDraft()).ThenRefused("respondent_not_heard");
    spec.Given(RespondentHeard{{PersonalText("不认可投诉事项")}});
    spec.As("wu").When(SampleDraft()).ThenRefused("actor_not_handler");
    spec.As("han").When(kDismissedWithoutGround).ThenRefused("dismissal_ground_mismatch");
    spec.When(kUpheldWithGround).ThenRefused("dismissal_ground_mismatch");
    spec.When(kConditionMissing).ThenRefused("dismissal_ground_not_of_profile");
    spec.When(SampleDraft()).Then(DecisionWasDrafted{SampleDraft()});
    OpenAppraisal(spec);
    spec.As("han").When(SampleDraft()).ThenRefused("appraisal_open");
  }
}

/// All have replied or waived, and the case stands in `state`.
Spec AllReplied(std::string_view state) {
  if (state == "accepted") {
    Spec spec = In(kProcurement, "decision_drafted");
    spec.As("head").Given(DraftReturned{{PersonalText("补充说明")}});
    return spec;
  }
  Spec spec = In(kProcurement, "replies_in");
  spec.As("firm").Given(SampleReply("respondent_2"));
  if (state == "hearing") spec.As("han").Given(HearingHeld{SampleHearing()});
  return spec;
}

TEST(ComplaintHandling, AProcurementDecisionIsDraftedAfterAllHaveRepliedOrWaived) {
  for (const char* state : {"accepted", "replies_in", "hearing"}) {
    SCOPED_TRACE(state);
    // Without a notice, or with one answer of two.
    In(kProcurement, state).As("han").When(SampleDraft()).ThenRefused("explanations_outstanding");
    Spec spec = AllReplied(state);
    ASSERT_EQ(spec.State(), state);
    spec.As("wu").When(SampleDraft()).ThenRefused("actor_not_handler");
    spec.As("han").When(kDismissedWithoutGround).ThenRefused("dismissal_ground_mismatch");
    spec.When(kUpheldWithGround).ThenRefused("dismissal_ground_mismatch");
    spec.When(kConditionMissing).Then(DecisionWasDrafted{kConditionMissing});
    spec.When(SampleDraft()).Then(DecisionWasDrafted{SampleDraft()});
    OpenAppraisal(spec);
    spec.As("han").When(SampleDraft()).ThenRefused("appraisal_open");
  }
}

TEST(ComplaintHandling, AHearingBeforeTheRepliesLosesNone) {
  // The notice, the replies and the waiver are possible after a hearing too.
  Spec spec = In(kProcurement, "accepted");
  spec.As("han").Given(HearingHeld{SampleHearing()});
  const SendReplyNotice notice{{"respondent_1"}, {{"respondent_1", ActorId("firm")}}};
  spec.When(notice).ThenHappens(ReplyNoticeWasSent{notice});
  spec.Given(HearingHeld{SampleHearing()});
  spec.As("firm").When(Reply(SampleReply("respondent_1"))).ThenHappens(SampleReply("respondent_1"));
  spec.As("han").When(SampleDraft()).ThenHappens(DecisionWasDrafted{SampleDraft()});
}

}  // namespace
}  // namespace docket::complaint
