#include "api/cli/notifications.hpp"

#include <fmt/format.h>

#include "api/render/notification_json.hpp"
#include "persistence/open_store.hpp"

namespace docket::cli {

namespace {

constexpr std::size_t kParkedShown = 200;

struct NotificationsArguments {
  std::string store;
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
  add("retry", "重新发送已搁置的 Send again what was given up")->callback([arguments, &terminal] {
    Retry(*arguments, terminal);
  });
}

}  // namespace docket::cli
