#include "workflows/publication/guards.hpp"
#include "workflows/publication/states.hpp"

#include "workflows/engine/department_guards.hpp"
#include "workflows/engine/rulebook.hpp"

namespace docket::publication {

namespace {

constexpr Refusal kFieldNeeded{"field_needed_for_class", "该类公开须填写此项",
                               "this class asks for this field"};
constexpr Refusal kOnlyOfCirculars{"only_of_circulars", "仅通报填写此项",
                                   "only circulars have this", "FJ18-22"};

void AddForCircular(const Propose& c, FieldErrors& errors) {
  if (!c.criticism) json_detail::Add(errors, "/criticism", kFieldNeeded);
  if (c.addressees.empty()) json_detail::Add(errors, "/addressees", kFieldNeeded);
  if (!c.level) json_detail::Add(errors, "/level", kFieldNeeded);
}

}  // namespace

FieldErrors Propose::WrongFields() const {
  FieldErrors errors;
  if (IsSanction(publication_class) && !effective_on) {
    json_detail::Add(errors, "/effective_on", kFieldNeeded);
  }
  if (IsOfTrade(publication_class) && !project) {
    json_detail::Add(errors, "/project", kFieldNeeded);
  }
  if (publication_class == Class::kMatterStatus && !basis) {
    json_detail::Add(errors, "/basis", kFieldNeeded);
  }
  if (publication_class == Class::kCircular) {
    AddForCircular(*this, errors);
    return errors;
  }
  if (criticism) json_detail::Add(errors, "/criticism", kOnlyOfCirculars);
  if (!addressees.empty()) json_detail::Add(errors, "/addressees", kOnlyOfCirculars);
  if (level == CircularLevel::kRecipients) json_detail::Add(errors, "/level", kOnlyOfCirculars);
  return errors;
}

PublicationProposed PublicationProposed::From(const Propose& c, const Facts&,
                                              const Context& context) {
  PublicationProposed event{c, std::nullopt};
  if (IsOfDepartment(context.role)) event.unit = context.unit;
  if (context.role == Role::kTradingCentre) event.author = context.unit;
  return event;
}

void Apply(Facts& facts, const PublicationProposed& e, const RecordedEvent&) {
  facts.state = Candidate::kName;
  facts.publication_class = e.publication_class;
  facts.region = e.region;
  facts.industry = e.industry;
  facts.unit = e.unit.value_or(UnitId());
  facts.author = e.author.value_or(UnitId());
  facts.project = e.project;
  facts.source = e.source;
  facts.supersedes = e.supersedes;
  facts.display_until = e.display_until;
  facts.names_complainant = e.names_complainant;
  facts.level = e.level.value_or(CircularLevel::kPublic);
}

void Apply(Facts& facts, const ContentSubmitted& e, const RecordedEvent&) {
  facts.state = SecrecyReview::kName;
  facts.content = e.content.digest;
}

void Apply(Facts& facts, const SecrecyCleared&, const RecordedEvent&) {
  facts.state = Cleared::kName;
}

void Apply(Facts& facts, const RedactionRequired& e, const RecordedEvent&) {
  facts.state = Redaction::kName;
  facts.ground = e.ground;
}

void Apply(Facts& facts, const PublicationExempted& e, const RecordedEvent&) {
  facts.state = Exempt::kName;
  facts.ground = e.ground;
}

void Apply(Facts& facts, const PublicationApproved&, const RecordedEvent&) {
  facts.state = Approved::kName;
}

void Apply(Facts& facts, const PublicationMade&, const RecordedEvent& envelope) {
  facts.state = Published::kName;
  facts.published_on = envelope.occurred_at.ChinaDate();
}

void Apply(Facts& facts, const PublicationSuperseded& e, const RecordedEvent&) {
  facts.state = Superseded::kName;
  facts.successor = e.successor;
}

void Apply(Facts& facts, const SourceAnnulled& e, const RecordedEvent&) {
  facts.source_annulled_on = e.annulled_on;
}

void Apply(Facts& facts, const PublicationAbandoned& e, const RecordedEvent&) {
  facts.state = Abandoned::kName;
  facts.source_annulled_on = e.annulled_on;
}

void Apply(Facts& facts, const PublicationWithdrawn&, const RecordedEvent&) {
  facts.state = Withdrawn::kName;
}

void Apply(Facts& facts, const DisplayHasExpired&, const RecordedEvent&) {
  facts.state = DisplayExpired::kName;
}

bool ProposedByCentre::Holds(const Facts& facts, const Context& context) {
  return context.role != Role::kTradingCentre || !facts.publication_class ||
         facts.author == context.unit;
}

bool ClassOfProposer::Holds(const Propose& c, const Facts&, const Context& context) {
  const bool is_guide = c.publication_class == Class::kServiceGuide;
  if (context.role != Role::kTradingCentre) return !is_guide;
  return is_guide || IsOfTrade(c.publication_class);
}

bool DepartmentNamed::Holds(const Propose& c, const Facts&, const Context& context) {
  return c.unit || IsOfDepartment(context.role) || c.publication_class == Class::kServiceGuide;
}

bool ComplainantUnnamed::Holds(const Facts& facts, const Context& context) {
  return !facts.names_complainant || context.rules->OptionEnabled("name_complainant", facts.region);
}

bool SuccessorIsPublication::Holds(const Supersede& c, const Facts&, const Context& context) {
  return c.successor != context.case_id && c.successor.value.starts_with("publication-");
}

}  // namespace docket::publication
