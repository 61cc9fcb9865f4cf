/// `docket calendar show|check|import`: what a working calendar says, and putting one in force.
#pragma once

#include <optional>
#include <string>

#include "api/cli/verb.hpp"
#include "domain/calendar/calendar.hpp"

namespace docket::cli {

struct CalendarShowOptions {
  std::string version = {};      ///< Empty means the newest.
  std::optional<int> year = {};  ///< Without it: the versions and the totals of every year.
  bool json = false;
};

/// Prints the versions with their coverage, or one year's days off and make-up days.
ExitCode ShowCalendar(const CalendarSet& calendars, const CalendarShowOptions& options,
                      Terminal& terminal);

/// Validates a calendar file and prints its totals. A total that the file itself states
/// (`working_days_in_year`, `weekday_off_count`, `makeup_count`) and that its days do not add up to
/// is refused with its place.
ExitCode CheckCalendar(const Json& document, Terminal& terminal);

/// The document under its own `version`, or under `version` where it has none of its own and one
/// is given. Refused: `calendar_version_contradicted` when both are there and differ.
Expected<Json> WithVersion(Json document, const std::string& version);

void AddCalendarVerb(CLI::App& app, Terminal& terminal);

}  // namespace docket::cli
