// Who may read a case and act on it, as a table: role, the account's unit, the answer.
#include "api/auth/access.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

const Unit kFinance{
    UnitId("finance"), "财政局", RegionCode("330482"), {Industry::kGovernmentProcurement}};
const Unit kFinanceOfCity{
    UnitId("finance-city"), "市财政局", RegionCode("330400"), {Industry::kGovernmentProcurement}};
const Unit kFinanceNext{
    UnitId("finance-next"), "邻县财政局", RegionCode("330424"), {Industry::kGovernmentProcurement}};
const Unit kHousing{UnitId("housing"), "住建局", RegionCode("330482"), {Industry::kConstruction}};
const Unit kOffice{UnitId("office"), "公管办", RegionCode("330482"), {}};
const Unit kOfficeNext{UnitId("office-next"), "邻县公管办", RegionCode("330424"), {}};
const Unit kPortal{UnitId("portal"), "门户", RegionCode("330482"), {}};

const Date kToday = *Date::Parse("2024-09-20");
const Actor kHandlerOfCase{ActorId("handler"), UnitId("finance"), {Role::kHandler}};

CaseOutline TheCase() {
  CaseSummary summary;
  summary.region = RegionCode("330482");
  summary.industry = Industry::kGovernmentProcurement;
  summary.unit = UnitId("finance");
  summary.handlers = {ActorId("handler"), ActorId("second")};
  summary.respondents = {ActorId("firm")};
  return OutlineOf("complaint", summary, ActorId("citizen"));
}

Access AccessOf(const CaseOutline& outline, const Actor& actor, const Unit& unit) {
  return ReadingOf(outline, {actor, unit, kToday}).access;
}
Access AccessOf(const CaseOutline& outline, const char* id, Role role, const Unit& unit) {
  return AccessOf(outline, {ActorId(id), unit.id, {role}}, unit);
}

/// Code of the refusal; empty: the table decides.
std::string ToAct(const CaseOutline& outline, const Actor& actor, const Unit& unit,
                  std::string_view command, std::string_view state = "replies_in") {
  const auto refusal = RefusalToAct(outline, state, {actor, unit, kToday}, {{command, &actor}});
  return refusal ? refusal->code : "";
}

struct ReaderCase {
  const char* id;
  Role role;
  const Unit& unit;
  Access access;
};

// Shows A013.
TEST(Access, FollowsFromRoleUnitAndCase) {
  const std::vector<ReaderCase> readers = {
      {"clerk", Role::kIntake, kFinance, Access::kOpen},
      {"handler", Role::kHandler, kFinance, Access::kOpen},
      {"colleague", Role::kHandler, kFinance, Access::kSealed},
      {"legal", Role::kLegalReviewer, kFinance, Access::kOpen},
      {"head", Role::kHead, kFinance, Access::kOpen},
      {"keeper", Role::kRecordKeeper, kFinance, Access::kSealed},
      {"admin", Role::kUnitAdministrator, kFinance, Access::kSealed},
      {"clerk", Role::kIntake, kFinanceOfCity, Access::kSealed},
      {"clerk", Role::kIntake, kFinanceNext, Access::kNone},
      {"clerk", Role::kIntake, kHousing, Access::kNone},
      {"head", Role::kHead, kHousing, Access::kNone},
      {"officer", Role::kResourceOffice, kOffice, Access::kSealed},
      {"officer", Role::kResourceOffice, kOfficeNext, Access::kNone},
      {"auditor", Role::kAudit, kOffice, Access::kSealed},
      {"inspector", Role::kDiscipline, kOffice, Access::kSealed},
      {"inspector", Role::kDiscipline, kOfficeNext, Access::kNone},
      {"centre", Role::kTradingCentre, kOffice, Access::kNone},
      {"provider", Role::kDataProvider, kOffice, Access::kNone},
      {"platform", Role::kPlatformOperator, kOffice, Access::kNone},
      {"citizen", Role::kComplainant, kPortal, Access::kParty},
      {"other", Role::kComplainant, kPortal, Access::kNone},
      {"firm", Role::kRespondent, kPortal, Access::kNone},
      {"citizen", Role::kRespondent, kPortal, Access::kSealed},
      {"other", Role::kRespondent, kFinance, Access::kNone},
  };
  for (const auto& reader : readers) {
    EXPECT_EQ(AccessOf(TheCase(), reader.id, reader.role, reader.unit), reader.access)
        << reader.id << " of " << reader.unit.id.value;
  }
}

// Shows A013.
TEST(Access, TheThreeAdministratorsReadNoCaseNotEvenOfTheirUnit) {
  for (const Role role :
       {Role::kSystemAdministrator, Role::kSystemOperator, Role::kSystemAuditor}) {
    for (const char* id : {"admin", "citizen", "handler"}) {
      EXPECT_EQ(AccessOf(TheCase(), id, role, kFinance), Access::kNone) << id;
    }
    const Actor both{ActorId("handler"), kFinance.id, {Role::kHandler, role}};
    EXPECT_EQ(AccessOf(TheCase(), both, kFinance), Access::kNone);
    EXPECT_EQ(ToAct(TheCase(), both, kFinance, "investigate"), "case_not_readable");
  }
}

// Shows A028, A124, A171.
TEST(Access, NobodyStandsOnTwoSides) {
  for (const auto& roles :
       std::vector<std::vector<Role>>{{Role::kHandler, Role::kTradingCentre},
                                      {Role::kResourceOffice, Role::kHead},
                                      {Role::kComplainant, Role::kIntake},
                                      {Role::kClock},
                                      {Role::kSystemAuditor, Role::kSystemOperator},
                                      {Role::kUnitAdministrator, Role::kSystemAdministrator},
                                      {Role::kSecurityManager, Role::kPlatformOperator},
                                      {Role::kProcessManager},
                                      {}}) {
    EXPECT_FALSE(AreCompatible(roles));
    EXPECT_EQ(AccessOf(TheCase(), {ActorId("handler"), kFinance.id, roles}, kFinance),
              Access::kNone);
  }
  EXPECT_TRUE(AreCompatible({Role::kHandler, Role::kIntake, Role::kUnitAdministrator}));
  EXPECT_TRUE(AreCompatible({Role::kComplainant, Role::kRespondent}));
}

TEST(Access, ARecusedOfficerNeitherReadsNorActs) {
  CaseOutline outline = TheCase();
  EXPECT_EQ(ToAct(outline, kHandlerOfCase, kFinance, "investigate"), "");
  outline.recused = {kHandlerOfCase.id};
  EXPECT_EQ(AccessOf(outline, kHandlerOfCase, kFinance), Access::kNone);
  EXPECT_EQ(ToAct(outline, kHandlerOfCase, kFinance, "investigate"), "case_not_readable");
}

TEST(Access, ARestrictedCaseNeedsAGrantThatSaysSo) {
  CaseOutline outline = TheCase();
  outline.confidentiality = Confidentiality::kRestricted;
  EXPECT_EQ(AccessOf(outline, kHandlerOfCase, kFinance), Access::kOpen);
  EXPECT_EQ(AccessOf(outline, "head", Role::kHead, kFinance), Access::kOpen);
  EXPECT_EQ(AccessOf(outline, "citizen", Role::kComplainant, kPortal), Access::kParty);
  EXPECT_EQ(AccessOf(outline, "colleague", Role::kHandler, kFinance), Access::kNone);
  EXPECT_EQ(AccessOf(outline, "clerk", Role::kIntake, kFinanceOfCity), Access::kNone);
  Actor inspector{ActorId("inspector"), kOffice.id, {Role::kDiscipline}};
  EXPECT_EQ(AccessOf(outline, inspector, kOffice), Access::kNone);
  inspector.scopes = {{.region = RegionCode("330482")}};
  EXPECT_EQ(AccessOf(outline, inspector, kOffice), Access::kNone);
  inspector.scopes[0].restricted = true;
  EXPECT_EQ(AccessOf(outline, inspector, kOffice), Access::kSealed);
}

// Shows A109.
TEST(Access, AGrantTakesThePlaceOfTheUnitsRegionAndTrades) {
  const auto with = [&](const Scope& scope) {
    return AccessOf(TheCase(), {ActorId("clerk"), kHousing.id, {Role::kIntake}, {scope}}, kHousing);
  };
  const RegionCode here("330482");
  EXPECT_EQ(with({.region = here}), Access::kSealed);
  EXPECT_EQ(with({.region = RegionCode("330000")}), Access::kSealed);
  EXPECT_EQ(with({.region = RegionCode("330424")}), Access::kNone);
  EXPECT_EQ(with({.region = here, .industries = {Industry::kWater}}), Access::kNone);
  EXPECT_EQ(with({.region = here, .industries = {Industry::kGovernmentProcurement}}),
            Access::kSealed);
  EXPECT_EQ(with({.region = here, .levels = {Level::kCity}}), Access::kNone);
  EXPECT_EQ(with({.region = here, .levels = {Level::kCity, Level::kCounty}}), Access::kSealed);
  EXPECT_EQ(with({.region = here, .workflows = {"handover"}}), Access::kNone);
  EXPECT_EQ(with({.region = here, .workflows = {"complaint"}}), Access::kSealed);
  EXPECT_EQ(with({.region = here, .from = kToday, .until = kToday}), Access::kSealed);
  EXPECT_EQ(with({.region = here, .from = kToday + 1}), Access::kNone);
  EXPECT_EQ(with({.region = here, .until = kToday - 1}), Access::kNone);
  // Nor does the own unit's case lie within a grant for another place.
  Actor head{ActorId("head"), kFinance.id, {Role::kHead}, {{.region = RegionCode("330424")}}};
  EXPECT_EQ(AccessOf(TheCase(), head, kFinance), Access::kNone);
  EXPECT_EQ(ToAct(TheCase(), head, kFinance, "decide"), "case_not_readable");
}

// Shows A109.
TEST(Access, LevelsFollowFromTheCode) {
  EXPECT_EQ(LevelOf(RegionCode("100000")), Level::kNation);
  EXPECT_EQ(LevelOf(RegionCode("330000")), Level::kProvince);
  EXPECT_EQ(LevelOf(RegionCode("330400")), Level::kCity);
  EXPECT_EQ(LevelOf(RegionCode("330482")), Level::kCounty);
}

TEST(Access, AnOfficeReadsWhereTheTableGivesItActs) {
  CaseSummary summary;
  summary.region = RegionCode("330482");
  summary.unit = UnitId("platform");
  const CaseOutline check = OutlineOf("data_check", summary, ActorId("somebody"));
  EXPECT_EQ(AccessOf(check, "operator", Role::kPlatformOperator, kOffice), Access::kSealed);
  EXPECT_EQ(AccessOf(check, "operator", Role::kPlatformOperator, kOfficeNext), Access::kNone);
  EXPECT_EQ(AccessOf(check, "centre", Role::kTradingCentre, kOffice), Access::kNone);
  const Unit platform{UnitId("platform"), "交易平台", RegionCode("330482"), {}};
  EXPECT_EQ(AccessOf(check, "provider", Role::kDataProvider, platform), Access::kOpen);
  EXPECT_EQ(AccessOf(check, "head", Role::kHead, platform), Access::kSealed);
  EXPECT_EQ(AccessOf(check, "provider", Role::kDataProvider, kOffice), Access::kNone);
}

TEST(Access, ACaseWithoutUnitOpensToNobodyOfAnUnnamedUnit) {
  CaseOutline outline = TheCase();
  outline.unit = UnitId();
  EXPECT_EQ(AccessOf(outline, {ActorId("stray"), UnitId(), {Role::kHead}}, Unit()), Access::kNone);
  outline.opened_by = ActorId();
  EXPECT_EQ(AccessOf(outline, {ActorId(), UnitId("portal"), {Role::kComplainant}}, kPortal),
            Access::kNone);
}

TEST(Access, UntilAUnitHasSignedForItTheCompetentOneOfTheDivisionReads) {
  CaseOutline outline = TheCase();
  outline.unit = UnitId();
  const auto access = [&](const Unit& unit) {
    return AccessOf(outline, "clerk", Role::kIntake, unit);
  };
  EXPECT_EQ(access(kFinance), Access::kOpen);
  EXPECT_EQ(access(kFinanceOfCity), Access::kSealed);
  EXPECT_EQ(access(kFinanceNext), Access::kNone);
  EXPECT_EQ(access(kHousing), Access::kNone);
}

TEST(Access, WhoMayNotReadACaseLearnsNothingByActing) {
  const CaseOutline outline = TheCase();
  const Actor stranger{ActorId("clerk"), kHousing.id, {Role::kIntake}};
  for (const auto& state : outline.table->states) {
    for (const auto& command : outline.table->commands) {
      EXPECT_EQ(ToAct(outline, stranger, kHousing, command.name, state.name), "case_not_readable");
    }
  }
  EXPECT_EQ(ToAct(outline, stranger, kHousing, "unheard_of"), "case_not_readable");
}

TEST(Access, PartiesDoTheActsThatTheTableGivesThemInTheirCase) {
  const auto act = [](const char* id, Role role, std::string_view command) {
    return ToAct(TheCase(), {ActorId(id), kPortal.id, {role}}, kPortal, command);
  };
  EXPECT_EQ(act("citizen", Role::kComplainant, "request_withdrawal"), "");
  EXPECT_EQ(act("other", Role::kComplainant, "request_withdrawal"), "case_not_readable");
  EXPECT_EQ(act("citizen", Role::kComplainant, "decide"), "role_not_permitted");
  EXPECT_EQ(act("firm", Role::kRespondent, "reply"), "");
  EXPECT_EQ(act("firm", Role::kRespondent, "request_withdrawal"), "case_not_readable");
  EXPECT_EQ(act("other", Role::kRespondent, "reply"), "case_not_readable");
}

TEST(Access, ARoleWithoutAnyRowIsRefusedBeforeTheStateIsJudged) {
  const Actor head{ActorId("head"), kFinance.id, {Role::kHead}};
  EXPECT_EQ(ToAct(TheCase(), head, kFinance, "decide", "legal_review"), "");
  EXPECT_EQ(ToAct(TheCase(), head, kFinance, "decide", "lodged"), "");
  EXPECT_EQ(ToAct(TheCase(), head, kFinance, "investigate", "accepted"), "role_not_permitted");
  EXPECT_EQ(ToAct(TheCase(), head, kFinance, "investigate", "archived"), "role_not_permitted");
  // Whose act it is decides, not who enters it.
  const Actor clerk{ActorId("clerk"), kFinance.id, {Role::kIntake}};
  const Reader sender{clerk, kFinance, kToday};
  EXPECT_FALSE(RefusalToAct(TheCase(), "legal_review", sender, {{"decide", &head}}));
  EXPECT_FALSE(RefusalToAct(TheCase(), "legal_review", sender, {{"decide", nullptr}}));
  const auto refusal =
      RefusalToAct(TheCase(), "served", sender, {{"publish", &clerk}, {"decide", &clerk}});
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->code, "role_not_permitted");
}

TEST(Access, ACaseIsOpenedByTheRolesOfTheTableWithinTheGrant) {
  const Description& table = FindWorkflow("complaint")->Describe();
  const auto open = [&](const Actor& actor, std::string_view command) {
    const auto refusal = RefusalToOpen(table, {actor, kFinance, kToday}, {command, &actor});
    return refusal ? refusal->code : "";
  };
  Actor clerk{ActorId("clerk"), kFinance.id, {Role::kIntake}};
  EXPECT_EQ(open(clerk, "lodge"), "");
  EXPECT_EQ(open(clerk, "record_decision"), "role_not_permitted");
  EXPECT_EQ(open({ActorId("head"), kFinance.id, {Role::kHead}}, "lodge"), "role_not_permitted");
  clerk.scopes = {{.region = RegionCode("330482"), .workflows = {"handover"}}};
  EXPECT_EQ(open(clerk, "lodge"), "outside_scope");
}

TEST(Access, PortalAccountsHoldNothingButPartiesRoles) {
  EXPECT_TRUE(IsPortalOnly({ActorId("x"), kPortal.id, {Role::kComplainant, Role::kRespondent}}));
  EXPECT_FALSE(IsPortalOnly({ActorId("x"), kPortal.id, {Role::kComplainant, Role::kIntake}}));
}

TEST(Access, AKeyOpensToThePartyWhoseItIs) {
  const KeyId own("complaint-1/complainant");
  for (const char* other : {"complaint-1/respondent", "complaint-1/parties", "complainant", ""}) {
    EXPECT_FALSE(RevealTo(Access::kParty)(KeyId(other))) << other;
    EXPECT_TRUE(RevealTo(Access::kOpen)(KeyId(other))) << other;
  }
  EXPECT_TRUE(RevealTo(Access::kParty)(own));
  EXPECT_FALSE(RevealTo(Access::kSealed));
  EXPECT_FALSE(RevealTo(Access::kNone));
}

TEST(Access, APartyIsToldWhatConcernsIt) {
  const auto told = [](Access access, const char* type, const Json& data) {
    RecordedEvent event;
    event.type = type;
    return IsToldOf(access, event, data);
  };
  EXPECT_TRUE(told(Access::kParty, "complaint.decided", {}));
  EXPECT_FALSE(told(Access::kParty, "complaint.decision_drafted", {}));
  EXPECT_TRUE(told(Access::kParty, "deadline.lapsed", {{"clock", "procurement_decide#2"}}));
  EXPECT_FALSE(told(Access::kParty, "deadline.lapsed", {{"clock", "procurement_review"}}));
  EXPECT_FALSE(told(Access::kParty, "deadline.back_entry_recorded", {{"reason", "x"}}));
  EXPECT_TRUE(told(Access::kSealed, "complaint.decision_drafted", {}));
  EXPECT_FALSE(told(Access::kNone, "complaint.decided", {}));
  const Json facts = {{"state", "legal_review"}, {"recused", {"handler-0001"}}};
  EXPECT_EQ(FactsFor(Access::kParty, "complaint", facts), Json({{"state", "accepted"}}));
  EXPECT_EQ(FactsFor(Access::kSealed, "complaint", facts), facts);
}

TEST(Access, APartyIsShownPublicStatesOnly) {
  EXPECT_EQ(StateFor(Access::kParty, "complaint", "decision_drafted"), "accepted");
  EXPECT_EQ(StateFor(Access::kParty, "complaint", "publication_exempt"), "served");
  EXPECT_EQ(StateFor(Access::kParty, "complaint", "withdrawn"), "withdrawn");
  EXPECT_EQ(StateFor(Access::kSealed, "complaint", "decision_drafted"), "decision_drafted");
}

TEST(Access, SealedValuesAreReplacedHoweverDeep) {
  const Json sealed = {{"$sealed", 1}, {"key", "k"}, {"box", "b"}};
  const Json facts = {{"name", sealed}, {"list", {1, {{"phone", sealed}}}}, {"open", "text"}};
  const Json shown = {{"name", {{"sealed", true}}},
                      {"list", {1, {{"phone", {{"sealed", true}}}}}},
                      {"open", "text"}};
  EXPECT_EQ(WithoutSealedValues(facts), shown);
}

CaseOutline RestrictedTo(std::vector<ActorId> readers) {
  CaseOutline outline = TheCase();
  outline.confidentiality = Confidentiality::kRestricted;
  outline.readers = std::move(readers);
  return outline;
}

TEST(Access, NamedReadersAndTheHeadAreWhatIsLeftOfTheUnit) {
  const CaseOutline outline = RestrictedTo({ActorId("handler"), ActorId("colleague")});
  EXPECT_EQ(AccessOf(outline, kHandlerOfCase, kFinance), Access::kOpen);
  EXPECT_EQ(AccessOf(outline, "colleague", Role::kHandler, kFinance), Access::kSealed)
      << "named, and still not assigned: nothing more than it had";
  EXPECT_EQ(AccessOf(outline, "head", Role::kHead, kFinance), Access::kOpen);
  for (const auto& [id, role] :
       {std::pair("second", Role::kHandler), std::pair("clerk", Role::kIntake),
        std::pair("legal", Role::kLegalReviewer), std::pair("admin", Role::kUnitAdministrator)}) {
    EXPECT_EQ(AccessOf(outline, id, role, kFinance), Access::kNone) << id;
    const Actor actor{ActorId(id), kFinance.id, {role}};
    EXPECT_EQ(ToAct(outline, actor, kFinance, "investigate"), "case_not_readable") << id;
  }
  EXPECT_EQ(AccessOf(outline, "citizen", Role::kComplainant, kPortal), Access::kParty);
  EXPECT_EQ(AccessOf(outline, "inspector", Role::kDiscipline, kOffice), Access::kNone);
  Scope cleared{RegionCode("330482")};
  cleared.restricted = true;
  const Actor inspector{ActorId("inspector"), kOffice.id, {Role::kDiscipline}, {cleared}};
  EXPECT_EQ(AccessOf(outline, inspector, kOffice), Access::kSealed);
  const Actor shut_out{ActorId("second"), kFinance.id, {Role::kHandler}, {cleared}};
  EXPECT_EQ(AccessOf(outline, shut_out, kFinance), Access::kNone) << "named readers go before it";
}

TEST(Access, AConfidentialFileInTheArchiveNeedsConsent) {
  CaseOutline outline = TheCase();
  outline.archived = true;
  const Reader handler{kHandlerOfCase, kFinance, kToday};
  EXPECT_FALSE(NeedsConsent(outline, handler)) << "an ordinary file";
  outline.confidentiality = Confidentiality::kRestricted;
  EXPECT_TRUE(NeedsConsent(outline, handler));
  EXPECT_EQ(ReadingOf(outline, handler).access, Access::kNone);
  EXPECT_EQ(ReadingWithConsent(outline, handler).access, Access::kOpen);
  EXPECT_EQ(AccessOf(outline, "head", Role::kHead, kFinance), Access::kOpen);
  EXPECT_EQ(AccessOf(outline, "citizen", Role::kComplainant, kPortal), Access::kParty);
  const Actor centre{ActorId("centre"), kOffice.id, {Role::kTradingCentre}};
  const Reader stranger{centre, kOffice, kToday};
  EXPECT_FALSE(NeedsConsent(outline, stranger)) << "it would not read it anyway";
  EXPECT_EQ(ReadingWithConsent(outline, stranger).access, Access::kSealed);
  outline.recused = {ActorId("handler")};
  EXPECT_EQ(ReadingWithConsent(outline, handler).access, Access::kNone);
  const Actor operators{ActorId("operator"), kOffice.id, {Role::kSystemOperator}};
  EXPECT_EQ(ReadingWithConsent(outline, {operators, kOffice, kToday}).access, Access::kNone);
}

TEST(Access, TheHeadOfItsUnitAnswersForACase) {
  const Actor head{ActorId("head"), kFinance.id, {Role::kHead}};
  const Actor other{ActorId("head"), kHousing.id, {Role::kHead}};
  EXPECT_TRUE(Answers(TheCase(), {head, kFinance, kToday}));
  EXPECT_FALSE(Answers(TheCase(), {other, kHousing, kToday}));
  EXPECT_FALSE(Answers(TheCase(), {kHandlerOfCase, kFinance, kToday}));
  CaseOutline unclaimed = TheCase();
  unclaimed.unit = UnitId();
  EXPECT_FALSE(Answers(unclaimed, {head, kFinance, kToday})) << "nobody's yet";
}

}  // namespace
}  // namespace docket
