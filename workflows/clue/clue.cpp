#include "workflows/clue/clue.hpp"

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::clue {

CaseSummary Clue::Summarise(const Facts& facts) {
  CaseSummary summary;
  summary.title = facts.project_name;
  if (summary.title.empty() && facts.source_kind) summary.title = ChineseOf(*facts.source_kind);
  summary.region = facts.region;
  summary.industry = facts.industry;
  summary.unit = facts.unit;
  summary.handlers = facts.handlers;
  summary.received_on = facts.received_on;
  summary.outcome = facts.outcome;
  if (facts.real_name) summary.flags.emplace_back("real_name");
  if (facts.feedback_owed) summary.flags.emplace_back("feedback_owed");
  if (facts.state == Transferred::kName) summary.flags.emplace_back("result_awaited");
  if (facts.interference) summary.confidentiality = Confidentiality::kRestricted;
  summary.recused = facts.named_officers;
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<Clue> workflow(RulesText(Clue::kName));
  return workflow;
}

}  // namespace docket::clue
