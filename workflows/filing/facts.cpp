#include "workflows/filing/facts.hpp"

#include "workflows/filing/events.hpp"
#include "workflows/filing/states.hpp"

namespace docket::filing {

namespace {

template <class S>
void Enter(Facts& facts) {
  facts.state = S::kName;
}

}  // namespace

void Apply(Facts& facts, const ObligationCreated& e, const RecordedEvent&) {
  Enter<Open>(facts);
  facts.type = e.type;
  facts.region = e.region;
  facts.industry = e.industry;
  facts.project = e.project;
  facts.section = e.section;
  facts.project_name = e.project_name;
  facts.stage = e.stage;
  facts.source = e.source;
  facts.triggered_on = e.triggered_on;
  facts.legal_basis = e.legal_basis;
  facts.mandatory_tender = e.mandatory_tender;
  facts.obliged = e.obliged;
  facts.limit_workdays = e.limit_workdays;
  if (e.unit) facts.unit = *e.unit;
}

void Apply(Facts& facts, const FilingSubmitted& e, const RecordedEvent& envelope) {
  Enter<Submitted>(facts);
  facts.submissions = e.submission;
  facts.submitted_at = envelope.occurred_at;
  facts.done_on = e.done_on;
}

void Apply(Facts& facts, const FilingNotCompetent&, const RecordedEvent&) {
  Enter<Open>(facts);
  facts.unit = UnitId();
}

void Apply(Facts& facts, const FilingReturned&, const RecordedEvent&) {
  Enter<ReturnedIncomplete>(facts);
}

void Apply(Facts& facts, const FilingSignedFor& e, const RecordedEvent&) {
  Enter<SignedFor>(facts);
  facts.handlers = e.handlers;
  facts.reviewed.clear();
  facts.unit = e.unit;
  if (!facts.fulfilled_at) facts.fulfilled_at = e.submitted_at;
  facts.late = e.late;
  facts.overdue = false;
}

void Apply(Facts& facts, const FirstReviewed&, const RecordedEvent& envelope) {
  facts.reviewed.push_back(envelope.actor);
  if (facts.reviewed.size() == facts.handlers.size()) Enter<FirstReview>(facts);
}

void Apply(Facts& facts, const SecondReviewed&, const RecordedEvent&) {
  Enter<SecondReview>(facts);
}

void Apply(Facts& facts, const NoProblemFound& e, const RecordedEvent&) {
  Enter<FiledOk>(facts);
  facts.outcome = NameOf(e.result);
  facts.correct_by.reset();
}

void Apply(Facts& facts, const RectificationWasRequired& e, const RecordedEvent&) {
  Enter<RectificationRequired>(facts);
  facts.outcome = NameOf(e.result);
  facts.correct_by = e.correct_by;
}

void Apply(Facts& facts, const FilingWithdrawn&, const RecordedEvent&) {
  Enter<Open>(facts);
  facts.fulfilled_at.reset();
  facts.late = false;
  facts.outcome.clear();
}

void Apply(Facts& facts, const FilingSuperseded& e, const RecordedEvent&) {
  Enter<Superseded>(facts);
  facts.newer = e.newer;
}

void Apply(Facts& facts, const ObligationWaived&, const RecordedEvent&) {
  Enter<Waived>(facts);
  facts.outcome = Waived::kName;
  facts.overdue = false;
}

void Apply(Facts& facts, const ObligationOverdue&, const RecordedEvent&) { facts.overdue = true; }

void Apply(Facts& facts, const PerformanceRecorded&, const RecordedEvent&) {
  ++facts.performance_records;
}

void Apply(Facts& facts, const CheckPlanned& e, const RecordedEvent&) {
  facts.check_on = e.check_on;
}

void Apply(Facts& facts, const PerformanceChecked&, const RecordedEvent&) {
  facts.check_on.reset();
}

void Apply(Facts& facts, const HandlersAssigned& e, const RecordedEvent&) {
  Enter<SignedFor>(facts);
  facts.handlers = e.handlers;
  facts.reviewed.clear();
  facts.recused.insert(facts.recused.end(), e.recused.begin(), e.recused.end());
}

}  // namespace docket::filing
