/// What is known of a warning: the fold of its events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/engine/workflow.hpp"
#include "workflows/warning/commands.hpp"

namespace docket::warning {

struct Facts {
  std::string state = "unraised";
  /// Of the supervision point: green again once a person has closed or corrected the warning.
  PointColour colour = PointColour::kNotSupervised;
  std::optional<PointKind> kind;
  std::optional<PointMode> mode;
  std::string point;
  std::string point_name;
  std::optional<SubjectKey> subject;
  std::optional<std::string> rule;
  std::optional<std::string> rule_version;
  RegionCode region;
  std::optional<Industry> industry;
  std::optional<ProjectCode> project;
  std::optional<std::string> project_name;
  std::optional<Stage> stage;
  std::optional<StreamId> source;
  std::optional<Date> raised_on;
  UnitId unit;  ///< The department that acts on it.
  std::vector<ActorId> handlers;
  std::vector<ActorId> recused;
  std::string before_correction;  ///< State to which a rejected correction returns.
  std::optional<UnitId> addressee;
  std::optional<ActorId> account;  ///< Through which the addressee answers.
  std::int64_t rounds = 0;         ///< How often it was issued.
  std::string outcome;             ///< State in which it ended, or as what it goes on.

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"colour", &Facts::colour, "监督点状态"},
            Field{"kind", &Facts::kind, "监督点类型"},
            Field{"mode", &Facts::mode, "触发方式"},
            Field{"point", &Facts::point, "监督点编号"},
            Field{"point_name", &Facts::point_name, "监督点名称"},
            Field{"subject", &Facts::subject, "预警事项标识"},
            Field{"rule", &Facts::rule, "预警规则"},
            Field{"rule_version", &Facts::rule_version, "规则版本"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"industry", &Facts::industry, "行业领域"},
            Field{"project", &Facts::project, "项目编号"},
            Field{"project_name", &Facts::project_name, "项目名称"},
            Field{"stage", &Facts::stage, "阶段"},
            Field{"source", &Facts::source, "来源案卷"},
            Field{"raised_on", &Facts::raised_on, "触发日期"},
            Field{"unit", &Facts::unit, "承办单位"},
            Field{"handlers", &Facts::handlers, "承办人"},
            Field{"recused", &Facts::recused, "回避人员"},
            Field{"before_correction", &Facts::before_correction, "提请纠正前状态"},
            Field{"addressee", &Facts::addressee, "预警对象单位"},
            Field{"account", &Facts::account, "预警对象账号"},
            Field{"rounds", &Facts::rounds, "发出次数"},
            Field{"outcome", &Facts::outcome, "结果"}};
  }
};

}  // namespace docket::warning
