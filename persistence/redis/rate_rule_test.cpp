#include "persistence/redis/rate_rule.hpp"

#include <gtest/gtest.h>

#include "persistence/redis/rate_limiter.hpp"

namespace docket {
namespace {

using namespace std::chrono_literals;

const Instant kNoon = *Instant::Parse("2024-09-20T12:00:00+08:00");
constexpr RateRule kThree{.burst = 3, .interval = 10s};

TEST(RateRule, GrantsABurstThenRefuses) {
  std::optional<Instant> full_at;
  for (const std::int64_t left : {2, 1, 0}) {
    const auto step = TakePermit(kThree, full_at, kNoon);
    EXPECT_TRUE(step.decision.is_allowed);
    EXPECT_EQ(step.decision.left, left);
    EXPECT_EQ(step.decision.retry_after, 0s);
    full_at = step.full_at;
  }
  const auto refused = TakePermit(kThree, full_at, kNoon);
  EXPECT_FALSE(refused.decision.is_allowed);
  EXPECT_EQ(refused.decision.retry_after, 10s);
  EXPECT_EQ(refused.full_at, *full_at) << "a refusal costs nothing";
}

TEST(RateRule, GivesOnePermitBackEachInterval) {
  const auto empty = std::optional(kNoon + 30s);
  EXPECT_FALSE(TakePermit(kThree, empty, kNoon + 9s).decision.is_allowed);
  EXPECT_EQ(TakePermit(kThree, empty, kNoon + 9s).decision.retry_after, 1s);
  const auto step = TakePermit(kThree, empty, kNoon + 10s);
  EXPECT_TRUE(step.decision.is_allowed);
  EXPECT_EQ(step.decision.left, 0);
  EXPECT_FALSE(TakePermit(kThree, step.full_at, kNoon + 10s).decision.is_allowed);
}

TEST(RateRule, IsNeverMoreThanFull) {
  const auto step = TakePermit(kThree, kNoon, kNoon + 24h);
  EXPECT_EQ(step.decision.left, 2);
  EXPECT_EQ(step.full_at, kNoon + 24h + 10s);
}

TEST(RateRule, AClockThatGoesBackGrantsNothing) {
  const auto empty = std::optional(kNoon + 30s);
  const auto step = TakePermit(kThree, empty, kNoon + -60s);
  EXPECT_FALSE(step.decision.is_allowed);
  EXPECT_EQ(step.decision.retry_after, 70s);
}

TEST(LocalRates, CountsEachKeyForItself) {
  LocalRates rates;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(rates.Take("a", kThree, kNoon).is_allowed);
  EXPECT_FALSE(rates.Take("a", kThree, kNoon).is_allowed);
  EXPECT_TRUE(rates.Take("b", kThree, kNoon).is_allowed);
}

TEST(LocalRates, ForgetsTheFullestKeyFirst) {
  LocalRates rates(2);
  for (int i = 0; i < 3; ++i) rates.Take("spent", kThree, kNoon);
  rates.Take("used once", kThree, kNoon);
  rates.Take("new", kThree, kNoon);
  EXPECT_FALSE(rates.Take("spent", kThree, kNoon).is_allowed);
  EXPECT_EQ(rates.Take("used once", kThree, kNoon).left, 2) << "it was forgotten";
}

TEST(LocalRates, ForgetsKeysThatAreFullAgain) {
  LocalRates rates(2);
  rates.Take("a", kThree, kNoon);
  for (int i = 0; i < 3; ++i) rates.Take("b", kThree, kNoon);
  rates.Take("c", kThree, kNoon + 11s);
  EXPECT_EQ(rates.Take("b", kThree, kNoon + 11s).left, 0) << "it was kept";
}

}  // namespace
}  // namespace docket
