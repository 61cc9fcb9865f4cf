/// What may be done to a rule or standard document.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::rule_register {

enum class RuleKind : std::uint8_t {
  kManagement,    ///< 管理制度 (HN18-4)
  kDataStandard,  ///< 数据规范、技术标准 (HN18-4; FJ18-13(2))
  kTradingRule,   ///< 交易规则 of a department (XX17-3)
  kLocalRule,     ///< 本地区、本单位具体办法 (HN18-24): an overlay of its parent.
};

/// 清理结果 (XX17-5).
enum class ReviewResult : std::uint8_t { kKeep, kAmend, kRepeal };

struct Draft {
  static constexpr std::string_view kName = "draft", kZh = "起草规则";
  RegionCode region;
  std::optional<Industry> industry;
  RuleKind kind = RuleKind::kTradingRule;
  std::string title;
  std::string version;
  std::optional<StreamId> parent;  ///< What a local rule carries out.
  DocumentRef text;
  static FieldList Fields() {
    return {Field{"region", &Draft::region, "行政区划代码"},
            Field{"industry", &Draft::industry, "行业"},
            Field{"kind", &Draft::kind, "类别"},
            Field{"title", &Draft::title, "名称"},
            Field{"version", &Draft::version, "版本"},
            Field{"parent", &Draft::parent, "上位规则"},
            Field{"text", &Draft::text, "文本"}};
  }
};
struct Revise {
  static constexpr std::string_view kName = "revise", kZh = "修改文本";
  DocumentRef text;
  static FieldList Fields() { return {Field{"text", &Revise::text, "文本"}}; }
};
struct ConsultOffice {
  static constexpr std::string_view kName = "consult_office", kZh = "征求综合监管部门意见";
  static FieldList Fields() { return {}; }
};
struct GiveOpinion {
  static constexpr std::string_view kName = "give_opinion", kZh = "反馈意见";
  bool agrees = true;
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"agrees", &GiveOpinion::agrees, "同意"},
            Field{"opinion", &GiveOpinion::opinion, "意见", Subject::kParties}};
  }
};
struct Issue {
  static constexpr std::string_view kName = "issue", kZh = "印发";
  std::string document_number;
  Date issued_on;
  std::optional<Date> effective_on;  ///< Absent: 自印发之日起施行.
  DocumentRef document;
  static FieldList Fields() {
    return {Field{"document_number", &Issue::document_number, "文号"},
            Field{"issued_on", &Issue::issued_on, "印发日期"},
            Field{"effective_on", &Issue::effective_on, "施行日期"},
            Field{"document", &Issue::document, "正式文本"}};
  }
};
struct TakeEffect {
  static constexpr std::string_view kName = "take_effect", kZh = "规则施行";
  static FieldList Fields() { return {}; }
};
struct CopyToOffice {
  static constexpr std::string_view kName = "copy_to_office", kZh = "抄送综合监管部门";
  UnitId office;
  static FieldList Fields() { return {Field{"office", &CopyToOffice::office, "综合监管部门"}}; }
};
/// 解释 by whoever has the power of it: the issuer (HN18-23).
struct Interpret {
  static constexpr std::string_view kName = "interpret", kZh = "作出解释";
  std::string provision;
  Date issued_on;
  DocumentRef note;
  static FieldList Fields() {
    return {Field{"provision", &Interpret::provision, "条款"},
            Field{"issued_on", &Interpret::issued_on, "解释日期"},
            Field{"note", &Interpret::note, "解释文本"}};
  }
};
struct Review {
  static constexpr std::string_view kName = "review", kZh = "清理";
  ReviewResult result = ReviewResult::kKeep;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"result", &Review::result, "清理结果"},
            Field{"reason", &Review::reason, "理由", Subject::kParties}};
  }
};
struct PublishResult {
  static constexpr std::string_view kName = "publish_result", kZh = "公布清理结果";
  std::string place;
  static FieldList Fields() { return {Field{"place", &PublishResult::place, "公布网站"}}; }
};
struct Supersede {
  static constexpr std::string_view kName = "supersede", kZh = "由新规则取代";
  StreamId successor;
  static FieldList Fields() { return {Field{"successor", &Supersede::successor, "新规则"}}; }
};
struct Repeal {
  static constexpr std::string_view kName = "repeal", kZh = "废止";
  std::string document_number;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"document_number", &Repeal::document_number, "废止文号"},
            Field{"reason", &Repeal::reason, "理由", Subject::kParties}};
  }
};
struct Abandon {
  static constexpr std::string_view kName = "abandon", kZh = "终止制定";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &Abandon::reason, "原因", Subject::kParties}};
  }
};

}  // namespace docket::rule_register

namespace docket {

template <>
struct EnumTable<rule_register::RuleKind> {
  using E = rule_register::RuleKind;
  static constexpr std::array kNames{EnumName<E>{E::kManagement, "management", "管理制度"},
                                     EnumName<E>{E::kDataStandard, "data_standard", "数据规范"},
                                     EnumName<E>{E::kTradingRule, "trading_rule", "交易规则"},
                                     EnumName<E>{E::kLocalRule, "local_rule", "本地区具体办法"}};
};
template <>
struct EnumTable<rule_register::ReviewResult> {
  using E = rule_register::ReviewResult;
  static constexpr std::array kNames{EnumName<E>{E::kKeep, "keep", "继续有效"},
                                     EnumName<E>{E::kAmend, "amend", "修改"},
                                     EnumName<E>{E::kRepeal, "repeal", "废止"}};
};

}  // namespace docket
