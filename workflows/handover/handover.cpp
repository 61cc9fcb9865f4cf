#include "workflows/handover/handover.hpp"

#include "workflows/account/events.hpp"
#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::handover {

TransferAnnounced TransferAnnounced::From(const Announce& c, const Facts&, const Context& context) {
  TransferAnnounced event{c, context.unit, context.unit_region, false};
  const ClockRule* notice =
      context.rules->InForce("handover_notice", "", context.unit_region, c.effective_on);
  if (notice == nullptr) return event;
  const auto last =
      ComputeDue({Instant::StartOf(c.effective_on), notice->period, 0, {}}, *context.calendar);
  event.late_notice = last && last->date && c.letter_received_on > *last->date;
  return event;
}

std::vector<Claim> AccessWasEnded::Claims(const Facts&) const {
  return {{.kind = Claim::Kind::kTell,
           .registry = std::string(account::kNameRegistry),
           .name = account.value,
           .command = account::Disable::kName,
           .data = Encode(account::Disable{account::DisableReason::kHandedOver})}};
}

void Apply(Facts& facts, const TransferAnnounced& e, const RecordedEvent&) {
  facts.state = Announced::kName;
  facts.account = e.account;
  facts.unit = e.unit;
  facts.region = e.region;
  facts.effective_on = e.effective_on;
  facts.late_notice = e.late_notice;
}

void Apply(Facts& facts, const MattersHandedOver& e, const RecordedEvent&) {
  facts.state = facts.access_ended ? Completed::kName : HandedOver::kName;
  facts.successor = e.successor;
  facts.matters = e.matters;
}

void Apply(Facts& facts, const TransferCalledOff&, const RecordedEvent&) {
  facts.state = CalledOff::kName;
}

void Apply(Facts& facts, const AccessWasEnded& e, const RecordedEvent&) {
  facts.state = e.matters_outstanding ? AccessEnded::kName : Completed::kName;
  facts.access_ended = true;
}

CaseSummary Handover::Summarise(const Facts& facts) {
  CaseSummary summary;
  summary.title = facts.account.value;
  summary.region = facts.region;
  summary.unit = facts.unit;
  if (facts.late_notice) summary.flags.emplace_back("late_notice");
  if (facts.state == AccessEnded::kName) summary.flags.emplace_back("matters_outstanding");
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<Handover> workflow(RulesText(Handover::kName));
  return workflow;
}

}  // namespace docket::handover
