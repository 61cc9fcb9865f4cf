#include "workflows/inspection/facts.hpp"

#include <algorithm>

#include "workflows/inspection/events.hpp"
#include "workflows/inspection/states.hpp"

namespace docket::inspection {

PlanDrafted PlanDrafted::From(const DraftPlan& c, const Facts&, const Context& context) {
  const int year = static_cast<int>(c.complete_by.Parts().year());
  PlanDrafted event{c, context.unit, year, std::nullopt};
  if (c.kind == PlanKind::kYearly) event.year_starts_on = Date::FromParts(year, 1, 1);
  return event;
}

SampleDrawn SampleDrawn::From(const DrawSample& c, const Facts& facts, const Context&) {
  Draw draw{c.seed, facts.catalogue_versions.back(), {}};
  for (const auto& entry : facts.entries) draw.codes.push_back(entry.code);
  auto drawn = DrawnCodes(draw, static_cast<std::size_t>(c.size));
  return {c, std::string(kDrawAlgorithm), std::move(draw.catalogue_version), std::move(drawn)};
}

MeasureTaken MeasureTaken::From(const TakeMeasure& c, const Facts& facts, const Context&) {
  const auto entry = std::find_if(facts.entries.begin(), facts.entries.end(),
                                  [&](const Entry& one) { return one.code == c.item; });
  ENSURE(entry != facts.entries.end(), "{} is an item", c.item);
  return {c, entry->object};
}

void Apply(Facts& facts, const PlanDrafted& e, const RecordedEvent&) {
  facts.state = Drafted::kName;
  facts.kind = e.kind;
  facts.topic = e.topic;
  facts.year = e.year;
  facts.region = e.region;
  facts.industry = e.industry;
  facts.source = e.source;
  facts.office = e.office;
  facts.catalogue_versions = {e.catalogue_version};
  facts.entries = e.entries;
}

void Apply(Facts& facts, const PlanJoined& e, const RecordedEvent&) {
  facts.departments.push_back(e.department);
  facts.handlers.insert(facts.handlers.end(), e.handlers.begin(), e.handlers.end());
}

void Apply(Facts& facts, const PlanRevised& e, const RecordedEvent&) {
  facts.state = Drafted::kName;
  facts.catalogue_versions.push_back(e.catalogue_version);
  facts.entries = e.entries;
}

void Apply(Facts& facts, const PlanApproved&, const RecordedEvent&) {
  facts.state = Approved::kName;
}

void Apply(Facts& facts, const PlanCancelled&, const RecordedEvent&) {
  facts.state = Cancelled::kName;
}

void Apply(Facts& facts, const SampleDrawn& e, const RecordedEvent&) {
  facts.state = InExecution::kName;
  facts.drawn = e.drawn;
}

void Apply(Facts& facts, const ObjectNotified& e, const RecordedEvent&) {
  facts.notified.push_back({e.item, e.notified_on});
}

void Apply(Facts& facts, const FindingRecorded& e, const RecordedEvent&) {
  const std::int64_t missing = e.projects_due.value_or(0) - e.projects_entered.value_or(0);
  facts.findings.push_back({e.item, e.department, e.result, missing, false, false});
}

void Apply(Facts& facts, const ResultWasConfirmed& e, const RecordedEvent&) {
  for (auto& finding : facts.findings) {
    if (finding.item != e.item || finding.department != e.department) continue;
    if (e.side == Side::kOffice) finding.confirmed_by_office = true;
    else finding.confirmed_by_department = true;
  }
}

void Apply(Facts& facts, const InspectionConcluded&, const RecordedEvent&) {
  facts.state = ResultsConfirmed::kName;
}

void Apply(Facts& facts, const PublicationWasProposed&, const RecordedEvent&) {
  facts.state = PublicationProposed::kName;
}

void Apply(Facts& facts, const ProposalReturned&, const RecordedEvent&) {
  facts.state = ResultsConfirmed::kName;
}

void Apply(Facts& facts, const ResultPublished&, const RecordedEvent&) {
  facts.state = Published::kName;
}

void Apply(Facts& facts, const PublicationExempted&, const RecordedEvent&) {
  facts.state = Exempt::kName;
}

void Apply(Facts& facts, const MeasureTaken& e, const RecordedEvent&) {
  facts.measures.push_back({e.item, e.measure});
}

void Apply(Facts& facts, const InspectionCompleted&, const RecordedEvent&) {
  facts.state = Completed::kName;
}

}  // namespace docket::inspection
