/// Guards and selectors of an evaluation.
#pragma once

#include "domain/rejection.hpp"
#include "workflows/engine/department_guards.hpp"
#include "workflows/evaluation/facts.hpp"

namespace docket::evaluation {

struct Upheld {
  static constexpr std::string_view kName = "upheld";
  static bool Selects(const AnswerObjection& c, const Facts&) { return c.upheld; }
};
struct NotUpheld {
  static constexpr std::string_view kName = "not_upheld";
  static bool Selects(const AnswerObjection& c, const Facts&) { return !c.upheld; }
};

/// Standing: offices and departments of the place; the object itself belongs to it anyway.
struct UnitOfPlace {
  static constexpr Refusal kRefusal{"unit_not_competent", "本单位对该考评无管辖权",
                                    "the unit is not competent for this evaluation",
                                    "FJ18-11(3)；XX17-3.3"};
  static bool Holds(const Facts& facts, const Context& context);
};
struct OfficeOfRegion {
  static constexpr Refusal kRefusal{"region_outside_office", "该行政区划不在本公管办范围内",
                                    "the region is not this office's", "XX17-3.3", "/region"};
  static bool Holds(const PlanEvaluation& c, const Facts&, const Context& context) {
    return context.unit_region.Covers(c.region);
  }
};
/// Nobody sets, opens, scores or decides the evaluation of the own unit.
struct ActorNotOfObject {
  static constexpr Refusal kRefusal{"evaluates_own_unit", "不得考评本单位",
                                    "nobody evaluates the own unit", "XX17-3.3"};
  static bool Holds(const PlanEvaluation& c, const Facts&, const Context& context) {
    return context.unit != c.object;
  }
  static bool Holds(const Facts& facts, const Context& context) {
    return context.unit != facts.object;
  }
};
struct YearAhead {
  static constexpr Refusal kRefusal{
      "evaluation_year_out_of_range", "考评年度应自今日之后一年以内开始",
      "the year starts after today and within a year", "XX17-3.3", "/year_starts_on"};
  static bool Holds(const PlanEvaluation& c, const Facts&, const Context& context);
};
/// What is measured is known before the year begins.
struct BeforeTheYear {
  static constexpr Refusal kRefusal{"indicators_frozen", "考评指标应在考评年度开始前确定",
                                    "indicators are frozen when the year begins",
                                    "XX17-3.3；FJ18-11(3)"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.occurred_at.ChinaDate() < *facts.year_starts_on;
  }
};
struct WeightsUsable {
  static constexpr Refusal kRefusal{
      "weights_unusable", "指标编号不得重复，各项权重不小于 1，合计为 100",
      "each code stands once, weights are one at least and sum to a hundred", "XX17-3.3",
      "/indicators"};
  static bool Holds(const SetIndicators& c, const Facts&, const Context&) {
    return Usable(c.indicators);
  }

 private:
  static bool Usable(const std::vector<Indicator>& indicators);
};
struct MethodsUsable {
  static constexpr Refusal kRefusal{
      "methods_unusable", "四种考评方式各一，权重不小于 1，合计为 100",
      "each of the four methods stands once, weights are one at least and sum to a hundred",
      "XX17-3.3", "/methods"};
  static bool Holds(const SetIndicators& c, const Facts&, const Context&) {
    return Usable(c.methods);
  }

 private:
  static bool Usable(const std::vector<MethodWeight>& methods);
};
struct PoorBelowFits {
  static constexpr Refusal kRefusal{"poor_below_out_of_range", "较差分数线应为 1 至 10000",
                                    "the line of a poor result is 1 to 10000", "", "/poor_below"};
  static bool Holds(const SetIndicators& c, const Facts&, const Context&) {
    return c.poor_below >= 1 && c.poor_below <= kScoreMax;
  }
};
struct YearHasBegun {
  static constexpr Refusal kRefusal{"year_not_begun", "考评年度尚未开始", "the year has not begun",
                                    "XX17-3.3"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.occurred_at.ChinaDate() >= *facts.year_starts_on;
  }
};
struct TwoEvaluators {
  static constexpr Refusal kRefusal{"two_evaluators_required", "考评人员不得少于两人且不得重复",
                                    "at least two different evaluators are needed", "",
                                    "/evaluators"};
  static bool Holds(const Open& c, const Facts&, const Context&);
};
/// 考评独立: of another unit than the object; without a directory the caller vouches.
struct EvaluatorsIndependent {
  static constexpr Refusal kRefusal{"evaluator_not_independent", "考评人员应为登记在册的外单位人员",
                                    "an evaluator is known, and of another unit than the object",
                                    "XX17-3.3", "/evaluators"};
  static bool Holds(const Open& c, const Facts& facts, const Context& context);
};
struct ByEvaluator {
  static constexpr Refusal kRefusal{"actor_not_evaluator", "仅本次考评人员可以登记",
                                    "only an evaluator of the case may do this", "XX17-3.3"};
  static bool Holds(const Facts& facts, const Context& context) {
    return ContainsActor(facts.evaluators, context.actor);
  }
};
/// Neither had nor waived.
struct MethodOpen {
  static constexpr Refusal kRefusal{"method_settled", "该考评方式已登记或已免用",
                                    "this method has its evidence, or was waived", "", "/method"};
  static bool Holds(const RecordEvidence& c, const Facts& facts, const Context&) {
    return IsOpen(facts, c.method);
  }
  static bool Holds(const WaiveEvidence& c, const Facts& facts, const Context&) {
    return IsOpen(facts, c.method);
  }

 private:
  static bool IsOpen(const Facts& facts, Method method);
};
struct CollectedByNow {
  static constexpr Refusal kRefusal{"evidence_in_future", "完成日期晚于今日",
                                    "the evidence lies in the future", "", "/collected_on"};
  static bool Holds(const RecordEvidence& c, const Facts&, const Context& context) {
    return c.collected_on <= context.occurred_at.ChinaDate();
  }
};
struct ScoresFit {
  static constexpr Refusal kRefusal{"scores_unusable", "每项指标应有且仅有一个 0 至 10000 的得分",
                                    "each indicator has one score of 0 to 10000", "", "/scores"};
  static bool Holds(const RecordEvidence& c, const Facts& facts, const Context&);
};
struct AssessorNamed {
  static constexpr Refusal kRefusal{"assessor_unusable", "第三方评估应注明第三方，其他方式不填写",
                                    "the third party, and nobody else, is named", "XX17-3.3",
                                    "/assessor"};
  static bool Holds(const RecordEvidence& c, const Facts&, const Context&) {
    return (c.method == Method::kThirdParty) == c.assessor.has_value();
  }
};
struct MethodsSettled {
  static constexpr Refusal kRefusal{"methods_unsettled", "四种考评方式尚未全部登记或免用",
                                    "one of the four methods is neither had nor waived",
                                    "XX17-3.3"};
  static bool Holds(const Facts& facts, const Context&);
};
struct SomeEvidence {
  static constexpr Refusal kRefusal{"no_evidence", "不得免用全部考评方式",
                                    "not every method can be waived", "XX17-3.3"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.evidence.empty(); }
};
struct DraftDeliveredByNow {
  static constexpr Refusal kRefusal{"delivery_in_future", "送达日期晚于今日",
                                    "the delivery lies in the future", "", "/delivered_on"};
  static bool Holds(const ShowDraft& c, const Facts&, const Context& context) {
    return c.delivered_on <= context.occurred_at.ChinaDate();
  }
};
struct ByTheObject {
  static constexpr Refusal kRefusal{"not_the_object", "仅考评对象可以提出异议",
                                    "only who was evaluated may object", "XX17-3.3"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.unit == facts.object;
  }
};
/// Once: an objection ends the period.
struct ObjectionPeriodRuns {
  static constexpr Refusal kRefusal{"objection_period_over", "异议期已届满或已提出异议",
                                    "the period for objections is over, or was used"};
  static bool Holds(const Facts&, const Context& context);
};
struct ObjectionPeriodOver {
  static constexpr Refusal kRefusal{"objection_period_running", "异议期尚未届满",
                                    "the period for objections still runs"};
  static bool Holds(const Facts& facts, const Context& context) {
    return !ObjectionPeriodRuns::Holds(facts, context);
  }
};
struct MethodsNamed {
  static constexpr Refusal kRefusal{"methods_missing", "异议成立的应指明重新考评的方式",
                                    "what is to be had anew is named", "", "/methods"};
  static bool Holds(const AnswerObjection& c, const Facts&, const Context&) {
    return !c.methods.empty();
  }
};
struct PublishedByNow {
  static constexpr Refusal kRefusal{"publication_in_future", "公布日期晚于今日",
                                    "the publication lies in the future", "", "/published_on"};
  static bool Holds(const Publish& c, const Facts&, const Context& context) {
    return c.published_on <= context.occurred_at.ChinaDate();
  }
};
struct ResultPoor {
  static constexpr Refusal kRefusal{"result_not_poor", "考评结果并非较差",
                                    "measures follow poor results only", "XX17-3.3"};
  static bool Holds(const Facts& facts, const Context&) { return facts.IsPoor(); }
};
/// The cancellation has a command of its own, and only a centre's trade can be restricted.
struct MeasureFitsKind {
  static constexpr Refusal kRefusal{"measure_not_of_kind", "该措施不适用于此类考评",
                                    "the measure does not belong to this kind of evaluation",
                                    "XX17-3.3", "/measure"};
  static bool Holds(const TakeMeasure& c, const Facts& facts, const Context&);
};
struct MeasureHasItsLimit {
  static constexpr Refusal kRefusal{"measure_limit_unusable",
                                    "限期整改、限制交易业务应有晚于今日的截止日期，其他措施不填写",
                                    "rectification and restriction, and nothing else, have a last "
                                    "day to come",
                                    "XX17-3.3", "/until"};
  static bool Holds(const TakeMeasure& c, const Facts&, const Context& context);
};
struct OfTradingCentre {
  static constexpr Refusal kRefusal{"not_a_trading_centre", "仅可取消平台运行服务机构的服务资格",
                                    "only a centre's services can be cancelled", "XX17-3.3"};
  static bool Holds(const Facts& facts, const Context&) {
    return facts.kind == Kind::kTradingCentre;
  }
};

}  // namespace docket::evaluation
