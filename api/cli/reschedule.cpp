#include "api/cli/reschedule.hpp"

#include <unistd.h>

#include <set>

#include <fmt/format.h>

#include "api/application.hpp"
#include "workflows/engine/rulebook.hpp"

namespace docket::cli {

namespace {

struct RescheduleArguments {
  std::string store;
  std::string keys;
  std::string kek;
  bool virtual_clock = false;
  bool dry_run = false;
  bool json = false;
};

/// Cases with a clock that may have to be counted anew. What was in time stays so.
std::set<StreamId> CasesWithClocks(const CaseViews& views) {
  std::set<StreamId> cases;
  for (const auto state : {ClockState::kRunning, ClockState::kPaused, ClockState::kLapsed,
                           ClockState::kExpired, ClockState::kEndedLate}) {
    DeadlineFilter filter;
    filter.state = state;
    filter.limit = 200;
    do {
      const auto page = views.ListDeadlines(filter);
      for (const auto& row : page.rows) cases.insert(row.case_id);
      filter.after = page.next;
    } while (!filter.after.empty());
  }
  return cases;
}

Json SideJson(std::string_view edition, std::string_view calendar, ClockState state,
              const std::optional<Date>& due, std::int64_t remaining) {
  Json side = {{"edition", edition}, {"calendar", calendar}, {"state", NameOf(state)}};
  if (due) side["due_date"] = due->ToString();
  else side["remaining"] = remaining;
  return side;
}

Json MovedJson(const StreamId& case_id, const CaseEngine::Moved& moved) {
  const auto& [from, to] = moved;
  Json json = {
      {"case_id", case_id.value},
      {"clock", to.clock},
      {"because", NameOf(to.because)},
      {"from", SideJson(from.edition, from.calendar, from.state, from.due_date, from.remaining)},
      {"to", SideJson(to.edition, to.calendar, to.state, to.due_date, to.remaining)}};
  if (to.supersedes) json["supersedes"] = to.supersedes->value;
  return json;
}

std::string DayOf(const std::optional<Date>& due, std::int64_t remaining, ClockState state) {
  const std::string day = due ? due->ToString() : fmt::format("余 {}", remaining);
  return fmt::format("{}（{}）", day, ChineseOf(state));
}

void PrintMoved(const StreamId& case_id, const CaseEngine::Moved& moved, std::ostream& out) {
  const auto& [from, to] = moved;
  const ClockRule* rule = WorkflowOf(case_id)->Rules().Find(
      to.clock.substr(0, to.clock.find_first_of(":#")), to.edition);
  out << fmt::format("{}  {}  {} → {}  {}\n", case_id.value,
                     rule == nullptr ? to.clock : rule->title,
                     DayOf(from.due_date, from.remaining, from.state),
                     DayOf(to.due_date, to.remaining, to.state), ChineseOf(to.because));
}

/// Case after case. `record` is nullptr where nothing is to be recorded.
void CountAnew(const CaseEngine& engine, const CaseViews& views, CaseEngine* record, bool as_json,
               Terminal& terminal) {
  std::size_t cases = 0;
  std::size_t clocks = 0;
  for (const auto& case_id : CasesWithClocks(views)) {
    const auto moved = engine.Reschedulable(case_id);
    if (!moved) {
      PrintRefusal(moved.error(), terminal);
      continue;
    }
    if (moved->empty()) continue;
    if (record != nullptr) {
      if (const auto done = record->Reschedule(case_id); !done) {
        PrintRefusal(done.error(), terminal);
        continue;
      }
    }
    ++cases;
    clocks += moved->size();
    for (const auto& one : *moved) {
      if (as_json) terminal.out << CanonicalJson(MovedJson(case_id, one)) << '\n';
      else PrintMoved(case_id, one, terminal.out);
    }
  }
  const bool is_done = record != nullptr;
  terminal.err << fmt::format("{} {} 件案卷的 {} 个期限 / {} {} deadlines of {} cases\n",
                              is_done ? "已重新计算" : "将重新计算", cases, clocks,
                              is_done ? "rescheduled" : "would reschedule", clocks, cases);
}

void Reschedule(const RescheduleArguments& arguments, Terminal& terminal) {
  if (arguments.dry_run) {
    const auto reader = StoreReader::Open(arguments.store, arguments.virtual_clock);
    if (!reader) return PrintRefusal(reader.error(), terminal);
    return CountAnew((*reader)->Engine(), (*reader)->Views(), nullptr, arguments.json, terminal);
  }
  ApplicationOptions options;
  options.store_url = arguments.store;
  options.keys_url = arguments.keys;
  options.kek = arguments.kek;
  options.virtual_clock = arguments.virtual_clock;
  options.owner = fmt::format("docket deadline reschedule (pid {})", ::getpid());
  const auto application = Application::Open(options, Office());
  if (!application) return PrintRefusal(application.error(), terminal);
  (*application)->CatchUp();
  CaseEngine& engine = (*application)->Engine();
  CountAnew(engine, (*application)->Views(), &engine, arguments.json, terminal);
  (*application)->CatchUp();
}

}  // namespace

void AddReschedule(CLI::App& deadline, Terminal& terminal) {
  auto* verb = deadline.add_subcommand(
      "reschedule", "重新计算在办案卷的期限 Count the deadlines of running cases anew");
  const auto arguments = std::make_shared<RescheduleArguments>();  // The app keeps its addresses.
  verb->add_option("--store", arguments->store, "存储 Store, sqlite:PATH or postgres://…")
      ->required();
  verb->add_option("--keys", arguments->keys, "密钥库 Key store, postgres://…");
  verb->add_option("--kek", arguments->kek,
                   "密钥加密密钥 Key-encryption key, file:PATH or pkcs11:…");
  verb->add_flag("--virtual-clock", arguments->virtual_clock,
                 "以存储的虚拟时钟为准 By the store's virtual clock");
  verb->add_flag("--dry-run", arguments->dry_run, "只列出，不记录 List only, record nothing");
  verb->add_flag("--json", arguments->json, "输出 JSON Print JSON lines");
  verb->callback([arguments, &terminal] { Reschedule(*arguments, terminal); });
}

}  // namespace docket::cli
