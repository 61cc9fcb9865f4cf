#include "persistence/notifications/notification_store.hpp"

#include <string_view>

namespace docket {

namespace {

constexpr const char* kProgressName = "log";

constexpr std::string_view kBegin =
    "INSERT INTO notification_progress (name, position, token) VALUES (?, ?, 0)"
    " ON CONFLICT DO NOTHING";
constexpr std::string_view kReadTo = "SELECT position FROM notification_progress WHERE name = ?";
constexpr std::string_view kMoveTo =
    "UPDATE notification_progress SET position = ?, token = ? WHERE name = ? AND token <= ?";

constexpr std::string_view kInsert =
    "INSERT INTO notifications (recipient, position, step, event_id, workflow, case_id, clock,"
    " rule, kind, text, created_at, read_at, escalate_at, escalated_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0) ON CONFLICT DO NOTHING";
constexpr std::string_view kInsertDelivery =
    "INSERT INTO notification_deliveries (notification, channel, state, message_id, attempts,"
    " next_attempt_at, made_at, sent_at, receipt, reason)"
    " SELECT number, CAST(? AS text), CAST(? AS text), CAST(? AS text), 0, CAST(? AS bigint),"
    " CAST(? AS bigint), 0, '', '' FROM notifications"
    " WHERE recipient = ? AND position = ? AND step = ? ON CONFLICT DO NOTHING";
constexpr std::string_view kTrimDeliveries =
    "DELETE FROM notification_deliveries WHERE notification IN"
    " (SELECT number FROM notifications WHERE recipient = ? AND number <="
    "  (SELECT number FROM notifications WHERE recipient = ? ORDER BY number DESC"
    "   LIMIT 1 OFFSET ?))";
constexpr std::string_view kTrim =
    "DELETE FROM notifications WHERE recipient = ? AND number <="
    " (SELECT number FROM notifications WHERE recipient = ? ORDER BY number DESC"
    "  LIMIT 1 OFFSET ?)";
constexpr std::string_view kForgetDeliveries =
    "DELETE FROM notification_deliveries WHERE notification IN"
    " (SELECT number FROM notifications WHERE created_at < ?)";
constexpr std::string_view kForget = "DELETE FROM notifications WHERE created_at < ?";

constexpr std::string_view kList =
    "SELECT number, recipient, position, step, event_id, workflow, case_id, clock, rule, kind,"
    " text, created_at, read_at, escalate_at, escalated_at FROM notifications"
    " WHERE recipient = ? AND number > ? ORDER BY number LIMIT ?";
constexpr std::string_view kListUnread =
    "SELECT number, recipient, position, step, event_id, workflow, case_id, clock, rule, kind,"
    " text, created_at, read_at, escalate_at, escalated_at FROM notifications"
    " WHERE recipient = ? AND number > ? AND read_at = 0 ORDER BY number LIMIT ?";
constexpr std::string_view kFind =
    "SELECT number, recipient, position, step, event_id, workflow, case_id, clock, rule, kind,"
    " text, created_at, read_at, escalate_at, escalated_at FROM notifications WHERE number = ?";
constexpr std::string_view kListToEscalate =
    "SELECT number, recipient, position, step, event_id, workflow, case_id, clock, rule, kind,"
    " text, created_at, read_at, escalate_at, escalated_at FROM notifications"
    " WHERE escalate_at > 0 AND escalate_at <= ? AND read_at = 0 AND escalated_at = 0"
    " ORDER BY escalate_at, number LIMIT ?";
constexpr std::string_view kCountUnread =
    "SELECT count(*) FROM notifications WHERE recipient = ? AND read_at = 0";
constexpr std::string_view kMarkRead =
    "UPDATE notifications SET read_at = ? WHERE recipient = ? AND number <= ? AND read_at = 0";
constexpr std::string_view kMarkOneRead =
    "UPDATE notifications SET read_at = ? WHERE recipient = ? AND number = ? AND read_at = 0";
constexpr std::string_view kEscalated =
    "UPDATE notifications SET escalated_at = ? WHERE number = ?";
constexpr std::string_view kStays = "UPDATE notifications SET escalate_at = 0 WHERE number = ?";

constexpr std::string_view kListDue =
    "SELECT notification, channel, state, message_id, attempts, next_attempt_at, made_at, sent_at,"
    " receipt, reason FROM notification_deliveries"
    " WHERE state = 'pending' AND next_attempt_at <= ? ORDER BY next_attempt_at, notification"
    " LIMIT ?";
constexpr std::string_view kListParked =
    "SELECT notification, channel, state, message_id, attempts, next_attempt_at, made_at, sent_at,"
    " receipt, reason FROM notification_deliveries"
    " WHERE state = 'parked' ORDER BY notification DESC, channel LIMIT ?";
constexpr std::string_view kListUndelivered =
    "SELECT notification, channel, state, message_id, attempts, next_attempt_at, made_at, sent_at,"
    " receipt, reason FROM notification_deliveries"
    " WHERE state IN ('pending', 'parked') AND notification > ? AND notification <="
    " (SELECT max(notification) FROM (SELECT notification FROM notification_deliveries"
    "  WHERE state IN ('pending', 'parked') AND notification > ? ORDER BY notification LIMIT ?)"
    "  AS page) ORDER BY notification, channel";
constexpr std::string_view kDeliveriesOf =
    "SELECT notification, channel, state, message_id, attempts, next_attempt_at, made_at, sent_at,"
    " receipt, reason FROM notification_deliveries"
    " WHERE notification = ? ORDER BY channel";
constexpr std::string_view kWriteDelivery =
    "UPDATE notification_deliveries SET state = ?, attempts = ?, next_attempt_at = ?, sent_at = ?,"
    " receipt = ?, reason = ? WHERE notification = ? AND channel = ?";
constexpr std::string_view kRetry =
    "UPDATE notification_deliveries SET state = 'pending', attempts = 0, next_attempt_at = ?"
    " WHERE state = 'parked'";
constexpr std::string_view kCount =
    "SELECT state, count(*), min(made_at) FROM notification_deliveries"
    " WHERE state IN ('pending', 'parked') GROUP BY state";

constexpr std::string_view kFindPreferences =
    "SELECT settings FROM notification_preferences WHERE account = ?";
constexpr std::string_view kWritePreferences =
    "INSERT INTO notification_preferences (account, settings) VALUES (?, ?)"
    " ON CONFLICT (account) DO UPDATE SET settings = excluded.settings";

const std::string& Text(const ViewRow& row, std::size_t column) {
  return std::get<std::string>(row.at(column));
}
std::int64_t Number(const ViewRow& row, std::size_t column) {
  return std::get<std::int64_t>(row.at(column));
}
std::int64_t MicrosOf(const std::optional<Instant>& instant) {
  return instant ? instant->Micros() : 0;
}
std::optional<Instant> InstantOf(const ViewRow& row, std::size_t column) {
  const auto micros = Number(row, column);
  return micros == 0 ? std::nullopt : std::optional(Instant::FromMicros(micros));
}
template <class E>
std::string Name(E value) {
  return std::string(NameOf(value));
}
template <class E>
E WordIn(const ViewRow& row, std::size_t column) {
  const auto value = FromName<E>(Text(row, column));
  if (!value) throw StoreError("a notification holds the unknown word " + Text(row, column));
  return *value;
}

Notification NotificationOf(const ViewRow& row) {
  return {.number = Number(row, 0),
          .recipient = ActorId(Text(row, 1)),
          .position = Position(Number(row, 2)),
          .step = static_cast<NoticeStep>(Number(row, 3)),
          .event_id = EventId(Text(row, 4)),
          .workflow = Text(row, 5),
          .case_id = StreamId(Text(row, 6)),
          .clock = Text(row, 7),
          .rule = Text(row, 8),
          .kind = WordIn<NoticeKind>(row, 9),
          .text = Text(row, 10),
          .created_at = Instant::FromMicros(Number(row, 11)),
          .read_at = InstantOf(row, 12),
          .escalate_at = InstantOf(row, 13),
          .escalated_at = InstantOf(row, 14)};
}

NoticeDelivery DeliveryOf(const ViewRow& row) {
  return {.notification = Number(row, 0),
          .channel = WordIn<NoticeChannel>(row, 1),
          .state = WordIn<DeliveryState>(row, 2),
          .message_id = Text(row, 3),
          .attempts = Number(row, 4),
          .next_attempt_at = Instant::FromMicros(Number(row, 5)),
          .made_at = Instant::FromMicros(Number(row, 6)),
          .sent_at = InstantOf(row, 7),
          .receipt = Text(row, 8),
          .reason = Text(row, 9)};
}

template <class Make>
auto ManyOf(const std::vector<ViewRow>& rows, const Make& make) {
  std::vector<decltype(make(rows.front()))> many;
  for (const auto& row : rows) many.push_back(make(row));
  return many;
}

}  // namespace

void NotificationStore::BeginAt(Position position) {
  tables_.Run(kBegin, {kProgressName, position.value});
}

Position NotificationStore::ReadTo() const {
  const auto rows = tables_.Query(kReadTo, {kProgressName});
  if (rows.empty()) throw StoreError("nobody has said where notifications begin");
  return Position(Number(rows.front(), 0));
}

bool NotificationStore::MoveTo(Position position, std::int64_t token) {
  return tables_.Run(kMoveTo, {position.value, token, kProgressName, token}) == 1;
}

void NotificationStore::Add(const Notification& notification) {
  const Notification& n = notification;
  tables_.Run(kInsert, {n.recipient.value, n.position.value, static_cast<std::int64_t>(n.step),
                        n.event_id.value, n.workflow, n.case_id.value, n.clock, n.rule,
                        Name(n.kind), n.text, n.created_at.Micros(), MicrosOf(n.escalate_at)});
}

void NotificationStore::AddDelivery(const Notification& notification,
                                    const NoticeDelivery& delivery) {
  tables_.Run(kInsertDelivery, {Name(delivery.channel), Name(delivery.state), delivery.message_id,
                                delivery.next_attempt_at.Micros(), delivery.made_at.Micros(),
                                notification.recipient.value, notification.position.value,
                                static_cast<std::int64_t>(notification.step)});
}

void NotificationStore::Trim(const ActorId& recipient) {
  const ViewRow parameters = {recipient.value, recipient.value, kInboxKept};
  tables_.Run(kTrimDeliveries, parameters);
  tables_.Run(kTrim, parameters);
}

void NotificationStore::ForgetBefore(Instant instant) {
  tables_.Run(kForgetDeliveries, {instant.Micros()});
  tables_.Run(kForget, {instant.Micros()});
}

std::vector<Notification> NotificationStore::List(const InboxAsk& ask) const {
  const auto limit = static_cast<std::int64_t>(ask.limit);
  return ManyOf(
      tables_.Query(ask.unread_only ? kListUnread : kList, {ask.recipient.value, ask.after, limit}),
      NotificationOf);
}

std::optional<Notification> NotificationStore::Find(const ActorId& recipient,
                                                    std::int64_t number) const {
  auto found = FindAny(number);
  return found && found->recipient == recipient ? found : std::nullopt;
}

std::optional<Notification> NotificationStore::FindAny(std::int64_t number) const {
  const auto rows = tables_.Query(kFind, {number});
  return rows.empty() ? std::nullopt : std::optional(NotificationOf(rows.front()));
}

std::int64_t NotificationStore::CountUnread(const ActorId& recipient) const {
  return Number(tables_.Query(kCountUnread, {recipient.value}).front(), 0);
}

std::int64_t NotificationStore::MarkRead(const ActorId& recipient, std::int64_t number,
                                         Instant now) {
  return tables_.Run(kMarkRead, {now.Micros(), recipient.value, number});
}

bool NotificationStore::MarkOneRead(const ActorId& recipient, std::int64_t number, Instant now) {
  return tables_.Run(kMarkOneRead, {now.Micros(), recipient.value, number}) == 1;
}

std::vector<Notification> NotificationStore::ListToEscalate(Instant now, std::size_t limit) const {
  return ManyOf(tables_.Query(kListToEscalate, {now.Micros(), static_cast<std::int64_t>(limit)}),
                NotificationOf);
}

void NotificationStore::EndEscalation(std::int64_t number, std::optional<Instant> at) {
  if (at) tables_.Run(kEscalated, {at->Micros(), number});
  else tables_.Run(kStays, {number});
}

std::vector<NoticeDelivery> NotificationStore::ListDue(Instant now, std::size_t limit) const {
  return ManyOf(tables_.Query(kListDue, {now.Micros(), static_cast<std::int64_t>(limit)}),
                DeliveryOf);
}

std::vector<NoticeDelivery> NotificationStore::ListParked(std::size_t limit) const {
  return ManyOf(tables_.Query(kListParked, {static_cast<std::int64_t>(limit)}), DeliveryOf);
}

std::vector<NoticeDelivery> NotificationStore::ListUndelivered(std::int64_t after,
                                                               std::size_t limit) const {
  return ManyOf(tables_.Query(kListUndelivered, {after, after, static_cast<std::int64_t>(limit)}),
                DeliveryOf);
}

std::vector<NoticeDelivery> NotificationStore::DeliveriesOf(std::int64_t number) const {
  return ManyOf(tables_.Query(kDeliveriesOf, {number}), DeliveryOf);
}

void NotificationStore::Write(const NoticeDelivery& delivery) {
  tables_.Run(kWriteDelivery,
              {Name(delivery.state), delivery.attempts, delivery.next_attempt_at.Micros(),
               MicrosOf(delivery.sent_at), delivery.receipt, delivery.reason, delivery.notification,
               Name(delivery.channel)});
}

std::int64_t NotificationStore::Retry(Instant now) { return tables_.Run(kRetry, {now.Micros()}); }

DeliveryCounts NotificationStore::Count() const {
  DeliveryCounts counts;
  for (const auto& row : tables_.Query(kCount)) {
    const auto state = WordIn<DeliveryState>(row, 0);
    const auto count = Number(row, 1);
    if (state == DeliveryState::kPending) {
      counts.pending = count;
      counts.oldest_pending = InstantOf(row, 2);
    }
    if (state == DeliveryState::kParked) counts.parked = count;
  }
  return counts;
}

std::optional<std::string> NotificationStore::FindPreferences(const ActorId& account) const {
  const auto rows = tables_.Query(kFindPreferences, {account.value});
  return rows.empty() ? std::nullopt : std::optional(Text(rows.front(), 0));
}

void NotificationStore::WritePreferences(const ActorId& account, const std::string& settings) {
  tables_.Run(kWritePreferences, {account.value, settings});
}

}  // namespace docket
