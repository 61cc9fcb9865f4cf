#include "workflows/rectification/rectification.hpp"

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::rectification {

CaseSummary Rectification::Summarise(const Facts& facts) {
  CaseSummary summary;
  summary.title =
      facts.project_name.empty() ? std::string(ChineseOf(facts.breach)) : facts.project_name;
  summary.region = facts.region;
  summary.industry = facts.industry;
  summary.unit = facts.unit;
  if (facts.addressee) summary.concerned = {*facts.addressee};
  summary.handlers = facts.handlers;
  summary.outcome = facts.outcome;
  if (facts.persons_due && !facts.persons_handled) summary.flags.emplace_back("persons_due");
  if (facts.circular_due && !facts.circulated) summary.flags.emplace_back("circular_due");
  if (facts.account) summary.respondents.push_back(*facts.account);
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<Rectification> workflow(RulesText(Rectification::kName));
  return workflow;
}

}  // namespace docket::rectification
