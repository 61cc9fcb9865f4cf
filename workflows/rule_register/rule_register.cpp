#include "workflows/rule_register/rule_register.hpp"

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::rule_register {

bool OpinionOverdue::Holds(const Facts&, const Context& context) {
  const CaseClock* opinion = context.clocks->Find("rule_opinion");
  return opinion != nullptr && opinion->due_at && *opinion->due_at <= context.now;
}

CaseSummary RuleRegister::Summarise(const Facts& facts) {
  CaseSummary summary;
  summary.title = facts.title + " " + facts.version;
  summary.region = facts.region;
  summary.industry = facts.industry;
  summary.unit = facts.unit;
  if (facts.result) summary.outcome = NameOf(*facts.result);
  if (facts.office_agrees == false) summary.flags.emplace_back("office_disagrees");
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<RuleRegister> workflow(RulesText(RuleRegister::kName));
  return workflow;
}

}  // namespace docket::rule_register
