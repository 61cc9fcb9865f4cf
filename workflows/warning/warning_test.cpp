// Early warnings: each row, each refusal, the colour of the point, and the clocks of the department
// and of whoever is warned.
#include "workflows/warning/warning.hpp"

#include "tests/support/spec.hpp"
#include "workflows/engine/notices.hpp"

namespace docket::warning {

const Workflow& Definition();

namespace {

using docket::testing::Spec;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

Date On(std::string_view text) { return *Date::Parse(text); }

const PersonalText kReason("投标保证金账户比对有误");
const DocumentRef kDocument{DocumentDigest("sha256:" + std::string(64, 'a')),
                            PersonalText("银行回单.pdf")};
const UnitId kBureau("bureau");

/// A rule found that the result was published too late.
Raise RaisedByRule() {
  Raise raise;
  raise.kind = PointKind::kTimeLimit;
  raise.point = "result_publicity";
  raise.point_name = "中标候选人公示";
  raise.rule = "publicity_late";
  raise.rule_version = "3";
  raise.inputs = {{"评标完成日期", PersonalText("2024-08-01")}};
  raise.explanation = PersonalText("评标完成后三日内未公示");
  raise.region = RegionCode("330482");
  raise.industry = Industry::kConstruction;
  raise.project = ProjectCode("A3304820001234567890");
  raise.project_name = "某道路工程";
  raise.stage = Stage::kTrading;
  raise.source = StreamId("objection-1");
  return raise;
}
/// An officer saw something in an evaluation report.
Raise RaisedByHand() {
  Raise raise = RaisedByRule();
  raise.level = WarningLevel::kRed;
  raise.kind = PointKind::kContent;
  raise.mode = PointMode::kManual;
  raise.point = "evaluation_report";
  raise.point_name = "评标报告";
  raise.rule.reset();
  raise.rule_version.reset();
  raise.inputs.clear();
  raise.explanation = PersonalText("评分畸高未作说明");
  return raise;
}
const WarningAssigned kAssigned{kBureau, {ActorId("han"), ActorId("lin")}};
const ProposeCorrection kProposal{kReason, {kDocument}};
const Issue kIssue{UnitId("public"), ActorId("tenderer"), PersonalText("请说明未按期公示的原因")};
const GiveFeedback kFeedback{PersonalText("系统故障，已补公示"), {kDocument}};
const Close kClose{PersonalText("已整改，予以办结")};
const std::vector<std::string> kOpenStates{"triggered", "assigned",    "correction_pending",
                                           "issued",    "feedback_in", "feedback_read"};
const std::vector<std::string> kDepartmentStates(kOpenStates.begin() + 1, kOpenStates.end());

struct WarningTest : ::testing::Test {
  Spec spec{Definition()};

  WarningTest() {
    spec.Unit({UnitId("public"), "市场主体", RegionCode("330000"), {}});
    spec.Unit({UnitId("platform"), "某电子交易平台", RegionCode("330482"), {}});
    spec.Unit({UnitId("water"), "某水利局", RegionCode("330482"), {Industry::kWater}});
    spec.Unit({UnitId("elsewhere"), "邻市住建局", RegionCode("330400"), {Industry::kConstruction}});
    spec.Actor({ActorId("neighbour"), UnitId("elsewhere"), {Role::kHead}});
    spec.Actor({ActorId("agency"), UnitId("public"), {Role::kTenderer}});
  }
  /// A fresh warning of a rule, on 8 August 2024, in one of the open states.
  Spec& In(std::string_view state, const Raise& raise = RaisedByRule()) {
    spec.Fresh().At("2024-08-08").As("process_manager").Given(WarningRaised{raise});
    if (state != Triggered::kName) spec.As("head").Given(kAssigned);
    if (state == CorrectionPending::kName) spec.As("han").Given(CorrectionWasProposed{kProposal});
    if (state == Issued::kName || state == FeedbackIn::kName || state == FeedbackRead::kName) {
      spec.As("han").Given(WarningIssued{kIssue});
    }
    if (state == FeedbackIn::kName || state == FeedbackRead::kName) {
      spec.As("tenderer").Given(FeedbackReceived{kFeedback});
    }
    if (state == FeedbackRead::kName) spec.As("han").Given(FeedbackWasRead{});
    EXPECT_EQ(spec.State(), state);
    return spec;
  }
  std::string Colour() const { return spec.Model().Facts().at("colour").get<std::string>(); }
  const CaseClock& ClockOf(std::string_view rule) const {
    const auto* clock = spec.Model().Clocks().Find(rule);
    EXPECT_NE(clock, nullptr) << rule;
    return *clock;
  }
};

// Shows A066.
TEST_F(WarningTest, ARuleRaisesAWarningWithItsVersionInputsAndExplanation) {
  spec.As("process_manager").When(RaisedByRule()).ThenHappens(WarningRaised{RaisedByRule()});
  EXPECT_EQ(spec.State(), "triggered");
  EXPECT_EQ(Colour(), "yellow");
  const auto summary = spec.Model().Summary();
  EXPECT_EQ(summary.title, "中标候选人公示 某道路工程");
  EXPECT_EQ(summary.flags, std::vector<std::string>{"point_yellow"});
  EXPECT_EQ(summary.received_on, On("2024-08-08"));

  spec.Fresh();
  auto raise = RaisedByRule();
  raise.inputs.clear();
  spec.When(raise).ThenRefused("rule_missing");
  raise = RaisedByRule();
  raise.rule_version.reset();
  spec.When(raise).ThenRefused("rule_missing");
  raise = RaisedByRule();
  raise.rule.reset();
  spec.When(raise).ThenRefused("rule_missing");
}

// Shows A058, A197.
TEST_F(WarningTest, OfficersAuditAndTheOfficeRaiseByHand) {
  for (const char* person : {"han", "head", "audit", "office"}) {
    spec.Fresh().As(person).When(RaisedByHand()).ThenHappens(WarningRaised{RaisedByHand()});
    EXPECT_EQ(Colour(), "red");
  }
  spec.Fresh().As("discipline").When(RaisedByHand()).ThenRefused("role_not_permitted");
  auto raise = RaisedByHand();
  raise.mode = PointMode::kAutomatic;
  spec.As("audit").When(raise).ThenRefused("mode_mismatch");
  spec.As("process_manager").When(RaisedByHand()).ThenRefused("mode_mismatch");
}

TEST_F(WarningTest, AWarningIsOfAKnownRegionWithinTheOfficersCompetence) {
  auto raise = RaisedByRule();
  raise.region = RegionCode("990000");
  spec.As("process_manager").When(raise).ThenRefused("region_unknown");
  raise = RaisedByHand();
  raise.industry = Industry::kWater;
  spec.As("han").When(raise).ThenRefused("matter_outside_competence");
  spec.As("audit").When(raise).Then(WarningRaised{raise});
}

// Shows A037.
TEST_F(WarningTest, AWarningGoesToTheCompetentDepartment) {
  Assign assign{kBureau, {}};
  In("triggered").As("head").When(Assign{{}, kAssigned.handlers}).Then(kAssigned);
  spec.As("process_manager").When(assign).Then(WarningAssigned{kBureau, {}});
  spec.As("office").When(assign).Then(WarningAssigned{kBureau, {}});
  spec.When(Assign{}).ThenRefused("assigned_unit_not_competent");
  for (const char* unit : {"water", "nowhere"}) {
    spec.When(Assign{UnitId(unit), {}}).ThenRefused("assigned_unit_not_competent");
  }
  spec.As("process_manager").When(Assign{kBureau, {ActorId("han")}});
  spec.ThenRefused("handler_unknown");
  spec.As("head").When(Assign{UnitId("elsewhere"), {}}).ThenRefused("assigned_unit_not_competent");
  spec.When(Assign{{}, {ActorId("clerk")}}).ThenRefused("handler_unknown");
  spec.As("clerk").When(Assign{kBureau, kAssigned.handlers}).ThenHappens(kAssigned);
  EXPECT_EQ(spec.State(), "assigned");
  EXPECT_EQ(spec.Model().Summary().unit, kBureau);
  EXPECT_EQ(spec.Model().Summary().handlers, kAssigned.handlers);
}

TEST_F(WarningTest, OnlyTheDepartmentThatTookItActsOnIt) {
  In("assigned").As("neighbour").When(Convert{ConversionKind::kClue, kReason});
  spec.ThenRefused("unit_not_competent");
  spec.As("wu").When(kProposal).ThenRefused("actor_not_handler");
  spec.When(kIssue).ThenRefused("actor_not_handler");
}

TEST_F(WarningTest, HandlersAreAppointedAndRecusedAtAnyTime) {
  const AppointHandlers appoint{{ActorId("wu")}};
  const Recuse recuse{ActorId("wu"), PersonalText("曾在该公司任职")};
  for (const auto& state : kDepartmentStates) {
    In(state).As("clerk").When(appoint).ThenHappens(HandlersAppointed{appoint});
    EXPECT_EQ(spec.State(), state);
    spec.As("head").When(AppointHandlers{}).ThenRefused("handler_required");
    spec.When(AppointHandlers{{ActorId("legal")}}).ThenRefused("handler_unknown");
    spec.When(recuse).ThenHappens(OfficerRecused{recuse});
    EXPECT_TRUE(spec.Model().Summary().handlers.empty());
    EXPECT_EQ(spec.Model().Summary().recused, std::vector{ActorId("wu")});
    spec.When(appoint).ThenRefused("handler_recused");
  }
  spec.Given(OfficerRecused{recuse});
  EXPECT_EQ(spec.Model().Summary().recused.size(), 1U);
  In("assigned").Given(HandlersAppointed{appoint});
  spec.Given(OfficerRecused{{ActorId("head"), PersonalText("近亲属")}});
  spec.When(appoint).ThenRefused("actor_recused");
}

TEST_F(WarningTest, AYellowTimeLimitPointTurnsRedWhenItsPeriodIsOver) {
  const TurnRed turn{"objection_answer", On("2024-08-08")};
  for (const auto& state : kOpenStates) {
    In(state).At("2024-08-08").As("process_manager").When(turn).ThenRefused("period_not_over");
    spec.At("2024-08-09").When(turn).ThenHappens(WarningTurnedRed{turn});
    EXPECT_EQ(spec.State(), state);
    EXPECT_EQ(Colour(), "red");
    spec.When(turn).ThenRefused("already_red");
    In(state, RaisedByHand()).At("2024-08-09").As("process_manager").When(turn);
    spec.ThenRefused("not_a_time_limit_point");
  }
}

TEST_F(WarningTest, AYellowWarningThatWasNotIssuedClearsItselfAndStaysOnRecord) {
  const Clear clear{PersonalText("公示已补发")};
  for (const char* state : {"triggered", "assigned"}) {
    In(state).As("process_manager").When(clear).ThenHappens(WarningCleared{clear});
    EXPECT_EQ(spec.State(), "auto_cleared");
    EXPECT_EQ(Colour(), "green");
    EXPECT_EQ(spec.Model().Summary().outcome, "auto_cleared");
    EXPECT_FALSE(
        ClockOf(state == std::string("triggered") ? "warning_assign" : "warning_act").IsOpen());
    In(state, RaisedByHand()).As("process_manager").When(clear).ThenRefused("red_needs_a_person");
  }
  In("issued").As("process_manager").When(clear).ThenRefused("command_not_allowed_in_state");
}

TEST_F(WarningTest, AFalseAlarmIsCorrectedByNameAndConfirmedByAnother) {
  In("assigned", RaisedByHand());
  spec.As("han").When(ProposeCorrection{kReason, {}}).ThenRefused("evidence_missing");
  spec.When(kProposal).ThenHappens(CorrectionWasProposed{kProposal});
  EXPECT_EQ(spec.State(), "correction_pending");
  EXPECT_EQ(Colour(), "red");
  spec.Actor({ActorId("han"), kBureau, {Role::kHandler, Role::kHead}});
  spec.As("han").When(ConfirmCorrection{}).ThenRefused("separation_of_duties");
  spec.As("head").When(ConfirmCorrection{}).ThenHappens(WarningCorrected{});
  EXPECT_EQ(spec.State(), "corrected");
  EXPECT_EQ(Colour(), "green");
  EXPECT_EQ(spec.Model().Summary().outcome, "corrected");
}

TEST_F(WarningTest, ACorrectionThatIsRejectedReturnsWhereItCameFrom) {
  const RejectCorrection reject{PersonalText("证据不足")};
  for (const char* state : {"assigned", "feedback_read"}) {
    In(state).As("wu").When(kProposal).ThenRefused("actor_not_handler");
    spec.As("han").When(ProposeCorrection{kReason, {}}).ThenRefused("evidence_missing");
    spec.When(kProposal).Happens();
    spec.As("head").When(reject).ThenHappens(CorrectionRejected{reject});
    EXPECT_EQ(spec.State(), state);
  }
}

TEST_F(WarningTest, AWarningIsIssuedToWhoeverCanAnswerIt) {
  In("assigned").As("han").When(Issue{{}, {}, kReason}).ThenRefused("addressee_missing");
  spec.When(Issue{UnitId("nowhere"), {}, kReason}).ThenRefused("addressee_unknown");
  for (const char* account : {"nobody", "clerk"}) {
    spec.When(Issue{{}, ActorId(account), kReason}).ThenRefused("addressee_unknown");
  }
  spec.When(Issue{UnitId("platform"), ActorId("tenderer"), kReason});
  spec.ThenRefused("addressee_unknown");
  spec.When(Issue{kBureau, {}, kReason}).ThenRefused("addressee_is_own_unit");
  for (const char* account : {"tenderer", "centre", "provider", "operator"}) {
    const Issue issue{{}, ActorId(account), kReason};
    spec.When(issue).Then(WarningIssued{issue});
  }
  spec.When(kIssue).ThenHappens(WarningIssued{kIssue});
  EXPECT_EQ(spec.State(), "issued");
  EXPECT_EQ(spec.Model().Summary().respondents, std::vector{ActorId("tenderer")});
}

TEST_F(WarningTest, TheAddresseeAndNobodyElseGivesFeedback) {
  In("issued").As("agency").When(kFeedback).ThenRefused("not_the_addressee");
  spec.As("tenderer").When(kFeedback).Then(FeedbackReceived{kFeedback});
  spec.As("clerk").When(kFeedback).ThenHappens(FeedbackReceived{kFeedback});
  EXPECT_EQ(spec.State(), "feedback_in");

  In("assigned").As("han").Given(WarningIssued{{UnitId("platform"), {}, kReason}});
  spec.As("tenderer").When(kFeedback).ThenRefused("not_the_addressee");
  spec.As("operator").When(kFeedback).Then(FeedbackReceived{kFeedback});
  spec.As("provider").When(kFeedback).ThenHappens(FeedbackReceived{kFeedback});
}

TEST_F(WarningTest, FeedbackIsReadAndThenClosedOrAskedForAgain) {
  const Reissue again{PersonalText("请补充原始记录")};
  In("feedback_in").As("wu").When(ReadFeedback{}).ThenRefused("actor_not_handler");
  spec.As("lin").When(ReadFeedback{}).ThenHappens(FeedbackWasRead{});
  spec.As("wu").When(again).ThenRefused("actor_not_handler");
  spec.When(kClose).ThenRefused("actor_not_handler");
  spec.As("lin").When(again).ThenHappens(WarningReissued{again});
  EXPECT_EQ(spec.State(), "issued");
  EXPECT_EQ(spec.Model().Facts().at("rounds"), 2);
  EXPECT_EQ(ClockOf("warning_answer").clock, "warning_answer#2");

  In("feedback_read").As("han").When(Close{}).ThenRefused("invalid_fields");
  EXPECT_EQ(Colour(), "yellow");
  spec.When(kClose).ThenHappens(WarningClosed{kClose});
  EXPECT_EQ(spec.State(), "closed");
  EXPECT_EQ(Colour(), "green");
  EXPECT_EQ(spec.Model().Summary().outcome, "closed");
}

TEST_F(WarningTest, TheHeadConvertsAnyOpenWarning) {
  const Convert convert{ConversionKind::kInvestigation, kReason};
  for (const auto& state : kOpenStates) {
    In(state).As("head").When(convert).ThenHappens(WarningConverted{convert, kBureau});
    EXPECT_EQ(spec.State(), "converted");
    EXPECT_EQ(spec.Model().Summary().unit, kBureau);
    EXPECT_EQ(spec.Model().Summary().outcome, "investigation");
    EXPECT_EQ(Colour(), "yellow");
  }
}

TEST_F(WarningTest, AWarningThatNobodyTakesIsMissed) {
  In("triggered");
  EXPECT_EQ(ClockOf("warning_assign").due_date, On("2024-08-12"));
  spec.At("2024-08-12T23:59:59+08:00").TimePasses();
  EXPECT_EQ(ClockOf("warning_assign").state, ClockState::kRunning);
  spec.At("2024-08-13").TimePasses();
  EXPECT_EQ(ClockOf("warning_assign").state, ClockState::kLapsed);
  spec.As("head").When(Assign{{}, kAssigned.handlers}).Happens();
  EXPECT_EQ(ClockOf("warning_assign").state, ClockState::kEndedLate);
}

// Shows A053.
TEST_F(WarningTest, TheDepartmentHasFifteenWorkingDaysAndIsOverdueAfterThem) {
  // Friday before National Day: Sunday 09-29 and Saturday 10-12 are make-up working days.
  spec.Fresh().At("2024-09-27").As("process_manager").Given(WarningRaised{RaisedByRule()});
  spec.As("head").Given(kAssigned);
  EXPECT_EQ(ClockOf("warning_act").due_date, On("2024-10-23"));
  EXPECT_EQ(ClockOf("warning_act").kind, ClockKind::kStatutory);
  spec.At("2024-10-16").TimePasses();
  EXPECT_EQ(spec.TimeFacts(), std::vector<std::string>{"approaching warning_act"});
  auto in_time = spec;
  in_time.At("2024-10-23T23:59:59+08:00").As("han").When(kIssue).Happens();
  EXPECT_EQ(in_time.Model().Clocks().Find("warning_act")->state, ClockState::kMet);
  spec.At("2024-10-24").TimePasses();
  EXPECT_EQ(ClockOf("warning_act").state, ClockState::kLapsed);
  EXPECT_EQ(spec.State(), "assigned");
  spec.At("2024-10-25").As("han").When(kIssue).Happens();
  EXPECT_EQ(ClockOf("warning_act").state, ClockState::kEndedLate);
  EXPECT_EQ(ClockOf("warning_act").late_by, 2);
}

TEST_F(WarningTest, TheAddresseeHasTenWorkingDaysAndMayStillAnswerLate) {
  // Friday before Labour Day: Sunday 04-28 and Saturday 05-11 are make-up working days.
  spec.Fresh().At("2024-04-26").As("process_manager").Given(WarningRaised{RaisedByRule()});
  spec.As("head").Given(kAssigned).As("han").Given(WarningIssued{kIssue});
  EXPECT_EQ(ClockOf("warning_answer").due_date, On("2024-05-13"));
  auto in_time = spec;
  in_time.At("2024-05-13T23:59:59+08:00").As("tenderer").When(kFeedback).Happens();
  EXPECT_EQ(in_time.Model().Clocks().Find("warning_answer")->state, ClockState::kMet);
  spec.At("2024-05-14").TimePasses();
  EXPECT_EQ(ClockOf("warning_answer").state, ClockState::kLapsed);
  spec.As("tenderer").When(kFeedback).Happens();
  EXPECT_EQ(ClockOf("warning_answer").state, ClockState::kEndedLate);
}

// Shows A048.
TEST_F(WarningTest, EveryStepOfAWarningIsToldWithoutItsContent) {
  const auto& book = NoticesOf(Definition());
  for (const char* step : {"raised", "assigned", "issued", "feedback_received", "closed"}) {
    EXPECT_FALSE(book.On("warning." + std::string(step), "").empty()) << step;
  }
  for (const char* clock : {"warning_assign", "warning_act", "warning_answer"}) {
    EXPECT_FALSE(book.On("deadline.approaching", clock).empty()) << clock;
    EXPECT_FALSE(book.On("deadline.lapsed", clock).empty()) << clock;
  }
  const auto* raised = book.On("warning.raised", "").front();
  EXPECT_EQ(PlaceholdersOf(raised->text), std::vector<std::string>{"case"});
}

TEST(WarningHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace
}  // namespace docket::warning
