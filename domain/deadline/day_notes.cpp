#include "domain/deadline/day_notes.hpp"

namespace docket::day_notes {

namespace {

bool InMonths(PeriodUnit unit) { return unit == PeriodUnit::kMonth || unit == PeriodUnit::kYear; }

std::string RestZh(const DayInfo& info) {
  return info.kind == DayKind::kWeekend ? "周末" : info.name + "放假";
}

std::string RestEn(const DayInfo& info) {
  if (info.kind == DayKind::kWeekend) return "weekend";
  return info.name.empty() ? "holiday" : fmt::format("holiday ({})", info.name);
}

std::string ReasonZh(const std::string& reason) {
  return reason.empty() ? "" : fmt::format("（{}）", reason);
}

std::string ReasonEn(const std::string& reason) {
  return reason.empty() ? "" : fmt::format(" ({})", reason);
}

/// Not translated with the tables of the enums: those are labels, these are parts of sentences.
std::string_view UnitEn(PeriodUnit unit, std::int64_t amount) {
  const bool one = amount == 1;
  switch (unit) {
    case PeriodUnit::kWorkday: return one ? "working day" : "working days";
    case PeriodUnit::kHour: return one ? "hour" : "hours";
    case PeriodUnit::kMonth: return one ? "month" : "months";
    case PeriodUnit::kYear: return one ? "year" : "years";
    case PeriodUnit::kCalendarDay: return one ? "day" : "days";
  }
  return "";
}

}  // namespace

Writer::Words Writer::Ordinal(const LastCounted& day) const {
  const auto unit_zh = ChineseOf(period_.unit);
  const bool backward = period_.direction == Direction::kBackward;
  if (period_.unit == PeriodUnit::kHour || InMonths(period_.unit)) {
    const auto sense_zh = backward ? "前" : "后";
    const auto sense_en = backward ? "before" : "after";
    const std::string span_zh = fmt::format("{}{}{}", amount_, unit_zh, sense_zh);
    const std::string span_en =
        fmt::format("{} {} {} the start", amount_, UnitEn(period_.unit, amount_), sense_en);
    if (period_.unit == PeriodUnit::kHour) return {span_zh, span_en};
    if (day.ending == Ending::kMovedByPauses) {
      return {span_zh + "，扣除中止期间的最后一日", span_en + ", paused days left out"};
    }
    if (day.ending == Ending::kMonthEnd) {
      return {span_zh + "没有对应日，取月末",
              span_en + ", month end for want of a corresponding day"};
    }
    return {span_zh + "的对应日", "corresponding day " + span_en};
  }
  if (day.ordinal == 0) return {"起始日当日", "the day of the start itself"};
  const std::string name_zh = day.info.name.empty() ? "" : day.info.name;
  if (period_.unit == PeriodUnit::kWorkday && day.info.kind == DayKind::kMakeup) {
    return {fmt::format("第{}个工作日（{}调休上班）", day.ordinal, name_zh),
            fmt::format("working day {} (make-up working day{}{})", day.ordinal,
                        name_zh.empty() ? "" : ", ", name_zh)};
  }
  const bool workday = period_.unit == PeriodUnit::kWorkday;
  return {fmt::format("第{}{}", day.ordinal, unit_zh),
          fmt::format("{} {}", workday ? "working day" : "day", day.ordinal)};
}

DayNote Writer::Start(Date date) const {
  if (period_.unit == PeriodUnit::kHour) {
    return {date,
            true,
            0,
            "start_day",
            "自起算时刻起按小时计算",
            "counted in hours from the instant of the start"};
  }
  return {date, false, 0, "start_day", "开始的当日，不计入", "the day of the start: not counted"};
}

DayNote Writer::Counted(Date date, std::int64_t ordinal, const DayInfo& info) const {
  auto words = Ordinal({date, ordinal, info, Ending::kNumbered});
  const bool workday = period_.unit == PeriodUnit::kWorkday;
  const char* code = !workday                        ? "calendar_day"
                     : info.kind == DayKind::kMakeup ? "makeup_workday"
                                                     : "workday";
  return {date, true, ordinal, code, std::move(words.zh), std::move(words.en)};
}

DayNote Writer::Corresponding(const LastCounted& day) const {
  auto words = Ordinal(day);
  return {day.date,
          true,
          day.ordinal,
          day.ending == Ending::kMonthEnd ? "month_end" : "corresponding_day",
          std::move(words.zh),
          std::move(words.en)};
}

DayNote Writer::Rest(Date date, const DayInfo& info) const {
  const char* code = info.kind == DayKind::kWeekend ? "weekend" : "holiday";
  return {date, false, 0, code, RestZh(info) + "，不计入", RestEn(info) + ": not counted"};
}

DayNote Writer::Paused(Date date, const std::string& reason) const {
  return {date,
          false,
          0,
          "paused",
          fmt::format("中止计算{}，不计入", ReasonZh(reason)),
          fmt::format("paused{}: not counted", ReasonEn(reason))};
}

DayNote Writer::StandsStill(Date date, const std::string& reason, std::int64_t remaining) const {
  const auto unit = InMonths(period_.unit) ? PeriodUnit::kCalendarDay : period_.unit;
  return {date,
          false,
          0,
          "paused",
          fmt::format("自本日起中止计算{}，尚未恢复，剩余{}{}", ReasonZh(reason), remaining,
                      ChineseOf(unit)),
          fmt::format("paused from this day on{}, not resumed: {} {} left", ReasonEn(reason),
                      remaining, UnitEn(unit, remaining))};
}

DayNote Writer::WouldEnd(const LastCounted& day) const {
  const auto words = Ordinal(day);
  const bool later = period_.roll == Roll::kNextWorkday;
  return {day.date,
          true,
          day.ordinal,
          "rolled_over",
          fmt::format("{}，{}，{}", words.zh, RestZh(day.info), later ? "期限顺延" : "期限提前"),
          fmt::format("{}, {}: rolled {}", words.en, RestEn(day.info), later ? "over" : "back")};
}

DayNote Writer::RolledOver(Date date, const DayInfo& info) const {
  const bool later = period_.roll == Roll::kNextWorkday;
  return {date,
          false,
          0,
          "rolled_over",
          fmt::format("{}，继续{}", RestZh(info), later ? "顺延" : "提前"),
          fmt::format("{}: rolled on", RestEn(info))};
}

DayNote Writer::Due(const LastCounted& day) const {
  const auto words = Ordinal(day);
  return {day.date,
          true,
          day.ordinal,
          "due",
          words.zh + "，期限届满日",
          words.en + ": the last day in time"};
}

DayNote Writer::DueAfterRoll(Date date, const DayInfo& info) const {
  const bool makeup = info.kind == DayKind::kMakeup;
  const bool later = period_.roll == Roll::kNextWorkday;
  return {
      date,
      false,
      0,
      "due",
      fmt::format("{}至本{}工作日，期限届满日", later ? "顺延" : "提前", makeup ? "调休" : ""),
      fmt::format("rolled to this {}working day: the last day in time", makeup ? "make-up " : "")};
}

}  // namespace docket::day_notes
