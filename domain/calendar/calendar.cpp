#include "domain/calendar/calendar.hpp"

#include "domain/embedded.hpp"
#include "domain/ensure.hpp"

namespace docket {

namespace embedded {
const std::vector<File>& Calendars();
}  // namespace embedded

namespace {

/// A statutory day whose Gregorian date never moves (全国年节及纪念日放假办法, article 2).
struct FixedHoliday {
  unsigned month;
  unsigned day;
  int first_year;
  std::string_view name;
};
constexpr std::array kFixedHolidays{
    FixedHoliday{1, 1, 1, "元旦"},      FixedHoliday{5, 1, 1, "劳动节"},
    FixedHoliday{5, 2, 2025, "劳动节"},  // Added by the revision of 2024-11-10.
    FixedHoliday{10, 1, 1, "国庆节"},   FixedHoliday{10, 2, 1, "国庆节"},
    FixedHoliday{10, 3, 1, "国庆节"},
};

const FixedHoliday* FixedHolidayOn(Date date) {
  const auto parts = date.Parts();
  for (const auto& holiday : kFixedHolidays) {
    if (static_cast<unsigned>(parts.month()) == holiday.month &&
        static_cast<unsigned>(parts.day()) == holiday.day &&
        static_cast<int>(parts.year()) >= holiday.first_year) {
      return &holiday;
    }
  }
  return nullptr;
}

}  // namespace

DayInfo WorkCalendar::On(Date date) const {
  const bool provisional = date < first_ || date > last_;
  if (const auto makeup = days_.makeup.find(date); makeup != days_.makeup.end()) {
    return {DayKind::kMakeup, makeup->second, provisional};
  }
  if (const auto off = days_.off.find(date); off != days_.off.end()) {
    return {DayKind::kHoliday, off->second, provisional};
  }
  const FixedHoliday* fixed = provisional ? FixedHolidayOn(date) : nullptr;
  if (fixed != nullptr) return {DayKind::kHoliday, std::string(fixed->name), provisional};
  const bool weekend = date.Weekday() == 0 || date.Weekday() == 6;
  return {weekend ? DayKind::kWeekend : DayKind::kWorkday, "", provisional};
}

int WorkCalendar::WorkdaysBetween(Date from, Date to) const {
  int workdays = 0;
  while (from < to) workdays += IsWorkday(++from) ? 1 : 0;
  return workdays;
}

const CalendarSet& CalendarSet::Builtin() {
  static const CalendarSet builtin = [] {
    const auto& files = embedded::Calendars();
    ENSURE(files.size() == 1, "one calendar file is compiled in, not {}", files.size());
    const auto document = ParseJson(files.front().text);
    ENSURE(document, "{} is JSON: {}", files.front().path, document.error().en);
    auto calendars = Parse(*document);
    ENSURE(calendars, "{} is a calendar: {}", files.front().path, calendars.error().en);
    return std::move(*calendars);
  }();
  return builtin;
}

std::shared_ptr<const WorkCalendar> CalendarSet::Find(std::string_view version) const {
  if (version.empty() || version == "final") return Newest();
  for (const auto& calendar : versions_) {
    if (calendar->Version() == version) return calendar;
  }
  return nullptr;
}

}  // namespace docket
