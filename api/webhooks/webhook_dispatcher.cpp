#include "api/webhooks/webhook_dispatcher.hpp"

#include <fmt/format.h>

#include "api/auth/operations.hpp"

namespace docket {

namespace {

constexpr auto kNoticeSource = "webhooks";
constexpr int kGone = 410;
constexpr std::size_t kDetailBytesMax = 300;

std::string DetailOf(const WebhookReply& reply) {
  std::string detail = reply.error.empty() ? reply.body : reply.error;
  detail.resize(std::min(detail.size(), kDetailBytesMax));
  // It comes from elsewhere, and goes into a database of UTF-8 and into JSON.
  for (char& c : detail) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte > 0x7e) c = '?';
  }
  return detail;
}

}  // namespace

WebhookDispatcher::WebhookDispatcher(const Ports& ports, WebhookDispatcherOptions options)
    : ports_(ports),
      options_(std::move(options)),
      workers_(options_.workers),
      loop_(ports.leases,
            {.lease = std::string(kLease), .poll = options_.poll, .report = options_.report},
            [this](const Lease&) { Round(); }) {}

void WebhookDispatcher::Stop() {
  loop_.Stop();
  workers_.Stop();
}

void WebhookDispatcher::Round() {
  const auto active = ports_.store.ListActive(ports_.clock.Now());
  if (active.empty()) return;
  const Head head = ports_.feed.ReadHead();
  for (const auto& webhook : active) {
    const bool abreast = webhook.epoch == head.epoch && webhook.position >= head.position;
    if (!abreast) Begin(webhook.id);
  }
}

void WebhookDispatcher::Begin(const std::string& id) {
  {
    const std::lock_guard guard(mutex_);
    if (!busy_.insert(id).second) return;
  }
  workers_.Do([this, id] {
    try {
      // Anew: since the list was read a worker may have gone on with it, or parked it.
      auto webhook = ports_.store.Find(id);
      const bool is_due = webhook && webhook->state == WebhookState::kActive &&
                          webhook->next_attempt_at <= ports_.clock.Now();
      while (is_due && loop_.Holds() && Deliver(*webhook)) {
      }
    } catch (const std::exception& error) {
      options_.report(
          {NoticeLevel::kWarning, kNoticeSource, fmt::format("{} waits: {}", id, error.what())});
    }
    const std::lock_guard guard(mutex_);
    busy_.erase(id);
  });
}

std::optional<FeedView> WebhookDispatcher::ViewOf(const Webhook& webhook) const {
  auto actor = ports_.directory.FindActor(webhook.owner);
  if (!actor || !MayUse("GET", "/v1/feed", *actor)) return std::nullopt;
  auto unit = ports_.directory.FindUnit(actor->unit).value_or(Unit());
  return FeedView{{std::move(*actor), std::move(unit)}, FilterOf(webhook)};
}

bool WebhookDispatcher::Deliver(Webhook& webhook) {
  const auto view = ViewOf(webhook);
  if (!view) {
    Park(webhook, "access_revoked");
    return false;
  }
  const auto page = ports_.feed.ReadPage(webhook.position, options_.page_events);
  if (page.head.epoch != webhook.epoch) {
    Park(webhook, "history_forked");
    return false;
  }
  const Position stored = webhook.position;
  for (const auto& event : page.events) {
    if (!loop_.Holds()) return false;
    if (Shows(*view, event) && !SendOne(webhook, event, *TextFor(*view, event))) return false;
    webhook.position = event.event.position;
  }
  if (webhook.position != stored && !ports_.store.Update(webhook)) return false;
  return page.events.size() == options_.page_events;
}

bool WebhookDispatcher::SendOne(Webhook& webhook, const FeedEvent& event, const std::string& body) {
  auto message = ports_.webhooks.MessageOf(
      webhook, {event.event.id.value, "application/cloudevents+json", body});
  // What is between this one and the event's was not for this subscription.
  message.headers.push_back({"docket-after", std::to_string(webhook.delivered.value)});
  const Instant started = ports_.clock.Now();
  const auto reply = ports_.sender.Post(message);
  ports_.store.AddDelivery(webhook.id, {.number = 0,
                                        .position = event.event.position,
                                        .event_id = event.event.id.value,
                                        .attempted_at = started,
                                        .took_ms = reply.took.count(),
                                        .status = reply.status,
                                        .outcome = reply.IsSuccess() ? "delivered" : "failed",
                                        .detail = reply.IsSuccess() ? "" : DetailOf(reply)});
  if (!reply.IsSuccess()) {
    TakeFailure(webhook, reply);
    return false;
  }
  webhook.failures = 0;
  webhook.position = webhook.delivered = event.event.position;
  return ports_.store.Update(webhook);
}

void WebhookDispatcher::TakeFailure(Webhook& webhook, const WebhookReply& reply) {
  ++webhook.failures;
  // By the specification this receiver wants no more of it.
  if (reply.status == kGone) return Park(webhook, "receiver_gone");
  if (webhook.failures >= options_.failures_max) return Park(webhook, "too_many_failures");
  double lot = 0;
  {
    const std::lock_guard guard(mutex_);
    lot = std::uniform_real_distribution<double>(0, 1)(random_);
  }
  const auto delay = DelayAfter(static_cast<int>(webhook.failures), lot, options_.backoff);
  webhook.next_attempt_at = ports_.clock.Now() + delay;
  ports_.store.Update(webhook);
}

void WebhookDispatcher::Park(Webhook& webhook, std::string_view reason) {
  webhook.state = WebhookState::kParked;
  webhook.reason = reason;
  ports_.store.Update(webhook);
}

}  // namespace docket
