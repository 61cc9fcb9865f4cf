#include "workflows/archive/archive.hpp"

#include <algorithm>

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::archive {

CaseSummary Archive::Summarise(const Facts& facts) {
  CaseSummary summary;
  if (facts.industry == Industry::kGovernmentProcurement) {
    summary.profile = "government_procurement";
  }
  summary.title = facts.project_name;
  summary.region = facts.region;
  summary.industry = facts.industry;
  summary.unit = facts.unit;
  if (!facts.keeper.empty()) summary.concerned = {facts.keeper};
  if (facts.HasOpenComplaint()) summary.flags.emplace_back("complaint_open");
  if (!facts.holds.empty()) summary.flags.emplace_back("on_hold");
  const auto& items = facts.items;
  if (std::any_of(items.begin(), items.end(), [](const Item& one) { return one.is_damaged; })) {
    summary.flags.emplace_back("damaged");
  }
  if (std::any_of(items.begin(), items.end(), [](const Item& one) { return one.confidential; })) {
    summary.confidentiality = Confidentiality::kRestricted;
  }
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<Archive> workflow(RulesText(Archive::kName));
  return workflow;
}

}  // namespace docket::archive
