/// From acts to clocks: which `deadline.*` events follow from a domain event, and which from the
/// mere passing of time. Pure.
#pragma once

#include <string>
#include <vector>

#include "domain/calendar/calendar.hpp"
#include "domain/rejection.hpp"
#include "workflows/engine/clocks.hpp"
#include "workflows/engine/deadline_events.hpp"
#include "workflows/engine/rulebook.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket {

/// A domain event as the clocks see it.
struct Act {
  std::string type;
  const Json& data;
  Instant occurred_at;
  std::string profile;  ///< Of the case, after the event.
  RegionCode region;
};

/// The facts of time that belong into the same append as `act`: clocks started, paused, resumed,
/// ended and cancelled, in this order. `clocks` are those before the act. Refused only when a
/// period cannot be counted (see ComputeDue).
Expected<std::vector<EventDraft>> FollowAct(Clocks clocks, const Act& act, const Rulebook& rules,
                                            const WorkCalendar& calendar);

/// A command that the clock gives, because a rule row says that the law itself has this effect.
struct ClockEffect {
  std::string command;
  Json body;
  Instant at;  ///< The legal instant.
};

/// What time alone has brought about by `now`.
struct PassedTime {
  struct Fact {
    EventDraft draft;
    Instant at;  ///< The legal instant, not that of noticing.
  };
  std::vector<Fact> facts;
  std::vector<ClockEffect> effects;
};
PassedTime PassTime(const Clocks& clocks, const Rulebook& rules, Instant now);

/// In what a case's clocks are counted anew: `rules` and `calendar` are those of today.
struct Recount {
  const Rulebook& rules;
  const WorkCalendar& calendar;
  std::string profile;  ///< Of the case.
  RegionCode region;
  Instant now;
};

/// The clocks whose due day another working calendar moves, or a later edition of their rule that
/// reaches cases in flight: what is open or lapsed, and what ended late and would have been in
/// time. What was in time stays so, and a period that cannot be counted is left alone.
std::vector<deadline::Rescheduled> Reschedule(const Clocks& clocks, const Recount& recount);

/// What a clock counts, for recomputing and explaining it.
Count CountOf(const CaseClock& clock);

}  // namespace docket
