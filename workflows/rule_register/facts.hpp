/// What is known of a rule or standard, folded from its events.
#pragma once

#include "workflows/rule_register/commands.hpp"

namespace docket::rule_register {

struct Interpretation {
  UnitId issuer;
  std::string provision;
  Date issued_on;
  static FieldList Fields() {
    return {Field{"issuer", &Interpretation::issuer, "解释单位"},
            Field{"provision", &Interpretation::provision, "条款"},
            Field{"issued_on", &Interpretation::issued_on, "解释日期"}};
  }
};

struct Facts {
  std::string state = "undrafted";
  UnitId unit;  ///< 谁制定、谁清理.
  RegionCode region;
  std::optional<Industry> industry;
  RuleKind kind = RuleKind::kTradingRule;
  std::string title;
  std::string version;
  std::optional<StreamId> parent;
  bool made_by_office = false;  ///< The office need not ask itself.
  std::optional<bool> office_agrees;
  std::string document_number;
  std::optional<Date> effective_on;
  bool copied = false;
  std::vector<Interpretation> interpretations;
  std::optional<ReviewResult> result;  ///< Of the last review.
  std::int64_t results_published = 0;
  std::optional<StreamId> successor;

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"unit", &Facts::unit, "制定单位"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"industry", &Facts::industry, "行业"},
            Field{"kind", &Facts::kind, "类别"},
            Field{"title", &Facts::title, "名称"},
            Field{"version", &Facts::version, "版本"},
            Field{"parent", &Facts::parent, "上位规则"},
            Field{"made_by_office", &Facts::made_by_office, "综合监管部门制定"},
            Field{"office_agrees", &Facts::office_agrees, "综合监管部门同意"},
            Field{"document_number", &Facts::document_number, "文号"},
            Field{"effective_on", &Facts::effective_on, "施行日期"},
            Field{"copied", &Facts::copied, "已抄送"},
            Field{"interpretations", &Facts::interpretations, "解释"},
            Field{"result", &Facts::result, "清理结果"},
            Field{"results_published", &Facts::results_published, "已公布清理次数"},
            Field{"successor", &Facts::successor, "新规则"}};
  }
};

}  // namespace docket::rule_register
