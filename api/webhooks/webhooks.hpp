/// Webhook subscriptions (推送订阅) as their owners work with them, and how their messages are made.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/feed/feed_reader.hpp"
#include "api/webhooks/webhook_sender.hpp"
#include "domain/personal.hpp"
#include "persistence/webhooks/signing.hpp"
#include "persistence/webhooks/webhook_store.hpp"

namespace docket {

constexpr std::size_t kWebhooksOfOwnerMax = 20;
/// Both signatures are sent for so long after a secret was changed.
constexpr std::chrono::hours kOldSecretKept{24};

/// What a new subscription is asked for with.
struct WebhookAsk {
  std::string url;
  std::optional<FeedFilter> filter;
  std::optional<WebhookAlgorithm> algorithm;  ///< HMAC-SHA256 unless given.
  std::optional<std::int64_t> after;          ///< The first position is the next; absent: the head.

  static FieldList Fields() {
    return {Field{"url", &WebhookAsk::url, "推送地址"},
            Field{"filter", &WebhookAsk::filter, "筛选"},
            Field{"algorithm", &WebhookAsk::algorithm, "签名算法"},
            Field{"after", &WebhookAsk::after, "起始位置"}};
  }
};

/// The secrets of a subscription, sealed where they are kept.
struct WebhookSecrets {
  WebhookAlgorithm algorithm = WebhookAlgorithm::kHmacSha256;
  std::string signing;
  std::string verifying;
  std::optional<std::string> previous;  ///< What signed before.
  std::optional<Instant> previous_until;

  static FieldList Fields() {
    return {Field{"algorithm", &WebhookSecrets::algorithm},
            Field{"signing", &WebhookSecrets::signing},
            Field{"verifying", &WebhookSecrets::verifying},
            Field{"previous", &WebhookSecrets::previous},
            Field{"previous_until", &WebhookSecrets::previous_until}};
  }
};

/// A subscription and what its receiver verifies with; shown when it was made or changed, only.
struct WebhookWithSecret {
  Webhook webhook;
  std::string secret;
};

Rejection UnknownWebhook();
/// Somebody, or the dispatcher, changed it at the same moment.
Rejection WebhookBusy();
/// It was never verified.
Rejection WebhookPending();
Rejection WebhookNotVerified();
Rejection TooManyWebhooks();

/// Thread-safe. An account sees its own subscriptions; those of others are `unknown_webhook`.
class Webhooks {
 public:
  /// All of it outlives this.
  struct Ports {
    WebhookStore& store;
    const FeedReader& feed;
    SubjectKeys& keys;
    IdSource& ids;
    const Clock& clock;  ///< The machine's: nothing here is legal time.
    const WebhookSender& sender;
  };
  explicit Webhooks(const Ports& ports) : ports_(ports) {}

  /// Refused: what WebhookSender::Check refuses, `too_many_webhooks`, `position_ahead_of_log`, an
  /// invalid filter.
  Expected<WebhookWithSecret> Create(const ActorId& owner, const WebhookAsk& ask);
  Expected<Webhook> Find(const ActorId& owner, const std::string& id) const;
  std::vector<Webhook> List(const ActorId& owner) const { return ports_.store.ListOf(owner); }
  Expected<std::vector<WebhookDelivery>> Deliveries(const ActorId& owner, const std::string& id,
                                                    std::optional<std::int64_t> before,
                                                    std::size_t limit) const;
  /// Sends a signed challenge and waits for its echo; then the subscription is active. Refused:
  /// `webhook_not_verified`.
  Expected<Webhook> Verify(const ActorId& owner, const std::string& id);
  Expected<Webhook> Pause(const ActorId& owner, const std::string& id);
  /// A paused or parked one; refused where it was never verified.
  Expected<Webhook> Resume(const ActorId& owner, const std::string& id);
  /// Delivers again from the next position on, in the history of now.
  Expected<Webhook> Replay(const ActorId& owner, const std::string& id, Position after);
  Expected<WebhookWithSecret> Rotate(const ActorId& owner, const std::string& id);
  Expected<void> Remove(const ActorId& owner, const std::string& id);

  struct Content {
    std::string id;  ///< The same when it is sent again.
    std::string media_type;
    std::string body;
  };
  /// The signed message. Throws StoreError when the secret cannot be opened.
  WebhookSender::Message MessageOf(const Webhook& webhook, const Content& content) const;

 private:
  template <class Change>
  Expected<Webhook> Changing(const ActorId& owner, const std::string& id, const Change& change);
  std::string Sealed(const std::string& id, const WebhookSecrets& secrets) const;
  WebhookSecrets SecretsOf(const Webhook& webhook) const;

  const Ports ports_;
};

/// Throws StoreError where it cannot be read.
FeedFilter FilterOf(const Webhook& webhook);

}  // namespace docket
