/// What is known of a filing: the fold of its events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "workflows/filing/commands.hpp"

namespace docket::filing {

struct Facts {
  std::string state = "planned";
  std::optional<Type> type;
  RegionCode region;
  std::optional<Industry> industry;
  std::optional<ProjectCode> project;
  std::optional<SectionCode> section;
  std::string project_name;
  std::optional<Stage> stage;
  std::optional<StreamId> source;
  std::optional<Date> triggered_on;
  std::string legal_basis;
  bool mandatory_tender = false;
  std::optional<ObligedParty> obliged;
  std::optional<std::int64_t> limit_workdays;
  UnitId unit;  ///< The department that created it or took it.
  std::vector<ActorId> handlers;
  std::vector<ActorId> recused;
  std::vector<ActorId> reviewed;  ///< Who gave a first opinion.
  std::int64_t submissions = 0;   ///< Versions that were submitted.
  std::optional<Instant> submitted_at;
  std::optional<Date> done_on;
  std::optional<Instant> fulfilled_at;  ///< Of the first submission that was taken.
  bool late = false;                    ///< That one came after the limit.
  bool overdue = false;                 ///< The limit ran out and nothing has been taken.
  std::optional<Date> correct_by;
  std::optional<StreamId> newer;
  std::int64_t performance_records = 0;
  std::optional<Date> check_on;
  std::string outcome;

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"type", &Facts::type, "备案类型"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"industry", &Facts::industry, "行业领域"},
            Field{"project", &Facts::project, "招标项目编号"},
            Field{"section", &Facts::section, "标段编号"},
            Field{"project_name", &Facts::project_name, "项目名称"},
            Field{"stage", &Facts::stage, "阶段"},
            Field{"source", &Facts::source, "来源案卷"},
            Field{"triggered_on", &Facts::triggered_on, "触发日期"},
            Field{"legal_basis", &Facts::legal_basis, "法律依据"},
            Field{"mandatory_tender", &Facts::mandatory_tender, "依法必须招标"},
            Field{"obliged", &Facts::obliged, "义务人", Subject::kRespondent},
            Field{"limit_workdays", &Facts::limit_workdays, "设定期限（工作日）"},
            Field{"unit", &Facts::unit, "承办单位"},
            Field{"handlers", &Facts::handlers, "初审人"},
            Field{"recused", &Facts::recused, "回避人员"},
            Field{"reviewed", &Facts::reviewed, "已初审"},
            Field{"submissions", &Facts::submissions, "报送次数"},
            Field{"submitted_at", &Facts::submitted_at, "报送时间"},
            Field{"done_on", &Facts::done_on, "履行日期"},
            Field{"fulfilled_at", &Facts::fulfilled_at, "义务履行时间"},
            Field{"late", &Facts::late, "逾期履行"},
            Field{"overdue", &Facts::overdue, "逾期未报"},
            Field{"correct_by", &Facts::correct_by, "整改期限"},
            Field{"newer", &Facts::newer, "新版本案卷"},
            Field{"performance_records", &Facts::performance_records, "履约信息条数"},
            Field{"check_on", &Facts::check_on, "检查日期"},
            Field{"outcome", &Facts::outcome, "办理结果"}};
  }
};

}  // namespace docket::filing
