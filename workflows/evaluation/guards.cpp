#include "workflows/evaluation/guards.hpp"

#include <algorithm>
#include <set>

namespace docket::evaluation {

namespace {

constexpr std::size_t kMethods = EnumTable<Method>::kNames.size();
constexpr std::string_view kObjectionClock = "evaluation_objection";

/// A year may be planned so many days ahead.
constexpr int kDaysAheadMax = 366;

/// True when there is something, every weight is one at least and all are a hundred.
template <class Weighted>
bool SumToTotal(const std::vector<Weighted>& list) {
  std::int64_t sum = 0;
  for (const auto& one : list) {
    if (one.weight < 1 || one.weight > kWeightTotal) return false;
    sum += one.weight;
  }
  return sum == kWeightTotal;
}

}  // namespace

bool UnitOfPlace::Holds(const Facts& facts, const Context& context) {
  if (IsOfDepartment(context.role)) return IsCompetent(facts.region, std::nullopt, context);
  if (context.role != Role::kResourceOffice || facts.region.empty()) return true;
  return context.unit_region.Covers(facts.region);
}

bool YearAhead::Holds(const PlanEvaluation& c, const Facts&, const Context& context) {
  const int days = c.year_starts_on - context.occurred_at.ChinaDate();
  return days >= 1 && days <= kDaysAheadMax;
}

bool WeightsUsable::Usable(const std::vector<Indicator>& indicators) {
  std::set<std::string> codes;
  for (const auto& indicator : indicators) codes.insert(indicator.code);
  return codes.size() == indicators.size() && SumToTotal(indicators);
}

bool MethodsUsable::Usable(const std::vector<MethodWeight>& methods) {
  std::set<Method> different;
  for (const auto& one : methods) different.insert(one.method);
  return different.size() == kMethods && methods.size() == kMethods && SumToTotal(methods);
}

bool TwoEvaluators::Holds(const Open& c, const Facts&, const Context&) {
  const std::set<ActorId> different(c.evaluators.begin(), c.evaluators.end());
  return different.size() >= 2 && different.size() == c.evaluators.size();
}

bool EvaluatorsIndependent::Holds(const Open& c, const Facts& facts, const Context& context) {
  if (context.directory == nullptr) return true;
  return std::all_of(c.evaluators.begin(), c.evaluators.end(), [&](const ActorId& id) {
    const auto actor = context.directory->FindActor(id);
    return actor && actor->unit != facts.object;
  });
}

bool MethodOpen::IsOpen(const Facts& facts, Method method) {
  const bool had = std::any_of(facts.evidence.begin(), facts.evidence.end(),
                               [&](const Evidence& one) { return one.method == method; });
  const bool waived =
      std::find(facts.waived.begin(), facts.waived.end(), method) != facts.waived.end();
  return !had && !waived;
}

bool ScoresFit::Holds(const RecordEvidence& c, const Facts& facts, const Context&) {
  if (c.scores.size() != facts.indicators.size()) return false;
  return std::all_of(facts.indicators.begin(), facts.indicators.end(), [&](const auto& indicator) {
    return std::any_of(c.scores.begin(), c.scores.end(), [&](const IndicatorScore& one) {
      return one.code == indicator.code && one.score >= 0 && one.score <= kScoreMax;
    });
  });
}

bool MethodsSettled::Holds(const Facts& facts, const Context&) {
  return facts.evidence.size() + facts.waived.size() == kMethods;
}

bool ObjectionPeriodRuns::Holds(const Facts&, const Context& context) {
  const CaseClock* clock = context.clocks->Find(kObjectionClock);
  return clock != nullptr && clock->IsOpen() && context.occurred_at < *clock->due_at;
}

bool MeasureFitsKind::Holds(const TakeMeasure& c, const Facts& facts, const Context&) {
  if (c.measure == Measure::kServiceCancellation) return false;
  return c.measure != Measure::kTradeRestriction || facts.kind == Kind::kTradingCentre;
}

bool MeasureHasItsLimit::Holds(const TakeMeasure& c, const Facts&, const Context& context) {
  const bool has_limit =
      c.measure == Measure::kRectification || c.measure == Measure::kTradeRestriction;
  if (!has_limit) return !c.until;
  return c.until && *c.until > context.occurred_at.ChinaDate();
}

}  // namespace docket::evaluation
