/// Events of a rectification. Stored format: add a version instead of changing one.
#pragma once

#include <variant>

#include "workflows/rectification/facts.hpp"

namespace docket::rectification {

struct RectificationDrafted : Draft {
  static constexpr std::string_view kType = "rectification.drafted", kZh = "整改已立项";
  std::string article;
  Form form = Form::kOrder;
  static RectificationDrafted From(const Draft& c, const Facts&, const Context&);
  static FieldList Fields() {
    return FieldList(Draft::Fields(),
                     FieldList{Field{"article", &RectificationDrafted::article, "条款"},
                               Field{"form", &RectificationDrafted::form, "方式"}});
  }
};
struct OrderPrepared : Prepare {
  static constexpr std::string_view kType = "rectification.prepared", kZh = "整改文书已拟制";
};
struct OrderIssued {
  static constexpr std::string_view kType = "rectification.ordered", kZh = "整改文书已下达";
  Form form = Form::kOrder;
  std::string article;
  Date due_on;
  DocumentRef document;
  static OrderIssued From(const Order& c, const Facts& facts, const Context&) {
    return {facts.form, facts.article, *facts.due_on, c.document};
  }
  static FieldList Fields() {
    return {Field{"form", &OrderIssued::form, "方式"},
            Field{"article", &OrderIssued::article, "条款"},
            Field{"due_on", &OrderIssued::due_on, "整改期限"},
            Field{"document", &OrderIssued::document, "整改文书"}};
  }
};
struct CriticismCirculated {
  static constexpr std::string_view kType = "rectification.criticised", kZh = "已通报批评";
  Circular circular;
  static std::optional<CriticismCirculated> From(const Order& c, const Facts&, const Context&) {
    return c.criticism ? std::optional(CriticismCirculated{*c.criticism}) : std::nullopt;
  }
  static FieldList Fields() {
    return {Field{"circular", &CriticismCirculated::circular, "通报批评"}};
  }
};
struct OrderReceived : Receive {
  static constexpr std::string_view kType = "rectification.received", kZh = "整改文书已签收";
};
struct ProgressReported : ReportProgress {
  static constexpr std::string_view kType = "rectification.progress_reported", kZh = "已报告进度";
};
struct LimitExtended : Extend {
  static constexpr std::string_view kType = "rectification.extended", kZh = "期限已延长";
};
struct ResultReported : Report {
  static constexpr std::string_view kType = "rectification.reported", kZh = "已报告整改结果";
};
struct InspectionPassed : ReInspect {
  static constexpr std::string_view kType = "rectification.passed", kZh = "复查合格";
};
struct InspectionFailed : ReInspect {
  static constexpr std::string_view kType = "rectification.failed", kZh = "复查不合格";
};
struct RefusalEstablished : FindRefusal {
  static constexpr std::string_view kType = "rectification.refused", kZh = "已认定拒不改正";
};
/// The first of the two acts that a refusal calls for: for whoever handles the persons.
struct PersonsHandlingDue {
  static constexpr std::string_view kType = "rectification.persons_due", kZh = "应处理责任人员";
  std::string article;
  static std::optional<PersonsHandlingDue> From(const Order&, const Facts& facts, const Context&);
  static std::optional<PersonsHandlingDue> From(const FindRefusal&, const Facts& facts,
                                                const Context&);
  static FieldList Fields() { return {Field{"article", &PersonsHandlingDue::article, "条款"}}; }
};
/// The second one.
struct CircularDue {
  static constexpr std::string_view kType = "rectification.circular_due", kZh = "应予通报";
  std::string article;
  static std::optional<CircularDue> From(const FindRefusal&, const Facts& facts, const Context&);
  static FieldList Fields() { return {Field{"article", &CircularDue::article, "条款"}}; }
};
struct PersonsHandled : HandlePersons {
  static constexpr std::string_view kType = "rectification.persons_handled", kZh = "责任人员已处理";
};
struct CircularSent : Circulate {
  static constexpr std::string_view kType = "rectification.circulated", kZh = "已通报";
};
struct MeasureImposed : ImposeMeasure {
  static constexpr std::string_view kType = "rectification.measure_imposed", kZh = "已采取措施";
};
struct RectificationClosed : Close {
  static constexpr std::string_view kType = "rectification.closed", kZh = "整改已办结";
};
struct RectificationRevoked : Revoke {
  static constexpr std::string_view kType = "rectification.revoked", kZh = "整改已撤销";
};
using Event = std::variant<RectificationDrafted, OrderPrepared, OrderIssued, CriticismCirculated,
                           OrderReceived, ProgressReported, LimitExtended, ResultReported,
                           InspectionPassed, InspectionFailed, RefusalEstablished,
                           PersonsHandlingDue, CircularDue, PersonsHandled, CircularSent,
                           MeasureImposed, RectificationClosed, RectificationRevoked>;

void Apply(Facts& facts, const RectificationDrafted& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const OrderPrepared& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const OrderIssued& e, const RecordedEvent&);
void Apply(Facts& facts, const CriticismCirculated& e, const RecordedEvent&);
void Apply(Facts& facts, const OrderReceived& e, const RecordedEvent&);
void Apply(Facts& facts, const ProgressReported& e, const RecordedEvent&);
void Apply(Facts& facts, const LimitExtended& e, const RecordedEvent&);
void Apply(Facts& facts, const ResultReported& e, const RecordedEvent&);
void Apply(Facts& facts, const InspectionPassed& e, const RecordedEvent&);
void Apply(Facts& facts, const InspectionFailed& e, const RecordedEvent&);
void Apply(Facts& facts, const RefusalEstablished& e, const RecordedEvent&);
void Apply(Facts& facts, const PersonsHandlingDue& e, const RecordedEvent&);
void Apply(Facts& facts, const CircularDue& e, const RecordedEvent&);
void Apply(Facts& facts, const PersonsHandled& e, const RecordedEvent&);
void Apply(Facts& facts, const CircularSent& e, const RecordedEvent&);
void Apply(Facts& facts, const MeasureImposed& e, const RecordedEvent&);
void Apply(Facts& facts, const RectificationClosed& e, const RecordedEvent&);
void Apply(Facts& facts, const RectificationRevoked& e, const RecordedEvent&);

}  // namespace docket::rectification
