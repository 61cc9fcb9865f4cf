#include "persistence/redis/rate_rule.hpp"

#include <algorithm>

#include "domain/ensure.hpp"

namespace docket {

RateStep TakePermit(const RateRule& rule, std::optional<Instant> full_at, Instant now) {
  ENSURE(rule.burst > 0 && rule.interval.count() > 0, "a rate rule is positive");
  const Instant from = std::max(full_at.value_or(now), now);
  const Instant next = from + rule.interval;
  const auto over = (next - now) - rule.burst * rule.interval;
  if (over.count() > 0) return {{.retry_after = over}, from};
  return {{.is_allowed = true, .left = -over / rule.interval}, next};
}

}  // namespace docket
