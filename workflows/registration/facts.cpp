#include "workflows/registration/facts.hpp"

#include <algorithm>

#include "workflows/registration/events.hpp"
#include "workflows/registration/states.hpp"

namespace docket::registration {

namespace {

template <class S>
void Enter(Facts& facts) {
  facts.state = S::kName;
}

template <class S>
void End(Facts& facts) {
  facts.state = S::kName;
  facts.outcome = S::kName;
}

}  // namespace

void Apply(Facts& facts, const EntrySubmitted& e, const RecordedEvent& envelope) {
  Enter<Submitted>(facts);
  facts.kind = e.kind;
  facts.region = e.region;
  facts.industry = e.industry;
  facts.project = e.project;
  facts.project_name = e.project_name;
  facts.stage = e.stage;
  facts.source = e.source;
  facts.applicant = e.applicant;
  facts.submitted_by = envelope.actor;
  facts.received_on = envelope.occurred_at.ChinaDate();
  facts.file_received_on = facts.received_on;
  for (const auto& item : e.checklist) facts.required.push_back(item.name);
}

void Apply(Facts& facts, const FoundNotCompetent&, const RecordedEvent&) { End<Returned>(facts); }

void Apply(Facts& facts, const EntrySignedFor& e, const RecordedEvent&) {
  Enter<SignedFor>(facts);
  facts.handlers = e.handlers;
  facts.unit = e.unit;
}

void Apply(Facts& facts, const CorrectionWasRequested&, const RecordedEvent&) {
  Enter<CorrectionRequested>(facts);
  facts.correction_was_requested = true;
}

void Apply(Facts& facts, const CorrectionSupplied&, const RecordedEvent& envelope) {
  Enter<SignedFor>(facts);
  facts.file_received_on = envelope.occurred_at.ChinaDate();
}

void Apply(Facts& facts, const EntryReturned&, const RecordedEvent&) { End<Returned>(facts); }

void Apply(Facts& facts, const EntryAccepted& e, const RecordedEvent&) {
  Enter<Accepted>(facts);
  facts.deemed = e.deemed;
  facts.prescribed_workdays = e.prescribed_workdays;
  facts.promised_workdays = e.promised_workdays;
}

void Apply(Facts& facts, const EntryReviewed& e, const RecordedEvent&) {
  if (facts.state == Accepted::kName) Enter<UnderReview>(facts);
  facts.review_passed = std::all_of(e.checks.begin(), e.checks.end(),
                                    [](const Check& check) { return check.passed; });
}

void Apply(Facts& facts, const EntryRegistered& e, const RecordedEvent&) {
  End<Registered>(facts);
  facts.version = e.version;
  facts.entry_no = e.entry_no;
}

void Apply(Facts& facts, const EntryRefused&, const RecordedEvent&) { End<Refused>(facts); }

void Apply(Facts& facts, const UpdateRefused&, const RecordedEvent&) { Enter<Registered>(facts); }

void Apply(Facts& facts, const UpdateRequested&, const RecordedEvent&) {
  Enter<UpdatePending>(facts);
  facts.review_passed = false;
}

void Apply(Facts& facts, const EntryCancelled&, const RecordedEvent&) { End<Cancelled>(facts); }

void Apply(Facts& facts, const EntryWithdrawn&, const RecordedEvent&) { End<Withdrawn>(facts); }

void Apply(Facts& facts, const HandlersAssigned& e, const RecordedEvent&) {
  facts.handlers = e.handlers;
  facts.unit = e.unit;
  facts.recused.insert(facts.recused.end(), e.recused.begin(), e.recused.end());
}

}  // namespace docket::registration
