#include "workflows/evaluation/evaluation.hpp"

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::evaluation {

CaseSummary Evaluation::Summarise(const Facts& facts) {
  CaseSummary summary;
  if (facts.kind) {
    summary.profile = NameOf(*facts.kind);
    summary.title = facts.year_starts_on->ToString().substr(0, 4) + "年" +
                    std::string(ChineseOf(*facts.kind)) + " " + facts.object.value;
  }
  summary.region = facts.region;
  summary.handlers = facts.evaluators;
  // Not before there is something to be shown.
  if (facts.state == DraftShown::kName || facts.state == ObjectionRaised::kName) {
    summary.concerned = {facts.object};
  }
  if (facts.score) summary.outcome = facts.IsPoor() ? "poor" : "passed";
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<Evaluation> workflow(RulesText(Evaluation::kName));
  return workflow;
}

}  // namespace docket::evaluation
