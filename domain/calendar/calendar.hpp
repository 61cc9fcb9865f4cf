/// The working calendar (工作日历): which China dates are working days, by published version.
///
/// Basis: 全国年节及纪念日放假办法 and the State Council's yearly notices. Make-up working days
/// (调休上班) count as working days, whatever day of the week they fall on.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/json.hpp"
#include "domain/rejection.hpp"
#include "domain/time.hpp"

namespace docket {

/// Why a date is or is not a working day.
enum class DayKind : std::uint8_t {
  kWorkday,  ///< Monday to Friday, not off.
  kMakeup,   ///< Make-up working day (调休上班).
  kWeekend,
  kHoliday,  ///< Off by law or by the year's notice (放假).
};

struct DayInfo {
  DayKind kind = DayKind::kWorkday;
  std::string name;          ///< The holiday's Chinese name, also of the make-up day; may be empty.
  bool provisional = false;  ///< Outside the published years: the date may still change.

  bool IsWorkday() const { return kind == DayKind::kWorkday || kind == DayKind::kMakeup; }
  friend bool operator==(const DayInfo&, const DayInfo&) = default;
};

/// One version of the calendar. Immutable once built; shared freely between threads.
class WorkCalendar {
 public:
  /// Off days that fall on Monday to Friday, or on a weekend inside a holiday, and make-up days.
  struct Days {
    std::map<Date, std::string> off;
    std::map<Date, std::string> makeup;
  };
  WorkCalendar(std::string version, Date first, Date last, Days days)
      : version_(std::move(version)), first_(first), last_(last), days_(std::move(days)) {}

  const std::string& Version() const { return version_; }
  /// The published years: from 1 January of the first to 31 December of the last.
  Date FirstDay() const { return first_; }
  Date LastDay() const { return last_; }

  /// Outside the published years: Monday to Friday less the statutory days whose Gregorian date
  /// is fixed (1 January, 1 May, from 2025 on 2 May, 1–3 October), marked provisional.
  DayInfo On(Date date) const;
  bool IsWorkday(Date date) const { return On(date).IsWorkday(); }
  /// Working days in (from, to]; 0 when to <= from.
  int WorkdaysBetween(Date from, Date to) const;

 private:
  std::string version_;
  Date first_;
  Date last_;
  Days days_;
};

/// Limits of a calendar document, wherever it is read.
inline constexpr JsonLimits kCalendarLimits{8 << 20, 8};

/// Every version that one publication file carries: the newest, and those it supersedes.
class CalendarSet {
 public:
  /// Reads a document of schema `cn-working-calendar/1` (see data/calendars/cn.json). The newest
  /// version is called by the file's `version` (or `final` where it has none), superseded ones by
  /// the date of the notice that they rest on: `2019-11-21-original`. A superseded version knows
  /// what that notice knew: its coverage ends with the year that was revised later.
  ///
  /// Refused as `calendar_invalid`, with a JSON pointer to every place: unknown schema, impossible
  /// dates, a date listed twice or both off and make-up, a date outside its year and the
  /// neighbours, a weekday that contradicts the date, a make-up day on Monday to Friday, a gap
  /// between published years, a revision that contradicts its year. Members that only inform are
  /// not read.
  static Expected<CalendarSet> Parse(const Json& document);
  /// The calendars that ship with the product.
  static const CalendarSet& Builtin();

  /// `final` and `` name the newest. nullptr when there is no such version.
  std::shared_ptr<const WorkCalendar> Find(std::string_view version) const;
  const std::shared_ptr<const WorkCalendar>& Newest() const { return versions_.back(); }
  /// Oldest first.
  const std::vector<std::shared_ptr<const WorkCalendar>>& Versions() const { return versions_; }

 private:
  std::vector<std::shared_ptr<const WorkCalendar>> versions_;
};

template <>
struct EnumTable<DayKind> {
  static constexpr std::array kNames{
      EnumName<DayKind>{DayKind::kWorkday, "workday", "工作日"},
      EnumName<DayKind>{DayKind::kMakeup, "makeup_workday", "调休上班"},
      EnumName<DayKind>{DayKind::kWeekend, "weekend", "周末"},
      EnumName<DayKind>{DayKind::kHoliday, "holiday", "放假"},
  };
};

}  // namespace docket
