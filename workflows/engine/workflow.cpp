#include "workflows/engine/workflow.hpp"

#include <stdexcept>

#include "workflows/engine/deadline_events.hpp"
#include "workflows/engine/drafting.hpp"

namespace docket {

namespace {

[[noreturn]] void ThrowUnreadable(const RecordedEvent& event) {
  throw std::runtime_error("event " + event.id.value + " holds unreadable data");
}

}  // namespace

Json DataOf(const RecordedEvent& event) {
  auto data = Json::parse(event.data, nullptr, false);
  if (data.is_discarded()) ThrowUnreadable(event);
  return data;
}

void CaseModel::Apply(const RecordedEvent& event) {
  const StoredJson data(event.data);
  if (!data.View()) ThrowUnreadable(event);
  Apply(event, *data.View());
}

void CaseModel::Apply(const RecordedEvent& event, const JsonView& data) {
  // Why an act was entered later explains the act; what becomes of personal data, and who reads
  // the file, is none.
  const bool is_personal = personal::IsPersonalEvent(event.type);
  const bool is_reading = reading::IsReadingEvent(event.type);
  const bool explains = is_personal || is_reading || event.type == BackEntryRecorded::kType;
  if (deadline::IsDeadlineEvent(event.type)) {
    clocks_.Apply(event.type, data, event.id);
  } else if (is_personal) {
    personal_.Apply(event.type, data, event.occurred_at);
  } else if (is_reading) {
    reading_.Apply(event.type, data, event.occurred_at);
  } else if (!explains) {
    ApplyFact(event, data);
  }
  if (version_.value == 0) opened_by_ = event.actor;
  version_ = event.version;
  last_event_ = event.id;
  if (correlation_.empty()) correlation_ = event.correlation;
  if (SideOf(event.role) == Side::kSystem) return;
  people_version_ = event.version;
  if (explains) return;
  last_act_at_ = event.occurred_at;
  acts_[event.type].insert(event.actor);
}

CaseSummary CaseModel::Summary() const {
  CaseSummary summary = Summarised();
  summary.readers = reading_.Readers();
  if (summary.readers) summary.confidentiality = Confidentiality::kRestricted;
  summary.archived = State() == kArchivedState;
  return summary;
}

const StateText* Description::FindState(std::string_view state) const {
  for (const auto& text : states) {
    if (text.name == state) return &text;
  }
  return nullptr;
}

const CommandText* Description::FindCommand(std::string_view command) const {
  for (const auto& text : commands) {
    if (text.name == command) return &text;
  }
  return nullptr;
}

const EventText* Description::FindEvent(std::string_view type) const {
  for (const auto& text : events) {
    if (text.type == type) return &text;
  }
  return nullptr;
}

const Workflow* FindWorkflow(std::string_view name) {
  for (const Workflow* workflow : AllWorkflows()) {
    if (workflow->Name() == name) return workflow;
  }
  return nullptr;
}

const Workflow* WorkflowOf(const StreamId& case_id) {
  // `data_check-0192…`: the name ends where the UUID, 36 characters, begins.
  constexpr std::size_t kUuidLength = 36;
  const auto& id = case_id.value;
  if (id.size() <= kUuidLength + 1 || id[id.size() - kUuidLength - 1] != '-') return nullptr;
  return FindWorkflow(std::string_view(id).substr(0, id.size() - kUuidLength - 1));
}

}  // namespace docket
