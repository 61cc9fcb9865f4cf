// Wake-ups through a real Redis: delivered, coalesced, and never waited for.
#include "persistence/redis/wakeups.hpp"

#include <condition_variable>
#include <mutex>

#include <gtest/gtest.h>

#include "tests/support/redis_server.hpp"

namespace docket {
namespace {

using namespace std::chrono_literals;
using testing::RedisServer;

constexpr auto kPatience = 20s;

/// Counts and can be waited for.
class Counter {
 public:
  void Add() {
    const std::lock_guard guard(mutex_);
    ++count_;
    changed_.notify_all();
  }
  bool WaitFor(int count) {
    std::unique_lock guard(mutex_);
    return changed_.wait_for(guard, kPatience, [&] { return count_ >= count; });
  }
  int Count() {
    const std::lock_guard guard(mutex_);
    return count_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int count_ = 0;
};

class WakeupsTest : public ::testing::Test {
 protected:
  WakeupOptions Options() {
    return {.redis = server_.Options(),
            .channel = WakeChannel("docket", LogId::kCases),
            .report = [this](const Notice&) { reports_.Add(); }};
  }

  RedisServer server_;
  Counter reports_;
  Counter woken_;
};

TEST_F(WakeupsTest, WakesAnotherProcess) {
  WakeupListener listener(Options(), [this] { woken_.Add(); });
  ASSERT_TRUE(woken_.WaitFor(1)) << "once for the connection";
  WakeupSender sender(Options());
  sender.Appended(Position{1});
  EXPECT_TRUE(woken_.WaitFor(2));
}

TEST_F(WakeupsTest, ManyAppendsAreFewMessages) {
  WakeupListener listener(Options(), [this] { woken_.Add(); });
  ASSERT_TRUE(woken_.WaitFor(1));
  server_.Freeze();
  WakeupSender sender(Options());
  for (int i = 1; i <= 1'000; ++i) sender.Appended(Position{i});
  server_.Continue();
  EXPECT_TRUE(woken_.WaitFor(2));
  EXPECT_LT(woken_.Count(), 20);
}

TEST_F(WakeupsTest, SayingSoNeverWaitsForRedis) {
  server_.Freeze();
  {
    auto options = Options();
    options.redis.command_timeout = 50ms;
    WakeupSender sender(options);
    const auto started = std::chrono::steady_clock::now();
    for (int i = 1; i <= 10'000; ++i) sender.Appended(Position{i});
    EXPECT_LT(std::chrono::steady_clock::now() - started, 1s);
    EXPECT_TRUE(reports_.WaitFor(1));
  }
  server_.Continue();
}

TEST_F(WakeupsTest, WakesOnceAfterEachConnectionForWhatItMissed) {
  WakeupListener listener(Options(), [this] { woken_.Add(); });
  ASSERT_TRUE(woken_.WaitFor(1));
  for (int round = 2; round <= 4; ++round) {
    server_.Kill9();
    ASSERT_TRUE(reports_.WaitFor(round - 1));
    WakeupSender lost(Options());
    lost.Appended(Position{round});
    server_.Start();
    ASSERT_TRUE(woken_.WaitFor(round));
  }
  WakeupSender sender(Options());
  sender.Appended(Position{9});
  EXPECT_TRUE(woken_.WaitFor(5));
}

TEST_F(WakeupsTest, ASilentConnectionIsAskedAndReplaced) {
  auto options = Options();
  options.silence_max = 50ms;
  options.redis.command_timeout = 200ms;
  WakeupListener listener(options, [this] { woken_.Add(); });
  ASSERT_TRUE(woken_.WaitFor(1));
  server_.Freeze();
  EXPECT_TRUE(reports_.WaitFor(1)) << "it noticed";
  server_.Continue();
  EXPECT_TRUE(woken_.WaitFor(2)) << "and came back";
}

}  // namespace
}  // namespace docket
