/// What is known of a supervision item: the fold of its events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/engine/workflow.hpp"
#include "workflows/supervision/commands.hpp"

namespace docket::supervision {

/// One item that was forwarded, and what became of it.
struct Forwarding {
  std::string code;
  UnitId addressee;
  std::optional<StreamId> child;
  std::optional<ChildOutcome> outcome;

  static FieldList Fields() {
    return {Field{"code", &Forwarding::code, "督办编号"},
            Field{"addressee", &Forwarding::addressee, "承办单位"},
            Field{"child", &Forwarding::child, "转办案卷"},
            Field{"outcome", &Forwarding::outcome, "转办结果"}};
  }
};

struct Facts {
  std::string state = "unissued";
  std::optional<ItemKind> kind;
  std::string code;
  UnitId issuer;
  UnitId addressee;
  RegionCode region;
  std::optional<Industry> industry;
  std::optional<ProjectCode> project;
  std::optional<std::string> project_name;
  std::optional<Stage> stage;
  std::optional<StreamId> source;
  std::optional<StreamId> parent;
  std::optional<Date> issued_on;
  std::optional<Date> limit_on;
  std::vector<ActorId> handlers;
  std::vector<Forwarding> forwardings;
  std::int64_t urged = 0;     ///< How often (催办次数).
  std::int64_t returned = 0;  ///< How often (退回重办次数).
  bool overdue = false;       ///< Until it is answered within a new limit.
  bool circulated = false;
  std::string outcome;

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"kind", &Facts::kind, "事项类型"},
            Field{"code", &Facts::code, "督办编号"},
            Field{"issuer", &Facts::issuer, "下达单位"},
            Field{"addressee", &Facts::addressee, "承办单位"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"industry", &Facts::industry, "行业领域"},
            Field{"project", &Facts::project, "项目编号"},
            Field{"project_name", &Facts::project_name, "项目名称"},
            Field{"stage", &Facts::stage, "阶段"},
            Field{"source", &Facts::source, "来源案卷"},
            Field{"parent", &Facts::parent, "上级督办事项"},
            Field{"issued_on", &Facts::issued_on, "下达日期"},
            Field{"limit_on", &Facts::limit_on, "办结期限"},
            Field{"handlers", &Facts::handlers, "承办人"},
            Field{"forwardings", &Facts::forwardings, "转办事项"},
            Field{"urged", &Facts::urged, "催办次数"},
            Field{"returned", &Facts::returned, "退回重办次数"},
            Field{"overdue", &Facts::overdue, "超期"},
            Field{"circulated", &Facts::circulated, "已通报"},
            Field{"outcome", &Facts::outcome, "结果"}};
  }
};

}  // namespace docket::supervision
