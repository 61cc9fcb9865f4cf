// Properties that hold for every count, tried on random ones. The seed is printed; set DOCKET_SEED
// to repeat a run.

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>

#include "domain/deadline/period.hpp"

namespace docket {
namespace {

constexpr int kRounds = 400;

std::uint64_t Seed() {
  static const std::uint64_t seed = [] {
    const char* given = std::getenv("DOCKET_SEED");
    const std::uint64_t chosen =
        given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
    std::cout << "DOCKET_SEED=" << chosen << '\n';
    return chosen;
  }();
  return seed;
}

class PeriodPropertyTest : public testing::Test {
 protected:
  int Between(int low, int high) { return std::uniform_int_distribution(low, high)(random_); }

  /// Often inside the published years, sometimes across their edges.
  Date AnyDay() { return *Date::Parse("2009-06-01") + Between(0, 7'000); }

  Period AnyPeriod() {
    Period period;
    period.unit = static_cast<PeriodUnit>(Between(0, 4));
    const bool long_unit = period.unit == PeriodUnit::kMonth || period.unit == PeriodUnit::kYear;
    period.amount = Between(1, long_unit ? 8 : 60);
    if (period.unit != PeriodUnit::kHour)
      period.roll = Between(0, 1) ? Roll::kNextWorkday : Roll::kNone;
    return period;
  }

  Pause AnyPause(Date start) {
    const Date from = start + Between(-20, 60);
    return {from, from + Between(0, 40), "鉴定"};
  }

  Count AnyCount() {
    const Date start = AnyDay();
    Count count{.start = Instant::StartOf(start) + std::chrono::minutes{Between(0, 1'439)},
                .period = AnyPeriod()};
    for (int i = Between(0, 3); i > 0; --i) count.pauses.push_back(AnyPause(start));
    return count;
  }

  Due Compute(const Count& count, const WorkCalendar& calendar) {
    const auto due = ComputeDue(count, calendar);
    EXPECT_TRUE(due) << due.error().code << Describe(count);
    return due ? *due : Due{};
  }
  Due Compute(const Count& count) { return Compute(count, calendar_); }

  static std::string Describe(const Count& count) {
    std::string text = fmt::format(
        " seed {} start {} {} {} roll {} extension {}", Seed(), count.start.ToString(),
        count.period.amount, NameOf(count.period.unit), NameOf(count.period.roll), count.extension);
    for (const auto& pause : count.pauses) {
      text +=
          fmt::format(" ({},{}]", pause.from.ToString(), pause.to ? pause.to->ToString() : "open");
    }
    return text;
  }

  const WorkCalendar& calendar_ = *CalendarSet::Builtin().Newest();
  std::mt19937_64 random_{Seed()};
};

TEST_F(PeriodPropertyTest, ADueDateIsAfterItsStart) {
  for (int i = 0; i < kRounds; ++i) {
    const Count count = AnyCount();
    const Due due = Compute(count);
    EXPECT_GT(*due.instant, count.start) << Describe(count);
    EXPECT_LE(*due.instant, Instant::StartOf(*due.date + 1)) << Describe(count);
    EXPECT_GT(*due.instant, Instant::StartOf(*due.date)) << Describe(count);
  }
}

TEST_F(PeriodPropertyTest, AZeroLengthPauseChangesNothing) {
  for (int i = 0; i < kRounds; ++i) {
    Count count = AnyCount();
    const Due before = Compute(count);
    const Date day = count.start.ChinaDate() + Between(-5, 90);
    count.pauses.push_back({day, day, "x"});
    EXPECT_EQ(Compute(count), before) << Describe(count);
  }
}

TEST_F(PeriodPropertyTest, TheOrderOfPausesIsIrrelevant) {
  for (int i = 0; i < kRounds; ++i) {
    Count count = AnyCount();
    if (Between(0, 3) == 0)
      count.pauses.push_back({AnyPause(count.start.ChinaDate()).from, {}, ""});
    const Due before = Compute(count);
    std::shuffle(count.pauses.begin(), count.pauses.end(), random_);
    EXPECT_EQ(Compute(count), before) << Describe(count);
  }
}

TEST_F(PeriodPropertyTest, OverlappingPausesAreTheirUnion) {
  for (int i = 0; i < kRounds; ++i) {
    Count count = AnyCount();
    const Date from = count.start.ChinaDate() + Between(-5, 60);
    const int length = Between(1, 40);
    const int overlap_from = Between(0, length);
    const int overlap_to = Between(overlap_from, length);
    Count united = count;
    united.pauses.push_back({from, from + length, ""});
    count.pauses.push_back({from, from + overlap_to, ""});
    count.pauses.push_back({from + overlap_from, from + length, ""});
    EXPECT_EQ(Compute(count).instant, Compute(united).instant) << Describe(count);
  }
}

TEST_F(PeriodPropertyTest, MorePauseNeverMeansEarlier) {
  for (int i = 0; i < kRounds; ++i) {
    Count count = AnyCount();
    const Due before = Compute(count);
    count.pauses.push_back(AnyPause(count.start.ChinaDate()));
    EXPECT_GE(*Compute(count).instant, *before.instant) << Describe(count);
  }
}

TEST_F(PeriodPropertyTest, APauseFromTheDueDayOnChangesNothing) {
  for (int i = 0; i < kRounds; ++i) {
    Count count = AnyCount();
    const Due before = Compute(count);
    const Date from = *before.date + Between(0, 30);
    count.pauses.push_back({from, from + Between(0, 30), ""});
    EXPECT_EQ(Compute(count), before) << Describe(count);
    count.pauses.back().to.reset();
    EXPECT_EQ(Compute(count), before) << Describe(count);
  }
}

TEST_F(PeriodPropertyTest, AnExtensionEqualsALargerAmount) {
  for (int i = 0; i < kRounds; ++i) {
    Count extended = AnyCount();
    extended.extension = Between(0, 20);
    Count larger = extended;
    larger.extension = 0;
    larger.period.amount += extended.extension;
    EXPECT_EQ(Compute(extended), Compute(larger)) << Describe(extended);
  }
}

TEST_F(PeriodPropertyTest, ALongerPeriodNeverEndsEarlier) {
  for (int i = 0; i < kRounds; ++i) {
    Count count = AnyCount();
    const Due before = Compute(count);
    ++count.period.amount;
    EXPECT_GE(*Compute(count).instant, *before.instant) << Describe(count);
  }
}

// Working days forward and then back again: from a working day to that day itself, from a day of
// rest to the last working day before it.
TEST_F(PeriodPropertyTest, ForwardAndBackwardAgree) {
  for (int i = 0; i < kRounds; ++i) {
    Count forward{.start = Instant::StartOf(AnyDay()), .period = {.amount = Between(1, 60)}};
    Count backward = forward;
    backward.start = Instant::StartOf(*Compute(forward).date);
    backward.period.direction = Direction::kBackward;
    Date expected = forward.start.ChinaDate();
    while (!calendar_.IsWorkday(expected)) --expected;
    EXPECT_EQ(Compute(backward).date, expected) << Describe(forward);
  }
}

TEST_F(PeriodPropertyTest, AMoreHolidayNeverMakesItEarlier) {
  for (int i = 0; i < kRounds / 4; ++i) {
    const Count count = AnyCount();
    const Date first = count.start.ChinaDate() - 40;
    const Date last = first + 4'000;
    WorkCalendar::Days days;
    for (Date date = first; date < first + 300; ++date) {
      const bool weekend = date.Weekday() == 0 || date.Weekday() == 6;
      if (!weekend && Between(0, 9) == 0) days.off.emplace(date, "甲");
      if (weekend && Between(0, 9) == 0) days.makeup.emplace(date, "甲");
    }
    const WorkCalendar fewer("fewer", first, last, days);
    const Date added = count.start.ChinaDate() + Between(-5, 120);
    days.makeup.erase(added);
    days.off.emplace(added, "乙");
    const WorkCalendar more("more", first, last, days);
    EXPECT_GE(*Compute(count, more).instant, *Compute(count, fewer).instant)
        << Describe(count) << " holiday " << added.ToString();
  }
}

TEST_F(PeriodPropertyTest, OnTheStartTheWholeAmountRemains) {
  for (int i = 0; i < kRounds; ++i) {
    Count count{.start = Instant::StartOf(AnyDay()), .period = {.amount = Between(1, 60)}};
    if (Between(0, 1)) count.period.unit = PeriodUnit::kCalendarDay;
    const Date start = count.start.ChinaDate();
    const Due due = Compute(count);
    EXPECT_EQ(RemainingOn(start, *due.date, count.period.unit, calendar_), count.period.amount)
        << Describe(count);
    EXPECT_EQ(RemainingOn(*due.date, start, count.period.unit, calendar_), -count.period.amount)
        << Describe(count);
  }
}

// While a pause is open, what is left is what a period of that amount would still need after it.
TEST_F(PeriodPropertyTest, WhatIsLeftWhenPausedIsWhatIsCountedAfterwards) {
  for (int i = 0; i < kRounds; ++i) {
    Count count{.start = Instant::StartOf(AnyDay()), .period = {.amount = Between(1, 60)}};
    if (Between(0, 1)) count.period.unit = PeriodUnit::kCalendarDay;
    const Date from = count.start.ChinaDate() + Between(0, 60);
    count.pauses = {{from, {}, ""}};
    const Due open = Compute(count);
    if (open.date) continue;
    const Date to = from + Between(1, 40);
    Count rest{.start = Instant::StartOf(to), .period = count.period};
    rest.period.amount = open.remaining;
    count.pauses = {{from, to, ""}};
    EXPECT_EQ(Compute(count).date, Compute(rest).date) << Describe(count);
  }
}

TEST_F(PeriodPropertyTest, TheExplanationCountsToTheAmount) {
  for (int i = 0; i < kRounds; ++i) {
    Count count = AnyCount();
    count.period.unit = Between(0, 1) ? PeriodUnit::kWorkday : PeriodUnit::kCalendarDay;
    const Due due = Compute(count);
    std::int64_t counted = 0;
    for (std::size_t k = 0; k < due.days.size(); ++k) {
      const DayNote& day = due.days[k];
      counted += day.counted ? 1 : 0;
      EXPECT_EQ(day.ordinal, day.counted ? counted : 0) << Describe(count);
      EXPECT_EQ(day.date, due.days.front().date + static_cast<int>(k)) << Describe(count);
    }
    EXPECT_EQ(counted, count.period.amount) << Describe(count);
    EXPECT_EQ(due.days.back().date, *due.date) << Describe(count);
  }
}

}  // namespace
}  // namespace docket
