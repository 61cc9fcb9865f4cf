#include "workflows/data_push/data_push.hpp"

#include <algorithm>

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::data_push {

bool FrequenciesAgreed::Holds(const Admit& c, const Facts&, const Context&) {
  return !c.frequencies.empty() &&
         std::all_of(c.frequencies.begin(), c.frequencies.end(),
                     [](const Frequency& one) { return one.every_minutes > 0; });
}

bool GroundThere::Holds(const Refuse& c, const Facts& facts, const Context& context) {
  switch (c.ground) {
    case RefusalGround::kCertificate: return !IsCertified(facts, context.now.ChinaDate());
    case RefusalGround::kSubjects: return !HasAllSubjects(facts);
    case RefusalGround::kNonconforming:
    case RefusalGround::kInsecure: return c.report.has_value();
  }
  return false;
}

bool SessionsOrdered::Holds(const ReviewProject& c, const Facts&, const Context&) {
  const auto in_order = [](const auto& span) { return span.from < span.until; };
  return std::all_of(c.sessions.begin(), c.sessions.end(), in_order) &&
         std::all_of(c.recordings.begin(), c.recordings.end(), in_order);
}

bool StepInOrder::Holds(const Escalate& c, const Facts& facts, const Context&) {
  if (c.step == Step::kSupervise) return true;
  return facts.step && static_cast<int>(c.step) == static_cast<int>(*facts.step) + 1;
}

CaseSummary DataPush::Summarise(const Facts& facts) {
  CaseSummary summary;
  summary.title = facts.provider_name;
  summary.region = facts.region;
  summary.unit = facts.provider;
  if (facts.step) summary.outcome = NameOf(*facts.step);
  if (facts.down_since) summary.flags.emplace_back("channel_down");
  if (!facts.adopted) summary.flags.emplace_back("standard_not_adopted");
  if (facts.retained) summary.flags.emplace_back("retained_by_approval");
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<DataPush> workflow(RulesText(DataPush::kName));
  return workflow;
}

}  // namespace docket::data_push
