/// Commands of a supervision item (督办): what its issuer, its addressee and other cases may ask.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/trade.hpp"
#include "workflows/engine/case_engine.hpp"
#include "workflows/supervision/vocabulary.hpp"

namespace docket::supervision {

/// 下达: to a department or a trading centre, with a limit that the issuer sets (HN18-5, HN18-7).
struct Issue {
  static constexpr std::string_view kName = "issue", kZh = "下达";
  ItemKind kind = ItemKind::kSupervision;
  std::string code;              ///< 督办编号: of this item alone.
  std::optional<UnitId> issuer;  ///< Where a case opens it; else the acting unit.
  UnitId addressee;
  PersonalText requirement;
  Date limit_on;  ///< Last day on which the closing opinion is in time.
  RegionCode region;
  std::optional<Industry> industry;
  std::optional<ProjectCode> project;
  std::optional<std::string> project_name;
  std::optional<Stage> stage;
  std::optional<StreamId> source;
  std::optional<StreamId> parent;  ///< The item from which it was forwarded.

  static FieldList Fields() {
    return {Field{"kind", &Issue::kind, "事项类型"},
            Field{"code", &Issue::code, "督办编号"},
            Field{"issuer", &Issue::issuer, "下达单位"},
            Field{"addressee", &Issue::addressee, "承办单位"},
            Field{"requirement", &Issue::requirement, "督办要求", Subject::kParties},
            Field{"limit_on", &Issue::limit_on, "办结期限"},
            Field{"region", &Issue::region, "行政区划代码"},
            Field{"industry", &Issue::industry, "行业领域"},
            Field{"project", &Issue::project, "项目编号"},
            Field{"project_name", &Issue::project_name, "项目名称"},
            Field{"stage", &Issue::stage, "阶段"},
            Field{"source", &Issue::source, "来源案卷"},
            Field{"parent", &Issue::parent, "上级督办事项"}};
  }
};

struct SignFor {
  static constexpr std::string_view kName = "sign_for", kZh = "签收";
  std::vector<ActorId> handlers;

  static FieldList Fields() { return {Field{"handlers", &SignFor::handlers, "承办人"}}; }
};

struct AppointHandlers {
  static constexpr std::string_view kName = "appoint_handlers", kZh = "更换承办人";
  std::vector<ActorId> handlers;

  static FieldList Fields() { return {Field{"handlers", &AppointHandlers::handlers, "承办人"}}; }
};

/// 办理进度 (HN18-5).
struct ReportProgress {
  static constexpr std::string_view kName = "report_progress", kZh = "反馈办理进度";
  PersonalText progress;
  std::vector<DocumentRef> documents;

  static FieldList Fields() {
    return {Field{"progress", &ReportProgress::progress, "办理进度", Subject::kParties},
            Field{"documents", &ReportProgress::documents, "附件"}};
  }
};

/// 转办: a lower unit gets an item of its own; this one stays responsible.
struct Forward {
  static constexpr std::string_view kName = "forward", kZh = "转办";
  UnitId addressee;
  PersonalText requirement;
  Date limit_on;

  static FieldList Fields() {
    return {Field{"addressee", &Forward::addressee, "承办单位"},
            Field{"requirement", &Forward::requirement, "督办要求", Subject::kParties},
            Field{"limit_on", &Forward::limit_on, "办结期限"}};
  }
};

/// What was forwarded has its own case now.
struct ChildOpened {
  static constexpr std::string_view kName = "child_opened", kZh = "登记转办事项";
  std::string code;
  StreamId child;

  static FieldList Fields() {
    return {Field{"code", &ChildOpened::code, "督办编号"},
            Field{"child", &ChildOpened::child, "转办案卷"}};
  }
};

struct ChildClosed {
  static constexpr std::string_view kName = "child_closed", kZh = "登记转办事项结果";
  std::string code;
  ChildOutcome outcome = ChildOutcome::kClosed;

  static FieldList Fields() {
    return {Field{"code", &ChildClosed::code, "督办编号"},
            Field{"outcome", &ChildClosed::outcome, "转办结果"}};
  }
};

/// 催办: when the limit draws near or is over (HN18-7).
struct Urge {
  static constexpr std::string_view kName = "urge", kZh = "催办";
  PersonalText note;

  static FieldList Fields() { return {Field{"note", &Urge::note, "催办意见", Subject::kParties}}; }
};

/// The limit is over.
struct MarkOverdue {
  static constexpr std::string_view kName = "mark_overdue", kZh = "标记超期";
  static FieldList Fields() { return {}; }
};

/// 通报: the document, to whom it goes, and how far (FJ18-22 to 25).
struct Circulate {
  static constexpr std::string_view kName = "circulate", kZh = "通报";
  DocumentRef document;
  CircularLevel level = CircularLevel::kRecipients;
  std::vector<UnitId> recipients;

  static FieldList Fields() {
    return {Field{"document", &Circulate::document, "通报文书"},
            Field{"level", &Circulate::level, "通报范围"},
            Field{"recipients", &Circulate::recipients, "通报单位"}};
  }
};

/// Somebody who was held to account.
struct HandledPerson {
  Responsibility capacity = Responsibility::kInCharge;
  PersonalText name;
  PersonalText handling;  ///< What was decided, and by whom.

  static FieldList Fields() {
    return {Field{"capacity", &HandledPerson::capacity, "责任类型"},
            Field{"name", &HandledPerson::name, "姓名"},
            Field{"handling", &HandledPerson::handling, "处理情况"}};
  }
  friend bool operator==(const HandledPerson&, const HandledPerson&) = default;
};

/// 反馈办结意见 (HN18-5): does not close the item, its issuer does.
struct SubmitOpinion {
  static constexpr std::string_view kName = "submit_opinion", kZh = "反馈办结意见";
  PersonalText opinion;
  std::vector<HandledPerson> persons;
  std::vector<DocumentRef> documents;

  static FieldList Fields() {
    return {Field{"opinion", &SubmitOpinion::opinion, "办结意见", Subject::kParties},
            Field{"persons", &SubmitOpinion::persons, "责任人员", Subject::kParties},
            Field{"documents", &SubmitOpinion::documents, "附件"}};
  }
};

struct Accept {
  static constexpr std::string_view kName = "accept", kZh = "同意办结";
  static FieldList Fields() { return {}; }
};

/// 退回重办: with a limit of its own.
struct ReturnItem {
  static constexpr std::string_view kName = "return_item", kZh = "退回重办";
  PersonalText reason;
  Date limit_on;

  static FieldList Fields() {
    return {Field{"reason", &ReturnItem::reason, "退回理由", Subject::kParties},
            Field{"limit_on", &ReturnItem::limit_on, "办结期限"}};
  }
};

struct Revoke {
  static constexpr std::string_view kName = "revoke", kZh = "撤销督办";
  PersonalText reason;

  static FieldList Fields() {
    return {Field{"reason", &Revoke::reason, "撤销理由", Subject::kParties}};
  }
};

}  // namespace docket::supervision
