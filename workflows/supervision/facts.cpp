#include "workflows/supervision/facts.hpp"

#include <algorithm>

#include "workflows/supervision/events.hpp"
#include "workflows/supervision/guards.hpp"
#include "workflows/supervision/states.hpp"

namespace docket::supervision {

namespace {

/// A stored event may name what this case never forwarded: then there is nothing to mark.
template <class Mark>
void MarkForwarding(Facts& facts, const std::string& code, const Mark& mark) {
  const auto found = std::find_if(facts.forwardings.begin(), facts.forwardings.end(),
                                  [&](const Forwarding& one) { return one.code == code; });
  if (found != facts.forwardings.end()) mark(*found);
}

}  // namespace

ItemIssued ItemIssued::From(const Issue& c, const Facts&, const Context& context) {
  ItemIssued event{c};
  event.issuer = c.issuer.value_or(context.unit);
  return event;
}

std::vector<Claim> ItemIssued::Claims(const Facts&) const {
  return {{.kind = Claim::Kind::kTake,
           .registry = std::string(kCodeRegistry),
           .name = code,
           .taken = kCodeTaken}};
}

ItemForwarded ItemForwarded::From(const Forward& c, const Facts& facts, const Context&) {
  return {c, facts.code + "-" + std::to_string(facts.forwardings.size() + 1), facts.addressee};
}

void Apply(Facts& facts, const ItemIssued& e, const RecordedEvent& event) {
  facts.state = Issued::kName;
  facts.kind = e.kind;
  facts.code = e.code;
  facts.issuer = e.issuer.value_or(event.unit);
  facts.addressee = e.addressee;
  facts.region = e.region;
  facts.industry = e.industry;
  facts.project = e.project;
  facts.project_name = e.project_name;
  facts.stage = e.stage;
  facts.source = e.source;
  facts.parent = e.parent;
  facts.issued_on = event.occurred_at.ChinaDate();
  facts.limit_on = e.limit_on;
}

void Apply(Facts& facts, const ItemSignedFor& e, const RecordedEvent&) {
  facts.state = SignedFor::kName;
  facts.handlers = e.handlers;
}

void Apply(Facts& facts, const HandlersAppointed& e, const RecordedEvent&) {
  facts.handlers = e.handlers;
}

void Apply(Facts& facts, const ProgressReported&, const RecordedEvent&) {
  facts.state = InProgress::kName;
}

void Apply(Facts& facts, const ItemForwarded& e, const RecordedEvent&) {
  facts.forwardings.push_back({e.code, e.addressee, std::nullopt, std::nullopt});
}

void Apply(Facts& facts, const ChildWasOpened& e, const RecordedEvent&) {
  MarkForwarding(facts, e.code, [&](Forwarding& forwarding) { forwarding.child = e.child; });
}

void Apply(Facts& facts, const ChildWasClosed& e, const RecordedEvent&) {
  MarkForwarding(facts, e.code, [&](Forwarding& forwarding) { forwarding.outcome = e.outcome; });
}

void Apply(Facts& facts, const ItemUrged&, const RecordedEvent&) { ++facts.urged; }

void Apply(Facts& facts, const ItemOverdue&, const RecordedEvent&) { facts.overdue = true; }

void Apply(Facts& facts, const ItemCirculated&, const RecordedEvent&) { facts.circulated = true; }

void Apply(Facts& facts, const OpinionWasSubmitted&, const RecordedEvent&) {
  facts.state = OpinionSubmitted::kName;
}

void Apply(Facts& facts, const ItemClosed&, const RecordedEvent&) {
  facts.state = Closed::kName;
  facts.outcome = Closed::kName;
}

void Apply(Facts& facts, const ItemReturned& e, const RecordedEvent&) {
  facts.state = InProgress::kName;
  facts.limit_on = e.limit_on;
  facts.overdue = false;
  ++facts.returned;
}

void Apply(Facts& facts, const ItemRevoked&, const RecordedEvent&) {
  facts.state = Revoked::kName;
  facts.outcome = Revoked::kName;
}

}  // namespace docket::supervision
