/// What can be done with an evaluation, and the words it is done in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/trade.hpp"
#include "workflows/engine/case_engine.hpp"
#include "workflows/evaluation/scoring.hpp"

namespace docket::evaluation {

/// Whom or what is evaluated.
enum class Kind : std::uint8_t {
  kTradingCentre,  ///< 平台运行服务机构, every year (XX17-3.3).
  kDepartment,     ///< Electronic supervision, city by city (FJ18-11(3)).
  kRegion,         ///< 目标管理考核 of governments (FJ16-7).
  kEffect,         ///< What the analysis of a platform's data achieves (FJ18-13(4)).
};

struct PlanEvaluation {
  static constexpr std::string_view kName = "plan_evaluation", kZh = "考评立项";
  RegionCode region;
  Kind kind = Kind::kTradingCentre;
  UnitId object;
  Date year_starts_on;  ///< First day of the year that is evaluated.
  std::optional<StreamId> source{};
  static FieldList Fields() {
    return {Field{"region", &PlanEvaluation::region, "行政区划代码"},
            Field{"kind", &PlanEvaluation::kind, "考评类型"},
            Field{"object", &PlanEvaluation::object, "考评对象"},
            Field{"year_starts_on", &PlanEvaluation::year_starts_on, "考评年度起始日"},
            Field{"source", &PlanEvaluation::source, "来源案卷"}};
  }
};

/// All of them; once more, and they take the place of the earlier ones.
struct SetIndicators {
  static constexpr std::string_view kName = "set_indicators", kZh = "设定考评指标";
  std::vector<Indicator> indicators;
  std::vector<MethodWeight> methods;
  std::int64_t poor_below = 0;  ///< In hundredths: a score below it is a poor one (较差).
  static FieldList Fields() {
    return {Field{"indicators", &SetIndicators::indicators, "考评指标"},
            Field{"methods", &SetIndicators::methods, "考评方式权重"},
            Field{"poor_below", &SetIndicators::poor_below, "较差分数线（百分之一分）"}};
  }
};

struct Open {
  static constexpr std::string_view kName = "open", kZh = "启动考评";
  std::vector<ActorId> evaluators;
  static FieldList Fields() { return {Field{"evaluators", &Open::evaluators, "考评人员"}}; }
};

struct RecordEvidence {
  static constexpr std::string_view kName = "record_evidence", kZh = "登记考评情况";
  Method method = Method::kSiteVisit;
  Date collected_on;
  std::vector<IndicatorScore> scores;
  DocumentRef document;
  std::optional<CreditCode> assessor{};  ///< The third party that assessed.
  static FieldList Fields() {
    return {Field{"method", &RecordEvidence::method, "考评方式"},
            Field{"collected_on", &RecordEvidence::collected_on, "完成日期"},
            Field{"scores", &RecordEvidence::scores, "各指标得分"},
            Field{"document", &RecordEvidence::document, "考评材料"},
            Field{"assessor", &RecordEvidence::assessor, "第三方统一社会信用代码"}};
  }
};

struct WaiveEvidence {
  static constexpr std::string_view kName = "waive_evidence", kZh = "免用考评方式";
  Method method = Method::kSiteVisit;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"method", &WaiveEvidence::method, "考评方式"},
            Field{"reason", &WaiveEvidence::reason, "理由", Subject::kParties}};
  }
};

/// Says nothing: the score follows from evidence and weights.
struct Score {
  static constexpr std::string_view kName = "score", kZh = "计算得分";
  static FieldList Fields() { return {}; }
};

struct ShowDraft {
  static constexpr std::string_view kName = "show_draft", kZh = "告知初评结果";
  Date delivered_on;
  DocumentRef document;
  static FieldList Fields() {
    return {Field{"delivered_on", &ShowDraft::delivered_on, "送达日期"},
            Field{"document", &ShowDraft::document, "初评结果告知书"}};
  }
};

struct RaiseObjection {
  static constexpr std::string_view kName = "raise_objection", kZh = "对初评结果提出异议";
  PersonalText grounds;
  std::vector<DocumentRef> documents;
  static FieldList Fields() {
    return {Field{"grounds", &RaiseObjection::grounds, "异议理由", Subject::kParties},
            Field{"documents", &RaiseObjection::documents, "异议材料"}};
  }
};

struct AnswerObjection {
  static constexpr std::string_view kName = "answer_objection", kZh = "答复异议";
  bool upheld = false;
  PersonalText answer;
  std::vector<Method> methods;  ///< Whose evidence is set aside and is to be had anew.
  static FieldList Fields() {
    return {Field{"upheld", &AnswerObjection::upheld, "异议成立"},
            Field{"answer", &AnswerObjection::answer, "答复", Subject::kParties},
            Field{"methods", &AnswerObjection::methods, "重新考评的方式"}};
  }
};

struct Finalise {
  static constexpr std::string_view kName = "finalise", kZh = "审定结果";
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"opinion", &Finalise::opinion, "审定意见", Subject::kParties}};
  }
};

struct Publish {
  static constexpr std::string_view kName = "publish", kZh = "公布结果";
  Date published_on;
  std::string channel;
  static FieldList Fields() {
    return {Field{"published_on", &Publish::published_on, "公布日期"},
            Field{"channel", &Publish::channel, "公布渠道"}};
  }
};

struct TakeMeasure {
  static constexpr std::string_view kName = "take_measure", kZh = "采取措施";
  Measure measure = Measure::kRectification;
  PersonalText reason;
  std::optional<Date> until{};  ///< Last day of a rectification or a restriction.
  static FieldList Fields() {
    return {Field{"measure", &TakeMeasure::measure, "措施"},
            Field{"reason", &TakeMeasure::reason, "理由", Subject::kParties},
            Field{"until", &TakeMeasure::until, "截止日期"}};
  }
};

struct CancelService {
  static constexpr std::string_view kName = "cancel_service", kZh = "取消提供服务资格";
  Date effective_on;
  PersonalText reason;
  DocumentRef decision;
  static FieldList Fields() {
    return {Field{"effective_on", &CancelService::effective_on, "生效日期"},
            Field{"reason", &CancelService::reason, "理由", Subject::kParties},
            Field{"decision", &CancelService::decision, "决定书"}};
  }
};

struct Complete {
  static constexpr std::string_view kName = "complete", kZh = "办结";
  static FieldList Fields() { return {}; }
};

}  // namespace docket::evaluation

namespace docket {

template <>
struct EnumTable<evaluation::Kind> {
  using E = evaluation::Kind;
  static constexpr std::array kNames{
      EnumName<E>{E::kTradingCentre, "trading_centre", "平台运行服务机构考评"},
      EnumName<E>{E::kDepartment, "department", "电子监督管理工作评价"},
      EnumName<E>{E::kRegion, "region", "目标管理考核"},
      EnumName<E>{E::kEffect, "effect", "数据分析效果评估"}};
};

}  // namespace docket
