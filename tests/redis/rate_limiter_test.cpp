// Limits shared through a real Redis are exact however many ask at once; without it they hold for
// each process.
#include "persistence/redis/rate_limiter.hpp"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/log_fixture.hpp"
#include "tests/support/redis_server.hpp"

namespace docket {
namespace {

using namespace std::chrono_literals;
using testing::RedisServer;

constexpr RateRule kHundred{.burst = 100, .interval = 1h};

class RateLimiterTest : public ::testing::Test {
 protected:
  std::unique_ptr<RateLimiter> Limiter() {
    return std::make_unique<RateLimiter>(
        RateLimiter::Options{.redis = server_.Options(),
                             .report =
                                 [this](const Notice& notice) {
                                   const std::lock_guard guard(mutex_);
                                   reports_.push_back(notice.message);
                                 }},
        clock_);
  }
  std::vector<std::string> Reports() {
    const std::lock_guard guard(mutex_);
    return reports_;
  }

  RedisServer server_;
  testing::SettableClock clock_;
  std::mutex mutex_;
  std::vector<std::string> reports_;
};

TEST_F(RateLimiterTest, IsExactWhenManyProcessesAskAtOnce) {
  std::atomic<int> allowed{0};
  std::vector<std::thread> processes;
  for (int i = 0; i < 8; ++i) {
    processes.emplace_back([&] {
      const auto limiter = Limiter();
      for (int j = 0; j < 200; ++j) allowed += limiter->Take("clerk", kHundred).is_allowed;
    });
  }
  for (auto& process : processes) process.join();
  EXPECT_EQ(allowed, 100);
  EXPECT_TRUE(Reports().empty());
}

TEST_F(RateLimiterTest, SaysWhatIsLeftAndWhenToComeBack) {
  const auto limiter = Limiter();
  constexpr RateRule kTwo{.burst = 2, .interval = 1h};
  EXPECT_EQ(limiter->Take("key", kTwo).left, 1);
  EXPECT_EQ(limiter->Take("key", kTwo).left, 0);
  const auto refused = limiter->Take("key", kTwo);
  EXPECT_FALSE(refused.is_allowed);
  EXPECT_GT(refused.retry_after, 59min);
  EXPECT_LE(refused.retry_after, 60min);
  EXPECT_TRUE(limiter->Take("another", kTwo).is_allowed);
}

TEST_F(RateLimiterTest, GivesPermitsBackAndLeavesNothingBehind) {
  const auto limiter = Limiter();
  constexpr RateRule kOne{.burst = 1, .interval = 20ms};
  EXPECT_TRUE(limiter->Take("key", kOne).is_allowed);
  while (!limiter->Take("key", kOne).is_allowed) std::this_thread::yield();
  auto redis = server_.Connect();
  while (redis.Run({"DBSIZE"}).integer > 0) std::this_thread::yield();
}

TEST_F(RateLimiterTest, HoldsForTheProcessWhileRedisIsAway) {
  const auto limiter = Limiter();
  EXPECT_TRUE(limiter->Take("clerk", kHundred).is_allowed);
  server_.Kill9();
  int allowed = 0;
  for (int i = 0; i < 300; ++i) allowed += limiter->Take("clerk", kHundred).is_allowed;
  EXPECT_EQ(allowed, 100);
  EXPECT_EQ(Reports().size(), 1u);
  server_.Start();
  while (Reports().size() < 2) limiter->Take("other", kHundred);
  EXPECT_EQ(Reports()[1], "rate limits are shared again");
  EXPECT_TRUE(limiter->Take("clerk", kHundred).is_allowed) << "the shared count was lost";
}

}  // namespace
}  // namespace docket
