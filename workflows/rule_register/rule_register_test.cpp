// The register of rules: each row, each refusal, and the clocks of copy, review and publication.
#include "workflows/rule_register/rule_register.hpp"

#include "tests/support/spec.hpp"

namespace docket::rule_register {

const Workflow& Definition();

namespace {

using docket::testing::Spec;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

Date On(std::string_view text) { return *Date::Parse(text); }
DocumentRef Paper(const char* name) {
  return {DocumentDigest("sha256:" + std::string(64, 'a')), PersonalText(name)};
}

Draft TheDraft(RuleKind kind = RuleKind::kTradingRule) {
  Draft c;
  c.region = RegionCode("330482");
  c.industry = Industry::kConstruction;
  c.kind = kind;
  c.title = "房屋建筑和市政工程交易规则";
  c.version = "2024";
  if (kind == RuleKind::kLocalRule) c.parent = StreamId("rule_register-1");
  c.text = Paper("草案.docx");
  return c;
}
const GiveOpinion kAgrees{true, PersonalText("同意")};
const Review kKeep{ReviewResult::kKeep, PersonalText("与上位规定一致")};
const PublishResult kWebsite{"市政府网站"};

Issue IssueOn(const char* issued_on, std::optional<Date> effective_on = {}) {
  return {"建建〔2024〕1号", On(issued_on), effective_on, Paper("正式文本.pdf")};
}
RuleIssued IssuedOn(const char* issued_on, const char* effective_on, bool by_office = false) {
  return {"建建〔2024〕1号", On(issued_on), On(effective_on),
          by_office ? std::nullopt : std::optional(On(issued_on)), Paper("正式文本.pdf")};
}

struct RuleRegisterTest : ::testing::Test {
  Spec spec{Definition()};

  RuleRegisterTest() {
    spec.Unit({UnitId("provincial"), "某省公管办", RegionCode("330000"), {}});
    spec.Actor({ActorId("provincial_office"), UnitId("provincial"), {Role::kResourceOffice}});
    spec.Unit({UnitId("elsewhere"), "某区公管办", RegionCode("350102"), {}});
    spec.Actor({ActorId("office_elsewhere"), UnitId("elsewhere"), {Role::kResourceOffice}});
    spec.Actor({ActorId("office_2"), UnitId("bureau"), {Role::kResourceOffice}});
    spec.Actor({ActorId("han_and_head"), UnitId("bureau"), {Role::kHandler, Role::kHead}});
  }
  Spec& InDrafting() {
    return spec.Fresh().At("2024-08-01").As("han").Given(RuleDrafted{TheDraft()});
  }
  Spec& InConsulting() { return InDrafting().Given(OfficeConsulted{}); }
  Spec& InConsulted() {
    return InConsulting().At("2024-08-05").As("provincial_office").Given(OpinionGiven{kAgrees});
  }
  Spec& InIssued() {
    return InConsulted().At("2024-08-08").As("head").Given(IssuedOn("2024-08-08", "2024-09-02"));
  }
  /// From Monday 2 September 2024.
  Spec& NowInForce() { return InIssued().At("2024-09-02").As("clock").Given(RuleInForce{}); }
  Spec& InReviewed() { return NowInForce().At("2025-08-01").As("han").Given(RuleReviewed{kKeep}); }
  const CaseClock& Clock(std::string_view rule) {
    const auto* clock = spec.Model().Clocks().Find(rule);
    EXPECT_NE(clock, nullptr) << rule;
    return *clock;
  }
};

TEST_F(RuleRegisterTest, AUnitDraftsForItsOwnPlace) {
  spec.At("2024-08-01").As("han").When(TheDraft()).ThenHappens(RuleDrafted{TheDraft()});
  EXPECT_EQ(spec.State(), "drafting");
  EXPECT_EQ(spec.Model().Summary().title, "房屋建筑和市政工程交易规则 2024");
  spec.Fresh().As("office_elsewhere").When(TheDraft()).ThenRefused("region_outside_unit");
  auto odd = TheDraft();
  odd.region = RegionCode("990000");
  spec.When(odd).ThenRefused("region_unknown");
}

// Shows A170.
TEST_F(RuleRegisterTest, ALocalRuleAndNoOtherNamesWhatItCarriesOut) {
  auto local = TheDraft(RuleKind::kLocalRule);
  spec.At("2024-08-01").As("han").When(local).Then(RuleDrafted{local});
  local.parent.reset();
  spec.When(local).ThenRefused("parent_missing");
  auto standard = TheDraft(RuleKind::kDataStandard);
  spec.When(standard).Then(RuleDrafted{standard});
  standard.parent = StreamId("rule_register-1");
  spec.When(standard).ThenRefused("parent_missing");
}

// Shows A168.
TEST_F(RuleRegisterTest, TheOfficeIsConsultedBeforeIssueAndGetsACopyAfterwards) {
  InDrafting().As("head").When(IssueOn("2024-08-01")).ThenRefused("office_not_consulted");
  spec.As("han").When(ConsultOffice{}).ThenHappens(OfficeConsulted{});
  EXPECT_EQ(Clock("rule_opinion").due_date, On("2024-08-15"));
  spec.As("office_elsewhere").When(kAgrees).ThenRefused("unit_not_competent");
  const GiveOpinion objects{false, PersonalText("与上位规定抵触")};
  spec.As("provincial_office").When(objects).ThenHappens(OpinionGiven{objects});
  EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"office_disagrees"});
  EXPECT_EQ(Clock("rule_opinion").state, ClockState::kMet);

  const Revise revise{Paper("修改稿.docx")};
  spec.As("han").When(revise).ThenHappens(RuleRevised{revise});
  spec.As("head").When(IssueOn("2024-08-01")).ThenRefused("office_not_consulted");
  InDrafting().When(revise).Then(RuleRevised{revise});

  InConsulted().At("2024-09-12").As("head").When(IssueOn("2024-09-12"));
  spec.ThenHappens(IssuedOn("2024-09-12", "2024-09-12"));
  EXPECT_EQ(Clock("rule_copy").due_date, On("2024-09-20"));  // 14 September is worked.
  const CopyToOffice copy{UnitId("provincial")};
  spec.At("2024-09-20").As("han").When(copy).ThenHappens(CopySent{copy});
  EXPECT_EQ(Clock("rule_copy").state, ClockState::kMet);
  spec.When(copy).ThenRefused("copy_sent_already");
}

TEST_F(RuleRegisterTest, AnOfficeThatDoesNotAnswerInTimeHoldsNothingUp) {
  InConsulting().At("2024-08-15T23:59:59+08:00").As("head").When(IssueOn("2024-08-15"));
  spec.ThenRefused("opinion_outstanding");
  spec.At("2024-08-16").TimePasses();
  spec.As("provincial_office").When(IssueOn("2024-08-16")).ThenRefused("not_the_maker");
  spec.As("head").When(IssueOn("2024-08-17")).ThenRefused("dates_out_of_order");
  spec.When(IssueOn("2024-08-16")).Then(IssuedOn("2024-08-16", "2024-08-16"));
  spec.As("provincial_office").When(kAgrees).ThenHappens(OpinionGiven{kAgrees});
  EXPECT_EQ(Clock("rule_opinion").state, ClockState::kEndedLate);
}

TEST_F(RuleRegisterTest, ACopyStillComesAfterTheRuleIsInForce) {
  const CopyToOffice copy{UnitId("provincial")};
  NowInForce().TimePasses();
  EXPECT_EQ(Clock("rule_copy").state, ClockState::kLapsed);
  spec.As("han").When(copy).ThenHappens(CopySent{copy});
  EXPECT_EQ(Clock("rule_copy").state, ClockState::kEndedLate);
  spec.When(copy).ThenRefused("copy_sent_already");
}

TEST_F(RuleRegisterTest, TheOfficeNeedNotAskItself) {
  const auto draft = TheDraft(RuleKind::kManagement);
  spec.At("2024-08-01").As("office").Given(RuleDrafted{draft});
  spec.When(IssueOn("2024-08-01")).ThenRefused("separation_of_duties");
  spec.As("office_2").When(IssueOn("2024-08-02")).ThenRefused("dates_out_of_order");
  spec.When(IssueOn("2024-08-01")).ThenHappens(IssuedOn("2024-08-01", "2024-08-01", true));
  EXPECT_EQ(spec.Model().Clocks().Find("rule_copy"), nullptr);
}

TEST_F(RuleRegisterTest, AnotherPersonIssues) {
  spec.Fresh().At("2024-08-01").As("han_and_head").Given(RuleDrafted{TheDraft()});
  spec.Given(OfficeConsulted{}).As("provincial_office").Given(OpinionGiven{kAgrees});
  spec.As("han_and_head").When(IssueOn("2024-08-01")).ThenRefused("separation_of_duties");
  spec.As("head").When(IssueOn("2024-08-01")).Then(IssuedOn("2024-08-01", "2024-08-01"));

  spec.Fresh().As("han_and_head").Given(RuleDrafted{TheDraft()}, OfficeConsulted{});
  spec.When(IssueOn("2024-08-01")).ThenRefused("separation_of_duties");
  InDrafting().As("han_and_head").Given(RuleRevised{{Paper("修改稿.docx")}}, OfficeConsulted{});
  spec.As("provincial_office").Given(OpinionGiven{kAgrees});
  spec.As("han_and_head").When(IssueOn("2024-08-01")).ThenRefused("separation_of_duties");
}

// Shows A022, A049, A172.
TEST_F(RuleRegisterTest, EveryVersionHasTheDayFromWhichItIsInForceAndItsSuccessor) {
  InConsulted().At("2024-08-08").As("head");
  spec.When(IssueOn("2024-08-09")).ThenRefused("dates_out_of_order");
  spec.When(IssueOn("2024-08-08", On("2024-08-07"))).ThenRefused("dates_out_of_order");
  spec.When(IssueOn("2024-08-08", On("2024-09-02")));
  spec.ThenHappens(IssuedOn("2024-08-08", "2024-09-02"));
  spec.At("2024-09-01T23:59:59+08:00").TimePasses();
  EXPECT_EQ(spec.State(), "issued");
  spec.At("2024-09-02").TimePasses();
  EXPECT_EQ(spec.State(), "in_force");

  const auto itself = StreamId("rule_register-" + std::string(36, '0'));
  const Supersede supersede{StreamId("rule_register-2")};
  spec.As("head").When(Supersede{itself}).ThenRefused("successor_is_itself");
  spec.As("process_manager").When(supersede).ThenHappens(RuleSuperseded{supersede});
  const auto facts = spec.Model().Facts();
  EXPECT_EQ(facts.at("version"), "2024");
  EXPECT_EQ(facts.at("document_number"), "建建〔2024〕1号");
  EXPECT_EQ(facts.at("effective_on"), "2024-09-02");
  EXPECT_EQ(facts.at("successor"), "rule_register-2");
  EXPECT_EQ(Clock("rule_review").state, ClockState::kCancelled);
}

TEST_F(RuleRegisterTest, ARuleThatWasIssuedToTakeEffectAtOnceIsInForceOnThatDay) {
  InConsulted().At("2024-08-08").As("head").When(IssueOn("2024-08-08")).Happens();
  spec.TimePasses();
  EXPECT_EQ(spec.State(), "in_force");
  InIssued().As("clock").When(TakeEffect{}).ThenHappens(RuleInForce{});
}

// Shows A178.
TEST_F(RuleRegisterTest, TheIssuerAndNobodyElseInterprets) {
  const Interpret interpret{"第五条", On("2024-10-08"), Paper("解释.pdf")};
  NowInForce().At("2024-10-07").As("head").When(interpret).ThenRefused("interpretation_in_future");
  spec.At("2024-10-08").As("provincial_office").When(interpret).ThenRefused("not_the_maker");
  spec.As("head").When(interpret).ThenHappens(RuleInterpreted{interpret});
  const auto note = spec.Model().Facts().at("interpretations").front();
  EXPECT_EQ(note,
            Json({{"issuer", "bureau"}, {"provision", "第五条"}, {"issued_on", "2024-10-08"}}));
}

// Shows A167.
TEST_F(RuleRegisterTest, WhoeverMadeARuleReviewsItEveryYearAndPublishesTheResult) {
  NowInForce();
  EXPECT_EQ(Clock("rule_review").due_date, On("2025-09-02"));
  spec.At("2025-09-03").TimePasses();
  EXPECT_EQ(Clock("rule_review").state, ClockState::kLapsed);
  spec.As("provincial_office").When(kKeep).ThenRefused("not_the_maker");
  spec.At("2025-09-26").As("han").When(kKeep).ThenHappens(RuleReviewed{kKeep});
  EXPECT_EQ(Clock("rule_review").state, ClockState::kEndedLate);
  EXPECT_EQ(Clock("rule_publish_result").due_date, On("2025-10-16"));  // National Day between.
  spec.As("head").When(kWebsite).ThenHappens(ResultPublished{kWebsite});
  EXPECT_EQ(spec.State(), "in_force");
  EXPECT_EQ(spec.Model().Summary().outcome, "keep");
  EXPECT_EQ(Clock("rule_review").clock, "rule_review#2");
  EXPECT_EQ(Clock("rule_review").due_date, On("2026-09-28"));  // The 26th is a Saturday.
}

TEST_F(RuleRegisterTest, AnotherPersonPublishesTheResult) {
  NowInForce().At("2025-08-01").As("han_and_head").Given(RuleReviewed{kKeep});
  spec.When(kWebsite).ThenRefused("separation_of_duties");
  spec.As("head").When(kWebsite).Then(ResultPublished{kWebsite});
}

TEST_F(RuleRegisterTest, ARuleEndsByASuccessorOrByRepeal) {
  const Repeal repeal{"建建〔2025〕9号", PersonalText("与上位规定抵触")};
  InIssued().When(repeal).Then(RuleRepealed{repeal});
  NowInForce().As("head").When(repeal).Then(RuleRepealed{repeal});
  InReviewed().As("head").When(repeal).ThenHappens(RuleRepealed{repeal});
  EXPECT_EQ(spec.State(), "repealed");
  EXPECT_EQ(Clock("rule_publish_result").state, ClockState::kCancelled);

  const auto itself = StreamId("rule_register-" + std::string(36, '0'));
  const Supersede supersede{StreamId("rule_register-2")};
  InReviewed().As("head").When(Supersede{itself}).ThenRefused("successor_is_itself");
  spec.When(supersede).Then(RuleSuperseded{supersede});
}

TEST_F(RuleRegisterTest, ADraftCanBeAbandoned) {
  const Abandon abandon{PersonalText("上位规则将修改")};
  InConsulted().As("head").When(abandon).Then(RuleAbandoned{abandon});
  InDrafting().As("head").When(abandon).ThenHappens(RuleAbandoned{abandon});
  EXPECT_EQ(spec.State(), "abandoned");
}

TEST(RuleRegisterHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace
}  // namespace docket::rule_register
