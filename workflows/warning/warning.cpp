#include "workflows/warning/warning.hpp"

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::warning {

CaseSummary Warning::Summarise(const Facts& facts) {
  CaseSummary summary;
  summary.title = facts.point_name;
  if (facts.project_name) summary.title += " " + *facts.project_name;
  summary.region = facts.region;
  summary.industry = facts.industry;
  summary.unit = facts.unit;
  if (facts.addressee) summary.concerned = {*facts.addressee};
  summary.handlers = facts.handlers;
  summary.recused = facts.recused;
  if (facts.account) summary.respondents = {*facts.account};
  summary.received_on = facts.raised_on;
  summary.outcome = facts.outcome;
  summary.flags.push_back("point_" + std::string(NameOf(facts.colour)));
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<Warning> workflow(RulesText(Warning::kName));
  return workflow;
}

}  // namespace docket::warning
