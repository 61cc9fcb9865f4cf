/// How a running Docket stands: what /metrics and /readyz are made of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/feed/feed_hub.hpp"
#include "persistence/counts.hpp"
#include "persistence/notifications/notification_store.hpp"
#include "persistence/redis/relay_runner.hpp"
#include "persistence/runners/projector_runner.hpp"
#include "persistence/runners/sweeper.hpp"

namespace docket {

/// How far a webhook is behind.
struct WebhookLag {
  std::string id;
  bool is_parked = false;
  std::int64_t positions = 0;
};

/// Notifications outside the inbox.
struct NoticeStatus {
  DeliveryCounts deliveries;
  std::uint64_t sent = 0;                      ///< By this process, since the start.
  std::uint64_t failed = 0;                    ///< Attempts of it that failed.
  std::int64_t rounds_failed = 0;              ///< Of making or sending them, here.
  std::chrono::seconds oldest_pending_age{0};  ///< By the legal clock.
};

struct ApplicationStatus {
  std::optional<Position> cases_head;   ///< Absent: the store did not answer.
  std::optional<Position> access_head;  ///< The same.
  const AppendCounts* appends = nullptr;
  std::size_t appends_waiting = 0;
  ProjectionStatus projection;
  std::optional<RelayStatus> relay;  ///< Absent: there is no Redis.
  SweeperStatus sweeper;
  FeedHub::Status feed;
  std::vector<WebhookLag> webhooks;
  std::optional<NoticeStatus> notices;  ///< Absent: the store did not answer.
  std::uint64_t key_store_failures = 0;
  std::uint64_t view_failures = 0;
  bool is_draining = false;
};

/// One condition for requests to be sent here.
struct ReadinessCheck {
  std::string name;
  std::string problem;  ///< Empty: it holds. No address, no name of a person, no secret.
};
using Readiness = std::vector<ReadinessCheck>;

/// Beyond these a process is not ready: its lists would be too old to work with.
constexpr std::int64_t kReadyLagPositionsMax = 10'000;
constexpr std::chrono::seconds kReadyStandstillMax{10};

}  // namespace docket
