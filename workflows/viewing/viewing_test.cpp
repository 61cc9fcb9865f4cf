// Viewing: who may watch a trade, what of it, when, and what is kept of it.
#include "workflows/viewing/viewing.hpp"

#include "tests/support/spec.hpp"

namespace docket::viewing {

const Workflow& Definition();

namespace {

using docket::testing::Spec;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

Date On(std::string_view text) { return *Date::Parse(text); }
Instant AtTime(std::string_view text) { return *Instant::Parse(text); }

const DocumentRef kProof{DocumentDigest("sha256:" + std::string(64, 'a')),
                         PersonalText("投标回执.pdf")};
const ApplyToWatch kApply{RegionCode("330482"),
                          Industry::kConstruction,
                          ProjectCode("A4101001234567890123"),
                          "某道路工程",
                          UnitId("bureau"),
                          {PersonalText("甲公司"), std::nullopt, PersonalText("13800000000")},
                          Capacity::kInterestedPerson,
                          PersonalText("潜在投标人"),
                          {kProof},
                          {View::kOpening, View::kEvaluation, View::kDraw, View::kExperts}};
const CheckEligibility kEligible{true, PersonalText("系投标人")};
const Grant kGrant{AtTime("2024-08-14T09:00:00+08:00"),
                   AtTime("2024-08-14T12:00:00+08:00"),
                   "signal-7",
                   {View::kOpening}};
const Refuse kRefuse{PersonalText("与该交易无利害关系")};
const Revoke kRevoke{PersonalText("转播")};

struct ViewingTest : ::testing::Test {
  Spec spec{Definition()};

  Spec& In(std::string_view state, bool eligible = true) {
    spec.Fresh().At("2024-08-12").As("portal").Given(ViewingApplied{kApply});
    if (state == Applied::kName) return spec;
    spec.As("clerk").Given(EligibilityWasChecked{{eligible, kEligible.findings}});
    if (state == EligibilityChecked::kName) return spec;
    spec.As("head").Given(ViewingGranted{kGrant});
    if (state == Granted::kName) return spec;
    spec.At("2024-08-14T09:30:00+08:00").As("portal").Given(WatchingStarted{});
    EXPECT_EQ(spec.State(), state);
    return spec;
  }
};

// Shows A145.
TEST_F(ViewingTest, AnApplicantIsCheckedAndWatchesInTheWindow) {
  spec.At("2024-08-12").As("portal").When(kApply).ThenHappens(ViewingApplied{kApply});
  spec.As("clerk").When(kEligible).ThenHappens(EligibilityWasChecked{kEligible});
  spec.As("head").When(kGrant).ThenHappens(ViewingGranted{kGrant});
  spec.At("2024-08-14T08:59:59+08:00")
      .As("portal")
      .When(StartWatching{})
      .ThenRefused("window_not_open");
  spec.At("2024-08-14T09:00:00+08:00").When(StartWatching{}).ThenHappens(WatchingStarted{});
  EXPECT_EQ(spec.State(), "watching");
  spec.At("2024-08-14T10:00:00+08:00").When(StopWatching{}).ThenHappens(WatchingStopped{});
  spec.At("2024-08-14T11:59:59+08:00").When(StartWatching{}).ThenHappens(WatchingStarted{});
  EXPECT_EQ(spec.Model().Facts().at("times_watched"), 2);
}

TEST_F(ViewingTest, AnApplicationSaysWhatItWantsAndWhy) {
  auto apply = kApply;
  apply.region = RegionCode("990000");
  spec.As("portal").When(apply).ThenRefused("region_unknown");
  apply = kApply;
  apply.views = {};
  spec.When(apply).ThenRefused("views_missing");
  apply = kApply;
  apply.proofs = {};
  spec.When(apply).ThenRefused("interest_not_proved");
  apply.capacity = Capacity::kParty;
  spec.As("tenderer").When(apply).Then(ViewingApplied{apply});
}

TEST_F(ViewingTest, ItIsTheProjectsDepartmentsToDecide) {
  spec.Actor({ActorId("elsewhere"), UnitId("other_bureau"), {Role::kHead}});
  In("eligibility_checked").As("elsewhere").When(kGrant).ThenRefused("unit_not_competent");
  spec.As("centre").When(kGrant).ThenRefused("role_not_permitted");
}

// Shows A145.
TEST_F(ViewingTest, OnlyPartiesAndInterestedPersonsAreGrantedOthersAreRefusedWithReasons) {
  In("eligibility_checked", false).As("head").When(kGrant).ThenRefused("applicant_not_eligible");
  spec.When(kRefuse).ThenHappens(ViewingRefused{kRefuse});
  EXPECT_EQ(spec.State(), "refused");
}

TEST_F(ViewingTest, AGrantIsForAWindowToComeAndNoMoreThanWasAskedFor) {
  auto grant = kGrant;
  grant.views = {};
  In("eligibility_checked").As("head").When(grant).ThenRefused("views_missing");
  grant.views = {View::kOpening, View::kResult};
  spec.When(grant).ThenRefused("views_exceed_application");
  grant = kGrant;
  grant.closes_at = grant.opens_at;
  spec.When(grant).ThenRefused("window_invalid");
  spec.At("2024-08-14T12:00:00+08:00").When(kGrant).ThenRefused("window_invalid");
  spec.At("2024-08-14T11:59:59+08:00").When(kGrant).Then(ViewingGranted{kGrant});
}

// Shows A145.
TEST_F(ViewingTest, WhatShowsTheExpertsIsNeverSeenBeforeTheAward) {
  const RecordAwardNotice notice{On("2024-08-13")};
  for (const auto view : {View::kExperts, View::kEvaluation, View::kDraw}) {
    auto grant = kGrant;
    grant.views = {View::kOpening, view};
    In("eligibility_checked").As("head").When(grant).ThenRefused("secret_before_award");
    spec.At("2024-08-13").As("centre").Given(AwardNoticeRecorded{notice});
    spec.As("head").When(grant).Then(ViewingGranted{grant});
  }
  for (const char* state : {"applied", "eligibility_checked"}) {
    In(state).As("process_manager").When(notice).ThenRefused("award_notice_in_future");
    spec.At("2024-08-13").When(notice).ThenHappens(AwardNoticeRecorded{notice});
    EXPECT_EQ(spec.State(), state);
  }
}

TEST_F(ViewingTest, OnlyWhoeverAppliedWatches) {
  In("granted")
      .At("2024-08-14T09:30:00+08:00")
      .As("portal_2")
      .When(StartWatching{})
      .ThenRefused("not_the_applicant");
  In("watching").As("portal_2").When(StopWatching{}).ThenRefused("not_the_applicant");
}

// Shows A145.
TEST_F(ViewingTest, TheWindowClosesByItselfAndNobodyWatchesAfterwards) {
  for (const char* state : {"granted", "watching"}) {
    In(state).At("2024-08-14T11:59:59+08:00").TimePasses();
    EXPECT_EQ(spec.State(), state);
    spec.At("2024-08-14T12:00:00+08:00").TimePasses();
    EXPECT_EQ(spec.State(), "ended");
    In(state).At("2024-08-14T12:00:00+08:00").As("clock").When(CloseWindow{});
    spec.Then(WindowClosed{});
  }
  In("granted")
      .At("2024-08-14T12:00:00+08:00")
      .As("portal")
      .When(StartWatching{})
      .ThenRefused("window_not_open");
}

TEST_F(ViewingTest, AGrantCanBeRevokedAtAnyTime) {
  for (const char* state : {"granted", "watching"}) {
    In(state).As("head").When(kRevoke).ThenHappens(ViewingRevoked{kRevoke});
    EXPECT_EQ(spec.State(), "revoked");
    EXPECT_EQ(spec.Model().Clocks().Find("viewing_window")->state, ClockState::kCancelled);
  }
}

TEST_F(ViewingTest, AnApplicationIsDecidedWithinTheOfficesOwnPeriod) {
  In("eligibility_checked");
  // Three working days after Monday 12 August 2024.
  EXPECT_EQ(spec.Model().Clocks().Find("viewing_decide")->due_date, On("2024-08-15"));
  spec.As("head").When(kRefuse).Happens();
  EXPECT_EQ(spec.Model().Clocks().Find("viewing_decide")->state, ClockState::kMet);
}

TEST(ViewingHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace
}  // namespace docket::viewing
