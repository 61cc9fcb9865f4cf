#include "workflows/rule_register/facts.hpp"

#include "workflows/rule_register/events.hpp"
#include "workflows/rule_register/states.hpp"

namespace docket::rule_register {

RuleIssued RuleIssued::From(const Issue& c, const Facts& facts, const Context&) {
  return {c.document_number, c.issued_on, c.effective_on.value_or(c.issued_on),
          facts.made_by_office ? std::nullopt : std::optional(c.issued_on), c.document};
}

void Apply(Facts& facts, const RuleDrafted& e, const RecordedEvent& event) {
  facts.state = Drafting::kName;
  facts.unit = event.unit;
  facts.region = e.region;
  facts.industry = e.industry;
  facts.kind = e.kind;
  facts.title = e.title;
  facts.version = e.version;
  facts.parent = e.parent;
  facts.made_by_office = event.role == Role::kResourceOffice;
}

void Apply(Facts& facts, const RuleRevised&, const RecordedEvent&) {
  facts.state = Drafting::kName;
  facts.office_agrees.reset();
}

void Apply(Facts& facts, const OfficeConsulted&, const RecordedEvent&) {
  facts.state = Consulting::kName;
}

void Apply(Facts& facts, const OpinionGiven& e, const RecordedEvent&) {
  facts.state = Consulted::kName;
  facts.office_agrees = e.agrees;
}

void Apply(Facts& facts, const RuleIssued& e, const RecordedEvent&) {
  facts.state = Issued::kName;
  facts.document_number = e.document_number;
  facts.effective_on = e.effective_on;
}

void Apply(Facts& facts, const RuleInForce&, const RecordedEvent&) { facts.state = InForce::kName; }

void Apply(Facts& facts, const CopySent&, const RecordedEvent&) { facts.copied = true; }

void Apply(Facts& facts, const RuleInterpreted& e, const RecordedEvent& event) {
  facts.interpretations.push_back({event.unit, e.provision, e.issued_on});
}

void Apply(Facts& facts, const RuleReviewed& e, const RecordedEvent&) {
  facts.state = Reviewed::kName;
  facts.result = e.result;
}

void Apply(Facts& facts, const ResultPublished&, const RecordedEvent&) {
  facts.state = InForce::kName;
  ++facts.results_published;
}

void Apply(Facts& facts, const RuleSuperseded& e, const RecordedEvent&) {
  facts.state = Superseded::kName;
  facts.successor = e.successor;
}

void Apply(Facts& facts, const RuleRepealed&, const RecordedEvent&) {
  facts.state = Repealed::kName;
}

void Apply(Facts& facts, const RuleAbandoned&, const RecordedEvent&) {
  facts.state = Abandoned::kName;
}

}  // namespace docket::rule_register
