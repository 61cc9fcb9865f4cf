#include "workflows/clue/facts.hpp"

#include <algorithm>

#include "workflows/clue/events.hpp"
#include "workflows/clue/states.hpp"

namespace docket::clue {

namespace {

template <class S>
void End(Facts& facts) {
  facts.state = S::kName;
  facts.outcome = S::kName;
}

/// What was found belongs to the way that it was taken.
void ForgetCheck(Facts& facts) {
  facts.handlers.clear();
  facts.checked = facts.meets_filing_standard = facts.legality_reviewed = false;
}

}  // namespace

ClueClassified ClueClassified::From(const Classify& c, const Facts& facts, const Context& context) {
  ClueClassified event{c, facts.classified_as, {}, {}, {}};
  if (c.as == Class::kPetition) {
    event.petition_from = facts.received_on;
    if (facts.source_kind == SourceKind::kTransfer) {
      event.petition_transfer_from = facts.received_on;
    }
  } else if (facts.classified_as == Class::kPetition) {
    event.petition_left_on = context.occurred_at.ChinaDate();
  }
  return event;
}

CheckRecorded CheckRecorded::From(const RecordCheck& c, const Facts&, const Context& context) {
  CheckRecorded event{c, std::nullopt};
  if (c.suspects_crime) event.crime_reported_on = context.occurred_at.ChinaDate();
  return event;
}

TransferApproved TransferApproved::From(const Transfer& c, const Facts&, const Context& context) {
  TransferApproved event{c, std::nullopt};
  if (c.target == TransferTarget::kPolice) event.crime_approved_at = context.occurred_at;
  return event;
}

TransferReceived TransferReceived::From(const RecordReceipt& c, const Facts& facts,
                                        const Context& context) {
  TransferReceived event{c, std::nullopt};
  if (facts.transfer_target == TransferTarget::kPolice) {
    event.police_received_on = context.occurred_at.ChinaDate();
  }
  return event;
}

PetitionAnswered PetitionAnswered::From(const AnswerPetition& c, const Facts&,
                                        const Context& context) {
  PetitionAnswered event{c, std::nullopt};
  if (c.answer == PetitionAnswer::kAccepted && c.limited_matter) {
    event.limit_from = context.occurred_at.ChinaDate();
  }
  return event;
}

PetitionExtended PetitionExtended::From(const ExtendPetition& c, const Facts& facts,
                                        const Context& context) {
  const auto* clock = context.clocks->Find("petition_finish");
  const std::int64_t days = clock == nullptr ? 0 : clock->period.amount;
  return {c, facts.petition_limit_from.value_or(context.occurred_at.ChinaDate()), days + c.days};
}

void Apply(Facts& facts, const ClueReceived& e, const RecordedEvent& envelope) {
  facts.state = Received::kName;
  facts.source_kind = e.source_kind;
  facts.region = e.region;
  facts.industry = e.industry;
  facts.project = e.project;
  facts.project_name = e.project_name.value_or("");
  facts.source = e.source;
  facts.violations = e.violations;
  facts.real_name = e.reporter.has_value();
  const bool alleged = std::find(e.violations.begin(), e.violations.end(),
                                 Violation::kOfficialInterference) != e.violations.end();
  facts.interference = alleged || e.source_kind == SourceKind::kInterferenceReport;
  facts.named_officers = e.named_officers;
  facts.received_on = envelope.occurred_at.ChinaDate();
}

void Apply(Facts& facts, const ClueRegistered& e, const RecordedEvent& envelope) {
  facts.state = Registered::kName;
  facts.number = e.number;
  facts.unit = envelope.unit;
}

void Apply(Facts& facts, const ClueClassified& e, const RecordedEvent&) {
  facts.classified_as = e.as;
  ForgetCheck(facts);
  facts.petition_answered = false;
  facts.petition_limit_from.reset();
  if (e.as == Class::kPetition) facts.state = PetitionTrack::kName;
  else if (e.as == Class::kClue || e.as == Class::kReport) facts.state = Classified::kName;
  else End<Referred>(facts);
}

void Apply(Facts& facts, const CheckAssigned& e, const RecordedEvent&) {
  facts.state = PreliminaryCheck::kName;
  facts.handlers = e.handlers;
}

void Apply(Facts& facts, const CheckRecorded& e, const RecordedEvent&) {
  facts.checked = true;
  facts.meets_filing_standard = e.meets_filing_standard;
  facts.legality_reviewed = false;
}

void Apply(Facts& facts, const LegalityReviewed&, const RecordedEvent&) {
  facts.legality_reviewed = true;
}

void Apply(Facts& facts, const CaseWasOpened&, const RecordedEvent&) { End<CaseOpened>(facts); }

void Apply(Facts& facts, const EndedWithoutAction&, const RecordedEvent&) {
  End<NoFurtherAction>(facts);
}

void Apply(Facts& facts, const TransferApproved& e, const RecordedEvent&) {
  End<Transferred>(facts);
  facts.transfer_target = e.target;
  facts.dispatched = facts.receipt_in = false;
}

void Apply(Facts& facts, const TransferDispatched&, const RecordedEvent&) {
  facts.dispatched = true;
}

void Apply(Facts& facts, const TransferReceived&, const RecordedEvent&) { facts.receipt_in = true; }

void Apply(Facts& facts, const TransferResultReturned& e, const RecordedEvent&) {
  if (e.taken_up) {
    End<ResultReturned>(facts);
    return;
  }
  facts.state = Classified::kName;
  facts.outcome.clear();
  facts.transfer_target.reset();
  ForgetCheck(facts);
}

void Apply(Facts& facts, const ClueMerged&, const RecordedEvent&) { End<Merged>(facts); }

void Apply(Facts& facts, const FeedbackOwed&, const RecordedEvent&) { facts.feedback_owed = true; }

void Apply(Facts& facts, const FeedbackGiven&, const RecordedEvent&) {
  facts.feedback_owed = false;
}

void Apply(Facts& facts, const PetitionAnswered& e, const RecordedEvent&) {
  facts.petition_answered = true;
  facts.petition_limit_from = e.limit_from;
  if (e.answer == PetitionAnswer::kNotAccepted) End<PetitionClosed>(facts);
  if (e.answer == PetitionAnswer::kReturned) End<Referred>(facts);
}

void Apply(Facts&, const PetitionExtended&, const RecordedEvent&) {}

void Apply(Facts& facts, const PetitionWasClosed&, const RecordedEvent&) {
  End<PetitionClosed>(facts);
}

}  // namespace docket::clue
