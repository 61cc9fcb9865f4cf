#include "workflows/publication/publication.hpp"

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::publication {

CaseSummary Publication::Summarise(const Facts& facts) {
  CaseSummary summary;
  if (facts.publication_class) summary.title = ChineseOf(*facts.publication_class);
  summary.region = facts.region;
  summary.industry = facts.industry;
  summary.unit = facts.unit;
  if (!facts.author.empty()) summary.concerned = {facts.author};
  if (facts.state == Exempt::kName) summary.outcome = Exempt::kName;
  if (facts.state == Published::kName && facts.source_annulled_on) {
    summary.flags.emplace_back("source_annulled");
  }
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<Publication> workflow(RulesText(Publication::kName));
  return workflow;
}

}  // namespace docket::publication
