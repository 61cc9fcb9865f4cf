#include "api/notifications/courier.hpp"

#include <fmt/format.h>

namespace docket {

namespace {

constexpr const char* kNoAddress = "no_address";

bool HasWayOut(const NoticeChannels& channels, NoticeChannel channel) {
  return channel == NoticeChannel::kEmail ? channels.mail.has_value() : channels.sms.has_value();
}

}  // namespace

Courier::Courier(const Ports& ports, CourierOptions options)
    : ports_(ports),
      options_(std::move(options)),
      loop_(ports.leases,
            {.lease = std::string(kLease), .poll = options_.poll, .report = options_.report},
            [this](const Lease&) { Round(); }) {}

void Courier::Start() {
  if (!ports_.channels.Available().empty()) loop_.Start();
}

void Courier::Round() {
  down_.clear();
  std::size_t found = 0;
  do {
    const auto due = ports_.store.ListDue(ports_.clock.Now(), options_.batch);
    found = due.size();
    for (const auto& delivery : due) {
      if (!loop_.Holds()) return;
      Deliver(delivery);
    }
  } while (found == options_.batch);
}

void Courier::Deliver(NoticeDelivery delivery) {
  const auto notification = ports_.store.FindAny(delivery.notification);
  if (!notification) return Drop(delivery, "forgotten");
  if (notification->read_at) return Drop(delivery, "read");
  const auto preferences = PreferencesOf(ports_.store, notification->recipient);
  if (!preferences.Wants(delivery.channel, notification->kind)) {
    return Drop(delivery, "switched_off");
  }
  const Instant now = ports_.clock.Now();
  const auto quiet_until = preferences.QuietUntil(now);
  if (quiet_until && !IsUrgent(notification->kind)) {
    delivery.next_attempt_at = *quiet_until;
    return ports_.store.Write(delivery);
  }
  const bool is_tried =
      HasWayOut(ports_.channels, delivery.channel) && !down_.contains(delivery.channel);
  const SendResult result = is_tried ? Send(delivery, *notification) : SendResult{.is_down = true};
  if (result.is_sent) {
    delivery.state = DeliveryState::kSent;
    delivery.sent_at = ports_.clock.Now();
    delivery.receipt = result.receipt;
    delivery.reason.clear();
    ++delivery.attempts;
    counts_.sent.Add();
    return ports_.store.Write(delivery);
  }
  if (result.reason == kNoAddress) return Drop(delivery, kNoAddress);
  if (is_tried) return TakeFailure(delivery, result);
  // Not tried, so not counted: the other side is away, or was taken out of the configuration.
  delivery.next_attempt_at = now + options_.backoff.first;
  ports_.store.Write(delivery);
}

SendResult Courier::Send(const NoticeDelivery& delivery, const Notification& notification) const {
  const NoticeChannels& channels = ports_.channels;
  const Contact contact = ContactOf(ports_.engine, ports_.accounts, notification.recipient);
  if (delivery.channel == NoticeChannel::kEmail) {
    if (contact.email.empty()) return Unsent(kNoAddress);
    const auto text = channels.templates.EmailOf(notification, channels.system_name);
    return channels.mail->Send({.to = contact.email,
                                .message_id = delivery.message_id,
                                .subject = text.subject,
                                .body = text.body,
                                .date = ports_.clock.Now()});
  }
  if (contact.phone.empty()) return Unsent(kNoAddress);
  const SmsFacts facts{channels.system_name, ports_.store.CountUnread(notification.recipient)};
  return channels.sms->Send(
      {.phone = contact.phone, .text = channels.templates.SmsOf(facts), .id = delivery.message_id});
}

void Courier::Drop(NoticeDelivery& delivery, std::string reason) {
  delivery.state = DeliveryState::kDropped;
  delivery.reason = std::move(reason);
  ports_.store.Write(delivery);
}

void Courier::TakeFailure(NoticeDelivery& delivery, const SendResult& result) {
  if (result.is_down) down_.insert(delivery.channel);
  ++delivery.attempts;
  counts_.failed.Add();
  delivery.reason = result.reason;
  if (result.is_final || delivery.attempts >= options_.failures_max) {
    delivery.state = DeliveryState::kParked;
    options_.report(
        {NoticeLevel::kWarning, std::string(kLease),
         fmt::format("notification {} by {} is parked after {} attempts: {}", delivery.notification,
                     NameOf(delivery.channel), delivery.attempts, delivery.reason)});
  } else {
    const double lot = std::uniform_real_distribution<double>(0, 1)(random_);
    delivery.next_attempt_at =
        ports_.clock.Now() + DelayAfter(static_cast<int>(delivery.attempts), lot, options_.backoff);
  }
  ports_.store.Write(delivery);
}

}  // namespace docket
