/// What may be done to an edition of the catalogue, and by an owner under it.
#pragma once

#include "workflows/catalogue/vocabulary.hpp"

namespace docket::catalogue {

struct Draft {
  static constexpr std::string_view kName = "draft", kZh = "起草目录";
  RegionCode region;
  std::string title;
  Date effective_on;
  std::vector<CatalogueEntry> entries;
  static FieldList Fields() {
    return {Field{"region", &Draft::region, "行政区划代码"},
            Field{"title", &Draft::title, "目录名称"},
            Field{"effective_on", &Draft::effective_on, "施行日期"},
            Field{"entries", &Draft::entries, "目录条目"}};
  }
};
/// 修改: whoever was consulted on the former text is consulted anew.
struct Revise {
  static constexpr std::string_view kName = "revise", kZh = "修改目录草案";
  Date effective_on;
  std::vector<CatalogueEntry> entries;
  static FieldList Fields() {
    return {Field{"effective_on", &Revise::effective_on, "施行日期"},
            Field{"entries", &Revise::entries, "目录条目"}};
  }
};
struct Consult {
  static constexpr std::string_view kName = "consult", kZh = "征求意见";
  std::vector<UnitId> departments;
  Date opinions_by;
  static FieldList Fields() {
    return {Field{"departments", &Consult::departments, "征求意见单位"},
            Field{"opinions_by", &Consult::opinions_by, "反馈期限"}};
  }
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
struct Approve {
  static constexpr std::string_view kName = "approve", kZh = "批准目录";
  std::string document_number;
  DocumentRef document;
  static FieldList Fields() {
    return {Field{"document_number", &Approve::document_number, "文号"},
            Field{"document", &Approve::document, "批准文件"}};
  }
};
struct TakeEffect {
  static constexpr std::string_view kName = "take_effect", kZh = "目录施行";
  static FieldList Fields() { return {}; }
};
/// 被取代: a newer edition of the region is in force.
struct Supersede {
  static constexpr std::string_view kName = "supersede", kZh = "目录被取代";
  static FieldList Fields() { return {}; }
};
struct Abandon {
  static constexpr std::string_view kName = "abandon", kZh = "终止制定";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &Abandon::reason, "原因", Subject::kParties}};
  }
};

/// 应进必进检查: whether a project had to enter, and did.
struct CheckEntry {
  static constexpr std::string_view kName = "check_entry", kZh = "检查项目进场";
  ProjectCode project;
  Trade trade;
  bool entered = false;
  static FieldList Fields() {
    return {Field{"project", &CheckEntry::project, "招标项目编号"},
            Field{"trade", &CheckEntry::trade, "项目情况"},
            Field{"entered", &CheckEntry::entered, "已进场"}};
  }
};
/// 自愿进场 of a project that need not enter: its owner's own act, and nobody else's (XX17-18).
struct EnterVoluntarily {
  static constexpr std::string_view kName = "enter_voluntarily", kZh = "自愿进场";
  ProjectCode project;
  Trade trade;
  UnitId platform;  ///< Of whichever region: the owner chooses (XX17-7).
  DocumentRef statement;
  static FieldList Fields() {
    return {Field{"project", &EnterVoluntarily::project, "招标项目编号"},
            Field{"trade", &EnterVoluntarily::trade, "项目情况"},
            Field{"platform", &EnterVoluntarily::platform, "选择的平台"},
            Field{"statement", &EnterVoluntarily::statement, "自愿进场声明"}};
  }
};
struct WithdrawEntry {
  static constexpr std::string_view kName = "withdraw_entry", kZh = "撤回自愿进场";
  ProjectCode project;
  static FieldList Fields() { return {Field{"project", &WithdrawEntry::project, "招标项目编号"}}; }
};
/// 自愿选择平台 for a project that has to enter.
struct ChoosePlatform {
  static constexpr std::string_view kName = "choose_platform", kZh = "选择交易平台";
  ProjectCode project;
  UnitId platform;
  static FieldList Fields() {
    return {Field{"project", &ChoosePlatform::project, "招标项目编号"},
            Field{"platform", &ChoosePlatform::platform, "选择的平台"}};
  }
};

}  // namespace docket::catalogue
