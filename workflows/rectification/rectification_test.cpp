// Rectification: who may require what of whom, the limit and its extension, the second look, and
// what a refusal brings.
#include "workflows/rectification/rectification.hpp"

#include "tests/support/spec.hpp"

namespace docket::rectification {

const Workflow& Definition();

namespace {

using docket::testing::Spec;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

Date Day(std::string_view text) { return *Date::Parse(text); }
DocumentRef Paper(const std::string& name) {
  return {DocumentDigest("sha256:" + std::string(64, 'a')), PersonalText(name)};
}
const PersonalText kReason("数据接口长期未按规范推送");
const Circular kCircular{Paper("通报"), {"各设区市交易中心"}, CircularLevel::kPublic};

/// By the bureau, of the platform that does not exchange its data.
Draft SampleDraft() {
  Draft draft;
  draft.region = RegionCode("330482");
  draft.addressee = UnitId("platform");
  draft.findings = kReason;
  return draft;
}
Draft DraftOf(Issuer issuer, AddresseeKind kind, Breach breach) {
  Draft draft = SampleDraft();
  draft.issuer = issuer;
  draft.addressee_kind = kind;
  draft.breach = breach;
  if (kind == AddresseeKind::kMarketParty) {
    draft.addressee.reset();
    draft.party = PersonalText("某招标代理有限公司");
  }
  return draft;
}
Draft LeakDraft() {
  return DraftOf(Issuer::kDepartment, AddresseeKind::kTradingPlatform, Breach::kSecrecyLeak);
}
Draft EvaluationDraft() {
  return DraftOf(Issuer::kDepartment, AddresseeKind::kTradingCentre, Breach::kEvaluationResult);
}
RectificationDrafted Drafting(const Draft& draft) {
  const auto* line = FindCompetence(draft.issuer, draft.addressee_kind, draft.breach);
  return {draft, std::string(line->article), line->form};
}
Prepare SamplePreparation() {
  return {{PersonalText("按数据规范补推全部历史数据")},
          Day("2024-08-30"),
          {"闽发改法规〔2018〕105号第二十三条"},
          PersonalText("逾期未改正的，处理责任人员并予以通报"),
          false};
}
HandlePersons SampleHandling() {
  return {"市国有资产管理部门",
          {{Responsibility::kInCharge, PersonalText("甲"), PersonalText("总经理"),
            PersonalText("警告"), std::nullopt},
           {Responsibility::kDirectlyResponsible, PersonalText("乙"), PersonalText("技术负责人"),
            PersonalText("记过"), Referral::kDiscipline}}};
}
const Order kOrder{Paper("责令限期改正通知书"), std::nullopt};
const Report kReport{PersonalText("已补推"), {Paper("推送日志")}};
const ReInspect kPass{true, PersonalText("抽查无误")};
const ReInspect kFail{false, PersonalText("仍缺标段编号")};
const FindRefusal kLapsed{RefusalGround::kLapsed, kReason};
const Close kClose{PersonalText("已办结")};

struct RectificationTest : ::testing::Test {
  Spec spec{Definition()};

  RectificationTest() {
    const UnitId elsewhere("elsewhere");
    spec.Unit({elsewhere, "某市水利局", RegionCode("330482"), {Industry::kConstruction}});
    spec.Unit({UnitId("province"), "某省发展和改革委员会", RegionCode("330000"), {}});
    spec.Actor({ActorId("rival"), elsewhere, {Role::kHead}});
    spec.Actor({ActorId("rival_provider"), elsewhere, {Role::kDataProvider}});
    spec.Actor({ActorId("commission"), UnitId("province"), {Role::kResourceOffice}});
    spec.Actor({ActorId("office_2"), UnitId("bureau"), {Role::kResourceOffice}});
  }

  OrderIssued Issued(const Draft& draft) const {
    const auto drafted = Drafting(draft);
    return {drafted.form, drafted.article, Day("2024-08-30"), kOrder.document};
  }
  /// By one event a day or so: drafted and prepared by han on 08-08, ordered by head on 08-09,
  /// received on 08-12, reported on 08-20, failed on 08-22, refused on 09-02.
  Spec& In(std::string_view state, const Draft& draft = SampleDraft()) {
    spec.Fresh().At("2024-08-08").As("han").Given(Drafting(draft));
    if (state == "drafted") return spec.As("head");
    spec.Given(OrderPrepared{SamplePreparation()});
    if (state == "prepared") return spec.As("head");
    spec.At("2024-08-09").As("head").Given(Issued(draft));
    if (state == "ordered") return spec;
    spec.At("2024-08-12").As("provider").Given(OrderReceived{});
    if (state == "refusal_found") {
      return spec.At("2024-09-02").As("head").Given(RefusalEstablished{kLapsed});
    }
    if (state == "received") return spec.As("head");
    spec.At("2024-08-20").As("provider").Given(ResultReported{kReport});
    if (state == "reported") return spec.As("head");
    return spec.At("2024-08-22").As("han").Given(InspectionFailed{kFail}).As("head");
  }
  const CaseClock* Clock(std::string_view rule) { return spec.Model().Clocks().Find(rule); }
};

// Shows A101.
TEST_F(RectificationTest, FromTheDraftToTheSecondLook) {
  spec.As("han").When(SampleDraft()).ThenHappens(Drafting(SampleDraft()));
  spec.When(SamplePreparation()).ThenHappens(OrderPrepared{SamplePreparation()});
  spec.As("head").When(kOrder).ThenHappens(Issued(SampleDraft()));
  spec.As("rival_provider").When(Receive{}).ThenRefused("not_the_addressee");
  spec.As("provider").When(Receive{}).ThenHappens(OrderReceived{});
  const ReportProgress progress{PersonalText("已完成一半")};
  spec.As("rival_provider").When(progress).ThenRefused("not_the_addressee");
  spec.When(kReport).ThenRefused("not_the_addressee");
  spec.As("provider").When(progress).ThenHappens(ProgressReported{progress});
  spec.When(kReport).ThenHappens(ResultReported{kReport});
  spec.As("han").When(kPass).ThenHappens(InspectionPassed{kPass});
  EXPECT_EQ(spec.State(), "passed");
}

TEST_F(RectificationTest, ADraftNamesPlaceAndAddressee) {
  auto draft = SampleDraft();
  draft.region = RegionCode("990000");
  spec.As("han").When(draft).ThenRefused("region_unknown");
  draft = SampleDraft();
  draft.addressee.reset();
  spec.When(draft).ThenRefused("addressee_missing");
  draft.addressee = UnitId("bureau");
  spec.When(draft).ThenRefused("addressee_is_issuer");
  draft = DraftOf(Issuer::kDepartment, AddresseeKind::kMarketParty, Breach::kTenderViolation);
  spec.When(draft).Then(Drafting(draft));
  draft.party.reset();
  spec.When(draft).ThenRefused("addressee_missing");
}

/// Every line of the table, by the actor whose unit it names; who is not foreseen is refused.
void ExpectForeseen(Spec& spec, std::string_view actor, const Draft& draft, const char* article,
                    Form form = Form::kOrder) {
  spec.As(actor).When(draft).Then(RectificationDrafted{draft, article, form});
}

// Shows A100, A101, A102.
TEST_F(RectificationTest, WhoOrdersWhomFollowsTheArticles) {
  using I = Issuer;
  using A = AddresseeKind;
  ExpectForeseen(spec, "office",
                 DraftOf(I::kResourceOffice, A::kDepartment, Breach::kNoOnlineSupervision),
                 "FJ18-22");
  for (const Breach breach :
       {Breach::kDataExchange, Breach::kPublication, Breach::kFunctionAdjustment}) {
    ExpectForeseen(spec, "han", DraftOf(I::kDepartment, A::kTradingPlatform, breach), "FJ18-23");
  }
  for (const Breach breach :
       {Breach::kPublication, Breach::kDataExchange, Breach::kDataSharing,
        Breach::kSupervisionService, Breach::kSecurityMechanism, Breach::kSecurityIncident}) {
    const auto by = [&](Issuer issuer) { return DraftOf(issuer, A::kPlatformOperator, breach); };
    ExpectForeseen(spec, "commission", by(I::kProvincialOffice), "FJ18-24");
    spec.As("office").When(by(I::kResourceOffice)).ThenRefused("issuer_not_foreseen");
    spec.When(by(I::kProvincialOffice)).ThenRefused("issuer_is_another");
    spec.As("han").When(by(I::kDepartment)).ThenRefused("issuer_not_foreseen");
  }
  ExpectForeseen(spec, "han", DraftOf(I::kDepartment, A::kTradingCentre, Breach::kInspectionResult),
                 "XX17-15");
  auto elsewhere = SampleDraft();
  elsewhere.region = RegionCode("330481");
  spec.As("han").When(elsewhere).ThenRefused("issuer_is_another");
}

TEST_F(RectificationTest, TheTableHasNoLineTooMany) {
  std::map<std::string, int> lines;
  for (const auto& issuer : EnumTable<Issuer>::kNames) {
    for (const auto& kind : EnumTable<AddresseeKind>::kNames) {
      for (const auto& breach : EnumTable<Breach>::kNames) {
        const auto* line = FindCompetence(issuer.value, kind.value, breach.value);
        if (line != nullptr) ++lines[std::string(issuer.name) + " " + std::string(line->article)];
      }
    }
  }
  const std::map<std::string, int> expected{
      {"department FJ18-22", 1},        {"department FJ18-23", 3},
      {"department FJ18-25", 3},        {"department XX17-15", 1},
      {"department XX17-3.3", 1},       {"department 行政处罚法 28", 1},
      {"resource_office FJ18-22", 1},   {"resource_office FJ18-23", 3},
      {"resource_office FJ18-25", 3},   {"resource_office HN18-7", 3},
      {"resource_office XX17-15", 1},   {"resource_office XX17-3.3", 1},
      {"provincial_office FJ18-22", 1}, {"provincial_office FJ18-23", 3},
      {"provincial_office FJ18-24", 6}, {"provincial_office FJ18-25", 3},
      {"provincial_office HN18-7", 3},  {"provincial_office XX17-15", 1},
      {"provincial_office XX17-3.3", 1}};
  EXPECT_EQ(lines, expected);
}

// Shows A060.
TEST_F(RectificationTest, TheOfficeUrgesACentreAndDoesNotOrderIt) {
  for (const Breach breach : {Breach::kAccuracy, Breach::kPlausibility, Breach::kTimeliness}) {
    const auto by = [&](Issuer issuer) {
      return DraftOf(issuer, AddresseeKind::kTradingCentre, breach);
    };
    ExpectForeseen(spec, "office", by(Issuer::kResourceOffice), "HN18-7", Form::kUrging);
    spec.As("head").When(by(Issuer::kDepartment)).ThenRefused("issuer_not_foreseen");
  }
  const auto draft =
      DraftOf(Issuer::kResourceOffice, AddresseeKind::kTradingCentre, Breach::kTimeliness);
  spec.As("office").Given(Drafting(draft), OrderPrepared{SamplePreparation()});
  spec.As("head").When(kOrder).ThenRefused("not_the_issuer");
  spec.As("office_2").When(kOrder).Then(Issued(draft));
}

TEST_F(RectificationTest, WhatAnotherCaseBringsAboutIsTakenByTheIssuer) {
  auto draft = SampleDraft();
  draft.source = StreamId("warning-0192f0c1-0000-7000-8000-000000000000");
  spec.As("process_manager").When(draft).ThenHappens(Drafting(draft));
  EXPECT_EQ(spec.Model().Summary().unit, UnitId());
  spec.As("office").When(SamplePreparation()).ThenRefused("not_the_issuer");
  spec.As("han").When(SamplePreparation()).ThenHappens(OrderPrepared{SamplePreparation()});
  EXPECT_EQ(spec.Model().Summary().unit, UnitId("bureau"));
  spec.As("rival").When(kOrder).ThenRefused("not_the_issuer");
  spec.As("head").When(kOrder).Then(Issued(draft));
}

TEST_F(RectificationTest, TheDocumentNamesItemsAndBasisWheneverItIsPrepared) {
  for (const char* state : {"drafted", "prepared", "failed"}) {
    In(state).When(SamplePreparation()).Then(OrderPrepared{SamplePreparation()});
    auto preparation = SamplePreparation();
    preparation.articles.clear();
    spec.When(preparation).ThenRefused("articles_missing");
    preparation.items.clear();
    spec.When(preparation).ThenRefused("items_missing");
    spec.As("rival").When(SamplePreparation()).ThenRefused("not_the_issuer");
  }
}

TEST_F(RectificationTest, AnOrderLooksAheadAndFailedOnesAreOrderedAnew) {
  In("prepared").At("2024-08-30").When(kOrder).ThenRefused("limit_not_ahead");
  In("failed").As("lin");
  auto again = SamplePreparation();
  again.due_on = Day("2024-09-20");
  spec.Given(OrderPrepared{again});
  spec.As("head").When(kOrder).ThenHappens(
      OrderIssued{Form::kOrder, "FJ18-23", again.due_on, kOrder.document});
  EXPECT_EQ(spec.State(), "ordered");
  EXPECT_EQ(Clock("rectification_limit")->clock, "rectification_limit#2");
  EXPECT_EQ(Clock("rectification_limit")->due_date, again.due_on);
}

TEST_F(RectificationTest, TheLimitIsTheLastDayThatTheOrderTypes) {
  In("received");
  ASSERT_NE(Clock("rectification_limit"), nullptr);
  EXPECT_EQ(Clock("rectification_limit")->due_date, Day("2024-08-30"));
  spec.At("2024-08-25").TimePasses();
  EXPECT_EQ(spec.TimeFacts(), std::vector<std::string>{"approaching rectification_limit"});
  spec.At("2024-08-29").TimePasses();
  EXPECT_EQ(spec.TimeFacts(), std::vector<std::string>{"approaching rectification_limit"});
  spec.At("2024-08-30T23:59:59+08:00").As("provider").When(kReport).Happens();
  EXPECT_EQ(Clock("rectification_limit")->state, ClockState::kMet);

  In("received").At("2024-08-31").TimePasses();
  EXPECT_EQ(Clock("rectification_limit")->state, ClockState::kLapsed);
  EXPECT_EQ(spec.State(), "received");
  spec.At("2024-09-02").As("provider").When(kReport).Happens();
  EXPECT_EQ(Clock("rectification_limit")->state, ClockState::kEndedLate);
  EXPECT_EQ(Clock("rectification_limit")->late_by, 3);
}

TEST_F(RectificationTest, TheLimitIsExtendedOnceWhileItRuns) {
  const Extend extend{Day("2024-09-10"), PersonalText("设备到货延迟")};
  In("received").At("2024-08-31").When(extend).ThenRefused("limit_over");
  In("received").At("2024-08-30").As("rival").When(extend).ThenRefused("not_the_issuer");
  spec.As("head").When(Extend{Day("2024-08-30"), kReason}).ThenRefused("extension_not_later");
  spec.When(extend).ThenHappens(LimitExtended{extend});
  EXPECT_EQ(Clock("rectification_limit")->state, ClockState::kCancelled);
  EXPECT_EQ(Clock("rectification_extended_limit")->due_date, Day("2024-09-10"));
  spec.When(Extend{Day("2024-09-20"), kReason}).ThenRefused("already_extended");
  spec.At("2024-09-11").TimePasses();
  EXPECT_EQ(Clock("rectification_extended_limit")->state, ClockState::kLapsed);
  spec.At("2024-09-12").As("provider").When(kReport).Happens();
  EXPECT_EQ(Clock("rectification_extended_limit")->late_by, 2);
}

TEST_F(RectificationTest, SomebodyElseThanTheAddresseeLooksAgain) {
  In("reported").As("rival").When(kPass).ThenRefused("not_the_issuer");
  spec.When(kFail).ThenRefused("not_the_issuer");
  spec.As("provider").When(kPass).ThenRefused("role_not_permitted");
  spec.As("han").When(kFail).ThenHappens(InspectionFailed{kFail});

  // A department that was ordered does not pass itself, whatever its officers' roles.
  auto draft =
      DraftOf(Issuer::kResourceOffice, AddresseeKind::kDepartment, Breach::kNoOnlineSupervision);
  draft.addressee = UnitId("elsewhere");
  spec.Fresh().As("office").Given(Drafting(draft), OrderPrepared{SamplePreparation()});
  spec.As("office_2").Given(Issued(draft));
  spec.As("rival").When(Receive{}).ThenHappens(OrderReceived{});
  spec.When(kReport).ThenHappens(ResultReported{kReport});
  spec.As("head").When(kPass).ThenRefused("not_the_issuer");
  spec.As("office").When(kPass).Then(InspectionPassed{kPass});
}

TEST_F(RectificationTest, ATenWorkingDaysReminderKeepsAReportFromBeingForgotten) {
  In("received").At("2024-09-27").As("provider").When(kReport).Happens();
  // 29 September and 12 October 2024 were worked instead of the National Day week.
  EXPECT_EQ(Clock("rectification_re_inspection")->due_date, Day("2024-10-16"));
  spec.At("2024-10-16").As("han").When(kPass).Happens();
  EXPECT_EQ(Clock("rectification_re_inspection")->state, ClockState::kMet);
}

TEST_F(RectificationTest, AMarketPartyActsThroughItsAccountOrOnPaper) {
  auto draft = DraftOf(Issuer::kDepartment, AddresseeKind::kMarketParty, Breach::kTenderViolation);
  In("ordered", draft).As("tenderer").When(Receive{}).ThenRefused("not_the_addressee");
  spec.As("clerk").When(Receive{}).Then(OrderReceived{});
  draft.account = ActorId("tenderer");
  In("ordered", draft).As("clerk").When(Receive{}).ThenRefused("not_the_addressee");
  spec.As("tenderer").When(Receive{}).Then(OrderReceived{});
  EXPECT_EQ(spec.Model().Summary().respondents, std::vector<ActorId>{ActorId("tenderer")});
}

TEST_F(RectificationTest, ARefusalIsFoundOnItsGround) {
  const FindRefusal declared{RefusalGround::kDeclared, kReason};
  const FindRefusal still{RefusalGround::kStillFailing, kReason};
  const PersonsHandlingDue persons{"FJ18-23"};
  const CircularDue circular{"FJ18-23"};
  In("received").At("2024-08-30").When(kLapsed).ThenRefused("refusal_ground_does_not_fit");
  spec.When(still).ThenRefused("refusal_ground_does_not_fit");
  spec.When(declared).Then(RefusalEstablished{declared}, persons, circular);
  spec.As("rival").When(declared).ThenRefused("not_the_issuer");
  spec.As("head").At("2024-08-31").When(kLapsed);
  spec.ThenHappens(RefusalEstablished{kLapsed}, persons, circular);
  EXPECT_EQ(spec.State(), "refusal_found");

  In("failed").At("2024-09-02").When(kLapsed).ThenRefused("refusal_ground_does_not_fit");
  spec.When(still).Then(RefusalEstablished{still}, persons, circular);
  spec.As("rival").When(still).ThenRefused("not_the_issuer");
}

// Shows A103, A104.
TEST_F(RectificationTest, PersonsAreHandledAndTheMatterCirculatedBeforeItCloses) {
  const auto persons = SampleHandling();
  const Circulate circulate{kCircular};
  In("refusal_found").Given(PersonsHandlingDue{"FJ18-23"}, CircularDue{"FJ18-23"});
  EXPECT_EQ(spec.Model().Summary().flags,
            (std::vector<std::string>{"persons_due", "circular_due"}));
  spec.When(kClose).ThenRefused("consequences_outstanding");
  Spec other = spec;
  spec.When(persons).ThenHappens(PersonsHandled{persons});
  spec.When(kClose).ThenRefused("consequences_outstanding");
  other.When(Circulate{{kCircular.document, {}, CircularLevel::kPublic}});
  other.ThenRefused("recipients_missing");
  other.When(circulate).ThenHappens(CircularSent{circulate});
  other.When(kClose).ThenRefused("consequences_outstanding");
  spec.As("rival").When(circulate).ThenRefused("not_the_issuer");
  spec.As("head").When(circulate).ThenHappens(CircularSent{circulate});
  spec.As("rival").When(kClose).ThenRefused("not_the_issuer");
  spec.As("head").When(kClose).ThenHappens(RectificationClosed{kClose});
  EXPECT_EQ(spec.State(), "closed");
}

TEST_F(RectificationTest, PersonsAreNamedInBothCapacitiesAndHandledOnce) {
  const auto persons = SampleHandling();
  for (const char* state : {"received", "reported", "refusal_found"}) {
    In(state).When(persons).ThenRefused("persons_not_due");
    spec.Given(PersonsHandlingDue{"FJ18-25"});
    spec.As("rival").When(persons).ThenRefused("not_the_issuer");
    auto one = persons;
    one.persons.pop_back();
    spec.As("head").When(one).ThenRefused("persons_incomplete");
    spec.When(persons).ThenHappens(PersonsHandled{persons});
    spec.When(persons).ThenRefused("persons_not_due");
  }
}

// Shows A104, A105.
TEST_F(RectificationTest, ALeakIsCriticisedWithTheOrderAndSeriousOnesArePersons) {
  const Order criticised{kOrder.document, kCircular};
  const CriticismCirculated criticism{kCircular};
  In("prepared", LeakDraft()).When(kOrder).ThenRefused("criticism_does_not_fit");
  spec.When(Order{kOrder.document, Circular{kCircular.document, {}, CircularLevel::kRecipients}});
  spec.ThenRefused("criticism_does_not_fit");
  spec.When(criticised).Then(Issued(LeakDraft()), criticism);
  auto serious = SamplePreparation();
  serious.is_serious = true;
  spec.As("han").Given(OrderPrepared{serious});
  spec.As("head").When(criticised);
  spec.ThenHappens(Issued(LeakDraft()), criticism, PersonsHandlingDue{"FJ18-25"});
  spec.As("provider").Given(OrderReceived{}, ResultReported{kReport});
  spec.As("han").When(kPass).ThenRefused("consequences_outstanding");
  spec.As("head").When(SampleHandling()).ThenHappens(PersonsHandled{SampleHandling()});
  spec.As("han").When(kPass).Then(InspectionPassed{kPass});

  In("prepared").When(criticised).ThenRefused("criticism_does_not_fit");
  In("failed", LeakDraft()).As("han").Given(OrderPrepared{SamplePreparation()});
  spec.As("head").When(kOrder).Then(Issued(LeakDraft()));
}

TEST_F(RectificationTest, AnUrgingThatIsRefusedIsItsManagingUnits) {
  const auto draft =
      DraftOf(Issuer::kResourceOffice, AddresseeKind::kTradingCentre, Breach::kAccuracy);
  In("received", draft).As("office").At("2024-08-31").When(kLapsed);
  spec.Then(RefusalEstablished{kLapsed}, PersonsHandlingDue{"HN18-7"});
}

// Shows A155.
TEST_F(RectificationTest, MeasuresAreChosenCaseByCase) {
  const auto inspected =
      DraftOf(Issuer::kDepartment, AddresseeKind::kTradingCentre, Breach::kInspectionResult);
  const auto imposed = [](Measure measure) {
    return ImposeMeasure{measure, Paper("决定书"), kReason};
  };
  for (const char* state : {"drafted", "received", "failed", "refusal_found"}) {
    In(state, inspected);
    for (const Measure measure :
         {Measure::kCircular, Measure::kInterview, Measure::kTradeRestriction}) {
      spec.When(imposed(measure)).Then(MeasureImposed{imposed(measure)});
    }
    spec.When(imposed(Measure::kServiceCancellation)).ThenRefused("measure_not_foreseen");
    spec.When(imposed(Measure::kRectification)).ThenRefused("measure_not_foreseen");
    spec.As("rival").When(imposed(Measure::kInterview)).ThenRefused("not_the_issuer");

    auto evaluated = EvaluationDraft();
    In(state, evaluated).When(imposed(Measure::kInterview)).ThenRefused("measure_not_foreseen");
    spec.When(imposed(Measure::kServiceCancellation)).ThenRefused("evaluation_missing");
    evaluated.source = StreamId("inspection-0192f0c1-0000-7000-8000-000000000000");
    In(state, evaluated).When(imposed(Measure::kServiceCancellation));
    spec.ThenRefused("evaluation_missing");
    evaluated.source = StreamId("evaluation-0192f0c1-0000-7000-8000-000000000000");
    const auto cancelled = imposed(Measure::kServiceCancellation);
    In(state, evaluated).When(cancelled).ThenHappens(MeasureImposed{cancelled});
  }
}

TEST_F(RectificationTest, AMeasureMayTakeThePlaceOfAnOrder) {
  for (const char* state : {"drafted", "failed"}) {
    In(state, EvaluationDraft()).When(kClose).ThenRefused("measure_missing");
    spec.Given(MeasureImposed{{Measure::kTradeRestriction, Paper("决定书"), kReason}});
    spec.As("rival").When(kClose).ThenRefused("not_the_issuer");
    spec.As("head").When(kClose).Then(RectificationClosed{kClose});
  }
}

TEST_F(RectificationTest, TheIssuerMayRevokeUntilTheReport) {
  const Revoke revoke{PersonalText("认定有误")};
  for (const char* state : {"drafted", "prepared", "ordered", "received"}) {
    In(state).As("rival").When(revoke).ThenRefused("not_the_issuer");
    spec.As("head").When(revoke).ThenHappens(RectificationRevoked{revoke});
    EXPECT_EQ(spec.State(), "revoked");
  }
  EXPECT_EQ(Clock("rectification_limit")->state, ClockState::kCancelled);
}

TEST_F(RectificationTest, ListsNameTheBreachAndNoPerson) {
  EXPECT_EQ(In("received").Model().Summary().title, "未按规定交换数据");
  auto draft = SampleDraft();
  draft.project_name = "某学校工程";
  const auto summary = In("received", draft).Model().Summary();
  EXPECT_EQ(summary.title, "某学校工程");
  EXPECT_EQ(summary.handlers, std::vector<ActorId>{ActorId("han")});
}

TEST(RectificationHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace
}  // namespace docket::rectification
