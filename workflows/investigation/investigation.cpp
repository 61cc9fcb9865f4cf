#include "workflows/investigation/investigation.hpp"

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::investigation {

CaseSummary Investigation::Summarise(const Facts& facts) {
  CaseSummary summary;
  const auto subject = facts.violation ? ChineseOf(*facts.violation) : ChineseOf(facts.matter);
  summary.title = facts.project_name.empty() ? std::string(subject) : facts.project_name;
  summary.region = facts.region;
  summary.industry = facts.industry;
  summary.unit = facts.unit;
  summary.handlers = facts.handlers;
  summary.recused = facts.recused;
  summary.outcome = facts.outcome;
  if (facts.annulled) summary.flags.emplace_back("annulled");
  if (facts.take_down_due) summary.flags.emplace_back("take_down_due");
  if (facts.account) summary.respondents.push_back(*facts.account);
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<Investigation> workflow(RulesText(Investigation::kName));
  return workflow;
}

}  // namespace docket::investigation
