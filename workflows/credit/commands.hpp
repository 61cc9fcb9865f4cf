/// What may be done to a credit entry.
#pragma once

#include "workflows/credit/vocabulary.hpp"

namespace docket::credit {

struct Propose {
  static constexpr std::string_view kName = "propose", kZh = "提出信用记录";
  UnitId unit;  ///< The department that decides.
  RegionCode region;
  std::optional<Industry> industry;
  std::optional<ProjectCode> project;
  std::optional<StreamId> source;
  EntryKind kind = EntryKind::kDishonesty;
  CreditSubject subject;
  std::optional<ActorId> account;  ///< Through which the subject acts here.
  SourceDecision decision;
  std::string basis;
  PersonalText grounds;
  std::optional<ExpertAspect> aspect;
  bool restricts = false;  ///< 限制参与 within the scope below (XX17-16).
  RegionCode scope_region;
  std::vector<Industry> scope_industries;  ///< Empty: all.
  Date from;
  std::optional<Date> until;  ///< The last day.

  static FieldList Fields() {
    return {Field{"unit", &Propose::unit, "决定单位"},
            Field{"region", &Propose::region, "行政区划代码"},
            Field{"industry", &Propose::industry, "行业"},
            Field{"project", &Propose::project, "招标项目编号"},
            Field{"source", &Propose::source, "来源案卷"},
            Field{"kind", &Propose::kind, "信用信息类别"},
            Field{"subject", &Propose::subject, "信用主体", Subject::kRespondent},
            Field{"account", &Propose::account, "主体账号"},
            Field{"decision", &Propose::decision, "来源决定"},
            Field{"basis", &Propose::basis, "依据"},
            Field{"grounds", &Propose::grounds, "事由", Subject::kRespondent},
            Field{"aspect", &Propose::aspect, "履职方面"},
            Field{"restricts", &Propose::restricts, "限制参与"},
            Field{"scope_region", &Propose::scope_region, "适用区域"},
            Field{"scope_industries", &Propose::scope_industries, "适用行业"},
            Field{"from", &Propose::from, "起始日期"},
            Field{"until", &Propose::until, "截止日期"}};
  }
};

/// 决定记入: the head's own period counts.
struct Decide {
  static constexpr std::string_view kName = "decide", kZh = "决定记入";
  Date from;
  std::optional<Date> until;
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"from", &Decide::from, "起始日期"}, Field{"until", &Decide::until, "截止日期"},
            Field{"opinion", &Decide::opinion, "意见", Subject::kRespondent}};
  }
};
struct Decline {
  static constexpr std::string_view kName = "decline", kZh = "不予记入";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &Decline::reason, "理由", Subject::kRespondent}};
  }
};

struct Publish {
  static constexpr std::string_view kName = "publish", kZh = "在信用平台公布";
  std::string place;
  static FieldList Fields() { return {Field{"place", &Publish::place, "公布平台"}}; }
};
/// 不予公开 what must stay secret (FJ18-15).
struct ExemptFromPublication {
  static constexpr std::string_view kName = "exempt_from_publication", kZh = "不予公开";
  ExemptionGround ground = ExemptionGround::kOther;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"ground", &ExemptFromPublication::ground, "不公开事由"},
            Field{"reason", &ExemptFromPublication::reason, "说明", Subject::kRespondent}};
  }
};

/// 申请信用修复, or to be taken off the blacklist.
struct ApplyForRepair {
  static constexpr std::string_view kName = "apply_for_repair", kZh = "申请信用修复";
  PersonalText statement;
  std::vector<DocumentRef> evidence;
  static FieldList Fields() {
    return {Field{"statement", &ApplyForRepair::statement, "申请理由", Subject::kRespondent},
            Field{"evidence", &ApplyForRepair::evidence, "证明材料", Subject::kRespondent}};
  }
};
struct GrantRepair {
  static constexpr std::string_view kName = "grant_repair", kZh = "准予修复";
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"opinion", &GrantRepair::opinion, "意见", Subject::kRespondent}};
  }
};
struct DenyRepair {
  static constexpr std::string_view kName = "deny_repair", kZh = "不予修复";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &DenyRepair::reason, "理由", Subject::kRespondent}};
  }
};

/// 来源决定被撤销: what rests on it falls with it.
struct SourceAnnulled {
  static constexpr std::string_view kName = "source_annulled", kZh = "来源决定已撤销";
  std::string ruling;  ///< Which decision or judgment annulled it.
  Date annulled_on;
  static FieldList Fields() {
    return {Field{"ruling", &SourceAnnulled::ruling, "撤销文书"},
            Field{"annulled_on", &SourceAnnulled::annulled_on, "撤销日期"}};
  }
};
/// The period that was decided is over.
struct EndByTime {
  static constexpr std::string_view kName = "end_by_time", kZh = "期限届满";
  static FieldList Fields() { return {}; }
};
struct TakeDown {
  static constexpr std::string_view kName = "take_down", kZh = "撤下公示";
  std::string explanation;  ///< 公开说明 that stands in its place.
  static FieldList Fields() { return {Field{"explanation", &TakeDown::explanation, "公开说明"}}; }
};

}  // namespace docket::credit
