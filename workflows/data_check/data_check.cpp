#include "workflows/data_check/data_check.hpp"

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::data_check {

void Apply(Facts& facts, const FailureReported& e, const RecordedEvent&) {
  facts.state = Found::kName;
  facts.provider = e.provider;
  facts.region = e.region;
  facts.message_type = e.message_type;
  facts.record_key = e.record_key;
}

void Apply(Facts& facts, const FeedbackWasSent&, const RecordedEvent&) {
  facts.state = FeedbackSent::kName;
}

void Apply(Facts& facts, const FeedbackReceived&, const RecordedEvent&) {
  facts.state = Received::kName;
  ++facts.rounds;
}

void Apply(Facts& facts, const RecordCorrected&, const RecordedEvent&) {
  facts.state = Corrected::kName;
  facts.outcome = Corrected::kName;
}

void Apply(Facts& facts, const RecordConfirmed&, const RecordedEvent&) {
  facts.state = ConfirmedCorrect::kName;
  facts.outcome = ConfirmedCorrect::kName;
}

void Apply(Facts& facts, const RecordUnfixable&, const RecordedEvent&) {
  facts.state = CannotFix::kName;
  facts.outcome = CannotFix::kName;
}

void Apply(Facts& facts, const CorrectionRefused&, const RecordedEvent&) {
  facts.state = Refused::kName;
  facts.outcome = Refused::kName;
}

void Apply(Facts& facts, const CheckReturned&, const RecordedEvent&) {
  facts.state = Received::kName;
  facts.outcome.clear();
  ++facts.rounds;
}

void Apply(Facts& facts, const CheckClosed&, const RecordedEvent&) { facts.state = Closed::kName; }

void Apply(Facts& facts, const ProviderHeldAccountable&, const RecordedEvent&) {
  facts.state = HeldAccountable::kName;
}

CaseSummary DataCheck::Summarise(const Facts& facts) {
  CaseSummary summary;
  summary.title = facts.message_type + " " + facts.record_key;
  summary.region = facts.region;
  summary.unit = facts.provider;
  summary.outcome = facts.outcome;
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<DataCheck> workflow(RulesText(DataCheck::kName));
  return workflow;
}

}  // namespace docket::data_check
