#include "persistence/redis/redis_link.hpp"

namespace docket {

namespace {

WakeupOptions WakeupOptionsOf(const RedisLinkOptions& options) {
  return {.redis = {.url = options.url},
          .channel = WakeChannel(options.prefix, LogId::kCases),
          .report = options.report};
}

std::unique_ptr<Relay> MakeRelay(const EventLog& log, const RedisLinkOptions& options) {
  return std::make_unique<Relay>(
      log, RedisConnection({.url = options.url}),
      RelayOptions{
          .prefix = options.prefix, .entries_max = options.entries_max, .report = options.report});
}

}  // namespace

RedisLink::RedisLink(const Ports& ports, const RedisLinkOptions& options)
    : sender_(WakeupOptionsOf(options)),
      relay_(ports.leases, MakeRelay(ports.log, options),
             RelayRunner::Options{.report = options.report}),
      listener_(WakeupOptionsOf(options),
                [this, wake = ports.wake] {
                  wake();
                  relay_.Wake();
                }),
      appended_(ports.log.OnAppended([this](Position position) {
        sender_.Appended(position);
        relay_.Wake();
      })) {}

}  // namespace docket
