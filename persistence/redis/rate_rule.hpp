/// How often something may be done: the arithmetic, without a clock and without a store.
///
/// A token bucket told by one instant (GCRA): when the bucket will be full again. Each permit taken
/// moves it on by `interval`; it never lies further ahead than `burst` intervals.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "domain/time.hpp"

namespace docket {

/// `burst` permits at once, then one for each `interval`. Both are positive.
struct RateRule {
  std::int64_t burst = 1;
  std::chrono::microseconds interval{1'000'000};
};

struct RateDecision {
  bool is_allowed = false;
  /// Permits left at once.
  std::int64_t left = 0;
  /// Until the next permit; zero when there is one.
  std::chrono::microseconds retry_after{0};
};

struct RateStep {
  RateDecision decision;
  Instant full_at;  ///< To be kept for the next decision; unchanged by a refusal.
};

/// Takes one permit at `now` from a bucket that is full at `full_at`; nullopt, or an instant that
/// has passed: it is full.
RateStep TakePermit(const RateRule& rule, std::optional<Instant> full_at, Instant now);

}  // namespace docket
