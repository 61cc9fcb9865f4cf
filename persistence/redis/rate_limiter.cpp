#include "persistence/redis/rate_limiter.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace docket {

namespace {

constexpr const char* kSource = "rate_limiter";

// TakePermit again, in microseconds by Redis' own clock, so that all processes share one.
// Numbers below 2^53 are exact in Lua; the present is at 2^51.
constexpr const char* kTakePermit = R"(
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local burst, interval = tonumber(ARGV[1]), tonumber(ARGV[2])
local from = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local after = from + interval
local over = after - now - burst * interval
if over > 0 then return {0, 0, over} end
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX',
           math.ceil((after - now) / 1000) + 1)
return {1, math.floor(-over / interval), 0}
)";

}  // namespace

RateDecision LocalRates::Take(const std::string& key, const RateRule& rule, Instant now) {
  const std::lock_guard guard(mutex_);
  const auto found = full_at_.find(key);
  if (found != full_at_.end()) {
    const auto step = TakePermit(rule, found->second, now);
    found->second = step.full_at;
    return step.decision;
  }
  if (full_at_.size() >= keys_max_) MakeRoom(now);
  const auto step = TakePermit(rule, std::nullopt, now);
  full_at_.emplace(key, step.full_at);
  return step.decision;
}

void LocalRates::MakeRoom(Instant now) {
  std::erase_if(full_at_, [now](const auto& entry) { return entry.second <= now; });
  if (full_at_.size() < keys_max_) return;
  const auto sooner = [](const auto& a, const auto& b) { return a.second < b.second; };
  full_at_.erase(std::min_element(full_at_.begin(), full_at_.end(), sooner));
}

RateLimiter::RateLimiter(Options options, const Clock& clock)
    : options_(std::move(options)), clock_(clock) {
  if (options_.redis) redis_.emplace(*options_.redis);
}

RateDecision RateLimiter::Take(const std::string& key, const RateRule& rule) {
  if (const auto shared = TakeShared(key, rule)) return *shared;
  return local_.Take(key, rule, clock_.Now());
}

std::optional<RateDecision> RateLimiter::TakeShared(const std::string& key, const RateRule& rule) {
  const std::lock_guard guard(mutex_);
  if (!redis_) return std::nullopt;
  try {
    const auto decision = AskRedis(key, rule);
    if (std::exchange(is_away_, false)) {
      options_.report({NoticeLevel::kInfo, kSource, "rate limits are shared again"});
    }
    return decision;
  } catch (const RedisError& error) {
    if (!std::exchange(is_away_, true)) {
      options_.report({NoticeLevel::kWarning, kSource,
                       fmt::format("rate limits hold for each process: {}", error.what())});
    }
    return std::nullopt;
  }
}

RateDecision RateLimiter::AskRedis(const std::string& key, const RateRule& rule) {
  const auto reply =
      redis_->Run({"EVAL", kTakePermit, "1", fmt::format("{}:rate:{}", options_.prefix, key),
                   std::to_string(rule.burst), std::to_string(rule.interval.count())});
  if (reply.elements.size() != 3) throw RedisError("redis: a rate limit has three numbers");
  return {.is_allowed = reply.elements[0].integer == 1,
          .left = reply.elements[1].integer,
          .retry_after = std::chrono::microseconds(reply.elements[2].integer)};
}

}  // namespace docket
