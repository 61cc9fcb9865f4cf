// From the answer, or its lack, to the end: each row, each refusal, each clock at its edges.
#include "workflows/objection/objection_test_samples.hpp"

namespace docket::objection {
namespace {

const PersonalText kReason("质疑事项可能影响中标结果");

struct AnswerCase {
  const char* state;
  const char* day;       ///< Of the act, by the clerk.
  const char* answered;  ///< Of the paper.
};
/// In time and too late, before and after the lapse is on the file.
const std::vector<AnswerCase> kAnswers{{"received", "2024-08-14", "2024-08-14"},
                                       {"received", "2024-08-23", "2024-08-23"},
                                       {"no_answer", "2024-08-23", "2024-08-14"},
                                       {"no_answer", "2024-08-23", "2024-08-23"}};

struct ClockEdge {
  Kind kind;
  const char* clock;
  const char* received;
  const char* last_day;
};

TEST_F(ObjectionTest, TheAnswerIsDueOnTheLastDayOfItsKind) {
  // 29 September and 12 October 2024 are worked, 1 to 7 October are not.
  const std::vector<ClockEdge> edges{
      {Kind::kTenderDocuments, "objection_answer", "2024-09-29", "2024-10-08"},
      {Kind::kEvaluationResult, "objection_answer", "2024-08-12", "2024-08-15"},
      {Kind::kBidOpening, "bid_opening_answer", "2024-08-12", "2024-08-12"},
      {Kind::kInquiry, "inquiry_answer", "2024-09-30", "2024-10-10"},
      {Kind::kChallenge, "challenge_answer", "2024-09-29", "2024-10-14"}};
  for (const auto& edge : edges) {
    SCOPED_TRACE(edge.clock);
    auto lodge = SampleLodge(edge.kind);
    lodge.late_reason = PersonalText("平台停机");
    const std::string evening = std::string(edge.last_day) + "T23:59:59+08:00";
    spec.Fresh().At(edge.received).As("portal").When(lodge).Happens();
    EXPECT_EQ(spec.Model().Clocks().Find(edge.clock)->due_date, Day(edge.last_day));
    spec.At(evening).TimePasses();
    EXPECT_EQ(spec.State(), "received");
    spec.As("school").When(AnswerOn(edge.last_day)).Happens();
    EXPECT_EQ(spec.State(), "answered");
    EXPECT_EQ(spec.Model().Clocks().Find(edge.clock)->state, ClockState::kMet);

    spec.Fresh().At(edge.received).As("portal").When(lodge).Happens();
    spec.At((Day(edge.last_day) + 1).ToString()).TimePasses();
    EXPECT_EQ(spec.State(), "no_answer");
    EXPECT_EQ(spec.Model().Clocks().Find(edge.clock)->state, ClockState::kLapsed);
  }
}

TEST_F(ObjectionTest, AnAnswerLetsTheTradeGoOnHoweverLateItIs) {
  In("received").At("2024-08-14").As("school");
  spec.When(AnswerOn("2024-08-14"))
      .ThenHappens(ObjectionAnswered{AnswerOn("2024-08-14"), false, Day("2024-08-14")});
  EXPECT_EQ(spec.Model().Facts().at("trade_suspended"), false);

  In("no_answer");
  EXPECT_EQ(spec.Model().Facts().at("trade_suspended"), true);
  spec.At("2024-08-23").As("school").When(AnswerOn("2024-08-23"));
  spec.ThenHappens(ObjectionAnswered{AnswerOn("2024-08-23"), true, Day("2024-08-23")});
  EXPECT_EQ(spec.State(), "answered_late");
  EXPECT_EQ(spec.Model().Facts().at("trade_suspended"), false);
  EXPECT_EQ(spec.Model().Clocks().Find("objection_answer")->state, ClockState::kEndedLate);

  In("received").At("2024-08-23").As("school").When(AnswerOn("2024-08-23")).Happens();
  EXPECT_EQ(spec.State(), "answered_late");
}

TEST_F(ObjectionTest, APaperAnswerThatCameInTimeUndoesTheLapse) {
  In("no_answer").At("2024-08-23").As("clerk").When(AnswerOn("2024-08-14")).Happens();
  EXPECT_EQ(spec.State(), "answered");
  EXPECT_EQ(spec.Model().Clocks().Find("objection_answer")->state, ClockState::kMet);
}

TEST_F(ObjectionTest, AnAnswerIsGivenInFormByTheAddressee) {
  for (const auto& answer : kAnswers) {
    SCOPED_TRACE(std::string(answer.state) + " " + answer.answered);
    const auto refused = [&](const char* code, void (*spoil)(Answer&)) {
      auto spoiled = AnswerOn(answer.answered);
      spoil(spoiled);
      spec.When(spoiled).ThenRefused(code);
    };
    In(answer.state, Kind::kChallenge).At(answer.day).As("clerk");
    refused("answer_not_in_writing", [](Answer& c) { c.document.reset(); });
    refused("answer_not_in_writing", [](Answer& c) { c.is_signed = false; });
    refused("trade_secret_in_answer", [](Answer& c) { c.free_of_trade_secrets = false; });
    refused("other_suppliers_not_told", [](Answer& c) { c.others_told = false; });
    refused("answer_date_out_of_order", [](Answer& c) {
      c.answered_on = Day(c.answered_on < Day("2024-08-22") ? "2024-08-09" : "2024-08-26");
    });
    spec.As("rival").When(AnswerOn(answer.answered)).ThenRefused("actor_not_addressee");
    spec.As("school").At("2024-08-26").When(AnswerOn(answer.answered));
    spec.ThenRefused("answer_date_out_of_order");
  }
}

TEST_F(ObjectionTest, AnInquiryMayBeAnsweredByWordOfMouthAndNobodyElseIsTold) {
  Answer spoken;
  spoken.answered_on = Day("2024-08-14");
  spoken.free_of_trade_secrets = true;
  In("received", Kind::kInquiry).At("2024-08-14").As("school").When(spoken).Happens();
  auto written = AnswerOn("2024-08-14");
  written.others_told = false;
  In("received").At("2024-08-14").As("school").When(written).Happens();
  In("received").At("2024-08-14").As("school").When(spoken).ThenRefused("answer_not_in_writing");
}

TEST_F(ObjectionTest, AnInquiryOrChallengeThatMayAffectTheResultSuspendsTheContract) {
  const SuspendTrade suspend{kReason};
  for (const Kind kind : {Kind::kInquiry, Kind::kChallenge}) {
    for (const char* state : {"received", "no_answer"}) {
      In(state, kind).As("rival").When(suspend).ThenRefused("actor_not_addressee");
      spec.As("school").When(suspend).ThenHappens(TradeSuspended{suspend});
      EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"trade_suspended"});
      spec.When(suspend).ThenRefused("trade_already_suspended");
      spec.At("2024-08-23").When(AnswerOn("2024-08-23")).Happens();
      EXPECT_TRUE(spec.Model().Summary().flags.empty());
    }
  }
  In("received").As("school").When(suspend).ThenRefused("command_not_allowed_in_state");
}

TEST_F(ObjectionTest, TheObjectorAcceptsTheAnswer) {
  for (const char* state : {"answered", "answered_late"}) {
    In(state).As("portal_2").When(AcceptAnswer{}).ThenRefused("actor_not_objector");
    spec.As("clerk").When(AcceptAnswer{}).Then(ObjectionClosed{"answer_accepted"});
    spec.As("portal").When(AcceptAnswer{}).ThenHappens(ObjectionClosed{"answer_accepted"});
    EXPECT_EQ(spec.State(), "closed");
    EXPECT_EQ(spec.Model().Clocks().Find("tendering_complain")->state, ClockState::kCancelled);
  }
}

TEST_F(ObjectionTest, InTenderingTheTimeToComplainStandsStillUntilTheAnswer) {
  // Known on 29 September, raised on the 30th: one day is used; nine are left after 10 October.
  auto lodge = SampleLodge(Kind::kTenderDocuments);
  lodge.known_on = Day("2024-09-29");
  lodge.bid_deadline_on = Day("2024-11-01");
  spec.At("2024-09-30").As("portal").When(lodge).Happens();
  EXPECT_EQ(spec.Model().Clocks().Find("tendering_complain")->state, ClockState::kPaused);
  spec.At("2024-10-09").TimePasses();
  spec.At("2024-10-10").As("school").When(AnswerOn("2024-10-10")).Happens();
  const auto* right = spec.Model().Clocks().Find("tendering_complain");
  EXPECT_EQ(right->due_date, Day("2024-10-21"));  // The 19th is a Saturday.
  spec.As("clerk").When(CloseLapsed{}).ThenRefused("right_to_complain_running");
  spec.At("2024-10-21T23:59:59+08:00").TimePasses();
  EXPECT_EQ(spec.State(), "answered_late");
  spec.At("2024-10-22").TimePasses();
  EXPECT_EQ(spec.State(), "closed");
  EXPECT_EQ(spec.Model().Summary().outcome, "right_to_complain_lapsed");

  In("answered").As("clerk").When(CloseLapsed{}).ThenRefused("right_to_complain_running");
  spec.At("2024-08-22").TimePasses();
  EXPECT_EQ(spec.State(), "closed");
}

TEST_F(ObjectionTest, InProcurementItRunsFromTheExpiryOfTheReplyPeriod) {
  auto lodge = SampleLodge(Kind::kChallenge);
  lodge.known_on = Day("2024-09-27");
  spec.At("2024-09-29").As("portal").When(lodge).Happens();
  spec.At("2024-10-08").As("school").When(AnswerOn("2024-10-08")).Happens();
  // The period expires on 14 October, whenever the answer came.
  EXPECT_EQ(spec.Model().Clocks().Find("procurement_complain")->due_date, Day("2024-11-04"));
  spec.At("2024-11-04T23:59:59+08:00").TimePasses();
  EXPECT_EQ(spec.State(), "answered");
  spec.At("2024-11-05").TimePasses();
  EXPECT_EQ(spec.State(), "closed");

  In("no_answer", Kind::kChallenge).As("clerk").When(CloseLapsed{});
  spec.ThenRefused("right_to_complain_running");
  spec.At("2024-09-12").TimePasses();
  EXPECT_EQ(spec.State(), "closed");
}

TEST_F(ObjectionTest, NothingUnansweredIsClosedWhileTheTradeIsSuspended) {
  In("no_answer", Kind::kChallenge).As("school").When(SuspendTrade{kReason}).Happens();
  spec.At("2024-09-12").TimePasses();
  EXPECT_EQ(spec.State(), "no_answer");
  spec.As("clerk").When(CloseLapsed{}).ThenRefused("trade_still_suspended");
  spec.At("2024-09-13").As("school").When(AnswerOn("2024-09-13")).Happens();
  spec.As("clerk").When(CloseLapsed{});
  spec.ThenHappens(ObjectionClosed{"right_to_complain_lapsed"});

  In("no_answer").At("2024-12-02").TimePasses();
  EXPECT_EQ(spec.State(), "no_answer");
}

TEST_F(ObjectionTest, AnInquiryOpensNoComplaintAndWaitsForNone) {
  for (const char* state : {"answered", "answered_late", "no_answer"}) {
    In(state, Kind::kInquiry);
    spec.As("portal").When(Escalate{kComplaintCase}).ThenRefused("challenge_required");
    spec.As("clerk").When(CloseLapsed{}).ThenHappens(ObjectionClosed{"right_to_complain_lapsed"});
  }
}

// Shows A064.
TEST_F(ObjectionTest, TheTendererReportsTheResultOfAMandatoryTender) {
  const ReportResult report{Paper("异议处理情况报告.pdf")};
  for (const char* state : {"answered", "answered_late", "closed", "escalated"}) {
    In(state);
    EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"report_owed"});
    spec.As("rival").When(report).ThenRefused("actor_not_addressee");
    spec.As("school").When(report).ThenHappens(ResultReported{report});
    EXPECT_EQ(spec.State(), state) << "an obligation beside the state";
    EXPECT_EQ(spec.Model().Clocks().Find("result_report")->state, ClockState::kMet);
    spec.When(report).ThenRefused("report_not_owed");
  }
  In("answered", Kind::kChallenge).As("school").When(report).ThenRefused("report_not_owed");
}

TEST_F(ObjectionTest, TheReportIsRemindedOfAndItsLapseShown) {
  In("answered").At("2024-08-22").TimePasses();
  EXPECT_EQ(spec.Model().Clocks().Find("result_report")->state, ClockState::kLapsed);
  EXPECT_EQ(spec.Model().Clocks().Find("result_report")->due_date, Day("2024-08-21"));
}

TEST_F(ObjectionTest, WhoIsNotContentComplains) {
  const Escalate escalate{kComplaintCase};
  for (const Kind kind : {Kind::kTenderDocuments, Kind::kChallenge}) {
    for (const char* state : {"answered", "answered_late", "no_answer"}) {
      In(state, kind).As("portal_2").When(escalate).ThenRefused("actor_not_objector");
      spec.As("portal").When(Escalate{StreamId("no-such-case")}).ThenRefused("complaint_invalid");
      const StreamId other("handover-0190b0c0-0000-7000-8000-000000000001");
      spec.When(Escalate{other}).ThenRefused("complaint_invalid");
      spec.When(escalate).Then(ObjectionEscalated{escalate});
      spec.As("process_manager").When(escalate).ThenHappens(ObjectionEscalated{escalate});
      EXPECT_EQ(spec.State(), "escalated");
      EXPECT_EQ(spec.Model().Facts().at("complaint"), kComplaintCase.value);
    }
  }
}

TEST_F(ObjectionTest, TheAnswerIsStillOwedAfterTheComplaint) {
  In("no_answer").As("process_manager").When(Escalate{kComplaintCase}).Happens();
  spec.At("2024-08-23").As("rival").When(AnswerOn("2024-08-23"));
  spec.ThenRefused("actor_not_addressee");
  spec.As("school").When(AnswerOn("2024-08-14")).ThenRefused("answer_date_out_of_order");
  const auto refused = [&](const char* code, void (*spoil)(Answer&)) {
    auto spoiled = AnswerOn("2024-08-23");
    spoil(spoiled);
    spec.When(spoiled).ThenRefused(code);
  };
  refused("answer_not_in_writing", [](Answer& c) { c.is_signed = false; });
  refused("trade_secret_in_answer", [](Answer& c) { c.free_of_trade_secrets = false; });
  spec.When(AnswerOn("2024-08-23")).Happens();
  EXPECT_EQ(spec.State(), "escalated");
  EXPECT_EQ(spec.Model().Summary().outcome, "escalated");
  EXPECT_EQ(spec.Model().Facts().at("trade_suspended"), false);
  spec.When(AnswerOn("2024-08-23")).ThenRefused("already_answered");

  In("no_answer", Kind::kChallenge).As("process_manager").When(Escalate{kComplaintCase}).Happens();
  spec.At("2024-08-23").As("school");
  refused("other_suppliers_not_told", [](Answer& c) { c.others_told = false; });
}

TEST_F(ObjectionTest, WhoRaisedItWithdrawsItUntilItIsAnswered) {
  const Withdraw withdraw{PersonalText("已与招标人澄清")};
  for (const char* state : {"lodged", "received", "no_answer"}) {
    In(state).As("portal_2").When(withdraw).ThenRefused("actor_not_objector");
    spec.As("clerk").When(withdraw).Then(ObjectionWithdrawn{withdraw});
    spec.As("portal").When(withdraw).ThenHappens(ObjectionWithdrawn{withdraw});
    EXPECT_EQ(spec.State(), "withdrawn");
    EXPECT_EQ(spec.Model().Facts().at("trade_suspended"), false);
    spec.At("2024-12-02").TimePasses();
    EXPECT_EQ(spec.State(), "withdrawn");
  }
}

}  // namespace
}  // namespace docket::objection
