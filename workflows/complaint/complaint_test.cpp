// The complaint workflow as a whole: the gate over all its tests, the recorded samples, the guards
// that stand before every row, and what lists show of a case.
#include "workflows/complaint/complaint_test_samples.hpp"

namespace docket::complaint {
namespace {

using docket::testing::ExpectHistoryReadable;
using docket::testing::Spec;
using docket::testing::TableCoverage;

const auto* const kCoverage = ::testing::AddGlobalTestEnvironment(new TableCoverage(Definition()));

TEST(ComplaintHistory, EverySampleStillReads) { ExpectHistoryReadable(Definition()); }

/// The case with one more clerk, `other`, of a unit of that place and those trades.
Spec& WithUnit(Spec& spec, const char* region, std::vector<Industry> industries) {
  const UnitId id("elsewhere");
  spec.Unit({id, "某局", RegionCode(region), std::move(industries)});
  for (const char* handler : {"other_han", "other_lin"}) {
    spec.Actor({ActorId(handler), id, {Role::kHandler}});
  }
  return spec.Actor({ActorId("other"), id, {Role::kIntake}});
}

// Shows A004.
TEST(ComplaintCompetence, TenderingFollowsThePlaceAndTheTrade) {
  const SignFor sign{{ActorId("other_han"), ActorId("other_lin")}};
  const ComplaintSignedFor signed_for{sign.handlers, UnitId("elsewhere")};
  const auto by = [&](const char* region, std::vector<Industry> industries) -> Spec {
    Spec spec = In(kTendering, "lodged");
    WithUnit(spec, region, std::move(industries)).As("other").When(sign);
    return spec;
  };
  by("330482", {Industry::kConstruction}).Then(signed_for);
  by("330400", {Industry::kConstruction}).Then(signed_for);
  by("330481", {Industry::kConstruction}).ThenRefused("unit_not_competent");
  by("350000", {Industry::kConstruction}).ThenRefused("unit_not_competent");
  by("330482", {Industry::kWater}).ThenRefused("unit_not_competent");
  by("330482", {}).ThenRefused("unit_not_competent");
}

// Shows A004.
TEST(ComplaintCompetence, ProcurementFollowsTheBudgetLevel) {
  const SignFor sign{{ActorId("other_han"), ActorId("other_lin")}};
  for (const char* other_level : {"330400", "330000", "330481"}) {
    Spec spec = In(kProcurement, "lodged");
    WithUnit(spec, other_level, {Industry::kGovernmentProcurement}).As("other").When(sign);
    spec.ThenRefused("unit_not_competent");
  }
  Spec spec = In(kProcurement, "lodged");
  WithUnit(spec, "330482", {Industry::kGovernmentProcurement}).As("other").When(sign);
  spec.Then(ComplaintSignedFor{sign.handlers, UnitId("elsewhere")});
}

// Shows A010.
TEST(ComplaintCompetence, WhoeverSignedForItHandlesItToTheEnd) {
  Spec spec = In(kTendering, "signed_for");
  WithUnit(spec, "330482", {Industry::kConstruction}).As("other");
  spec.When(AssignHandlers{{ActorId("han"), ActorId("wu")}, PersonalText("调动")});
  spec.ThenRefused("unit_not_competent");
}

TEST(ComplaintCompetence, WhoeverIsRecusedNoLongerActs) {
  Spec spec = In(kTendering, "signed_for");
  spec.As("head").Given(OfficerRecused{{ActorId("clerk"), PersonalText("近亲属")}});
  const AssignHandlers assign{{ActorId("han"), ActorId("wu")}, PersonalText("调动")};
  spec.As("clerk").When(assign).ThenRefused("actor_recused");
  spec.As("clerk_2").When(assign).Then(HandlersAssigned{assign});
}

TEST(ComplaintSummary, ListsSeeNoPersonalData) {
  const auto summary = In(kProcurement, "accepted").Model().Summary();
  EXPECT_EQ(summary.profile, "government_procurement");
  EXPECT_EQ(summary.title, "青川市档案馆设备采购");
  EXPECT_EQ(summary.region, RegionCode("330482"));
  EXPECT_EQ(summary.industry, Industry::kGovernmentProcurement);
  EXPECT_EQ(summary.unit, UnitId("bureau"));
  EXPECT_EQ(summary.handlers, (std::vector<ActorId>{ActorId("han"), ActorId("lin")}));
  EXPECT_EQ(summary.received_on, Day("2024-08-08"));
  EXPECT_EQ(summary.outcome, "");
}

TEST(ComplaintCommands, ACommandThatTheWorkflowDoesNotKnowIsRefused) {
  In(kTendering, "accepted")
      .As("head")
      .WhenOne("sell", Json::object())
      .ThenRefused("unknown_command");
}

}  // namespace
}  // namespace docket::complaint
