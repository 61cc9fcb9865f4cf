/// Events of an evaluation. Stored format: add a version instead of changing one.
#pragma once

#include <variant>

#include "workflows/engine/workflow.hpp"
#include "workflows/evaluation/facts.hpp"

namespace docket::evaluation {

struct EvaluationPlanned : PlanEvaluation {
  static constexpr std::string_view kType = "evaluation.planned", kZh = "考评已立项";
};
struct IndicatorsWereSet : SetIndicators {
  static constexpr std::string_view kType = "evaluation.indicators_set", kZh = "考评指标已设定";
};
struct EvaluationOpened : Open {
  static constexpr std::string_view kType = "evaluation.opened", kZh = "考评已启动";
  Date year_ends_on;  ///< From which the result is due.
  static EvaluationOpened From(const Open& c, const Facts& facts, const Context&);
  static FieldList Fields() {
    return FieldList(
        Open::Fields(),
        FieldList{Field{"year_ends_on", &EvaluationOpened::year_ends_on, "年度终止日"}});
  }
};
struct EvidenceRecorded : RecordEvidence {
  static constexpr std::string_view kType = "evaluation.evidence_recorded", kZh = "考评情况已登记";
};
struct EvidenceWaived : WaiveEvidence {
  static constexpr std::string_view kType = "evaluation.evidence_waived", kZh = "已免用考评方式";
};
struct ScoreComputed {
  static constexpr std::string_view kType = "evaluation.scored", kZh = "得分已计算";
  std::int64_t score = 0;  ///< Hundredths of a point.
  std::vector<IndicatorScore> by_indicator;
  bool poor = false;
  static ScoreComputed From(const Score&, const Facts& facts, const Context&);
  static FieldList Fields() {
    return {Field{"score", &ScoreComputed::score, "得分（百分之一分）"},
            Field{"by_indicator", &ScoreComputed::by_indicator, "各指标得分"},
            Field{"poor", &ScoreComputed::poor, "结果较差"}};
  }
};
struct DraftWasShown : ShowDraft {
  static constexpr std::string_view kType = "evaluation.draft_shown", kZh = "初评结果已告知";
};
struct ObjectionWasRaised : RaiseObjection {
  static constexpr std::string_view kType = "evaluation.objection_raised", kZh = "已提出异议";
};
struct ObjectionAnswered : AnswerObjection {
  static constexpr std::string_view kType = "evaluation.objection_answered", kZh = "异议已答复";
};
struct ResultFinalised : Finalise {
  static constexpr std::string_view kType = "evaluation.finalised", kZh = "结果已审定";
};
struct ResultPublished : Publish {
  static constexpr std::string_view kType = "evaluation.published", kZh = "结果已公布";
};
/// Brings about the rectification or the restriction in a case of its own.
struct MeasureTaken : TakeMeasure {
  static constexpr std::string_view kType = "evaluation.measure_taken", kZh = "已采取措施";
  UnitId addressee;
  static MeasureTaken From(const TakeMeasure& c, const Facts& facts, const Context&) {
    return {c, facts.object};
  }
  static FieldList Fields() {
    return FieldList(TakeMeasure::Fields(),
                     FieldList{Field{"addressee", &MeasureTaken::addressee, "被考评单位"}});
  }
};
struct ServiceWasCancelled : CancelService {
  static constexpr std::string_view kType = "evaluation.service_cancelled",
                                    kZh = "提供服务资格已取消";
  UnitId addressee;
  static ServiceWasCancelled From(const CancelService& c, const Facts& facts, const Context&) {
    return {c, facts.object};
  }
  static FieldList Fields() {
    return FieldList(CancelService::Fields(),
                     FieldList{Field{"addressee", &ServiceWasCancelled::addressee, "被考评单位"}});
  }
};
struct EvaluationCompleted : Complete {
  static constexpr std::string_view kType = "evaluation.completed", kZh = "考评已办结";
};

using Event = std::variant<EvaluationPlanned, IndicatorsWereSet, EvaluationOpened, EvidenceRecorded,
                           EvidenceWaived, ScoreComputed, DraftWasShown, ObjectionWasRaised,
                           ObjectionAnswered, ResultFinalised, ResultPublished, MeasureTaken,
                           ServiceWasCancelled, EvaluationCompleted>;

void Apply(Facts& facts, const IndicatorsWereSet& e, const RecordedEvent&);
void Apply(Facts& facts, const EvaluationPlanned& e, const RecordedEvent&);
void Apply(Facts& facts, const EvaluationOpened& e, const RecordedEvent&);
void Apply(Facts& facts, const EvidenceRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const EvidenceWaived& e, const RecordedEvent&);
void Apply(Facts& facts, const ScoreComputed& e, const RecordedEvent&);
void Apply(Facts& facts, const DraftWasShown& e, const RecordedEvent&);
void Apply(Facts& facts, const ObjectionWasRaised& e, const RecordedEvent&);
void Apply(Facts& facts, const ObjectionAnswered& e, const RecordedEvent&);
void Apply(Facts& facts, const ResultFinalised& e, const RecordedEvent&);
void Apply(Facts& facts, const ResultPublished& e, const RecordedEvent&);
void Apply(Facts& facts, const MeasureTaken& e, const RecordedEvent&);
void Apply(Facts& facts, const ServiceWasCancelled& e, const RecordedEvent&);
void Apply(Facts& facts, const EvaluationCompleted& e, const RecordedEvent&);

}  // namespace docket::evaluation
