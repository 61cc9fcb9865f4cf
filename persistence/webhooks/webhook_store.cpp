#include "persistence/webhooks/webhook_store.hpp"

#include <string_view>

namespace docket {

namespace {

constexpr std::string_view kInsert =
    "INSERT INTO webhooks (id, owner, url, filter, state, reason, secrets, epoch, position,"
    " failures, next_attempt_at, created_at, revision, delivered)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view kSelect =
    "SELECT id, owner, url, filter, state, reason, secrets, epoch, position, failures,"
    " next_attempt_at, created_at, revision, delivered FROM webhooks WHERE id = ?";
constexpr std::string_view kSelectOfOwner =
    "SELECT id, owner, url, filter, state, reason, secrets, epoch, position, failures,"
    " next_attempt_at, created_at, revision, delivered FROM webhooks"
    " WHERE owner = ? ORDER BY created_at, id";
constexpr std::string_view kSelectActive =
    "SELECT id, owner, url, filter, state, reason, secrets, epoch, position, failures,"
    " next_attempt_at, created_at, revision, delivered FROM webhooks"
    " WHERE state = 'active' AND next_attempt_at <= ? ORDER BY next_attempt_at, id";
constexpr std::string_view kSelectWatched =
    "SELECT id, owner, url, filter, state, reason, secrets, epoch, position, failures,"
    " next_attempt_at, created_at, revision, delivered FROM webhooks"
    " WHERE state IN ('active', 'parked') ORDER BY id";
constexpr std::string_view kUpdate =
    "UPDATE webhooks SET state = ?, reason = ?, secrets = ?, epoch = ?, position = ?, failures = ?,"
    " next_attempt_at = ?, delivered = ?, revision = revision + 1 WHERE id = ? AND revision = ?";
constexpr std::string_view kDelete = "DELETE FROM webhooks WHERE id = ?";
constexpr std::string_view kDeleteDeliveries = "DELETE FROM webhook_deliveries WHERE webhook = ?";
constexpr std::string_view kInsertDelivery =
    "INSERT INTO webhook_deliveries (webhook, number, position, event_id, attempted_at, took_ms,"
    " status, outcome, detail) SELECT w.id, coalesce(max(d.number), 0) + 1, CAST(? AS bigint),"
    " CAST(? AS text), CAST(? AS bigint), CAST(? AS bigint), CAST(? AS bigint), CAST(? AS text),"
    " CAST(? AS text)"
    " FROM webhooks AS w LEFT JOIN webhook_deliveries AS d ON d.webhook = w.id"
    " WHERE w.id = ? GROUP BY w.id";
constexpr std::string_view kForgetDeliveries =
    "DELETE FROM webhook_deliveries WHERE webhook = ? AND number <="
    " (SELECT max(number) FROM webhook_deliveries WHERE webhook = ?) - ?";
constexpr std::string_view kSelectDeliveries =
    "SELECT number, position, event_id, attempted_at, took_ms, status, outcome, detail"
    " FROM webhook_deliveries WHERE webhook = ? AND number < ? ORDER BY number DESC LIMIT ?";

const std::string& Text(const ViewRow& row, std::size_t column) {
  return std::get<std::string>(row.at(column));
}
std::int64_t Number(const ViewRow& row, std::size_t column) {
  return std::get<std::int64_t>(row.at(column));
}
std::string Name(WebhookState state) { return std::string(NameOf(state)); }

Webhook WebhookOf(const ViewRow& row) {
  const auto state = FromName<WebhookState>(Text(row, 4));
  if (!state) throw StoreError("a webhook is in an unknown state: " + Text(row, 4));
  return {.id = Text(row, 0),
          .owner = ActorId(Text(row, 1)),
          .url = Text(row, 2),
          .filter = Text(row, 3),
          .state = *state,
          .reason = Text(row, 5),
          .secrets = Text(row, 6),
          .epoch = Epoch(Text(row, 7)),
          .position = Position(Number(row, 8)),
          .delivered = Position(Number(row, 13)),
          .failures = Number(row, 9),
          .next_attempt_at = Instant::FromMicros(Number(row, 10)),
          .created_at = Instant::FromMicros(Number(row, 11)),
          .revision = Number(row, 12)};
}

std::vector<Webhook> WebhooksOf(const std::vector<ViewRow>& rows) {
  std::vector<Webhook> webhooks;
  for (const auto& row : rows) webhooks.push_back(WebhookOf(row));
  return webhooks;
}

}  // namespace

void WebhookStore::Add(const Webhook& webhook) {
  tables_.Run(kInsert, {webhook.id, webhook.owner.value, webhook.url, webhook.filter,
                        Name(webhook.state), webhook.reason, webhook.secrets, webhook.epoch.value,
                        webhook.position.value, webhook.failures, webhook.next_attempt_at.Micros(),
                        webhook.created_at.Micros(), webhook.revision, webhook.delivered.value});
}

std::optional<Webhook> WebhookStore::Find(const std::string& id) const {
  const auto rows = tables_.Query(kSelect, {id});
  return rows.empty() ? std::nullopt : std::optional(WebhookOf(rows.front()));
}

std::vector<Webhook> WebhookStore::ListOf(const ActorId& owner) const {
  return WebhooksOf(tables_.Query(kSelectOfOwner, {owner.value}));
}

std::vector<Webhook> WebhookStore::ListWatched() const {
  return WebhooksOf(tables_.Query(kSelectWatched));
}

std::vector<Webhook> WebhookStore::ListActive(Instant now) const {
  return WebhooksOf(tables_.Query(kSelectActive, {now.Micros()}));
}

bool WebhookStore::Update(Webhook& webhook) {
  const auto changed = tables_.Run(
      kUpdate, {Name(webhook.state), webhook.reason, webhook.secrets, webhook.epoch.value,
                webhook.position.value, webhook.failures, webhook.next_attempt_at.Micros(),
                webhook.delivered.value, webhook.id, webhook.revision});
  if (changed == 1) ++webhook.revision;
  return changed == 1;
}

bool WebhookStore::Remove(const std::string& id) {
  const bool removed = tables_.Run(kDelete, {id}) == 1;
  tables_.Run(kDeleteDeliveries, {id});
  return removed;
}

void WebhookStore::AddDelivery(const std::string& id, const WebhookDelivery& delivery) {
  tables_.Run(kInsertDelivery,
              {delivery.position.value, delivery.event_id, delivery.attempted_at.Micros(),
               delivery.took_ms, delivery.status, delivery.outcome, delivery.detail, id});
  tables_.Run(kForgetDeliveries, {id, id, kDeliveriesKept});
}

std::vector<WebhookDelivery> WebhookStore::Deliveries(const std::string& id,
                                                      std::optional<std::int64_t> before,
                                                      std::size_t limit) const {
  std::vector<WebhookDelivery> deliveries;
  const auto rows = tables_.Query(
      kSelectDeliveries, {id, before.value_or(INT64_MAX), static_cast<std::int64_t>(limit)});
  for (const auto& row : rows) {
    deliveries.push_back({.number = Number(row, 0),
                          .position = Position(Number(row, 1)),
                          .event_id = Text(row, 2),
                          .attempted_at = Instant::FromMicros(Number(row, 3)),
                          .took_ms = Number(row, 4),
                          .status = Number(row, 5),
                          .outcome = Text(row, 6),
                          .detail = Text(row, 7)});
  }
  return deliveries;
}

}  // namespace docket
