#include "api/cli/workflow.hpp"

#include <filesystem>
#include <fstream>

#include "api/render/description_json.hpp"
#include "workflows/engine/page.hpp"
#include "workflows/engine/refusals.hpp"

namespace docket::cli {

namespace {

void List(Terminal& terminal) {
  for (const auto* workflow : AllWorkflows()) {
    const Description& description = workflow->Describe();
    terminal.out << fmt::format("{:<24}{}\n", description.name, description.zh);
  }
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
}

}  // namespace

void AddWorkflowVerb(CLI::App& app, Terminal& terminal) {
  auto* verb = app.add_subcommand("workflow", "业务流程 Workflows");
  verb->require_subcommand(1);
  verb->add_subcommand("list", "列出流程 List the workflows")->callback([&terminal] {
    List(terminal);
  });

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
