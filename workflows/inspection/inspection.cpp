#include "workflows/inspection/inspection.hpp"

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::inspection {

namespace {

/// The worst of all findings; empty while there is none.
std::string OutcomeOf(const Facts& facts) {
  if (facts.findings.empty()) return "";
  auto worst = InspectionResult::kGood;
  for (const auto& finding : facts.findings) worst = std::max(worst, finding.result);
  return std::string(NameOf(worst));
}

}  // namespace

CaseSummary Inspection::Summarise(const Facts& facts) {
  CaseSummary summary;
  if (facts.topic) {
    summary.title = std::to_string(facts.year) + "年" + std::string(ChineseOf(*facts.topic)) +
                    std::string(ChineseOf(*facts.kind));
  }
  summary.region = facts.region;
  summary.industry = facts.industry;
  summary.unit = facts.office;
  summary.concerned = facts.departments;
  summary.handlers = facts.handlers;
  summary.outcome = OutcomeOf(facts);
  if (facts.kind == PlanKind::kAdHoc) summary.flags.emplace_back("ad_hoc");
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<Inspection> workflow(RulesText(Inspection::kName));
  return workflow;
}

}  // namespace docket::inspection
