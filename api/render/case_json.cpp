#include "api/render/case_json.hpp"

#include "api/render/deadline_json.hpp"
#include "workflows/engine/deadline_events.hpp"
#include "workflows/engine/drafting.hpp"

namespace docket {

namespace {

template <class... Events>
std::string_view NameAmong(std::string_view type) {
  std::string_view name;
  ((name = type == Events::kType ? Events::kZh : name), ...);
  return name;
}

/// The event's Chinese name: the engine's own events are in no workflow's description.
std::string EventName(const RecordedEvent& event) {
  const auto* workflow = WorkflowOf(event.stream);
  const auto* text = workflow == nullptr ? nullptr : workflow->Describe().FindEvent(event.type);
  if (text != nullptr) return text->zh;
  using namespace deadline;
  return std::string(NameAmong<Started, Paused, Resumed, Met, EndedLate, FoundMet, Cancelled,
                               Approaching, Lapsed, Expired, BackEntryRecorded>(event.type));
}

}  // namespace

Json CaseJson(const CaseView& view) {
  const auto* workflow = WorkflowOf(view.case_id);
  const std::string name(workflow == nullptr ? "" : workflow->Name());
  const std::string state = StateFor(view.access, name, view.model.State());
  Json clocks = Json::array();
  for (const auto& clock : view.model.Clocks().All()) {
    if (IsToldOfClock(view.access, clock.clock))
      clocks.push_back(ClockJson(view.calendars, clock, view.now));
  }
  return {{"case_id", view.case_id.value},
          {"workflow", name},
          {"state", state},
          {"state_zh", StateText(name, state)},
          {"version", view.model.Version().value},
          {"people_version", view.model.PeopleVersion().value},
          {"summary", SummaryJson(view.model.Summary())},
          {"facts", FactsFor(view.access, name, WithoutSealedValues(view.model.Facts()))},
          {"clocks", std::move(clocks)},
          {"now", view.now.ToString()}};
}

Json TimelineJson(const CaseEngine::ReadEvent& read) {
  const RecordedEvent& event = read.event;
  Json json = {{"position", event.position.value},
               {"version", event.version.value},
               {"id", event.id.value},
               {"type", event.type},
               {"zh", EventName(event)},
               {"occurred_at", event.occurred_at.ToString()},
               {"recorded_at", event.recorded_at.ToString()},
               {"actor", event.actor.value},
               {"recorded_by", event.recorded_by.value},
               {"unit", event.unit.value},
               {"role", Encode(event.role)},
               {"virtual_clock", event.virtual_clock},
               {"data", WithoutSealedValues(read.data)}};
  if (!event.causation.empty()) json["causation"] = event.causation.value;
  return json;
}

Json RowJson(const CaseRow& row, Access access) {
  const std::string state = StateFor(access, row.workflow, row.state);
  Json json = {{"case_id", row.case_id.value},
               {"workflow", row.workflow},
               {"state", state},
               {"state_zh", StateText(row.workflow, state)},
               {"summary", SummaryJson(row.summary)},
               {"version", row.version.value},
               {"people_version", row.people_version.value},
               {"position", row.position.value},
               {"opened_at", row.opened_at.ToString()},
               {"changed_at", row.changed_at.ToString()},
               {"overdue", row.overdue}};
  if (row.next_due) json["next_due"] = row.next_due->ToString();
  return json;
}

Json SummaryJson(const CaseSummary& summary) {
  Json json = {{"profile", summary.profile},
               {"title", summary.title},
               {"region", summary.region.value},
               {"unit", summary.unit.value},
               {"handlers", Encode(summary.handlers)},
               {"outcome", summary.outcome},
               {"flags", summary.flags}};
  if (summary.industry) json["industry"] = Encode(*summary.industry);
  if (summary.received_on) json["received_on"] = Encode(*summary.received_on);
  return json;
}

std::string StateText(std::string_view workflow, std::string_view state) {
  const auto* found = FindWorkflow(workflow);
  const auto* text = found == nullptr ? nullptr : found->Describe().FindState(state);
  return text == nullptr ? "" : text->zh;
}

}  // namespace docket
