/// How an evaluation's score comes about: whole numbers throughout, rounded once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/json.hpp"

namespace docket::evaluation {

/// Weights are percentages and sum to this.
inline constexpr std::int64_t kWeightTotal = 100;
/// A full score, in hundredths of a point.
inline constexpr std::int64_t kScoreMax = 10'000;

/// 考评方式: the four of XX17-3.3.
enum class Method : std::uint8_t { kSiteVisit, kMarketSubjects, kNetwork, kThirdParty };

struct Indicator {
  std::string code;  ///< Unique in its list.
  std::string title;
  std::int64_t weight = 0;  ///< Percent.
  static FieldList Fields() {
    return {Field{"code", &Indicator::code, "指标编号"}, Field{"title", &Indicator::title, "指标"},
            Field{"weight", &Indicator::weight, "权重（%）"}};
  }
};

struct MethodWeight {
  Method method = Method::kSiteVisit;
  std::int64_t weight = 0;  ///< Percent.
  static FieldList Fields() {
    return {Field{"method", &MethodWeight::method, "考评方式"},
            Field{"weight", &MethodWeight::weight, "权重（%）"}};
  }
};

/// What one method, or all of them together, give for one indicator.
struct IndicatorScore {
  std::string code;
  std::int64_t score = 0;  ///< Hundredths of a point.
  static FieldList Fields() {
    return {Field{"code", &IndicatorScore::code, "指标编号"},
            Field{"score", &IndicatorScore::score, "得分（百分之一分）"}};
  }
};

/// What was collected by one method: a score for each indicator.
struct Evidence {
  Method method = Method::kSiteVisit;
  std::vector<IndicatorScore> scores;
  static FieldList Fields() {
    return {Field{"method", &Evidence::method, "考评方式"},
            Field{"scores", &Evidence::scores, "各指标得分"}};
  }
};

struct Result {
  std::int64_t total = 0;  ///< Hundredths of a point, 0 to kScoreMax.
  std::vector<IndicatorScore> by_indicator;
};

/// The weighted mean over the methods that there is evidence of, for each indicator, and of these
/// by the indicators' weights: a waived method's weight goes to the others in proportion. Each
/// number is computed from the evidence itself and rounded half up, once. Wants some evidence, a
/// weight above zero for its methods, and every indicator in it.
Result ScoreOf(const std::vector<Indicator>& indicators, const std::vector<MethodWeight>& methods,
               const std::vector<Evidence>& evidence);

}  // namespace docket::evaluation

namespace docket {

template <>
struct EnumTable<evaluation::Method> {
  using E = evaluation::Method;
  static constexpr std::array kNames{
      EnumName<E>{E::kSiteVisit, "site_visit", "实地查看"},
      EnumName<E>{E::kMarketSubjects, "market_subjects", "市场主体评价"},
      EnumName<E>{E::kNetwork, "network", "网络评价"},
      EnumName<E>{E::kThirdParty, "third_party", "第三方评估"}};
};

}  // namespace docket
