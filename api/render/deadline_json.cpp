#include "api/render/deadline_json.hpp"

#include <algorithm>

#include "api/render/schema.hpp"

namespace docket {

Json ClockJson(const Calendars& calendars, const CaseClock& clock, Instant now) {
  Json json = Encode(clock);
  if (clock.state == ClockState::kPaused) {
    json["left"] = clock.remaining;
    return json;
  }
  json.erase("remaining");
  const bool outstanding =
      clock.state == ClockState::kRunning || clock.state == ClockState::kLapsed;
  const auto calendar = calendars.Find(clock.calendar);
  if (outstanding && clock.due_date && calendar != nullptr) {
    json["left"] = RemainingOn(now.ChinaDate(), *clock.due_date, clock.period.unit, *calendar);
  }
  return json;
}

Json ExplainJson(const Rulebook& rules, const Calendars& calendars, const CaseClock& clock) {
  Json json = {{"calendar", clock.calendar}, {"days", Json::array()}};
  if (const ClockRule* rule = rules.Find(clock.rule, clock.edition)) {
    json["title"] = rule->title;
    json["title_en"] = rule->title_en;
    json["basis"] = Encode(rule->basis);
    json["certainty"] = Encode(rule->certainty);
    if (rule->note) json["note"] = *rule->note;
  }
  const auto calendar = calendars.Find(clock.calendar);
  if (calendar == nullptr) return json;
  const auto due =
      ComputeDue({clock.started_at, clock.period, clock.extension, clock.pauses}, *calendar);
  if (due) json["days"] = Encode(due->days);
  return json;
}

Json ClockSchema() {
  Json json =
      schema::With(schema::Of<CaseClock>(), {{"left?", schema::Titled("剩余", schema::Integer())}});
  auto& required = json["required"];
  required.erase(std::find(required.begin(), required.end(), "remaining"));
  return json;
}

Json ExplainSchema() {
  using namespace schema;
  return Component("Explanation", Object({{"calendar", Titled("日历版本", Text())},
                                          {"days", ListOf(Of<DayNote>())},
                                          {"title?", Text()},
                                          {"title_en?", Text()},
                                          {"basis?", Titled("依据", Of<LegalBasis>())},
                                          {"certainty?", Titled("依据可靠程度", Of<Certainty>())},
                                          {"note?", Titled("说明", Text())}}));
}

}  // namespace docket
