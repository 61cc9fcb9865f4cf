// Reading the archive: consent before query or copy, and the tenderer's own download.
#include "workflows/archive/archive_test_samples.hpp"

namespace docket::archive {

namespace {

using namespace samples;

ConsentRequested Requested(std::string account, std::string consent = "1") {
  auto request = kRequest;
  request.account = ActorId(std::move(account));
  return {request, std::move(consent)};
}
const ReviewConsent kReview{"1", PersonalText("属利害关系人，建议同意")};
const RefuseConsent kRefuse{"1", PersonalText("涉及商业秘密")};
const RevokeConsent kRevoke{"1", PersonalText("超范围使用")};
const UseConsent kUse{"1", Right::kQuery, {"3"}};

struct ArchiveReadingTest : FileTest {
  /// On 3 August 2020: asked for by the portal, then, as far as that, reviewed and granted.
  Spec& With(ConsentState until, std::string_view state = "archived") {
    In(state).At("2020-08-03").As("portal").Given(Requested("portal"));
    if (until == ConsentState::kRequested) return spec;
    spec.As("han").Given(ConsentReviewed{kReview});
    if (until == ConsentState::kReviewed) return spec;
    spec.As("head").Given(ConsentGranted{kGrant});
    return spec;
  }
};

// Shows A141.
TEST_F(ArchiveReadingTest, WhoeverWantsToReadAsksForOneselfAndIntakeForWhoeverCame) {
  for (const auto& state : kKeptStates) {
    In(state).At("2020-08-03").As("portal").When(kRequest).Then(Requested("portal"));
    auto request = kRequest;
    request.account = ActorId("portal_2");
    spec.When(request).ThenRefused("consent_for_another");
    spec.As("clerk").When(request).Then(Requested("portal_2"));
    request = kRequest;
    request.items = {"1", "4"};
    spec.As("operator").When(request).ThenRefused("item_unknown");
    spec.When(kRequest).ThenHappens(Requested("operator"));
    spec.As("tenderer").When(kRequest).ThenHappens(Requested("tenderer", "2"));
  }
}

// Shows A141.
TEST_F(ArchiveReadingTest, TheDepartmentReviewsAndItsHeadDecides) {
  for (const auto& state : kKeptStates) {
    With(ConsentState::kRequested, state)
        .As("head")
        .When(kGrant)
        .ThenRefused("consent_not_reviewed");
    spec.When(kRefuse).ThenRefused("consent_not_reviewed");
    spec.As("han").When(ReviewConsent{"2", kReview.opinion}).ThenRefused("consent_not_pending");
    spec.When(kReview).ThenHappens(ConsentReviewed{kReview});
    spec.When(kReview).ThenRefused("consent_not_pending");
    spec.As("head").When(kRefuse).Then(ConsentRefused{kRefuse});
    spec.When(kGrant).ThenHappens(ConsentGranted{kGrant});
    spec.When(kGrant).ThenRefused("consent_not_reviewed");
  }
}

// Shows A106, A141.
TEST_F(ArchiveReadingTest, NeitherCentreNorOperatorConsents) {
  With(ConsentState::kReviewed);
  for (const char* other : {"centre", "operator", "provider", "office", "clerk", "han"}) {
    spec.As(other).When(kGrant).ThenRefused("role_not_permitted");
    spec.As(other).When(kRefuse).ThenRefused("role_not_permitted");
  }
  spec.Actor({ActorId("other_head"), UnitId("other_bureau"), {Role::kHead}});
  spec.As("other_head").When(kGrant).ThenRefused("unit_not_competent");
}

TEST_F(ArchiveReadingTest, ConsentIsForADayToComeAndNotForMoreThanWasAskedFor) {
  for (const auto& state : kKeptStates) {
    With(ConsentState::kReviewed, state).As("head");
    auto grant = kGrant;
    grant.until = On("2020-08-02");
    spec.When(grant).ThenRefused("consent_ends_in_past");
    grant.until = On("2020-08-03");
    spec.When(grant).Then(ConsentGranted{grant});
    grant.items = {"2"};
    spec.When(grant).ThenRefused("consent_exceeds_request");
    grant.items = {};
    spec.When(grant).Then(ConsentGranted{grant});
  }
  auto whole = Requested("portal");
  whole.items = {};
  In("archived").At("2020-08-03").As("portal").Given(whole);
  spec.As("han").Given(ConsentReviewed{kReview});
  spec.As("head").When(kGrant).Then(ConsentGranted{kGrant});
  auto grant = kGrant;
  grant.items = {"4"};
  spec.When(grant).ThenRefused("consent_exceeds_request");
}

// Shows A106, A141.
TEST_F(ArchiveReadingTest, EveryReadingNamesAConsentInForceThatReachesIt) {
  for (const auto& state : kKeptStates) {
    With(ConsentState::kReviewed, state)
        .As("portal")
        .When(kUse)
        .ThenRefused("consent_not_in_force");
    spec.As("head").Given(ConsentGranted{kGrant});
    auto use = kUse;
    use.consent = "2";
    spec.As("portal").When(use).ThenRefused("consent_not_in_force");
    use = kUse;
    use.right = Right::kCopy;
    spec.When(use).ThenRefused("right_not_given");
    use = kUse;
    for (const auto& items : std::vector<std::vector<std::string>>{{}, {"1"}, {"3", "4"}}) {
      use.items = items;
      spec.When(use).ThenRefused("items_outside_consent");
    }
    for (const char* other : {"portal_2", "operator", "centre", "han"}) {
      spec.As(other).When(kUse).ThenRefused("consent_of_another");
    }
    spec.As("clerk").When(kUse).Then(ConsentUsed{kUse});
    spec.As("portal").When(kUse).ThenHappens(ConsentUsed{kUse});
    spec.When(kUse).ThenHappens(ConsentUsed{kUse});
    EXPECT_EQ(spec.Model().Facts().at("consents").at(0).at("uses"), 2);
  }
}

TEST_F(ArchiveReadingTest, AConsentOfTheWholeFileReachesWhatIsThere) {
  auto whole = Requested("portal");
  whole.items = {};
  auto grant = kGrant;
  grant.items = {};
  In("archived").At("2020-08-03").As("portal").Given(whole);
  spec.As("head").Given(ConsentGranted{grant});
  spec.As("portal").When(UseConsent{"1", Right::kQuery, {"2", "3"}});
  spec.Then(ConsentUsed{{"1", Right::kQuery, {"2", "3"}}});
  for (const char* no_item : {"4", "0", "x", "1x"}) {
    spec.When(UseConsent{"1", Right::kQuery, {no_item}}).ThenRefused("items_outside_consent");
  }
}

TEST_F(ArchiveReadingTest, AConsentIsRevokedByTheDepartment) {
  for (const auto& state : kKeptStates) {
    With(ConsentState::kReviewed, state)
        .As("head")
        .When(kRevoke)
        .ThenRefused("consent_not_in_force");
    spec.Given(ConsentGranted{kGrant}).When(kRevoke).ThenHappens(ConsentRevoked{kRevoke});
    EXPECT_EQ(Clock("consent_validity:1"), "2020-08-14 cancelled");
    spec.As("portal").When(kUse).ThenRefused("consent_not_in_force");
  }
}

TEST_F(ArchiveReadingTest, AConsentEndsWithItsLastDay) {
  With(ConsentState::kGranted).At("2020-08-14T23:59:59+08:00").As("portal");
  spec.When(kUse).Then(ConsentUsed{kUse});
  spec.At("2020-08-15").When(kUse).ThenRefused("consent_not_in_force");
  spec.TimePasses();
  EXPECT_EQ(spec.Model().Facts().at("consents").at(0).at("state"), "expired");
  for (const auto& state : kOpenStates) {
    In(state).At("2036-02-01").As("portal").Given(Requested("portal"));
    auto grant = kGrant;
    grant.until = On("2036-02-05");
    spec.As("head").Given(ConsentGranted{grant});
    spec.As("clock").When(ExpireConsent{"1"}).ThenHappens(ConsentExpired{{"1"}});
    EXPECT_EQ(spec.State(), state);
  }
}

TEST_F(ArchiveReadingTest, ARequestIsDecidedWithinTheOfficesOwnPeriod) {
  With(ConsentState::kReviewed);
  // Ten working days after Monday 3 August 2020.
  EXPECT_EQ(Clock("consent_decide:1"), "2020-08-17");
  spec.As("portal_2").Given(Requested("portal_2", "2"));
  spec.At("2020-08-12").TimePasses();
  EXPECT_EQ(spec.TimeFacts(), (std::vector<std::string>{"approaching consent_decide:1",
                                                        "approaching consent_decide:2"}));
  spec.As("head").Given(ConsentGranted{kGrant});
  EXPECT_EQ(Clock("consent_decide:1"), "2020-08-17 met");
  EXPECT_EQ(Clock("consent_decide:2"), "2020-08-17");
}

// Shows A142.
TEST_F(ArchiveReadingTest, AfterTheAwardNoticeTheTendererTakesAllBidsWithoutConsent) {
  const RecordAwardNotice notice{On("2020-08-03"), ActorId("tenderer")};
  const RecordDownload download{{"1"}};
  spec.Actor({ActorId("another"), UnitId("public"), {Role::kTenderer}});
  for (const auto& state : kKeptStates) {
    In(state).At("2020-08-03").As("tenderer").When(download).ThenRefused("award_notice_missing");
    spec.As("process_manager").When(RecordAwardNotice{On("2020-08-04"), ActorId("tenderer")});
    spec.ThenRefused("award_notice_in_future");
    spec.When(notice).ThenHappens(AwardNoticeRecorded{notice});
    spec.As("another").When(download).ThenRefused("not_the_tenderer");
    spec.As("tenderer").When(download).ThenHappens(BidsDownloaded{download});
    EXPECT_EQ(spec.Model().Facts().at("downloads"), 1);
    for (const auto& items : std::vector<std::vector<std::string>>{{}, {"3"}, {"1", "2"}, {"4"}}) {
      spec.When(RecordDownload{items}).ThenRefused("items_not_bids");
    }
  }
}

}  // namespace
}  // namespace docket::archive
