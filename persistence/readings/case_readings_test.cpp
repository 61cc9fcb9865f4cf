// Who reads a case, as the case itself records it: on a real store, with its read model.
#include "persistence/readings/case_readings.hpp"

#include <gtest/gtest.h>

#include "tests/support/office_fixture.hpp"

namespace docket {
namespace {

const ReadingDecider kHead{ActorId("head"), UnitId("bureau")};

class CaseReadingsTest : public ::testing::Test {
 protected:
  CaseReadingsTest() : case_id_(office_.Lodge("350000", "某桥梁工程")) {
    const auto signed_for =
        office_.Execute("clerk", case_id_, "sign_for", {{"handlers", {"han", "lin"}}});
    EXPECT_TRUE(signed_for.has_value());
  }

  CaseSummary Summary() { return (*office_.engine.Load(case_id_))->Summary(); }
  CaseSummary Listed() {
    office_.Project();
    return office_.views.ListCases({}).rows.at(0).summary;
  }
  CaseReadings::ConsentWish Wish() const {
    CaseReadings::ConsentWish wish;
    wish.rights = {reading::Right::kQuery};
    wish.account = ActorId("lin");
    wish.until = office_.log.clock.Now().ChinaDate();
    wish.purpose = "核查线索";
    wish.document = {DocumentDigest("sha256:" + std::string(64, 'a')), PersonalText("函.pdf")};
    return wish;
  }

  testing::Office office_;
  StreamId case_id_;
  CaseReadings readings_{{office_.log.Log(), office_.keys, office_.engine}};
};

TEST_F(CaseReadingsTest, TheCaseAndItsListNameTheReaders) {
  EXPECT_FALSE(Summary().readers);
  const auto at = readings_.Restrict(case_id_, {{ActorId("han")}, "涉及商业秘密"}, kHead);
  ASSERT_TRUE(at.has_value());
  for (const CaseSummary& summary : {Summary(), Listed()}) {
    EXPECT_EQ(summary.readers, std::vector<ActorId>{ActorId("han")});
    EXPECT_EQ(summary.confidentiality, Confidentiality::kRestricted);
  }
  const auto events = office_.log.Log().ReadLog(LogId::kCases, Position{at->value - 1}, 1);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].type, "reading.restricted");
  EXPECT_EQ(events[0].confidentiality, Confidentiality::kRestricted);
  EXPECT_EQ(events[0].data.find("秘密"), std::string::npos) << "the reason is sealed";
  ASSERT_TRUE(readings_.LiftRestriction(case_id_, "已公开", kHead).has_value());
  for (const CaseSummary& summary : {Summary(), Listed()}) {
    EXPECT_FALSE(summary.readers);
    EXPECT_EQ(summary.confidentiality, Confidentiality::kOrdinary);
  }
  EXPECT_EQ(readings_.LiftRestriction(case_id_, "再次", kHead).error().code, "not_restricted");
}

TEST_F(CaseReadingsTest, NobodyElseThanAccountsOfTheUnitIsNamed) {
  const auto wrong =
      readings_.Restrict(case_id_, {{ActorId("han"), ActorId("stranger")}, "理由"}, kHead);
  ASSERT_FALSE(wrong.has_value());
  ASSERT_EQ(wrong.error().fields.size(), 1U);
  EXPECT_EQ(wrong.error().fields[0].pointer, "/readers/1");
  EXPECT_FALSE(Summary().readers);
}

TEST_F(CaseReadingsTest, AConsentIsAFactOfTheCaseUntilItIsRevokedOrOver) {
  const auto given = readings_.GiveConsent(case_id_, Wish(), kHead);
  ASSERT_TRUE(given.has_value());
  const auto model = office_.engine.Load(case_id_);
  const auto* consent = (*model)->ReadingRecord().Find(*given);
  ASSERT_NE(consent, nullptr);
  const Actor lin{ActorId("lin"), UnitId("bureau"), {Role::kHandler}};
  const Actor han{ActorId("han"), UnitId("bureau"), {Role::kHandler}};
  EXPECT_TRUE(consent->IsFor(lin, consent->until)) << "its last day";
  EXPECT_FALSE(consent->IsFor(lin, consent->until + 1));
  EXPECT_FALSE(consent->IsFor(han, consent->until));
  EXPECT_TRUE(consent->Gives(reading::Right::kQuery));
  EXPECT_FALSE(consent->Gives(reading::Right::kCopy));
  ASSERT_TRUE(readings_.RevokeConsent(case_id_, *given, "核查完毕", kHead).has_value());
  EXPECT_EQ((*office_.engine.Load(case_id_))->ReadingRecord().Find(*given), nullptr);
  EXPECT_EQ(readings_.RevokeConsent(case_id_, *given, "再次", kHead).error().code,
            "unknown_consent");
}

TEST_F(CaseReadingsTest, WhatIsNoConsentIsRefused) {
  const auto code = [&](const auto& change) {
    auto wish = Wish();
    change(wish);
    const auto given = readings_.GiveConsent(case_id_, wish, kHead);
    return given ? std::string() : given.error().code;
  };
  EXPECT_EQ(code([](auto& wish) { wish.rights.clear(); }), "rights_missing");
  EXPECT_EQ(code([](auto& wish) { wish.unit = UnitId("bureau"); }), "consent_for_one");
  EXPECT_EQ(code([](auto& wish) { wish.until = wish.until + -1; }), "consent_over");
  EXPECT_EQ(code([](auto& wish) { wish.account = ActorId("nobody"); }), "consentee_unknown");
  EXPECT_EQ(code([](auto&) {}), "");
}

}  // namespace
}  // namespace docket
