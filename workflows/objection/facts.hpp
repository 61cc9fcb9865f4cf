/// What is known of an objection: the fold of its events.
#pragma once

#include <optional>
#include <string>

#include "workflows/objection/commands.hpp"

namespace docket::objection {

struct Facts {
  std::string state = "draft";
  std::optional<Kind> kind;
  RegionCode region;
  std::optional<Industry> industry;
  UnitId unit;  ///< The department that entered it; empty for what came through the portal.
  UnitId addressee;
  std::optional<ProjectCode> project;
  std::string project_name;
  std::optional<StreamId> source;
  bool mandatory_tender = false;
  ActorId lodged_by;
  bool late = false;  ///< Raised after its limit; answered all the same.
  std::optional<Date> received_on;
  std::optional<Date> answer_due_on;  ///< Absent where no law sets a limit.
  std::optional<Date> answered_on;
  bool trade_suspended = false;
  bool report_owed = false;
  std::optional<StreamId> complaint;
  std::string outcome;

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"kind", &Facts::kind, "异议类型"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"industry", &Facts::industry, "行业领域"},
            Field{"unit", &Facts::unit, "登记单位"},
            Field{"addressee", &Facts::addressee, "被异议单位"},
            Field{"project", &Facts::project, "项目编号"},
            Field{"project_name", &Facts::project_name, "项目名称"},
            Field{"source", &Facts::source, "来源案卷"},
            Field{"mandatory_tender", &Facts::mandatory_tender, "依法必须招标"},
            Field{"lodged_by", &Facts::lodged_by, "提交账号"},
            Field{"late", &Facts::late, "逾期提出"},
            Field{"received_on", &Facts::received_on, "收到日期"},
            Field{"answer_due_on", &Facts::answer_due_on, "答复期满日"},
            Field{"answered_on", &Facts::answered_on, "答复日期"},
            Field{"trade_suspended", &Facts::trade_suspended, "交易暂停"},
            Field{"report_owed", &Facts::report_owed, "待报送处理结果"},
            Field{"complaint", &Facts::complaint, "投诉案卷"},
            Field{"outcome", &Facts::outcome, "结果"}};
  }
};

}  // namespace docket::objection
