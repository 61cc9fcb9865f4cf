/// What happened to a rule or standard. Stored format: add a version instead of changing one.
#pragma once

#include <variant>

#include "workflows/engine/workflow.hpp"
#include "workflows/rule_register/commands.hpp"
#include "workflows/rule_register/facts.hpp"

namespace docket::rule_register {

struct RuleDrafted : Draft {
  static constexpr std::string_view kType = "rule_register.drafted", kZh = "规则已起草";
};
struct RuleRevised : Revise {
  static constexpr std::string_view kType = "rule_register.revised", kZh = "文本已修改";
};
struct OfficeConsulted : ConsultOffice {
  static constexpr std::string_view kType = "rule_register.office_consulted",
                                    kZh = "已征求综合监管部门意见";
};
struct OpinionGiven : GiveOpinion {
  static constexpr std::string_view kType = "rule_register.opinion_given", kZh = "意见已反馈";
};
struct RuleIssued {
  static constexpr std::string_view kType = "rule_register.issued", kZh = "规则已印发";
  std::string document_number;
  Date issued_on;
  Date effective_on;
  std::optional<Date> copy_due_from;  ///< Absent where the office itself issued it.
  DocumentRef document;
  static RuleIssued From(const Issue& c, const Facts& facts, const Context&);
  static FieldList Fields() {
    return {Field{"document_number", &RuleIssued::document_number, "文号"},
            Field{"issued_on", &RuleIssued::issued_on, "印发日期"},
            Field{"effective_on", &RuleIssued::effective_on, "施行日期"},
            Field{"copy_due_from", &RuleIssued::copy_due_from, "抄送起算日"},
            Field{"document", &RuleIssued::document, "正式文本"}};
  }
};
struct RuleInForce : TakeEffect {
  static constexpr std::string_view kType = "rule_register.in_force", kZh = "规则已施行";
};
struct CopySent : CopyToOffice {
  static constexpr std::string_view kType = "rule_register.copy_sent", kZh = "已抄送综合监管部门";
};
struct RuleInterpreted : Interpret {
  static constexpr std::string_view kType = "rule_register.interpreted", kZh = "已作出解释";
};
struct RuleReviewed : Review {
  static constexpr std::string_view kType = "rule_register.reviewed", kZh = "规则已清理";
};
struct ResultPublished : PublishResult {
  static constexpr std::string_view kType = "rule_register.result_published",
                                    kZh = "清理结果已公布";
};
struct RuleSuperseded : Supersede {
  static constexpr std::string_view kType = "rule_register.superseded", kZh = "规则已被取代";
};
struct RuleRepealed : Repeal {
  static constexpr std::string_view kType = "rule_register.repealed", kZh = "规则已废止";
};
struct RuleAbandoned : Abandon {
  static constexpr std::string_view kType = "rule_register.abandoned", kZh = "规则制定已终止";
};
using Event = std::variant<RuleDrafted, RuleRevised, OfficeConsulted, OpinionGiven, RuleIssued,
                           RuleInForce, CopySent, RuleInterpreted, RuleReviewed, ResultPublished,
                           RuleSuperseded, RuleRepealed, RuleAbandoned>;

void Apply(Facts& facts, const RuleDrafted& e, const RecordedEvent& event);
void Apply(Facts& facts, const RuleRevised& e, const RecordedEvent&);
void Apply(Facts& facts, const OfficeConsulted& e, const RecordedEvent&);
void Apply(Facts& facts, const OpinionGiven& e, const RecordedEvent&);
void Apply(Facts& facts, const RuleIssued& e, const RecordedEvent&);
void Apply(Facts& facts, const RuleInForce& e, const RecordedEvent&);
void Apply(Facts& facts, const CopySent& e, const RecordedEvent&);
void Apply(Facts& facts, const RuleInterpreted& e, const RecordedEvent& event);
void Apply(Facts& facts, const RuleReviewed& e, const RecordedEvent&);
void Apply(Facts& facts, const ResultPublished& e, const RecordedEvent&);
void Apply(Facts& facts, const RuleSuperseded& e, const RecordedEvent&);
void Apply(Facts& facts, const RuleRepealed& e, const RecordedEvent&);
void Apply(Facts& facts, const RuleAbandoned& e, const RecordedEvent&);

}  // namespace docket::rule_register
