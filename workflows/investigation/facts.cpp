#include "workflows/investigation/facts.hpp"

#include <algorithm>

#include "workflows/investigation/guards.hpp"

namespace docket::investigation {

std::optional<PublicationDue> PublicationDue::From(const Serve&, const Facts& facts,
                                                   const Context&) {
  return facts.outcome == NameOf(Outcome::kPenalty) ? std::optional(PublicationDue{})
                                                    : std::nullopt;
}

void Apply(Facts& facts, const CaseProposed& e, const RecordedEvent& envelope) {
  facts.state = Proposed::kName;
  facts.region = e.region;
  facts.industry = e.industry;
  facts.project = e.project;
  facts.project_name = e.project_name.value_or("");
  facts.source = e.source;
  facts.matter = e.matter;
  facts.violation = e.violation;
  facts.account = e.account;
  if (envelope.role != Role::kProcessManager) facts.unit = envelope.unit;
}

void Apply(Facts& facts, const CaseFiled& e, const RecordedEvent& envelope) {
  facts.state = Filed::kName;
  facts.unit = envelope.unit;
  facts.handlers = AccountsOf(e.officers);
}

void Apply(Facts& facts, const CaseDeclined&, const RecordedEvent&) {
  facts.state = Declined::kName;
  facts.outcome = Declined::kName;
}

void Apply(Facts& facts, const OfficersAssigned& e, const RecordedEvent&) {
  facts.handlers = AccountsOf(e.officers);
  facts.recused.insert(facts.recused.end(), e.recused.begin(), e.recused.end());
}

// The measure stands in the log; nothing later depends on it.
void Apply(Facts&, const MeasureTaken&, const RecordedEvent&) {}

void Apply(Facts& facts, const CaseSuspended&, const RecordedEvent&) {
  facts.state = Suspended::kName;
}

void Apply(Facts& facts, const CaseResumed&, const RecordedEvent&) { facts.state = Filed::kName; }

void Apply(Facts& facts, const CaseConcluded& e, const RecordedEvent&) {
  facts.state = Concluded::kName;
  facts.proposal = e.proposal;
  facts.is_complex = e.is_complex;
}

void Apply(Facts& facts, const CaseWithdrawn&, const RecordedEvent&) {
  facts.state = Withdrawn::kName;
  facts.outcome = Withdrawn::kName;
}

void Apply(Facts& facts, const CrimeReported&, const RecordedEvent&) {
  facts.crime_reported = true;
}

void Apply(Facts& facts, const TransferApproved&, const RecordedEvent&) {
  facts.crime_reported = false;
  facts.transfer_approved = true;
}

void Apply(Facts& facts, const TransferRefused&, const RecordedEvent&) {
  facts.crime_reported = false;
}

void Apply(Facts& facts, const HandedOver& e, const RecordedEvent&) {
  facts.state = Transferred::kName;
  facts.outcome =
      e.organ == Organ::kDiscipline ? "transfer_discipline" : NameOf(Outcome::kTransferJudicial);
}

void Apply(Facts& facts, const NoticeWasGiven& e, const RecordedEvent&) {
  facts.state = NoticeGiven::kName;
  facts.noticed = e.penalties;
  facts.noticed_yuan = e.amount_yuan.value_or(0);
  facts.hearing_offered =
      std::find(e.rights.begin(), e.rights.end(), Right::kHearing) != e.rights.end();
  facts.is_waived = false;
}

void Apply(Facts& facts, const StatementMade& e, const RecordedEvent&) {
  facts.state = Answered::kName;
  if (e.kind == AnswerKind::kWaiver) facts.is_waived = true;
}

void Apply(Facts& facts, const HearingWasRequested&, const RecordedEvent&) {
  facts.state = HearingRequested::kName;
}

void Apply(Facts& facts, const HearingAnnounced& e, const RecordedEvent&) {
  facts.presider = e.presider;
  facts.hearing_on = e.held_on;
}

void Apply(Facts& facts, const HearingWasHeld&, const RecordedEvent&) {
  facts.state = HearingHeld::kName;
}

void Apply(Facts& facts, const LegalityReviewed&, const RecordedEvent&) {
  facts.state = Reviewed::kName;
}

void Apply(Facts& facts, const CaseDecided& e, const RecordedEvent&) {
  facts.state = DecisionMade::kName;
  facts.outcome = NameOf(e.outcome);
  facts.penalty_yuan = e.amount_yuan.value_or(0);
}

void Apply(Facts& facts, const DecisionServed&, const RecordedEvent&) {
  facts.state = Served::kName;
}

// For the clock alone.
void Apply(Facts&, const PublicationDue&, const RecordedEvent&) {}

void Apply(Facts& facts, const ExecutionRecorded&, const RecordedEvent&) { facts.executed = true; }

void Apply(Facts& facts, const DecisionPublished& e, const RecordedEvent&) {
  facts.published_in = e.medium;
}

void Apply(Facts& facts, const DecisionAnnulled&, const RecordedEvent&) { facts.annulled = true; }

void Apply(Facts& facts, const TakeDownDue&, const RecordedEvent&) { facts.take_down_due = true; }

void Apply(Facts& facts, const DecisionTakenDown&, const RecordedEvent&) {
  facts.take_down_due = false;
  facts.published_in.clear();
}

void Apply(Facts& facts, const CaseClosed&, const RecordedEvent&) { facts.state = Closed::kName; }

}  // namespace docket::investigation
