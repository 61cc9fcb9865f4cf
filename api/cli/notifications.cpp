#include "api/cli/notifications.hpp"

#include <fmt/format.h>

#include "api/render/notification_json.hpp"
#include "persistence/open_store.hpp"

namespace docket::cli {

namespace {

constexpr std::size_t kParkedShown = 200;

constexpr std::size_t kPage = 200;

struct NotificationsArguments {
  std::string store;
  std::string account;
  bool json = false;
};

void ShowStatus(const NotificationsArguments& arguments, Terminal& terminal) {
  const auto store = OpenStore({.url = arguments.store, .access = StoreAccess::kReader});
  if (!store) return PrintRefusal(store.error(), terminal);
  const NotificationStore notifications((*store)->Side());
  const auto counts = notifications.Count();
  const auto parked = notifications.ListParked(kParkedShown);
  if (arguments.json) {
    terminal.out << CanonicalJson(DeliveryStatusJson(counts, parked)) << '\n';
    return;
  }
  terminal.out << fmt::format("待发送 Pending: {}\n已搁置 Parked: {}\n", counts.pending,
                              counts.parked);
  if (counts.oldest_pending) {
    terminal.out << "最早待发送 Oldest pending: " << counts.oldest_pending->ToString() << '\n';
  }
  for (const auto& one : parked) {
    terminal.out << fmt::format("{:>8}  {}  {}×  {}\n", one.notification, ChineseOf(one.channel),
                                one.attempts, one.reason);
  }
}

void Print(const Json& json, const std::string& line, bool as_json, std::ostream& out) {
  if (as_json) out << CanonicalJson(json) << '\n';
  else out << line << '\n';
}

/// An account's inbox, oldest first.
void ListInbox(const NotificationStore& notifications, const NotificationsArguments& arguments,
               std::ostream& out) {
  InboxAsk ask{.recipient = ActorId(arguments.account), .limit = kPage};
  for (;;) {
    const auto page = notifications.List(ask);
    for (const auto& one : page) {
      const auto deliveries = notifications.DeliveriesOf(one.number);
      Print(NotificationJson(one, deliveries),
            fmt::format("{:>8}  {}  {}  {:<24}{}  {}", one.number, one.created_at.ToString(),
                        one.read_at ? "已读 read  " : "未读 unread", one.rule, one.case_id.value,
                        one.text),
            arguments.json, out);
    }
    if (page.size() < kPage) return;
    ask.after = page.back().number;
  }
}

/// Whatever waits to go out, or was given up, of all accounts.
void ListUndelivered(const NotificationStore& notifications,
                     const NotificationsArguments& arguments, std::ostream& out) {
  for (std::int64_t after = 0;;) {
    const auto page = notifications.ListUndelivered(after, kPage);
    for (const auto& delivery : page) {
      after = delivery.notification;
      const auto notice = notifications.FindAny(delivery.notification);
      // Forgotten since the page was read.
      if (!notice) continue;
      Json json = DeliveryJson(delivery);
      json["notification"] = NotificationJson(*notice);
      json["recipient"] = notice->recipient.value;
      Print(json,
            fmt::format("{:>8}  {}  {}  {:<20}{:<24}{}  {}", delivery.notification,
                        ChineseOf(delivery.channel), ChineseOf(delivery.state),
                        notice->recipient.value, notice->rule, notice->case_id.value,
                        delivery.reason),
            arguments.json, out);
    }
    if (page.empty()) return;
  }
}

void List(const NotificationsArguments& arguments, Terminal& terminal) {
  const auto store = OpenStore({.url = arguments.store, .access = StoreAccess::kReader});
  if (!store) return PrintRefusal(store.error(), terminal);
  const NotificationStore notifications((*store)->Side());
  if (arguments.account.empty()) ListUndelivered(notifications, arguments, terminal.out);
  else ListInbox(notifications, arguments, terminal.out);
}

void Retry(const NotificationsArguments& arguments, Terminal& terminal) {
  const auto store = OpenStore({.url = arguments.store, .owner = "docket notifications"});
  if (!store) return PrintRefusal(store.error(), terminal);
  NotificationStore notifications((*store)->Side());
  // Due at once by any clock, also by one that a demonstration has set back.
  const auto retried = notifications.Retry(Instant());
  terminal.out << "将重新发送 To be sent again: " << retried << '\n';
}

}  // namespace

void AddNotificationsVerb(CLI::App& app, Terminal& terminal) {
  auto* verb = app.add_subcommand("notifications", "通知的发送 Notices outside the inbox");
  verb->require_subcommand(1);
  // Shared, because the app keeps both the options' addresses and the callbacks that read them.
  const auto arguments = std::make_shared<NotificationsArguments>();
  const auto add = [&](const char* name, const char* text) {
    auto* use = verb->add_subcommand(name, text);
    use->add_option("--store", arguments->store, "存储 Store, sqlite:PATH or postgres://…")
        ->required();
    return use;
  };
  auto* status = add("status", "待发送与已搁置的 What waits and what was given up");
  status->add_flag("--json", arguments->json, "输出 JSON Print JSON");
  status->callback([arguments, &terminal] { ShowStatus(*arguments, terminal); });
  auto* list = add("list", "某账号的通知，或全部未送达的 Of an account, or all undelivered");
  list->add_option("--account", arguments->account, "账号 Account whose inbox it is");
  list->add_flag("--json", arguments->json, "输出 JSON Print JSON");
  list->callback([arguments, &terminal] { List(*arguments, terminal); });
  add("retry", "重新发送已搁置的 Send again what was given up")->callback([arguments, &terminal] {
    Retry(*arguments, terminal);
  });
}

}  // namespace docket::cli
