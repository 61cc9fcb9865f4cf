/// Commands of a publication, from the proposal to its end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/trade.hpp"
#include "workflows/engine/case_engine.hpp"
#include "workflows/publication/vocabulary.hpp"

namespace docket::publication {

/// 提出公开. What it says comes with its text; a case that ends in something public opens it.
struct Propose {
  static constexpr std::string_view kName = "propose", kZh = "提出公开";
  Class publication_class = Class::kViolation;
  RegionCode region;
  std::optional<Industry> industry;
  std::optional<ProjectCode> project;
  std::optional<std::string> project_name;
  std::optional<StreamId> source;  ///< The case whose result is published.
  std::optional<UnitId> unit;      ///< Competent department; a department that proposes is it.
  PersonalText title;
  std::optional<std::string> basis;    ///< 依据; what the status of a matter rests on.
  std::optional<Date> effective_on;    ///< 决定生效日期: of sanctions, always.
  std::optional<Date> display_until;   ///< Last day of display; absent: no end.
  std::optional<StreamId> supersedes;  ///< The publication that this one replaces.
  bool names_complainant = false;
  std::optional<bool> criticism;          ///< 通报批评; of circulars.
  std::vector<std::string> addressees{};  ///< 通报对象; of circulars.
  std::optional<CircularLevel> level;     ///< Absent: public.

  /// What a class asks for and none of the types says.
  FieldErrors WrongFields() const;
  static FieldList Fields() {
    return {Field{"class", &Propose::publication_class, "公开类别"},
            Field{"region", &Propose::region, "行政区划代码"},
            Field{"industry", &Propose::industry, "监管行业"},
            Field{"project", &Propose::project, "招标项目编号"},
            Field{"project_name", &Propose::project_name, "项目名称"},
            Field{"source", &Propose::source, "来源案卷"},
            Field{"unit", &Propose::unit, "行政监督部门"},
            Field{"title", &Propose::title, "标题", Subject::kParties},
            Field{"basis", &Propose::basis, "实施依据"},
            Field{"effective_on", &Propose::effective_on, "决定生效日期"},
            Field{"display_until", &Propose::display_until, "公示截止日期"},
            Field{"supersedes", &Propose::supersedes, "替代的公开"},
            Field{"names_complainant", &Propose::names_complainant, "载明投诉人"},
            Field{"criticism", &Propose::criticism, "通报批评"},
            Field{"addressees", &Propose::addressees, "通报对象"},
            Field{"level", &Propose::level, "公开范围"}};
  }
};

/// 送审: the text as it would be published, at first and after each redaction.
struct Submit {
  static constexpr std::string_view kName = "submit", kZh = "送保密审查";
  DocumentRef content;
  static FieldList Fields() { return {Field{"content", &Submit::content, "拟公开文本"}}; }
};

/// 审查通过.
struct Clear {
  static constexpr std::string_view kName = "clear", kZh = "保密审查通过";
  bool identifiers_masked = false;  ///< 已隐去身份证件号码、联系方式等.
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"identifiers_masked", &Clear::identifiers_masked, "个人标识已隐去"},
            Field{"opinion", &Clear::opinion, "审查意见", Subject::kParties}};
  }
};
/// 部分公开: what falls under a ground is taken out first.
struct RequireRedaction {
  static constexpr std::string_view kName = "require_redaction", kZh = "退回去除不公开内容";
  ExemptionGround ground = ExemptionGround::kOther;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"ground", &RequireRedaction::ground, "不公开事由"},
            Field{"reason", &RequireRedaction::reason, "理由", Subject::kParties}};
  }
};
struct ExemptFromPublication {
  static constexpr std::string_view kName = "exempt", kZh = "不予公开";
  ExemptionGround ground = ExemptionGround::kOther;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"ground", &ExemptFromPublication::ground, "不公开事由"},
            Field{"reason", &ExemptFromPublication::reason, "理由", Subject::kParties}};
  }
};

struct Approve {
  static constexpr std::string_view kName = "approve", kZh = "审批公开";
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"opinion", &Approve::opinion, "审批意见", Subject::kParties}};
  }
};
/// 公开. From now on nothing of it is changed or deleted (HN18-22(2)).
struct Publish {
  static constexpr std::string_view kName = "publish", kZh = "公开";
  std::string channel;  ///< 公开渠道: portal, credit platform, document number of a circular.
  static FieldList Fields() { return {Field{"channel", &Publish::channel, "公开渠道"}}; }
};

/// 更正: a newer publication takes its place, and this one says which.
struct Supersede {
  static constexpr std::string_view kName = "supersede", kZh = "由新公开替代";
  StreamId successor;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"successor", &Supersede::successor, "新公开"},
            Field{"reason", &Supersede::reason, "理由", Subject::kParties}};
  }
};
/// What it rests on was changed, annulled, or found unlawful or void.
struct RecordSourceAnnulled {
  static constexpr std::string_view kName = "record_source_annulled", kZh = "登记依据被撤销";
  Date annulled_on;
  std::optional<StreamId> by;  ///< The case in which it was.
  static FieldList Fields() {
    return {Field{"annulled_on", &RecordSourceAnnulled::annulled_on, "撤销日期"},
            Field{"by", &RecordSourceAnnulled::by, "有关案卷"}};
  }
};
/// 撤回并公开说明理由.
struct Withdraw {
  static constexpr std::string_view kName = "withdraw", kZh = "撤回公开";
  WithdrawalGround ground = WithdrawalGround::kSourceAnnulled;
  PersonalText public_reason;
  static FieldList Fields() {
    return {Field{"ground", &Withdraw::ground, "撤回事由"},
            Field{"public_reason", &Withdraw::public_reason, "公开说明的理由", Subject::kParties}};
  }
};
/// The last day of display is over.
struct ExpireDisplay {
  static constexpr std::string_view kName = "expire_display", kZh = "公示期满";
  static FieldList Fields() { return {}; }
};

}  // namespace docket::publication
