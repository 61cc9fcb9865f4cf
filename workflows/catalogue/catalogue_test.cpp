// The catalogue: each row, each refusal, its clocks, and what the thresholds of a day oblige to.
#include "workflows/catalogue/catalogue.hpp"

#include "tests/support/spec.hpp"

namespace docket::catalogue {

const Workflow& Definition();

namespace {

using docket::testing::Spec;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

Date On(std::string_view text) { return *Date::Parse(text); }
DocumentRef Paper(const char* name) {
  return {DocumentDigest("sha256:" + std::string(64, 'a')), PersonalText(name)};
}

CatalogueEntry Entry(TradeClass trade, std::optional<std::int64_t> threshold,
                     const char* effective_from, const char* basis) {
  CatalogueEntry entry;
  entry.trade = trade;
  entry.threshold_yuan = threshold;
  entry.effective_from = On(effective_from);
  entry.basis = basis;
  return entry;
}

/// 豫公管办〔2017〕27号 1.1, and the national thresholds after it (发改委令第16号 5).
std::vector<CatalogueEntry> Thresholds() {
  const char* const kHenan = "豫公管办〔2017〕27号 1.1";
  const char* const kNational = "发改委令第16号 5";
  std::vector<CatalogueEntry> entries;
  for (const auto& [trade, yuan] :
       {std::pair{TradeClass::kWorks, 1'000'000}, std::pair{TradeClass::kGoods, 1'000'000},
        std::pair{TradeClass::kServices, 300'000}}) {
    auto entry = Entry(trade, yuan, "2017-12-25", kHenan);
    entry.investment_yuan = 10'000'000;
    entries.push_back(entry);
  }
  entries.push_back(Entry(TradeClass::kWorks, 4'000'000, "2018-06-01", kNational));
  entries.push_back(Entry(TradeClass::kGoods, 2'000'000, "2018-06-01", kNational));
  entries.push_back(Entry(TradeClass::kServices, 1'000'000, "2018-06-01", kNational));
  for (const auto& [trade, yuan] : {std::pair{TradeClass::kEnterpriseWorks, 1'000'000},
                                    std::pair{TradeClass::kEnterpriseServices, 500'000}}) {
    auto entry = Entry(trade, yuan, "2017-12-25", kHenan);
    entry.owners = {OwnerClass::kEnterprise};
    entries.push_back(entry);
  }
  for (const auto trade :
       {TradeClass::kCentralProcurement, TradeClass::kProcurement, TradeClass::kStateProperty,
        TradeClass::kLandUse, TradeClass::kMineralRights, TradeClass::kMedicalProcurement,
        TradeClass::kForestRights, TradeClass::kConfiscatedGoods, TradeClass::kEmissionRights,
        TradeClass::kConcession, TradeClass::kOther}) {
    entries.push_back(Entry(trade, {}, "2017-12-25", kHenan));
  }
  return entries;
}
Draft TheDraft() {
  return {RegionCode("330482"), "公共资源交易目录（2024年版）", On("2024-11-01"), Thresholds()};
}
Consult Consultation() { return {{UnitId("bureau"), UnitId("transport")}, On("2024-10-08")}; }
CatalogueApproved Approval() {
  return {{"公管委〔2024〕1号", Paper("目录.pdf")}, On("2024-11-01")};
}
Trade Of(TradeClass trade, const char* on, std::int64_t yuan,
         OwnerClass owner = OwnerClass::kAdministrative) {
  return {trade, owner, On(on), yuan, {}};
}
const ProjectCode kProject("E3304820001000000001");

struct CatalogueTest : ::testing::Test {
  Spec spec{Definition()};

  CatalogueTest() {
    const UnitId transport("transport");
    spec.Unit({transport, "某市交通局", RegionCode("330482"), {Industry::kTransport}});
    spec.Actor({ActorId("transport_head"), transport, {Role::kHead}});
    spec.Actor({ActorId("office_2"), UnitId("bureau"), {Role::kResourceOffice}});
    const UnitId elsewhere("elsewhere");
    spec.Unit({elsewhere, "某区公管办", RegionCode("350102"), {}});
    spec.Actor({ActorId("office_elsewhere"), elsewhere, {Role::kResourceOffice}});
    const UnitId provincial("provincial");
    spec.Unit({provincial, "某省公管办", RegionCode("330000"), {}});
    spec.Actor({ActorId("provincial_office"), provincial, {Role::kResourceOffice}});
    spec.Actor({ActorId("other_owner"), elsewhere, {Role::kTenderer}});
  }
  Spec& InDrafting() {
    return spec.Fresh().At("2024-09-02").As("office").Given(CatalogueDrafted{TheDraft()});
  }
  Spec& InConsulting() {
    return InDrafting().At("2024-09-03").Given(DepartmentsConsulted{Consultation()});
  }
  Spec& InApproved() { return InConsulting().At("2024-10-09").As("office_2").Given(Approval()); }
  Spec& NowInForce() { return InApproved().At("2024-11-01").As("clock").Given(CatalogueInForce{}); }
  const CaseClock& Clock(std::string_view rule) {
    const auto* clock = spec.Model().Clocks().Find(rule);
    EXPECT_NE(clock, nullptr) << rule;
    return *clock;
  }
};

Facts WithEntries(std::vector<CatalogueEntry> entries) {
  Facts facts;
  facts.entries = std::move(entries);
  return facts;
}

// Shows A023.
TEST(CatalogueThresholds, AreThoseOfTheDayAndIncludeTheirOwnAmount) {
  const auto facts = WithEntries(Thresholds());
  const auto must = [&](TradeClass trade, const char* on, std::int64_t yuan) {
    return MustEnter(facts, Of(trade, on, yuan));
  };
  EXPECT_FALSE(must(TradeClass::kWorks, "2017-12-24", 9'000'000));
  EXPECT_TRUE(must(TradeClass::kWorks, "2017-12-25", 1'000'000));
  EXPECT_FALSE(must(TradeClass::kWorks, "2018-05-31", 999'999));
  EXPECT_TRUE(must(TradeClass::kGoods, "2018-05-31", 1'000'000));
  EXPECT_FALSE(must(TradeClass::kGoods, "2018-05-31", 999'999));
  EXPECT_TRUE(must(TradeClass::kServices, "2018-05-31", 300'000));
  EXPECT_FALSE(must(TradeClass::kServices, "2018-05-31", 299'999));

  EXPECT_FALSE(must(TradeClass::kWorks, "2018-06-01", 3'999'999));
  EXPECT_TRUE(must(TradeClass::kWorks, "2018-06-01", 4'000'000));
  EXPECT_FALSE(must(TradeClass::kGoods, "2018-06-01", 1'999'999));
  EXPECT_TRUE(must(TradeClass::kGoods, "2018-06-01", 2'000'000));
  EXPECT_FALSE(must(TradeClass::kServices, "2018-06-01", 999'999));
  EXPECT_TRUE(must(TradeClass::kServices, "2018-06-01", 1'000'000));
  EXPECT_EQ(EntryFor(facts, Of(TradeClass::kWorks, "2018-06-01", 4'000'000))->basis,
            "发改委令第16号 5");
}

TEST(CatalogueThresholds, ATotalInvestmentSufficedUnderTheRuleBefore) {
  const auto facts = WithEntries(Thresholds());
  auto trade = Of(TradeClass::kWorks, "2018-05-31", 500'000);
  EXPECT_FALSE(MustEnter(facts, trade));
  trade.investment_yuan = 9'999'999;
  EXPECT_FALSE(MustEnter(facts, trade));
  trade.investment_yuan = 10'000'000;
  EXPECT_TRUE(MustEnter(facts, trade));
  trade.on = On("2018-06-01");
  EXPECT_FALSE(MustEnter(facts, trade));
}

// Shows A018, A024.
TEST(CatalogueThresholds, EveryClassOfTradeAndOfOwnerIsJudged) {
  const auto facts = WithEntries(Thresholds());
  for (const auto& entry : EnumTable<TradeClass>::kNames) {
    const auto large = Of(entry.value, "2024-08-08", 50'000'000, OwnerClass::kEnterprise);
    EXPECT_TRUE(MustEnter(facts, large)) << entry.name;
    const auto is_own = Of(entry.value, "2024-08-08", 50'000'000, OwnerClass::kPrivate);
    EXPECT_FALSE(MustEnter(facts, is_own)) << entry.name;
  }
  for (const auto& owner : EnumTable<OwnerClass>::kNames) {
    const bool is_public = owner.value != OwnerClass::kPrivate;
    const bool is_enterprise = owner.value == OwnerClass::kEnterprise;
    EXPECT_EQ(MustEnter(facts, Of(TradeClass::kWorks, "2024-08-08", 4'000'000, owner.value)),
              is_public);
    EXPECT_EQ(
        MustEnter(facts, Of(TradeClass::kEnterpriseServices, "2024-08-08", 500'000, owner.value)),
        is_enterprise);
  }
}

// Shows A009.
TEST(CatalogueThresholds, FurtherTradesJoinOneAfterAnother) {
  auto later = Entry(TradeClass::kForestRights, {}, "2024-07-01", "FJ18-5");
  auto open = Entry(TradeClass::kEmissionRights, {}, "2024-01-01", "FJ18-5");
  open.mandatory = false;
  auto past = Entry(TradeClass::kLandUse, {}, "2023-01-01", "FJ18-5");
  past.effective_until = On("2023-12-31");
  const auto facts = WithEntries({later, open, past});
  EXPECT_EQ(EntryFor(facts, Of(TradeClass::kForestRights, "2024-06-30", 1)), nullptr);
  EXPECT_TRUE(MustEnter(facts, Of(TradeClass::kForestRights, "2024-07-01", 1)));
  EXPECT_NE(EntryFor(facts, Of(TradeClass::kEmissionRights, "2024-07-01", 1)), nullptr);
  EXPECT_FALSE(MustEnter(facts, Of(TradeClass::kEmissionRights, "2024-07-01", 1)));
  EXPECT_TRUE(MustEnter(facts, Of(TradeClass::kLandUse, "2023-12-31", 1)));
  EXPECT_FALSE(MustEnter(facts, Of(TradeClass::kLandUse, "2024-01-01", 1)));
}

// Shows A018.
TEST_F(CatalogueTest, AnOfficeDraftsForItsOwnPlaceAndThoseBelow) {
  spec.At("2024-09-02").As("office").When(TheDraft()).ThenHappens(CatalogueDrafted{TheDraft()});
  EXPECT_EQ(spec.State(), "drafting");
  spec.Fresh().As("office_elsewhere").When(TheDraft()).ThenRefused("region_outside_unit");
  auto odd = TheDraft();
  odd.region = RegionCode("990000");
  spec.When(odd).ThenRefused("region_unknown");

  for (const char* place : {"330000", "330400", "330482"}) {
    auto below = TheDraft();
    below.region = RegionCode(place);
    spec.Fresh().As("provincial_office").When(below).Then(CatalogueDrafted{below});
  }

  InDrafting().As("office_elsewhere").When(Abandon{PersonalText("合并制定")});
  spec.ThenRefused("unit_not_competent");
}

TEST_F(CatalogueTest, EntriesHaveAmountsAboveZeroAndDaysInOrder) {
  const auto expect_refused = [&](const std::vector<CatalogueEntry>& entries) {
    auto draft = TheDraft();
    draft.entries = entries;
    spec.Fresh().At("2024-09-02").As("office").When(draft).ThenRefused("entries_implausible");
  };
  expect_refused({});
  auto entry = Entry(TradeClass::kWorks, 0, "2024-11-01", "16号令");
  expect_refused({entry});
  entry.threshold_yuan = 1;
  entry.investment_yuan = 0;
  expect_refused({entry});
  entry.investment_yuan.reset();
  entry.effective_until = On("2024-10-31");
  expect_refused({entry});
  entry.effective_until = On("2024-11-01");
  const Revise revise{On("2024-12-01"), {entry}};
  InDrafting().When(revise).ThenHappens(CatalogueRevised{revise});
  spec.When(Revise{On("2024-12-01"), {}}).ThenRefused("entries_implausible");
}

TEST_F(CatalogueTest, DepartmentsAreConsultedAndAnewWhenTheTextChanges) {
  InDrafting().When(Consult{{}, On("2024-10-08")}).ThenRefused("departments_missing");
  spec.When(Consult{{UnitId("bureau")}, On("2024-09-02")}).ThenRefused("opinions_in_past");
  spec.When(Consultation()).ThenHappens(DepartmentsConsulted{Consultation()});
  EXPECT_EQ(Clock("catalogue_opinions").due_date, On("2024-10-08"));
  const GiveOpinion opinion{false, PersonalText("建议提高服务类限额")};
  spec.As("transport_head").When(opinion).ThenHappens(OpinionGiven{opinion});
  spec.When(opinion).ThenRefused("unit_not_consulted");
  spec.As("han").When(opinion).Then(OpinionGiven{opinion});
  spec.As("office").When(Revise{On("2024-12-01"), {}}).ThenRefused("entries_implausible");
  const Revise revise{On("2024-12-01"), Thresholds()};
  spec.When(revise).ThenHappens(CatalogueRevised{revise});
  EXPECT_EQ(spec.State(), "drafting");
  EXPECT_EQ(Clock("catalogue_opinions").state, ClockState::kCancelled);
  spec.Given(DepartmentsConsulted{{{UnitId("transport")}, On("2024-10-08")}});
  spec.As("han").When(opinion).ThenRefused("unit_not_consulted");
  spec.As("transport_head").When(opinion).Then(OpinionGiven{opinion});
}

TEST_F(CatalogueTest, AnotherPersonApprovesOnceOpinionsAreIn) {
  const Approve approve{"公管委〔2024〕1号", Paper("目录.pdf")};
  InConsulting().When(approve).ThenRefused("separation_of_duties");
  spec.At("2024-10-08").As("office_2").When(approve).ThenRefused("opinions_outstanding");
  spec.At("2024-10-09").When(approve).Then(Approval());
  spec.At("2024-09-10").As("transport_head").Given(OpinionGiven{{true, PersonalText("同意")}});
  spec.As("office_2").When(approve).ThenRefused("opinions_outstanding");
  spec.As("head").Given(OpinionGiven{{true, PersonalText("同意")}});
  spec.As("office_2").When(approve).Then(Approval());
  spec.At("2024-11-02").When(approve).ThenRefused("effect_in_past");
  spec.At("2024-11-01").When(approve).ThenHappens(Approval());
  EXPECT_EQ(spec.State(), "approved");

  InConsulting().As("office_2").Given(CatalogueRevised{{On("2024-11-01"), Thresholds()}});
  spec.Given(DepartmentsConsulted{Consultation()}).At("2024-10-09");
  spec.When(approve).ThenRefused("separation_of_duties");
}

// Shows A158.
TEST_F(CatalogueTest, AnEditionTakesEffectOnItsDayAndSupersedesTheOneBefore) {
  InApproved().At("2024-10-31T23:59:59+08:00").TimePasses();
  EXPECT_EQ(spec.State(), "approved");
  spec.At("2024-11-01").TimePasses();
  EXPECT_EQ(spec.State(), "in_force");

  InApproved().At("2024-11-01").As("clock").When(TakeEffect{});
  const auto& claims = spec.Decision()->events.front().claims;
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims.front().kind, Claim::Kind::kTakeOver);
  EXPECT_EQ(claims.front().Stream(), StreamId("catalogue_in_force-330482"));
  EXPECT_EQ(claims.front().command, "supersede");
  spec.ThenHappens(CatalogueInForce{});
  spec.At("2025-11-01").When(Supersede{}).ThenHappens(CatalogueSuperseded{});
  EXPECT_EQ(spec.State(), "superseded");
  EXPECT_EQ(spec.Model().Facts().at("entries").size(), Thresholds().size());
}

TEST_F(CatalogueTest, WorkOnAnEditionCanBeAbandonedUntilItTakesEffect) {
  const Abandon abandon{PersonalText("国家目录将调整")};
  InDrafting().When(abandon).Then(CatalogueAbandoned{abandon});
  InConsulting().When(abandon).Then(CatalogueAbandoned{abandon});
  InApproved().When(abandon).ThenHappens(CatalogueAbandoned{abandon});
  EXPECT_EQ(spec.State(), "abandoned");
  EXPECT_EQ(Clock("catalogue_effective").state, ClockState::kCancelled);
}

// Shows A008, A180.
TEST_F(CatalogueTest, AProjectThatHadToEnterAndDidNotIsFoundWithItsBasis) {
  CheckEntry check{kProject, Of(TradeClass::kWorks, "2024-11-04", 4'000'000), false};
  NowInForce().As("process_manager").When(check);
  spec.ThenHappens(EntryChecked{check, true}, EntryMissing{kProject, "发改委令第16号 5"});
  check.entered = true;
  spec.As("office").When(check).ThenHappens(EntryChecked{check, true});
  check.trade.estimate_yuan = 3'999'999;
  check.entered = false;
  spec.As("han").When(check).ThenHappens(EntryChecked{check, false});
  EXPECT_EQ(spec.Model().Facts().at("due"), 2);
  EXPECT_EQ(spec.Model().Facts().at("missing"), 1);
  EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"entry_missing"});

  auto open = Entry(TradeClass::kWorks, {}, "2024-11-01", "FJ18-5");
  open.mandatory = false;
  spec.Fresh()
      .At("2024-11-01")
      .As("office")
      .Given(CatalogueDrafted{{RegionCode("330482"), "目录", On("2024-11-01"), {open}}},
             DepartmentsConsulted{Consultation()}, Approval(), CatalogueInForce{});
  spec.When(check).ThenHappens(EntryChecked{check, false});
}

// Shows A157, A181, A185.
TEST_F(CatalogueTest, OnlyItsOwnerEntersAProjectThatNeedNotAndChoosesThePlatform) {
  const auto trade = Of(TradeClass::kWorks, "2024-11-04", 9'000'000, OwnerClass::kPrivate);
  const EnterVoluntarily enter{kProject, trade, UnitId("platform_of_350100"), Paper("声明.pdf")};
  for (const char* other : {"office", "head", "centre", "process_manager"}) {
    NowInForce().As(other).When(enter).ThenRefused("role_not_permitted");
  }
  auto obliged = enter;
  obliged.trade.owner = OwnerClass::kInstitution;
  spec.As("tenderer").When(obliged).ThenRefused("entry_is_mandatory");
  spec.When(enter).ThenHappens(EnteredVoluntarily{enter});
  spec.When(enter).ThenRefused("project_entered_already");

  const ChoosePlatform choose{kProject, UnitId("market_platform")};
  const WithdrawEntry withdraw{kProject};
  spec.As("other_owner").When(choose).ThenRefused("not_the_owner");
  spec.When(withdraw).ThenRefused("not_the_owner");
  spec.As("tenderer").When(choose).ThenHappens(PlatformChosen{choose});
  const auto choice = spec.Model().Facts().at("choices").front();
  EXPECT_EQ(choice.at("platform"), "market_platform");
  EXPECT_EQ(choice.at("owner"), "public");
  EXPECT_EQ(choice.at("voluntary"), true);
  spec.When(withdraw).ThenHappens(EntryWithdrawn{withdraw});
  EXPECT_TRUE(spec.Model().Facts().at("choices").empty());
}

TEST_F(CatalogueTest, AProjectThatHasToEnterChoosesItsPlatformAndIsNotWithdrawn) {
  const ChoosePlatform choose{kProject, UnitId("centre")};
  NowInForce().As("tenderer").When(WithdrawEntry{kProject}).ThenRefused("entry_not_voluntary");
  spec.When(choose).ThenHappens(PlatformChosen{choose});
  spec.When(WithdrawEntry{kProject}).ThenRefused("entry_not_voluntary");
}

TEST(CatalogueHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace
}  // namespace docket::catalogue
