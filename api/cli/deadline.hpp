/// `docket deadline compute`: legal periods counted from JSON lines; and what reschedule.hpp adds.
#pragma once

#include "api/cli/verb.hpp"
#include "domain/calendar/calendar.hpp"

namespace docket::cli {

struct DeadlineOptions {
  bool explain = false;  ///< Adds `days`: each day with why it counted or not.
};

/// Answers each line of `in` with a line on `out`:
///
///   {"id":"D001","start":"2011-01-31","rule":{"amount":3,"unit":"workday"}}
///   {"due_date":"2011-02-10","due_instant_exclusive":"2011-02-11T00:00:00+08:00","id":"D001",
///    "provisional":false}
///
/// `rule.direction` is `forward` and `rule.roll` is `none` where absent; `pauses`, `extension` and
/// `calendar_version` are optional. A date is a China date, an RFC 3339 instant, or Unix seconds as
/// number or digits. While a pause is open the due date is null and the answer has `paused` and
/// `remaining`. A refused line becomes a problem on `err` with its id and line number, and the
/// other lines are still answered; the result is then kRefused. Members that nobody knows are
/// ignored, each with a notice on `err`, because a misspelt name must not change a date in silence.
ExitCode ComputeDeadlines(const CalendarSet& calendars, const DeadlineOptions& options,
                          Terminal& terminal);

void AddDeadlineVerb(CLI::App& app, Terminal& terminal);

}  // namespace docket::cli
