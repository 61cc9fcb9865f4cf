#include "persistence/counts.hpp"

#include <algorithm>

#include "domain/ensure.hpp"

namespace docket {

namespace {

constexpr std::array<std::int64_t, 13> kLatencyBoundsUs = {
    500,     1'000,   2'500,     5'000,     10'000,    25'000,    50'000,
    100'000, 250'000, 1'000'000, 2'500'000, 5'000'000, 10'000'000};
constexpr std::array<std::int64_t, 10> kBatchBounds = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

}  // namespace

Distribution::Distribution(std::span<const std::int64_t> bounds) : bounds_(bounds) {
  ENSURE(bounds.size() <= kBoundsMax, "at most {} bounds", kBoundsMax);
  ENSURE(std::is_sorted(bounds.begin(), bounds.end()), "bounds ascend");
}

void Distribution::Add(std::int64_t measure) {
  const auto above = std::lower_bound(bounds_.begin(), bounds_.end(), measure);
  const auto range = static_cast<std::size_t>(above - bounds_.begin());
  counts_[range].fetch_add(1, std::memory_order_relaxed);
  sum_.fetch_add(measure, std::memory_order_relaxed);
}

Distribution::Snapshot Distribution::Read() const {
  Snapshot snapshot;
  snapshot.bounds.assign(bounds_.begin(), bounds_.end());
  for (std::size_t i = 0; i <= bounds_.size(); ++i) {
    snapshot.counts.push_back(counts_[i].load(std::memory_order_relaxed));
  }
  snapshot.sum = sum_.load(std::memory_order_relaxed);
  return snapshot;
}

AppendCounts::AppendCounts() : latency_us(kLatencyBoundsUs), batch_requests(kBatchBounds) {}

void AppendCounts::Answered(std::chrono::steady_clock::time_point since) {
  const auto took = std::chrono::steady_clock::now() - since;
  latency_us.Add(std::chrono::duration_cast<std::chrono::microseconds>(took).count());
}

}  // namespace docket
