#include "api/cli/backup.hpp"

#include "api/cli/progress.hpp"
#include "persistence/postgres/postgres_url.hpp"
#include "persistence/sqlite/backup.hpp"

namespace docket::cli {

namespace {

struct BackupArguments {
  std::string store;
  BackupFiles to;
  bool json = false;
};

constexpr Refusal kServersOwnTools{
    "backup_by_the_server",
    "PostgreSQL 请用其自带工具备份：pg_basebackup，或 pg_dumpall --globals-only 与 pg_dump",
    "back PostgreSQL up with its own tools, pg_basebackup, or pg_dumpall --globals-only and "
    "pg_dump; the commands are in docs/operations.md"};

Json FileJson(const CopiedFile& file) {
  return {{"path", file.path}, {"bytes", file.bytes}, {"sha256", file.sha256}};
}

Json LogJson(const CheckedLog& log) {
  return {{"epoch", log.epoch.value}, {"position", log.position.value}, {"root", log.root}};
}

Json BackupJson(const Backup& backup) {
  Json json = {{"log", FileJson(backup.log)},
               {"cases", LogJson(backup.cases)},
               {"access", LogJson(backup.access)}};
  if (backup.keys) json["keys"] = FileJson(*backup.keys);
  if (backup.documents) json["documents"] = FileJson(*backup.documents);
  return json;
}

void PrintFile(std::string_view what, const CopiedFile& file, std::ostream& out) {
  out << fmt::format("{}  {}\n  {} 字节 bytes, sha256 {}\n", what, file.path, file.bytes,
                     file.sha256);
}

void PrintBackup(const Backup& backup, std::ostream& out) {
  PrintFile("事件库 Log ", backup.log, out);
  out << fmt::format("  epoch {}, 位置 position {}, root {}\n", backup.cases.epoch.value,
                     backup.cases.position.value, backup.cases.root);
  if (backup.keys) PrintFile("密钥库 Keys", *backup.keys, out);
  if (backup.documents) PrintFile("文件 Documents", *backup.documents, out);
}

void WarnOfKeys(std::ostream& err) {
  err << "注意：密钥库与事件库的备份应分开保管，同时取得两者即可读取全部个人信息。\n"
         "Keep the two apart: whoever has both reads every personal text.\n";
}

void Run(const BackupArguments& arguments, Terminal& terminal) {
  if (IsPostgresUrl(arguments.store)) {
    return PrintRefusal({RejectionKind::kRefused, kServersOwnTools}, terminal);
  }
  const auto paths = ParseSqliteUrl(arguments.store);
  if (!paths) return PrintRefusal(paths.error(), terminal);
  const auto backup = [&] {
    Progress progress(terminal.err);
    return BackUpStore(*paths, arguments.to, [&](const BackupStep& step) {
      const bool copying = step.kind == BackupStep::Kind::kCopying;
      progress.Show(copying ? "复制 Copying" : "核对 Checking events", step.done, step.total);
    });
  }();
  if (!backup) return PrintRefusal(backup.error(), terminal);
  if (backup->keys) WarnOfKeys(terminal.err);
  if (arguments.json) terminal.out << CanonicalJson(BackupJson(*backup)) << '\n';
  else PrintBackup(*backup, terminal.out);
}

}  // namespace

void AddBackupVerb(CLI::App& app, Terminal& terminal) {
  auto* verb = app.add_subcommand("backup", "备份 Copy a store while it is in use, and check it");
  // Shared, because the app keeps both the options' addresses and the callback that reads them.
  const auto arguments = std::make_shared<BackupArguments>();
  verb->add_option("--store", arguments->store, "存储 Store, sqlite:PATH")->required();
  verb->add_option("--to", arguments->to.log, "事件库备份 New file for the log")->required();
  verb->add_option("--keys-to", arguments->to.keys,
                   "密钥库备份，须另行保管 New file for the keys, to be kept elsewhere");
  verb->add_option("--documents-to", arguments->to.documents,
                   "文件备份，内容已加密 New file for the documents, which stay sealed");
  verb->add_flag("--json", arguments->json, "输出 JSON Print JSON");
  verb->callback([arguments, &terminal] { Run(*arguments, terminal); });
}

}  // namespace docket::cli
