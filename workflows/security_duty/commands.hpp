/// What can be done about duties, incidents and documents of security.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "workflows/engine/case_engine.hpp"
#include "workflows/security_duty/vocabulary.hpp"

namespace docket::security_duty {

struct Establish {
  static constexpr std::string_view kName = "establish", kZh = "设立安全职责";
  RegionCode region;
  UnitId unit;  ///< Whose duty it is.
  DutyKind kind = DutyKind::kSelfCheck;
  Date first_due_on;  ///< Last day of the first period; the others follow by the rule.
  std::optional<StreamId> source{};
  static FieldList Fields() {
    return {Field{"region", &Establish::region, "行政区划代码"},
            Field{"unit", &Establish::unit, "责任单位"},
            Field{"kind", &Establish::kind, "职责类型"},
            Field{"first_due_on", &Establish::first_due_on, "首期届满日"},
            Field{"source", &Establish::source, "来源案卷"}};
  }
};

struct Perform {
  static constexpr std::string_view kName = "perform", kZh = "履行本期职责";
  Date due_on;  ///< Names the period: the running one, or one that was missed.
  CheckResult result = CheckResult::kSatisfactory;
  PersonalText description;
  DocumentRef document;
  std::vector<ActorId> accounts;              ///< Who was trained, or who signed.
  std::optional<std::string> text_version{};  ///< Of the undertaking that was signed.
  static FieldList Fields() {
    return {Field{"due_on", &Perform::due_on, "所属期届满日"},
            Field{"result", &Perform::result, "结果"},
            Field{"description", &Perform::description, "履行情况", Subject::kParties},
            Field{"document", &Perform::document, "记录"},
            Field{"accounts", &Perform::accounts, "参训或签署人员"},
            Field{"text_version", &Perform::text_version, "承诺书版本"}};
  }
};

/// 特殊情况下的测评或自查 (FJ18-19): beside the periods, and none of them is done by it.
struct PerformSpecially {
  static constexpr std::string_view kName = "perform_specially", kZh = "特殊情况履行";
  PersonalText occasion;
  CheckResult result = CheckResult::kSatisfactory;
  DocumentRef document;
  static FieldList Fields() {
    return {Field{"occasion", &PerformSpecially::occasion, "特殊情况", Subject::kParties},
            Field{"result", &PerformSpecially::result, "结果"},
            Field{"document", &PerformSpecially::document, "记录"}};
  }
};

struct Confirm {
  static constexpr std::string_view kName = "confirm", kZh = "核验履行情况";
  std::int64_t number = 0;  ///< Of the performance, from 1.
  bool sufficient = false;  ///< Otherwise the period is to be done again.
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"number", &Confirm::number, "履行序号"},
            Field{"sufficient", &Confirm::sufficient, "核验通过"},
            Field{"opinion", &Confirm::opinion, "核验意见", Subject::kParties}};
  }
};

/// The period has run out; the next one begins.
struct NoteMissed {
  static constexpr std::string_view kName = "note_missed", kZh = "记录本期未履行";
  Date due_on;
  static FieldList Fields() { return {Field{"due_on", &NoteMissed::due_on, "所属期届满日"}}; }
};

struct Suspend {
  static constexpr std::string_view kName = "suspend", kZh = "暂停安全职责";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &Suspend::reason, "原因", Subject::kParties}};
  }
};

struct Resume {
  static constexpr std::string_view kName = "resume", kZh = "恢复安全职责";
  Date first_due_on;
  static FieldList Fields() { return {Field{"first_due_on", &Resume::first_due_on, "首期届满日"}}; }
};

struct End {
  static constexpr std::string_view kName = "end", kZh = "终止";
  PersonalText reason;
  static FieldList Fields() { return {Field{"reason", &End::reason, "原因", Subject::kParties}}; }
};

struct ReportIncident {
  static constexpr std::string_view kName = "report_incident", kZh = "报告安全事件";
  RegionCode region;
  UnitId unit;  ///< Where it happened.
  IncidentKind kind = IncidentKind::kOther;
  Severity severity = Severity::kOrdinary;
  Instant detected_at;
  PersonalText description;
  std::optional<StreamId> source{};
  static FieldList Fields() {
    return {Field{"region", &ReportIncident::region, "行政区划代码"},
            Field{"unit", &ReportIncident::unit, "发生单位"},
            Field{"kind", &ReportIncident::kind, "事件类型"},
            Field{"severity", &ReportIncident::severity, "严重程度"},
            Field{"detected_at", &ReportIncident::detected_at, "发现时间"},
            Field{"description", &ReportIncident::description, "事件情况", Subject::kParties},
            Field{"source", &ReportIncident::source, "来源案卷"}};
  }
};

struct HandleIncident {
  static constexpr std::string_view kName = "handle_incident", kZh = "处置安全事件";
  PersonalText measures;
  std::optional<DocumentRef> document{};
  static FieldList Fields() {
    return {Field{"measures", &HandleIncident::measures, "处置措施", Subject::kParties},
            Field{"document", &HandleIncident::document, "处置报告"}};
  }
};

struct CirculateIncident {
  static constexpr std::string_view kName = "circulate_incident", kZh = "通报安全事件";
  std::vector<UnitId> addressees;
  DocumentRef circular;
  static FieldList Fields() {
    return {Field{"addressees", &CirculateIncident::addressees, "通报单位"},
            Field{"circular", &CirculateIncident::circular, "通报"}};
  }
};

struct CloseIncident {
  static constexpr std::string_view kName = "close_incident", kZh = "安全事件结案";
  PersonalText conclusion;
  Accountability accountability = Accountability::kNone;
  static FieldList Fields() {
    return {Field{"conclusion", &CloseIncident::conclusion, "结案意见", Subject::kParties},
            Field{"accountability", &CloseIncident::accountability, "责任追究"}};
  }
};

struct SubmitDocument {
  static constexpr std::string_view kName = "submit_document", kZh = "报审安全文件";
  RegionCode region;
  UnitId unit;
  DocumentKind kind = DocumentKind::kEmergencyPlan;
  std::string version;
  PersonalText description;
  DocumentRef document;
  static FieldList Fields() {
    return {Field{"region", &SubmitDocument::region, "行政区划代码"},
            Field{"unit", &SubmitDocument::unit, "责任单位"},
            Field{"kind", &SubmitDocument::kind, "文件类型"},
            Field{"version", &SubmitDocument::version, "版本"},
            Field{"description", &SubmitDocument::description, "内容说明", Subject::kParties},
            Field{"document", &SubmitDocument::document, "文件"}};
  }
};

struct ReviseDocument {
  static constexpr std::string_view kName = "revise_document", kZh = "报审新版本";
  std::string version;
  PersonalText description;
  DocumentRef document;
  static FieldList Fields() {
    return {Field{"version", &ReviseDocument::version, "版本"},
            Field{"description", &ReviseDocument::description, "修订说明", Subject::kParties},
            Field{"document", &ReviseDocument::document, "文件"}};
  }
};

struct ApproveDocument {
  static constexpr std::string_view kName = "approve_document", kZh = "审核通过";
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"opinion", &ApproveDocument::opinion, "审核意见", Subject::kParties}};
  }
};

struct ReturnDocument {
  static constexpr std::string_view kName = "return_document", kZh = "审核退回";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &ReturnDocument::reason, "退回原因", Subject::kParties}};
  }
};

}  // namespace docket::security_duty
