/// What happened to a connection. Stored format: add a version instead of changing one.
#pragma once

#include <variant>

#include "workflows/data_push/commands.hpp"
#include "workflows/data_push/facts.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket::data_push {

/// One connection a provider (workflows/engine/claims.hpp). Stored in stream ids.
inline constexpr std::string_view kProviderRegistry = "data_push_provider";
inline constexpr Refusal kProviderConnected{"provider_connected", "该单位已申请接入或者已接入",
                                            "this provider has a connection already", "",
                                            "/provider"};

struct ConnectionApplied : ApplyForAdmission {
  static constexpr std::string_view kType = "data_push.applied", kZh = "已申请接入";
  std::vector<Claim> Claims(const Facts& before) const;
};
/// Ends the clock of the certificate before.
struct CertificateReplaced {
  static constexpr std::string_view kType = "data_push.certificate_replaced",
                                    kZh = "原检测认证已替换";
  std::string number;
  static std::optional<CertificateReplaced> From(const SubmitCertificate&, const Facts& facts,
                                                 const Context&);
  static FieldList Fields() {
    return {Field{"number", &CertificateReplaced::number, "原证书编号"}};
  }
};
struct CertificateSubmitted : SubmitCertificate {
  static constexpr std::string_view kType = "data_push.certificate_submitted",
                                    kZh = "检测认证已提交";
};
struct SubjectConfirmed : ConfirmSubject {
  static constexpr std::string_view kType = "data_push.subject_confirmed", kZh = "对接事项已确认";
};
struct KeyRegistered : RegisterKey {
  static constexpr std::string_view kType = "data_push.key_registered", kZh = "签名公钥已登记";
};
struct KeyRevoked : RevokeKey {
  static constexpr std::string_view kType = "data_push.key_revoked", kZh = "签名公钥已吊销";
};
struct ConnectionAdmitted : Admit {
  static constexpr std::string_view kType = "data_push.admitted", kZh = "已准予接入";
};
struct ConnectionRefused : Refuse {
  static constexpr std::string_view kType = "data_push.refused", kZh = "已不予接入";
  std::vector<Claim> Claims(const Facts& before) const;
};
/// Ends the clock of a change that another has overtaken.
struct StandardOvertaken {
  static constexpr std::string_view kType = "data_push.standard_overtaken",
                                    kZh = "原规范调整已被取代";
  std::string standard_version;
  static std::optional<StandardOvertaken> From(const ChangeStandard&, const Facts& facts,
                                               const Context&);
  static FieldList Fields() {
    return {Field{"standard_version", &StandardOvertaken::standard_version, "规范版本"}};
  }
};
struct StandardChanged : ChangeStandard {
  static constexpr std::string_view kType = "data_push.standard_changed", kZh = "数据规范已调整";
};
struct OutageReported : ReportOutage {
  static constexpr std::string_view kType = "data_push.outage_reported", kZh = "通道已中断";
};
struct ChannelRestored : RestoreChannel {
  static constexpr std::string_view kType = "data_push.channel_restored", kZh = "通道已恢复";
  std::int64_t minutes_down = 0;  ///< Begun minutes.
  static ChannelRestored From(const RestoreChannel& c, const Facts& facts, const Context&);
  static FieldList Fields() {
    return FieldList(
        RestoreChannel::Fields(),
        FieldList{Field{"minutes_down", &ChannelRestored::minutes_down, "中断时长（分钟）"}});
  }
};
struct BatchRecorded : RecordBatch {
  static constexpr std::string_view kType = "data_push.batch_recorded", kZh = "批次已登记";
  std::int64_t minutes_late = 0;   ///< Behind the agreed frequency; begun minutes.
  bool outdated_standard = false;  ///< Of no version that is in order.
  static BatchRecorded From(const RecordBatch& c, const Facts& facts, const Context&);
  static FieldList Fields() {
    return FieldList(
        RecordBatch::Fields(),
        FieldList{Field{"minutes_late", &BatchRecorded::minutes_late, "迟于约定（分钟）"},
                  Field{"outdated_standard", &BatchRecorded::outdated_standard, "规范已过期"}});
  }
};
/// 适应性调整已完成: the first batch of the new version.
struct StandardAdopted {
  static constexpr std::string_view kType = "data_push.standard_adopted", kZh = "已按新规范推送";
  std::string standard_version;
  static std::optional<StandardAdopted> From(const RecordBatch& c, const Facts& facts,
                                             const Context&);
  static FieldList Fields() {
    return {Field{"standard_version", &StandardAdopted::standard_version, "规范版本"}};
  }
};
/// 隔离: came from a system that is not admitted (XX17-7).
struct BatchQuarantined : RecordBatch {
  static constexpr std::string_view kType = "data_push.batch_quarantined", kZh = "批次已隔离";
};
struct DefectRecorded : RecordDefect {
  static constexpr std::string_view kType = "data_push.defect_recorded", kZh = "数据缺陷已登记";
};
struct ProjectReviewed : ReviewProject {
  static constexpr std::string_view kType = "data_push.project_reviewed", kZh = "项目数据已核对";
  std::vector<ElectronicStep> steps_missing;
  std::int64_t seconds_unrecorded = 0;
  static ProjectReviewed From(const ReviewProject& c, const Facts&, const Context&);
  static FieldList Fields() {
    return FieldList(ReviewProject::Fields(),
                     FieldList{Field{"steps_missing", &ProjectReviewed::steps_missing, "缺失环节"},
                               Field{"seconds_unrecorded", &ProjectReviewed::seconds_unrecorded,
                                     "缺录时长（秒）"}});
  }
};
struct MeasureTaken : Escalate {
  static constexpr std::string_view kType = "data_push.measure_taken", kZh = "已采取监督措施";
};
struct ConnectionSuspended : Suspend {
  static constexpr std::string_view kType = "data_push.suspended", kZh = "已暂停接入";
};
struct ConnectionResumed : Resume {
  static constexpr std::string_view kType = "data_push.resumed", kZh = "已恢复接入";
};
struct ConnectionEnded : End {
  static constexpr std::string_view kType = "data_push.ended", kZh = "已终止接入";
  std::vector<Claim> Claims(const Facts& before) const;
};
using Event =
    std::variant<ConnectionApplied, CertificateReplaced, CertificateSubmitted, SubjectConfirmed,
                 KeyRegistered, KeyRevoked, ConnectionAdmitted, ConnectionRefused,
                 StandardOvertaken, StandardChanged, OutageReported, ChannelRestored, BatchRecorded,
                 StandardAdopted, BatchQuarantined, DefectRecorded, ProjectReviewed, MeasureTaken,
                 ConnectionSuspended, ConnectionResumed, ConnectionEnded>;

void Apply(Facts& facts, const ConnectionApplied& e, const RecordedEvent&);
void Apply(Facts& facts, const CertificateReplaced& e, const RecordedEvent&);
void Apply(Facts& facts, const CertificateSubmitted& e, const RecordedEvent&);
void Apply(Facts& facts, const SubjectConfirmed& e, const RecordedEvent&);
void Apply(Facts& facts, const KeyRegistered& e, const RecordedEvent&);
void Apply(Facts& facts, const KeyRevoked& e, const RecordedEvent&);
void Apply(Facts& facts, const ConnectionAdmitted& e, const RecordedEvent&);
void Apply(Facts& facts, const ConnectionRefused& e, const RecordedEvent&);
void Apply(Facts& facts, const StandardOvertaken& e, const RecordedEvent&);
void Apply(Facts& facts, const StandardChanged& e, const RecordedEvent&);
void Apply(Facts& facts, const OutageReported& e, const RecordedEvent&);
void Apply(Facts& facts, const ChannelRestored& e, const RecordedEvent&);
void Apply(Facts& facts, const BatchRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const StandardAdopted& e, const RecordedEvent&);
void Apply(Facts& facts, const BatchQuarantined& e, const RecordedEvent&);
void Apply(Facts& facts, const DefectRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const ProjectReviewed& e, const RecordedEvent&);
void Apply(Facts& facts, const MeasureTaken& e, const RecordedEvent&);
void Apply(Facts& facts, const ConnectionSuspended& e, const RecordedEvent&);
void Apply(Facts& facts, const ConnectionResumed& e, const RecordedEvent&);
void Apply(Facts& facts, const ConnectionEnded& e, const RecordedEvent&);

}  // namespace docket::data_push
