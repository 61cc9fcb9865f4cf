/// Events of a filing. Stored format: add a version instead of changing one.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "workflows/engine/workflow.hpp"
#include "workflows/filing/facts.hpp"

namespace docket::filing {

/// With the stage of its type where none was named (HN17-1.2), and the department that created it.
struct ObligationCreated : CreateObligation {
  static constexpr std::string_view kType = "filing.obligation_created", kZh = "报送义务已产生";
  std::optional<UnitId> unit;  ///< Absent where another case brought it about.
  static ObligationCreated From(const CreateObligation& c, const Facts&, const Context& context);
  static FieldList Fields() {
    return FieldList(CreateObligation::Fields(),
                     FieldList{Field{"unit", &ObligationCreated::unit, "承办单位"}});
  }
};
struct FilingSubmitted : Submit {
  static constexpr std::string_view kType = "filing.submitted", kZh = "已报送";
  std::int64_t submission = 0;  ///< 1, 2, 3 …: the versions before it stay on file.
  static FilingSubmitted From(const Submit& c, const Facts& facts, const Context&) {
    return {c, facts.submissions + 1};
  }
  static FieldList Fields() {
    return FieldList(Submit::Fields(),
                     FieldList{Field{"submission", &FilingSubmitted::submission, "报送次序"}});
  }
};
struct FilingNotCompetent : ReturnNotCompetent {
  static constexpr std::string_view kType = "filing.not_competent", kZh = "已退回（不属本部门）";
};
struct FilingReturned : ReturnIncomplete {
  static constexpr std::string_view kType = "filing.returned_incomplete",
                                    kZh = "已退回（备案材料不完整）";
};

/// Taken: the obligation is met at the time of the submission, not of the signature. Where the
/// duty is an act, the day of the act counts.
struct FilingSignedFor {
  static constexpr std::string_view kType = "filing.signed_for", kZh = "报送已签收";
  std::vector<ActorId> handlers;
  UnitId unit;
  Instant submitted_at;
  std::optional<Date> done_on;
  bool late = false;
  static FilingSignedFor From(const SignFor& c, const Facts& facts, const Context& context);
  static FieldList Fields() {
    return {Field{"handlers", &FilingSignedFor::handlers, "初审人"},
            Field{"unit", &FilingSignedFor::unit, "承办单位"},
            Field{"submitted_at", &FilingSignedFor::submitted_at, "报送时间"},
            Field{"done_on", &FilingSignedFor::done_on, "履行日期"},
            Field{"late", &FilingSignedFor::late, "逾期履行"}};
  }
};
struct FirstReviewed : ReviewFirst {
  static constexpr std::string_view kType = "filing.first_reviewed", kZh = "已出具初审意见";
};
struct SecondReviewed : ReviewSecond {
  static constexpr std::string_view kType = "filing.second_reviewed", kZh = "已复审";
};
struct NoProblemFound : IssueOpinion {
  static constexpr std::string_view kType = "filing.no_problem_found", kZh = "未发现问题";
};
struct RectificationWasRequired : IssueOpinion {
  static constexpr std::string_view kType = "filing.rectification_required", kZh = "需整改";
};

/// Where the obligation was met already, its limit runs again from the day that triggered it.
struct FilingWithdrawn : Withdraw {
  static constexpr std::string_view kType = "filing.withdrawn", kZh = "报送已撤回";
  std::optional<Date> reopened_from;
  std::optional<std::int64_t> limit_workdays;
  static FilingWithdrawn From(const Withdraw& c, const Facts& facts, const Context&);
  static FieldList Fields() {
    return FieldList(
        Withdraw::Fields(),
        FieldList{Field{"reopened_from", &FilingWithdrawn::reopened_from, "重新起算日期"},
                  Field{"limit_workdays", &FilingWithdrawn::limit_workdays, "设定期限（工作日）"}});
  }
};
struct FilingSuperseded : Supersede {
  static constexpr std::string_view kType = "filing.superseded", kZh = "已被新版本取代";
};
struct ObligationWaived : Waive {
  static constexpr std::string_view kType = "filing.waived", kZh = "报送义务已免除";
};

/// The limit ran out and nothing that counts was submitted. Also told when what was submitted in
/// the meantime turns out not to count.
struct ObligationOverdue {
  static constexpr std::string_view kType = "filing.overdue_noted", kZh = "逾期未报";
  std::optional<Date> due_on;
  static ObligationOverdue From(const NoteOverdue&, const Facts& facts, const Context& context);
  template <class GivingBack>
  static std::optional<ObligationOverdue> From(const GivingBack&, const Facts& facts,
                                               const Context& context) {
    return IfLapsed(facts, context);
  }
  static FieldList Fields() { return {Field{"due_on", &ObligationOverdue::due_on, "届满日"}}; }

 private:
  static std::optional<ObligationOverdue> IfLapsed(const Facts& facts, const Context& context);
};
struct PerformanceRecorded : RecordPerformance {
  static constexpr std::string_view kType = "filing.performance_recorded", kZh = "履约信息已登记";
};
struct CheckPlanned : PlanCheck {
  static constexpr std::string_view kType = "filing.check_planned", kZh = "履约检查已安排";
};
struct PerformanceChecked : CheckPerformance {
  static constexpr std::string_view kType = "filing.performance_checked", kZh = "已作履约检查";
};
struct HandlersAssigned : AssignHandlers {
  static constexpr std::string_view kType = "filing.handlers_assigned", kZh = "初审人已更换";
};

using Event = std::variant<ObligationCreated, FilingSubmitted, FilingNotCompetent, FilingReturned,
                           FilingSignedFor, FirstReviewed, SecondReviewed, NoProblemFound,
                           RectificationWasRequired, FilingWithdrawn, FilingSuperseded,
                           ObligationWaived, ObligationOverdue, PerformanceRecorded, CheckPlanned,
                           PerformanceChecked, HandlersAssigned>;

void Apply(Facts&, const ObligationCreated&, const RecordedEvent&);
void Apply(Facts&, const FilingSubmitted&, const RecordedEvent&);
void Apply(Facts&, const FilingNotCompetent&, const RecordedEvent&);
void Apply(Facts&, const FilingReturned&, const RecordedEvent&);
void Apply(Facts&, const FilingSignedFor&, const RecordedEvent&);
void Apply(Facts&, const FirstReviewed&, const RecordedEvent&);
void Apply(Facts&, const SecondReviewed&, const RecordedEvent&);
void Apply(Facts&, const NoProblemFound&, const RecordedEvent&);
void Apply(Facts&, const RectificationWasRequired&, const RecordedEvent&);
void Apply(Facts&, const FilingWithdrawn&, const RecordedEvent&);
void Apply(Facts&, const FilingSuperseded&, const RecordedEvent&);
void Apply(Facts&, const ObligationWaived&, const RecordedEvent&);
void Apply(Facts&, const ObligationOverdue&, const RecordedEvent&);
void Apply(Facts&, const PerformanceRecorded&, const RecordedEvent&);
void Apply(Facts&, const CheckPlanned&, const RecordedEvent&);
void Apply(Facts&, const PerformanceChecked&, const RecordedEvent&);
void Apply(Facts&, const HandlersAssigned&, const RecordedEvent&);

}  // namespace docket::filing
