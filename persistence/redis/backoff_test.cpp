#include "persistence/redis/backoff.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

using std::chrono::milliseconds;

constexpr BackoffRule kRule{.first = milliseconds(100), .most = milliseconds(3'000)};

TEST(Backoff, DoublesUpToItsMost) {
  EXPECT_EQ(DelayAfter(1, 0.0, kRule), milliseconds(50));
  EXPECT_EQ(DelayAfter(2, 0.0, kRule), milliseconds(100));
  EXPECT_EQ(DelayAfter(5, 0.0, kRule), milliseconds(800));
  EXPECT_EQ(DelayAfter(6, 0.0, kRule), milliseconds(1'500));
}

TEST(Backoff, StaysWithinItsBoundsHoweverLongRedisIsAway) {
  for (int failures = 1; failures < 5'000; ++failures) {
    for (const double lot : {0.0, 0.5, 0.999999}) {
      const auto delay = DelayAfter(failures, lot, kRule);
      EXPECT_GE(delay, milliseconds(50));
      EXPECT_LE(delay, milliseconds(3'000));
    }
  }
}

TEST(Backoff, TheLotDecidesOnHalfOfIt) {
  EXPECT_EQ(DelayAfter(3, 0.5, kRule), milliseconds(300));
  EXPECT_EQ(DelayAfter(100, 0.5, kRule), milliseconds(2'250));
}

}  // namespace
}  // namespace docket
