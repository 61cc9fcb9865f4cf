#include "workflows/evaluation/scoring.hpp"

#include <algorithm>

#include "domain/ensure.hpp"

namespace docket::evaluation {

namespace {

std::int64_t WeightOf(const std::vector<MethodWeight>& methods, Method method) {
  const auto found = std::find_if(methods.begin(), methods.end(),
                                  [&](const auto& one) { return one.method == method; });
  return found == methods.end() ? 0 : found->weight;
}

std::int64_t ScoreIn(const Evidence& evidence, const std::string& code) {
  const auto found = std::find_if(evidence.scores.begin(), evidence.scores.end(),
                                  [&](const auto& one) { return one.code == code; });
  ENSURE(found != evidence.scores.end(), "the evidence scores the indicator {}", code);
  return found->score;
}

/// Half up; both are not negative.
std::int64_t Rounded(std::int64_t numerator, std::int64_t denominator) {
  return (numerator + denominator / 2) / denominator;
}

}  // namespace

Result ScoreOf(const std::vector<Indicator>& indicators, const std::vector<MethodWeight>& methods,
               const std::vector<Evidence>& evidence) {
  std::int64_t present = 0;
  for (const auto& one : evidence) present += WeightOf(methods, one.method);
  ENSURE(present > 0, "there is evidence of some weight");
  Result result;
  std::int64_t weighted_total = 0;
  for (const auto& indicator : indicators) {
    std::int64_t weighted = 0;
    for (const auto& one : evidence) {
      weighted += WeightOf(methods, one.method) * ScoreIn(one, indicator.code);
    }
    result.by_indicator.push_back({indicator.code, Rounded(weighted, present)});
    weighted_total += indicator.weight * weighted;
  }
  result.total = Rounded(weighted_total, kWeightTotal * present);
  return result;
}

}  // namespace docket::evaluation
