#include "api/cli/restore.hpp"

#include "api/cli/progress.hpp"
#include "persistence/sqlite/backup.hpp"

namespace docket::cli {

namespace {

struct RestoreArguments {
  std::string store;
  BackupFiles from;
  bool json = false;
};

void PrintRestored(const RestoredLog& restored, const RestoreArguments& arguments,
                   std::ostream& out) {
  if (arguments.json) {
    out << CanonicalJson({{"epoch", restored.epoch.value},
                          {"from_epoch", restored.from_epoch.value},
                          {"fork_position", restored.position.value}})
        << '\n';
    return;
  }
  out << fmt::format(
      "已恢复 Restored to {}\n  新 epoch {}\n  原 epoch {}，分叉位置 may fork after position {}\n",
      arguments.store, restored.epoch.value, restored.from_epoch.value, restored.position.value);
}

void Run(const RestoreArguments& arguments, Terminal& terminal) {
  const auto paths = ParseSqliteUrl(arguments.store);
  if (!paths) return PrintRefusal(paths.error(), terminal);
  const auto restored = [&] {
    Progress progress(terminal.err);
    return RestoreStore(arguments.from, *paths, [&](const BackupStep& step) {
      const bool copying = step.kind == BackupStep::Kind::kCopying;
      progress.Show(copying ? "复制 Copying" : "核对 Checking events", step.done, step.total);
    });
  }();
  if (!restored) return PrintRefusal(restored.error(), terminal);
  PrintRestored(*restored, arguments, terminal.out);
}

}  // namespace

void AddRestoreVerb(CLI::App& app, Terminal& terminal) {
  auto* verb = app.add_subcommand("restore", "恢复 Make a new store of a backup");
  // Shared, because the app keeps both the options' addresses and the callback that reads them.
  const auto arguments = std::make_shared<RestoreArguments>();
  verb->add_option("--store", arguments->store, "新存储 New store, sqlite:PATH")->required();
  verb->add_option("--from", arguments->from.log, "事件库备份 Backup of the log")->required();
  verb->add_option("--keys-from", arguments->from.keys, "密钥库备份 Backup of the keys");
  verb->add_flag("--json", arguments->json, "输出 JSON Print JSON");
  verb->callback([arguments, &terminal] { Run(*arguments, terminal); });
}

}  // namespace docket::cli
