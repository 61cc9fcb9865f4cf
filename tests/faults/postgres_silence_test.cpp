// A server that is there and says nothing: stopped, or behind a network that swallows everything
// after it was acknowledged. Each wait is bounded, ends in an error, and all is well afterwards.
#include <chrono>
#include <functional>
#include <future>
#include <vector>

#include <gtest/gtest.h>

#include "persistence/postgres/postgres_store.hpp"
#include "tests/support/fault_proxy.hpp"
#include "tests/support/log_fixture.hpp"
#include "tests/support/postgres_server.hpp"

namespace docket {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using testing::PostgresServer;
using testing::Request;
using testing::Write;

const auto kAny = ExpectedVersion::Any();
/// The statement timeout, connecting, and room for a busy machine.
constexpr auto kBound = 90s;

/// One opening of the store, that gives up soon after the first failure.
struct Node {
  Node(const PostgresUrl& url, const Clock& clock)
      : store({.url = url, .owner = "a test"}), log(store.OpenLog(clock, {.retry_for = 1s})) {}
  PostgresStore store;
  std::unique_ptr<StoreLog> log;
};

/// Both kinds of silence at once: there is nothing to do but to wait.
TEST(PostgresSilence, EndsInABoundedWaitAndRecovers) {
  PostgresServer frozen;
  PostgresServer partitioned;
  testing::FaultProxy proxy(partitioned.Port());
  const testing::SettableClock clock;
  Node first(*ParsePostgresUrl(frozen.NewDatabase()), clock);
  const auto database = ParsePostgresUrl(partitioned.NewDatabase())->Database();
  Node second(*ParsePostgresUrl("postgres://postgres@127.0.0.1:" + std::to_string(proxy.Port()) +
                                "/" + database + "?sslmode=disable"),
              clock);
  for (auto* node : {&first, &second}) node->log->Append(Request({Write("a", kAny, 1)}));
  frozen.Freeze();
  proxy.Partition();
  const auto waits = [&](const std::function<void()>& work) {
    return std::async(std::launch::async, [work] {
      const auto started = steady_clock::now();
      EXPECT_THROW(work(), StoreError);
      EXPECT_LT(steady_clock::now() - started, kBound);
    });
  };
  {
    std::vector<std::future<void>> all;
    for (auto* node : {&first, &second}) {
      all.push_back(waits([node] { node->log->Append(Request({Write("a", kAny, 1)}, "c1")); }));
      all.push_back(waits([node] { node->log->ReadHead(LogId::kCases); }));
    }
  }
  frozen.Thaw();
  proxy.Heal();
  for (auto* node : {&first, &second}) {
    const auto result = node->log->Append(Request({Write("a", kAny, 1)}, "c1"));
    EXPECT_FALSE(std::holds_alternative<VersionConflict>(result));
    EXPECT_EQ(node->log->ReadHead(LogId::kCases).position, Position{2});
    EXPECT_EQ(node->log->ReadStream(LogId::kCases, StreamId("a"), Version{}, 10).size(), 2u);
  }
}

}  // namespace
}  // namespace docket
