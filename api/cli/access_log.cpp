#include "api/cli/access_log.hpp"

#include "api/application.hpp"
#include "api/render/access_json.hpp"
#include "persistence/access/access_events.hpp"
#include "persistence/access/access_pages.hpp"

namespace docket::cli {

namespace {

struct AccessLogArguments {
  std::string store;
  std::string account;
  std::string case_id;
  std::string type;
  std::string reason;
  std::string address;
  std::int64_t after = 0;
  bool json = false;
};

void Print(const RecordedEvent& event, bool as_json, std::ostream& out) {
  const Json json = AccessEventJson(event);
  if (as_json) {
    out << CanonicalJson(json) << '\n';
    return;
  }
  const char* what = event.type == AccessWasRead::kType      ? "access"
                     : event.type == SomebodyLoggedIn::kType ? "method"
                                                             : "reason";
  out << fmt::format("{:>6}  {}  {:<20}{}（{}）×{}  {}  {}  {}\n", TextOf(json, "position", "-"),
                     TextOf(json, "first_at", "-"), TextOf(json, "account", "-"),
                     TextOf(json, "zh", "-"), TextOf(json, what, "-"), TextOf(json, "count", "-"),
                     TextOf(json, "address", "-"), TextOf(json, "operation", "-"),
                     TextOf(json, "case_id", "-"));
}

void Show(const AccessLogArguments& arguments, Terminal& terminal) {
  const auto reader = StoreReader::Open(arguments.store);
  if (!reader) return PrintRefusal(reader.error(), terminal);
  AccessFilter filter;
  if (!arguments.account.empty()) filter.account = ActorId(arguments.account);
  if (!arguments.case_id.empty()) filter.case_id = StreamId(arguments.case_id);
  if (!arguments.type.empty()) filter.type = arguments.type;
  if (!arguments.reason.empty()) filter.reason = arguments.reason;
  if (!arguments.address.empty()) filter.address = arguments.address;
  filter.after = Position(arguments.after);
  filter.limit = 1000;
  for (;;) {
    const AccessPage page = ReadAccesses((*reader)->Engine().Ports().log, filter);
    for (const auto& event : page.events) Print(event, arguments.json, terminal.out);
    if (page.next >= page.head.position || page.next == filter.after) return;
    filter.after = page.next;
  }
}

}  // namespace

void AddAccessLogVerb(CLI::App& app, Terminal& terminal) {
  auto* verb =
      app.add_subcommand("access-log", "查阅、拒绝与登录记录 Who read, was refused, logged in");
  std::vector<std::string> types;
  for (const auto& name : kAccessEventNames) types.emplace_back(name.type);
  // Shared, because the app keeps both the options' addresses and the callback that reads them.
  const auto arguments = std::make_shared<AccessLogArguments>();
  verb->add_option("--store", arguments->store, "存储 Store, sqlite:PATH or postgres://…")
      ->required();
  verb->add_option("--account", arguments->account, "账号 Of this account");
  verb->add_option("--case", arguments->case_id, "案卷 Of this case");
  verb->add_option("--type", arguments->type, "类型 Type of event")->check(CLI::IsMember(types));
  verb->add_option("--reason", arguments->reason, "原因 Code of the refusal");
  verb->add_option("--address", arguments->address, "客户端地址 Of a client at this address");
  verb->add_option("--after", arguments->after, "起始位置 Behind this position")
      ->check(CLI::NonNegativeNumber);
  verb->add_flag("--json", arguments->json, "输出 JSON Print JSON");
  verb->callback([arguments, &terminal] { Show(*arguments, terminal); });
}

}  // namespace docket::cli
