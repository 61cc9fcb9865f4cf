#include "api/cli/restore.hpp"

#include "api/cli/progress.hpp"
#include "persistence/postgres/restored.hpp"
#include "persistence/sqlite/backup.hpp"

namespace docket::cli {

namespace {

struct RestoreArguments {
  std::string store;
  BackupFiles from;
  bool declare = false;
  bool json = false;
};

constexpr Refusal kRestoreFirst{
    "restore_by_the_server", "PostgreSQL 请先用其自带工具恢复，再以 --declare 声明已恢复",
    "restore PostgreSQL with its own tools first, then say so with --declare"};
constexpr Refusal kNothingToDeclare{"declare_not_needed",
                                    "SQLite 存储由本命令恢复，须指明 --from，不用 --declare",
                                    "a SQLite store is restored by this verb: give --from, not "
                                    "--declare"};

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

Expected<RestoredLog> RestoreSqlite(const RestoreArguments& arguments, Terminal& terminal) {
  const auto paths = ParseSqliteUrl(arguments.store);
  if (!paths) return tl::unexpected(paths.error());
  if (arguments.declare || arguments.from.log.empty()) {
    return Refuse(RejectionKind::kInvalid, kNothingToDeclare);
  }
  Progress progress(terminal.err);
  return RestoreStore(arguments.from, *paths, [&](const BackupStep& step) {
    const bool copying = step.kind == BackupStep::Kind::kCopying;
    progress.Show(copying ? "复制 Copying" : "核对 Checking events", step.done, step.total);
  });
}

Expected<RestoredLog> DeclarePostgres(const RestoreArguments& arguments) {
  const auto url = ParsePostgresUrl(arguments.store);
  if (!url) return tl::unexpected(url.error());
  if (!arguments.declare || !arguments.from.log.empty()) {
    return Refuse(RejectionKind::kRefused, kRestoreFirst);
  }
  return DeclareRestored(*url);
}

void Run(const RestoreArguments& arguments, Terminal& terminal) {
  const auto restored = IsPostgresUrl(arguments.store) ? DeclarePostgres(arguments)
                                                       : RestoreSqlite(arguments, terminal);
  if (!restored) return PrintRefusal(restored.error(), terminal);
  PrintRestored(*restored, arguments, terminal.out);
}

}  // namespace

void AddRestoreVerb(CLI::App& app, Terminal& terminal) {
  auto* verb = app.add_subcommand("restore", "恢复 Make a new store of a backup");
  // Shared, because the app keeps both the options' addresses and the callback that reads them.
  const auto arguments = std::make_shared<RestoreArguments>();
  verb->add_option("--store", arguments->store, "存储 New store, sqlite:PATH; or postgres://…")
      ->required();
  verb->add_option("--from", arguments->from.log, "事件库备份 Backup of the log");
  verb->add_option("--keys-from", arguments->from.keys, "密钥库备份 Backup of the keys");
  verb->add_option("--documents-from", arguments->from.documents,
                   "文件备份 Backup of the documents");
  verb->add_flag("--declare", arguments->declare,
                 "声明 PostgreSQL 库系恢复所得 Say that a PostgreSQL database was restored");
  verb->add_flag("--json", arguments->json, "输出 JSON Print JSON");
  verb->callback([arguments, &terminal] { Run(*arguments, terminal); });
}

}  // namespace docket::cli
