// Who may read a case, as a table: role, the reader's unit, the answer.
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

const CaseScope kCase{RegionCode("330482"), Industry::kGovernmentProcurement, UnitId("finance"),
                      ActorId("citizen")};

struct Reader {
  const char* id;
  Role role;
  const Unit& unit;
  Access access;
};

TEST(Access, FollowsFromRoleUnitAndCase) {
  const std::vector<Reader> readers = {
      {"clerk", Role::kIntake, kFinance, Access::kOpen},
      {"handler", Role::kHandler, kFinance, Access::kOpen},
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
      {"operator", Role::kSystemOperator, kOffice, Access::kNone},
      {"auditor", Role::kSystemAuditor, kOffice, Access::kNone},
      {"citizen", Role::kComplainant, kPortal, Access::kParty},
      {"other", Role::kComplainant, kPortal, Access::kNone},
      {"citizen", Role::kRespondent, kPortal, Access::kSealed},
      {"other", Role::kRespondent, kFinance, Access::kNone},
  };
  for (const auto& reader : readers) {
    const Actor actor{ActorId(reader.id), reader.unit.id, {reader.role}};
    EXPECT_EQ(AccessTo(kCase, {actor, reader.unit}), reader.access)
        << reader.id << " of " << reader.unit.id.value;
  }
}

TEST(Access, ACaseWithoutUnitOpensToNobodyOfAnUnnamedUnit) {
  CaseScope scope = kCase;
  scope.unit = UnitId();
  const Actor stray{ActorId("stray"), UnitId(), {Role::kHead}};
  EXPECT_EQ(AccessTo(scope, {stray, Unit()}), Access::kNone);
  scope.opened_by = ActorId();
  const Actor nobody{ActorId(), UnitId("portal"), {Role::kComplainant}};
  EXPECT_EQ(AccessTo(scope, {nobody, kPortal}), Access::kNone);
}

TEST(Access, UntilAUnitHasSignedForItTheCompetentOneOfTheDivisionReads) {
  CaseScope scope = kCase;
  scope.unit = UnitId();
  const auto access = [&](const Unit& unit) {
    return AccessTo(scope, {{ActorId("clerk"), unit.id, {Role::kIntake}}, unit});
  };
  EXPECT_EQ(access(kFinance), Access::kOpen);
  EXPECT_EQ(access(kFinanceOfCity), Access::kSealed);
  EXPECT_EQ(access(kFinanceNext), Access::kNone);
  EXPECT_EQ(access(kHousing), Access::kNone);
}

TEST(Access, PortalAccountsActOnTheirOwnCasesOnly) {
  EXPECT_TRUE(MayAct(kCase, {ActorId("citizen"), kPortal.id, {Role::kComplainant}}));
  EXPECT_FALSE(MayAct(kCase, {ActorId("other"), kPortal.id, {Role::kComplainant}}));
  EXPECT_TRUE(MayAct(kCase, {ActorId("provider"), kOffice.id, {Role::kDataProvider}}));
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
  const Json facts = {{"state", "lodged"}, {"recused", {"handler-0001"}}};
  EXPECT_EQ(FactsFor(Access::kParty, facts), Json({{"state", "lodged"}}));
  EXPECT_EQ(FactsFor(Access::kSealed, facts), facts);
}

TEST(Access, SealedValuesAreReplacedHoweverDeep) {
  const Json sealed = {{"$sealed", 1}, {"key", "k"}, {"box", "b"}};
  const Json facts = {{"name", sealed}, {"list", {1, {{"phone", sealed}}}}, {"open", "text"}};
  const Json shown = {{"name", {{"sealed", true}}},
                      {"list", {1, {{"phone", {{"sealed", true}}}}}},
                      {"open", "text"}};
  EXPECT_EQ(WithoutSealedValues(facts), shown);
}

}  // namespace
}  // namespace docket
