#include "workflows/security_duty/security_duty.hpp"

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::security_duty {

CaseSummary SecurityDuty::Summarise(const Facts& facts) {
  CaseSummary summary;
  if (facts.duty) {
    summary.profile = NameOf(*facts.duty);
    summary.title = ChineseOf(*facts.duty);
  } else if (facts.incident) {
    summary.title = ChineseOf(*facts.incident);
  } else if (facts.document) {
    summary.title = std::string(ChineseOf(*facts.document)) + " " + facts.versions.back();
  }
  summary.region = facts.region;
  summary.unit = facts.unit;
  if (!facts.managed_by.empty()) summary.concerned = {facts.managed_by};
  if (!facts.missed.empty()) summary.flags.emplace_back("period_missed");
  if (facts.severity == Severity::kMajor) summary.flags.emplace_back("major_incident");
  if (facts.circulated) summary.flags.emplace_back("circulated");
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<SecurityDuty> workflow(RulesText(SecurityDuty::kName));
  return workflow;
}

}  // namespace docket::security_duty
