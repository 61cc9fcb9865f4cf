/// Events of matters of security. Stored format: add a version instead of changing one.
#pragma once

#include <variant>

#include "workflows/engine/workflow.hpp"
#include "workflows/security_duty/facts.hpp"

namespace docket::security_duty {

struct DutyEstablished : Establish {
  static constexpr std::string_view kType = "security_duty.established", kZh = "安全职责已设立";
  UnitId managed_by;
  static DutyEstablished From(const Establish& c, const Facts&, const Context& context) {
    return {c, context.unit};
  }
  static FieldList Fields() {
    return FieldList(Establish::Fields(),
                     FieldList{Field{"managed_by", &DutyEstablished::managed_by, "管理单位"}});
  }
};
/// A period runs. Every one is counted from where the first one is, and that from a 31st where
/// periods of months end with their months: 31 January, 29 February, 31 March.
struct PeriodBegun {
  static constexpr std::string_view kType = "security_duty.period_begun", kZh = "新一期已开始";
  Date counted_from;
  std::int64_t amount = 0;  ///< From `counted_from` to `due_on`, in the rule's unit.
  Date begins_on;
  Date due_on;
  static std::optional<PeriodBegun> From(const Establish& c, const Facts&, const Context& context);
  static std::optional<PeriodBegun> From(const Resume& c, const Facts& facts,
                                         const Context& context);
  /// Nothing when a missed period was made up for: the running one goes on.
  static std::optional<PeriodBegun> From(const Perform& c, const Facts& facts,
                                         const Context& context);
  static std::optional<PeriodBegun> From(const NoteMissed&, const Facts& facts,
                                         const Context& context);
  static FieldList Fields() {
    return {Field{"counted_from", &PeriodBegun::counted_from, "起算日"},
            Field{"amount", &PeriodBegun::amount, "期间数"},
            Field{"begins_on", &PeriodBegun::begins_on, "本期起始日"},
            Field{"due_on", &PeriodBegun::due_on, "本期届满日"}};
  }
};
/// The first period of a duty; nothing where no rule says how often it recurs.
std::optional<PeriodBegun> FirstPeriod(DutyKind kind, const RegionCode& region, Date first_due_on,
                                       const Context& context);

struct DutyPerformed : Perform {
  static constexpr std::string_view kType = "security_duty.performed", kZh = "本期职责已履行";
  std::int64_t number = 0;
  static DutyPerformed From(const Perform& c, const Facts& facts, const Context&) {
    return {c, static_cast<std::int64_t>(facts.performances.size()) + 1};
  }
  static FieldList Fields() {
    return FieldList(Perform::Fields(),
                     FieldList{Field{"number", &DutyPerformed::number, "履行序号"}});
  }
};
struct SpeciallyPerformed : PerformSpecially {
  static constexpr std::string_view kType = "security_duty.specially_performed",
                                    kZh = "特殊情况已履行";
  std::int64_t number = 0;
  static SpeciallyPerformed From(const PerformSpecially& c, const Facts& facts, const Context&) {
    return {c, static_cast<std::int64_t>(facts.performances.size()) + 1};
  }
  static FieldList Fields() {
    return FieldList(PerformSpecially::Fields(),
                     FieldList{Field{"number", &SpeciallyPerformed::number, "履行序号"}});
  }
};
struct PerformanceConfirmed : Confirm {
  static constexpr std::string_view kType = "security_duty.confirmed", kZh = "履行情况已核验";
};
struct PeriodMissed : NoteMissed {
  static constexpr std::string_view kType = "security_duty.missed", kZh = "本期未履行";
};
struct DutySuspended : Suspend {
  static constexpr std::string_view kType = "security_duty.suspended", kZh = "安全职责已暂停";
};
struct DutyResumed : Resume {
  static constexpr std::string_view kType = "security_duty.resumed", kZh = "安全职责已恢复";
};
struct MatterEnded : End {
  static constexpr std::string_view kType = "security_duty.ended", kZh = "已终止";
};
struct IncidentWasReported : ReportIncident {
  static constexpr std::string_view kType = "security_duty.incident_reported",
                                    kZh = "安全事件已报告";
  std::optional<Instant> major_since{};  ///< From which its circular is due.
  static IncidentWasReported From(const ReportIncident& c, const Facts&, const Context& context);
  static FieldList Fields() {
    return FieldList(
        ReportIncident::Fields(),
        FieldList{Field{"major_since", &IncidentWasReported::major_since, "重大事件报告时间"}});
  }
};
struct IncidentWasHandled : HandleIncident {
  static constexpr std::string_view kType = "security_duty.incident_handled",
                                    kZh = "安全事件已处置";
};
/// Brings about a supervision in a case of its own.
struct IncidentCirculated : CirculateIncident {
  static constexpr std::string_view kType = "security_duty.incident_circulated",
                                    kZh = "安全事件已通报";
};
struct IncidentWasClosed : CloseIncident {
  static constexpr std::string_view kType = "security_duty.incident_closed", kZh = "安全事件已结案";
};
struct DocumentWasSubmitted : SubmitDocument {
  static constexpr std::string_view kType = "security_duty.document_submitted",
                                    kZh = "安全文件已报审";
};
struct DocumentRevised : ReviseDocument {
  static constexpr std::string_view kType = "security_duty.document_revised", kZh = "新版本已报审";
};
struct DocumentApproved : ApproveDocument {
  static constexpr std::string_view kType = "security_duty.document_approved",
                                    kZh = "安全文件已审核通过";
  std::optional<Date> plan_in_force_on{};  ///< Of a plan, from which its next revision is due.
  static DocumentApproved From(const ApproveDocument& c, const Facts& facts,
                               const Context& context);
  static FieldList Fields() {
    return FieldList(
        ApproveDocument::Fields(),
        FieldList{Field{"plan_in_force_on", &DocumentApproved::plan_in_force_on, "预案生效日"}});
  }
};
struct DocumentWasReturned : ReturnDocument {
  static constexpr std::string_view kType = "security_duty.document_returned",
                                    kZh = "安全文件已退回";
};

using Event =
    std::variant<DutyEstablished, PeriodBegun, DutyPerformed, SpeciallyPerformed,
                 PerformanceConfirmed, PeriodMissed, DutySuspended, DutyResumed, MatterEnded,
                 IncidentWasReported, IncidentWasHandled, IncidentCirculated, IncidentWasClosed,
                 DocumentWasSubmitted, DocumentRevised, DocumentApproved, DocumentWasReturned>;

void Apply(Facts& facts, const DutyEstablished& e, const RecordedEvent&);
void Apply(Facts& facts, const PeriodBegun& e, const RecordedEvent&);
void Apply(Facts& facts, const DutyPerformed& e, const RecordedEvent&);
void Apply(Facts& facts, const SpeciallyPerformed& e, const RecordedEvent&);
void Apply(Facts& facts, const PerformanceConfirmed& e, const RecordedEvent&);
void Apply(Facts& facts, const PeriodMissed& e, const RecordedEvent&);
void Apply(Facts& facts, const DutySuspended& e, const RecordedEvent&);
void Apply(Facts& facts, const DutyResumed& e, const RecordedEvent&);
void Apply(Facts& facts, const MatterEnded& e, const RecordedEvent&);
void Apply(Facts& facts, const IncidentWasReported& e, const RecordedEvent&);
void Apply(Facts& facts, const IncidentWasHandled& e, const RecordedEvent&);
void Apply(Facts& facts, const IncidentCirculated& e, const RecordedEvent&);
void Apply(Facts& facts, const IncidentWasClosed& e, const RecordedEvent&);
void Apply(Facts& facts, const DocumentWasSubmitted& e, const RecordedEvent&);
void Apply(Facts& facts, const DocumentRevised& e, const RecordedEvent&);
void Apply(Facts& facts, const DocumentApproved& e, const RecordedEvent&);
void Apply(Facts& facts, const DocumentWasReturned& e, const RecordedEvent&);

}  // namespace docket::security_duty
