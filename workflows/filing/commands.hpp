/// Commands of a filing (备案): what creates the obligation, what fulfils it, and its reviews.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/trade.hpp"
#include "workflows/engine/case_engine.hpp"
#include "workflows/filing/vocabulary.hpp"

namespace docket::filing {

/// Whose obligation it is: an account, a unit with accounts, or a body known by its code alone.
struct ObligedParty {
  std::optional<ActorId> account;
  std::optional<UnitId> unit;
  std::optional<CreditCode> code;
  PersonalText name;

  static FieldList Fields() {
    return {Field{"account", &ObligedParty::account, "账号"},
            Field{"unit", &ObligedParty::unit, "单位编号"},
            Field{"code", &ObligedParty::code, "统一社会信用代码"},
            Field{"name", &ObligedParty::name, "名称"}};
  }
  friend bool operator==(const ObligedParty&, const ObligedParty&) = default;
};

/// The obligation exists before any document, so that what was not filed can be seen.
struct CreateObligation {
  static constexpr std::string_view kName = "create_obligation", kZh = "产生报送义务";
  Type type = Type::kWrittenReport;
  RegionCode region;
  std::optional<Industry> industry;
  std::optional<ProjectCode> project;  ///< The key that links the stages of a project.
  std::optional<SectionCode> section;
  std::string project_name;
  std::optional<Stage> stage;
  std::optional<StreamId> source;  ///< The case that brought this one about.
  Date triggered_on;               ///< Award, signing, issue …: the limit runs from this day.
  std::string legal_basis;
  bool mandatory_tender = false;  ///< 依法必须进行招标的项目.
  ObligedParty obliged;
  std::optional<std::int64_t> limit_workdays;  ///< Where the law leaves the limit open.

  static FieldList Fields() {
    return {Field{"type", &CreateObligation::type, "备案类型"},
            Field{"region", &CreateObligation::region, "行政区划代码"},
            Field{"industry", &CreateObligation::industry, "行业领域"},
            Field{"project", &CreateObligation::project, "招标项目编号"},
            Field{"section", &CreateObligation::section, "标段编号"},
            Field{"project_name", &CreateObligation::project_name, "项目名称"},
            Field{"stage", &CreateObligation::stage, "阶段"},
            Field{"source", &CreateObligation::source, "来源案卷"},
            Field{"triggered_on", &CreateObligation::triggered_on, "触发日期"},
            Field{"legal_basis", &CreateObligation::legal_basis, "法律依据"},
            Field{"mandatory_tender", &CreateObligation::mandatory_tender, "依法必须招标"},
            Field{"obliged", &CreateObligation::obliged, "义务人", Subject::kRespondent},
            Field{"limit_workdays", &CreateObligation::limit_workdays, "设定期限（工作日）"}};
  }
};

/// 报送: for the first time, completed, or anew after a rectification.
struct Submit {
  static constexpr std::string_view kName = "submit", kZh = "报送";
  std::vector<DocumentRef> documents;
  bool is_sealed = false;
  std::optional<Date> done_on;  ///< Where the duty is an act, such as signing: when it was done.
  static FieldList Fields() {
    return {Field{"documents", &Submit::documents, "报送材料"},
            Field{"is_sealed", &Submit::is_sealed, "已签章"},
            Field{"done_on", &Submit::done_on, "履行日期"}};
  }
};

struct ReturnNotCompetent {
  static constexpr std::string_view kName = "return_not_competent", kZh = "退回（不属本部门）";
  std::string competent_department;
  static FieldList Fields() {
    return {
        Field{"competent_department", &ReturnNotCompetent::competent_department, "有权办理的部门"}};
  }
};

struct ReturnIncomplete {
  static constexpr std::string_view kName = "return_incomplete", kZh = "退回（备案材料不完整）";
  std::vector<PersonalText> gaps;
  static FieldList Fields() {
    return {Field{"gaps", &ReturnIncomplete::gaps, "缺少的材料", Subject::kParties}};
  }
};

/// 签收: whoever is named here gives the first opinion.
struct SignFor {
  static constexpr std::string_view kName = "sign_for", kZh = "签收并指定初审人";
  std::vector<ActorId> handlers;
  static FieldList Fields() { return {Field{"handlers", &SignFor::handlers, "初审人"}}; }
};

/// 初审: one opinion of each who was named; the last one completes it.
struct ReviewFirst {
  static constexpr std::string_view kName = "review_first", kZh = "初审";
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"opinion", &ReviewFirst::opinion, "初审意见", Subject::kParties}};
  }
};
/// 复审, by somebody else.
struct ReviewSecond {
  static constexpr std::string_view kName = "review_second", kZh = "复审";
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"opinion", &ReviewSecond::opinion, "复审意见", Subject::kParties}};
  }
};

/// 签发备案意见: no problem found, or what has to be rectified and until when.
struct IssueOpinion {
  static constexpr std::string_view kName = "issue_opinion", kZh = "签发备案意见";
  Result result = Result::kNoProblemFound;
  PersonalText opinion;
  std::vector<PersonalText> items;  ///< To be rectified.
  std::optional<Date> correct_by;
  std::optional<DocumentRef> document;
  static FieldList Fields() {
    return {Field{"result", &IssueOpinion::result, "备案结果"},
            Field{"opinion", &IssueOpinion::opinion, "备案意见", Subject::kParties},
            Field{"items", &IssueOpinion::items, "整改事项", Subject::kParties},
            Field{"correct_by", &IssueOpinion::correct_by, "整改期限"},
            Field{"document", &IssueOpinion::document, "意见书"}};
  }
};

/// 撤回: before the opinion is issued. The obligation is open again.
struct Withdraw {
  static constexpr std::string_view kName = "withdraw", kZh = "撤回报送";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &Withdraw::reason, "原因", Subject::kParties}};
  }
};

struct Supersede {
  static constexpr std::string_view kName = "supersede", kZh = "登记新版本";
  StreamId newer;
  static FieldList Fields() { return {Field{"newer", &Supersede::newer, "新版本案卷"}}; }
};

/// 免除: by the head, with its basis.
struct Waive {
  static constexpr std::string_view kName = "waive", kZh = "免除报送义务";
  std::string legal_basis;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"legal_basis", &Waive::legal_basis, "法律依据"},
            Field{"reason", &Waive::reason, "原因", Subject::kParties}};
  }
};

/// 标记逾期: a mark on what is open. Nothing else follows by itself.
struct NoteOverdue {
  static constexpr std::string_view kName = "note_overdue", kZh = "标记逾期未报";
  static FieldList Fields() { return {}; }
};

struct RecordPerformance {
  static constexpr std::string_view kName = "record_performance", kZh = "登记履约信息";
  PerformanceKind kind = PerformanceKind::kExecution;
  Date happened_on;
  PersonalText description;
  std::optional<std::int64_t> amount_fen;  ///< Of a payment, in hundredths of a yuan.
  std::optional<std::string> medium;       ///< Where it was made public.
  std::vector<DocumentRef> documents;
  static FieldList Fields() {
    return {Field{"kind", &RecordPerformance::kind, "履约信息类型"},
            Field{"happened_on", &RecordPerformance::happened_on, "发生日期"},
            Field{"description", &RecordPerformance::description, "内容", Subject::kParties},
            Field{"amount_fen", &RecordPerformance::amount_fen, "金额（分）"},
            Field{"medium", &RecordPerformance::medium, "公示媒介"},
            Field{"documents", &RecordPerformance::documents, "材料"}};
  }
};

/// 安排履约检查 (标后监管): a task with its day.
struct PlanCheck {
  static constexpr std::string_view kName = "plan_check", kZh = "安排履约检查";
  Date check_on;
  static FieldList Fields() { return {Field{"check_on", &PlanCheck::check_on, "检查日期"}}; }
};
struct CheckPerformance {
  static constexpr std::string_view kName = "check_performance", kZh = "登记履约检查";
  bool problem_found = false;
  PersonalText findings;
  static FieldList Fields() {
    return {Field{"problem_found", &CheckPerformance::problem_found, "发现问题"},
            Field{"findings", &CheckPerformance::findings, "检查情况", Subject::kParties}};
  }
};

/// 更换初审人; whoever is recused (回避) does nothing more in the case. First opinions that were
/// given are given anew.
struct AssignHandlers {
  static constexpr std::string_view kName = "assign_handlers", kZh = "更换初审人";
  std::vector<ActorId> handlers;
  std::vector<ActorId> recused;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"handlers", &AssignHandlers::handlers, "初审人"},
            Field{"recused", &AssignHandlers::recused, "回避人员"},
            Field{"reason", &AssignHandlers::reason, "原因", Subject::kParties}};
  }
};

}  // namespace docket::filing
