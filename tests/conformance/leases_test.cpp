// Scenario 20 at the store: who may run what must run once, and who may no longer.
#include "tests/conformance/conformance.hpp"

namespace docket {
namespace {

class Leasing : public testing::ConformanceTest {};

TEST_F(Leasing, S20OneHolderOfAllNodes) {
  const auto held = First().store->SingleRunners().TryTake("sweeper");
  ASSERT_NE(held, nullptr);
  EXPECT_TRUE(held->IsHeld());
  EXPECT_EQ(First().store->SingleRunners().TryTake("sweeper"), nullptr);
  EXPECT_EQ(Second().store->SingleRunners().TryTake("sweeper"), nullptr);
  const auto other = Second().store->SingleRunners().TryTake("relay");
  ASSERT_NE(other, nullptr);
  EXPECT_TRUE(other->IsHeld());
}

TEST_F(Leasing, S20TokensGrowWithEveryHolder) {
  std::int64_t last = 0;
  for (int i = 0; i < 6; ++i) {
    auto& node = i % 2 == 0 ? First() : Second();
    const auto held = node.store->SingleRunners().TryTake("sweeper");
    ASSERT_NE(held, nullptr);
    EXPECT_GT(held->Token(), last);
    last = held->Token();
  }
  Reopen();
  const auto held = First().store->SingleRunners().TryTake("sweeper");
  ASSERT_NE(held, nullptr);
  EXPECT_GT(held->Token(), last);
}

TEST_F(Leasing, S20OfManyWhoTryOneGetsIt) {
  auto& other = *Second().store;
  for (int round = 0; round < 5; ++round) {
    std::mutex mutex;
    std::vector<std::unique_ptr<Lease>> taken;
    testing::InThreads(8, [&](int thread) {
      auto& store = thread % 2 == 0 ? *First().store : other;
      auto lease = store.SingleRunners().TryTake("projector");
      const std::lock_guard guard(mutex);
      if (lease) taken.push_back(std::move(lease));
    });
    EXPECT_EQ(taken.size(), 1u);
  }
}

}  // namespace
}  // namespace docket
