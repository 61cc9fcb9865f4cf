#include "api/cli/calendar.hpp"

#include "api/application.hpp"
#include "api/cli/calendar_source.hpp"

namespace docket::cli {

namespace {

struct YearTotals {
  int year = 0;
  int workdays = 0;
  int weekdays_off = 0;
  int makeup_days = 0;
  bool provisional = false;
};

Date FirstDayOf(int year) { return *Date::FromParts(year, 1, 1); }
Date LastDayOf(int year) { return *Date::FromParts(year, 12, 31); }

bool IsMondayToFriday(Date date) { return date.Weekday() != 0 && date.Weekday() != 6; }

YearTotals TotalsOf(const WorkCalendar& calendar, int year) {
  YearTotals totals{.year = year};
  for (Date date = FirstDayOf(year); date <= LastDayOf(year); ++date) {
    const DayInfo info = calendar.On(date);
    totals.workdays += info.IsWorkday() ? 1 : 0;
    totals.weekdays_off += !info.IsWorkday() && IsMondayToFriday(date) ? 1 : 0;
    totals.makeup_days += info.kind == DayKind::kMakeup ? 1 : 0;
    totals.provisional |= info.provisional;
  }
  return totals;
}

int FirstYear(const WorkCalendar& calendar) {
  return static_cast<int>(calendar.FirstDay().Parts().year());
}
int LastYear(const WorkCalendar& calendar) {
  return static_cast<int>(calendar.LastDay().Parts().year());
}

Json TotalsJson(const YearTotals& totals) {
  return {{"year", totals.year},
          {"workdays", totals.workdays},
          {"weekdays_off", totals.weekdays_off},
          {"makeup_days", totals.makeup_days},
          {"provisional", totals.provisional}};
}

Json OverviewJson(const CalendarSet& calendars, const WorkCalendar& shown) {
  Json versions = Json::array();
  for (const auto& calendar : calendars.Versions()) {
    versions.push_back({{"version", calendar->Version()},
                        {"first_day", calendar->FirstDay().ToString()},
                        {"last_day", calendar->LastDay().ToString()},
                        {"newest", calendar == calendars.Newest()}});
  }
  Json years = Json::array();
  for (int year = FirstYear(shown); year <= LastYear(shown); ++year) {
    years.push_back(TotalsJson(TotalsOf(shown, year)));
  }
  return {{"version", shown.Version()}, {"versions", versions}, {"years", years}};
}

void PrintOverview(const CalendarSet& calendars, const WorkCalendar& shown, std::ostream& out) {
  out << "版本 Versions\n";
  for (const auto& calendar : calendars.Versions()) {
    const bool newest = calendar == calendars.Newest();
    out << fmt::format("  {:<24}{} .. {}  {}\n", calendar->Version(),
                       calendar->FirstDay().ToString(), calendar->LastDay().ToString(),
                       newest ? "现行 newest" : "已被取代 superseded");
  }
  out << fmt::format("\n{}：年度 工作日 工作日放假 调休上班\n", shown.Version());
  out << fmt::format("  {:<6}{:>14}{:>14}{:>14}\n", "Year", "Working days", "Weekdays off",
                     "Make-up days");
  for (int year = FirstYear(shown); year <= LastYear(shown); ++year) {
    const auto totals = TotalsOf(shown, year);
    out << fmt::format("  {:<6}{:>14}{:>14}{:>14}\n", year, totals.workdays, totals.weekdays_off,
                       totals.makeup_days);
  }
}

Json YearJson(const WorkCalendar& calendar, int year) {
  Json days = Json::array();
  for (Date date = FirstDayOf(year); date <= LastDayOf(year); ++date) {
    const DayInfo info = calendar.On(date);
    if (info.kind != DayKind::kHoliday && info.kind != DayKind::kMakeup) continue;
    days.push_back(
        {{"date", date.ToString()}, {"kind", std::string(NameOf(info.kind))}, {"name", info.name}});
  }
  Json json = TotalsJson(TotalsOf(calendar, year));
  json["version"] = calendar.Version();
  json["days"] = std::move(days);
  return json;
}

void PrintYear(const WorkCalendar& calendar, int year, std::ostream& out) {
  constexpr std::array<std::string_view, 7> kWeekdays{
      "周日 Sun", "周一 Mon", "周二 Tue", "周三 Wed", "周四 Thu", "周五 Fri", "周六 Sat"};
  const auto totals = TotalsOf(calendar, year);
  out << fmt::format("{} 年 {}{}\n", year, calendar.Version(),
                     totals.provisional ? "（暂定，尚未公布 provisional, not published）" : "");
  for (Date date = FirstDayOf(year); date <= LastDayOf(year); ++date) {
    const DayInfo info = calendar.On(date);
    if (info.kind != DayKind::kHoliday && info.kind != DayKind::kMakeup) continue;
    const bool makeup = info.kind == DayKind::kMakeup;
    out << fmt::format("  {}  {}  {}  {}\n", date.ToString(), kWeekdays[date.Weekday()],
                       makeup ? "上班 make-up" : "放假 off    ", info.name);
  }
  out << fmt::format("工作日 Working days: {}\n", totals.workdays);
}

void CheckTotal(const Json& year, std::string_view name, int counted, const std::string& pointer,
                FieldErrors& errors) {
  const auto stated = year.find(name);
  if (stated == year.end() || *stated == Json(counted)) return;
  errors.push_back({PointerTo(pointer, name), "total_mismatch",
                    fmt::format("与所列日期不符，按日期应为 {}", counted),
                    fmt::format("the listed days add up to {}", counted)});
}

FieldErrors CheckTotals(const Json& document, const WorkCalendar& calendar) {
  FieldErrors errors;
  for (int year = FirstYear(calendar); year <= LastYear(calendar); ++year) {
    const std::string key = fmt::format("{:04}", year);
    const std::string pointer = PointerTo("/years", key);
    const Json& json = document["years"][key];
    const auto totals = TotalsOf(calendar, year);
    CheckTotal(json, "working_days_in_year", totals.workdays, pointer, errors);
    CheckTotal(json, "weekday_off_count", totals.weekdays_off, pointer, errors);
    CheckTotal(json, "makeup_count", totals.makeup_days, pointer, errors);
  }
  return errors;
}

}  // namespace

ExitCode ShowCalendar(const CalendarSet& calendars, const CalendarShowOptions& options,
                      Terminal& terminal) {
  const auto calendar = FindCalendar(calendars, options.version);
  if (!calendar) {
    PrintRefusal(calendar.error(), terminal);
  } else if (options.json) {
    const Json json =
        options.year ? YearJson(**calendar, *options.year) : OverviewJson(calendars, **calendar);
    terminal.out << CanonicalJson(json) << '\n';
  } else if (options.year) {
    PrintYear(**calendar, *options.year, terminal.out);
  } else {
    PrintOverview(calendars, **calendar, terminal.out);
  }
  return terminal.exit_code;
}

ExitCode CheckCalendar(const Json& document, Terminal& terminal) {
  const auto calendars = CalendarSet::Parse(document);
  if (!calendars) {
    PrintRefusal(calendars.error(), terminal);
    return terminal.exit_code;
  }
  FieldErrors errors = CheckTotals(document, *calendars->Newest());
  if (!errors.empty()) {
    Rejection rejection(RejectionKind::kInvalid,
                        {"calendar_totals_mismatch", "文件所载合计与所列日期不符",
                         "the file's own totals contradict its days"});
    rejection.fields = std::move(errors);
    PrintRefusal(rejection, terminal);
    return terminal.exit_code;
  }
  PrintOverview(*calendars, *calendars->Newest(), terminal.out);
  if (!document.contains("version")) {
    terminal.out << "\n文件未载明版本，发布时须指定 The file names no version of its own: "
                    "import it with --version NAME\n";
  }
  return terminal.exit_code;
}

Expected<Json> WithVersion(Json document, const std::string& version) {
  if (version.empty() || !document.is_object()) return document;
  const auto own = document.find("version");
  if (own != document.end() && *own != Json(version)) {
    return Refuse(RejectionKind::kInvalid,
                  {"calendar_version_contradicted", "--version 与文件所载版本不符",
                   "--version contradicts the version that the file names"});
  }
  document["version"] = version;
  return document;
}

namespace {

struct ShowArguments {
  std::string calendar_path;
  CalendarShowOptions show;
};

void AddShow(CLI::App& calendar, Terminal& terminal) {
  auto* show = calendar.add_subcommand("show", "显示版本与各年度 Show versions and years");
  // Shared, because the app keeps both the options' addresses and the callback that reads them.
  const auto arguments = std::make_shared<ShowArguments>();
  show->add_option("--calendar", arguments->calendar_path, "工作日历文件 Calendar file");
  show->add_option("--version", arguments->show.version, "版本 Version; the newest by default");
  show->add_option("--year", arguments->show.year, "年度 One year")->check(CLI::Range(1, 9999));
  show->add_flag("--json", arguments->show.json, "输出 JSON Print JSON");
  show->callback([arguments, &terminal] {
    const auto calendars = LoadCalendars(arguments->calendar_path);
    if (!calendars) return PrintRefusal(calendars.error(), terminal);
    terminal.exit_code = ShowCalendar(*calendars, arguments->show, terminal);
  });
}

void AddCheck(CLI::App& calendar, Terminal& terminal) {
  auto* check = calendar.add_subcommand("check", "校验工作日历文件 Validate a calendar file");
  const auto path = std::make_shared<std::string>();  // Shared as above.
  check->add_option("file", *path, "工作日历文件 Calendar file")->required();
  check->callback([path, &terminal] {
    const auto document = ReadCalendarDocument(*path);
    if (!document) return PrintRefusal(document.error(), terminal);
    terminal.exit_code = CheckCalendar(*document, terminal);
  });
}

struct ImportArguments {
  std::string path;
  std::string store;
  std::string version;
};

void Import(const ImportArguments& arguments, Terminal& terminal) {
  const auto read = ReadCalendarDocument(arguments.path);
  if (!read) return PrintRefusal(read.error(), terminal);
  const auto document = WithVersion(*read, arguments.version);
  if (!document) return PrintRefusal(document.error(), terminal);
  const auto store = CalendarStore::Open(arguments.store);
  if (!store) return PrintRefusal(store.error(), terminal);
  const Publisher publisher{
      Actor{ActorId("docket-calendar-import"), UnitId("docket"), {Role::kSystemAdministrator}}};
  const auto published = (*store)->WorkCalendars().Publish(*document, publisher);
  if (!published) return PrintRefusal(published.error(), terminal);
  terminal.out << fmt::format("已发布工作日历 Published {} at position {}\n",
                              (*store)->WorkCalendars().Current()->Version(),
                              published->last.value);
}

void AddImport(CLI::App& calendar, Terminal& terminal) {
  auto* import = calendar.add_subcommand("import", "发布工作日历 Publish a calendar in a store");
  const auto arguments = std::make_shared<ImportArguments>();  // Shared as above.
  import->add_option("file", arguments->path, "工作日历文件 Calendar file")->required();
  import->add_option("--store", arguments->store, "存储 Store, sqlite:PATH or postgres://…")
      ->required();
  import->add_option("--version", arguments->version,
                     "版本名 Version, for a file that names none of its own");
  import->callback([arguments, &terminal] { Import(*arguments, terminal);
});
}  // namespace

}  // namespace docket::cli

void AddCalendarVerb(CLI::App& app, Terminal& terminal) {
  auto* calendar = app.add_subcommand("calendar", "工作日历 Working calendars");
  calendar->require_subcommand(1);
  AddShow(*calendar, terminal);
  AddCheck(*calendar, terminal);
  AddImport(*calendar, terminal);
}

}  // namespace docket::cli
