#include "persistence/clock/virtual_clock.hpp"

#include <gtest/gtest.h>

#include "persistence/clock/system_clock.hpp"
#include "tests/support/log_fixture.hpp"

namespace docket {
namespace {

using testing::LogFixture;
using testing::Request;
using testing::Write;

TEST(VirtualClock, RunsOnFromWhereItWasMovedAndSurvivesARestart) {
  LogFixture fixture;
  const Instant start = fixture.clock.Now();
  const Instant target = *Instant::Parse("2026-01-01T00:00:00+08:00");
  {
    VirtualClock clock(fixture.Store(), fixture.clock);
    EXPECT_EQ(clock.Now(), start);
    EXPECT_FALSE(clock.IsVirtual());
    ASSERT_TRUE(clock.MoveTo(target).has_value());
    EXPECT_EQ(clock.Now(), target);
    EXPECT_TRUE(clock.IsVirtual());
    fixture.clock.Set(start + std::chrono::minutes{3});
    EXPECT_EQ(clock.Now(), target + std::chrono::minutes{3});
  }
  fixture.Reopen();
  const VirtualClock again(fixture.Store(), fixture.clock);
  EXPECT_EQ(again.Now(), target + std::chrono::minutes{3});
}

TEST(VirtualClock, DoesNotGoBackBeforeTheHeadOfEitherLog) {
  LogFixture fixture;
  VirtualClock clock(fixture.Store(), fixture.clock);
  const Instant start = fixture.clock.Now();
  EXPECT_TRUE(clock.MoveTo(start + std::chrono::hours{-1}).has_value());
  auto request = Request({Write("a", ExpectedVersion::Any(), 1)});
  request.log = LogId::kAccess;
  fixture.Log().Append(std::move(request));
  const auto refused = clock.MoveTo(start + std::chrono::seconds{-1});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "clock_before_log_head");
  EXPECT_EQ(clock.Now(), start + std::chrono::hours{-1});
  EXPECT_TRUE(clock.MoveTo(start).has_value());
}

TEST(SystemClock, TellsATimeOfThisCentury) {
  EXPECT_GT(SystemClock().Now(), *Instant::Parse("2020-01-01T00:00:00Z"));
  EXPECT_FALSE(SystemClock().IsVirtual());
}

}  // namespace
}  // namespace docket
