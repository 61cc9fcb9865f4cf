/// Events of an inspection. Stored format: add a version instead of changing one.
#pragma once

#include <variant>

#include "workflows/engine/workflow.hpp"
#include "workflows/inspection/draw.hpp"
#include "workflows/inspection/facts.hpp"

namespace docket::inspection {

struct PlanDrafted : DraftPlan {
  static constexpr std::string_view kType = "inspection.plan_drafted", kZh = "抽检计划已拟订";
  UnitId office;
  std::int64_t year = 0;
  std::optional<Date> year_starts_on{};  ///< Of the year's plan, from which its approval is due.
  static PlanDrafted From(const DraftPlan& c, const Facts&, const Context& context);
  static FieldList Fields() {
    return FieldList(
        DraftPlan::Fields(),
        FieldList{Field{"office", &PlanDrafted::office, "拟订单位"},
                  Field{"year", &PlanDrafted::year, "年度"},
                  Field{"year_starts_on", &PlanDrafted::year_starts_on, "年度起始日"}});
  }
};
struct PlanJoined : JoinPlan {
  static constexpr std::string_view kType = "inspection.plan_joined", kZh = "部门已会同";
  UnitId department;
  static PlanJoined From(const JoinPlan& c, const Facts&, const Context& context) {
    return {c, context.unit};
  }
  static FieldList Fields() {
    return FieldList(JoinPlan::Fields(),
                     FieldList{Field{"department", &PlanJoined::department, "会同部门"}});
  }
};
struct PlanRevised : RevisePlan {
  static constexpr std::string_view kType = "inspection.plan_revised", kZh = "目录清单已调整";
};
struct PlanApproved : ApprovePlan {
  static constexpr std::string_view kType = "inspection.plan_approved", kZh = "抽检计划已批准";
};
struct PlanCancelled : CancelPlan {
  static constexpr std::string_view kType = "inspection.plan_cancelled", kZh = "抽检计划已取消";
};
/// Holds all that is needed to draw again: see DrawnCodes.
struct SampleDrawn : DrawSample {
  static constexpr std::string_view kType = "inspection.sample_drawn", kZh = "已随机抽取";
  std::string algorithm;
  std::string catalogue_version;
  std::vector<std::string> drawn;
  static SampleDrawn From(const DrawSample& c, const Facts& facts, const Context&);
  static FieldList Fields() {
    return FieldList(
        DrawSample::Fields(),
        FieldList{Field{"algorithm", &SampleDrawn::algorithm, "抽取算法"},
                  Field{"catalogue_version", &SampleDrawn::catalogue_version, "目录清单版本"},
                  Field{"drawn", &SampleDrawn::drawn, "抽中事项"}});
  }
};
struct ObjectNotified : NotifyObject {
  static constexpr std::string_view kType = "inspection.object_notified", kZh = "抽检对象已通知";
};
struct FindingRecorded : RecordFinding {
  static constexpr std::string_view kType = "inspection.finding_recorded", kZh = "检查结果已登记";
  UnitId department;
  static FindingRecorded From(const RecordFinding& c, const Facts&, const Context& context) {
    return {c, context.unit};
  }
  static FieldList Fields() {
    return FieldList(RecordFinding::Fields(),
                     FieldList{Field{"department", &FindingRecorded::department, "检查部门"}});
  }
};
struct ResultWasConfirmed : ConfirmResult {
  static constexpr std::string_view kType = "inspection.result_confirmed", kZh = "检查结果已确认";
  Side side = Side::kOffice;
  static ResultWasConfirmed From(const ConfirmResult& c, const Facts&, const Context& context) {
    return {c, context.role == Role::kHead ? Side::kDepartment : Side::kOffice};
  }
  static FieldList Fields() {
    return FieldList(ConfirmResult::Fields(),
                     FieldList{Field{"side", &ResultWasConfirmed::side, "确认方"}});
  }
};
struct InspectionConcluded : ConcludeInspection {
  static constexpr std::string_view kType = "inspection.concluded", kZh = "检查结果已汇总";
};
struct PublicationWasProposed : ProposePublication {
  static constexpr std::string_view kType = "inspection.publication_proposed", kZh = "已提请公布";
};
struct ProposalReturned : ReturnProposal {
  static constexpr std::string_view kType = "inspection.proposal_returned", kZh = "保密审查已退回";
};
struct ResultPublished : Publish {
  static constexpr std::string_view kType = "inspection.published", kZh = "检查结果已公布";
};
struct PublicationExempted : ExemptFromPublication {
  static constexpr std::string_view kType = "inspection.exempted", kZh = "已决定不予公布";
};
/// Brings about the order, the urging or the restriction in a case of its own.
struct MeasureTaken : TakeMeasure {
  static constexpr std::string_view kType = "inspection.measure_taken", kZh = "已采取后续措施";
  UnitId addressee;
  static MeasureTaken From(const TakeMeasure& c, const Facts& facts, const Context&);
  static FieldList Fields() {
    return FieldList(TakeMeasure::Fields(),
                     FieldList{Field{"addressee", &MeasureTaken::addressee, "被检查单位"}});
  }
};
struct InspectionCompleted : Complete {
  static constexpr std::string_view kType = "inspection.completed", kZh = "检查已办结";
};

using Event = std::variant<PlanDrafted, PlanJoined, PlanRevised, PlanApproved, PlanCancelled,
                           SampleDrawn, ObjectNotified, FindingRecorded, ResultWasConfirmed,
                           InspectionConcluded, PublicationWasProposed, ProposalReturned,
                           ResultPublished, PublicationExempted, MeasureTaken, InspectionCompleted>;

void Apply(Facts& facts, const PlanDrafted& e, const RecordedEvent&);
void Apply(Facts& facts, const PlanJoined& e, const RecordedEvent&);
void Apply(Facts& facts, const PlanRevised& e, const RecordedEvent&);
void Apply(Facts& facts, const PlanApproved& e, const RecordedEvent&);
void Apply(Facts& facts, const PlanCancelled& e, const RecordedEvent&);
void Apply(Facts& facts, const SampleDrawn& e, const RecordedEvent&);
void Apply(Facts& facts, const ObjectNotified& e, const RecordedEvent&);
void Apply(Facts& facts, const FindingRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const ResultWasConfirmed& e, const RecordedEvent&);
void Apply(Facts& facts, const InspectionConcluded& e, const RecordedEvent&);
void Apply(Facts& facts, const PublicationWasProposed& e, const RecordedEvent&);
void Apply(Facts& facts, const ProposalReturned& e, const RecordedEvent&);
void Apply(Facts& facts, const ResultPublished& e, const RecordedEvent&);
void Apply(Facts& facts, const PublicationExempted& e, const RecordedEvent&);
void Apply(Facts& facts, const MeasureTaken& e, const RecordedEvent&);
void Apply(Facts& facts, const InspectionCompleted& e, const RecordedEvent&);

}  // namespace docket::inspection
