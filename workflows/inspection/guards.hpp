/// Guards of an inspection.
#pragma once

#include "domain/rejection.hpp"
#include "workflows/engine/department_guards.hpp"
#include "workflows/inspection/facts.hpp"

namespace docket::inspection {

/// Standing: the office is one of the place, a department one of the place and the trade.
struct UnitOfPlace {
  static constexpr Refusal kRefusal{"unit_not_competent", "本单位对该计划无管辖权",
                                    "the unit is not competent for this plan", "FJ18-4；XX17-15"};
  static bool Holds(const Facts& facts, const Context& context);
};
struct OfficeOfRegion {
  static constexpr Refusal kRefusal{"region_outside_office", "该行政区划不在本公管办范围内",
                                    "the region is not this office's", "XX17-15", "/region"};
  static bool Holds(const DraftPlan& c, const Facts&, const Context& context) {
    return context.unit_region.Covers(c.region);
  }
};
/// A plan is for this year or the next, and its limit can be kept.
struct CompletionInRange {
  static constexpr Refusal kRefusal{"completion_out_of_range", "完成时限应在今日至下一年年末之间",
                                    "the last day lies between today and the end of the next year",
                                    "XX17-15", "/complete_by"};
  static bool Holds(const DraftPlan& c, const Facts&, const Context& context);
};
/// Every inspection belongs to the year's plan or says why it does not.
struct AdHocHasReason {
  static constexpr Refusal kRefusal{"ad_hoc_reason_missing", "计划外检查应说明理由",
                                    "an inspection outside the plan needs a reason", "XX17-15",
                                    "/reason"};
  static bool Holds(const DraftPlan& c, const Facts&, const Context&) {
    return c.kind == PlanKind::kYearly || c.reason;
  }
};
struct EntriesUsable {
  static constexpr Refusal kRefusal{"entries_unusable", "目录清单不得为空且事项编号不得重复",
                                    "the list has entries, each with a code of its own", "XX17-15",
                                    "/entries"};
  static bool Holds(const DraftPlan& c, const Facts&, const Context&) { return Usable(c.entries); }
  static bool Holds(const RevisePlan& c, const Facts&, const Context&) { return Usable(c.entries); }

 private:
  static bool Usable(const std::vector<Entry>& entries);
};
struct CatalogueVersionNew {
  static constexpr Refusal kRefusal{"catalogue_version_used", "该目录清单版本号已使用",
                                    "a changed list has a new version", "XX17-15",
                                    "/catalogue_version"};
  static bool Holds(const RevisePlan& c, const Facts& facts, const Context&);
};
struct NotJoinedYet {
  static constexpr Refusal kRefusal{"already_joined", "本部门已会同",
                                    "this department has joined already", "XX17-15"};
  static bool Holds(const Facts& facts, const Context& context);
};
struct JoinedByDepartment {
  static constexpr Refusal kRefusal{"no_department_joined", "尚无行政监督部门会同",
                                    "an inspection is a joint one", "XX17-15；HN17-5.3"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.departments.empty(); }
};
struct SizeWithinList {
  static constexpr Refusal kRefusal{"sample_size_out_of_range", "抽取数量应为 1 至清单事项总数",
                                    "the sample has one to all entries of the list", "XX17-15",
                                    "/size"};
  static bool Holds(const DrawSample& c, const Facts& facts, const Context&) {
    return c.size >= 1 && c.size <= static_cast<std::int64_t>(facts.entries.size());
  }
};
struct ItemDrawn {
  static constexpr Refusal kRefusal{"item_not_drawn", "该事项未被抽中", "the item was not drawn",
                                    "XX17-15", "/item"};
  static bool Holds(const NotifyObject& c, const Facts& facts, const Context&);
};
struct NotNotifiedYet {
  static constexpr Refusal kRefusal{"already_notified", "该事项已通知",
                                    "the object was told already", "", "/item"};
  static bool Holds(const NotifyObject& c, const Facts& facts, const Context&);
};
struct NoticeNotInFuture {
  static constexpr Refusal kRefusal{"notice_in_future", "通知日期晚于今日",
                                    "the notice lies in the future", "", "/notified_on"};
  static bool Holds(const NotifyObject& c, const Facts&, const Context& context) {
    return c.notified_on <= context.occurred_at.ChinaDate();
  }
};
struct ObjectWasNotified {
  static constexpr Refusal kRefusal{"object_not_notified", "该事项尚未通知抽检对象",
                                    "the object was not told", "XX17-15", "/item"};
  static bool Holds(const RecordFinding& c, const Facts& facts, const Context&);
};
struct InspectedInOrder {
  static constexpr Refusal kRefusal{"inspected_out_of_order", "检查日期早于通知日期或晚于今日",
                                    "inspected before the notice, or in the future", "",
                                    "/inspected_on"};
  static bool Holds(const RecordFinding& c, const Facts& facts, const Context& context);
};
struct FindingOnce {
  static constexpr Refusal kRefusal{"finding_exists", "本部门已登记该事项的检查结果",
                                    "this department's finding on the item is recorded", "",
                                    "/item"};
  static bool Holds(const RecordFinding& c, const Facts& facts, const Context& context);
};
/// An inspection of entry counts (A180): how many had to enter, and how many did.
struct CoverageFits {
  static constexpr Refusal kRefusal{"coverage_unusable",
                                    "应进必进检查应填写应进和已进项目数，其他检查不填写",
                                    "an inspection of entry, and no other, gives both numbers",
                                    "XX17-18；HN17-2.4", "/projects_due"};
  static bool Holds(const RecordFinding& c, const Facts& facts, const Context&);
};
struct FindingKnown {
  static constexpr Refusal kRefusal{"finding_unknown", "没有该部门对该事项的检查结果",
                                    "there is no such finding", "", "/item"};
  static bool Holds(const ConfirmResult& c, const Facts& facts, const Context&);
};
struct ByDepartmentOfFinding {
  static constexpr Refusal kRefusal{"not_the_department", "部门一方应由检查部门确认",
                                    "the department's word is its own", "XX17-15", "/department"};
  static bool Holds(const ConfirmResult& c, const Facts&, const Context& context) {
    return context.role != Role::kHead || context.unit == c.department;
  }
};
struct SideNotConfirmedYet {
  static constexpr Refusal kRefusal{"already_confirmed", "本方已确认该检查结果",
                                    "this side has confirmed it already", "", "/item"};
  static bool Holds(const ConfirmResult& c, const Facts& facts, const Context& context);
};
struct EveryResultConfirmed {
  static constexpr Refusal kRefusal{"results_unconfirmed", "抽中事项尚未全部经双方确认结果",
                                    "not every drawn item has a result that both sides confirmed",
                                    "XX17-15"};
  static bool Holds(const Facts& facts, const Context&);
};
struct PublishedByNow {
  static constexpr Refusal kRefusal{"publication_in_future", "公布日期晚于今日",
                                    "the publication lies in the future", "", "/published_on"};
  static bool Holds(const Publish& c, const Facts&, const Context& context) {
    return c.published_on <= context.occurred_at.ChinaDate();
  }
};
/// Poor, or a project that had to enter did not.
struct ResultCallsForMeasure {
  static constexpr Refusal kRefusal{"result_not_poor", "检查结果并非较差，不采取后续措施",
                                    "measures follow poor results only", "XX17-15、18", "/item"};
  static bool Holds(const TakeMeasure& c, const Facts& facts, const Context&);
};
struct MeasureOfInspection {
  static constexpr Refusal kRefusal{
      "measure_of_evaluation_only", "取消提供服务资格仅适用于年度考评",
      "services are cancelled after an annual evaluation only", "XX17-15；XX17-3.3", "/measure"};
  static bool Holds(const TakeMeasure& c, const Facts&, const Context&) {
    return c.measure != Measure::kServiceCancellation;
  }
};
struct MeasureHasItsLimit {
  static constexpr Refusal kRefusal{"measure_limit_unusable",
                                    "限期整改、限制交易业务应有晚于今日的截止日期，其他措施不填写",
                                    "rectification and restriction, and nothing else, have a last "
                                    "day to come",
                                    "XX17-15", "/until"};
  static bool Holds(const TakeMeasure& c, const Facts&, const Context& context);
};
struct PoorResultsFollowedUp {
  static constexpr Refusal kRefusal{"poor_result_without_measure", "较差结果尚未采取后续措施",
                                    "a poor result has no measure yet", "XX17-15"};
  static bool Holds(const Facts& facts, const Context&);
};
struct MissingEntriesCirculated {
  static constexpr Refusal kRefusal{"missing_entry_not_circulated", "应进未进的应予以通报",
                                    "what should have entered and did not is circulated",
                                    "XX17-18"};
  static bool Holds(const Facts& facts, const Context&);
};

}  // namespace docket::inspection
