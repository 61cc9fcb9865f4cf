/// The file format `cn-working-calendar/1`: what its years and its revisions say. Used by
/// CalendarSet::Parse alone; everybody else reads calendars through calendar.hpp.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/calendar/calendar.hpp"
#include "domain/json.hpp"

namespace docket::calendar_file {

/// The published years of one file, as last revised.
struct Publication {
  std::string version;
  int first_year = 0;
  int last_year = 0;
  WorkCalendar::Days days;
  /// The text that names each year's first notice; contains its date, also inside an address.
  std::map<int, std::string> first_papers;
};

/// What a later notice changed in one year. `was` and `is` list the days of the year that the two
/// notices treat differently: off on Monday to Friday, and make-up days.
struct Revision {
  struct Side {
    std::map<Date, std::string> off;
    std::map<Date, std::string> makeup;
  };
  int year = 0;
  std::string notice_date;  ///< Of the notice that was superseded: `2019-11-21`.
  Side was;
  Side is;
};

/// Reads everything but the revisions. Wrong places are added to `errors`.
Publication ReadPublication(const Json& document, FieldErrors& errors);

/// Reads those revisions that say what the days were before (`original`) and are now (`final`);
/// the others only inform. Needs a publication that was read without errors.
std::vector<Revision> ReadRevisions(const Json& document, const Publication& publication,
                                    FieldErrors& errors);

/// The calendar as it stood before `revision`: known up to the end of the revised year.
WorkCalendar Superseded(const Publication& publication, const Revision& revision);

/// The member of that name, or nullptr after adding `field_missing` or `wrong_type`.
const Json* Member(const Json& object, std::string_view name, Json::value_t type,
                   const std::string& pointer, FieldErrors& errors);

inline bool OnWeekend(Date date) { return date.Weekday() == 0 || date.Weekday() == 6; }

}  // namespace docket::calendar_file
