// The registration: each row and each refusal.
#include "workflows/registration/registration_test_samples.hpp"

namespace docket::registration {

using docket::testing::Spec;

Spec In(std::string_view state) {
  Spec spec(Definition());
  spec.Actor({ActorId("rival"), UnitId("public"), {Role::kTenderer}});
  spec.Actor({ActorId("other_clerk"), UnitId("elsewhere"), {Role::kIntake}});
  spec.Unit({UnitId("elsewhere"), "某市水利局", RegionCode("330482"), {Industry::kWater}});
  const auto reached = [&](std::string_view name) { return spec.State() == name; };
  spec.At("2024-09-12").As("tenderer").Given(EntrySubmitted{SampleSubmit()});
  if (reached(state)) return spec;
  spec.At("2024-09-13").As("clerk");
  spec.Given(EntrySignedFor{{ActorId("han"), ActorId("lin")}, UnitId("bureau")});
  if (reached(state)) return spec;
  spec.At("2024-09-14");
  if (state == CorrectionRequested::kName) {
    spec.Given(CorrectionWasRequested{SampleCorrection()});
    return spec;
  }
  spec.At("2024-09-18").Given(SampleAccepted("2024-09-18"));
  if (reached(state)) return spec;
  spec.At("2024-09-19").As("han").Given(EntryReviewed{SampleReview()});
  if (reached(state)) return spec;
  spec.At("2024-09-20").As("head").Given(EntryRegistered{{"QC-2024-001"}, 1});
  if (reached(state)) return spec;
  spec.At("2024-09-23").As("tenderer");
  spec.Given(
      UpdateRequested{{PersonalText("建筑面积调整"), {}}, std::nullopt, 10, On("2024-09-23")});
  EXPECT_EQ(spec.State(), state);
  return spec;
}

namespace {

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

// Shows A043, A188.
TEST(RegistrationIntake, OneIntakeTakesEveryKindOfEntryFromWhoeverAsks) {
  const std::pair<ItemKind, const char*> entries[] = {{ItemKind::kConstructionProject, "tenderer"},
                                                      {ItemKind::kMarketEntry, "centre"},
                                                      {ItemKind::kSubject, "portal"},
                                                      {ItemKind::kExpert, "portal"},
                                                      {ItemKind::kAgency, "tenderer"},
                                                      {ItemKind::kPlatform, "provider"},
                                                      {ItemKind::kOther, "clerk"}};
  for (const auto& [kind, applicant] : entries) {
    SCOPED_TRACE(ChineseOf(kind));
    Spec spec(Definition());
    auto submit = SampleSubmit();
    submit.kind = kind;
    const bool of_project =
        kind == ItemKind::kConstructionProject || kind == ItemKind::kMarketEntry;
    if (!of_project) submit.project_name.reset();
    spec.At("2024-09-12").As(applicant).When(submit).ThenHappens(EntrySubmitted{submit});
    EXPECT_EQ(spec.State(), "submitted");
    EXPECT_EQ(spec.Model().Summary().title,
              std::string(ChineseOf(kind)) + (of_project ? " 青川市档案馆工程" : ""));
  }
}

TEST(RegistrationIntake, AnApplicationNamesAKnownRegionAndTicksItsChecklist) {
  Spec spec(Definition());
  spec.As("tenderer");
  auto submit = SampleSubmit();
  submit.checklist = {};
  spec.When(submit).ThenRefused("checklist_missing");
  submit.checklist = {{"立项批复", true}, {"立项批复", true}};
  spec.When(submit).ThenRefused("checklist_missing");
  submit.region = RegionCode("999999");
  spec.When(submit).ThenRefused("region_unknown");
  submit = SampleSubmit();
  submit.industry = Industry::kWater;
  spec.As("clerk").When(submit).ThenRefused("matter_outside_competence");
  spec.As("tenderer").When(submit).Then(EntrySubmitted{submit});
}

TEST(RegistrationIntake, WhatBelongsElsewhereIsReturnedWithTheCompetentDepartment) {
  Spec spec = In("submitted");
  const ReturnNotCompetent elsewhere{"青川市水利局"};
  spec.As("clerk").When(ReturnNotCompetent{}).ThenRefused("invalid_fields");
  spec.When(elsewhere).ThenHappens(FoundNotCompetent{elsewhere});
  EXPECT_EQ(spec.State(), "returned");
  EXPECT_EQ(spec.Model().Clocks().Find("registration_accept")->state, ClockState::kMet);
}

TEST(RegistrationIntake, WhoeverSignsForItNamesItsOfficers) {
  Spec spec = In("submitted");
  spec.As("clerk").When(SignFor{}).ThenRefused("handlers_missing");
  spec.When(SignFor{{ActorId("han"), ActorId("han")}}).ThenRefused("handlers_missing");
  spec.When(SignFor{{ActorId("legal")}}).ThenRefused("handler_unknown");
  const SignFor sign{{ActorId("han")}};
  spec.As("other_clerk").When(sign).ThenRefused("unit_not_competent");
  spec.As("clerk").When(sign).ThenHappens(EntrySignedFor{{ActorId("han")}, UnitId("bureau")});
  EXPECT_EQ(spec.State(), "signed_for");
}

TEST(RegistrationIntake, WhatIsMissingIsAskedForOnceAndAtOnce) {
  Spec spec = In("signed_for");
  spec.As("clerk").When(RequestCorrection{{}, 5}).ThenRefused("correction_items_missing");
  auto request = SampleCorrection();
  for (const std::int64_t limit : {0, 61}) {
    request.limit_workdays = limit;
    spec.When(request).ThenRefused("correction_limit_out_of_range");
  }
  for (const std::int64_t limit : {1, 60}) {
    request.limit_workdays = limit;
    spec.When(request).Then(CorrectionWasRequested{request});
  }
  request = SampleCorrection();
  spec.When(request).ThenHappens(CorrectionWasRequested{request});
  const SupplyCorrection supply{{Paper("规划许可证.pdf")}};
  spec.As("rival").When(supply).ThenRefused("actor_not_applicant");
  spec.As("clerk").When(supply).Then(CorrectionSupplied{supply});
  spec.As("tenderer").When(supply).ThenHappens(CorrectionSupplied{supply});
  EXPECT_EQ(spec.State(), "signed_for");
  spec.As("clerk").When(request).ThenRefused("correction_already_requested");
}

TEST(RegistrationIntake, WhatIsStillIncompleteIsReturnedWithReasons) {
  const ReturnIncomplete back{PersonalText("规划许可证仍未提供")};
  Spec spec = In("signed_for");
  spec.As("clerk").When(back).ThenRefused("correction_not_requested");
  Spec corrected = In("correction_requested");
  corrected.At("2024-09-23").As("tenderer").Given(CorrectionSupplied{{}});
  corrected.As("clerk").When(back).ThenHappens(EntryReturned{back});
  EXPECT_EQ(corrected.State(), "returned");
}

// Shows A031.
TEST(RegistrationIntake, OnlyACompleteFileIsAccepted) {
  Spec spec = In("signed_for");
  auto accept = SampleAcceptance();
  accept.items_found = {"立项批复"};
  spec.As("clerk").When(accept).ThenRefused("file_incomplete");
  spec.When(SampleAcceptance()).ThenHappens(SampleAccepted("2024-09-13"));
  EXPECT_EQ(spec.State(), "accepted");
}

TEST(RegistrationIntake, APromiseIsNotLongerThanWhatIsPrescribed) {
  Spec spec = In("signed_for");
  spec.As("clerk");
  auto accept = SampleAcceptance();
  const auto refused = [&](std::optional<std::int64_t> prescribed,
                           std::optional<std::int64_t> promised) {
    accept.prescribed_workdays = prescribed;
    accept.promised_workdays = promised;
    spec.When(accept).ThenRefused("limits_out_of_order");
  };
  const auto taken = [&](std::optional<std::int64_t> prescribed,
                         std::optional<std::int64_t> promised) {
    accept.prescribed_workdays = prescribed;
    accept.promised_workdays = promised;
    const std::optional<Date> from = promised ? std::optional(On("2024-09-13")) : std::nullopt;
    spec.When(accept).Then(EntryAccepted{On("2024-09-13"), false, prescribed, promised, from});
  };
  refused(std::nullopt, 16);
  refused(7, 8);
  refused(0, std::nullopt);
  refused(366, std::nullopt);
  refused(std::nullopt, 0);
  taken(std::nullopt, 15);
  taken(7, 7);
  taken(365, 1);
  taken(std::nullopt, std::nullopt);
}

TEST(RegistrationIntake, AnApplicantMayWithdrawUntilTheReview) {
  const Withdraw withdraw{PersonalText("项目暂缓")};
  for (const char* state : {"submitted", "signed_for", "correction_requested", "accepted"}) {
    SCOPED_TRACE(state);
    Spec spec = In(state);
    spec.As("rival").When(withdraw).ThenRefused("actor_not_applicant");
    spec.As("tenderer").When(withdraw).ThenHappens(EntryWithdrawn{withdraw});
    EXPECT_EQ(spec.State(), "withdrawn");
    for (const auto& clock : spec.Model().Clocks().All()) EXPECT_FALSE(clock.IsOpen());
  }
  In("under_review").As("tenderer").When(withdraw).ThenRefused("command_not_allowed_in_state");
}

// Shows A061.
TEST(RegistrationReview, TheReviewIsDoneByChecklistAndOpinion) {
  for (const char* state : {"accepted", "under_review", "update_pending"}) {
    SCOPED_TRACE(state);
    Spec spec = In(state);
    spec.As("wu").When(SampleReview()).ThenRefused("actor_not_handler");
    spec.As("lin").When(Review{{}, PersonalText("同意")}).ThenRefused("checks_missing");
    spec.When(SampleReview()).ThenHappens(EntryReviewed{SampleReview()});
    const bool update = std::string_view(state) == "update_pending";
    EXPECT_EQ(spec.State(), update ? "update_pending" : "under_review");
  }
}

TEST(RegistrationReview, NothingIsRegisteredThatDidNotPassEveryPoint) {
  const Register entry{"QC-2024-001"};
  Spec spec = In("under_review");
  spec.As("han").Given(EntryReviewed{SampleReview(false)});
  spec.As("head").When(entry).ThenRefused("review_not_passed");
  spec.As("han").Given(EntryReviewed{SampleReview()});
  spec.As("head").When(entry).ThenHappens(EntryRegistered{entry, 1});
  EXPECT_EQ(spec.State(), "registered");
  EXPECT_EQ(spec.Model().Summary().outcome, "registered");
}

TEST(RegistrationReview, WhoeverReviewedItDoesNotDecideOnIt) {
  Spec spec = In("accepted");
  spec.Actor({ActorId("han"), UnitId("bureau"), {Role::kHandler, Role::kHead}});
  spec.As("han").Given(EntryReviewed{SampleReview()});
  spec.When(Register{"QC-2024-001"}).ThenRefused("separation_of_duties");
  spec.When(Refuse{PersonalText("不符"), "可申请行政复议"}).ThenRefused("separation_of_duties");
}

TEST(RegistrationReview, ARefusalGivesReasonsAndTellsTheRemedies) {
  const Refuse refuse{PersonalText("不符合登记条件"), "六十日内可申请行政复议"};
  for (const char* state : {"under_review", "update_pending"}) {
    SCOPED_TRACE(state);
    Spec spec = In(state);
    spec.As("head").When(Refuse{refuse.reasons, ""}).ThenRefused("invalid_fields");
    spec.When(Refuse{PersonalText(""), refuse.remedies}).ThenRefused("invalid_fields");
    if (spec.State() == "under_review") spec.When(refuse).ThenHappens(EntryRefused{refuse});
    else spec.When(refuse).ThenHappens(UpdateRefused{refuse});
  }
}

// Shows A033.
TEST(RegistrationUpdate, EachUpdateIsAVersionAndARefusedOneLeavesTheEntryAsItWas) {
  Spec spec = In("registered");
  const RequestUpdate update{PersonalText("建筑面积调整"), {Paper("变更说明.pdf")}};
  const UpdateRequested requested{update, std::nullopt, 10, On("2024-09-20")};
  spec.As("rival").When(update).ThenRefused("actor_not_applicant");
  spec.As("wu").When(update).ThenRefused("actor_not_handler");
  spec.As("han").When(update).Then(requested);
  spec.As("tenderer").When(update).ThenHappens(requested);
  spec.As("head").When(Register{"QC-2024-001"}).ThenRefused("review_not_passed");
  spec.As("han").Given(EntryReviewed{SampleReview()});
  spec.As("head").When(Register{"QC-2024-001"});
  spec.ThenHappens(EntryRegistered{{"QC-2024-001"}, 2});

  spec.As("tenderer").Given(requested);
  const Refuse refuse{PersonalText("无批准文件"), "六十日内可申请行政复议"};
  spec.As("head").When(refuse).ThenHappens(UpdateRefused{refuse});
  EXPECT_EQ(spec.State(), "registered");
  EXPECT_EQ(spec.Model().Facts().at("version"), 2);
  EXPECT_EQ(spec.Model().Summary().outcome, "registered");
}

TEST(RegistrationUpdate, AnEntryIsCancelledWithItsReason) {
  Spec spec = In("registered");
  const Cancel cancel{PersonalText("项目终止")};
  spec.As("head").When(cancel).ThenHappens(EntryCancelled{cancel});
  EXPECT_EQ(spec.State(), "cancelled");
}

TEST(RegistrationHandlers, WhoeverIsRecusedNoLongerActs) {
  const auto assign = SampleAssignment();
  const HandlersAssigned assigned{assign, UnitId("bureau")};
  for (const char* state :
       {"signed_for", "accepted", "under_review", "registered", "update_pending"}) {
    SCOPED_TRACE(state);
    Spec spec = In(state);
    spec.As("clerk");
    spec.When(AssignHandlers{{}, {}, assign.reason}).ThenRefused("handlers_missing");
    spec.When(AssignHandlers{{ActorId("legal")}, {}, assign.reason}).ThenRefused("handler_unknown");
    spec.When(AssignHandlers{{ActorId("han")}, {ActorId("han")}, assign.reason});
    spec.ThenRefused("handler_recused");
    spec.As("head").When(assign).ThenHappens(assigned);
    EXPECT_EQ(spec.State(), state);
    spec.When(AssignHandlers{{ActorId("han")}, {}, assign.reason}).ThenRefused("handler_recused");
  }
  Spec spec = In("accepted");
  spec.As("clerk").Given(assigned);
  spec.As("han").When(SampleReview()).ThenRefused("actor_recused");
  spec.As("wu").When(SampleReview()).Then(EntryReviewed{SampleReview()});
}

TEST(RegistrationSummary, ListsSeeNoPersonalData) {
  const auto summary = In("accepted").Model().Summary();
  EXPECT_EQ(summary.title, "报建 青川市档案馆工程");
  EXPECT_EQ(summary.region, RegionCode("330482"));
  EXPECT_EQ(summary.industry, Industry::kConstruction);
  EXPECT_EQ(summary.unit, UnitId("bureau"));
  EXPECT_EQ(summary.handlers, (std::vector<ActorId>{ActorId("han"), ActorId("lin")}));
  EXPECT_EQ(summary.received_on, On("2024-09-12"));
  EXPECT_EQ(summary.outcome, "");
}

TEST(RegistrationHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace
}  // namespace docket::registration
