/// What a layer counts while it works, for whoever shows it: plain numbers, no library.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace docket {

/// Grows only. Thread-safe, and cheap enough for every append.
class Tally {
 public:
  void Add(std::uint64_t more = 1) { value_.fetch_add(more, std::memory_order_relaxed); }
  std::uint64_t Value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// How often a measure fell into each of some ranges. Thread-safe.
class Distribution {
 public:
  static constexpr std::size_t kBoundsMax = 16;

  struct Snapshot {
    std::vector<std::int64_t> bounds;   ///< Upper, inclusive, ascending.
    std::vector<std::uint64_t> counts;  ///< One more than bounds: the last is of what is above.
    std::int64_t sum = 0;
  };

  /// `bounds` ascend, at most kBoundsMax of them, and outlive this.
  explicit Distribution(std::span<const std::int64_t> bounds);
  void Add(std::int64_t measure);
  Snapshot Read() const;

 private:
  const std::span<const std::int64_t> bounds_;
  std::array<std::atomic<std::uint64_t>, kBoundsMax + 1> counts_{};
  std::atomic<std::int64_t> sum_{0};
};

/// What the appender of this process has done since it began.
struct AppendCounts {
  AppendCounts();
  /// From the moment a request was queued to its answer, in microseconds.
  void Answered(std::chrono::steady_clock::time_point since);

  Distribution latency_us;
  Distribution batch_requests;  ///< Requests of each batch that was taken.
  Tally conflicts;              ///< Answered with VersionConflict.
  Tally failures;               ///< The store failed, or refused the rows.
  Tally overloaded;             ///< The queue was full.
};

}  // namespace docket
