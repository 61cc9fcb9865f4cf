// Quarterly bulletins: each row, each refusal, the frozen snapshot, and the clocks of the quarter.
#include "workflows/bulletin/bulletin.hpp"

#include "tests/support/spec.hpp"

namespace docket::bulletin {

const Workflow& Definition();

namespace {

using docket::testing::Spec;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

Date On(std::string_view text) { return *Date::Parse(text); }

const StreamId kCase("bulletin-" + std::string(36, '0'));

/// The third quarter of 2024, prepared in October.
Prepare ThirdQuarter() {
  return {BulletinKind::kSupervision,
          RegionCode("330482"),
          On("2024-08-15"),
          48211,
          "2024-1",
          "2018-11-24",
          {{"F2-closed", "预警办结率", {}, 45, 50, "warning?state=closed"},
           {"F4-issued", "督办数", {}, 0, 0, "supervision?state=*"}}};
}
/// As it is recorded.
BulletinPrepared Recorded(const Prepare& prepare = ThirdQuarter()) {
  return {prepare, On("2024-07-01"), On("2024-09-30")};
}
const Discard kDiscard{PersonalText("统计口径有误")};

struct BulletinTest : ::testing::Test {
  Spec spec{Definition()};

  BulletinTest() {
    spec.Actor({ActorId("office_2"), UnitId("bureau"), {Role::kResourceOffice}});
    spec.Actor({ActorId("other_office"), UnitId("elsewhere"), {Role::kResourceOffice}});
    spec.Unit({UnitId("elsewhere"), "邻县公管办", RegionCode("330481"), {}});
    spec.At("2024-10-15");
  }
  Spec& In(std::string_view state) {
    spec.Fresh().At("2024-10-15").As("office").Given(Recorded());
    if (state != Prepared::kName) spec.As("office_2").Given(BulletinSignedOff{});
    if (state == Published::kName) {
      spec.As("office").Given(BulletinPublished{kCase, On("2024-09-30")});
    }
    EXPECT_EQ(spec.State(), state);
    return spec;
  }
  const CaseClock& ClockOf(std::string_view rule) const {
    const auto* clock = spec.Model().Clocks().Find(rule);
    EXPECT_NE(clock, nullptr) << rule;
    return *clock;
  }
};

// Shows A163.
TEST_F(BulletinTest, AQuarterIsFrozenSignedOffByAnotherAndPublished) {
  spec.As("office").When(ThirdQuarter()).ThenHappens(Recorded());
  EXPECT_EQ(spec.State(), "prepared");
  spec.When(SignOff{}).ThenRefused("separation_of_duties");
  spec.As("office_2").When(SignOff{}).ThenHappens(BulletinSignedOff{});
  spec.As("office").When(Publish{}).ThenHappens(BulletinPublished{kCase, On("2024-09-30")});
  EXPECT_EQ(spec.State(), "published");
  EXPECT_EQ(spec.Model().Summary().title, "2024Q3 在线监管实施情况");
  const Json figures = spec.Model().Facts().at("figures");
  EXPECT_EQ(figures[0].at("numerator"), 45);
  EXPECT_EQ(figures[0].at("denominator"), 50);
  EXPECT_EQ(figures[0].at("filter"), "warning?state=closed");
  EXPECT_EQ(spec.Model().Facts().at("as_of_position"), 48211);
}

TEST_F(BulletinTest, UseIsReportedByUnit) {
  auto usage = ThirdQuarter();
  usage.kind = BulletinKind::kUsage;
  usage.figures = {{"F10-logins", "登录次数", UnitId("bureau"), 320, 63, "logins?unit=bureau"}};
  spec.As("office").When(usage).ThenHappens(Recorded(usage));
  EXPECT_EQ(spec.Model().Facts().at("figures")[0].at("unit"), "bureau");
}

TEST_F(BulletinTest, ABulletinIsOfAQuarterThatIsOverAndOfTheOwnDivision) {
  spec.As("office");
  auto prepare = ThirdQuarter();
  for (const char* day : {"2024-07-01", "2024-09-30"}) {
    prepare.quarter_of = On(day);
    spec.At("2024-10-01").When(prepare).Then(Recorded(prepare));
  }
  spec.At("2024-09-30").When(prepare).ThenRefused("quarter_not_over");
  prepare.region = RegionCode("330481");
  spec.When(prepare).ThenRefused("region_out_of_reach");
  prepare.region = RegionCode("990000");
  spec.When(prepare).ThenRefused("region_unknown");
}

TEST_F(BulletinTest, ItStatesItsSnapshotAndPrintsNumeratorsAndDenominators) {
  spec.As("office");
  auto prepare = ThirdQuarter();
  prepare.as_of_position = 0;
  spec.When(prepare).ThenRefused("snapshot_missing");
  prepare = ThirdQuarter();
  prepare.figures.clear();
  spec.When(prepare).ThenRefused("figures_incomplete");
  const std::vector<Indicator> incomplete{{"F2", "办结率", {}, -1, 2, "closed"},
                                          {"F2", "办结率", {}, 0, -1, "closed"},
                                          {"F2", "办结率", {}, 1, 0, "closed"}};
  for (const auto& figure : incomplete) {
    prepare.figures = {figure};
    spec.When(prepare).ThenRefused("figures_incomplete");
  }
}

TEST_F(BulletinTest, OnlyTheOfficeThatPreparedItGoesOn) {
  In("prepared").As("other_office").When(SignOff{}).ThenRefused("not_the_office");
  for (const char* state : {"prepared", "signed_off"}) {
    In(state).As("other_office").When(kDiscard).ThenRefused("not_the_office");
    spec.As("office").When(kDiscard).ThenHappens(BulletinDiscarded{kDiscard});
    EXPECT_EQ(spec.State(), "discarded");
    EXPECT_EQ(ClockOf("bulletin_publish").state, ClockState::kCancelled);
  }
  In("signed_off").As("other_office").When(Publish{}).ThenRefused("not_the_office");
}

TEST_F(BulletinTest, APublishedBulletinIsSupersededByTheNextForTheSameQuarter) {
  In("signed_off").As("office").When(Publish{});
  const auto& claims = spec.Decision()->events.front().claims;
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims.front().kind, Claim::Kind::kTakeOver);
  EXPECT_EQ(claims.front().Stream().value, "bulletin_quarter-supervision.330482.2024Q3");
  EXPECT_EQ(claims.front().command, "supersede");
  EXPECT_EQ(claims.front().data.at("by"), kCase.value);

  const Supersede supersede{StreamId("bulletin-2")};
  In("published").As("office").When(kDiscard).ThenRefused("command_not_allowed_in_state");
  spec.As("clock").When(supersede).ThenHappens(BulletinSuperseded{supersede});
  EXPECT_EQ(spec.State(), "superseded");
  EXPECT_EQ(spec.Model().Facts().at("superseded_by"), "bulletin-2");
  EXPECT_EQ(spec.Model().Summary().outcome, "superseded");
  EXPECT_EQ(ClockOf("bulletin_next").state, ClockState::kCancelled);
}

TEST_F(BulletinTest, ItIsPublishedWithinAMonthOfItsQuarter) {
  In("signed_off");
  EXPECT_EQ(ClockOf("bulletin_publish").due_date, On("2024-10-30"));
  spec.At("2024-10-30T23:59:59+08:00").As("office").When(Publish{}).Happens();
  EXPECT_EQ(ClockOf("bulletin_publish").state, ClockState::kMet);
  // The month after the fourth quarter ends in the Spring Festival.
  auto fourth = ThirdQuarter();
  fourth.quarter_of = On("2024-12-31");
  spec.Fresh().At("2025-01-10").As("office").When(fourth);
  spec.ThenHappens(BulletinPrepared{fourth, On("2024-10-01"), On("2024-12-31")});
  EXPECT_EQ(ClockOf("bulletin_publish").due_date, On("2025-02-05"));
}

TEST_F(BulletinTest, TheNextQuartersBulletinIsRememberedWhenThatQuarterEnds) {
  In("published");
  EXPECT_EQ(ClockOf("bulletin_next").due_date, On("2024-12-30"));
  spec.At("2024-12-31").TimePasses();
  EXPECT_EQ(spec.TimeFacts(), std::vector<std::string>{"expired bulletin_next"});
  EXPECT_EQ(spec.State(), "published");
}

TEST(BulletinHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace
}  // namespace docket::bulletin
