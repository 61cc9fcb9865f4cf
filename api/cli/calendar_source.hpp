/// Which calendar a verb counts with: the one that ships with the product, or a file's.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "domain/calendar/calendar.hpp"

namespace docket::cli {

/// A calendar file as JSON, not yet checked to be a calendar. Throws FileUnreadable.
Expected<Json> ReadCalendarDocument(const std::string& path);

/// The calendars of the file, or the built-in ones when `path` is empty. Throws FileUnreadable.
Expected<CalendarSet> LoadCalendars(const std::string& path);

/// That version of the set; refused as `calendar_version_unknown`, naming those there are.
Expected<std::shared_ptr<const WorkCalendar>> FindCalendar(const CalendarSet& calendars,
                                                           std::string_view version);

}  // namespace docket::cli
