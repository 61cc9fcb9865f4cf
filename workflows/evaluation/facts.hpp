/// What is known of an evaluation: the fold of its events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/evaluation/commands.hpp"

namespace docket::evaluation {

struct Facts {
  std::string state = "unplanned";
  std::optional<Kind> kind;
  std::optional<Date> year_starts_on;
  RegionCode region;
  UnitId object;
  std::optional<StreamId> source;
  std::vector<Indicator> indicators;
  std::vector<MethodWeight> methods;
  std::int64_t poor_below = 0;
  std::vector<ActorId> evaluators;
  std::vector<Evidence> evidence;
  std::vector<Method> waived;
  std::optional<std::int64_t> score;
  std::vector<Measure> measures;

  bool IsPoor() const { return score && *score < poor_below; }

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"kind", &Facts::kind, "考评类型"},
            Field{"year_starts_on", &Facts::year_starts_on, "考评年度起始日"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"object", &Facts::object, "考评对象"},
            Field{"source", &Facts::source, "来源案卷"},
            Field{"indicators", &Facts::indicators, "考评指标"},
            Field{"methods", &Facts::methods, "考评方式权重"},
            Field{"poor_below", &Facts::poor_below, "较差分数线（百分之一分）"},
            Field{"evaluators", &Facts::evaluators, "考评人员"},
            Field{"evidence", &Facts::evidence, "考评情况"},
            Field{"waived", &Facts::waived, "免用的考评方式"},
            Field{"score", &Facts::score, "得分（百分之一分）"},
            Field{"measures", &Facts::measures, "措施"}};
  }
};

}  // namespace docket::evaluation
