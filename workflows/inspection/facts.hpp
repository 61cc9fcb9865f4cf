/// What is known of an inspection: the fold of its events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/inspection/commands.hpp"

namespace docket::inspection {

/// An object that was told, and when.
struct Notified {
  std::string item;
  Date on;
  static FieldList Fields() {
    return {Field{"item", &Notified::item, "事项编号"}, Field{"on", &Notified::on, "通知日期"}};
  }
};

/// One department's result on one item.
struct Finding {
  std::string item;
  UnitId department;
  InspectionResult result = InspectionResult::kGood;
  std::int64_t projects_missing = 0;  ///< 应进未进.
  bool confirmed_by_office = false;
  bool confirmed_by_department = false;
  static FieldList Fields() {
    return {Field{"item", &Finding::item, "事项编号"},
            Field{"department", &Finding::department, "检查部门"},
            Field{"result", &Finding::result, "检查结果"},
            Field{"projects_missing", &Finding::projects_missing, "应进未进项目数"},
            Field{"confirmed_by_office", &Finding::confirmed_by_office, "公管办已确认"},
            Field{"confirmed_by_department", &Finding::confirmed_by_department, "部门已确认"}};
  }
};

/// What followed a poor result.
struct FollowUp {
  std::string item;
  Measure measure = Measure::kCircular;
  static FieldList Fields() {
    return {Field{"item", &FollowUp::item, "事项编号"},
            Field{"measure", &FollowUp::measure, "措施"}};
  }
};

struct Facts {
  std::string state = "unplanned";
  std::optional<PlanKind> kind;
  std::optional<Topic> topic;
  std::int64_t year = 0;
  RegionCode region;
  std::optional<Industry> industry;
  std::optional<StreamId> source;
  UnitId office;                                ///< Whose plan it is.
  std::vector<std::string> catalogue_versions;  ///< Every one so far; the last is in force.
  std::vector<Entry> entries;
  std::vector<UnitId> departments;  ///< That joined.
  std::vector<ActorId> handlers;    ///< Their inspectors.
  std::vector<std::string> drawn;   ///< Codes, in the order of the draw.
  std::vector<Notified> notified;
  std::vector<Finding> findings;
  std::vector<FollowUp> measures;

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"kind", &Facts::kind, "计划类型"},
            Field{"topic", &Facts::topic, "检查类型"},
            Field{"year", &Facts::year, "年度"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"industry", &Facts::industry, "行业"},
            Field{"source", &Facts::source, "来源案卷"},
            Field{"office", &Facts::office, "拟订单位"},
            Field{"catalogue_versions", &Facts::catalogue_versions, "目录清单版本"},
            Field{"entries", &Facts::entries, "抽检目录清单"},
            Field{"departments", &Facts::departments, "会同部门"},
            Field{"handlers", &Facts::handlers, "检查人员"},
            Field{"drawn", &Facts::drawn, "抽中事项"},
            Field{"notified", &Facts::notified, "已通知"},
            Field{"findings", &Facts::findings, "检查结果"},
            Field{"measures", &Facts::measures, "后续措施"}};
  }
};

}  // namespace docket::inspection
