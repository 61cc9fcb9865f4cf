#include "api/cli/import_messages.hpp"

#include <unistd.h>

#include <fstream>
#include <memory>

#include <fmt/format.h>

#include "api/application.hpp"

namespace docket::cli {

namespace {

constexpr std::size_t kMessageBytesMax = 1 << 20;

struct MessageImport {
  std::vector<std::string> files;
  std::string store = "sqlite:data/local/docket.db";
  std::string keys;
  std::string kek;
  std::string office;
  std::string account;
  bool json = false;
};

constexpr Refusal kNoProvider{"account_not_a_provider", "没有此信息提供单位账号",
                              "there is no such account of a data provider", "HN18-9"};

/// The account as it stands today, in the log or in the office file.
Expected<intake::Intake::Sender> SenderOf(Application& application, const std::string& account) {
  const auto& directory = application.Engine().Ports().directory;
  const auto actor = directory.FindActor(ActorId(account));
  const auto unit = actor ? directory.FindUnit(actor->unit) : std::nullopt;
  if (!unit || !actor->Holds(Role::kDataProvider)) {
    return Refuse(RejectionKind::kNotFound, kNoProvider);
  }
  return intake::Intake::Sender{actor->id, *unit};
}

struct Totals {
  std::int64_t messages = 0;
  std::int64_t in = 0;  ///< Accepted now, or known with the same content.
};

void PrintBatch(const intake::BatchReport& report, std::ostream& out) {
  out << fmt::format("批次 batch {}\n", report.batch);
  for (const auto& one : report.messages) {
    out << fmt::format("  {} {} {}  {} {}{}\n", one.index, one.message.value_or(""),
                       one.key.value_or(""), ChineseOf(one.outcome), NameOf(one.outcome),
                       one.late ? "（迟到 late）" : "");
    if (!one.why || one.outcome == intake::Outcome::kDuplicate) continue;
    out << fmt::format("    {}: {} / {}\n", one.why->code, one.why->zh, one.why->en);
    for (const auto& field : one.why->fields) {
      out << fmt::format("    {}: {} / {}\n", field.pointer, field.zh, field.en);
    }
  }
}

/// A batch of lines; what is no JSON is a message that is not in order, and no more.
Expected<void> TakeLines(Application& application, const intake::Intake::Sender& sender,
                         const std::vector<std::string>& lines, const MessageImport& arguments,
                         Terminal& terminal, Totals& totals) {
  std::string text;
  std::vector<Expected<Json>> messages;
  for (const auto& line : lines) {
    text += line + "\n";
    messages.push_back(ParseJson(line, {kMessageBytesMax, JsonLimits().depth_max}));
  }
  const auto report = application.DataIntake().Take(sender, text, messages, "");
  if (!report) return tl::unexpected(report.error());
  if (arguments.json) terminal.out << CanonicalJson(intake::ReportJson(*report)) << '\n';
  else PrintBatch(*report, terminal.out);
  totals.messages += static_cast<std::int64_t>(lines.size());
  totals.in += report->Count(intake::Outcome::kAccepted);
  totals.in += report->Count(intake::Outcome::kDuplicate);
  return {};
}

Expected<void> TakeFile(Application& application, const intake::Intake::Sender& sender,
                        const std::string& path, const MessageImport& arguments, Terminal& terminal,
                        Totals& totals) {
  std::ifstream file(path);
  if (!file) throw FileUnreadable(path);
  std::vector<std::string> lines;
  const auto flush = [&]() -> Expected<void> {
    if (lines.empty()) return {};
    auto taken = TakeLines(application, sender, lines, arguments, terminal, totals);
    lines.clear();
    return taken;
  };
  for (std::string line; std::getline(file, line);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    lines.push_back(std::move(line));
    if (lines.size() < intake::kMessagesMax) continue;
    if (auto taken = flush(); !taken) return taken;
  }
  if (file.bad()) throw FileUnreadable(path);
  return flush();
}

void Run(const MessageImport& arguments, Terminal& terminal) {
  Office office;
  if (!arguments.office.empty()) {
    auto read = Office::Load(arguments.office);
    if (!read) return PrintRefusal(read.error(), terminal);
    office = std::move(*read);
  }
  ApplicationOptions options;
  options.store_url = arguments.store;
  options.keys_url = arguments.keys;
  options.kek = arguments.kek;
  options.owner = fmt::format("docket import messages (pid {})", ::getpid());
  auto application = Application::Open(options, std::move(office));
  if (!application) return PrintRefusal(application.error(), terminal);
  const auto sender = SenderOf(**application, arguments.account);
  if (!sender) return PrintRefusal(sender.error(), terminal);
  Totals totals;
  for (const auto& path : arguments.files) {
    const auto taken = TakeFile(**application, *sender, path, arguments, terminal, totals);
    if (!taken) return PrintRefusal(taken.error(), terminal);
  }
  (*application)->CatchUp();
  terminal.err << fmt::format(
      "{} 条消息，{} 条已归集，{} 条未归集 / {} messages, {} taken in, {} not\n", totals.messages,
      totals.in, totals.messages - totals.in, totals.messages, totals.in,
      totals.messages - totals.in);
  if (totals.in != totals.messages) terminal.exit_code = ExitCode::kRefused;
}

}  // namespace

void AddImportMessages(CLI::App& import, Terminal& terminal) {
  auto* verb = import.add_subcommand(
      "messages", "归集交易系统的推送数据 Messages of trading systems, JSON lines");
  const auto arguments = std::make_shared<MessageImport>();
  verb->add_option("files", arguments->files, "消息文件 Files, a message a line")->required();
  verb->add_option("--account", arguments->account, "推送账号 Account of the provider")->required();
  verb->add_option("--office", arguments->office, "账号文件 File with units and accounts");
  verb->add_option("--store", arguments->store, "存储 Store, sqlite:PATH or postgres://…")
      ->capture_default_str();
  verb->add_option("--keys", arguments->keys, "密钥库 Key store, postgres://…");
  verb->add_option("--kek", arguments->kek,
                   "密钥加密密钥 Key-encryption key, file:PATH or pkcs11:…");
  verb->add_flag("--json", arguments->json, "输出 JSON Print JSON lines");
  verb->callback([arguments, &terminal] { Run(*arguments, terminal); });
}

}  // namespace docket::cli
