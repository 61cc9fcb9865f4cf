#include "api/application_status.hpp"

#include <fmt/format.h>

#include "api/application.hpp"

namespace docket {

namespace {

/// How long a process that stops waits for its runners.
constexpr std::chrono::seconds kFlushTimeout{10};
/// Who asks how the store is waits no longer for another who asks, too.
constexpr std::chrono::seconds kAskingWait{1};
/// Of no data subject: looked for to see whether the key store answers.
constexpr const char* kProbeKey = "readiness";

std::string ProblemOf(const ProjectionStatus& projection, const std::optional<Position>& head) {
  if (!head) return "unknown while the store does not answer";
  const std::int64_t lag = head->value - projection.projected_to.value;
  if (lag > kReadyLagPositionsMax) {
    return fmt::format("{} positions behind, at most {}", lag, kReadyLagPositionsMax);
  }
  if (lag > 0 && projection.since_progress > kReadyStandstillMax) {
    return fmt::format("behind, and standing still for {} seconds",
                       projection.since_progress.count() / 1'000);
  }
  return "";
}

std::vector<WebhookLag> LagsOf(const std::vector<Webhook>& webhooks, Position head) {
  std::vector<WebhookLag> lags;
  for (const auto& webhook : webhooks) {
    lags.push_back({.id = webhook.id,
                    .is_parked = webhook.state == WebhookState::kParked,
                    .positions = std::max<std::int64_t>(head.value - webhook.position.value, 0)});
  }
  return lags;
}

}  // namespace

Application::Probe Application::AskStore() {
  Probe probe;
  // A store that does not answer must not take one thread after another with it.
  const std::unique_lock asking(asking_, kAskingWait);
  if (!asking) return probe;
  try {
    probe.cases_head = log_->ReadHead(LogId::kCases).position;
    probe.access_head = log_->ReadHead(LogId::kAccess).position;
    probe.webhooks = LagsOf(webhook_store_.ListWatched(), *probe.cases_head);
  } catch (const StoreError&) {
    return {};
  }
  try {
    probe.has_keys = !keys_->IsDestroyed(KeyId(kProbeKey));
  } catch (const StoreError&) {
    probe.has_keys = false;
  }
  return probe;
}

ApplicationStatus Application::Status() {
  const Probe probe = AskStore();
  ApplicationStatus status;
  status.cases_head = probe.cases_head;
  status.access_head = probe.access_head;
  status.appends = &log_->Appending()->Counts();
  status.appends_waiting = log_->Appending()->Waiting();
  status.projection = projecting_.Status();
  if (redis_) status.relay = redis_->Relaying();
  status.sweeper = sweeper_.Status();
  status.feed = hub_.Now();
  status.webhooks = probe.webhooks;
  if (probe.cases_head) status.notices = StatusOfNotices();
  status.key_store_failures = keys_->Failures();
  status.view_failures = views_.Failures();
  status.is_draining = is_draining_;
  return status;
}

std::optional<NoticeStatus> Application::StatusOfNotices() {
  try {
    NoticeStatus status{.deliveries = notifications_.Count(),
                        .sent = courier_.Counts().sent.Value(),
                        .failed = courier_.Counts().failed.Value(),
                        .rounds_failed = notifier_.Failures() + courier_.Failures()};
    if (const auto oldest = status.deliveries.oldest_pending) {
      status.oldest_pending_age =
          std::chrono::duration_cast<std::chrono::seconds>(clock_.Now() - *oldest);
    }
    return status;
  } catch (const StoreError&) {
    return std::nullopt;
  }
}

Readiness Application::CheckReadiness() {
  const Probe probe = AskStore();
  return {{"serving", is_draining_ ? "the process is about to stop" : ""},
          {"store", probe.cases_head ? "" : "the store does not answer"},
          {"key_store", probe.has_keys ? "" : "the key store does not answer"},
          {"projection", ProblemOf(projecting_.Status(), probe.cases_head)}};
}

bool Application::Flush() {
  try {
    const Position head = log_->ReadHead(LogId::kCases).position;
    const bool is_projected = projecting_.CatchUpTo(head, kFlushTimeout);
    return (!redis_ || redis_->CatchUpTo(head, kFlushTimeout)) && is_projected;
  } catch (const StoreError&) {
    return false;
  }
}

}  // namespace docket
