#include "workflows/objection/objection.hpp"

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::objection {

CaseSummary Objection::Summarise(const Facts& facts) {
  CaseSummary summary;
  if (facts.kind) summary.profile = NameOf(ProfileOf(*facts.kind));
  summary.title = facts.project_name;
  summary.region = facts.region;
  summary.industry = facts.industry;
  summary.unit = facts.unit;
  if (!facts.addressee.empty()) summary.concerned = {facts.addressee};
  summary.received_on = facts.received_on;
  summary.outcome = facts.outcome;
  if (facts.trade_suspended) summary.flags.emplace_back("trade_suspended");
  if (facts.late) summary.flags.emplace_back("raised_late");
  if (facts.report_owed) summary.flags.emplace_back("report_owed");
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<Objection> workflow(RulesText(Objection::kName));
  return workflow;
}

}  // namespace docket::objection
