// The clocks of a registration at their edges: Mid-Autumn 2024 is off from 15 to 17 September,
// with Saturday the 14th made up; National Day from 1 to 7 October, with Sunday 29 September and
// Saturday 12 October made up.
#include "workflows/engine/rulebook.hpp"
#include "workflows/engine/rules_text.hpp"
#include "workflows/registration/registration_test_samples.hpp"

namespace docket::registration {
namespace {

using docket::testing::Spec;

const CaseClock& ClockOf(const Spec& spec, std::string_view clock) {
  const CaseClock* found = spec.Model().Clocks().Find(clock);
  EXPECT_NE(found, nullptr) << clock;
  static const CaseClock none{};
  return found == nullptr ? none : *found;
}

const Rulebook& RulesWithDeemedAcceptance() {
  static const Rulebook rules = [] {
    Json text = Json::parse(RulesText("registration"));
    for (auto& option : text.at("options")) option["enabled"] = true;
    return *Rulebook::Parse(text.dump());
  }();
  return rules;
}

/// Signed for and accepted on Friday, the day before a make-up Sunday is counted.
Spec AcceptedBeforeNationalDay(std::optional<std::int64_t> promised) {
  Spec spec = In("signed_for");
  auto accept = SampleAcceptance();
  accept.promised_workdays = promised;
  spec.At("2024-09-27").As("clerk").When(accept).Happens();
  return spec;
}

TEST(RegistrationClocks, FiveWorkingDaysToAcceptOrAskRunFromReceipt) {
  Spec spec = In("signed_for");
  EXPECT_EQ(ClockOf(spec, "registration_accept").due_date, On("2024-09-20"));
  Spec late = spec;
  spec.At("2024-09-20T23:59:59+08:00").As("clerk").When(SampleCorrection()).Happens();
  EXPECT_EQ(ClockOf(spec, "registration_accept").state, ClockState::kMet);
  late.At("2024-09-21").TimePasses();
  EXPECT_EQ(ClockOf(late, "registration_accept").state, ClockState::kLapsed);
  EXPECT_EQ(late.State(), "signed_for");
  late.As("clerk").When(SampleAcceptance()).Happens();
  EXPECT_EQ(ClockOf(late, "registration_accept").state, ClockState::kEndedLate);
}

TEST(RegistrationClocks, ACorrectionRestartsThemAndHasTheLimitOfItsNotice) {
  Spec spec = In("correction_requested");
  const SupplyCorrection supply{{Paper("规划许可证.pdf")}};
  const ReturnIncomplete back{PersonalText("逾期未补正")};
  EXPECT_EQ(ClockOf(spec, "registration_correction").due_date, On("2024-09-24"));
  Spec in_time = spec;
  in_time.At("2024-09-24T23:59:59+08:00").As("clerk").When(back);
  in_time.ThenRefused("correction_limit_running");
  in_time.As("tenderer").When(supply).Happens();
  EXPECT_EQ(ClockOf(in_time, "registration_correction").state, ClockState::kMet);
  EXPECT_EQ(ClockOf(in_time, "registration_accept").clock, "registration_accept#2");
  EXPECT_EQ(ClockOf(in_time, "registration_accept").due_date, On("2024-09-30"));

  spec.At("2024-09-25").TimePasses();
  EXPECT_EQ(ClockOf(spec, "registration_correction").state, ClockState::kExpired);
  EXPECT_EQ(spec.State(), "correction_requested");
  spec.As("tenderer").When(supply).ThenRefused("correction_limit_over");
  spec.As("clerk").When(back).ThenHappens(EntryReturned{back});
  EXPECT_EQ(spec.State(), "returned");
}

// Shows A032.
TEST(RegistrationClocks, ThePrescribedAndThePromisedLimitRunApartFromAcceptance) {
  Spec spec = AcceptedBeforeNationalDay(5);
  EXPECT_EQ(ClockOf(spec, "registration_handle").due_date, On("2024-10-23"));
  EXPECT_EQ(ClockOf(spec, "registration_handle").kind, ClockKind::kStatutory);
  EXPECT_EQ(ClockOf(spec, "registration_promise").due_date, On("2024-10-10"));
  EXPECT_EQ(ClockOf(spec, "registration_promise").kind, ClockKind::kPromised);
  spec.At("2024-10-11").TimePasses();
  EXPECT_EQ(ClockOf(spec, "registration_promise").state, ClockState::kLapsed);
  EXPECT_EQ(ClockOf(spec, "registration_handle").state, ClockState::kRunning);
  spec.As("han").When(SampleReview()).Happens();
  spec.At("2024-10-23T23:59:59+08:00").As("head").When(Register{"QC-2024-002"}).Happens();
  EXPECT_EQ(ClockOf(spec, "registration_promise").state, ClockState::kEndedLate);
  EXPECT_EQ(ClockOf(spec, "registration_handle").state, ClockState::kMet);
}

TEST(RegistrationClocks, WithoutAPromiseOnlyThePrescribedLimitRuns) {
  Spec spec = AcceptedBeforeNationalDay(std::nullopt);
  EXPECT_EQ(spec.Model().Clocks().Find("registration_promise"), nullptr);
  spec.At("2024-10-24").TimePasses();
  EXPECT_EQ(ClockOf(spec, "registration_handle").state, ClockState::kLapsed);
  EXPECT_EQ(spec.State(), "accepted");
}

TEST(RegistrationClocks, AnItemMayHaveAPrescribedLimitOfItsOwn) {
  Spec spec = In("signed_for");
  spec.At("2024-09-27").As("clerk").When(Accept{SampleAcceptance().items_found, 7, 5}).Happens();
  EXPECT_EQ(ClockOf(spec, "registration_handle").due_date, On("2024-10-12"));
}

TEST(RegistrationClocks, AnUpdateRunsUnderTheLimitsOfItsEntry) {
  Spec spec = In("registered");
  spec.At("2024-09-27").As("tenderer").When(RequestUpdate{PersonalText("更名"), {}}).Happens();
  EXPECT_EQ(ClockOf(spec, "registration_handle").clock, "registration_handle#2");
  EXPECT_EQ(ClockOf(spec, "registration_handle").due_date, On("2024-10-23"));
  EXPECT_EQ(ClockOf(spec, "registration_promise").due_date, On("2024-10-16"));
  const Refuse refuse{PersonalText("无批准文件"), "六十日内可申请行政复议"};
  spec.At("2024-10-16").As("head").When(refuse).Happens();
  EXPECT_EQ(ClockOf(spec, "registration_handle").state, ClockState::kMet);
  EXPECT_EQ(ClockOf(spec, "registration_promise").state, ClockState::kMet);
}

TEST(RegistrationClocks, DeemedAcceptanceNeedsTheOptionAndCountsFromReceipt) {
  const EntryAccepted deemed{On("2024-09-12"), true, std::nullopt, std::nullopt, std::nullopt};
  for (const char* state : {"submitted", "signed_for"}) {
    SCOPED_TRACE(state);
    Spec spec = In(state);
    spec.As("clock").When(DeemAccept{}).ThenRefused("deemed_acceptance_disabled");
    spec.Rules(RulesWithDeemedAcceptance()).When(DeemAccept{}).Then(deemed);
    spec.At("2024-09-20T23:59:59+08:00").TimePasses();
    EXPECT_EQ(spec.State(), state);
    spec.At("2024-09-21").TimePasses();
    EXPECT_EQ(spec.State(), "accepted");
    EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"deemed_accepted"});
    EXPECT_EQ(ClockOf(spec, "registration_handle").due_date, On("2024-10-10"));
  }
}

TEST(RegistrationClocks, WhatWasDeemedAcceptedUnreadGetsItsOfficersAfterwards) {
  Spec spec = In("submitted");
  spec.Rules(RulesWithDeemedAcceptance()).At("2024-09-21").TimePasses();
  const AssignHandlers assign{{ActorId("han")}, {}, PersonalText("视为受理后指定")};
  spec.As("clerk").When(assign).ThenHappens(HandlersAssigned{assign, UnitId("bureau")});
  spec.As("han").When(SampleReview()).Happens();
  EXPECT_EQ(spec.State(), "under_review");
  EXPECT_EQ(spec.Model().Summary().unit, UnitId("bureau"));
}

}  // namespace
}  // namespace docket::registration
