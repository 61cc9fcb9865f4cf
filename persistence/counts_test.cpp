#include "persistence/counts.hpp"

#include <numeric>
#include <thread>

#include <gtest/gtest.h>

namespace docket {
namespace {

constexpr std::array<std::int64_t, 3> kBounds = {1, 10, 100};

TEST(Distribution, AMeasureFallsIntoTheFirstRangeThatHoldsIt) {
  Distribution distribution(kBounds);
  for (const std::int64_t measure : {0, 1, 2, 10, 11, 100, 101, 5'000}) distribution.Add(measure);
  const auto snapshot = distribution.Read();
  EXPECT_EQ(snapshot.bounds, (std::vector<std::int64_t>{1, 10, 100}));
  EXPECT_EQ(snapshot.counts, (std::vector<std::uint64_t>{2, 2, 2, 2}));
  EXPECT_EQ(snapshot.sum, 0 + 1 + 2 + 10 + 11 + 100 + 101 + 5'000);
}

TEST(Distribution, ThreadsLoseNothing) {
  Distribution distribution(kBounds);
  Tally count;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1'000; ++i) {
        distribution.Add(i);
        count.Add();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  const auto counts = distribution.Read().counts;
  EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}), 4'000u);
  EXPECT_EQ(count.Value(), 4'000u);
}

}  // namespace
}  // namespace docket
