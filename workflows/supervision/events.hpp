/// What happened to a supervision item. Stored format: add a version instead of changing one.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "workflows/supervision/facts.hpp"

namespace docket::supervision {

/// The name of what items claim (workflows/engine/claims.hpp). Stored in stream ids.
inline constexpr std::string_view kCodeRegistry = "supervision_code";

struct ItemIssued : Issue {
  static constexpr std::string_view kType = "supervision.issued", kZh = "已下达";

  static ItemIssued From(const Issue& c, const Facts&, const Context& context);
  std::vector<Claim> Claims(const Facts& before) const;
};
struct ItemSignedFor : SignFor {
  static constexpr std::string_view kType = "supervision.signed_for", kZh = "已签收";
};
struct HandlersAppointed : AppointHandlers {
  static constexpr std::string_view kType = "supervision.handlers_appointed", kZh = "承办人已更换";
};
struct ProgressReported : ReportProgress {
  static constexpr std::string_view kType = "supervision.progress_reported", kZh = "已反馈办理进度";
};

/// All that the lower unit's item is opened with and this item's facts do not say.
struct ItemForwarded : Forward {
  static constexpr std::string_view kType = "supervision.forwarded", kZh = "已转办";
  std::string code;  ///< Of the lower unit's item: this one's, and a number.
  UnitId issuer;     ///< The unit that forwards.

  static ItemForwarded From(const Forward& c, const Facts& facts, const Context&);
  static FieldList Fields() {
    return FieldList(Forward::Fields(),
                     FieldList{Field{"code", &ItemForwarded::code, "督办编号"},
                               Field{"issuer", &ItemForwarded::issuer, "下达单位"}});
  }
};
struct ChildWasOpened : ChildOpened {
  static constexpr std::string_view kType = "supervision.child_opened", kZh = "转办事项已登记";
};
struct ChildWasClosed : ChildClosed {
  static constexpr std::string_view kType = "supervision.child_closed", kZh = "转办事项已有结果";
};
struct ItemUrged : Urge {
  static constexpr std::string_view kType = "supervision.urged", kZh = "已催办";
};
struct ItemOverdue : MarkOverdue {
  static constexpr std::string_view kType = "supervision.overdue", kZh = "已超期";
};
struct ItemCirculated : Circulate {
  static constexpr std::string_view kType = "supervision.circulated", kZh = "已通报";
};
struct OpinionWasSubmitted : SubmitOpinion {
  static constexpr std::string_view kType = "supervision.opinion_submitted", kZh = "已反馈办结意见";
};

/// Both ends say whose child it was, and under which code.
struct ItemClosed {
  static constexpr std::string_view kType = "supervision.closed", kZh = "已同意办结";
  std::string code;
  std::optional<StreamId> parent;

  static ItemClosed From(const Accept&, const Facts& facts, const Context&) {
    return {facts.code, facts.parent};
  }
  static FieldList Fields() {
    return {Field{"code", &ItemClosed::code, "督办编号"},
            Field{"parent", &ItemClosed::parent, "上级督办事项"}};
  }
};
struct ItemReturned : ReturnItem {
  static constexpr std::string_view kType = "supervision.returned", kZh = "已退回重办";
};
struct ItemRevoked : Revoke {
  static constexpr std::string_view kType = "supervision.revoked", kZh = "督办已撤销";
  std::string code;
  std::optional<StreamId> parent;

  static ItemRevoked From(const Revoke& c, const Facts& facts, const Context&) {
    return {c, facts.code, facts.parent};
  }
  static FieldList Fields() {
    return FieldList(Revoke::Fields(),
                     FieldList{Field{"code", &ItemRevoked::code, "督办编号"},
                               Field{"parent", &ItemRevoked::parent, "上级督办事项"}});
  }
};

using Event =
    std::variant<ItemIssued, ItemSignedFor, HandlersAppointed, ProgressReported, ItemForwarded,
                 ChildWasOpened, ChildWasClosed, ItemUrged, ItemOverdue, ItemCirculated,
                 OpinionWasSubmitted, ItemClosed, ItemReturned, ItemRevoked>;

void Apply(Facts& facts, const ItemIssued& e, const RecordedEvent& event);
void Apply(Facts& facts, const ItemSignedFor& e, const RecordedEvent&);
void Apply(Facts& facts, const HandlersAppointed& e, const RecordedEvent&);
void Apply(Facts& facts, const ProgressReported& e, const RecordedEvent&);
void Apply(Facts& facts, const ItemForwarded& e, const RecordedEvent&);
void Apply(Facts& facts, const ChildWasOpened& e, const RecordedEvent&);
void Apply(Facts& facts, const ChildWasClosed& e, const RecordedEvent&);
void Apply(Facts& facts, const ItemUrged& e, const RecordedEvent&);
void Apply(Facts& facts, const ItemOverdue& e, const RecordedEvent&);
void Apply(Facts& facts, const ItemCirculated& e, const RecordedEvent&);
void Apply(Facts& facts, const OpinionWasSubmitted& e, const RecordedEvent&);
void Apply(Facts& facts, const ItemClosed& e, const RecordedEvent&);
void Apply(Facts& facts, const ItemReturned& e, const RecordedEvent&);
void Apply(Facts& facts, const ItemRevoked& e, const RecordedEvent&);

}  // namespace docket::supervision
