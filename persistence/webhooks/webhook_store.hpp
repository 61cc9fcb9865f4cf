/// Webhook subscriptions (推送订阅) as they are kept, and the log of their deliveries.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event_log.hpp"
#include "domain/json.hpp"
#include "domain/time.hpp"
#include "persistence/side_tables.hpp"

namespace docket {

enum class WebhookState : std::uint8_t {
  kPending,  ///< The receiver has not yet shown that it wants this.
  kActive,
  kPaused,  ///< By its owner.
  kParked,  ///< By the dispatcher, which says why; its owner resumes it.
};
template <>
struct EnumTable<WebhookState> {
  static constexpr std::array kNames{
      EnumName<WebhookState>{WebhookState::kPending, "pending", "待验证"},
      EnumName<WebhookState>{WebhookState::kActive, "active", "推送中"},
      EnumName<WebhookState>{WebhookState::kPaused, "paused", "已暂停"},
      EnumName<WebhookState>{WebhookState::kParked, "parked", "已搁置"},
  };
};

struct Webhook {
  std::string id;
  ActorId owner;  ///< Whose grant decides what is sent.
  std::string url;
  std::string filter;  ///< JSON.
  WebhookState state = WebhookState::kPending;
  std::string reason;   ///< Why it is parked; empty otherwise.
  std::string secrets;  ///< Sealed.
  Epoch epoch;
  Position position;          ///< Delivered, or not to be shown, up to here.
  Position delivered;         ///< Of the last message that was taken; at first where it begins.
  std::int64_t failures = 0;  ///< In a row.
  Instant next_attempt_at;
  Instant created_at;
  std::int64_t revision = 0;
};

struct WebhookDelivery {
  std::int64_t number = 0;  ///< 1, 2, 3 … of its webhook.
  Position position;
  std::string event_id;
  Instant attempted_at;
  std::int64_t took_ms = 0;
  std::int64_t status = 0;  ///< Of HTTP; 0: no answer.
  std::string outcome;      ///< `delivered` or `failed`.
  std::string detail;
};
/// So many of a webhook are kept.
constexpr std::int64_t kDeliveriesKept = 1000;

/// Thread-safe. Failure: StoreError.
class WebhookStore {
 public:
  /// `tables` outlives the store.
  explicit WebhookStore(SideTables& tables) : tables_(tables) {}

  void Add(const Webhook& webhook);
  std::optional<Webhook> Find(const std::string& id) const;
  /// Oldest first.
  std::vector<Webhook> ListOf(const ActorId& owner) const;
  /// How each stands that may be delivered to, or could be but for a fault: active and parked ones.
  std::vector<Webhook> ListWatched() const;
  /// Active ones whose next attempt may be made at `now`.
  std::vector<Webhook> ListActive(Instant now) const;
  /// Writes what may change, where nobody has changed it since `webhook` was read; its revision
  /// is the new one then. False: somebody has; nothing was written.
  bool Update(Webhook& webhook);
  /// With its deliveries. False: there was none.
  bool Remove(const std::string& id);

  /// Gives the delivery its number, and forgets the oldest beyond kDeliveriesKept.
  void AddDelivery(const std::string& id, const WebhookDelivery& delivery);
  /// Newest first; those before `before`, where it is given.
  std::vector<WebhookDelivery> Deliveries(const std::string& id, std::optional<std::int64_t> before,
                                          std::size_t limit) const;

 private:
  SideTables& tables_;
};

}  // namespace docket
