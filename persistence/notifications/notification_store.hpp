/// Notifications (通知) as they are kept: the inboxes, what is to go out by which channel, how each
/// account wants to be told, and how far the log was read for it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event_log.hpp"
#include "domain/json.hpp"
#include "domain/time.hpp"
#include "persistence/side_tables.hpp"
#include "workflows/engine/notices.hpp"

namespace docket {

/// How often a notice has gone on because nobody read it.
enum class NoticeStep : std::uint8_t { kFirst, kToHead, kToOffice };

/// One notice to one account. Unique by recipient and position: however often it is made, and by
/// however many ways it comes, an account is told of an event once.
struct Notification {
  std::int64_t number = 0;  ///< Ascending, with gaps; of all accounts.
  ActorId recipient;
  Position position;  ///< Of the event.
  NoticeStep step = NoticeStep::kFirst;
  EventId event_id;
  std::string workflow;
  StreamId case_id;
  std::string clock;  ///< Empty: of no clock.
  std::string rule;   ///< NoticeRule::id.
  NoticeKind kind = NoticeKind::kTask;
  std::string text;
  Instant created_at;
  std::optional<Instant> read_at{};
  std::optional<Instant> escalate_at{};  ///< Absent: it stays where it is.
  std::optional<Instant> escalated_at{};
};

/// Ways out of the house. The inbox is no channel: it always has the notice.
enum class NoticeChannel : std::uint8_t { kEmail, kSms };

enum class DeliveryState : std::uint8_t {
  kPending,
  kSent,     ///< Taken by the mail server or gateway.
  kDropped,  ///< Nowhere to send it, or not wanted any more.
  kParked,   ///< Failed too often; an operator looks at it.
};

struct NoticeDelivery {
  std::int64_t notification = 0;
  NoticeChannel channel = NoticeChannel::kEmail;
  DeliveryState state = DeliveryState::kPending;
  std::string message_id;  ///< The same whenever it is sent: the other side can tell a repeat.
  std::int64_t attempts = 0;
  Instant next_attempt_at;
  Instant made_at;
  std::optional<Instant> sent_at{};
  std::string receipt{};  ///< What the other side called it.
  std::string reason{};   ///< Why it failed last; no address and no text of it.
};

/// How many deliveries are still to be made or were given up, and since when the oldest waits.
struct DeliveryCounts {
  std::int64_t pending = 0;
  std::int64_t parked = 0;
  std::optional<Instant> oldest_pending{};
};

struct InboxAsk {
  ActorId recipient;
  bool unread_only = false;
  std::int64_t after = 0;
  std::size_t limit = 50;
};

constexpr std::int64_t kInboxKept = 1'000;            ///< Newest of an account.
constexpr std::chrono::hours kNoticesKept{24 * 400};  ///< Then they go, read or not.

/// Thread-safe. Failure: StoreError.
class NotificationStore {
 public:
  /// `tables` outlives the store.
  explicit NotificationStore(SideTables& tables) : tables_(tables) {}

  /// Where the log is first read from; does nothing once there is a place.
  void BeginAt(Position position);
  Position ReadTo() const;
  /// False: a holder of a later lease has moved it.
  bool MoveTo(Position position, std::int64_t token);

  /// Does nothing where it is there already.
  void Add(const Notification& notification);
  /// The same for what shall go out of the notice to this recipient.
  void AddDelivery(const Notification& notification, const NoticeDelivery& delivery);
  /// Forgets the account's oldest beyond kInboxKept.
  void Trim(const ActorId& recipient);
  /// Forgets what was made before `instant`.
  void ForgetBefore(Instant instant);

  std::vector<Notification> List(const InboxAsk& ask) const;
  std::optional<Notification> Find(const ActorId& recipient, std::int64_t number) const;
  std::int64_t CountUnread(const ActorId& recipient) const;
  /// All up to `number`; the number of those that were unread.
  std::int64_t MarkRead(const ActorId& recipient, std::int64_t number, Instant now);
  bool MarkOneRead(const ActorId& recipient, std::int64_t number, Instant now);

  /// Unread ones whose time to go on has come, oldest first.
  std::vector<Notification> ListToEscalate(Instant now, std::size_t limit) const;
  /// `at`: it has gone on; nullopt: it need not any more.
  void EndEscalation(std::int64_t number, std::optional<Instant> at);

  std::vector<NoticeDelivery> ListDue(Instant now, std::size_t limit) const;
  std::optional<Notification> FindAny(std::int64_t number) const;
  void Write(const NoticeDelivery& delivery);
  /// What became of a notice outside the house.
  std::vector<NoticeDelivery> DeliveriesOf(std::int64_t number) const;
  std::vector<NoticeDelivery> ListParked(std::size_t limit) const;
  /// Pending and parked ones behind the notice `after`, oldest first; those of one notice are
  /// never on two pages.
  std::vector<NoticeDelivery> ListUndelivered(std::int64_t after, std::size_t limit) const;
  /// Parked ones are pending again; how many.
  std::int64_t Retry(Instant now);
  DeliveryCounts Count() const;

  /// JSON; nullopt: the account has said nothing.
  std::optional<std::string> FindPreferences(const ActorId& account) const;
  void WritePreferences(const ActorId& account, const std::string& settings);

 private:
  SideTables& tables_;
};

template <>
struct EnumTable<NoticeStep> {
  static constexpr std::array kNames{
      EnumName<NoticeStep>{NoticeStep::kFirst, "first", "首次"},
      EnumName<NoticeStep>{NoticeStep::kToHead, "to_head", "转报负责人"},
      EnumName<NoticeStep>{NoticeStep::kToOffice, "to_office", "转报公管办"},
  };
};
template <>
struct EnumTable<NoticeChannel> {
  static constexpr std::array kNames{
      EnumName<NoticeChannel>{NoticeChannel::kEmail, "email", "电子邮件"},
      EnumName<NoticeChannel>{NoticeChannel::kSms, "sms", "短信"},
  };
};
template <>
struct EnumTable<DeliveryState> {
  static constexpr std::array kNames{
      EnumName<DeliveryState>{DeliveryState::kPending, "pending", "待发送"},
      EnumName<DeliveryState>{DeliveryState::kSent, "sent", "已发送"},
      EnumName<DeliveryState>{DeliveryState::kDropped, "dropped", "未发送"},
      EnumName<DeliveryState>{DeliveryState::kParked, "parked", "已搁置"},
  };
};

}  // namespace docket
