/// What is known of a rectification: the fold of its events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/engine/workflow.hpp"
#include "workflows/rectification/commands.hpp"

namespace docket::rectification {

struct Facts {
  std::string state = "unopened";
  RegionCode region;
  std::optional<Industry> industry;
  std::optional<ProjectCode> project;
  std::string project_name;
  std::optional<StreamId> source;
  Issuer issuer = Issuer::kDepartment;
  UnitId unit;  ///< Of the issuer; empty until somebody takes what another case brought about.
  AddresseeKind addressee_kind = AddresseeKind::kTradingPlatform;
  std::optional<UnitId> addressee;
  std::optional<ActorId> account;
  Breach breach = Breach::kDataExchange;
  std::string article;
  Form form = Form::kOrder;
  std::vector<ActorId> handlers;  ///< Who prepared the document.
  std::optional<Date> due_on;
  bool is_serious = false;
  std::int64_t orders = 0;  ///< How often it was ordered.
  bool extended = false;    ///< The present order.
  bool persons_due = false;
  bool persons_handled = false;
  bool circular_due = false;
  bool circulated = false;
  std::vector<Measure> measures;
  std::string outcome;

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"industry", &Facts::industry, "行业领域"},
            Field{"project", &Facts::project, "招标项目编号"},
            Field{"project_name", &Facts::project_name, "项目名称"},
            Field{"source", &Facts::source, "来源案卷"},
            Field{"issuer", &Facts::issuer, "下达主体"},
            Field{"unit", &Facts::unit, "承办单位"},
            Field{"addressee_kind", &Facts::addressee_kind, "整改对象类别"},
            Field{"addressee", &Facts::addressee, "整改单位"},
            Field{"account", &Facts::account, "市场主体账号"},
            Field{"breach", &Facts::breach, "问题类别"},
            Field{"article", &Facts::article, "条款"},
            Field{"form", &Facts::form, "方式"},
            Field{"handlers", &Facts::handlers, "承办人"},
            Field{"due_on", &Facts::due_on, "整改期限"},
            Field{"is_serious", &Facts::is_serious, "情节严重"},
            Field{"orders", &Facts::orders, "下达次数"},
            Field{"extended", &Facts::extended, "已延长"},
            Field{"persons_due", &Facts::persons_due, "应处理责任人员"},
            Field{"persons_handled", &Facts::persons_handled, "责任人员已处理"},
            Field{"circular_due", &Facts::circular_due, "应予通报"},
            Field{"circulated", &Facts::circulated, "已通报"},
            Field{"measures", &Facts::measures, "已采取措施"},
            Field{"outcome", &Facts::outcome, "结果"}};
  }
};

}  // namespace docket::rectification
