#include "api/webhooks/webhooks.hpp"

namespace docket {

namespace {

std::string AssociatedData(const std::string& id) { return "webhook/" + id; }

tl::unexpected<Rejection> NotVerified(const WebhookReply& reply) {
  Rejection rejection = WebhookNotVerified();
  rejection.en +=
      reply.error.empty() ? "; it answered " + std::to_string(reply.status) : "; " + reply.error;
  return tl::unexpected(std::move(rejection));
}

Expected<void> CheckFilter(const FeedFilter& filter) {
  if (filter.workflow && FindWorkflow(*filter.workflow) == nullptr) {
    return tl::unexpected(InvalidFields(
        {{"/filter/workflow", "unknown_choice", "取值无效", "not one of the known values"}}));
  }
  if (filter.region && !filter.region->IsValid()) {
    return tl::unexpected(InvalidFields({{"/filter/region", "region_invalid", "行政区划代码无效",
                                          "not a GB/T 2260 division code"}}));
  }
  return {};
}

bool EchoesChallenge(const WebhookReply& reply, const std::string& challenge) {
  const Json body = Json::parse(reply.body, nullptr, false);
  return reply.IsSuccess() && body.is_object() && body.contains("challenge") &&
         body["challenge"] == challenge;
}

}  // namespace

Rejection UnknownWebhook() {
  return {RejectionKind::kNotFound,
          {"unknown_webhook", "没有该推送订阅", "there is no such webhook of this account"}};
}

Rejection WebhookBusy() {
  return {RejectionKind::kConflict,
          {"webhook_busy", "订阅刚被更改，请重试", "it was changed just now; try again"}};
}

Rejection WebhookPending() {
  return {RejectionKind::kRefused,
          {"webhook_pending", "订阅尚未通过验证", "it has to be verified first"}};
}

Rejection WebhookNotVerified() {
  return {RejectionKind::kRefused,
          {"webhook_not_verified", "接收方未按要求返回验证码",
           "the receiver did not answer with the challenge"}};
}

Rejection TooManyWebhooks() {
  return {
      RejectionKind::kRefused,
      {"too_many_webhooks", "推送订阅数已达上限", "this account has as many webhooks as it may"}};
}

FeedFilter FilterOf(const Webhook& webhook) {
  const auto filter = Decode<FeedFilter>(JsonView(Json::parse(webhook.filter)));
  if (!filter) throw StoreError("the filter of a webhook cannot be read");
  return *filter;
}

Expected<WebhookWithSecret> Webhooks::Create(const ActorId& owner, const WebhookAsk& ask) {
  const FeedFilter filter = ask.filter.value_or(FeedFilter());
  if (auto valid = CheckFilter(filter); !valid) return tl::unexpected(valid.error());
  if (auto valid = ports_.sender.Check(ask.url); !valid) return tl::unexpected(valid.error());
  if (ports_.store.ListOf(owner).size() >= kWebhooksOfOwnerMax) {
    return tl::unexpected(TooManyWebhooks());
  }
  const Head head = ports_.feed.ReadHead();
  const Position after(ask.after.value_or(head.position.value));
  if (const auto reason = ports_.feed.Check({head.epoch, after})) {
    return tl::unexpected(reason->rejection);
  }
  const auto algorithm = ask.algorithm.value_or(WebhookAlgorithm::kHmacSha256);
  const auto secret = NewWebhookSecret(algorithm);
  Webhook webhook;
  webhook.id = "webhook-" + ports_.ids.NewUuid();
  webhook.owner = owner;
  webhook.url = ask.url;
  webhook.filter = CanonicalJson(Encode(filter));
  webhook.secrets = Sealed(webhook.id, {algorithm, secret.signing, secret.verifying, {}, {}});
  webhook.epoch = head.epoch;
  webhook.position = webhook.delivered = after;
  webhook.created_at = ports_.clock.Now();
  webhook.next_attempt_at = webhook.created_at;
  ports_.store.Add(webhook);
  return WebhookWithSecret{std::move(webhook), secret.verifying};
}

Expected<Webhook> Webhooks::Find(const ActorId& owner, const std::string& id) const {
  auto webhook = ports_.store.Find(id);
  if (!webhook || webhook->owner != owner) return tl::unexpected(UnknownWebhook());
  return *webhook;
}

Expected<std::vector<WebhookDelivery>> Webhooks::Deliveries(const ActorId& owner,
                                                            const std::string& id,
                                                            std::optional<std::int64_t> before,
                                                            std::size_t limit) const {
  const auto webhook = Find(owner, id);
  if (!webhook) return tl::unexpected(webhook.error());
  return ports_.store.Deliveries(id, before, limit);
}

template <class Change>
Expected<Webhook> Webhooks::Changing(const ActorId& owner, const std::string& id,
                                     const Change& change) {
  constexpr int kAttempts = 5;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    auto webhook = Find(owner, id);
    if (!webhook) return webhook;
    Expected<void> changed = change(*webhook);
    if (!changed) return tl::unexpected(changed.error());
    if (ports_.store.Update(*webhook)) return webhook;
  }
  return tl::unexpected(WebhookBusy());
}

Expected<Webhook> Webhooks::Verify(const ActorId& owner, const std::string& id) {
  auto webhook = Find(owner, id);
  if (!webhook) return webhook;
  const std::string challenge = ports_.ids.NewUuid();
  const Json body = {{"type", "docket.webhook.verification"}, {"challenge", challenge}};
  const auto reply =
      ports_.sender.Post(MessageOf(*webhook, {challenge, "application/json", CanonicalJson(body)}));
  if (!EchoesChallenge(reply, challenge)) return NotVerified(reply);
  return Changing(owner, id, [&](Webhook& one) -> Expected<void> {
    if (one.state == WebhookState::kPending) one.state = WebhookState::kActive;
    one.next_attempt_at = ports_.clock.Now();
    return {};
  });
}

Expected<Webhook> Webhooks::Pause(const ActorId& owner, const std::string& id) {
  return Changing(owner, id, [](Webhook& one) -> Expected<void> {
    if (one.state == WebhookState::kPending) return tl::unexpected(WebhookPending());
    one.state = WebhookState::kPaused;
    one.reason.clear();
    return {};
  });
}

Expected<Webhook> Webhooks::Resume(const ActorId& owner, const std::string& id) {
  return Changing(owner, id, [&](Webhook& one) -> Expected<void> {
    if (one.state == WebhookState::kPending) return tl::unexpected(WebhookPending());
    const auto reason = ports_.feed.Check({one.epoch, one.position});
    if (reason) return tl::unexpected(reason->rejection);
    one.state = WebhookState::kActive;
    one.reason.clear();
    one.failures = 0;
    one.next_attempt_at = ports_.clock.Now();
    return {};
  });
}

Expected<Webhook> Webhooks::Replay(const ActorId& owner, const std::string& id, Position after) {
  return Changing(owner, id, [&](Webhook& one) -> Expected<void> {
    if (one.state == WebhookState::kPending) return tl::unexpected(WebhookPending());
    const Head head = ports_.feed.ReadHead();
    const auto reason = ports_.feed.Check({head.epoch, after});
    if (reason) return tl::unexpected(reason->rejection);
    one.state = WebhookState::kActive;
    one.reason.clear();
    one.failures = 0;
    one.epoch = head.epoch;
    one.position = one.delivered = after;
    one.next_attempt_at = ports_.clock.Now();
    return {};
  });
}

Expected<WebhookWithSecret> Webhooks::Rotate(const ActorId& owner, const std::string& id) {
  std::string shown;
  auto webhook = Changing(owner, id, [&](Webhook& one) -> Expected<void> {
    const auto before = SecretsOf(one);
    const auto secret = NewWebhookSecret(before.algorithm);
    one.secrets = Sealed(id, {before.algorithm, secret.signing, secret.verifying, before.signing,
                              ports_.clock.Now() + kOldSecretKept});
    shown = secret.verifying;
    return {};
  });
  if (!webhook) return tl::unexpected(webhook.error());
  return WebhookWithSecret{std::move(*webhook), shown};
}

Expected<void> Webhooks::Remove(const ActorId& owner, const std::string& id) {
  const auto webhook = Find(owner, id);
  if (!webhook) return tl::unexpected(webhook.error());
  ports_.store.Remove(id);
  return {};
}

WebhookSender::Message Webhooks::MessageOf(const Webhook& webhook, const Content& content) const {
  const auto secrets = SecretsOf(webhook);
  const Instant now = ports_.clock.Now();
  const std::string timestamp = std::to_string(now.Micros() / 1'000'000);
  const WebhookMessage message{content.id, timestamp, content.body};
  std::string signatures = SignWebhook(secrets.signing, message).value_or("");
  if (secrets.previous && secrets.previous_until && now < *secrets.previous_until) {
    signatures += " " + SignWebhook(*secrets.previous, message).value_or("");
  }
  return {webhook.url,
          {{"webhook-id", content.id},
           {"webhook-timestamp", timestamp},
           {"webhook-signature", signatures},
           {"User-Agent", "docket"},
           {"Content-Type", content.media_type}},
          content.body};
}

std::string Webhooks::Sealed(const std::string& id, const WebhookSecrets& secrets) const {
  const auto sealed =
      ports_.keys.Seal(KeyId(id + "/secret"), AssociatedData(id), CanonicalJson(Encode(secrets)));
  return CanonicalJson(
      {{"$sealed", sealed.version}, {"key", sealed.key.value}, {"box", sealed.box}});
}

WebhookSecrets Webhooks::SecretsOf(const Webhook& webhook) const {
  const Json box = Json::parse(webhook.secrets);
  const SealedValue sealed{.version = box["$sealed"].get<std::int64_t>(),
                           .key = KeyId(box["key"].get<std::string>()),
                           .box = box["box"].get<std::string>()};
  const auto clear = ports_.keys.Open(sealed, AssociatedData(webhook.id));
  if (!clear) throw StoreError("the secret of a webhook cannot be opened");
  const auto secrets = Decode<WebhookSecrets>(JsonView(Json::parse(*clear)));
  if (!secrets) throw StoreError("the secret of a webhook cannot be read");
  return *secrets;
}

}  // namespace docket
