#include "api/cli/workflow.hpp"

#include <filesystem>
#include <fstream>

#include "api/render/description_json.hpp"
#include "workflows/engine/page.hpp"
#include "workflows/engine/refusals.hpp"
#include "workflows/engine/rulebook.hpp"
#include "workflows/engine/table_checks.hpp"
#include "workflows/links/link.hpp"

namespace docket::cli {

namespace {

void ListWorkflows(bool json, Terminal& terminal) {
  Json list = Json::array();
  for (const auto* workflow : AllWorkflows()) {
    const Description& table = workflow->Describe();
    list.push_back({{"name", table.name},
                    {"zh", table.zh},
                    {"purpose", table.purpose},
                    {"states", table.states.size()},
                    {"commands", table.commands.size()},
                    {"rows", table.rows.size()},
                    {"rules", workflow->Rules().Rules().size()}});
  }
  if (json) {
    terminal.out << CanonicalJson({{"workflows", list}}) << '\n';
    return;
  }
  for (const auto* workflow : AllWorkflows()) {
    const Description& description = workflow->Describe();
    terminal.out << fmt::format("{:<24}{}\n", description.name, description.zh);
  }
}

/// What every start checks as well, and ends for; here it is said of each workflow.
void CheckWorkflows(Terminal& terminal) {
  std::size_t faults = 0;
  for (const auto* workflow : AllWorkflows()) {
    auto found = CheckTable(workflow->Describe());
    for (auto& fault : workflow->Rules().CheckAgainst(workflow->Describe())) {
      found.push_back(std::move(fault));
    }
    for (const auto& fault : found) terminal.err << fault << '\n';
    faults += found.size();
    if (!found.empty()) continue;
    terminal.out << fmt::format(
        "{:<16}{}：{} 个状态均可到达且均可办结，{} 行，职责分离可满足，{} 条期限规则 "
        "states reachable, no dead ends, duties can be kept apart\n",
        workflow->Name(), workflow->Describe().zh, workflow->Describe().states.size(),
        workflow->Describe().rows.size(), workflow->Rules().Rules().size());
  }
  const auto of_links = CheckLinks(AllLinks(), AllWorkflows());
  for (const auto& fault : of_links) terminal.err << fault << '\n';
  if (of_links.empty()) {
    terminal.out << fmt::format("{:<16}{} 条业务联动，无循环 links, no circles\n", "links",
                                AllLinks().size());
  }
  if (faults + of_links.size() > 0) terminal.exit_code = ExitCode::kRefused;
}

struct ShowArguments {
  std::string name;
  bool json = false;
};

void Show(const ShowArguments& arguments, Terminal& terminal) {
  const auto* workflow = FindWorkflow(arguments.name);
  if (workflow == nullptr) {
    PrintRefusal(Rejection(RejectionKind::kNotFound, kUnknownWorkflow), terminal);
  } else if (arguments.json) {
    terminal.out << CanonicalJson(DescriptionJson(workflow->Describe())) << '\n';
  } else {
    terminal.out << WorkflowPage(*workflow);
  }
}

/// One page a workflow, named after it.
void Print(const std::string& directory, Terminal& terminal) {
  std::filesystem::create_directories(directory);
  for (const auto* workflow : AllWorkflows()) {
    const auto path = std::filesystem::path(directory) / (std::string(workflow->Name()) + ".md");
    std::ofstream file(path, std::ios::binary);
    if (!(file << WorkflowPage(*workflow)).flush()) {
      throw std::runtime_error("无法写入 cannot write " + path.string());
    }
    terminal.out << path.string() << '\n';
  }
  const auto path = std::filesystem::path(directory) / "links.md";
  std::ofstream file(path, std::ios::binary);
  if (!(file << LinksPage(AllLinks())).flush()) {
    throw std::runtime_error("无法写入 cannot write " + path.string());
  }
  terminal.out << path.string() << '\n';
}

}  // namespace

void AddWorkflowVerb(CLI::App& app, Terminal& terminal) {
  auto* verb = app.add_subcommand("workflow", "业务流程 Workflows");
  verb->require_subcommand(1);
  auto* list = verb->add_subcommand("list", "列出流程 List the workflows");
  const auto as_json = std::make_shared<bool>(false);  // Shared as below.
  list->add_flag("--json", *as_json, "输出 JSON Print JSON");
  list->callback([as_json, &terminal] { ListWorkflows(*as_json, terminal); });
  verb->add_subcommand("check", "检查流程、规则和业务联动 Check tables, rules and links")
      ->callback([&terminal] { CheckWorkflows(terminal); });

  auto* show = verb->add_subcommand("show", "显示一个流程 Show one workflow");
  // Shared, because the app keeps both the options' addresses and the callback that reads them.
  const auto arguments = std::make_shared<ShowArguments>();
  show->add_option("name", arguments->name, "流程 Workflow")->required();
  show->add_flag("--json", arguments->json, "输出 JSON Print JSON");
  show->callback([arguments, &terminal] { Show(*arguments, terminal); });

  auto* docs = verb->add_subcommand("docs", "生成流程页面 Print each workflow's page");
  const auto directory = std::make_shared<std::string>();  // Shared as above.
  docs->add_option("directory", *directory, "目录 Directory")->required();
  docs->callback([directory, &terminal] { Print(*directory, terminal); });
}

}  // namespace docket::cli
