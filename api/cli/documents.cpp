#include "api/cli/documents.hpp"

#include "api/cli/progress.hpp"
#include "persistence/clock/system_clock.hpp"
#include "persistence/documents/document_check.hpp"
#include "persistence/open_store.hpp"

namespace docket::cli {

namespace {

struct CheckArguments {
  std::string store;
  bool json = false;
};

constexpr Refusal kDamaged{"documents_damaged", "有文件已损坏，请从备份恢复",
                           "documents are damaged: restore them from a backup"};

Json FindingsJson(const DocumentFindings& findings) {
  Json missing = Json::array();
  for (const auto& one : findings.missing) {
    missing.push_back({{"case_id", one.case_id.value}, {"digest", one.digest.value}});
  }
  Json damaged = Json::array();
  for (const auto& one : findings.damaged) {
    damaged.push_back({{"document", one.id}, {"digest", one.digest.value}, {"why", one.why}});
  }
  return {{"documents", findings.documents}, {"bytes", findings.bytes},
          {"waiting", findings.waiting},     {"missing", std::move(missing)},
          {"damaged", std::move(damaged)},   {"orphans", findings.orphans},
          {"unread_events", findings.unread}};
}

void PrintFindings(const DocumentFindings& findings, std::ostream& out) {
  out << fmt::format("文件 Documents: {}，{} 字节 bytes，待用 waiting {}\n", findings.documents,
                     findings.bytes, findings.waiting);
  for (const auto& one : findings.damaged) {
    out << fmt::format("损坏 damaged  {}  {}  {}\n", one.digest.value, one.id, one.why);
  }
  for (const auto& one : findings.missing) {
    out << fmt::format("未保存 not kept here  {}  {}\n", one.case_id.value, one.digest.value);
  }
  for (const auto& id : findings.orphans) out << fmt::format("无主 orphan  {}\n", id);
  if (findings.unread > 0) {
    out << fmt::format("尚有 {} 个事件未核对引用 events whose documents are not looked for yet\n",
                       findings.unread);
  }
}

void Check(const CheckArguments& arguments, Terminal& terminal) {
  auto store = OpenStore({.url = arguments.store, .access = StoreAccess::kReader});
  if (!store) return PrintRefusal(store.error(), terminal);
  const SystemClock clock;
  const auto log = (*store)->OpenLog(clock);
  const DocumentStore documents((*store)->Documents());
  const auto findings = [&] {
    Progress progress(terminal.err);
    return CheckDocuments(
        documents, log->ReadHead(LogId::kCases).position,
        [&](std::int64_t looked_at) { progress.Show("核对 Checking documents", looked_at, 0); });
  }();
  if (arguments.json) terminal.out << CanonicalJson(FindingsJson(findings)) << '\n';
  else PrintFindings(findings, terminal.out);
  if (!findings.IsWhole()) PrintRefusal({RejectionKind::kRefused, kDamaged}, terminal);
}

}  // namespace

void AddDocumentsVerb(CLI::App& app, Terminal& terminal) {
  auto* verb = app.add_subcommand("documents", "文书、材料 Documents of cases");
  verb->require_subcommand(1);
  auto* check = verb->add_subcommand(
      "check",
      "核对文件是否完整、是否齐全 Whether all that is named is here, and as it was stored");
  // Shared, because the app keeps both the options' addresses and the callback that reads them.
  const auto arguments = std::make_shared<CheckArguments>();
  check->add_option("--store", arguments->store, "存储 Store, sqlite:PATH or postgres://…")
      ->required();
  check->add_flag("--json", arguments->json, "输出 JSON Print JSON");
  check->callback([arguments, &terminal] { Check(*arguments, terminal); });
}

}  // namespace docket::cli
