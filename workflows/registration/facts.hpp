/// What is known of a registration: the fold of its events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "workflows/registration/commands.hpp"

namespace docket::registration {

struct Facts {
  std::string state = "draft";
  std::optional<ItemKind> kind;
  RegionCode region;
  std::optional<Industry> industry;
  std::optional<ProjectCode> project;
  std::optional<std::string> project_name;
  std::optional<Stage> stage;
  std::optional<StreamId> source;
  std::optional<Applicant> applicant;
  ActorId submitted_by;
  std::optional<Date> received_on;
  std::optional<Date> file_received_on;  ///< As it is now: of the correction, where one came.
  std::vector<std::string> required;     ///< Names of the checklist.
  UnitId unit;                           ///< The department that took it.
  std::vector<ActorId> handlers;
  std::vector<ActorId> recused;
  bool correction_was_requested = false;
  bool deemed = false;
  std::optional<std::int64_t> prescribed_workdays;
  std::optional<std::int64_t> promised_workdays;
  bool review_passed = false;  ///< The latest review, of this version.
  std::int64_t version = 0;    ///< Of the entry; 0 before there is one.
  std::string entry_no;
  std::string outcome;

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"kind", &Facts::kind, "登记事项"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"industry", &Facts::industry, "行业领域"},
            Field{"project", &Facts::project, "招标项目编号"},
            Field{"project_name", &Facts::project_name, "项目名称"},
            Field{"stage", &Facts::stage, "阶段"},
            Field{"source", &Facts::source, "来源案卷"},
            Field{"applicant", &Facts::applicant, "申请人", Subject::kComplainant},
            Field{"submitted_by", &Facts::submitted_by, "提交账号"},
            Field{"received_on", &Facts::received_on, "收到日期"},
            Field{"file_received_on", &Facts::file_received_on, "材料收到日期"},
            Field{"required", &Facts::required, "应提交材料"},
            Field{"unit", &Facts::unit, "承办单位"},
            Field{"handlers", &Facts::handlers, "承办人"},
            Field{"recused", &Facts::recused, "回避人员"},
            Field{"correction_was_requested", &Facts::correction_was_requested, "已告知补正"},
            Field{"deemed", &Facts::deemed, "视为受理"},
            Field{"prescribed_workdays", &Facts::prescribed_workdays, "规定期限（工作日）"},
            Field{"promised_workdays", &Facts::promised_workdays, "承诺期限（工作日）"},
            Field{"review_passed", &Facts::review_passed, "审查通过"},
            Field{"version", &Facts::version, "登记版本"},
            Field{"entry_no", &Facts::entry_no, "登记编号"},
            Field{"outcome", &Facts::outcome, "办理结果"}};
  }
};

}  // namespace docket::registration
