// From the prior notice to the published penalty: what the party is told and may answer, who hears,
// reviews and decides, and what follows the decision.
#include "workflows/investigation/investigation_test_samples.hpp"

namespace docket::investigation {
namespace {

using docket::testing::Spec;

const PersonalText kReason("理由");
const ReviewLegality kReview{PersonalText("合法")};
const Answer kStatement{AnswerKind::kStatement, PersonalText("不知情"), std::nullopt};
const Answer kWaiver{AnswerKind::kWaiver, std::nullopt, std::nullopt};
const Answer kHearing{AnswerKind::kHearingRequest, std::nullopt, std::nullopt};

const CaseClock* Clock(const Spec& spec, std::string_view rule) {
  return spec.Model().Clocks().Find(rule);
}

/// Nothing is wrong, so nobody is penalised.
Way WithoutPenalty(Outcome proposal = Outcome::kNoViolation) {
  Way way;
  way.conclusion.proposal = proposal;
  return way;
}
/// A small fine: no hearing.
Way SmallFine() {
  Way way;
  way.notice.penalties = {Penalty::kFine};
  way.notice.amount_yuan = 1'000;
  way.notice.is_heavy = false;
  way.notice.rights = {Right::kStatement};
  return way;
}

TEST(InvestigationNotice, ItNamesThePenaltyItsBasisAndTheRights) {
  for (const char* state : {"concluded", "reviewed"}) {
    Spec spec = In(state);
    spec.At("2024-09-27").As("wu").When(SampleNotice()).ThenRefused("actor_not_handler");
    auto notice = SampleNotice();
    notice.articles.clear();
    spec.As("han").When(notice).ThenRefused("notice_incomplete");
    notice = SampleNotice();
    notice.penalties.clear();
    spec.When(notice).ThenRefused("notice_incomplete");
    notice = SampleNotice();
    notice.rights = {Right::kHearing};
    spec.When(notice).ThenRefused("rights_not_told");
    notice = SampleNotice();
    notice.amount_yuan = -1;
    spec.When(notice).ThenRefused("notice_incomplete");
    notice = SampleNotice();
    notice.delivered_on = Day("2024-09-28");
    spec.When(notice).ThenRefused("delivery_in_future");
    spec.When(SampleNotice()).Then(NoticeWasGiven{SampleNotice()});
  }
}

TEST(InvestigationNotice, AHearingIsOfferedForItsClassesAndForNoOther) {
  Spec spec = In("concluded");
  spec.At("2024-09-27").As("han");
  for (const auto& penalty : EnumTable<Penalty>::kNames) {
    auto notice = SmallFine().notice;
    notice.penalties = {penalty.value};
    const bool by_kind =
        penalty.value == Penalty::kDowngrade || penalty.value == Penalty::kLicenceRevocation ||
        penalty.value == Penalty::kShutdown || penalty.value == Penalty::kOccupationBan;
    if (by_kind) spec.When(notice).ThenRefused("rights_not_told");
    else spec.When(notice).Then(NoticeWasGiven{notice});
    notice.rights = {Right::kStatement, Right::kHearing};
    if (!by_kind) spec.When(notice).ThenRefused("rights_not_told");
    notice.is_heavy = true;
    spec.When(notice).Then(NoticeWasGiven{notice});
  }
}

TEST(InvestigationAnswer, ThePartySpeaksWaivesOrAsksForAHearing) {
  for (const char* state : {"notice_given", "answered"}) {
    Spec spec = In(state);
    spec.Actor({ActorId("other_firm"), UnitId("public"), {Role::kRespondent}});
    spec.As("other_firm").When(kStatement).ThenRefused("not_the_party");
    spec.When(kHearing).ThenRefused("not_the_party");
    spec.As("firm").When(kStatement).Then(StatementMade{kStatement});
    spec.When(Answer{AnswerKind::kStatement, std::nullopt, std::nullopt})
        .ThenRefused("statement_missing");
    spec.When(kWaiver).Then(StatementMade{kWaiver});
    spec.When(kHearing).Then(HearingWasRequested{kHearing});
    spec.As("clerk").When(kWaiver).ThenRefused("waiver_not_shown");
    const Answer paper{AnswerKind::kWaiver, std::nullopt, Paper("放弃声明")};
    spec.When(paper).Then(StatementMade{paper});
    spec.At("2024-10-11").TimePasses();
    spec.When(kWaiver).Then(StatementMade{kWaiver});

    Spec small = In(state, SmallFine());
    small.As("firm").When(kHearing).ThenRefused("hearing_not_foreseen");
  }
}

TEST(InvestigationAnswer, FiveWorkingDaysForAHearing) {
  for (const char* state : {"notice_given", "answered"}) {
    Spec spec = In(state);
    // 29 September 2024 was worked instead of the National Day week.
    EXPECT_EQ(Clock(spec, "investigation_hearing_request")->due_date, Day("2024-10-10"));
    spec.As("firm").At("2024-10-10T23:59:59+08:00").When(kHearing);
    spec.Then(HearingWasRequested{kHearing});
    spec.At("2024-10-11").When(kHearing).ThenRefused("hearing_request_late");
    spec.TimePasses();
    EXPECT_EQ(Clock(spec, "investigation_hearing_request")->state, ClockState::kExpired);
    spec.When(kHearing).ThenRefused("hearing_request_late");
  }
}

TEST(InvestigationHearing, ItIsAnnouncedSevenWorkingDaysBeforeAndHeldByNoInvestigator) {
  Spec spec = In("hearing_requested");
  auto announcement = SampleAnnouncement();
  announcement.presider = ActorId("lin");
  spec.At("2024-10-14").As("clerk").When(announcement).ThenRefused("presider_investigated");
  announcement = SampleAnnouncement();
  announcement.notified_on = Day("2024-10-12");  // A Saturday that was worked.
  spec.When(announcement).ThenRefused("hearing_notice_late");
  announcement.held_on = Day("2024-12-31");
  announcement.notified_on = Day("2024-10-15");
  spec.When(announcement).ThenRefused("hearing_notice_late");
  spec.When(SampleAnnouncement()).ThenHappens(HearingAnnounced{SampleAnnouncement()});
  EXPECT_EQ(Clock(spec, "investigation_hearing_notice")->due_date, Day("2024-10-11"));
  EXPECT_EQ(Clock(spec, "investigation_hearing_notice")->state, ClockState::kMet);

  const HoldHearing hearing{PersonalText("听证笔录"), Paper("签字笔录")};
  spec.At("2024-10-20").As("wu").When(hearing).ThenRefused("hearing_not_yet");
  spec.At("2024-10-21").As("han").When(hearing).ThenRefused("not_the_presider");
  spec.As("wu").When(hearing).ThenHappens(HearingWasHeld{hearing});
  EXPECT_EQ(spec.State(), "hearing_held");
}

TEST(InvestigationReview, ItFollowsStatementsAndHearing) {
  In("concluded").As("legal").When(kReview).ThenRefused("notice_missing");
  In("notice_given").As("legal").When(kReview).ThenRefused("command_not_allowed_in_state");
  In("concluded", WithoutPenalty()).As("legal").When(kReview).Then(LegalityReviewed{kReview});
  In("hearing_held").As("legal").When(kReview).Then(LegalityReviewed{kReview});
  In("answered", SmallFine()).As("legal").When(kReview).Then(LegalityReviewed{kReview});

  Spec spec = In("answered");
  spec.As("legal").At("2024-10-10").When(kReview).ThenRefused("hearing_right_open");
  Spec waived = spec;
  waived.As("firm").When(kWaiver).Happens();
  waived.As("legal").When(kReview).Then(LegalityReviewed{kReview});
  spec.At("2024-10-11").TimePasses().When(kReview).ThenHappens(LegalityReviewed{kReview});
  EXPECT_EQ(spec.State(), "reviewed");
}

TEST(InvestigationReview, NoHandlerReviews) {
  const auto by_handler = [](Spec spec) {
    spec.Actor({ActorId("lin"), UnitId("bureau"), {Role::kHandler, Role::kLegalReviewer}});
    spec.At("2024-10-22").As("lin").When(kReview).ThenRefused("reviewer_is_handler");
  };
  by_handler(In("concluded", WithoutPenalty()));
  by_handler(In("answered"));
  by_handler(In("hearing_held"));
}

TEST(InvestigationDecision, NotBeyondWhatThePartyWasTold) {
  Spec spec = In("reviewed");
  auto decision = SampleDecision();
  decision.amount_yuan = 200'001;
  spec.When(decision).ThenRefused("penalty_raised");
  decision = SampleDecision();
  decision.penalties.push_back(Penalty::kConfiscation);
  spec.When(decision).ThenRefused("penalty_raised");
  decision = SampleDecision();
  decision.penalties.clear();
  spec.When(decision).ThenRefused("outcome_does_not_fit");
  decision.outcome = Outcome::kNoPenaltyMinor;
  spec.When(decision).ThenRefused("outcome_does_not_fit");
  decision.amount_yuan.reset();
  spec.When(decision).Then(CaseDecided{decision});
  decision.amount_yuan = -1;
  decision.penalties = {Penalty::kFine};
  decision.outcome = Outcome::kPenalty;
  spec.When(decision).ThenRefused("outcome_does_not_fit");
  decision.amount_yuan = 100'000;
  spec.When(decision).Then(CaseDecided{decision});
  spec.When(SampleDecision()).ThenHappens(CaseDecided{SampleDecision()});
  EXPECT_EQ(spec.State(), "decided");
}

TEST(InvestigationDecision, ComplexCasesAreDecidedTogether) {
  Way way;
  way.conclusion.is_complex = true;
  Spec spec = In("reviewed", way);
  auto decision = SampleDecision();
  spec.When(decision).ThenRefused("discussion_missing");
  decision.discussion = Discussion{{ActorId("head"), ActorId("head")}, Paper("讨论记录")};
  spec.When(decision).ThenRefused("discussion_missing");
  decision.discussion->participants[1] = ActorId("deputy");
  spec.When(decision).Then(CaseDecided{decision});
}

TEST(InvestigationDecision, ASuspectedCrimeIsTransferredInsteadOfDecided) {
  auto decision = SampleDecision();
  decision.outcome = Outcome::kTransferJudicial;
  Spec spec = In("reviewed");
  spec.When(decision).ThenHappens(TransferApproved{decision.reasons, decision.document});
  EXPECT_EQ(spec.State(), "reviewed");
  spec.When(decision).ThenRefused("transfer_pending");
  spec.When(SampleDecision()).ThenRefused("transfer_pending");
  spec.When(SampleHandover()).ThenHappens(HandedOver{SampleHandover()});
  EXPECT_EQ(Clock(spec, "investigation_transfer")->state, ClockState::kMet);
}

TEST(InvestigationService, SevenWorkingDays) {
  Spec spec = In("decided");
  EXPECT_EQ(Clock(spec, "investigation_serve")->due_date, Day("2024-11-12"));
  const Serve serve{Paper("送达回证")};
  spec.At("2024-11-12").As("clerk").When(serve);
  spec.ThenHappens(DecisionServed{serve}, PublicationDue{});
  EXPECT_EQ(Clock(spec, "investigation_serve")->state, ClockState::kMet);

  Spec none = In("decided", WithoutPenalty());
  none.As("clerk").When(serve).ThenHappens(DecisionServed{serve});
  EXPECT_EQ(Clock(none, "investigation_publish"), nullptr);
}

// Shows A149.
TEST(InvestigationPublication, APenaltyIsPublishedInTimeAndTakenDownWhenAnnulled) {
  const Publish publish{"信用中国"};
  const Annul annul{"某市人民法院", Paper("判决书")};
  Spec spec = In("decided");
  spec.At("2024-11-05").As("clerk").When(Serve{Paper("送达回证")}).Happens();
  EXPECT_EQ(Clock(spec, "investigation_publish")->due_date, Day("2024-11-14"));
  spec.At("2024-11-14").When(publish).ThenHappens(DecisionPublished{publish});
  EXPECT_EQ(Clock(spec, "investigation_publish")->state, ClockState::kMet);
  spec.At("2025-01-24").When(annul);
  spec.ThenHappens(DecisionAnnulled{annul}, TakeDownDue{"信用中国"});
  // 26 January 2025, a Sunday, was worked; the Spring Festival lasted until 4 February.
  EXPECT_EQ(Clock(spec, "investigation_take_down")->due_date, Day("2025-02-05"));
  spec.When(annul).ThenRefused("already_annulled");
  spec.When(publish).ThenRefused("no_penalty");
  spec.At("2025-02-06").TimePasses();
  EXPECT_EQ(Clock(spec, "investigation_take_down")->state, ClockState::kLapsed);
}

TEST(InvestigationPublication, WhatWasAnnulledIsTakenDownAlsoAfterTheEnd) {
  const Annul annul{"某市人民政府", Paper("复议决定书")};
  const TakeDown take_down{"处罚决定已被复议机关撤销"};
  for (const char* state : {"served", "closed"}) {
    Spec spec = In(state);
    spec.As("clerk").When(take_down).ThenRefused("nothing_to_take_down");
    spec.When(annul).Then(DecisionAnnulled{annul});
    spec.Given(DecisionPublished{{"信用中国"}});
    spec.When(annul).ThenHappens(DecisionAnnulled{annul}, TakeDownDue{"信用中国"});
    spec.When(annul).ThenRefused("already_annulled");
    spec.When(take_down).ThenHappens(DecisionTakenDown{take_down});
    spec.When(take_down).ThenRefused("nothing_to_take_down");
    EXPECT_EQ(Clock(spec, "investigation_take_down")->state, ClockState::kMet);
  }
}

TEST(InvestigationEnd, ACaseClosesWhenNothingIsOutstanding) {
  const Close close{PersonalText("已结案")};
  const RecordExecution execution{PersonalText("罚款已缴纳")};
  Spec spec = In("served");
  spec.When(close).ThenRefused("matters_outstanding");
  Spec annulled = spec;
  spec.As("han").When(execution).ThenHappens(ExecutionRecorded{execution});
  spec.As("head").When(close).ThenHappens(CaseClosed{close});
  EXPECT_EQ(spec.State(), "closed");
  EXPECT_EQ(Clock(spec, "investigation_publish")->state, ClockState::kCancelled);

  const Annul annul{"某市人民法院", Paper("判决书")};
  annulled.Given(DecisionPublished{{"信用中国"}});
  annulled.When(annul).Happens();
  EXPECT_EQ(annulled.Model().Summary().flags,
            (std::vector<std::string>{"annulled", "take_down_due"}));
  annulled.When(close).ThenRefused("matters_outstanding");
  annulled.As("clerk").Given(DecisionTakenDown{{"判决撤销"}});
  annulled.As("head").When(close).Then(CaseClosed{close});

  Spec none = In("served", WithoutPenalty(Outcome::kNoPenaltyMinor));
  none.When(close).Then(CaseClosed{close});
  none.As("clerk").When(execution).ThenRefused("no_penalty");
  none.When(Publish{"信用中国"}).ThenRefused("no_penalty");
}

}  // namespace
}  // namespace docket::investigation
