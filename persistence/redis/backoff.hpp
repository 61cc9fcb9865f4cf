/// How long to wait before trying again what failed: longer each time, bounded, and not in step
/// with everybody else who waits.
#pragma once

#include <chrono>

namespace docket {

struct BackoffRule {
  std::chrono::milliseconds first{100};
  std::chrono::milliseconds most{10'000};
};

/// Twice as long after each failure up to `most`, of which the upper half is drawn by lot.
/// `failures` counts from 1; `lot` is drawn evenly from [0, 1).
std::chrono::milliseconds DelayAfter(int failures, double lot, const BackoffRule& rule);

}  // namespace docket
