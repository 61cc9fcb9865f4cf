/// A clock of a case as JSON: what is left of it, and why each day counted or did not.
#pragma once

#include "workflows/engine/case_engine.hpp"
#include "workflows/engine/rulebook.hpp"

namespace docket {

/// The clock's fields, and `left`: units left on the day of `now`, negative when overdue; absent
/// once the clock has ended.
Json ClockJson(const Calendars& calendars, const CaseClock& clock, Instant now);

/// The count done again under the calendar and the rule edition that the clock recorded: rule
/// title, legal basis, certainty and every day. `days` is empty when that calendar is gone.
Json ExplainJson(const Rulebook& rules, const Calendars& calendars, const CaseClock& clock);

/// Their JSON Schemas.
Json ClockSchema();
Json ExplainSchema();

}  // namespace docket
