/// Delivers webhooks: in one process of all that share a store, a few subscriptions at a time.
///
/// A subscription is one line: an event is sent when the one before was taken (2xx). What fails is
/// sent again after a while that grows, and after so many failures the subscription is parked,
/// with the reason. Delivery is at least once: a process that dies between an answer and its
/// record sends the same message again, under the same id.
#pragma once

#include <mutex>
#include <random>
#include <set>

#include "api/feed/workers.hpp"
#include "api/webhooks/webhooks.hpp"
#include "persistence/redis/backoff.hpp"
#include "persistence/runners/leased_loop.hpp"

namespace docket {

struct WebhookDispatcherOptions {
  std::size_t workers = 4;
  std::size_t page_events = 100;
  std::int64_t failures_max = 12;
  BackoffRule backoff{.first = std::chrono::seconds(5), .most = std::chrono::hours(1)};
  std::chrono::milliseconds poll{1'000};
  Report report = ReportToStderr;
};

/// Thread-safe. Works from Start to Stop.
class WebhookDispatcher {
 public:
  /// All of it outlives the dispatcher.
  struct Ports {
    WebhookStore& store;
    const Webhooks& webhooks;
    const FeedReader& feed;
    const Directory& directory;
    const Clock& clock;  ///< The machine's.
    const WebhookSender& sender;
    Leases& leases;
  };
  static constexpr std::string_view kLease = "webhooks";

  WebhookDispatcher(const Ports& ports, WebhookDispatcherOptions options);
  explicit WebhookDispatcher(const Ports& ports)
      : WebhookDispatcher(ports, WebhookDispatcherOptions{}) {}
  ~WebhookDispatcher() { Stop(); }
  WebhookDispatcher(const WebhookDispatcher&) = delete;
  WebhookDispatcher& operator=(const WebhookDispatcher&) = delete;

  void Start() { loop_.Start(); }
  /// Something was appended, or a subscription was changed. Cheap.
  void Wake() { loop_.Wake(); }
  /// Messages that are being sent come to their end. Idempotent.
  void Stop();

 private:
  void Round();
  void Begin(const std::string& id);
  /// A page of its events; true: there may be more at once.
  bool Deliver(Webhook& webhook);
  /// False: it was not taken, or somebody has changed the subscription.
  bool SendOne(Webhook& webhook, const FeedEvent& event, const std::string& body);
  void TakeFailure(Webhook& webhook, const WebhookReply& reply);
  void Park(Webhook& webhook, std::string_view reason);
  std::optional<FeedView> ViewOf(const Webhook& webhook) const;

  const Ports ports_;
  const WebhookDispatcherOptions options_;
  std::mutex mutex_;  ///< Guards what follows.
  std::set<std::string> busy_;
  std::mt19937 random_{std::random_device{}()};
  Workers workers_;
  LeasedLoop loop_;  ///< Last: its thread uses everything above.
};

}  // namespace docket
