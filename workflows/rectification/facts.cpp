#include "workflows/engine/department_guards.hpp"
#include "workflows/rectification/events.hpp"
#include "workflows/rectification/states.hpp"

namespace docket::rectification {

RectificationDrafted RectificationDrafted::From(const Draft& c, const Facts&, const Context&) {
  const auto* line = FindCompetence(c.issuer, c.addressee_kind, c.breach);
  return {c, std::string(line->article), line->form};
}

std::optional<PersonsHandlingDue> PersonsHandlingDue::From(const Order&, const Facts& facts,
                                                           const Context&) {
  const bool is_due =
      facts.breach == Breach::kSecrecyLeak && facts.is_serious && !facts.persons_due;
  return is_due ? std::optional(PersonsHandlingDue{facts.article}) : std::nullopt;
}

std::optional<PersonsHandlingDue> PersonsHandlingDue::From(const FindRefusal&, const Facts& facts,
                                                           const Context&) {
  const auto* line = FindCompetence(facts.issuer, facts.addressee_kind, facts.breach);
  if (line == nullptr || !line->persons_follow || facts.persons_due) return std::nullopt;
  return PersonsHandlingDue{facts.article};
}

std::optional<CircularDue> CircularDue::From(const FindRefusal&, const Facts& facts,
                                             const Context&) {
  const auto* line = FindCompetence(facts.issuer, facts.addressee_kind, facts.breach);
  if (line == nullptr || !line->circular_follows) return std::nullopt;
  return CircularDue{facts.article};
}

void Apply(Facts& facts, const RectificationDrafted& e, const RecordedEvent& envelope) {
  facts.state = Drafted::kName;
  facts.region = e.region;
  facts.industry = e.industry;
  facts.project = e.project;
  facts.project_name = e.project_name.value_or("");
  facts.source = e.source;
  facts.issuer = e.issuer;
  if (envelope.role != Role::kProcessManager) facts.unit = envelope.unit;
  facts.addressee_kind = e.addressee_kind;
  facts.addressee = e.addressee;
  facts.account = e.account;
  facts.breach = e.breach;
  facts.article = e.article;
  facts.form = e.form;
}

void Apply(Facts& facts, const OrderPrepared& e, const RecordedEvent& envelope) {
  facts.state = Prepared::kName;
  facts.unit = envelope.unit;
  if (!ContainsActor(facts.handlers, envelope.actor)) facts.handlers.push_back(envelope.actor);
  facts.due_on = e.due_on;
  facts.is_serious = e.is_serious;
}

void Apply(Facts& facts, const OrderIssued& e, const RecordedEvent&) {
  facts.state = Ordered::kName;
  facts.due_on = e.due_on;
  ++facts.orders;
  facts.extended = false;
}

// What was sent stands in the log; the state is the order's.
void Apply(Facts&, const CriticismCirculated&, const RecordedEvent&) {}

void Apply(Facts& facts, const OrderReceived&, const RecordedEvent&) {
  facts.state = Received::kName;
}

// Progress is for the reader and changes nothing.
void Apply(Facts&, const ProgressReported&, const RecordedEvent&) {}

void Apply(Facts& facts, const LimitExtended& e, const RecordedEvent&) {
  facts.due_on = e.due_on;
  facts.extended = true;
}

void Apply(Facts& facts, const ResultReported&, const RecordedEvent&) {
  facts.state = Reported::kName;
}

void Apply(Facts& facts, const InspectionPassed&, const RecordedEvent&) {
  facts.state = Passed::kName;
  facts.outcome = Passed::kName;
}

void Apply(Facts& facts, const InspectionFailed&, const RecordedEvent&) {
  facts.state = Failed::kName;
}

void Apply(Facts& facts, const RefusalEstablished&, const RecordedEvent&) {
  facts.state = RefusalFound::kName;
  facts.outcome = RefusalFound::kName;
}

void Apply(Facts& facts, const PersonsHandlingDue&, const RecordedEvent&) {
  facts.persons_due = true;
}

void Apply(Facts& facts, const CircularDue&, const RecordedEvent&) { facts.circular_due = true; }

void Apply(Facts& facts, const PersonsHandled&, const RecordedEvent&) {
  facts.persons_handled = true;
}

void Apply(Facts& facts, const CircularSent&, const RecordedEvent&) { facts.circulated = true; }

void Apply(Facts& facts, const MeasureImposed& e, const RecordedEvent&) {
  facts.measures.push_back(e.measure);
}

void Apply(Facts& facts, const RectificationClosed&, const RecordedEvent&) {
  facts.state = Closed::kName;
}

void Apply(Facts& facts, const RectificationRevoked&, const RecordedEvent&) {
  facts.state = Revoked::kName;
  facts.outcome = Revoked::kName;
}

}  // namespace docket::rectification
