#include "persistence/redis/backoff.hpp"

#include <algorithm>
#include <cmath>

namespace docket {

std::chrono::milliseconds DelayAfter(int failures, double lot, const BackoffRule& rule) {
  const double doubled =
      std::ldexp(static_cast<double>(rule.first.count()), std::clamp(failures - 1, 0, 62));
  const double whole = std::min(doubled, static_cast<double>(rule.most.count()));
  return std::chrono::milliseconds(static_cast<std::int64_t>(whole / 2 + lot * whole / 2));
}

}  // namespace docket
