#include "api/cli/import.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "api/application.hpp"
#include "api/cli/import_messages.hpp"
#include "domain/evidence/leaf.hpp"
#include "workflows/complaint/decision_record.hpp"
#include "workflows/engine/rulebook.hpp"

namespace docket::cli {

namespace {

constexpr std::size_t kLineBytesMax = 1 << 20;
constexpr std::string_view kDefaultStore = "sqlite:data/local/docket.db";

struct ImportArguments {
  std::string path;
  std::string store{kDefaultStore};
  std::string keys;
  std::string kek;
  std::string account = "docket-import";
  bool json = false;
};

/// What became of one line.
struct LineReport {
  std::size_t line = 0;
  std::optional<std::string> id;
  std::optional<Rejection> refusal;
  std::optional<CommandOutcome> outcome;
  std::vector<complaint::PeriodFinding> periods;
  std::vector<std::string> lacks;
  std::vector<std::string> left_out;
};

Json ReportJson(const LineReport& report) {
  Json json = {{"line", report.line}, {"imported", report.outcome.has_value()}};
  if (report.id) json["id"] = *report.id;
  if (report.refusal) json["refusal"] = Problem(*report.refusal);
  if (report.outcome) {
    json["case_id"] = report.outcome->case_id.value;
    json["state"] = report.outcome->state;
    json["repeated"] = report.outcome->repeated;
  }
  // A refused record is reported as far as it goes, too.
  json["periods"] = Encode(report.periods);
  json["lacks"] = report.lacks;
  json["left_out"] = report.left_out;
  return json;
}

std::string Listed(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

std::string_view ChineseOfResult(std::string_view result) {
  if (result == "met") return "按期";
  if (result == "missed") return "超期";
  if (result == "not_ended") return "未载明完成日期";
  return "无法判定";
}

void PrintPeriod(const complaint::PeriodFinding& period, std::ostream& out) {
  out << fmt::format("  {}（{}）{} {} 起 {}{}，届满 {}", period.title, period.rule, period.start,
                     period.started_on.ToString(), period.limit, ChineseOf(period.unit),
                     period.due_on.ToString());
  if (period.excluded > 0) out << fmt::format("（扣除 {}）", period.excluded);
  if (period.ended_on) out << fmt::format("；{} {}", *period.end, period.ended_on->ToString());
  out << fmt::format("：{}", ChineseOfResult(period.result));
  if (period.result == "met") out << fmt::format("，余 {}{}", period.by, ChineseOf(period.unit));
  if (period.result == "missed") out << fmt::format(" {}{}", period.by, ChineseOf(period.unit));
  if (!period.caveats.empty()) out << fmt::format(" [{}]", Listed(period.caveats));
  out << '\n';
}

void PrintReport(const LineReport& report, std::ostream& out) {
  const std::string id = report.id.value_or(fmt::format("line {}", report.line));
  if (report.outcome) {
    out << fmt::format("{}  已补录 imported {}  {}{}\n", id, report.outcome->case_id.value,
                       report.outcome->state, report.outcome->repeated ? "（此前已补录）" : "");
  } else {
    out << fmt::format("{}  未补录 refused {}: {} / {}\n", id, report.refusal->code,
                       report.refusal->zh, report.refusal->en);
    for (const auto& field : report.refusal->fields) {
      out << fmt::format("  {}: {} / {}\n", field.pointer, field.zh, field.en);
    }
  }
  for (const auto& period : report.periods) PrintPeriod(period, out);
  if (!report.lacks.empty()) out << fmt::format("  来源未载明 lacks: {}\n", Listed(report.lacks));
  if (!report.left_out.empty()) {
    out << fmt::format("  未录入 left out: {}\n", Listed(report.left_out));
  }
}

/// Imports line after line; each is one atomic append, so that no sweeper sees half a case.
class Importer {
 public:
  Importer(Application& application, std::string account)
      : engine_(application.Engine()),
        calendar_(*engine_.Ports().calendars.Current()),
        rules_(FindWorkflow("complaint")->Rules()),
        recorder_{ActorId(std::move(account)), UnitId("docket"), {Role::kRecordKeeper}} {}

  LineReport Import(std::size_t number, const std::string& line) {
    LineReport report;
    report.line = number;
    const auto json = ParseJson(line, {kLineBytesMax, JsonLimits().depth_max});
    if (!json) return Refused(std::move(report), json.error());
    if (json->is_object() && json->contains("id") && (*json)["id"].is_string()) {
      report.id = (*json)["id"].get<std::string>();
    }
    const auto record = complaint::ReadDecisionRecord(*json);
    if (!record) return Refused(std::move(report), record.error());
    report.lacks = complaint::LacksOf(*record);
    report.left_out = record->left_out;
    report.periods = complaint::CountPeriods(*record, rules_, calendar_);
    const auto command = complaint::CommandFor(*record);
    if (!command) return Refused(std::move(report), command.error());
    CommandRequest request;
    request.sender = recorder_;
    // Deterministic: importing the same file again adds nothing.
    request.command_id = CommandId("import-" + Digest(record->id));
    request.workflow = "complaint";
    request.commands = {{command->name, command->body, std::nullopt, std::nullopt}};
    auto outcome = engine_.Execute(request);
    if (!outcome) return Refused(std::move(report), outcome.error());
    report.outcome = std::move(*outcome);
    return report;
  }

 private:
  /// Command ids are ASCII; a record's id may be anything.
  static std::string Digest(const std::string& id) { return Sha256Hex(id); }

  static LineReport Refused(LineReport report, const Rejection& refusal) {
    report.refusal = refusal;
    return report;
  }

  CaseEngine& engine_;
  const WorkCalendar& calendar_;
  const Rulebook& rules_;
  Actor recorder_;
};

void ShowProgress(std::size_t done, std::size_t total, std::ostream& err) {
  constexpr std::size_t kWidth = 40;
  const std::size_t filled = total == 0 ? kWidth : done * kWidth / total;
  err << fmt::format("\r[{}{}] {}/{}", std::string(filled, '#'), std::string(kWidth - filled, '.'),
                     done, total)
      << (done == total ? "\n" : "") << std::flush;
}

std::vector<std::pair<std::size_t, std::string>> LinesOf(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw FileUnreadable(path);
  std::vector<std::pair<std::size_t, std::string>> lines;
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (line.find_first_not_of(" \t\r") != std::string::npos) lines.emplace_back(number, line);
  }
  if (file.bad()) throw FileUnreadable(path);
  return lines;
}

void Import(const ImportArguments& arguments, Terminal& terminal) {
  const auto lines = LinesOf(arguments.path);
  ApplicationOptions options;
  options.store_url = arguments.store;
  options.keys_url = arguments.keys;
  options.kek = arguments.kek;
  options.owner = fmt::format("docket import cases (pid {})", ::getpid());
  if (arguments.store == kDefaultStore) std::filesystem::create_directories("data/local");
  auto application = Application::Open(options, Office());
  if (!application) return PrintRefusal(application.error(), terminal);
  Importer importer(**application, arguments.account);
  const bool progress = &terminal.err == &std::cerr && ::isatty(STDERR_FILENO) == 1;
  std::size_t imported = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto report = importer.Import(lines[i].first, lines[i].second);
    if (report.outcome) ++imported;
    if (arguments.json) terminal.out << CanonicalJson(ReportJson(report)) << '\n';
    else PrintReport(report, terminal.out);
    if (progress) ShowProgress(i + 1, lines.size(), terminal.err);
  }
  (*application)->CatchUp();
  terminal.err << fmt::format(
      "{} 条记录，{} 条已补录，{} 条未补录 / {} records, {} imported, {} refused\n", lines.size(),
      imported, lines.size() - imported, lines.size(), imported, lines.size() - imported);
  if (imported != lines.size()) terminal.exit_code = ExitCode::kRefused;
}

}  // namespace

void AddImportVerb(CLI::App& app, Terminal& terminal) {
  auto* verb = app.add_subcommand("import", "导入 Bring in what others recorded");
  verb->require_subcommand(1);
  auto* cases =
      verb->add_subcommand("cases", "补录投诉处理记录 Recorded complaint cases, JSON lines");
  // Shared, because the app keeps both the options' addresses and the callback that reads them.
  const auto arguments = std::make_shared<ImportArguments>();
  cases->add_option("file", arguments->path, "记录文件 JSON lines")->required();
  cases->add_option("--store", arguments->store, "存储 Store, sqlite:PATH or postgres://…")
      ->capture_default_str();
  cases->add_option("--keys", arguments->keys, "密钥库 Key store, postgres://…");
  cases->add_option("--kek", arguments->kek,
                    "密钥加密密钥 Key-encryption key, file:PATH or pkcs11:…");
  cases->add_option("--account", arguments->account, "录入账号 Account that records")
      ->capture_default_str();
  cases->add_flag("--json", arguments->json, "输出 JSON Print JSON lines");
  cases->callback([arguments, &terminal] { Import(*arguments, terminal); });
  AddImportMessages(*verb, terminal);
}

}  // namespace docket::cli
