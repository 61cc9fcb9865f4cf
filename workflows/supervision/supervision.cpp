#include "workflows/supervision/supervision.hpp"

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::supervision {

CaseSummary Supervision::Summarise(const Facts& facts) {
  CaseSummary summary;
  summary.title = facts.code;
  if (facts.project_name) summary.title += " " + *facts.project_name;
  summary.region = facts.region;
  summary.industry = facts.industry;
  summary.unit = facts.addressee;
  if (!facts.issuer.empty()) summary.concerned = {facts.issuer};
  summary.handlers = facts.handlers;
  summary.received_on = facts.issued_on;
  summary.outcome = facts.outcome;
  if (facts.overdue) summary.flags.emplace_back("overdue");
  if (facts.urged > 0) summary.flags.emplace_back("urged");
  if (facts.circulated) summary.flags.emplace_back("circulated");
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<Supervision> workflow(RulesText(Supervision::kName));
  return workflow;
}

}  // namespace docket::supervision
