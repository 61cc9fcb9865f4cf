#include "api/cli/deadline.hpp"

#include <cmath>
#include <set>

#include "api/cli/calendar_source.hpp"
#include "api/cli/reschedule.hpp"
#include "domain/deadline/period.hpp"

namespace docket::cli {

namespace {

using json_detail::Add;
using json_detail::AddMissing;
using json_detail::AddWrongType;

constexpr double kMicrosPerSecond = 1e6;
/// Years 1 to 9999.
constexpr std::int64_t kUnixSecondsMin = -62'135'596'800;
constexpr std::int64_t kUnixSecondsMax = 253'402'300'799;

/// Members that carry the question, or that vectors carry for their readers.
constexpr std::array<std::string_view, 16> kKnownMembers{
    "id",   "start", "rule", "pauses", "extension", "calendar_version", "amount", "direction",
    "unit", "roll",  "from", "to",     "reason",    "category",         "key",    "trigger",
};
constexpr std::array<std::string_view, 5> kInformativePrefixes{"basis", "expected_", "naive_",
                                                               "start_", "due_"};

bool IsKnown(std::string_view name) {
  if (std::find(kKnownMembers.begin(), kKnownMembers.end(), name) != kKnownMembers.end()) {
    return true;
  }
  return std::any_of(kInformativePrefixes.begin(), kInformativePrefixes.end(),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

/// One line, understood.
struct Question {
  Json id;
  Count count;
  std::string calendar_version;
};

std::optional<Instant> FromUnixSeconds(double seconds) {
  const bool fits = seconds >= static_cast<double>(kUnixSecondsMin) &&
                    seconds <= static_cast<double>(kUnixSecondsMax);
  if (!fits) return std::nullopt;
  return Instant::FromMicros(std::llround(seconds * kMicrosPerSecond));
}

/// Digits, as a number; longer ones than any year has do not fit.
std::optional<double> UnixSecondsIn(const std::string& text) {
  constexpr std::size_t kDigitsMax = 13;
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  const bool digits = text.size() > sign && text.size() <= sign + kDigitsMax &&
                      text.find_first_not_of("0123456789", sign) == std::string::npos;
  if (!digits) return std::nullopt;
  return static_cast<double>(std::stoll(text));
}

std::optional<Instant> DecodeMoment(const Json& json, const std::string& pointer,
                                    FieldErrors& errors) {
  std::optional<Instant> instant;
  if (json.is_number()) {
    instant = FromUnixSeconds(json.get<double>());
  } else if (json.is_string()) {
    const auto& text = json.get_ref<const std::string&>();
    const auto seconds = UnixSecondsIn(text);
    instant = seconds ? FromUnixSeconds(*seconds) : Instant::ParseDateOrInstant(text);
  }
  if (!instant) {
    Add(errors, pointer,
        {"moment_invalid", "时间无效，应为 YYYY-MM-DD、带时区的 RFC 3339 时间或 Unix 秒",
         "not a moment: expected YYYY-MM-DD, RFC 3339 with an offset, or Unix seconds"});
  }
  return instant;
}

/// Decodes one line; collects every field that is wrong.
class QuestionReader {
 public:
  explicit QuestionReader(const Json& line) : line_(line) {}

  Expected<Question> Read() {
    Question question;
    question.id = line_.value("id", Json());
    if (const auto* start = Required(line_, "start", "")) {
      const auto instant = DecodeMoment(*start, "/start", errors_);
      if (instant) question.count.start = *instant;
    }
    ReadRule(question.count.period);
    if (const auto* extension = Optional(line_, "extension")) {
      question.count.extension =
          json_detail::DecodeInteger(*extension, "/extension", errors_).value_or(0);
    }
    if (const auto* version = Optional(line_, "calendar_version")) {
      if (version->is_string()) question.calendar_version = version->get<std::string>();
      if (!version->is_string()) AddWrongType(errors_, "/calendar_version", "string");
    }
    question.count.pauses = ReadPauses();
    if (!errors_.empty()) return tl::unexpected(InvalidFields(std::move(errors_)));
    return question;
  }

 private:
  /// An absent member, and one that is null, are the same.
  static const Json* Optional(const Json& object, std::string_view name) {
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? nullptr : &*found;
  }

  const Json* Required(const Json& object, std::string_view name, const std::string& pointer) {
    const Json* found = Optional(object, name);
    if (found == nullptr) AddMissing(errors_, PointerTo(pointer, name));
    return found;
  }

  void ReadRule(Period& period) {
    const Json* rule = Required(line_, "rule", "");
    if (rule == nullptr) return;
    if (!rule->is_object()) return AddWrongType(errors_, "/rule", "object");
    if (const auto* amount = Required(*rule, "amount", "/rule")) {
      const auto number = json_detail::DecodeInteger(*amount, "/rule/amount", errors_);
      period.amount = number.value_or(0);
    }
    if (const auto* unit = Required(*rule, "unit", "/rule")) {
      period.unit = DecodeAt<PeriodUnit>(*unit, "/rule/unit", errors_).value_or(period.unit);
    }
    if (const auto* direction = Optional(*rule, "direction")) {
      period.direction =
          DecodeAt<Direction>(*direction, "/rule/direction", errors_).value_or(period.direction);
    }
    if (const auto* roll = Optional(*rule, "roll")) {
      period.roll = DecodeAt<Roll>(*roll, "/rule/roll", errors_).value_or(period.roll);
    }
  }

  std::vector<Pause> ReadPauses() {
    std::vector<Pause> pauses;
    const Json* list = Optional(line_, "pauses");
    if (list == nullptr) return pauses;
    if (!list->is_array()) {
      AddWrongType(errors_, "/pauses", "array");
      return pauses;
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
      const std::string pointer = PointerTo("/pauses", std::to_string(i));
      if (!(*list)[i].is_object()) {
        AddWrongType(errors_, pointer, "object");
      } else if (auto pause = ReadPause((*list)[i], pointer)) {
        pauses.push_back(std::move(*pause));
      }
    }
    return pauses;
  }

  std::optional<Pause> ReadPause(const Json& json, const std::string& pointer) {
    const std::size_t errors_before = errors_.size();
    Pause pause;
    if (const auto* from = Required(json, "from", pointer)) {
      const auto instant = DecodeMoment(*from, pointer + "/from", errors_);
      if (instant) pause.from = instant->ChinaDate();
    }
    if (const auto* to = Optional(json, "to")) {
      const auto instant = DecodeMoment(*to, pointer + "/to", errors_);
      if (instant) pause.to = instant->ChinaDate();
    }
    if (const auto* reason = Optional(json, "reason")) {
      pause.reason = json_detail::DecodeText(*reason, pointer + "/reason", errors_).value_or("");
    }
    return errors_.size() == errors_before ? std::optional(std::move(pause)) : std::nullopt;
  }

  const Json& line_;
  FieldErrors errors_;
};

/// The domain points into its Count; the user wrote a line.
Rejection PointIntoLine(Rejection rejection) {
  constexpr std::string_view kPeriod = "/period/";
  for (auto& field : rejection.fields) {
    if (field.pointer.starts_with(kPeriod)) {
      field.pointer = "/rule/" + field.pointer.substr(kPeriod.size());
    }
  }
  return rejection;
}

Json DaysOf(const Due& due) {
  Json days = Json::array();
  for (const DayNote& day : due.days) {
    days.push_back({{"date", day.date.ToString()},
                    {"counted", day.counted},
                    {"ordinal", day.ordinal},
                    {"code", day.code},
                    {"zh", day.zh},
                    {"en", day.en}});
  }
  return days;
}

Json AnswerOf(const Question& question, const Due& due) {
  Json answer = {{"id", question.id},
                 {"due_date", nullptr},
                 {"due_instant_exclusive", nullptr},
                 {"provisional", due.provisional}};
  if (due.date) {
    answer["due_date"] = due.date->ToString();
    answer["due_instant_exclusive"] = due.instant->ToString();
  } else {
    answer["paused"] = true;
    answer["remaining"] = due.remaining;
  }
  return answer;
}

/// Answers line after line; remembers which unknown names it has mentioned.
class LineComputer {
 public:
  LineComputer(const CalendarSet& calendars, const DeadlineOptions& options, Terminal& terminal)
      : calendars_(calendars), options_(options), terminal_(terminal) {}

  /// False when the line was refused.
  bool Answer(const std::string& text, int line_number) {
    const auto line = ParseJson(text);
    if (!line) return Refused(Json(), line_number, line.error());
    if (!line->is_object()) {
      FieldErrors errors;
      AddWrongType(errors, "", "object");
      return Refused(Json(), line_number, InvalidFields(std::move(errors)));
    }
    NoticeUnknown(*line, "", line_number);
    const Json id = line->value("id", Json());
    auto question = QuestionReader(*line).Read();
    if (!question) return Refused(id, line_number, question.error());
    const auto calendar = FindCalendar(calendars_, question->calendar_version);
    if (!calendar) {
      Rejection rejection = calendar.error();
      rejection.fields.push_back({"/calendar_version", rejection.code, rejection.zh, rejection.en});
      return Refused(id, line_number, rejection);
    }
    question->count.explain = options_.explain;
    const auto due = ComputeDue(question->count, **calendar);
    if (!due) return Refused(id, line_number, PointIntoLine(due.error()));
    Json answer = AnswerOf(*question, *due);
    if (options_.explain) answer["days"] = DaysOf(*due);
    terminal_.out << CanonicalJson(answer) << '\n';
    return true;
  }

 private:
  bool Refused(const Json& id, int line_number, const Rejection& rejection) {
    Json problem = Problem(rejection);
    problem["line"] = line_number;
    if (!id.is_null()) problem["id"] = id;
    terminal_.err << CanonicalJson(problem) << '\n';
    return false;
  }

  void NoticeUnknown(const Json& json, const std::string& pointer, int line_number) {
    if (json.is_array()) {
      for (const Json& item : json) NoticeUnknown(item, pointer + "/0", line_number);
    }
    if (!json.is_object()) return;
    for (auto it = json.begin(); it != json.end(); ++it) {
      const std::string at = PointerTo(pointer, it.key());
      if (it.key() == "rule" || it.key() == "pauses") NoticeUnknown(*it, at, line_number);
      constexpr std::size_t kNoticesMax = 100;
      const bool fresh =
          !IsKnown(it.key()) && noticed_.size() < kNoticesMax && noticed_.insert(at).second;
      if (!fresh) continue;
      const Json notice = {{"code", "member_ignored"},
                           {"line", line_number},
                           {"pointer", at},
                           {"zh", "未知成员，已忽略（仅提示一次）"},
                           {"en", "unknown member, ignored (said once)"}};
      terminal_.err << CanonicalJson(notice) << '\n';
    }
  }

  const CalendarSet& calendars_;
  DeadlineOptions options_;
  Terminal& terminal_;
  std::set<std::string> noticed_;
};

}  // namespace

ExitCode ComputeDeadlines(const CalendarSet& calendars, const DeadlineOptions& options,
                          Terminal& terminal) {
  LineComputer computer(calendars, options, terminal);
  bool all_answered = true;
  int line_number = 0;
  for (std::string line; std::getline(terminal.in, line);) {
    ++line_number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    all_answered &= computer.Answer(line, line_number);
  }
  if (terminal.in.bad()) throw FileUnreadable("stdin");
  return all_answered ? ExitCode::kDone : ExitCode::kRefused;
}

void AddDeadlineVerb(CLI::App& app, Terminal& terminal) {
  auto* deadline = app.add_subcommand("deadline", "期限计算 Count legal periods");
  deadline->require_subcommand(1);
  auto* compute = deadline->add_subcommand(
      "compute", "逐行读取 JSON，计算期限届满日 Read JSON lines on stdin, write due dates");
  struct Options {
    std::string calendar_path;
    DeadlineOptions deadline;
  };
  // Shared, because the app keeps both the options' addresses and the callback that reads them.
  const auto options = std::make_shared<Options>();
  compute->add_option("--calendar", options->calendar_path, "工作日历文件 Calendar file");
  compute->add_flag("--explain", options->deadline.explain, "逐日说明 Explain every day");
  compute->callback([options, &terminal] {
    const auto calendars = LoadCalendars(options->calendar_path);
    if (!calendars) return PrintRefusal(calendars.error(), terminal);
    terminal.exit_code = ComputeDeadlines(*calendars, options->deadline, terminal);
  });
  AddReschedule(*deadline, terminal);
}

}  // namespace docket::cli
