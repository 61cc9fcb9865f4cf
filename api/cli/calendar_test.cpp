// `docket calendar show` and `check`.

#include "api/cli/calendar.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace docket::cli {
namespace {

struct CalendarTexts {
  ExitCode code = ExitCode::kDone;
  std::string out;
  std::string err;
};

template <class Verb>
CalendarTexts RunVerb(const Verb& verb) {
  std::istringstream in;
  std::ostringstream out, err;
  Terminal terminal{in, out, err};
  const ExitCode code = verb(terminal);
  return {code, out.str(), err.str()};
}

CalendarTexts Show(const CalendarShowOptions& options) {
  return RunVerb(
      [&](Terminal& terminal) { return ShowCalendar(CalendarSet::Builtin(), options, terminal); });
}

CalendarTexts Check(const Json& document) {
  return RunVerb([&](Terminal& terminal) { return CheckCalendar(document, terminal); });
}

CalendarTexts RunCalendar(const std::vector<std::string>& arguments) {
  return RunVerb(
      [&](Terminal& terminal) { return RunCommandLine({AddCalendarVerb}, arguments, terminal); });
}

Json ShippedFile() {
  std::ifstream file(DOCKET_SOURCE_DIR "/data/calendars/cn.json");
  return Json::parse(file);
}

TEST(CalendarVerbTest, ShowsVersionsAndTotals) {
  const auto shown = Show({});
  EXPECT_EQ(shown.code, ExitCode::kDone);
  for (const char* expected : {"2019-11-21-original", "cn-2026", "2010-01-01 .. 2026-12-31"}) {
    EXPECT_NE(shown.out.find(expected), std::string::npos) << expected;
  }
  const auto json = Json::parse(Show({.json = true}).out);
  EXPECT_EQ(json["versions"].size(), 4u);
  EXPECT_EQ(json["versions"][3], (Json{{"version", "cn-2026"},
                                       {"first_day", "2010-01-01"},
                                       {"last_day", "2026-12-31"},
                                       {"newest", true}}));
  EXPECT_EQ(json["years"][10], (Json{{"year", 2020},
                                     {"workdays", 249},
                                     {"weekdays_off", 19},
                                     {"makeup_days", 6},
                                     {"provisional", false}}));
}

TEST(CalendarVerbTest, ShowsOneYear) {
  const auto shown = Show({.year = 2024});
  EXPECT_NE(shown.out.find("2024-02-04  周日 Sun  上班 make-up  春节"), std::string::npos);
  EXPECT_NE(shown.out.find("2024-10-01  周二 Tue  放假 off"), std::string::npos);
  EXPECT_NE(shown.out.find("251"), std::string::npos);
  EXPECT_NE(Show({.year = 2027}).out.find("暂定"), std::string::npos);
  const auto json =
      Json::parse(Show({.version = "2019-11-21-original", .year = 2020, .json = true}).out);
  EXPECT_EQ(json["workdays"], 251);
  EXPECT_EQ(json["days"][1],
            (Json{{"date", "2020-01-19"}, {"kind", "makeup_workday"}, {"name", "春节"}}));
}

TEST(CalendarVerbTest, AnUnknownVersionIsRefused) {
  const auto shown = Show({.version = "1999"});
  EXPECT_EQ(shown.code, ExitCode::kRefused);
  EXPECT_EQ(Json::parse(shown.err)["code"], "calendar_version_unknown");
}

TEST(CalendarVerbTest, AGoodFilePassesTheCheck) {
  const auto checked = Check(ShippedFile());
  EXPECT_EQ(checked.code, ExitCode::kDone) << checked.err;
  EXPECT_NE(checked.out.find("cn-2026"), std::string::npos);
}

TEST(CalendarVerbTest, AStatedTotalMustBeTheSumOfTheDays) {
  Json document = ShippedFile();
  document["years"]["2024"]["working_days_in_year"] = 250;
  const auto checked = Check(document);
  EXPECT_EQ(checked.code, ExitCode::kRefused);
  const Json problem = Json::parse(checked.err);
  EXPECT_EQ(problem["code"], "calendar_totals_mismatch");
  EXPECT_EQ(problem["fields"][0]["pointer"], "/years/2024/working_days_in_year");
  document = ShippedFile();
  document["years"]["2024"]["makeup_workdays"].erase(0);
  EXPECT_EQ(Check(document).code, ExitCode::kRefused);
}

TEST(CalendarVerbTest, ACorruptFileIsRefusedWithItsPlace) {
  Json document = ShippedFile();
  document["years"]["2020"]["off_days"][3]["date"] = "2020-02-31";
  const auto checked = Check(document);
  EXPECT_EQ(checked.code, ExitCode::kRefused);
  EXPECT_EQ(Json::parse(checked.err)["fields"][0]["pointer"], "/years/2020/off_days/3/date");
}

TEST(CalendarVerbTest, AFileWithoutAVersionIsNamedWhenImported) {
  Json document = ShippedFile();
  const std::string own = document["version"];
  EXPECT_EQ(WithVersion(document, "")->at("version"), own);
  EXPECT_EQ(WithVersion(document, own)->at("version"), own);
  EXPECT_EQ(WithVersion(document, "cn-other").error().code, "calendar_version_contradicted");
  EXPECT_EQ(Check(document).out.find("--version"), std::string::npos);
  document.erase("version");
  EXPECT_EQ(WithVersion(document, "cn-other")->at("version"), "cn-other");
  EXPECT_FALSE(WithVersion(document, "")->contains("version"));
  const auto checked = Check(document);
  EXPECT_EQ(checked.code, ExitCode::kDone) << checked.err;
  EXPECT_NE(checked.out.find("--version NAME"), std::string::npos);
}

TEST(CalendarVerbTest, AnUnknownVerbIsNamed) {
  using Words = std::vector<std::string>;
  for (const auto& words :
       {Words{"frobnicate"}, Words{"frobnicate", "--help"}, Words{"calendar", "frobnicate"},
        Words{"calendar", "frobnicate", "--help"}, Words{"--help", "frobnicate"}}) {
    const auto texts = RunCalendar(words);
    EXPECT_EQ(texts.code, ExitCode::kUsage) << words.back();
    EXPECT_NE(texts.err.find("frobnicate"), std::string::npos) << texts.err;
  }
  EXPECT_EQ(RunCalendar({"calendar", "--help"}).code, ExitCode::kDone);
  EXPECT_EQ(RunCalendar({"calendar", "show", "--help"}).code, ExitCode::kDone);
  EXPECT_EQ(RunCalendar({}).code, ExitCode::kUsage);
}

TEST(CalendarVerbTest, RunsFromTheCommandLine) {
  const std::string file = DOCKET_SOURCE_DIR "/data/calendars/cn.json";
  EXPECT_EQ(RunCalendar({"calendar", "check", file}).code, ExitCode::kDone);
  EXPECT_EQ(RunCalendar({"calendar", "check"}).code, ExitCode::kUsage);
  EXPECT_EQ(RunCalendar({"calendar", "check", "/no/such/file"}).code, ExitCode::kInfrastructure);
  EXPECT_EQ(RunCalendar({"calendar", "check", DOCKET_SOURCE_DIR "/CMakeLists.txt"}).code,
            ExitCode::kRefused);
  EXPECT_EQ(RunCalendar({"calendar", "show", "--calendar", file, "--year", "2026"}).code,
            ExitCode::kDone);
  EXPECT_EQ(RunCalendar({"calendar", "show", "--year", "0"}).code, ExitCode::kUsage);
}

}  // namespace
}  // namespace docket::cli
