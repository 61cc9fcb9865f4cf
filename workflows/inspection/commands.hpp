/// What can be done with an inspection plan, and the words it is done in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/trade.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::inspection {

/// The year's plan (年度抽检计划), or an inspection outside it with its reason (XX17-15).
enum class PlanKind : std::uint8_t { kYearly, kAdHoc };

/// What is inspected.
enum class Topic : std::uint8_t {
  kPlatformService,  ///< How a platform is run and serves (XX17-15).
  kEntry,            ///< 应进必进: whether all that must enter does enter (XX17-18).
  kTrade,            ///< How a department's trades are conducted (HN17-5.3).
};

enum class InspectionResult : std::uint8_t { kGood, kFair, kPoor };

/// Whose word a confirmation is (双方确认).
enum class Side : std::uint8_t { kOffice, kDepartment };

/// One line of the list (抽检目录清单): what is looked at, and with whom.
struct Entry {
  std::string code;  ///< Unique in its list.
  std::string title;
  UnitId object;  ///< The body that runs the platform or owns the duty.
  std::optional<ProjectCode> project{};
  static FieldList Fields() {
    return {Field{"code", &Entry::code, "事项编号"}, Field{"title", &Entry::title, "抽检事项"},
            Field{"object", &Entry::object, "抽检对象"},
            Field{"project", &Entry::project, "招标项目编号"}};
  }
};

struct DraftPlan {
  static constexpr std::string_view kName = "draft_plan", kZh = "拟订抽检计划";
  RegionCode region;
  std::optional<Industry> industry{};  ///< Absent: across industries.
  PlanKind kind = PlanKind::kYearly;
  Topic topic = Topic::kPlatformService;
  Date complete_by;                      ///< Last day for confirmed results, in the plan's year.
  std::optional<PersonalText> reason{};  ///< Why outside the year's plan.
  std::string catalogue_version;
  std::vector<Entry> entries;
  std::optional<StreamId> source{};
  static FieldList Fields() {
    return {Field{"region", &DraftPlan::region, "行政区划代码"},
            Field{"industry", &DraftPlan::industry, "行业"},
            Field{"kind", &DraftPlan::kind, "计划类型"},
            Field{"topic", &DraftPlan::topic, "检查类型"},
            Field{"complete_by", &DraftPlan::complete_by, "完成时限"},
            Field{"reason", &DraftPlan::reason, "临时检查理由", Subject::kParties},
            Field{"catalogue_version", &DraftPlan::catalogue_version, "抽检目录清单版本"},
            Field{"entries", &DraftPlan::entries, "抽检目录清单"},
            Field{"source", &DraftPlan::source, "来源案卷"}};
  }
};

/// 会同: a department takes part with its inspectors.
struct JoinPlan {
  static constexpr std::string_view kName = "join_plan", kZh = "会同检查";
  std::vector<ActorId> handlers;
  static FieldList Fields() { return {Field{"handlers", &JoinPlan::handlers, "检查人员"}}; }
};

/// The whole list again, under a new version.
struct RevisePlan {
  static constexpr std::string_view kName = "revise_plan", kZh = "调整抽检目录清单";
  std::string catalogue_version;
  std::vector<Entry> entries;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"catalogue_version", &RevisePlan::catalogue_version, "抽检目录清单版本"},
            Field{"entries", &RevisePlan::entries, "抽检目录清单"},
            Field{"reason", &RevisePlan::reason, "调整原因", Subject::kParties}};
  }
};

struct ApprovePlan {
  static constexpr std::string_view kName = "approve_plan", kZh = "批准抽检计划";
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"opinion", &ApprovePlan::opinion, "批准意见", Subject::kParties}};
  }
};

struct CancelPlan {
  static constexpr std::string_view kName = "cancel_plan", kZh = "取消抽检计划";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &CancelPlan::reason, "取消原因", Subject::kParties}};
  }
};

struct DrawSample {
  static constexpr std::string_view kName = "draw_sample", kZh = "随机抽取";
  std::string seed;
  std::string seed_source;  ///< Who or what gave the seed, e.g. a public lottery's number.
  std::int64_t size = 0;
  static FieldList Fields() {
    return {Field{"seed", &DrawSample::seed, "随机种子"},
            Field{"seed_source", &DrawSample::seed_source, "种子来源"},
            Field{"size", &DrawSample::size, "抽取数量"}};
  }
};

struct NotifyObject {
  static constexpr std::string_view kName = "notify_object", kZh = "通知抽检对象";
  std::string item;
  Date notified_on;
  DocumentRef letter;
  static FieldList Fields() {
    return {Field{"item", &NotifyObject::item, "事项编号"},
            Field{"notified_on", &NotifyObject::notified_on, "通知日期"},
            Field{"letter", &NotifyObject::letter, "通知书"}};
  }
};

/// What one department found; another's finding on the same item stands beside it (HN17-5.3).
struct RecordFinding {
  static constexpr std::string_view kName = "record_finding", kZh = "登记检查结果";
  std::string item;
  Date inspected_on;
  std::vector<ActorId> handlers;
  InspectionResult result = InspectionResult::kGood;
  PersonalText finding;
  std::optional<DocumentRef> document{};
  std::optional<std::int64_t> projects_due{};      ///< Entry: how many had to enter.
  std::optional<std::int64_t> projects_entered{};  ///< Entry: how many of them did.
  static FieldList Fields() {
    return {Field{"item", &RecordFinding::item, "事项编号"},
            Field{"inspected_on", &RecordFinding::inspected_on, "检查日期"},
            Field{"handlers", &RecordFinding::handlers, "检查人员"},
            Field{"result", &RecordFinding::result, "检查结果"},
            Field{"finding", &RecordFinding::finding, "检查情况", Subject::kParties},
            Field{"document", &RecordFinding::document, "检查记录"},
            Field{"projects_due", &RecordFinding::projects_due, "应进项目数"},
            Field{"projects_entered", &RecordFinding::projects_entered, "已进项目数"}};
  }
};

struct ConfirmResult {
  static constexpr std::string_view kName = "confirm_result", kZh = "确认检查结果";
  std::string item;
  UnitId department;  ///< Whose finding it is.
  static FieldList Fields() {
    return {Field{"item", &ConfirmResult::item, "事项编号"},
            Field{"department", &ConfirmResult::department, "检查部门"}};
  }
};

struct ConcludeInspection {
  static constexpr std::string_view kName = "conclude_inspection", kZh = "汇总检查结果";
  PersonalText summary;
  static FieldList Fields() {
    return {Field{"summary", &ConcludeInspection::summary, "汇总意见", Subject::kParties}};
  }
};

struct ProposePublication {
  static constexpr std::string_view kName = "propose_publication", kZh = "提请公布";
  DocumentRef bulletin;
  static FieldList Fields() {
    return {Field{"bulletin", &ProposePublication::bulletin, "拟公布稿"}};
  }
};

struct ReturnProposal {
  static constexpr std::string_view kName = "return_proposal", kZh = "保密审查退回";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &ReturnProposal::reason, "退回原因", Subject::kParties}};
  }
};

/// The review found nothing to keep secret, and the result is out.
struct Publish {
  static constexpr std::string_view kName = "publish", kZh = "审查通过并公布";
  Date published_on;
  std::string channel;
  static FieldList Fields() {
    return {Field{"published_on", &Publish::published_on, "公布日期"},
            Field{"channel", &Publish::channel, "公布渠道"}};
  }
};

struct ExemptFromPublication {
  static constexpr std::string_view kName = "exempt_from_publication", kZh = "决定不予公布";
  ExemptionGround ground = ExemptionGround::kOther;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"ground", &ExemptFromPublication::ground, "不予公布事由"},
            Field{"reason", &ExemptFromPublication::reason, "说明", Subject::kParties}};
  }
};

struct TakeMeasure {
  static constexpr std::string_view kName = "take_measure", kZh = "采取后续措施";
  std::string item;
  Measure measure = Measure::kCircular;
  PersonalText reason;
  std::optional<Date> until{};  ///< Last day of a rectification or a restriction.
  static FieldList Fields() {
    return {Field{"item", &TakeMeasure::item, "事项编号"},
            Field{"measure", &TakeMeasure::measure, "措施"},
            Field{"reason", &TakeMeasure::reason, "理由", Subject::kParties},
            Field{"until", &TakeMeasure::until, "截止日期"}};
  }
};

struct Complete {
  static constexpr std::string_view kName = "complete", kZh = "办结";
  static FieldList Fields() { return {}; }
};

}  // namespace docket::inspection

namespace docket {

template <>
struct EnumTable<inspection::PlanKind> {
  using E = inspection::PlanKind;
  static constexpr std::array kNames{EnumName<E>{E::kYearly, "yearly", "年度计划"},
                                     EnumName<E>{E::kAdHoc, "ad_hoc", "临时检查"}};
};
template <>
struct EnumTable<inspection::Topic> {
  using E = inspection::Topic;
  static constexpr std::array kNames{
      EnumName<E>{E::kPlatformService, "platform_service", "平台运行服务"},
      EnumName<E>{E::kEntry, "entry", "应进必进"}, EnumName<E>{E::kTrade, "trade", "交易活动"}};
};
template <>
struct EnumTable<inspection::InspectionResult> {
  using E = inspection::InspectionResult;
  static constexpr std::array kNames{EnumName<E>{E::kGood, "good", "较好"},
                                     EnumName<E>{E::kFair, "fair", "一般"},
                                     EnumName<E>{E::kPoor, "poor", "较差"}};
};
template <>
struct EnumTable<inspection::Side> {
  using E = inspection::Side;
  static constexpr std::array kNames{EnumName<E>{E::kOffice, "office", "公管办"},
                                     EnumName<E>{E::kDepartment, "department", "行政监督部门"}};
};

}  // namespace docket
