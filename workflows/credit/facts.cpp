#include "workflows/credit/facts.hpp"

#include <algorithm>

#include "workflows/credit/events.hpp"
#include "workflows/credit/states.hpp"

namespace docket::credit {

namespace {

/// The entry has no effect any more; what was published still has to go.
void Finish(Facts& facts, const std::optional<Date>& take_down_from, std::string_view outcome) {
  facts.state = take_down_from ? TakingDown::kName : Closed::kName;
  facts.outcome = outcome;
}

}  // namespace

bool Restricts(const Facts& facts, const Participation& participation) {
  const bool in_force = facts.state == InForce::kName || facts.state == RepairPending::kName;
  if (!in_force || !facts.restricts) return false;
  const auto& industries = facts.scope_industries;
  const bool in_trade = industries.empty() || std::find(industries.begin(), industries.end(),
                                                        participation.industry) != industries.end();
  return in_trade && facts.scope_region.Covers(participation.region) &&
         *facts.from <= participation.on && participation.on <= *facts.until;
}

bool IsFavourable(EntryKind kind) { return kind == EntryKind::kReward; }

void Apply(Facts& facts, const EntryProposed& e, const RecordedEvent& event) {
  facts.state = Proposed::kName;
  facts.unit = e.unit;
  facts.region = e.region;
  facts.industry = e.industry;
  facts.project = e.project;
  facts.source = e.source;
  if (event.role == Role::kHandler) facts.handlers = {event.actor};
  facts.kind = e.kind;
  facts.subject = e.subject;
  facts.account = e.account;
  facts.document_number = e.decision.document_number;
  facts.aspect = e.aspect;
  facts.restricts = e.restricts;
  facts.scope_region = e.scope_region;
  facts.scope_industries = e.scope_industries;
  facts.from = e.from;
  facts.until = e.until;
}

void Apply(Facts& facts, const EntryDecided& e, const RecordedEvent&) {
  facts.state = InForce::kName;
  facts.from = e.from;
  facts.until = e.until;
  facts.outcome = InForce::kName;
}

void Apply(Facts& facts, const EntryDeclined&, const RecordedEvent&) {
  facts.state = Declined::kName;
  facts.outcome = Declined::kName;
}

void Apply(Facts& facts, const EntryPublished&, const RecordedEvent&) { facts.published = true; }

void Apply(Facts& facts, const EntryExempted&, const RecordedEvent&) { facts.exempt = true; }

void Apply(Facts& facts, const RepairApplied&, const RecordedEvent&) {
  facts.state = RepairPending::kName;
}

void Apply(Facts& facts, const RepairDenied&, const RecordedEvent&) {
  facts.state = InForce::kName;
}

void Apply(Facts& facts, const EntryRepaired& e, const RecordedEvent&) {
  Finish(facts, e.take_down_from, "repaired");
}

void Apply(Facts& facts, const EntryRevoked& e, const RecordedEvent&) {
  Finish(facts, e.take_down_from, "revoked");
}

void Apply(Facts& facts, const EntryEnded& e, const RecordedEvent&) {
  Finish(facts, e.take_down_from, "ended");
}

void Apply(Facts& facts, const EntryTakenDown&, const RecordedEvent&) {
  facts.state = Closed::kName;
}

}  // namespace docket::credit
