/// What is known of a clue: the fold of its events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/clue/commands.hpp"

namespace docket::clue {

struct Facts {
  std::string state = "noted";
  std::optional<SourceKind> source_kind;
  RegionCode region;
  std::optional<Industry> industry;
  UnitId unit;  ///< The department that registered it.
  std::optional<ProjectCode> project;
  std::string project_name;
  std::optional<StreamId> source;
  std::vector<Violation> violations;
  bool real_name = false;     ///< 实名.
  bool interference = false;  ///< 干预插手: for discipline and the head alone.
  std::vector<ActorId> named_officers;
  std::optional<Date> received_on;
  std::string number;
  std::optional<Class> classified_as;
  std::vector<ActorId> handlers;
  bool checked = false;
  bool meets_filing_standard = false;
  bool legality_reviewed = false;
  std::optional<TransferTarget> transfer_target;
  bool dispatched = false;
  bool receipt_in = false;
  bool feedback_owed = false;
  bool petition_answered = false;
  std::optional<Date> petition_limit_from;
  std::string outcome;

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"source_kind", &Facts::source_kind, "线索来源"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"industry", &Facts::industry, "行业领域"},
            Field{"unit", &Facts::unit, "承办单位"},
            Field{"project", &Facts::project, "项目编号"},
            Field{"project_name", &Facts::project_name, "项目名称"},
            Field{"source", &Facts::source, "来源案卷"},
            Field{"violations", &Facts::violations, "涉嫌违法违规行为"},
            Field{"real_name", &Facts::real_name, "实名"},
            Field{"interference", &Facts::interference, "干预插手"},
            Field{"named_officers", &Facts::named_officers, "被反映的工作人员账号"},
            Field{"received_on", &Facts::received_on, "接收日期"},
            Field{"number", &Facts::number, "线索编号"},
            Field{"classified_as", &Facts::classified_as, "类别"},
            Field{"handlers", &Facts::handlers, "初核人员"},
            Field{"checked", &Facts::checked, "已初核"},
            Field{"meets_filing_standard", &Facts::meets_filing_standard, "符合立案条件"},
            Field{"legality_reviewed", &Facts::legality_reviewed, "已法制审核"},
            Field{"transfer_target", &Facts::transfer_target, "移送对象"},
            Field{"dispatched", &Facts::dispatched, "移送材料已发出"},
            Field{"receipt_in", &Facts::receipt_in, "已收回执"},
            Field{"feedback_owed", &Facts::feedback_owed, "待反馈举报人"},
            Field{"petition_answered", &Facts::petition_answered, "已告知信访人"},
            Field{"petition_limit_from", &Facts::petition_limit_from, "信访受理日"},
            Field{"outcome", &Facts::outcome, "结果"}};
  }
};

}  // namespace docket::clue
