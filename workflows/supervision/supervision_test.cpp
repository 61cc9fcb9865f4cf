// Supervision items: each row, each refusal, forwarding to lower units, and the limit that the
// issuer sets.
#include "workflows/supervision/supervision.hpp"

#include "tests/support/spec.hpp"

namespace docket::supervision {

const Workflow& Definition();

namespace {

using docket::testing::Spec;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

Date On(std::string_view text) { return *Date::Parse(text); }

const UnitId kBureau("bureau");
const UnitId kOffice("provincial_office");
const PersonalText kReason("情况有变");
const DocumentRef kDocument{DocumentDigest("sha256:" + std::string(64, 'a')),
                            PersonalText("关于某项目的通报.pdf")};

/// The provincial office wants an answer by Friday 6 September 2024.
Issue Item(ItemKind kind = ItemKind::kSupervision) {
  Issue issue;
  issue.kind = kind;
  issue.code = "DB-2024-001";
  issue.addressee = kBureau;
  issue.requirement = PersonalText("查清逾期未处理预警的原因并整改");
  issue.limit_on = On("2024-09-06");
  issue.region = RegionCode("330482");
  issue.industry = Industry::kConstruction;
  issue.project = ProjectCode("A3304820001234567890");
  issue.project_name = "某道路工程";
  issue.stage = Stage::kTrading;
  issue.source = StreamId("warning-1");
  return issue;
}
ItemIssued IssuedBy(const UnitId& issuer, Issue issue = Item()) {
  issue.issuer = issuer;
  return {issue};
}
const ItemSignedFor kSigned{{{ActorId("han"), ActorId("lin")}}};
const ReportProgress kProgress{PersonalText("已约谈相关人员"), {kDocument}};
const Forward kForward{UnitId("county"), PersonalText("请核实并报告"), On("2024-08-30")};
const SubmitOpinion kOpinion{PersonalText("已全部处理完毕"), {}, {kDocument}};
const Urge kUrge{PersonalText("请抓紧办理")};
const HandledPerson kPerson{Responsibility::kInCharge, PersonalText("赵某"),
                            PersonalText("诫勉谈话")};
const std::vector<std::string> kBeforeOpinion{"issued", "signed_for", "in_progress"};

struct SupervisionTest : ::testing::Test {
  Spec spec{Definition()};

  /// The bureau is a city's here, with an office and an upper department in the province and a
  /// county below.
  SupervisionTest() {
    const auto unit = [&](const char* id, const char* region) {
      spec.Unit({UnitId(id), id, RegionCode(region), {Industry::kConstruction}});
    };
    unit("bureau", "330400");
    unit("peer", "330400");
    unit("centre", "330400");
    unit("county", "330482");
    for (const char* id : {"provincial_office", "upper", "audit", "discipline"}) unit(id, "330000");
    unit("far_office", "340000");
    spec.Actor({ActorId("province"), kOffice, {Role::kResourceOffice}});
    spec.Actor({ActorId("upper_head"), UnitId("upper"), {Role::kHead}});
    spec.Actor({ActorId("far_office"), UnitId("far_office"), {Role::kResourceOffice}});
    spec.Actor({ActorId("county_head"), UnitId("county"), {Role::kHead}});
    spec.Actor({ActorId("county_clerk"), UnitId("county"), {Role::kIntake}});
    spec.Actor({ActorId("county_han"), UnitId("county"), {Role::kHandler}});
  }
  /// A fresh item, issued on 8 August 2024, in one of the open states.
  Spec& In(std::string_view state, const ItemIssued& issued = IssuedBy(kOffice)) {
    spec.Fresh().At("2024-08-08").As("province").Given(issued);
    if (state != Issued::kName) spec.As("clerk").Given(kSigned);
    if (state == InProgress::kName || state == OpinionSubmitted::kName) {
      spec.As("han").Given(ProgressReported{kProgress});
    }
    if (state == OpinionSubmitted::kName) spec.As("head").Given(OpinionWasSubmitted{kOpinion});
    EXPECT_EQ(spec.State(), state);
    return spec;
  }
  const CaseClock& Limit() const {
    const auto* clock = spec.Model().Clocks().Find(kLimitClock);
    EXPECT_NE(clock, nullptr);
    return *clock;
  }
  Json Fact(const char* name) const { return spec.Model().Facts().at(name); }
};

TEST_F(SupervisionTest, AnItemIsIssuedUnderACodeThatNoOtherItemHas) {
  spec.As("province").When(Item()).Then(IssuedBy(kOffice));
  const auto& claims = spec.Decision()->events.front().claims;
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims.front().kind, Claim::Kind::kTake);
  EXPECT_EQ(claims.front().Stream().value, "supervision_code-DB-2024-001");
  EXPECT_EQ(claims.front().taken.code, "supervision_code_taken");
  spec.Happens();
  EXPECT_EQ(spec.State(), "issued");
  const auto summary = spec.Model().Summary();
  EXPECT_EQ(summary.title, "DB-2024-001 某道路工程");
  EXPECT_EQ(summary.unit, kBureau);
  EXPECT_EQ(summary.received_on, On("2024-08-08"));
  EXPECT_TRUE(summary.flags.empty());
}

TEST_F(SupervisionTest, AnItemSaysWhatIsAskedOfWhomAndUntilWhen) {
  spec.As("province");
  auto issue = Item();
  issue.limit_on = On("2024-08-07");
  spec.When(issue).ThenRefused("limit_in_past");
  issue.source.reset();
  issue.project.reset();
  spec.When(issue).ThenRefused("source_missing");
  for (const char* unit : {"nowhere", "far_office"}) {
    issue.addressee = UnitId(unit);
    spec.When(issue).ThenRefused("addressee_out_of_reach");
  }
  issue.addressee = kOffice;
  spec.When(issue).ThenRefused("addressee_is_issuer");
  issue.kind = ItemKind::kAccountability;
  spec.When(issue).ThenRefused("kind_not_of_issuer");
  issue.issuer = kOffice;
  spec.When(issue).ThenRefused("issuer_mismatch");
  for (const auto& code : {std::string("督1"), std::string(65, 'a')}) {
    issue.code = code;
    spec.When(issue).ThenRefused("supervision_code_invalid");
  }
  issue.region = RegionCode("990000");
  spec.When(issue).ThenRefused("region_unknown");
}

TEST_F(SupervisionTest, ASourceOrAProjectIsEnoughAndTheLastDayMayBeToday) {
  auto issue = Item();
  issue.limit_on = On("2024-08-08");
  issue.source.reset();
  spec.As("province").When(issue).Then(IssuedBy(kOffice, issue));
  issue.source = StreamId("warning-1");
  issue.project.reset();
  spec.When(issue).Then(IssuedBy(kOffice, issue));
  issue = Item(ItemKind::kCircular);
  issue.source.reset();
  issue.project.reset();
  spec.When(issue).Then(IssuedBy(kOffice, issue));
}

TEST_F(SupervisionTest, ADepartmentSupervisesLowerOnesOnly) {
  spec.As("upper_head").When(Item()).Then(IssuedBy(UnitId("upper")));
  auto issue = Item();
  issue.addressee = UnitId("peer");
  spec.As("head").When(issue).ThenRefused("addressee_out_of_reach");
  spec.As("office").When(issue).Then(IssuedBy(kBureau, issue));
  issue.addressee = UnitId("county");
  spec.As("head").When(issue).Then(IssuedBy(kBureau, issue));
}

// Shows A005, A058.
TEST_F(SupervisionTest, AuditStartsAccountabilityAndDisciplineInspects) {
  const auto accountability = Item(ItemKind::kAccountability);
  const auto inspection = Item(ItemKind::kInspection);
  spec.As("audit").When(accountability).Then(IssuedBy(UnitId("audit"), accountability));
  spec.When(Item()).Then(IssuedBy(UnitId("audit")));
  spec.When(inspection).ThenRefused("kind_not_of_issuer");
  spec.As("discipline").When(inspection).Then(IssuedBy(UnitId("discipline"), inspection));
  spec.When(Item()).ThenRefused("kind_not_of_issuer");
  spec.When(accountability).ThenRefused("kind_not_of_issuer");
}

TEST_F(SupervisionTest, ACaseOpensAnItemForTheUnitThatItNames) {
  auto issue = Item(ItemKind::kAccountability);
  issue.code = std::string(70, 'a');
  spec.As("process_manager").When(issue).ThenRefused("issuer_mismatch");
  issue.issuer = kBureau;
  spec.When(issue).ThenRefused("addressee_is_issuer");
  issue.addressee = UnitId("nowhere");
  spec.When(issue).ThenRefused("addressee_out_of_reach");
  issue.addressee = UnitId("county");
  spec.When(issue).ThenHappens(ItemIssued{issue});
  EXPECT_EQ(Fact("issuer"), "bureau");
}

TEST_F(SupervisionTest, TheAddresseeSignsForItAndNamesItsHandlers) {
  In("issued").As("county_clerk").When(SignFor{}).ThenRefused("not_the_addressee");
  spec.As("clerk").When(SignFor{{ActorId("county_han")}}).ThenRefused("handler_unknown");
  spec.When(SignFor{kSigned}).Then(kSigned);
  spec.As("head").When(SignFor{}).ThenHappens(ItemSignedFor{});
  EXPECT_EQ(spec.State(), "signed_for");

  const AppointHandlers appoint{{ActorId("wu")}};
  for (const char* state : {"signed_for", "in_progress"}) {
    In(state).As("county_head").When(appoint).ThenRefused("not_the_addressee");
    spec.As("head").When(AppointHandlers{}).ThenRefused("handler_required");
    spec.When(AppointHandlers{{ActorId("county_han")}}).ThenRefused("handler_unknown");
    spec.When(appoint).ThenHappens(HandlersAppointed{appoint});
    EXPECT_EQ(spec.Model().Summary().handlers, std::vector{ActorId("wu")});
  }
}

// Shows A054.
TEST_F(SupervisionTest, ItsHandlersReportProgress) {
  for (const char* state : {"signed_for", "in_progress"}) {
    In(state).As("county_han").When(kProgress).ThenRefused("not_the_addressee");
    spec.As("wu").When(kProgress).ThenRefused("actor_not_handler");
    spec.As("head").When(kProgress).Then(ProgressReported{kProgress});
    spec.As("lin").When(kProgress).ThenHappens(ProgressReported{kProgress});
    EXPECT_EQ(spec.State(), "in_progress");
  }
}

// Shows A055.
TEST_F(SupervisionTest, AClosingOpinionIsMandatoryAndOnlyTheIssuerCloses) {
  In("in_progress").As("county_head").When(kOpinion).ThenRefused("not_the_addressee");
  spec.As("head").When(SubmitOpinion{}).ThenRefused("invalid_fields");
  spec.As("province").When(Accept{}).ThenRefused("command_not_allowed_in_state");
  spec.As("head").When(kOpinion).ThenHappens(OpinionWasSubmitted{kOpinion});
  EXPECT_EQ(spec.State(), "opinion_submitted");
  for (const char* other : {"head", "upper_head", "office"}) {
    spec.As(other).When(Accept{}).ThenRefused("not_the_issuer");
  }
  spec.As("province").When(Accept{}).ThenHappens(ItemClosed{"DB-2024-001", {}});
  EXPECT_EQ(spec.State(), "closed");
  EXPECT_EQ(spec.Model().Summary().outcome, "closed");
}

TEST_F(SupervisionTest, AnOpinionMayBeReturnedWithReasonsAndANewLimit) {
  const ReturnItem again{PersonalText("整改措施不具体"), On("2024-09-20")};
  In("opinion_submitted").As("head").When(again).ThenRefused("not_the_issuer");
  spec.As("province").At("2024-08-20");
  spec.When(ReturnItem{kReason, On("2024-08-19")}).ThenRefused("limit_in_past");
  spec.When(again).ThenHappens(ItemReturned{again});
  EXPECT_EQ(spec.State(), "in_progress");
  EXPECT_EQ(Fact("returned"), 1);
  EXPECT_EQ(Limit().clock, "supervision_limit#2");
  EXPECT_EQ(Limit().due_date, On("2024-09-20"));
  // A late opinion was marked; the new limit begins without the mark.
  In("in_progress").At("2024-09-09").TimePasses();
  spec.As("head").Given(OpinionWasSubmitted{kOpinion});
  EXPECT_EQ(Fact("overdue"), true);
  spec.As("province").When(again).Happens();
  EXPECT_EQ(Fact("overdue"), false);
}

TEST_F(SupervisionTest, TheIssuerRevokesWhatIsOpen) {
  const Revoke revoke{kReason};
  for (const char* state : {"issued", "signed_for", "in_progress", "opinion_submitted"}) {
    In(state).As("head").When(revoke).ThenRefused("not_the_issuer");
    spec.As("province").When(revoke).ThenHappens(ItemRevoked{revoke, "DB-2024-001", {}});
    EXPECT_EQ(spec.State(), "revoked");
    EXPECT_FALSE(Limit().IsOpen());
  }
}

TEST_F(SupervisionTest, WhatIsForwardedIsForALowerUnitAndWithinTheOwnLimit) {
  In("in_progress").As("county_head").When(kForward).ThenRefused("not_the_addressee");
  spec.As("head");
  for (const char* unit : {"nowhere", "peer", "bureau"}) {
    auto forward = kForward;
    forward.addressee = UnitId(unit);
    spec.When(forward).ThenRefused("addressee_not_lower");
  }
  auto forward = kForward;
  forward.limit_on = On("2024-08-07");
  spec.When(forward).ThenRefused("limit_in_past");
  forward.limit_on = On("2024-09-07");
  spec.When(forward).ThenRefused("limit_after_own");
  forward.limit_on = On("2024-09-06");
  spec.When(forward).Then(ItemForwarded{forward, "DB-2024-001-1", kBureau});
  spec.When(kForward).ThenHappens(ItemForwarded{kForward, "DB-2024-001-1", kBureau});
  spec.When(kForward).Then(ItemForwarded{kForward, "DB-2024-001-2", kBureau});
}

TEST_F(SupervisionTest, TheOneWhoForwardsStaysResponsibleUntilEveryChildHasEnded) {
  const ChildOpened opened{"DB-2024-001-1", StreamId("supervision-2")};
  const ChildClosed closed{"DB-2024-001-1", ChildOutcome::kClosed};
  const ChildClosed not_opened{"DB-2024-001-2", ChildOutcome::kNotOpened};
  In("in_progress").As("process_manager").When(opened).ThenRefused("forwarding_unknown");
  spec.When(closed).ThenRefused("forwarding_unknown");
  spec.As("head").Given(ItemForwarded{kForward, "DB-2024-001-1", kBureau});
  spec.Given(ItemForwarded{kForward, "DB-2024-001-2", kBureau});
  spec.When(kOpinion).ThenRefused("child_open");
  spec.As("process_manager").When(opened).ThenHappens(ChildWasOpened{opened});
  EXPECT_EQ(Fact("forwardings")[0].at("child"), "supervision-2");
  spec.As("head").When(kOpinion).ThenRefused("child_open");
  spec.As("process_manager").When(closed).ThenHappens(ChildWasClosed{closed});
  EXPECT_EQ(Fact("forwardings")[0].at("outcome"), "closed");
  spec.When(closed).ThenRefused("forwarding_unknown");
  spec.As("head").When(kOpinion).ThenRefused("child_open");
  spec.As("process_manager").When(not_opened).ThenHappens(ChildWasClosed{not_opened});
  EXPECT_EQ(spec.State(), "in_progress");
  spec.As("head").When(kOpinion).Then(OpinionWasSubmitted{kOpinion});
}

TEST_F(SupervisionTest, TheEndOfAChildNamesItsParent) {
  auto child = Item();
  child.code = "DB-2024-001-1";
  child.issuer = kBureau;
  child.addressee = UnitId("county");
  child.parent = StreamId("supervision-1");
  spec.As("process_manager").When(child).ThenHappens(ItemIssued{child});
  spec.As("head").When(Revoke{kReason});
  spec.Then(ItemRevoked{{kReason}, "DB-2024-001-1", StreamId("supervision-1")});
  spec.As("county_clerk").When(SignFor{{ActorId("county_han")}}).Happens();
  spec.As("county_han").When(kProgress).Happens();
  spec.As("county_head").When(kOpinion).Happens();
  spec.As("head").When(Accept{});
  spec.ThenHappens(ItemClosed{"DB-2024-001-1", StreamId("supervision-1")});
}

// Shows A059.
TEST_F(SupervisionTest, TheIssuerAndTheOfficeOfTheDivisionUrgeWhenTheLimitIsNear) {
  for (const auto& state : kBeforeOpinion) {
    // The fifth working day before Friday 6 September is Friday 30 August.
    In(state).At("2024-08-29").As("province").When(kUrge).ThenRefused("not_due_soon");
    spec.At("2024-08-30").When(kUrge).ThenHappens(ItemUrged{kUrge});
    for (const char* other : {"head", "far_office"}) {
      spec.As(other).When(kUrge).ThenRefused("not_issuer_or_office");
    }
    spec.At("2024-09-09").As("office").When(kUrge).ThenHappens(ItemUrged{kUrge});
    EXPECT_EQ(spec.State(), state);
    EXPECT_EQ(Fact("urged"), 2);
    EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"urged"});
  }
}

// Shows A104.
TEST_F(SupervisionTest, AnOverdueItemIsCirculatedAndCanStillBeAnswered) {
  const Circulate circulate{kDocument, CircularLevel::kRecipients, {kBureau, UnitId("peer")}};
  for (const auto& state : kBeforeOpinion) {
    In(state).As("province").When(circulate).ThenRefused("not_overdue");
    spec.At("2024-09-06T23:59:59+08:00").TimePasses();
    EXPECT_EQ(Fact("overdue"), false);
    spec.At("2024-09-07").TimePasses();
    EXPECT_EQ(Fact("overdue"), true);
    EXPECT_EQ(spec.State(), state);
    spec.When(Circulate{kDocument, CircularLevel::kRecipients, {}});
    spec.ThenRefused("recipients_missing");
    spec.When(Circulate{kDocument, CircularLevel::kPublic, {}});
    spec.Then(ItemCirculated{{kDocument, CircularLevel::kPublic, {}}});
    spec.As("head").When(circulate).ThenRefused("not_issuer_or_office");
    spec.As("office").When(circulate).ThenHappens(ItemCirculated{circulate});
    EXPECT_EQ(spec.State(), state);
    EXPECT_EQ(spec.Model().Summary().flags, (std::vector<std::string>{"overdue", "circulated"}));
  }
  spec.As("head").When(kOpinion).Happens();
  EXPECT_EQ(Limit().state, ClockState::kEndedLate);
  In("issued", IssuedBy(kOffice, Item(ItemKind::kCircular)));
  spec.As("province").When(circulate).Then(ItemCirculated{circulate});
}

TEST_F(SupervisionTest, TheLimitIsTheLastDayThatTheIssuerSet) {
  auto issue = Item();
  // Friday after National Day: the fifth working day before is the make-up Sunday 09-29.
  issue.limit_on = On("2024-10-11");
  In("in_progress", IssuedBy(kOffice, issue));
  EXPECT_EQ(Limit().due_date, On("2024-10-11"));
  EXPECT_EQ(Limit().kind, ClockKind::kStatutory);
  spec.At("2024-09-28").As("province").When(kUrge).ThenRefused("not_due_soon");
  spec.At("2024-09-29").TimePasses();
  EXPECT_EQ(spec.TimeFacts(), std::vector<std::string>{"approaching supervision_limit"});
  spec.When(kUrge).Then(ItemUrged{kUrge});
  auto late = spec;
  spec.At("2024-10-11T23:59:59+08:00").As("head").When(kOpinion).Happens();
  EXPECT_EQ(Limit().state, ClockState::kMet);
  late.At("2024-10-12").TimePasses();
  EXPECT_EQ(late.Model().Clocks().Find(kLimitClock)->state, ClockState::kLapsed);
}

TEST_F(SupervisionTest, AnItemIsToBeSignedForWithinTwoWorkingDays) {
  In("issued");
  const auto* sign = spec.Model().Clocks().Find("supervision_sign");
  ASSERT_NE(sign, nullptr);
  EXPECT_EQ(sign->due_date, On("2024-08-12"));
  EXPECT_EQ(sign->kind, ClockKind::kInternal);
}

// Shows A103.
TEST_F(SupervisionTest, AccountabilityNamesThePersonsResponsible) {
  In("in_progress", IssuedBy(UnitId("audit"), Item(ItemKind::kAccountability)));
  spec.As("head").When(kOpinion).ThenRefused("persons_missing");
  auto opinion = kOpinion;
  opinion.persons = {
      kPerson, {Responsibility::kDirectlyResponsible, PersonalText("钱某"), PersonalText("警告")}};
  spec.When(opinion).ThenHappens(OpinionWasSubmitted{opinion});
  spec.As("audit").When(Accept{}).Happens();
}

// Shows A189.
TEST_F(SupervisionTest, DisciplineInspectsHowATradingCentreDoesItsDuty) {
  auto inspection = Item(ItemKind::kInspection);
  inspection.addressee = UnitId("centre");
  spec.As("discipline").When(inspection).ThenHappens(IssuedBy(UnitId("discipline"), inspection));
  spec.As("centre").When(SignFor{}).Happens();
  spec.When(kProgress).Happens();
  spec.When(kOpinion).Happens();
  spec.As("discipline").When(Accept{}).Happens();
  EXPECT_EQ(spec.State(), "closed");
}

TEST(SupervisionHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace
}  // namespace docket::supervision
