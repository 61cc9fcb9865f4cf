#include "api/cli/demo.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "api/cli/progress.hpp"
#include "api/demo/run.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket::cli {

namespace {

constexpr std::string_view kDefaultStore = "sqlite:data/local/demo.db";

struct DemoArguments {
  std::string store{kDefaultStore};
  std::string keys;
  std::uint64_t seed = demo::RunOptions().seed;
  std::size_t cases = demo::RunOptions().cases;
  std::string until = demo::RunOptions().until.ToString();
};

std::string_view ChineseOfState(const Workflow& workflow, std::string_view state) {
  for (const auto& text : workflow.Describe().states) {
    if (text.name == state) return text.zh;
  }
  return state;
}

void PrintSummary(const demo::RunSummary& summary, std::chrono::milliseconds took,
                  std::ostream& out) {
  std::size_t cases = 0;
  for (const auto& [name, of] : summary.workflows) {
    const Workflow& workflow = *FindWorkflow(name);
    cases += of.cases;
    out << fmt::format("{} {}  {} 件 cases\n ", workflow.Describe().zh, name, of.cases);
    for (const auto& [state, count] : of.states) {
      out << fmt::format(" {} {}", ChineseOfState(workflow, state), count);
    }
    out << '\n';
  }
  std::size_t refused = 0;
  for (const auto& [what, count] : summary.refusals) refused += count;
  out << fmt::format(
      "\n{} 件案卷，{} 项操作，{} 个事件，{} 项被拒绝，用时 {:.1f} 秒\n"
      "{} cases, {} acts, {} events, {} refused, {:.1f} seconds\n",
      cases, summary.acts, summary.events, refused, static_cast<double>(took.count()) / 1e3, cases,
      summary.acts, summary.events, refused, static_cast<double>(took.count()) / 1e3);
}

void PrintNextSteps(const DemoArguments& arguments, const demo::RunSummary& summary,
                    std::ostream& out) {
  out << fmt::format(
      "\n演示时间 It is now {}\n启动 Serve it with\n"
      "  docket serve --store {} --virtual-clock --office data/sample/province.json\n"
      "账号 Accounts (tokens: data/sample/province.json)\n"
      "  demo-resource-office-350000-1-change-me  省公管办\n"
      "  demo-head-housing-350100-1-change-me  市住建局负责人\n"
      "  demo-intake-finance-350200-1-change-me  市财政局受理人员\n"
      "  demo-complainant-1-change-me  投诉人\n",
      summary.ended_at.ToString(), arguments.store);
}

void Demo(const DemoArguments& arguments, Terminal& terminal) {
  const auto until = Date::Parse(arguments.until);
  if (!until) {
    const Refusal malformed{"date_invalid", "日期无效，应为 YYYY-MM-DD", "not a date, YYYY-MM-DD"};
    return PrintRefusal({RejectionKind::kInvalid, malformed}, terminal);
  }
  if (arguments.store == kDefaultStore) std::filesystem::create_directories("data/local");
  demo::RunOptions options{.store_url = arguments.store,
                           .keys_url = arguments.keys,
                           .seed = arguments.seed,
                           .cases = arguments.cases,
                           .until = *until};
  const auto begun = std::chrono::steady_clock::now();
  const auto summary = [&] {
    Progress progress(terminal.err);
    options.progress = [&](Date day, std::size_t cases) {
      progress.Show("演示 demo", demo::kRunDays - (*until - day), demo::kRunDays,
                    fmt::format("{}  {} 件 cases", day.ToString(), cases));
    };
    return demo::Run(options);
  }();
  if (!summary) return PrintRefusal(summary.error(), terminal);
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - begun);
  PrintSummary(*summary, took, terminal.out);
  PrintNextSteps(arguments, *summary, terminal.out);
}

}  // namespace

void AddDemoVerb(CLI::App& app, Terminal& terminal) {
  auto* verb = app.add_subcommand(
      "demo", "生成演示数据 Fill an empty store with a province and two years of its cases");
  // Shared, because the app keeps both the options' addresses and the callback that reads them.
  const auto arguments = std::make_shared<DemoArguments>();
  verb->add_option("--store", arguments->store, "存储 Store, sqlite:PATH or postgres://…")
      ->capture_default_str();
  verb->add_option("--keys", arguments->keys, "密钥库 Key store, postgres://…");
  verb->add_option("--seed", arguments->seed,
                   "种子，相同则内容相同 The same seed, the same province")
      ->capture_default_str();
  verb->add_option("--cases", arguments->cases, "由人提起的案卷数 Cases that people open, at least")
      ->capture_default_str()
      ->check(CLI::Range(1, 20'000));
  verb->add_option("--until", arguments->until, "最后一天 The last of two years of days")
      ->capture_default_str();
  verb->callback([arguments, &terminal] { Demo(*arguments, terminal); });
}

}  // namespace docket::cli
