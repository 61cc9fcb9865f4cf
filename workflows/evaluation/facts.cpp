#include "workflows/evaluation/facts.hpp"

#include <algorithm>

#include "workflows/evaluation/events.hpp"
#include "workflows/evaluation/states.hpp"

namespace docket::evaluation {

EvaluationOpened EvaluationOpened::From(const Open& c, const Facts& facts, const Context&) {
  const auto parts = facts.year_starts_on->Parts();
  const int next_year = static_cast<int>(parts.year()) + 1;
  const auto month = static_cast<unsigned>(parts.month());
  auto next = Date::FromParts(next_year, month, static_cast<unsigned>(parts.day()));
  if (!next) next = Date::FromParts(next_year, 3, 1);  // It started on 29 February.
  return {c, *next - 1};
}

ScoreComputed ScoreComputed::From(const Score&, const Facts& facts, const Context&) {
  auto result = ScoreOf(facts.indicators, facts.methods, facts.evidence);
  return {result.total, std::move(result.by_indicator), result.total < facts.poor_below};
}

void Apply(Facts& facts, const EvaluationPlanned& e, const RecordedEvent&) {
  facts.state = Planned::kName;
  facts.kind = e.kind;
  facts.region = e.region;
  facts.object = e.object;
  facts.year_starts_on = e.year_starts_on;
  facts.source = e.source;
}

void Apply(Facts& facts, const IndicatorsWereSet& e, const RecordedEvent&) {
  facts.state = IndicatorsSet::kName;
  facts.indicators = e.indicators;
  facts.methods = e.methods;
  facts.poor_below = e.poor_below;
}

void Apply(Facts& facts, const EvaluationOpened& e, const RecordedEvent&) {
  facts.state = Opened::kName;
  facts.evaluators = e.evaluators;
}

void Apply(Facts& facts, const EvidenceRecorded& e, const RecordedEvent&) {
  facts.evidence.push_back({e.method, e.scores});
}

void Apply(Facts& facts, const EvidenceWaived& e, const RecordedEvent&) {
  facts.waived.push_back(e.method);
}

void Apply(Facts& facts, const ScoreComputed& e, const RecordedEvent&) {
  facts.state = Scored::kName;
  facts.score = e.score;
}

void Apply(Facts& facts, const DraftWasShown&, const RecordedEvent&) {
  facts.state = DraftShown::kName;
}

void Apply(Facts& facts, const ObjectionWasRaised&, const RecordedEvent&) {
  facts.state = ObjectionRaised::kName;
}

void Apply(Facts& facts, const ObjectionAnswered& e, const RecordedEvent&) {
  if (!e.upheld) {
    facts.state = DraftShown::kName;
    return;
  }
  facts.state = Opened::kName;
  facts.score.reset();
  std::erase_if(facts.evidence, [&](const Evidence& one) {
    return std::find(e.methods.begin(), e.methods.end(), one.method) != e.methods.end();
  });
}

void Apply(Facts& facts, const ResultFinalised&, const RecordedEvent&) {
  facts.state = Final::kName;
}

void Apply(Facts& facts, const ResultPublished&, const RecordedEvent&) {
  facts.state = Published::kName;
}

void Apply(Facts& facts, const MeasureTaken& e, const RecordedEvent&) {
  facts.measures.push_back(e.measure);
}

void Apply(Facts& facts, const ServiceWasCancelled&, const RecordedEvent&) {
  facts.state = ServiceCancelled::kName;
  facts.measures.push_back(Measure::kServiceCancellation);
}

void Apply(Facts& facts, const EvaluationCompleted&, const RecordedEvent&) {
  facts.state = Completed::kName;
}

}  // namespace docket::evaluation
