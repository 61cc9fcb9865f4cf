#include "workflows/engine/event_catalogue.hpp"

#include <algorithm>

#include "workflows/engine/deadline_events.hpp"
#include "workflows/engine/drafting.hpp"
#include "workflows/engine/personal_events.hpp"
#include "workflows/engine/reading_events.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket {

namespace {

constexpr std::string_view kEveryItem = "*";

template <class... Events>
void Add(std::vector<EventText>& events) {
  (events.push_back({std::string(Events::kType), 1, std::string(Events::kZh), Schema<Events>()}),
   ...);
}

/// Is there such a place in data of this schema?
bool HasPlace(const Json& schema, const std::vector<std::string>& names, std::size_t from) {
  if (from == names.size()) return true;
  const auto& name = names[from];
  if (const auto items = schema.find("items"); items != schema.end()) {
    return name == kEveryItem && HasPlace(*items, names, from + 1);
  }
  const auto properties = schema.find("properties");
  if (properties == schema.end()) return false;
  const auto member = properties->find(name);
  return member != properties->end() && HasPlace(*member, names, from + 1);
}

bool IsFieldOf(const std::vector<const EventText*>& events, const std::string& pointer) {
  const auto names = NamesOfPointer(pointer);
  if (names.empty()) return false;
  const bool is_attribute =
      names.size() == 1 && std::find(kPersonalAttributes.begin(), kPersonalAttributes.end(),
                                     names[0]) != kPersonalAttributes.end();
  return is_attribute || (names[0] == "data" &&
                          std::any_of(events.begin(), events.end(), [&](const EventText* event) {
                            return HasPlace(event->schema, names, 1);
                          }));
}

}  // namespace

const std::vector<EventText>& AllEvents() {
  static const std::vector<EventText> all = [] {
    std::vector<EventText> events;
    for (const auto* workflow : AllWorkflows()) {
      const auto& own = workflow->Describe().events;
      events.insert(events.end(), own.begin(), own.end());
    }
    using namespace deadline;
    Add<Started, Paused, Resumed, Met, EndedLate, FoundMet, Cancelled, Approaching, Lapsed, Expired,
        Rescheduled>(events);
    Add<BackEntryRecorded, personal::Erased, personal::HoldPlaced, personal::HoldLifted>(events);
    Add<reading::Restricted, reading::RestrictionLifted, reading::ConsentGiven,
        reading::ConsentRevoked>(events);
    return events;
  }();
  return all;
}

std::vector<std::string> NamesOfPointer(std::string_view pointer) {
  std::vector<std::string> names;
  while (pointer.starts_with('/')) {
    pointer.remove_prefix(1);
    const auto end = std::min(pointer.find('/'), pointer.size());
    names.emplace_back(pointer.substr(0, end));
    pointer.remove_prefix(end);
  }
  return pointer.empty() ? names : std::vector<std::string>();
}

FieldErrors CheckEventFields(const std::vector<EventFields>& events, const std::string& at) {
  FieldErrors errors;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const std::string place = PointerTo(at, std::to_string(i));
    std::vector<const EventText*> named;
    for (const auto& event : AllEvents()) {
      if (events[i].Names(event.type)) named.push_back(&event);
    }
    if (named.empty()) {
      errors.push_back({place + "/type", "unknown_event_type", "没有此事件类型 " + events[i].type,
                        "there is no type of event " + events[i].type});
      continue;
    }
    for (std::size_t k = 0; k < events[i].fields.size(); ++k) {
      const auto& field = events[i].fields[k];
      if (IsFieldOf(named, field)) continue;
      errors.push_back({place + "/fields/" + std::to_string(k), "unknown_event_field",
                        "此类事件没有字段 " + field, "events of this type have no " + field});
    }
  }
  return errors;
}

}  // namespace docket
