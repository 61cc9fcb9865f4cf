// The relay beside a store that works: in one of several processes, without slowing an append, and
// through anything that happens to Redis.
#include "persistence/redis/relay_runner.hpp"

#include <gtest/gtest.h>

#include "tests/support/log_fixture.hpp"
#include "tests/support/redis_server.hpp"

namespace docket {
namespace {

using namespace std::chrono_literals;
using testing::RedisServer;
using testing::Request;
using testing::Write;

class RelayRunnerTest : public ::testing::Test {
 protected:
  std::unique_ptr<RelayRunner> Start() {
    auto relay = std::make_unique<Relay>(log_.Log(), server_.Connect(),
                                         RelayOptions{.report = [](const Notice&) {}});
    return std::make_unique<RelayRunner>(
        log_.Store().SingleRunners(), std::move(relay),
        RelayRunner::Options{.poll = 10ms,
                             .standby = 10ms,
                             .backoff = {.first = 2ms, .most = 20ms},
                             .report = [](const Notice&) {}});
  }
  void Append(std::size_t count) {
    log_.Log().Append(Request({Write("complaint-1", ExpectedVersion::Any(), count)}));
  }
  std::int64_t Entries() {
    const auto head = log_.Log().ReadHead(LogId::kCases);
    const auto keys = RelayKeysOf("docket", LogId::kCases, head.epoch);
    return server_.Connect().Run({"XLEN", keys.stream}).integer;
  }
  static void WaitUntil(const RelayRunner& runner, Position position) {
    while (runner.RelayedTo() < position) std::this_thread::yield();
  }

  testing::LogFixture log_;
  RedisServer server_;
};

TEST_F(RelayRunnerTest, CopiesWhatIsAppendedWhenWoken) {
  const auto runner = Start();
  const auto woken = log_.Log().OnAppended([&](Position) { runner->Wake(); });
  for (int i = 0; i < 20; ++i) Append(5);
  WaitUntil(*runner, Position{100});
  EXPECT_EQ(Entries(), 100);
}

TEST_F(RelayRunnerTest, OneOfManyRelaysAndAnotherFollows) {
  auto first = Start();
  Append(10);
  WaitUntil(*first, Position{10});
  const auto second = Start();
  Append(10);
  WaitUntil(*first, Position{20});
  EXPECT_EQ(second->RelayedTo(), Position{0});
  first.reset();
  Append(10);
  WaitUntil(*second, Position{30});
  EXPECT_EQ(Entries(), 30);
}

TEST_F(RelayRunnerTest, AppendsDoNotWaitForARedisThatHangs) {
  const auto runner = Start();
  const auto woken = log_.Log().OnAppended([&](Position) { runner->Wake(); });
  Append(1);
  WaitUntil(*runner, Position{1});
  server_.Freeze();
  const auto started = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) Append(1);
  EXPECT_LT(std::chrono::steady_clock::now() - started, server_.Options().command_timeout);
  server_.Continue();
  WaitUntil(*runner, Position{21});
}

TEST_F(RelayRunnerTest, StartsBeforeRedisAndOutlivesIt) {
  server_.Stop();
  const auto runner = Start();
  Append(10);
  server_.Start();
  WaitUntil(*runner, Position{10});
  server_.Kill9();
  Append(10);
  server_.Start();
  WaitUntil(*runner, Position{20});
  EXPECT_EQ(Entries(), 20);
}

}  // namespace
}  // namespace docket
