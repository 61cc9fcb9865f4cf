/// Commands of a registration (登记), and the words that they use. Stored by name.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/trade.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::registration {

/// What is registered (登记事项). One intake takes them all (XX17-10 一个窗口受理).
enum class ItemKind : std::uint8_t {
  kConstructionProject,  ///< 报建 (FJ18-13(2)).
  kMarketEntry,          ///< 进场登记 (HN17-3.2(1)).
  kSubject,              ///< 主体.
  kExpert,               ///< 专家.
  kAgency,               ///< 代理机构.
  kPlatform,             ///< 电子交易平台.
  kOther,
};
enum class ApplicantKind : std::uint8_t { kPerson, kLegalPerson };

/// Who asks for the entry, as it names itself.
struct Applicant {
  ApplicantKind kind = ApplicantKind::kLegalPerson;
  PersonalText name;
  std::optional<PersonalText> id_number;  ///< Identity document, or 统一社会信用代码.
  std::optional<PersonalText> phone;

  static FieldList Fields() {
    return {Field{"kind", &Applicant::kind, "主体类型"},
            Field{"name", &Applicant::name, "姓名或名称"},
            Field{"id_number", &Applicant::id_number, "证件号码"},
            Field{"phone", &Applicant::phone, "联系电话"}};
  }
  friend bool operator==(const Applicant&, const Applicant&) = default;
};

/// One document that the item asks for (资料清单), ticked by whoever submits.
struct RequiredItem {
  std::string name;
  bool provided = false;
  static FieldList Fields() {
    return {Field{"name", &RequiredItem::name, "材料名称"},
            Field{"provided", &RequiredItem::provided, "已提供"}};
  }
};

/// 提交登记申请. Receipt is when the act occurred, whatever the day of entry.
struct Submit {
  static constexpr std::string_view kName = "submit", kZh = "提交登记申请";
  ItemKind kind = ItemKind::kConstructionProject;
  RegionCode region;
  std::optional<Industry> industry;
  std::optional<ProjectCode> project;
  std::optional<std::string> project_name;  ///< Absent where the entry is of no project.
  std::optional<Stage> stage;
  std::optional<StreamId> source;  ///< The case that brought this one about.
  Applicant applicant;
  std::vector<RequiredItem> checklist;
  std::vector<DocumentRef> documents;

  static FieldList Fields() {
    return {Field{"kind", &Submit::kind, "登记事项"},
            Field{"region", &Submit::region, "行政区划代码"},
            Field{"industry", &Submit::industry, "行业领域"},
            Field{"project", &Submit::project, "招标项目编号"},
            Field{"project_name", &Submit::project_name, "项目名称"},
            Field{"stage", &Submit::stage, "阶段"},
            Field{"source", &Submit::source, "来源案卷"},
            Field{"applicant", &Submit::applicant, "申请人", Subject::kComplainant},
            Field{"checklist", &Submit::checklist, "资料清单"},
            Field{"documents", &Submit::documents, "申请材料"}};
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

/// 签收: named officers from here on (HN18-5 明确监管人员).
struct SignFor {
  static constexpr std::string_view kName = "sign_for", kZh = "签收并指定承办人";
  std::vector<ActorId> handlers;
  static FieldList Fields() { return {Field{"handlers", &SignFor::handlers, "承办人"}}; }
};

/// 一次性告知补正: everything at once, and once only.
struct RequestCorrection {
  static constexpr std::string_view kName = "request_correction", kZh = "一次性告知补正";
  std::vector<PersonalText> items;
  std::int64_t limit_workdays = 0;  ///< The applicant's own time, in working days.
  static FieldList Fields() {
    return {Field{"items", &RequestCorrection::items, "补正事项", Subject::kParties},
            Field{"limit_workdays", &RequestCorrection::limit_workdays, "补正期限（工作日）"}};
  }
};

struct SupplyCorrection {
  static constexpr std::string_view kName = "supply_correction", kZh = "提交补正材料";
  std::vector<DocumentRef> documents;
  static FieldList Fields() {
    return {Field{"documents", &SupplyCorrection::documents, "补正材料"}};
  }
};

/// Still incomplete after the one correction, or none came.
struct ReturnIncomplete {
  static constexpr std::string_view kName = "return_incomplete", kZh = "退回（材料不齐）";
  PersonalText reasons;
  static FieldList Fields() {
    return {Field{"reasons", &ReturnIncomplete::reasons, "理由", Subject::kParties}};
  }
};

/// 受理: the file is complete. The limits are those of the item, as the office has configured it.
struct Accept {
  static constexpr std::string_view kName = "accept", kZh = "受理";
  std::vector<std::string> items_found;             ///< Of the checklist, found in order.
  std::optional<std::int64_t> prescribed_workdays;  ///< Absent: the rule's own amount.
  std::optional<std::int64_t> promised_workdays;    ///< 承诺期限, not longer; absent: none.
  static FieldList Fields() {
    return {Field{"items_found", &Accept::items_found, "已核齐材料"},
            Field{"prescribed_workdays", &Accept::prescribed_workdays, "规定期限（工作日）"},
            Field{"promised_workdays", &Accept::promised_workdays, "承诺期限（工作日）"}};
  }
};

/// 视为受理: only where an option of the rules says so, and only by the clock.
struct DeemAccept {
  static constexpr std::string_view kName = "deem_accept", kZh = "视为受理";
  static FieldList Fields() { return {}; }
};

/// One point of the review (合法合规性), with its finding.
struct Check {
  std::string point;
  bool passed = false;
  std::optional<PersonalText> remark;
  static FieldList Fields() {
    return {Field{"point", &Check::point, "审查要点"}, Field{"passed", &Check::passed, "符合"},
            Field{"remark", &Check::remark, "说明", Subject::kParties}};
  }
};

/// 审查: by checklist and opinion (HN17-3.2(1)). A later one replaces it.
struct Review {
  static constexpr std::string_view kName = "review", kZh = "审查";
  std::vector<Check> checks;
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"checks", &Review::checks, "审查清单"},
            Field{"opinion", &Review::opinion, "审查意见", Subject::kParties}};
  }
};

struct Register {
  static constexpr std::string_view kName = "register", kZh = "予以登记";
  std::string entry_no;
  static FieldList Fields() { return {Field{"entry_no", &Register::entry_no, "登记编号"}}; }
};

/// 不予登记, of the entry or of its update: written reasons, and the remedies are told.
struct Refuse {
  static constexpr std::string_view kName = "refuse", kZh = "不予登记";
  PersonalText reasons;
  std::string remedies;
  static FieldList Fields() {
    return {Field{"reasons", &Refuse::reasons, "理由", Subject::kParties},
            Field{"remedies", &Refuse::remedies, "救济途径"}};
  }
};

/// 变更、维护: asked for by the applicant, or begun by the handler.
struct RequestUpdate {
  static constexpr std::string_view kName = "request_update", kZh = "申请变更或维护";
  PersonalText changes;
  std::vector<DocumentRef> documents;
  static FieldList Fields() {
    return {Field{"changes", &RequestUpdate::changes, "变更内容", Subject::kParties},
            Field{"documents", &RequestUpdate::documents, "变更材料"}};
  }
};

struct Cancel {
  static constexpr std::string_view kName = "cancel", kZh = "注销登记";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &Cancel::reason, "原因", Subject::kParties}};
  }
};

struct Withdraw {
  static constexpr std::string_view kName = "withdraw", kZh = "撤回申请";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &Withdraw::reason, "原因", Subject::kComplainant}};
  }
};

/// 更换承办人; whoever is recused (回避) does nothing more in the case.
struct AssignHandlers {
  static constexpr std::string_view kName = "assign_handlers", kZh = "更换承办人";
  std::vector<ActorId> handlers;
  std::vector<ActorId> recused;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"handlers", &AssignHandlers::handlers, "承办人"},
            Field{"recused", &AssignHandlers::recused, "回避人员"},
            Field{"reason", &AssignHandlers::reason, "原因", Subject::kParties}};
  }
};

}  // namespace docket::registration

namespace docket {

template <>
struct EnumTable<registration::ItemKind> {
  using E = registration::ItemKind;
  static constexpr std::array kNames{
      EnumName<E>{E::kConstructionProject, "construction_project", "报建"},
      EnumName<E>{E::kMarketEntry, "market_entry", "进场登记"},
      EnumName<E>{E::kSubject, "subject", "主体登记"},
      EnumName<E>{E::kExpert, "expert", "专家登记"},
      EnumName<E>{E::kAgency, "agency", "代理机构登记"},
      EnumName<E>{E::kPlatform, "platform", "电子交易平台登记"},
      EnumName<E>{E::kOther, "other", "其他登记"}};
};
template <>
struct EnumTable<registration::ApplicantKind> {
  using E = registration::ApplicantKind;
  static constexpr std::array kNames{
      EnumName<E>{E::kPerson, "person", "自然人"},
      EnumName<E>{E::kLegalPerson, "legal_person", "法人或其他组织"}};
};

}  // namespace docket
