/// Counting of legal periods (期间计算): pure arithmetic from a start, a rule and a calendar to the
/// last day in time, with every counted day explained.
///
/// Basis: 民法典 200–204; 民事诉讼法 85; 行政处罚法 85; 行政许可法 82; 财政部令第94号 42. The unit
/// is an attribute of the article, never of the word 日.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/calendar/calendar.hpp"
#include "domain/json.hpp"
#include "domain/rejection.hpp"
#include "domain/time.hpp"

namespace docket {

enum class PeriodUnit : std::uint8_t { kWorkday, kCalendarDay, kMonth, kYear, kHour };
enum class Direction : std::uint8_t { kForward, kBackward };
/// What happens when the last day is not a working day (民法典 203(1)). Working-day periods never
/// roll; caps (最长不得超过) never roll.
enum class Roll : std::uint8_t { kNone, kNextWorkday, kPrevWorkday };

struct Period {
  std::int64_t amount = 0;  ///< In `unit`; 0 to 10,000.
  PeriodUnit unit = PeriodUnit::kWorkday;
  Direction direction = Direction::kForward;
  Roll roll = Roll::kNone;

  static FieldList Fields();
  friend bool operator==(const Period&, const Period&) = default;
};

/// An excluded interval (from, to]: the day the excluded procedure starts still counts, the day
/// its result arrives does not. Without `to` the clock stands still.
struct Pause {
  Date from;
  std::optional<Date> to;
  std::string reason;

  static FieldList Fields();
  friend bool operator==(const Pause&, const Pause&) = default;
};

/// One day of the explanation.
struct DayNote {
  Date date;
  bool counted = false;
  std::int64_t ordinal = 0;  ///< Which counted day this is, from 1; 0 when not counted.
  std::string code;  ///< start_day, workday, makeup_workday, calendar_day, weekend, holiday,
                     ///< paused, corresponding_day, month_end, rolled_over, due.
  std::string zh;
  std::string en;

  static FieldList Fields();
  friend bool operator==(const DayNote&, const DayNote&) = default;
};

/// The result of a count. While a pause is open there is no due date, only what is left.
struct Due {
  std::optional<Date> date;        ///< Last day in time (China).
  std::optional<Instant> instant;  ///< First instant that is late: 24:00 of `date` (hours: exact).
  bool provisional = false;        ///< Rests on a day beyond the published calendar.
  std::int64_t remaining = 0;      ///< Not yet counted, only while a pause is open: in the unit of
                                   ///< the period, begun hours up; months and years in days.
  std::vector<DayNote> days;       ///< In order of counting, the due day last. Month and year
                                   ///< periods only name the start, the corresponding day,
                                   ///< exclusions and rolls; hour periods the first and the last.
  friend bool operator==(const Due&, const Due&) = default;
};

struct Count {
  Instant start;  ///< The trigger: its China date is not counted (民法典 201).
  Period period = {};
  std::int64_t extension = 0;  ///< Added to the base amount; the sum rolls once.
  /// Any order, may overlap: united. Zero length changes nothing; one that begins on or after the
  /// due day changes nothing, nor one that begins while a complete count only waits for the working
  /// day that it rolls to: then there is a due date, also when that pause is open.
  std::vector<Pause> pauses = {};
  bool explain = true;  ///< Without it Due::days stays empty: for mass recomputation.
};

/// The last day in time.
///
/// Days: the start is not counted; an amount of 0 ends on the start day itself. Months and years:
/// the corresponding day or else the end of the month (民法典 202), moved by the excluded days.
/// Hours: from the instant, days of pause left out; they have no roll. A backward period ends with
/// the last day on which the act is still in time.
///
/// Codes: `amount_out_of_range`, `pause_ends_before_start`, `pause_on_backward_period`,
/// `pauses_too_many`, `pause_too_long` (more than a hundred years in all), `roll_on_hours`,
/// `date_out_of_range` (the count leaves years 1 to 9999). `fields` points into Count:
/// `/period/amount`, `/pauses/0/to`.
Expected<Due> ComputeDue(const Count& count, const WorkCalendar& calendar);

/// Left for display, in (today, due]; negative when overdue. Working days for working-day
/// periods, hours (whole days of 24) for hour periods, calendar days for all others.
std::int64_t RemainingOn(Date today, Date due, PeriodUnit unit, const WorkCalendar& calendar);

template <>
struct EnumTable<PeriodUnit> {
  static constexpr std::array kNames{
      EnumName<PeriodUnit>{PeriodUnit::kWorkday, "workday", "个工作日"},
      EnumName<PeriodUnit>{PeriodUnit::kCalendarDay, "calendar_day", "日"},
      EnumName<PeriodUnit>{PeriodUnit::kMonth, "month", "个月"},
      EnumName<PeriodUnit>{PeriodUnit::kYear, "year", "年"},
      EnumName<PeriodUnit>{PeriodUnit::kHour, "hour", "小时"},
  };
};
template <>
struct EnumTable<Direction> {
  static constexpr std::array kNames{
      EnumName<Direction>{Direction::kForward, "forward", "之后"},
      EnumName<Direction>{Direction::kBackward, "backward", "之前"},
  };
};
template <>
struct EnumTable<Roll> {
  static constexpr std::array kNames{
      EnumName<Roll>{Roll::kNone, "none", "不顺延"},
      EnumName<Roll>{Roll::kNextWorkday, "next_workday", "顺延至下一工作日"},
      EnumName<Roll>{Roll::kPrevWorkday, "prev_workday", "提前至上一工作日"},
  };
};

inline FieldList Period::Fields() {
  return {Field{"amount", &Period::amount, "数量"}, Field{"unit", &Period::unit, "单位"},
          Field{"direction", &Period::direction, "方向"}, Field{"roll", &Period::roll, "顺延"}};
}
inline FieldList Pause::Fields() {
  return {Field{"from", &Pause::from, "开始"}, Field{"to", &Pause::to, "结束"},
          Field{"reason", &Pause::reason, "原因"}};
}
inline FieldList DayNote::Fields() {
  return {Field{"date", &DayNote::date, "日期"},
          Field{"counted", &DayNote::counted, "计入"},
          Field{"ordinal", &DayNote::ordinal, "第几日"},
          Field{"code", &DayNote::code, "类别"},
          Field{"zh", &DayNote::zh, "说明"},
          Field{"en", &DayNote::en, "说明（英文）"}};
}

}  // namespace docket
