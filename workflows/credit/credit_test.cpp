// Credit entries: each row, each refusal, the clocks, and whom an entry keeps out of what.
#include "workflows/credit/credit.hpp"

#include "tests/support/spec.hpp"

namespace docket::credit {

const Workflow& Definition();

namespace {

using docket::testing::Spec;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

Date On(std::string_view text) { return *Date::Parse(text); }
DocumentRef Paper(const char* name) {
  return {DocumentDigest("sha256:" + std::string(64, 'a')), PersonalText(name)};
}
const PersonalText kOpinion("同意");

/// On the organisation, unless an expert's, for a year from 2 September 2024.
Propose Proposal(EntryKind kind) {
  const bool is_expert = kind == EntryKind::kExpertRecord || kind == EntryKind::kExpertBlacklist;
  Propose c;
  c.unit = UnitId("bureau");
  c.region = RegionCode("330482");
  c.industry = Industry::kGovernmentProcurement;
  c.project = ProjectCode("E3304820001000000001");
  c.source = StreamId("complaint-1");
  c.kind = kind;
  if (is_expert) {
    c.subject = {
        SubjectKind::kPerson, PersonalText("陈某"), {}, PersonalText("330482198001010011")};
  } else {
    c.subject = {SubjectKind::kOrganisation,
                 PersonalText("某建设有限公司"),
                 CreditCode("91350100M000100Y43"),
                 {}};
  }
  c.account = ActorId("firm");
  c.decision = {"财监罚〔2024〕1号", "某市财政局", On("2024-08-30"), Paper("决定书.pdf")};
  c.basis = "政府采购法实施条例 73";
  c.grounds = PersonalText("提供虚假材料进行投诉");
  if (kind == EntryKind::kExpertRecord) c.aspect = ExpertAspect::kDiscipline;
  c.restricts = kind != EntryKind::kReward && kind != EntryKind::kExpertRecord;
  c.scope_region = RegionCode("330400");
  c.from = On("2024-09-02");
  if (c.restricts) c.until = On("2025-09-02");
  return c;
}
Decide Decision(const Propose& c) { return {c.from, c.until, kOpinion}; }
EntryDecided Decided(const Propose& c) {
  return {Decision(c), c.kind == EntryKind::kBan ? std::optional(c.from) : std::nullopt};
}

struct CreditTest : ::testing::Test {
  Spec spec{Definition()};

  CreditTest() {
    spec.Unit({UnitId("elsewhere"),
               "某省财政厅",
               RegionCode("330000"),
               {Industry::kGovernmentProcurement}});
    spec.Actor({ActorId("other_han"), UnitId("elsewhere"), {Role::kHandler}});
    spec.Actor({ActorId("other_head"), UnitId("elsewhere"), {Role::kHead}});
    spec.Actor({ActorId("other_firm"), UnitId("public"), {Role::kRespondent}});
    spec.Actor({ActorId("han_and_head"), UnitId("bureau"), {Role::kHandler, Role::kHead}});
  }
  Spec& InProposed(EntryKind kind = EntryKind::kBan) {
    return spec.Fresh().At("2024-08-30").As("han").Given(EntryProposed{Proposal(kind)});
  }
  /// In force from Monday 2 September 2024.
  Spec& InForceNow(EntryKind kind = EntryKind::kBan) {
    InProposed(kind).At("2024-09-02").As("head").Given(Decided(Proposal(kind)));
    return spec;
  }
  Spec& InPublished() {
    return InForceNow().At("2024-09-03").As("han").Given(EntryPublished{{"信用中国（某市）"}});
  }
  Spec& WithRepair() {
    return spec.At("2024-10-14").As("firm").Given(RepairApplied{{PersonalText("已纠正"), {}}});
  }
  const CaseClock& Clock(std::string_view rule) {
    const auto* clock = spec.Model().Clocks().Find(rule);
    EXPECT_NE(clock, nullptr) << rule;
    return *clock;
  }
};

// Shows A148.
TEST_F(CreditTest, AnOrganisationIsKnownByItsCreditCodeAndAPersonByADocument) {
  const auto proposal = Proposal(EntryKind::kBan);
  spec.At("2024-08-30").As("han").When(proposal).ThenHappens(EntryProposed{proposal});
  EXPECT_EQ(spec.State(), "proposed");

  auto unknown = proposal;
  unknown.subject.credit_code.reset();
  spec.Fresh().When(unknown).ThenRefused("subject_not_identified");
  unknown.subject.id_number = PersonalText("330482198001010011");
  spec.When(unknown).ThenRefused("subject_not_identified");
  unknown.subject.credit_code = CreditCode("91350100M000100Y43");
  spec.When(unknown).ThenRefused("subject_not_identified");
  auto expert = Proposal(EntryKind::kExpertBlacklist);
  expert.subject.id_number.reset();
  spec.When(expert).ThenRefused("subject_not_identified");
  auto wrong_check = Encode(proposal);
  wrong_check["subject"]["credit_code"] = "91350100M000100Y44";
  spec.WhenOne("propose", wrong_check).ThenRefused("invalid_fields");
}

TEST_F(CreditTest, AnOfficerProposesToHisUnitAndAnotherCaseToWhicheverDecides) {
  const auto proposal = Proposal(EntryKind::kBan);
  spec.At("2024-08-30").As("other_han").When(proposal).ThenRefused("entry_of_other_unit");
  spec.As("process_manager").When(proposal).ThenHappens(EntryProposed{proposal});
  EXPECT_TRUE(spec.Model().Summary().handlers.empty());
  spec.As("other_head").When(Decision(proposal)).ThenRefused("unit_not_competent");

  auto water = proposal;
  water.industry = Industry::kWater;
  spec.Fresh().As("han").When(water).ThenRefused("matter_outside_competence");
  water.region = RegionCode("990000");
  spec.When(water).ThenRefused("region_unknown");
  auto nowhere = proposal;
  nowhere.scope_region = RegionCode("990000");
  spec.When(nowhere).ThenRefused("scope_unknown");
}

// Shows A151.
TEST_F(CreditTest, EntriesAreOfBothPolarities) {
  for (const auto kind : {EntryKind::kReward, EntryKind::kDishonesty}) {
    InForceNow(kind);
    const bool is_reward = kind == EntryKind::kReward;
    EXPECT_EQ(spec.Model().Summary().flags,
              is_reward ? std::vector<std::string>{} : std::vector<std::string>{"restricts"});
    EXPECT_EQ(IsFavourable(kind), is_reward);
  }
  spec.Fresh().At("2024-08-30").As("han");
  for (const auto& entry : EnumTable<EntryKind>::kNames) {
    auto turned = Proposal(entry.value);
    turned.restricts = !turned.restricts;
    turned.until = On("2025-09-02");
    spec.When(turned);
    const bool is_free = entry.value == EntryKind::kDishonesty ||
                         entry.value == EntryKind::kMisconduct ||
                         entry.value == EntryKind::kViolation;
    if (is_free) spec.Then(EntryProposed{turned});
    else spec.ThenRefused("polarity_mismatch");
  }
}

// Shows A162, A166.
TEST_F(CreditTest, AnExpertsConductIsRecordedByAspectAndTheBlacklistIsEnteredAndLeft) {
  spec.At("2024-08-30").As("process_manager");
  for (const auto& entry : EnumTable<ExpertAspect>::kNames) {
    auto record = Proposal(EntryKind::kExpertRecord);
    record.aspect = entry.value;
    spec.When(record).Then(EntryProposed{record});
  }
  auto vague = Proposal(EntryKind::kExpertRecord);
  vague.aspect.reset();
  spec.When(vague).ThenRefused("expert_entry_incomplete");
  auto firm = Proposal(EntryKind::kExpertBlacklist);
  firm.subject = Proposal(EntryKind::kBan).subject;
  spec.When(firm).ThenRefused("expert_entry_incomplete");
  auto odd = Proposal(EntryKind::kBan);
  odd.aspect = ExpertAspect::kAttitude;
  spec.When(odd).ThenRefused("expert_entry_incomplete");

  InForceNow(EntryKind::kExpertBlacklist);
  const ApplyForRepair apply{PersonalText("已完成培训考核"), {Paper("考核结果.pdf")}};
  spec.At("2024-10-14").As("firm").When(apply).ThenHappens(RepairApplied{apply});
  spec.As("head").When(GrantRepair{kOpinion}).ThenHappens(EntryRepaired{{kOpinion}, {}});
  EXPECT_EQ(spec.State(), "closed");
}

TEST_F(CreditTest, ARestrictionHasALastDay) {
  auto endless = Proposal(EntryKind::kDishonesty);
  endless.until.reset();
  spec.At("2024-08-30").As("han").When(endless).ThenRefused("restriction_unbounded");
  endless.until = On("2024-09-01");
  spec.When(endless).ThenRefused("restriction_unbounded");
  endless.until = On("2024-09-02");
  spec.When(endless).Then(EntryProposed{endless});

  InProposed(EntryKind::kDishonesty).As("head");
  spec.When(Decide{On("2024-09-02"), {}, kOpinion}).ThenRefused("restriction_unbounded");
}

TEST_F(CreditTest, ABanLastsFromOneToThreeYears) {
  const auto decided_until = [&](const char* from, const char* until) {
    spec.When(Decide{On(from), On(until), kOpinion});
  };
  InProposed().As("head");
  decided_until("2024-09-02", "2025-09-01");
  spec.ThenRefused("ban_out_of_bounds");
  decided_until("2024-09-02", "2025-09-02");
  spec.Happens();
  InProposed().As("head");
  decided_until("2024-09-02", "2027-09-03");
  spec.ThenRefused("ban_out_of_bounds");
  decided_until("2024-09-02", "2027-09-02");
  spec.Happens();
  EXPECT_EQ(Clock("credit_ban_least").due_date, On("2025-09-02"));
  EXPECT_EQ(Clock("credit_ban_most").due_date, On("2027-09-02"));
  InProposed().As("head");
  decided_until("2024-02-29", "2025-02-28");
  spec.Happens();

  auto long_ban = Proposal(EntryKind::kBan);
  long_ban.until = On("2028-09-02");
  spec.Fresh().As("han").When(long_ban).ThenRefused("ban_out_of_bounds");
  InForceNow(EntryKind::kDishonesty);
  EXPECT_EQ(spec.Model().Clocks().Find("credit_ban_most"), nullptr);
}

TEST_F(CreditTest, AnotherPersonDecidesOrDeclines) {
  spec.At("2024-08-30").As("han_and_head").Given(EntryProposed{Proposal(EntryKind::kBan)});
  const auto decision = Decision(Proposal(EntryKind::kBan));
  spec.When(decision).ThenRefused("separation_of_duties");
  spec.As("head").When(decision).ThenHappens(Decided(Proposal(EntryKind::kBan)));
  EXPECT_EQ(spec.State(), "in_force");
  EXPECT_EQ(spec.Model().Summary().title, "禁止参加采购活动 财监罚〔2024〕1号");
  EXPECT_EQ(spec.Model().Summary().respondents, std::vector<ActorId>{ActorId("firm")});

  const Decline decline{PersonalText("决定尚未生效")};
  InProposed().As("head").When(decline).ThenHappens(EntryDeclined{decline});
  EXPECT_EQ(spec.State(), "declined");
}

// Shows A149.
TEST_F(CreditTest, AnEntryInEffectIsPublishedInTime) {
  const Publish publish{"信用中国（某市）"};
  auto later = Proposal(EntryKind::kBan);
  later.from = On("2024-09-12");
  InProposed().As("head").Given(Decided(later));
  spec.At("2024-09-11").As("han").When(publish).ThenRefused("entry_not_in_effect");
  EXPECT_EQ(Clock("credit_publish").due_date, On("2024-09-24"));  // 14 September is worked.
  spec.At("2024-09-24T23:59:59+08:00").When(publish).ThenHappens(EntryPublished{publish});
  EXPECT_EQ(Clock("credit_publish").state, ClockState::kMet);
  spec.When(publish).ThenRefused("publication_settled");
  const ExemptFromPublication exempt{ExemptionGround::kTradeSecret, kOpinion};
  spec.As("head").When(exempt).ThenRefused("publication_settled");

  InForceNow().When(exempt).ThenHappens(EntryExempted{exempt});
  EXPECT_EQ(Clock("credit_publish").state, ClockState::kMet);
  spec.As("han").When(publish).ThenRefused("publication_settled");
}

TEST_F(CreditTest, PublicationGoesOnWhileARepairIsExamined) {
  const Publish publish{"信用中国（某市）"};
  const ExemptFromPublication exempt{ExemptionGround::kPersonalPrivacy, kOpinion};
  InForceNow();
  WithRepair().As("process_manager").When(publish).Then(EntryPublished{publish});
  spec.As("head").When(exempt).ThenHappens(EntryExempted{exempt});
  spec.When(exempt).ThenRefused("publication_settled");
  spec.As("han").When(publish).ThenRefused("publication_settled");

  auto later = Proposal(EntryKind::kBan);
  later.from = On("2024-11-01");
  later.until = On("2025-11-01");
  InProposed().As("head").Given(Decided(later));
  WithRepair().As("han").When(publish).ThenRefused("entry_not_in_effect");
}

// Shows A150.
TEST_F(CreditTest, ARestrictionHoldsFromItsFirstDayToItsLastInPlaceAndTrade) {
  Facts facts;
  facts.state = "in_force";
  facts.restricts = true;
  facts.scope_region = RegionCode("330400");
  facts.from = On("2024-09-02");
  facts.until = On("2025-09-02");
  const auto restricts = [&](const char* on, const char* region, Industry industry) {
    return Restricts(facts, {On(on), RegionCode(region), industry});
  };
  EXPECT_FALSE(restricts("2024-09-01", "330482", Industry::kWater));
  EXPECT_TRUE(restricts("2024-09-02", "330482", Industry::kWater));
  EXPECT_TRUE(restricts("2025-09-02", "330482", Industry::kWater));
  EXPECT_FALSE(restricts("2025-09-03", "330482", Industry::kWater));
  EXPECT_FALSE(restricts("2025-01-02", "330100", Industry::kWater));
  facts.scope_industries = {Industry::kConstruction};
  EXPECT_FALSE(restricts("2025-01-02", "330482", Industry::kWater));
  EXPECT_TRUE(restricts("2025-01-02", "330482", Industry::kConstruction));
  facts.state = "repair_pending";
  EXPECT_TRUE(restricts("2025-01-02", "330482", Industry::kConstruction));
  facts.state = "closed";
  EXPECT_FALSE(restricts("2025-01-02", "330482", Industry::kConstruction));
  facts.state = "in_force";
  facts.restricts = false;
  EXPECT_FALSE(restricts("2025-01-02", "330482", Industry::kConstruction));
}

TEST_F(CreditTest, AnEntryEndsWithItsLastDayByItself) {
  InForceNow().At("2025-09-02T23:59:59+08:00").TimePasses();
  EXPECT_EQ(spec.State(), "in_force");
  spec.At("2025-09-03").TimePasses();
  EXPECT_EQ(spec.State(), "closed");
  EXPECT_EQ(spec.Model().Summary().outcome, "ended");

  InPublished().At("2025-09-03").As("clock").When(EndByTime{});
  spec.ThenHappens(EntryEnded{On("2025-09-03")});
  EXPECT_EQ(spec.State(), "taking_down");
  EXPECT_EQ(Clock("credit_take_down").due_date, On("2025-09-08"));
  const TakeDown taken{"限制期限已届满"};
  spec.At("2025-09-08").As("han").When(taken).ThenHappens(EntryTakenDown{taken});
  EXPECT_EQ(Clock("credit_take_down").state, ClockState::kMet);
  EXPECT_EQ(spec.State(), "closed");

  InForceNow();
  WithRepair().At("2025-09-03").As("clock").When(EndByTime{}).ThenHappens(EntryEnded{{}});
  InPublished();
  WithRepair().At("2025-09-03").As("clock").When(EndByTime{});
  spec.ThenHappens(EntryEnded{On("2025-09-03")});
  EXPECT_EQ(Clock("credit_repair").state, ClockState::kCancelled);
}

TEST_F(CreditTest, TheSubjectAppliesForRepairAndAnotherDecides) {
  const ApplyForRepair apply{PersonalText("已纠正"), {}};
  InPublished().At("2024-09-26").As("other_firm").When(apply).ThenRefused("not_the_subject");
  spec.As("clerk").When(apply).Then(RepairApplied{apply});
  spec.As("firm").When(apply).ThenHappens(RepairApplied{apply});
  EXPECT_EQ(Clock("credit_repair").due_date, On("2024-10-15"));  // National Day between them.
  const DenyRepair deny{PersonalText("尚未满足条件")};
  spec.As("head").When(deny).ThenHappens(RepairDenied{deny});
  EXPECT_EQ(spec.State(), "in_force");
  EXPECT_EQ(Clock("credit_repair").state, ClockState::kMet);

  WithRepair().As("head").When(GrantRepair{kOpinion});
  spec.ThenHappens(EntryRepaired{{kOpinion}, On("2024-10-14")});
  EXPECT_EQ(spec.State(), "taking_down");
  EXPECT_EQ(Clock("credit_take_down").due_date, On("2024-10-17"));
  EXPECT_EQ(Clock("credit_restriction").state, ClockState::kCancelled);

  InForceNow(EntryKind::kReward).As("firm").When(apply).ThenRefused("nothing_to_repair");
}

TEST_F(CreditTest, WhateverRestsOnAnAnnulledDecisionFallsWithItAndIsWithdrawnInThreeDays) {
  const SourceAnnulled annulled{"（2024）浙04行终1号", On("2024-10-11")};
  InPublished().At("2024-10-10").As("process_manager").When(annulled);
  spec.ThenRefused("annulled_in_future");
  spec.At("2024-10-11").When(annulled).ThenHappens(EntryRevoked{annulled, On("2024-10-11")});
  EXPECT_EQ(spec.State(), "taking_down");
  EXPECT_EQ(Clock("credit_withdraw").due_date, On("2024-10-15"));  // Saturday 12 is worked.
  spec.At("2024-10-16").TimePasses();
  EXPECT_EQ(Clock("credit_withdraw").state, ClockState::kLapsed);
  const TakeDown taken{"原决定已被依法撤销"};
  spec.As("head").When(taken).ThenHappens(EntryTakenDown{taken});
  EXPECT_EQ(Clock("credit_withdraw").state, ClockState::kEndedLate);
}

TEST_F(CreditTest, AnAnnulmentReachesAnEntryWhereverItStands) {
  const SourceAnnulled annulled{"（2024）浙04行终1号", On("2024-10-14")};
  const SourceAnnulled tomorrow{"（2024）浙04行终1号", On("2024-10-15")};
  const auto expect = [&](const std::optional<Date>& take_down_from) {
    spec.At("2024-10-14").As("head").When(tomorrow).ThenRefused("annulled_in_future");
    spec.When(annulled).ThenHappens(EntryRevoked{annulled, take_down_from});
    EXPECT_EQ(spec.Model().Summary().outcome, "revoked");
    EXPECT_EQ(spec.State(), take_down_from ? "taking_down" : "closed");
  };
  InProposed();
  expect({});
  InForceNow();
  expect({});
  EXPECT_EQ(spec.Model().Clocks().Find("credit_withdraw"), nullptr);
  InForceNow();
  WithRepair();
  expect({});
  InPublished();
  WithRepair();
  expect(On("2024-10-14"));
}

TEST(CreditHistory, EverySampleStillReads) { docket::testing::ExpectHistoryReadable(Definition()); }

}  // namespace
}  // namespace docket::credit
