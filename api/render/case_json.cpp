#include "api/render/case_json.hpp"

#include "api/render/deadline_json.hpp"
#include "api/render/schema.hpp"
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
  if (const auto zh = personal::ChineseOfType(event.type); !zh.empty()) return std::string(zh);
  if (const auto zh = reading::ChineseOfType(event.type); !zh.empty()) return std::string(zh);
  using namespace deadline;
  return std::string(
      NameAmong<Started, Paused, Resumed, Met, EndedLate, FoundMet, Cancelled, Approaching, Lapsed,
                Expired, Rescheduled, BackEntryRecorded>(event.type));
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
  return {
      {"case_id", view.case_id.value},
      {"workflow", name},
      {"state", state},
      {"state_zh", StateText(name, state)},
      {"version", view.model.Version().value},
      {"people_version", view.model.PeopleVersion().value},
      {"summary", SummaryJson(view.model.Summary())},
      {"facts", FactsFor(view.access, name, WithoutSealedValues(view.model.Facts(), view.erased))},
      {"clocks", std::move(clocks)},
      {"now", view.now.ToString()}};
}

Json TimelineJson(const CaseEngine::ReadEvent& read, const personal::ErasedKeys& erased) {
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
               {"data", WithoutSealedValues(read.data, erased)}};
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

Json CaseSchema() {
  using namespace schema;
  return Component(
      "Case", Object({{"case_id", Titled("案件编号", Text())},
                      {"workflow", Titled("流程", Text())},
                      {"state", Titled("状态", Text())},
                      {"state_zh", Text()},
                      {"version", Titled("版本", Integer())},
                      {"people_version", Titled("人工办理版本", Integer())},
                      {"summary", SummarySchema()},
                      {"facts", Titled("事实", AnyObject())},
                      {"clocks", Titled("期限", ListOf(Component("CaseClock", ClockSchema())))},
                      {"now", Titled("读取时间", InstantText())}}));
}

Json TimelineSchema() {
  using namespace schema;
  return Component("TimelineEvent", Object({{"position", Titled("事件库位置", Integer())},
                                            {"version", Titled("版本", Integer())},
                                            {"id", Text()},
                                            {"type", Titled("事件", Text())},
                                            {"zh", Text()},
                                            {"occurred_at", Titled("发生时间", InstantText())},
                                            {"recorded_at", Titled("记录时间", InstantText())},
                                            {"actor", Titled("办理人", Text())},
                                            {"recorded_by", Titled("录入人", Text())},
                                            {"unit", Titled("单位", Text())},
                                            {"role", Titled("角色", Of<Role>())},
                                            {"virtual_clock", Titled("虚拟时钟", Boolean())},
                                            {"data", Titled("内容", AnyObject())},
                                            {"causation?", Titled("起因事件", Text())}}));
}

Json RowSchema() {
  using namespace schema;
  return Component("CaseRow", Object({{"case_id", Titled("案件编号", Text())},
                                      {"workflow", Titled("流程", Text())},
                                      {"state", Titled("状态", Text())},
                                      {"state_zh", Text()},
                                      {"summary", SummarySchema()},
                                      {"version", Titled("版本", Integer())},
                                      {"people_version", Titled("人工办理版本", Integer())},
                                      {"position", Titled("事件库位置", Integer())},
                                      {"opened_at", Titled("立案时间", InstantText())},
                                      {"changed_at", Titled("最近办理时间", InstantText())},
                                      {"overdue", Titled("超期", Boolean())},
                                      {"next_due?", Titled("最近届满日", DateText())}}));
}

Json SummarySchema() {
  using namespace schema;
  return Component("CaseSummary", Object({{"profile", Titled("适用程序", Text())},
                                          {"title", Titled("名称", Text())},
                                          {"region", Titled("行政区划代码", Text())},
                                          {"unit", Titled("承办单位", Text())},
                                          {"handlers", Titled("承办人", ListOf(Text()))},
                                          {"outcome", Titled("结果", Text())},
                                          {"flags", Titled("标记", ListOf(Text()))},
                                          {"industry?", Titled("行业", Of<docket::Industry>())},
                                          {"received_on?", Titled("收到日期", DateText())}}));
}

std::string StateText(std::string_view workflow, std::string_view state) {
  const auto* found = FindWorkflow(workflow);
  const auto* text = found == nullptr ? nullptr : found->Describe().FindState(state);
  return text == nullptr ? "" : text->zh;
}

}  // namespace docket
