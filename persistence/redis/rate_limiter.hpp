/// Rate limits by key, shared by all processes through Redis.
///
/// Without Redis each process counts for itself: the limit then holds for each process, and what
/// was counted on the other side is not carried over.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "domain/time.hpp"
#include "persistence/notice.hpp"
#include "persistence/redis/connection.hpp"
#include "persistence/redis/rate_rule.hpp"

namespace docket {

/// Buckets in memory, at most `keys_max`; beyond that the one that is fullest is forgotten, which
/// costs the least. Thread-safe.
class LocalRates {
 public:
  explicit LocalRates(std::size_t keys_max = 10'000) : keys_max_(keys_max) {}
  RateDecision Take(const std::string& key, const RateRule& rule, Instant now);

 private:
  void MakeRoom(Instant now);

  const std::size_t keys_max_;
  std::mutex mutex_;
  std::unordered_map<std::string, Instant> full_at_;
};

/// Thread-safe. One decision is one command that Redis runs as a whole, by the clock of Redis.
/// While Redis is away decisions are local and at once: it is asked again after the backoff.
class RateLimiter {
 public:
  struct Options {
    std::optional<RedisOptions> redis{};  ///< nullopt: this process counts for itself.
    std::string prefix = "docket";
    Report report = ReportToStderr;
  };
  /// `clock` is for the local count, and outlives the limiter.
  RateLimiter(Options options, const Clock& clock);

  /// Takes one permit of `key`; the same key always comes with the same rule.
  RateDecision Take(const std::string& key, const RateRule& rule);

 private:
  /// nullopt: Redis is away.
  std::optional<RateDecision> TakeShared(const std::string& key, const RateRule& rule);
  RateDecision AskRedis(const std::string& key, const RateRule& rule);

  const Options options_;
  const Clock& clock_;
  LocalRates local_;
  std::mutex mutex_;  ///< Guards what follows.
  std::optional<RedisConnection> redis_;
  bool is_away_ = false;
};

}  // namespace docket
