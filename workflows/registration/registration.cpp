#include "workflows/registration/registration.hpp"

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::registration {

EntryAccepted EntryAccepted::From(const Accept& c, const Facts&, const Context& context) {
  EntryAccepted event;
  event.accepted_on = context.occurred_at.ChinaDate();
  event.prescribed_workdays = c.prescribed_workdays;
  event.promised_workdays = c.promised_workdays;
  if (c.promised_workdays) event.promised_from = event.accepted_on;
  return event;
}

EntryAccepted EntryAccepted::From(const DeemAccept&, const Facts& facts, const Context&) {
  EntryAccepted event;
  event.accepted_on = *facts.file_received_on;
  event.deemed = true;
  return event;
}

UpdateRequested UpdateRequested::From(const RequestUpdate& c, const Facts& facts,
                                      const Context& context) {
  UpdateRequested event{c, facts.prescribed_workdays, facts.promised_workdays, std::nullopt};
  if (facts.promised_workdays) event.promised_from = context.occurred_at.ChinaDate();
  return event;
}

CaseSummary Registration::Summarise(const Facts& facts) {
  CaseSummary summary;
  if (facts.kind) summary.title = ChineseOf(*facts.kind);
  if (facts.project_name) summary.title += " " + *facts.project_name;
  summary.region = facts.region;
  summary.industry = facts.industry;
  summary.unit = facts.unit;
  summary.handlers = facts.handlers;
  summary.recused = facts.recused;
  summary.received_on = facts.received_on;
  summary.outcome = facts.outcome;
  if (facts.deemed) summary.flags.emplace_back("deemed_accepted");
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<Registration> workflow(RulesText(Registration::kName));
  return workflow;
}

}  // namespace docket::registration
