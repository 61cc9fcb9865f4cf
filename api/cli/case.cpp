#include "api/cli/case.hpp"

#include <pwd.h>
#include <unistd.h>

#include <array>

#include "api/application.hpp"
#include "api/as_of.hpp"
#include "api/render/case_json.hpp"
#include "api/render/deadline_json.hpp"
#include "persistence/access/offline_reading.hpp"

namespace docket::cli {

namespace {

struct CaseArguments {
  std::string store;
  std::string case_id;
  std::string as_of;
  bool json = false;
  CaseFilter filter;
};

Expected<AsOf> AsOfOption(const std::string& text) {
  if (text.empty()) return AsOf();
  if (const auto as_of = ParseAsOf(text)) return *as_of;
  return Refuse(RejectionKind::kInvalid, {"as_of_invalid", "应为带时区的时间、日期或事件位置",
                                          "expected an RFC 3339 instant, a date or a position"});
}

void PrintCase(const Json& json, std::ostream& out) {
  const Json& summary = json["summary"];
  out << fmt::format("{}  {} {}\n", TextOf(json, "case_id"), TextOf(json, "state_zh"),
                     TextOf(json, "state"));
  for (const char* name : {"title", "profile", "region", "industry", "unit", "handlers",
                           "received_on", "outcome", "flags"}) {
    const std::string text = TextOf(summary, name);
    if (!text.empty() && text != "[]") out << fmt::format("  {:<12}{}\n", name, text);
  }
  out << fmt::format("\n{:<28}{:<12}{:<12}{:>6}\n", "期限 clock", "届满 due", "状态 state",
                     "剩余 left");
  for (const auto& clock : json["clocks"]) {
    out << fmt::format("{:<28}{:<12}{:<12}{:>6}\n", TextOf(clock, "clock"),
                       TextOf(clock, "due_date"), TextOf(clock, "state"), TextOf(clock, "left"));
  }
  out << "\n事实 facts\n" << json["facts"].dump(2) << '\n';
}

/// As the operating system gives it: `os:zhang`. No account of Docket has a colon in its name.
ActorId OperatingSystemUser() {
  std::array<char, 4096> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  const bool known =
      getpwuid_r(getuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr;
  return ActorId("os:" + (known ? std::string(entry.pw_name) : std::to_string(getuid())));
}

/// Before anything is shown. Personal texts are not, so that a reading which cannot be recorded
/// is still answered: whoever reads the files needs no verb for it.
void RecordReading(const CaseArguments& arguments, const std::string& verb, Terminal& terminal) {
  AccessNote note;
  note.account = OperatingSystemUser();
  note.role = Role::kSystemOperator;
  note.operation = "docket case " + verb;
  note.case_id = StreamId(arguments.case_id);
  note.reason = NameOf(Access::kSealed);
  if (const auto reason = RecordOffline(arguments.store, note)) {
    terminal.err << "查阅未记录 this reading is not recorded: " << *reason << '\n';
  }
}

void Show(const CaseArguments& arguments, Terminal& terminal) {
  const auto as_of = AsOfOption(arguments.as_of);
  if (!as_of) return PrintRefusal(as_of.error(), terminal);
  const auto reader = StoreReader::Open(arguments.store);
  if (!reader) return PrintRefusal(reader.error(), terminal);
  const CaseEngine& engine = (*reader)->Engine();
  const StreamId case_id(arguments.case_id);
  const auto model = engine.Load(case_id, *as_of);
  if (!model) return PrintRefusal(model.error(), terminal);
  const auto now = engine.Load(case_id);
  if (!now) return PrintRefusal(now.error(), terminal);
  RecordReading(arguments, "show", terminal);
  const Json json =
      CaseJson({case_id, **model, engine.Ports().calendars, LegalInstant(engine.Ports(), *as_of),
                Access::kSealed, (*now)->PersonalRecord().Erased()});
  if (arguments.json) terminal.out << CanonicalJson(json) << '\n';
  else PrintCase(json, terminal.out);
}

void Timeline(const CaseArguments& arguments, Terminal& terminal) {
  const auto as_of = AsOfOption(arguments.as_of);
  if (!as_of) return PrintRefusal(as_of.error(), terminal);
  const auto reader = StoreReader::Open(arguments.store);
  if (!reader) return PrintRefusal(reader.error(), terminal);
  const StreamId case_id(arguments.case_id);
  const auto events = (*reader)->Engine().Timeline(case_id, *as_of);
  if (!events) return PrintRefusal(events.error(), terminal);
  const auto now = (*reader)->Engine().Load(case_id);
  if (!now) return PrintRefusal(now.error(), terminal);
  RecordReading(arguments, "timeline", terminal);
  for (const auto& event : *events) {
    const Json json = TimelineJson(event, (*now)->PersonalRecord().Erased());
    if (arguments.json) {
      terminal.out << CanonicalJson(json) << '\n';
    } else {
      terminal.out << fmt::format("{:>6}  {}  {:<16}{}（{}）\n", TextOf(json, "position"),
                                  TextOf(json, "occurred_at"), TextOf(json, "actor"),
                                  TextOf(json, "zh"), TextOf(json, "type"));
    }
  }
}

void List(const CaseArguments& arguments, Terminal& terminal) {
  const auto reader = StoreReader::Open(arguments.store);
  if (!reader) return PrintRefusal(reader.error(), terminal);
  CaseFilter filter = arguments.filter;
  do {
    const auto page = (*reader)->Views().ListCases(filter);
    for (const auto& row : page.rows) {
      const Json json = RowJson(row);
      if (arguments.json) {
        terminal.out << CanonicalJson(json) << '\n';
      } else {
        terminal.out << fmt::format("{}  {:<20}{:<12}{}\n", row.case_id.value, row.state,
                                    TextOf(json, "next_due"), row.summary.title);
      }
    }
    filter.after = page.next;
  } while (!filter.after.empty());
}

using CaseVerb = void (*)(const CaseArguments&, Terminal&);

/// A subcommand with the options that all of them share.
CLI::App* Add(CLI::App& verb, const std::string& name, const std::string& help,
              const std::shared_ptr<CaseArguments>& arguments, CaseVerb run, Terminal& terminal) {
  auto* command = verb.add_subcommand(name, help);
  command->add_option("--store", arguments->store, "存储 Store, sqlite:PATH or postgres://…")
      ->required();
  command->add_flag("--json", arguments->json, "输出 JSON Print JSON");
  command->callback([arguments, run, &terminal] { run(*arguments, terminal); });
  return command;
}

void AddAsOf(CLI::App* command, CaseArguments& arguments) {
  command->add_option("id", arguments.case_id, "案卷 Case")->required();
  command->add_option("--as-of", arguments.as_of,
                      "截至时间、日期或位置 Instant, date (its end) or position");
}

}  // namespace

void AddCaseVerb(CLI::App& app, Terminal& terminal) {
  auto* verb = app.add_subcommand("case", "案卷 Cases, read-only");
  verb->require_subcommand(1);
  // Shared, because the app keeps both the options' addresses and the callbacks that read them.
  const auto arguments = std::make_shared<CaseArguments>();
  AddAsOf(Add(*verb, "show", "案卷内容 One case", arguments, Show, terminal), *arguments);
  AddAsOf(Add(*verb, "timeline", "办理经过 Its events", arguments, Timeline, terminal), *arguments);
  auto* list = Add(*verb, "list", "案卷列表 All cases", arguments, List, terminal);
  list->add_option("--workflow", arguments->filter.workflow, "流程 Workflow");
  list->add_option("--state", arguments->filter.state, "状态 State");
}

}  // namespace docket::cli
