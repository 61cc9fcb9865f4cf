// The working calendar: the shipped facts, superseded versions, and what a corrupt file is told.

#include "domain/calendar/calendar.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

Date DayOf(std::string_view text) { return *Date::Parse(text); }

DayKind KindOn(std::string_view text, std::string_view version = "") {
  return CalendarSet::Builtin().Find(version)->On(DayOf(text)).kind;
}

/// A small valid file of two years; tests spoil it with a JSON Patch (RFC 6902).
Json SmallFile() {
  return Json::parse(R"({
    "schema": "cn-working-calendar/1",
    "years": {
      "2019": {"published": true, "papers": ["2018-12-06", "2019-03-22"],
        "off_days": [{"date": "2019-05-01", "dow": "Wed", "name": "劳动节", "weekday_off": true},
                     {"date": "2019-05-02", "dow": "Thu", "name": "劳动节", "weekday_off": true},
                     {"date": "2019-05-04", "dow": "Sat", "name": "劳动节", "weekday_off": false}],
        "makeup_workdays": [{"date": "2019-05-05", "dow": "Sun", "name": "劳动节"}]},
      "2020": {"published": true, "papers": ["https://example.org/2019-11/21/content_1.htm"],
        "off_days": [{"date": "2020-01-30", "dow": "Thu", "name": "春节", "weekday_off": true},
                     {"date": "2020-01-31", "dow": "Fri", "name": "春节", "weekday_off": true},
                     {"date": "2020-02-01", "dow": "Sat", "name": "春节", "weekday_off": false}],
        "makeup_workdays": []},
      "2021": {"published": false}
    },
    "revisions": [
      {"year": 2020, "original": {"weekday_off_through": "2020-01-30", "makeup": ["2020-02-01"]},
       "final": {"weekday_off_through": "2020-01-31", "makeup": []}},
      {"year": 2019, "original": {"weekday_off": ["2019-05-01"], "makeup": []},
       "final": {"weekday_off": ["2019-05-01", "2019-05-02"], "makeup": ["2019-05-05"]}},
      {"year": 2020, "what": "only informs"}
    ]})");
}

/// What the file is told after the patch: pointer and code of the first error.
std::string ToldAfter(std::string_view patch) {
  const auto calendars = CalendarSet::Parse(SmallFile().patch(Json::parse(patch)));
  if (calendars) return "accepted";
  const Rejection& rejection = calendars.error();
  EXPECT_EQ(rejection.code, "calendar_invalid");
  EXPECT_NE(rejection.en.find(rejection.fields.at(0).pointer), std::string::npos);
  return rejection.fields.at(0).pointer + " " + rejection.fields.at(0).code;
}

/// A patch that replaces or adds one member.
std::string Set(const std::string& pointer, const std::string& json) {
  return fmt::format(R"([{{"op": "add", "path": "{}", "value": {}}}])", pointer, json);
}
std::string Remove(const std::string& pointer) {
  return fmt::format(R"([{{"op": "remove", "path": "{}"}}])", pointer);
}

TEST(CalendarTest, TheBuiltinCalendarHasThePublishedTotals) {
  const auto& calendar = *CalendarSet::Builtin().Newest();
  EXPECT_EQ(calendar.Version(), "cn-2026");
  EXPECT_EQ(calendar.FirstDay(), DayOf("2010-01-01"));
  EXPECT_EQ(calendar.LastDay(), DayOf("2026-12-31"));
  const std::vector<int> totals{250, 250, 249, 250, 250, 249, 250, 249, 250,
                                250, 249, 250, 249, 249, 251, 248, 248};
  for (int year = 2010; year <= 2026; ++year) {
    const Date last_year = *Date::FromParts(year - 1, 12, 31);
    const Date end = *Date::FromParts(year, 12, 31);
    EXPECT_EQ(calendar.WorkdaysBetween(last_year, end), totals[year - 2010]) << year;
  }
}

TEST(CalendarTest, TheTrapsAreKnown) {
  EXPECT_EQ(KindOn("2024-02-09"), DayKind::kWorkday);  // New Year's Eve, not statutory before 2025.
  EXPECT_EQ(KindOn("2025-01-28"), DayKind::kHoliday);
  EXPECT_EQ(KindOn("2012-09-29"), DayKind::kMakeup);
  EXPECT_EQ(KindOn("2012-09-30"), DayKind::kHoliday);
  EXPECT_EQ(KindOn("2011-12-31"), DayKind::kMakeup);  // Ordered by the following year's notice.
  EXPECT_EQ(KindOn("2026-09-20"), DayKind::kMakeup);  // A Sunday.
  EXPECT_EQ(KindOn("2024-03-08"), DayKind::kWorkday);
  EXPECT_EQ(CalendarSet::Builtin().Newest()->On(DayOf("2015-09-03")).name,
            "抗日战争暨世界反法西斯战争胜利70周年纪念日");
}

TEST(CalendarTest, OutsideThePublishedYearsDaysAreProvisional) {
  const auto& calendar = *CalendarSet::Builtin().Newest();
  EXPECT_FALSE(calendar.On(DayOf("2026-12-31")).provisional);
  EXPECT_EQ(calendar.On(DayOf("2027-01-01")), (DayInfo{DayKind::kHoliday, "元旦", true}));
  EXPECT_EQ(calendar.On(DayOf("2027-01-04")), (DayInfo{DayKind::kWorkday, "", true}));
  EXPECT_EQ(calendar.On(DayOf("2027-01-02")), (DayInfo{DayKind::kWeekend, "", true}));
  for (const char* day : {"2028-05-01", "2028-05-02", "2030-10-01", "2030-10-02", "2030-10-03",
                          "2009-01-01", "2009-05-01", "2009-10-01"}) {
    EXPECT_EQ(calendar.On(DayOf(day)).kind, DayKind::kHoliday) << day;
  }
  // The second day of Labour Day is statutory from 2025 on only.
  EXPECT_EQ(calendar.On(DayOf("2008-05-02")).kind, DayKind::kWorkday);
  EXPECT_EQ(calendar.On(DayOf("2028-10-04")).kind, DayKind::kWorkday);
}

TEST(CalendarTest, CountsWorkdaysBetween) {
  const auto& calendar = *CalendarSet::Builtin().Newest();
  EXPECT_EQ(calendar.WorkdaysBetween(DayOf("2024-09-27"), DayOf("2024-10-08")), 3);
  EXPECT_EQ(calendar.WorkdaysBetween(DayOf("2024-09-27"), DayOf("2024-09-27")), 0);
  EXPECT_EQ(calendar.WorkdaysBetween(DayOf("2024-10-08"), DayOf("2024-09-27")), 0);
}

TEST(CalendarTest, SupersededVersionsAreNamedAfterTheirNotice) {
  const auto& calendars = CalendarSet::Builtin();
  std::vector<std::string> versions;
  for (const auto& calendar : calendars.Versions()) versions.push_back(calendar->Version());
  EXPECT_EQ(versions, (std::vector<std::string>{"2014-12-16-original", "2018-12-06-original",
                                                "2019-11-21-original", "cn-2026"}));
  EXPECT_EQ(calendars.Find("final"), calendars.Newest());
  EXPECT_EQ(calendars.Find(""), calendars.Newest());
  EXPECT_EQ(calendars.Find("2019-11-22-original"), nullptr);
  EXPECT_EQ(calendars.Versions()[2]->LastDay(), DayOf("2020-12-31"));
}

TEST(CalendarTest, SupersededVersionsStillHaveTheDaysAsFirstAnnounced) {
  const std::string_view spring = "2019-11-21-original";
  EXPECT_EQ(KindOn("2020-01-30", spring), DayKind::kHoliday);
  EXPECT_EQ(KindOn("2020-01-31", spring), DayKind::kWorkday);
  EXPECT_EQ(KindOn("2020-02-01", spring), DayKind::kMakeup);
  EXPECT_EQ(KindOn("2020-02-02", spring), DayKind::kWeekend);
  EXPECT_EQ(CalendarSet::Builtin().Find(spring)->On(DayOf("2020-01-19")).name, "春节");
  EXPECT_EQ(CalendarSet::Builtin().Find(spring)->On(DayOf("2020-02-01")).name, "春节");
  EXPECT_EQ(KindOn("2019-05-02", spring), DayKind::kHoliday);  // Revised before that notice.
  EXPECT_TRUE(CalendarSet::Builtin().Find(spring)->On(DayOf("2021-03-01")).provisional);
  const std::string_view labour = "2018-12-06-original";
  EXPECT_EQ(KindOn("2019-05-01", labour), DayKind::kHoliday);
  EXPECT_EQ(KindOn("2019-05-02", labour), DayKind::kWorkday);
  EXPECT_EQ(KindOn("2019-04-28", labour), DayKind::kWeekend);
  EXPECT_EQ(KindOn("2019-05-04", labour), DayKind::kWeekend);
  const std::string_view parade = "2014-12-16-original";
  EXPECT_EQ(KindOn("2015-09-03", parade), DayKind::kWorkday);
  EXPECT_EQ(KindOn("2015-09-06", parade), DayKind::kWeekend);
}

TEST(CalendarFileTest, AFileWithoutVersionIsFinal) {
  const auto calendars = CalendarSet::Parse(SmallFile());
  ASSERT_TRUE(calendars) << calendars.error().en;
  EXPECT_EQ(calendars->Newest()->Version(), "final");
  EXPECT_EQ(calendars->Newest()->LastDay(), DayOf("2020-12-31"));
  ASSERT_EQ(calendars->Versions().size(), 3u);
  EXPECT_EQ(calendars->Versions()[0]->Version(), "2018-12-06-original");
  EXPECT_EQ(calendars->Versions()[1]->Version(), "2019-11-21-original");
  EXPECT_EQ(calendars->Versions()[1]->On(DayOf("2020-02-01")).kind, DayKind::kMakeup);
}

TEST(CalendarFileTest, InformativeMembersAreNotRead) {
  EXPECT_EQ(ToldAfter(Set("/sources", "[{\"id\": 1}]")), "accepted");
  EXPECT_EQ(ToldAfter(Set("/years/2020/off_days/0/in_lieu", "7")), "accepted");
  EXPECT_EQ(ToldAfter(Set("/years/2020/working_days_in_year", "250")), "accepted");
}

TEST(CalendarFileTest, ACorruptFileIsToldWhere) {
  const std::string off = "/years/2020/off_days/0";
  EXPECT_EQ(ToldAfter(Set("/schema", "\"x\"")), "/schema schema_unknown");
  EXPECT_EQ(ToldAfter(Remove("/schema")), "/schema field_missing");
  EXPECT_EQ(ToldAfter(Set("/version", "\"a b\"")), "/version version_invalid");
  EXPECT_EQ(ToldAfter(Set("/version", "\"2019-11-21-original\"")), "/version version_taken");
  EXPECT_EQ(ToldAfter(Set(off + "/date", "\"2020-02-31\"")), off + "/date date_invalid");
  EXPECT_EQ(ToldAfter(Set(off + "/date", "\"0000-01-30\"")), off + "/date date_invalid");
  EXPECT_EQ(ToldAfter(Set(off + "/date", "20200130")), off + "/date date_invalid");
  EXPECT_EQ(ToldAfter(Remove(off + "/date")), off + "/date field_missing");
  EXPECT_EQ(ToldAfter(Set(off + "/date", "\"2022-01-30\"")), off + "/date date_outside_year");
  EXPECT_EQ(ToldAfter(Set(off + "/dow", "\"Mon\"")), off + "/dow weekday_mismatch");
  EXPECT_EQ(ToldAfter(Set(off + "/name", "1")), off + "/name wrong_type");
  EXPECT_EQ(ToldAfter(Set(off + "/weekday_off", "false")), off + "/weekday_off weekday_off_wrong");
  EXPECT_EQ(ToldAfter(Set("/years/2020/off_days/2/weekday_off", "true")),
            "/years/2020/off_days/2/weekday_off weekday_off_wrong");
  EXPECT_EQ(ToldAfter(Set(off + "/weekday_off", "1")), off + "/weekday_off wrong_type");
  EXPECT_EQ(ToldAfter(Set(off, "7")), off + " wrong_type");
}

TEST(CalendarFileTest, ADateIsListedOnce) {
  EXPECT_EQ(ToldAfter(Set("/years/2020/off_days/-", R"({"date": "2020-01-30"})")),
            "/years/2020/off_days/3/date date_listed_twice");
  EXPECT_EQ(ToldAfter(Set("/years/2020/makeup_workdays/-", R"({"date": "2020-02-01"})")),
            "/years/2020/makeup_workdays/0/date date_off_and_makeup");
  EXPECT_EQ(ToldAfter(Set("/years/2020/makeup_workdays/-", R"({"date": "2020-03-02"})")),
            "/years/2020/makeup_workdays/0/date makeup_on_weekday");
  EXPECT_EQ(ToldAfter(Set("/years/2020/makeup_workdays/-", R"({"date": "2019-05-05"})")),
            "/years/2020/makeup_workdays/0/date date_listed_twice");
}

TEST(CalendarFileTest, PublishedYearsFollowOneAnother) {
  EXPECT_EQ(ToldAfter(Remove("/years")), "/years field_missing");
  EXPECT_EQ(ToldAfter(Set("/years", "[]")), "/years wrong_type");
  EXPECT_EQ(ToldAfter(Set("/years", "{}")), "/years year_missing");
  EXPECT_EQ(ToldAfter(Set("/years/2022", R"({"published": true, "off_days": [],
                                             "makeup_workdays": []})")),
            "/years/2021 year_missing");
  EXPECT_EQ(ToldAfter(Set("/years/0000", "{}")), "/years/0000 year_invalid");
  EXPECT_EQ(ToldAfter(Set("/years/20x0", "{}")), "/years/20x0 year_invalid");
  EXPECT_EQ(ToldAfter(Set("/years/2020", "[]")), "/years/2020 wrong_type");
  EXPECT_EQ(ToldAfter(Remove("/years/2020/published")), "/years/2020/published field_missing");
  EXPECT_EQ(ToldAfter(Remove("/years/2020/off_days")), "/years/2020/off_days field_missing");
  EXPECT_EQ(ToldAfter(Set("/years/2020/off_days", "[]")),
            "/years/2020/off_days year_without_holidays");
  EXPECT_EQ(ToldAfter(Set("/years/2020/makeup_workdays", "{}")),
            "/years/2020/makeup_workdays wrong_type");
  EXPECT_EQ(ToldAfter(Set("/years/2021/off_days", R"([{"date": "2021-01-01"}])")),
            "/years/2021/off_days year_unpublished");
  EXPECT_EQ(CalendarSet::Parse(Json::array()).error().fields.at(0).code, "wrong_type");
}

TEST(CalendarFileTest, ARevisionAgreesWithItsYear) {
  EXPECT_EQ(ToldAfter(Set("/revisions", "{}")), "/revisions wrong_type");
  EXPECT_EQ(ToldAfter(Set("/revisions/0", "1")), "/revisions/0 wrong_type");
  EXPECT_EQ(ToldAfter(Set("/revisions/0/year", "2021")), "/revisions/0/year year_invalid");
  EXPECT_EQ(ToldAfter(Set("/revisions/0/year", "\"2020\"")), "/revisions/0/year year_invalid");
  EXPECT_EQ(ToldAfter(Remove("/revisions/0/final")), "/revisions/0/final field_missing");
  EXPECT_EQ(ToldAfter(Remove("/revisions/0/original/makeup")),
            "/revisions/0/original/makeup field_missing");
  EXPECT_EQ(ToldAfter(Set("/revisions/0/final/weekday_off_through", "\"2020-02-03\"")),
            "/revisions/0/final revision_contradicts_year");
  EXPECT_EQ(ToldAfter(Set("/revisions/0/final/weekday_off_through", "\"2020-12-03\"")),
            "/revisions/0/final/weekday_off_through revision_contradicts_year");
  EXPECT_EQ(ToldAfter(Set("/revisions/0/original/weekday_off_through", "\"2020-02-31\"")),
            "/revisions/0/original/weekday_off_through date_invalid");
  EXPECT_EQ(ToldAfter(Set("/revisions/0/original/makeup", "[\"2020-02-03\"]")),
            "/revisions/0/original revision_contradicts_year");
  EXPECT_EQ(ToldAfter(Set("/revisions/1/final/makeup", "[\"2019-04-28\"]")),
            "/revisions/1/final revision_contradicts_year");
  EXPECT_EQ(ToldAfter(Set("/revisions/1/original/weekday_off", "[\"2020-05-01\"]")),
            "/revisions/1/original revision_contradicts_year");
  EXPECT_EQ(ToldAfter(Set("/years/2020/papers", "[\"2019-11\"]")),
            "/years/2020/papers/0 notice_date_missing");
  EXPECT_EQ(ToldAfter(Set("/revisions/1/year", "2020")),
            "/revisions/1/original revision_contradicts_year");
}

}  // namespace
}  // namespace docket
