/// What is known of an investigation: the fold of its events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/engine/workflow.hpp"
#include "workflows/investigation/commands.hpp"

namespace docket::investigation {

struct Facts {
  std::string state = "unopened";
  RegionCode region;
  std::optional<Industry> industry;
  std::optional<ProjectCode> project;
  std::string project_name;
  std::optional<StreamId> source;
  Matter matter = Matter::kViolation;
  std::optional<Violation> violation;
  std::optional<ActorId> account;  ///< Through which the party answers; else on paper.
  UnitId unit;  ///< Empty until a department files what another case brought about.
  std::vector<ActorId> handlers;
  std::vector<ActorId> recused;
  std::optional<Outcome> proposal;
  bool is_complex = false;
  std::vector<Penalty> noticed;  ///< Penalties of the latest prior notice.
  std::int64_t noticed_yuan = 0;
  bool hearing_offered = false;  ///< The notice is of a class of 行政处罚法 63.
  bool is_waived = false;
  ActorId presider;
  std::optional<Date> hearing_on;
  bool crime_reported = false;
  bool transfer_approved = false;
  std::string outcome;
  std::int64_t penalty_yuan = 0;
  bool executed = false;
  std::string published_in;
  bool annulled = false;
  bool take_down_due = false;

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"industry", &Facts::industry, "行业领域"},
            Field{"project", &Facts::project, "招标项目编号"},
            Field{"project_name", &Facts::project_name, "项目名称"},
            Field{"source", &Facts::source, "来源案卷"},
            Field{"matter", &Facts::matter, "案由类别"},
            Field{"violation", &Facts::violation, "违法行为"},
            Field{"account", &Facts::account, "当事人账号"},
            Field{"unit", &Facts::unit, "承办单位"},
            Field{"handlers", &Facts::handlers, "承办人"},
            Field{"recused", &Facts::recused, "回避人员"},
            Field{"proposal", &Facts::proposal, "处理建议"},
            Field{"is_complex", &Facts::is_complex, "情节复杂或者重大违法"},
            Field{"noticed", &Facts::noticed, "告知的处罚种类"},
            Field{"noticed_yuan", &Facts::noticed_yuan, "告知的罚没金额（元）"},
            Field{"hearing_offered", &Facts::hearing_offered, "可以要求听证"},
            Field{"is_waived", &Facts::is_waived, "已放弃"},
            Field{"presider", &Facts::presider, "听证主持人"},
            Field{"hearing_on", &Facts::hearing_on, "听证日期"},
            Field{"crime_reported", &Facts::crime_reported, "已报告涉嫌犯罪"},
            Field{"transfer_approved", &Facts::transfer_approved, "已批准移送"},
            Field{"outcome", &Facts::outcome, "结果"},
            Field{"penalty_yuan", &Facts::penalty_yuan, "罚没金额（元）"},
            Field{"executed", &Facts::executed, "已执行"},
            Field{"published_in", &Facts::published_in, "公开渠道"},
            Field{"annulled", &Facts::annulled, "已被撤销"},
            Field{"take_down_due", &Facts::take_down_due, "应撤回公开信息"}};
  }
};

}  // namespace docket::investigation
