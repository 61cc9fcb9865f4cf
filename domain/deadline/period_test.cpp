// Counting of periods, rule by rule: units, directions, rolls, pauses, explanation, refusals.

#include "domain/deadline/period.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

Date Day(std::string_view text) { return *Date::Parse(text); }

constexpr Period Workdays(std::int64_t amount) { return {.amount = amount}; }
constexpr Period Days(std::int64_t amount, Roll roll = Roll::kNone) {
  return {.amount = amount, .unit = PeriodUnit::kCalendarDay, .roll = roll};
}
constexpr Period Months(std::int64_t amount, Roll roll = Roll::kNone) {
  return {.amount = amount, .unit = PeriodUnit::kMonth, .roll = roll};
}
constexpr Period Years(std::int64_t amount) {
  return {.amount = amount, .unit = PeriodUnit::kYear};
}
constexpr Period Hours(std::int64_t amount) {
  return {.amount = amount, .unit = PeriodUnit::kHour};
}
constexpr Period Back(Period period) {
  period.direction = Direction::kBackward;
  return period;
}

Pause Paused(std::string_view from, std::string_view to, std::string reason = "") {
  return {Day(from), Day(to), std::move(reason)};
}
Pause Open(std::string_view from) { return {Day(from), std::nullopt, "鉴定"}; }

Expected<Due> DueOf(std::string_view start, const Period& period, std::vector<Pause> pauses = {},
                    std::int64_t extension = 0) {
  Count count;
  count.start = *Instant::ParseDateOrInstant(start);
  count.period = period;
  count.extension = extension;
  count.pauses = std::move(pauses);
  return ComputeDue(count, *CalendarSet::Builtin().Newest());
}

/// The due date as text, "paused, n left", or the refusal's pointer and code.
std::string Told(std::string_view start, const Period& period, std::vector<Pause> pauses = {},
                 std::int64_t extension = 0) {
  const auto due = DueOf(start, period, std::move(pauses), extension);
  if (!due) return due.error().fields.at(0).pointer + " " + due.error().code;
  if (!due->date) return fmt::format("paused, {} left", due->remaining);
  return due->date->ToString();
}

/// `09-29 calendar_day, 09-30 calendar_day, …`
std::string Codes(const Due& due) {
  std::string codes;
  for (const DayNote& day : due.days) {
    codes +=
        fmt::format("{}{} {}", codes.empty() ? "" : ", ", day.date.ToString().substr(5), day.code);
    if (day.ordinal > 0) codes += fmt::format("#{}", day.ordinal);
  }
  return codes;
}

TEST(PeriodTest, TheStartIsNotCountedAndMakeupDaysAre) {
  EXPECT_EQ(Told("2024-04-26", Workdays(1)), "2024-04-28");
  EXPECT_EQ(Told("2024-04-27", Workdays(1)), "2024-04-28");
  EXPECT_EQ(Told("2024-04-28", Workdays(1)), "2024-04-29");
  EXPECT_EQ(Told("2024-04-28", Workdays(3)), "2024-05-06");
}

TEST(PeriodTest, APeriodEndsAtTwentyFourHoursChinaTime) {
  const auto due = DueOf("2011-01-31", Workdays(3));
  EXPECT_EQ(due->date, Day("2011-02-10"));
  EXPECT_EQ(due->instant->ToString(), "2011-02-11T00:00:00+08:00");
  EXPECT_EQ(Told("2024-02-29T15:59:59Z", Workdays(1)), "2024-03-01");
  EXPECT_EQ(Told("2024-02-29T16:00:00Z", Workdays(1)), "2024-03-04");
}

TEST(PeriodTest, CalendarDaysRollOnlyWhenTold) {
  EXPECT_EQ(Told("2024-09-28", Days(3)), "2024-10-01");
  EXPECT_EQ(Told("2024-09-28", Days(3, Roll::kNextWorkday)), "2024-10-08");
  EXPECT_EQ(Told("2024-09-28", Days(3, Roll::kPrevWorkday)), "2024-09-30");
  EXPECT_EQ(Told("2024-10-10", Days(2, Roll::kNextWorkday)), "2024-10-12");  // Make-up Saturday.
  EXPECT_EQ(Told("2024-09-28", Days(0, Roll::kNextWorkday)), "2024-09-29");
}

TEST(PeriodTest, BackwardPeriodsEndOnTheLastDayInTime) {
  EXPECT_EQ(Told("2024-10-14", Back(Workdays(3))), "2024-10-10");
  EXPECT_EQ(Told("2024-02-19", Back(Workdays(3))), "2024-02-08");
  EXPECT_EQ(Told("2024-10-12", Back(Days(10))), "2024-10-02");
  EXPECT_EQ(Told("2024-10-12", Back(Days(10, Roll::kPrevWorkday))), "2024-09-30");
  EXPECT_EQ(Told("2024-08-31", Back(Months(6))), "2024-02-29");
  EXPECT_EQ(Told("2024-02-29", Back(Years(1))), "2023-02-28");
}

TEST(PeriodTest, MonthsAndYearsEndOnTheCorrespondingDayOrTheMonthEnd) {
  EXPECT_EQ(Told("2023-08-30", Months(6)), "2024-02-29");
  EXPECT_EQ(Told("2024-03-31", Months(6)), "2024-09-30");
  EXPECT_EQ(Told("2024-03-31", Months(1)), "2024-04-30");
  EXPECT_EQ(Told("2023-12-15", Months(1)), "2024-01-15");
  EXPECT_EQ(Told("2012-02-29", Years(15)), "2027-02-28");
  EXPECT_EQ(Told("2024-02-29", Years(4)), "2028-02-29");
  EXPECT_EQ(Told("2024-04-02", Months(6, Roll::kNextWorkday)), "2024-10-08");
  EXPECT_EQ(Told("2024-02-29", Years(1), {}, 3), "2028-02-29");
}

TEST(PeriodTest, HoursRunFromTheInstant) {
  const auto due = DueOf("2024-02-29T15:30:00+08:00", Hours(24));
  EXPECT_EQ(due->instant->ToString(), "2024-03-01T15:30:00+08:00");
  EXPECT_EQ(due->date, Day("2024-03-01"));
  // 24:00 belongs to the day that it ends.
  EXPECT_EQ(DueOf("2024-02-29", Hours(24))->date, Day("2024-02-29"));
  EXPECT_EQ(DueOf("2024-02-29T15:30:00+08:00", Back(Hours(48)))->instant->ToString(),
            "2024-02-27T15:30:00+08:00");
  const auto paused =
      DueOf("2024-02-29T15:30:00+08:00", Hours(24), {Paused("2024-02-29", "2024-03-02")});
  EXPECT_EQ(paused->instant->ToString(), "2024-03-03T15:30:00+08:00");
}

TEST(PeriodTest, APauseExcludesTheDaysAfterItsStartUpToItsEnd) {
  EXPECT_EQ(Told("2024-03-01", Workdays(30), {Paused("2024-03-11", "2024-03-20")}), "2024-04-24");
  EXPECT_EQ(Told("2024-03-01", Workdays(30), {Paused("2024-03-11", "2024-03-11")}), "2024-04-15");
  EXPECT_EQ(Told("2024-03-01", Workdays(30), {Paused("2024-03-16", "2024-03-17")}), "2024-04-15");
  EXPECT_EQ(Told("2024-03-01", Workdays(30),
                 {Paused("2024-03-11", "2024-03-22"), Paused("2024-03-05", "2024-03-15")}),
            "2024-05-06");
  // Only the part after the start matters.
  EXPECT_EQ(Told("2024-03-01", Workdays(1), {Paused("2024-02-01", "2024-02-29")}), "2024-03-04");
  EXPECT_EQ(Told("2024-03-01", Workdays(1), {Paused("2024-02-01", "2024-03-04")}), "2024-03-05");
}

TEST(PeriodTest, APauseFromTheDueDayOnChangesNothing) {
  for (const char* from : {"2024-04-15", "2024-04-16", "2025-01-01"}) {
    EXPECT_EQ(Told("2024-03-01", Workdays(30), {Paused(from, "2025-06-30")}), "2024-04-15");
    EXPECT_EQ(Told("2024-03-01", Workdays(30), {Open(from)}), "2024-04-15");
  }
  EXPECT_EQ(Told("2024-03-01", Workdays(30), {Paused("2024-04-12", "2024-04-15")}), "2024-04-16");
  // The count is complete on Saturday 5 October; the roll is no part of it.
  EXPECT_EQ(Told("2024-09-25", Days(10, Roll::kNextWorkday), {Paused("2024-10-05", "2024-10-20")}),
            "2024-10-08");
  EXPECT_EQ(Told("2024-09-25", Days(10, Roll::kNextWorkday), {Open("2024-10-06")}), "2024-10-08");
}

TEST(PeriodTest, CalendarDaysAndMonthsPauseInCalendarDays) {
  EXPECT_EQ(Told("2024-04-28", Days(10, Roll::kNextWorkday), {Paused("2024-04-30", "2024-05-06")}),
            "2024-05-14");
  EXPECT_EQ(Told("2024-01-10", Months(1), {Paused("2024-01-20", "2024-01-25")}), "2024-02-15");
  EXPECT_EQ(Told("2024-01-10", Months(1), {Paused("2024-02-10", "2024-02-25")}), "2024-02-10");
  EXPECT_EQ(Told("2024-01-31", Months(1), {Paused("2024-02-28", "2024-02-29")}), "2024-03-01");
}

TEST(PeriodTest, WhileAPauseIsOpenThereIsOnlyWhatIsLeft) {
  EXPECT_EQ(Told("2024-03-01", Workdays(30), {Open("2024-03-11")}), "paused, 24 left");
  EXPECT_EQ(Told("2024-03-01", Workdays(30), {Open("2024-02-01")}), "paused, 30 left");
  EXPECT_EQ(
      Told("2024-03-01", Workdays(30), {Paused("2024-03-04", "2024-03-08"), Open("2024-03-11")}),
      "paused, 28 left");
  // The open pause starts inside a closed one: from its start nothing counts.
  EXPECT_EQ(
      Told("2024-03-01", Workdays(30), {Open("2024-03-06"), Paused("2024-03-04", "2024-03-08")}),
      "paused, 29 left");
  EXPECT_EQ(Told("2024-01-10", Months(1), {Open("2024-01-20")}), "paused, 21 left");
  EXPECT_EQ(Told("2024-02-29T15:30:00+08:00", Hours(24), {Open("2024-02-29")}), "paused, 16 left");
  const auto inside =
      DueOf("2024-03-01", Workdays(30), {Open("2024-03-06"), Paused("2024-03-04", "2024-03-08")});
  EXPECT_EQ(inside->days.back().date, Day("2024-03-07"));
  const auto due = DueOf("2024-03-01", Workdays(30), {Open("2024-03-11")});
  EXPECT_FALSE(due->instant);
  EXPECT_EQ(due->days.back().code, "paused");
  EXPECT_NE(due->days.back().zh.find("剩余24个工作日"), std::string::npos);
  EXPECT_NE(due->days.back().en.find("24 working days left"), std::string::npos);
}

TEST(PeriodTest, AnExtensionAddsToTheBaseAndRollsOnce) {
  // 3 days end inside National Day, 3 + 8 after it: rolling the base first would give another day.
  EXPECT_EQ(Told("2024-09-28", Days(3, Roll::kNextWorkday), {}, 8), "2024-10-09");
  EXPECT_EQ(Told("2024-03-01", Workdays(30), {}, 5), Told("2024-03-01", Workdays(35)));
}

TEST(PeriodTest, BeyondThePublishedYearsIsProvisional) {
  EXPECT_FALSE(DueOf("2026-12-30", Workdays(1))->provisional);
  EXPECT_TRUE(DueOf("2026-12-30", Workdays(2))->provisional);
  EXPECT_EQ(Told("2026-12-30", Workdays(2)), "2027-01-04");
  EXPECT_TRUE(DueOf("2026-12-30", Days(2, Roll::kNextWorkday))->provisional);
  EXPECT_FALSE(DueOf("2026-12-30", Days(2))->provisional);
  EXPECT_FALSE(DueOf("2024-05-20", Years(10))->provisional);
  EXPECT_TRUE(DueOf("2010-01-04", Back(Workdays(1)))->provisional);
}

TEST(PeriodTest, EveryDayIsExplained) {
  EXPECT_EQ(Codes(*DueOf("2024-04-26", Workdays(3), {Paused("2024-04-29", "2024-04-30")})),
            "04-26 start_day, 04-27 weekend, 04-28 makeup_workday#1, 04-29 workday#2, "
            "04-30 paused, 05-01 holiday, 05-02 holiday, 05-03 holiday, 05-04 holiday, "
            "05-05 holiday, 05-06 due#3");
  EXPECT_EQ(Codes(*DueOf("2024-10-03", Days(2, Roll::kNextWorkday))),
            "10-03 start_day, 10-04 calendar_day#1, 10-05 rolled_over#2, 10-06 rolled_over, "
            "10-07 rolled_over, 10-08 due");
  EXPECT_EQ(Codes(*DueOf("2024-04-29", Months(1), {Paused("2024-05-09", "2024-05-10")})),
            "04-29 start_day, 05-10 paused, 05-29 corresponding_day#29, 05-30 due#30");
  EXPECT_EQ(Codes(*DueOf("2024-03-31", Months(1), {Paused("2024-04-08", "2024-04-09")})),
            "03-31 start_day, 04-09 paused, 04-30 month_end#29, 05-01 due#30");
  EXPECT_EQ(Codes(*DueOf("2024-02-29T12:00:00+08:00", Hours(30))), "02-29 start_day, 03-01 due");
  EXPECT_EQ(Codes(*DueOf("2024-02-29", Workdays(0))), "02-29 due");
}

TEST(PeriodTest, TheExplanationNamesHolidaysAndReasons) {
  const auto due = DueOf("2024-04-26", Workdays(3), {Paused("2024-04-29", "2024-04-30", "鉴定")});
  EXPECT_EQ(due->days[2].zh, "第1个工作日（劳动节调休上班）");
  EXPECT_EQ(due->days[2].en, "working day 1 (make-up working day, 劳动节)");
  EXPECT_EQ(due->days[4].zh, "中止计算（鉴定），不计入");
  EXPECT_EQ(due->days[5].zh, "劳动节放假，不计入");
  EXPECT_EQ(due->days.back().zh, "第3个工作日，期限届满日");
  EXPECT_EQ(due->days.back().en, "working day 3: the last day in time");
  const auto rolled = DueOf("2024-10-03", Days(2, Roll::kNextWorkday));
  EXPECT_EQ(rolled->days[2].zh, "第2日，国庆节放假，期限顺延");
  const auto month_end = DueOf("2023-08-30", Months(6));
  EXPECT_EQ(month_end->days.back().zh, "6个月后没有对应日，取月末，期限届满日");
}

TEST(PeriodTest, WithoutExplanationTheAnswerIsTheSame) {
  Count count{.start = Instant::StartOf(Day("2024-04-26")), .period = Workdays(30)};
  const auto& calendar = *CalendarSet::Builtin().Newest();
  auto explained = ComputeDue(count, calendar);
  count.explain = false;
  const auto bare = ComputeDue(count, calendar);
  EXPECT_TRUE(bare->days.empty());
  explained->days.clear();
  EXPECT_EQ(*bare, *explained);
}

TEST(PeriodTest, AmountsAreLimited) {
  EXPECT_EQ(Told("2024-03-01", Workdays(-1)), "/period/amount amount_out_of_range");
  EXPECT_EQ(Told("2024-03-01", Days(10'001)), "/period/amount amount_out_of_range");
  EXPECT_EQ(Told("2024-03-01", Days(10'000), {}, 10'000), "2078-12-03");
  EXPECT_EQ(Told("2024-03-01", Days(1), {}, -1), "/extension amount_out_of_range");
  EXPECT_EQ(Told("2024-03-01", Days(1), {}, std::numeric_limits<std::int64_t>::max()),
            "/extension amount_out_of_range");
  EXPECT_EQ(Told("2024-03-01", Workdays(std::numeric_limits<std::int64_t>::min())),
            "/period/amount amount_out_of_range");
}

TEST(PeriodTest, ACountStaysWithinTheYears) {
  const std::string out = "/period/amount date_out_of_range";
  EXPECT_EQ(Told("2024-03-01", Years(10'000)), out);
  EXPECT_EQ(Told("2024-03-01", Back(Years(2'024))), out);
  EXPECT_EQ(Told("9999-12-28", Days(3)), out);
  EXPECT_EQ(Told("9999-12-28", Days(2)), "9999-12-30");
  EXPECT_EQ(Told("9999-12-28", Workdays(9)), out);
  EXPECT_EQ(Told("9999-12-30T23:00:00+08:00", Hours(2)), out);
  EXPECT_EQ(Told("0001-01-02", Back(Days(2))), out);
  EXPECT_EQ(Told("0001-01-01", Back(Hours(1))), out);
  Count count{.start = Instant::FromMicros(std::numeric_limits<std::int64_t>::max())};
  const auto& calendar = *CalendarSet::Builtin().Newest();
  EXPECT_EQ(ComputeDue(count, calendar).error().code, "date_out_of_range");
  count.start = Instant::FromMicros(std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(ComputeDue(count, calendar).error().fields.at(0).pointer, "/start");
}

TEST(PeriodTest, ImpossiblePausesAreRefused) {
  EXPECT_EQ(Told("2024-03-01", Workdays(3),
                 {Paused("2024-03-05", "2024-03-05"), Paused("2024-03-05", "2024-03-04")}),
            "/pauses/1/to pause_ends_before_start");
  EXPECT_EQ(Told("2024-03-01", Back(Workdays(3)), {Paused("2024-02-05", "2024-02-09")}),
            "/pauses/0 pause_on_backward_period");
  EXPECT_EQ(Told("2024-03-01", Back(Workdays(3)), {Open("2024-02-05")}),
            "/pauses/0 pause_on_backward_period");
  EXPECT_EQ(Told("2024-03-01", Back(Workdays(3)), {Paused("2024-02-05", "2024-02-05")}),
            "2024-02-27");
  EXPECT_EQ(Told("2024-03-01", Workdays(3), {Paused("2024-03-01", "2200-01-01")}),
            "/pauses pause_too_long");
  EXPECT_EQ(Told("2024-03-01", Hours(3), {Paused("2024-02-01", "2200-01-01")}),
            "/pauses pause_too_long");
  EXPECT_EQ(Told("2024-03-01", Workdays(3),
                 std::vector<Pause>(kListItemsMax + 1, Paused("2024-03-05", "2024-03-06"))),
            "/pauses pauses_too_many");
  EXPECT_EQ(
      Told("2024-03-01", {.amount = 3, .unit = PeriodUnit::kHour, .roll = Roll::kNextWorkday}),
      "/period/roll roll_on_hours");
}

TEST(PeriodTest, RemainingIsInTheClocksOwnUnit) {
  const auto& calendar = *CalendarSet::Builtin().Newest();
  const auto left = [&](std::string_view today, std::string_view due, PeriodUnit unit) {
    return RemainingOn(Day(today), Day(due), unit, calendar);
  };
  EXPECT_EQ(left("2024-09-27", "2024-10-08", PeriodUnit::kWorkday), 3);
  EXPECT_EQ(left("2024-09-27", "2024-10-08", PeriodUnit::kCalendarDay), 11);
  EXPECT_EQ(left("2024-09-27", "2024-10-08", PeriodUnit::kMonth), 11);
  EXPECT_EQ(left("2024-10-07", "2024-10-08", PeriodUnit::kHour), 24);
  EXPECT_EQ(left("2024-10-08", "2024-10-08", PeriodUnit::kWorkday), 0);
  EXPECT_EQ(left("2024-10-08", "2024-09-27", PeriodUnit::kWorkday), -3);
  EXPECT_EQ(left("2024-10-08", "2024-09-27", PeriodUnit::kCalendarDay), -11);
}

}  // namespace
}  // namespace docket
