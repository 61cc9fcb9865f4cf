// Raising an objection: its kinds, its limits, what it suspends, and each refusal.
#include "workflows/objection/objection_test_samples.hpp"

namespace docket::objection {
namespace {

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

constexpr auto kNoDay = std::nullopt;

template <class Spoil>
Lodge Spoiled(Kind kind, const Spoil& spoil) {
  Lodge lodge = SampleLodge(kind);
  spoil(lodge);
  return lodge;
}

// Shows A073.
TEST_F(ObjectionTest, EachKindHasItsOwnLawOfSuspensionAndAnswer) {
  const Date today = Day("2024-08-12");
  const Date third = Day("2024-08-15");
  const Date seventh = Day("2024-08-21");
  const auto received = [&](Kind kind, const ObjectionReceived& expected) {
    const Lodge lodge = SampleLodge(kind);
    spec.Fresh().At("2024-08-12").As("portal").When(lodge);
    spec.ThenHappens(ObjectionLodged{lodge, false}, expected);
    const bool suspended = !spec.Model().Summary().flags.empty();
    EXPECT_EQ(suspended, expected.trade_suspended) << NameOf(kind);
  };
  const ObjectionReceived by_law{today, true, third, today, kNoDay, kNoDay, kNoDay, kNoDay};
  received(Kind::kPrequalificationDocuments, by_law);
  received(Kind::kTenderDocuments, by_law);
  received(Kind::kEvaluationResult, by_law);
  received(Kind::kBidOpening, {today, false, today, kNoDay, today, kNoDay, kNoDay, kNoDay});
  EXPECT_EQ(spec.Model().Summary().profile, "tendering");
  received(Kind::kInquiry, {today, false, third, kNoDay, kNoDay, today, kNoDay, kNoDay});
  received(Kind::kChallenge, {today, false, seventh, kNoDay, kNoDay, kNoDay, today, seventh});
  EXPECT_EQ(spec.Model().Summary().profile, "government_procurement");
}

TEST_F(ObjectionTest, AVoluntaryTenderIsNotBoundByItsEvaluationResult) {
  const auto lodge = Spoiled(Kind::kEvaluationResult, [](Lodge& c) {
    c.mandatory_tender = false;
    c.publicity_ends_on.reset();
  });
  spec.At("2024-08-12").As("portal").When(lodge).Happens();
  EXPECT_TRUE(spec.Model().Summary().flags.empty());
  EXPECT_EQ(spec.Model().Clocks().Find("objection_answer"), nullptr);
  spec.At("2024-12-02").As("school").When(AnswerOn("2024-12-02")).Happens();
  EXPECT_EQ(spec.State(), "answered");
  EXPECT_EQ(spec.Model().Clocks().Find("result_report"), nullptr);

  const auto documents =
      Spoiled(Kind::kTenderDocuments, [](Lodge& c) { c.mandatory_tender = false; });
  spec.Fresh().At("2024-08-12").As("portal").When(documents).Happens();
  EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"trade_suspended"});
}

// Shows A074.
TEST_F(ObjectionTest, EveryChannelLeadsToOneRegister) {
  for (const Channel channel :
       {Channel::kCounter, Channel::kPost, Channel::kEmail, Channel::kTransfer}) {
    const auto lodge =
        Spoiled(Kind::kTenderDocuments, [channel](Lodge& c) { c.channel = channel; });
    spec.Fresh().At("2024-08-12").As("clerk").When(lodge);
    spec.ThenHappens(ObjectionLodged{lodge, false});
    EXPECT_EQ(spec.State(), "lodged");
    EXPECT_EQ(spec.Model().Summary().unit, UnitId("bureau"));
    spec.As("rival").When(Receive{}).ThenRefused("actor_not_addressee");
    spec.As("far_clerk").When(Receive{}).ThenRefused("unit_not_competent");
    spec.At("2024-08-13").As("school").When(Receive{}).Happens();
    EXPECT_EQ(spec.State(), "received");
    EXPECT_EQ(spec.Model().Clocks().Find("objection_answer")->due_date, Day("2024-08-16"));
  }
}

TEST_F(ObjectionTest, WhatIsRaisedOnTheLastDayIsInTime) {
  const auto raised = [&](std::string_view day, bool late, const Lodge& lodge) {
    auto explained = lodge;
    explained.late_reason = PersonalText("公告期间平台停机");
    spec.Fresh().At(day).As("portal").When(explained).Happens();
    EXPECT_EQ(spec.Model().Facts().at("late"), late) << NameOf(lodge.kind) << " " << day;
    EXPECT_EQ(spec.State(), "received") << "late ones are answered, too";
    spec.Fresh().When(lodge);
    if (late) spec.ThenRefused("late_reason_missing");
    else spec.Happens();
  };
  // Counted back over the holidays, without any roll.
  auto lodge = SampleLodge(Kind::kTenderDocuments);
  lodge.bid_deadline_on = Day("2024-10-14");
  raised("2024-10-04", false, lodge);
  raised("2024-10-05", true, lodge);
  lodge = SampleLodge(Kind::kPrequalificationDocuments);
  raised("2024-08-18", false, lodge);
  raised("2024-08-19", true, lodge);
  raised("2024-08-12", false, SampleLodge(Kind::kBidOpening));
  raised("2024-08-13", true, SampleLodge(Kind::kBidOpening));
  raised("2024-08-13", false, SampleLodge(Kind::kEvaluationResult));
  raised("2024-08-14", true, SampleLodge(Kind::kEvaluationResult));
  // Seven working days with two Sundays and Saturdays made up for National Day.
  lodge = SampleLodge(Kind::kChallenge);
  lodge.known_on = Day("2024-09-27");
  raised("2024-10-12", false, lodge);
  raised("2024-10-14", true, lodge);
  lodge.posted_on = Day("2024-10-12");
  raised("2024-10-14", false, lodge);
  raised("2024-12-31", false, SampleLodge(Kind::kInquiry));
}

TEST_F(ObjectionTest, TheLimitOfRaisingIsOnTheFile) {
  auto lodge = SampleLodge(Kind::kChallenge);
  lodge.late_reason = PersonalText("不可抗力");
  spec.At("2024-08-21").As("portal").When(lodge).Happens();
  EXPECT_EQ(spec.Model().Clocks().Find("procurement_challenge")->state, ClockState::kEndedLate);
  EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"raised_late"});
  spec.Fresh().At("2024-08-20").When(lodge).Happens();
  EXPECT_EQ(spec.Model().Clocks().Find("procurement_challenge")->state, ClockState::kMet);
}

struct Lacking {
  const char* code;
  const char* actor;
  void (*spoil)(Lodge&);
};

TEST_F(ObjectionTest, NothingIsRaisedThatContradictsItself) {
  const std::vector<Lacking> table{
      {"region_unknown", "portal", [](Lodge& c) { c.region = RegionCode("990000"); }},
      {"matter_outside_competence", "clerk", [](Lodge& c) { c.region = RegionCode("350100"); }},
      {"industry_outside_kind", "portal",
       [](Lodge& c) { c.industry = Industry::kGovernmentProcurement; }},
      {"industry_outside_kind", "portal",
       [](Lodge& c) {
         c = SampleLodge(Kind::kChallenge);
         c.industry = Industry::kWater;
       }},
      {"dates_out_of_order", "portal", [](Lodge& c) { c.known_on = Day("2024-08-13"); }},
      {"dates_out_of_order", "portal",
       [](Lodge& c) {
         c = SampleLodge(Kind::kBidOpening);
         c.opened_on = Day("2024-08-13");
       }},
      {"dates_out_of_order", "portal",
       [](Lodge& c) {
         c = SampleLodge(Kind::kChallenge);
         c.posted_on = Day("2024-08-13");
       }},
      {"dates_out_of_order", "portal",
       [](Lodge& c) {
         c = SampleLodge(Kind::kChallenge);
         c.posted_on = Day("2024-08-08");
       }},
      {"standing_not_shown", "portal", [](Lodge& c) { c.standing.reset(); }},
      {"late_reason_missing", "portal", [](Lodge& c) { c.bid_deadline_on = Day("2024-08-20"); }},
  };
  for (const auto& lacking : table) {
    for (const Channel channel : {Channel::kOnline, Channel::kPost}) {
      SCOPED_TRACE(lacking.code);
      auto lodge = Spoiled(Kind::kTenderDocuments, lacking.spoil);
      lodge.channel = channel;
      spec.Fresh().At("2024-08-12").As(lacking.actor).When(lodge).ThenRefused(lacking.code);
    }
  }
  const auto unproven = Spoiled(Kind::kTenderDocuments, [](Lodge& c) { c.standing.reset(); });
  spec.As("clerk").When(unproven).Happens();
}

TEST_F(ObjectionTest, AKindTakesItsOwnDatesAndNoOthers) {
  const std::vector<void (*)(Lodge&)> spoils{
      [](Lodge& c) { c.application_deadline_on = Day("2024-09-01"); },
      [](Lodge& c) { c.bid_deadline_on = Day("2024-09-05"); },
      [](Lodge& c) { c.opened_on = Day("2024-08-12"); },
      [](Lodge& c) { c.publicity_ends_on = Day("2024-08-13"); },
      [](Lodge& c) { c.known_on = Day("2024-08-09"); },
      [](Lodge& c) { c.posted_on = Day("2024-08-12"); }};
  for (const auto& spoil : spoils) {
    spec.As("portal").When(Spoiled(Kind::kInquiry, spoil)).ThenRefused("dates_not_of_kind");
  }
  for (const Kind kind : {Kind::kPrequalificationDocuments, Kind::kTenderDocuments,
                          Kind::kBidOpening, Kind::kEvaluationResult, Kind::kChallenge}) {
    auto lodge = Spoiled(kind, [](Lodge& c) {
      c.application_deadline_on.reset();
      c.bid_deadline_on.reset();
      c.opened_on.reset();
      c.publicity_ends_on.reset();
      c.known_on.reset();
    });
    for (const Channel channel : {Channel::kOnline, Channel::kPost}) {
      lodge.channel = channel;
      spec.When(lodge).ThenRefused("dates_not_of_kind");
    }
  }
}

}  // namespace
}  // namespace docket::objection
