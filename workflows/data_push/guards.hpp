/// Why an act upon a connection is refused.
#pragma once

#include "workflows/data_push/commands.hpp"
#include "workflows/data_push/facts.hpp"
#include "workflows/engine/department_guards.hpp"

namespace docket::data_push {

/// Standing: a provider has to do with its own connection only.
struct ByTheProvider {
  static constexpr Refusal kRefusal{"not_the_provider", "仅信息提供单位可以办理",
                                    "only the provider itself may do this", "HN18-9"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.role != Role::kDataProvider || facts.provider.empty() ||
           context.unit == facts.provider;
  }
};
/// Standing: offices and departments act upon the systems of their own place.
struct OfficeOfPlace {
  static constexpr Refusal kRefusal{"unit_not_competent", "本单位对该事项无管辖权",
                                    "the unit is not competent for this matter", "FJ18-4"};
  static bool Holds(const Facts& facts, const Context& context) {
    const bool is_office = context.role == Role::kResourceOffice || IsOfDepartment(context.role);
    return !is_office || facts.region.empty() || context.unit_region.Covers(facts.region);
  }
};

struct AppliesForItself {
  static constexpr Refusal kRefusal{"not_the_provider", "仅信息提供单位可以办理",
                                    "only the provider itself may do this", "HN18-9", "/provider"};
  static bool Holds(const ApplyForAdmission& c, const Facts&, const Context& context) {
    return context.role != Role::kDataProvider || context.unit == c.provider;
  }
};
struct IndustriesNamed {
  static constexpr Refusal kRefusal{"industries_missing", "应列明系统承载的交易行业",
                                    "the industries that the system carries are named", "",
                                    "/industries"};
  static bool Holds(const ApplyForAdmission& c, const Facts&, const Context&) {
    return !c.industries.empty();
  }
};
/// 县级政府不再新设公共资源交易平台; what is kept, the province has approved.
struct NoNewCountyPlatform {
  static constexpr Refusal kRefusal{
      "county_platform_not_allowed", "县级政府不再新设公共资源交易平台，确需保留的应经省政府批准",
      "no new platform of a county; one that is kept shows its approval", "FJ16-2", "/retention"};
  static bool Holds(const ApplyForAdmission& c, const Facts&, const Context&) {
    return c.system != SystemKind::kGovernmentPlatform || LevelOf(c.region) != Level::kCounty ||
           c.retention.has_value();
  }
};

struct CertificateInForce {
  static constexpr Refusal kRefusal{"certificate_expired", "检测认证已过有效期",
                                    "the certificate has expired", "FJ16-3(3)", "/valid_until"};
  static bool Holds(const SubmitCertificate& c, const Facts&, const Context& context) {
    return context.now.ChinaDate() <= c.valid_until;
  }
};
struct SystemCertified {
  static constexpr Refusal kRefusal{"system_not_certified", "未提交有效期和范围内的检测认证",
                                    "no certificate in force covers the industries of the system",
                                    "FJ16-3(3)"};
  static bool Holds(const Facts& facts, const Context& context) {
    return IsCertified(facts, context.now.ChinaDate());
  }
};
struct SubjectsComplete {
  static constexpr Refusal kRefusal{
      "subjects_incomplete", "数据、组织人员、运行维护、标准执行、应急处置五项对接尚未全部确认",
      "not all five subjects of interfacing are confirmed", "FJ18-21"};
  static bool Holds(const Facts& facts, const Context&) { return HasAllSubjects(facts); }
};
struct FrequenciesAgreed {
  static constexpr Refusal kRefusal{"frequencies_missing", "应约定各类数据的交换频率",
                                    "the frequency of each message type is agreed", "HN18-8",
                                    "/frequencies"};
  static bool Holds(const Admit& c, const Facts&, const Context&);
};
/// 任何单位和个人不得限制和排斥: a ground that is not there excludes nobody.
struct GroundThere {
  static constexpr Refusal kRefusal{
      "refusal_without_ground", "不予接入的理由不成立：认证、对接事项与记载不符，或者未附测试报告",
      "the ground is not borne out by the record, or no report is attached", "FJ16-3(3)",
      "/ground"};
  static bool Holds(const Refuse& c, const Facts& facts, const Context& context);
};

struct KeyIsNew {
  static constexpr Refusal kRefusal{"signing_key_known", "该密钥编号已登记",
                                    "there is a key of this number already", "", "/key"};
  static bool Holds(const RegisterKey& c, const Facts& facts, const Context&) {
    return FindKey(facts, c.key) == nullptr;
  }
};
struct KeyIsKnown {
  static constexpr Refusal kRefusal{"signing_key_unknown", "没有登记此密钥编号",
                                    "there is no key of this number", "", "/key"};
  static bool Holds(const RevokeKey& c, const Facts& facts, const Context&) {
    return FindKey(facts, c.key) != nullptr;
  }
};

struct VersionIsNew {
  static constexpr Refusal kRefusal{"standard_unchanged", "新规范版本与现行版本相同",
                                    "this version is in force already", "", "/standard_version"};
  static bool Holds(const ChangeStandard& c, const Facts& facts, const Context&) {
    return c.standard_version != facts.standard_version;
  }
};
struct GraceAhead {
  static constexpr Refusal kRefusal{"grace_in_past", "过渡期应给予适应性调整的时间",
                                    "the grace period lies ahead", "HN18-8", "/grace_until"};
  static bool Holds(const ChangeStandard& c, const Facts&, const Context& context) {
    return context.now.ChinaDate() < c.grace_until;
  }
};

struct ChannelWasUp {
  static constexpr Refusal kRefusal{"channel_down_already", "通道中断已经登记",
                                    "this outage is on record already"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.down_since; }
};
struct OutageBegan {
  static constexpr Refusal kRefusal{"outage_in_future", "中断时间晚于当前时间",
                                    "the outage lies in the future", "", "/from"};
  static bool Holds(const ReportOutage& c, const Facts&, const Context& context) {
    return c.from <= context.now;
  }
};
struct ChannelWasDown {
  static constexpr Refusal kRefusal{"channel_not_down", "没有登记的通道中断",
                                    "no outage is on record"};
  static bool Holds(const Facts& facts, const Context&) { return facts.down_since.has_value(); }
};
struct RestoredAfterOutage {
  static constexpr Refusal kRefusal{"restored_before_outage", "恢复时间早于中断时间",
                                    "the channel was restored before it went down", "",
                                    "/restored_at"};
  static bool Holds(const RestoreChannel& c, const Facts& facts, const Context& context) {
    return *facts.down_since <= c.restored_at && c.restored_at <= context.now;
  }
};

struct CountsPlausible {
  static constexpr Refusal kRefusal{"counts_implausible", "批次数量不合理",
                                    "the counts of the batch cannot be", "", "/accepted"};
  static bool Holds(const RecordBatch& c, const Facts&, const Context&) {
    return c.accepted >= 0 && c.rejected >= 0 && c.late >= 0 && c.late <= c.accepted;
  }
};
struct BatchNotCounted {
  static constexpr Refusal kRefusal{"batch_recorded_already", "该批次已经登记",
                                    "this batch is on record already", "", "/batch"};
  static bool Holds(const RecordBatch& c, const Facts& facts, const Context&) {
    const LastBatch* last = LastOf(facts, c.message_type);
    return last == nullptr || last->batch != c.batch;
  }
};
struct SessionsOrdered {
  static constexpr Refusal kRefusal{"session_backwards", "时段的结束早于开始",
                                    "a session or recording ends before it begins", "",
                                    "/sessions"};
  static bool Holds(const ReviewProject& c, const Facts&, const Context&);
};

/// One rung at a time; the lowest again for defects that came since.
struct StepInOrder {
  static constexpr Refusal kRefusal{"step_out_of_order", "监督、预警、通报、处罚、公示应逐级采取",
                                    "the measures are taken one rung after another", "FJ18-13(3)",
                                    "/step"};
  static bool Holds(const Escalate& c, const Facts& facts, const Context&);
};
struct DefectOnRecord {
  static constexpr Refusal kRefusal{"no_new_defect", "没有新的数据缺陷或者通道中断",
                                    "no defect or outage has come since", "FJ18-13(3)"};
  static bool Holds(const Escalate& c, const Facts& facts, const Context&) {
    return c.step != Step::kSupervise || facts.defects_new > 0;
  }
};
/// 处罚 is the act of a department that has the power; the office coordinates.
struct PunishedByDepartment {
  static constexpr Refusal kRefusal{"office_cannot_punish", "处罚由有权的行政监督部门作出",
                                    "only a department with the power punishes", "FJ18-23",
                                    "/step"};
  static bool Holds(const Escalate& c, const Facts&, const Context& context) {
    return c.step != Step::kPunish || context.role == Role::kHead;
  }
};

}  // namespace docket::data_push
