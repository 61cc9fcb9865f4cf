/// What may be done to a provider's connection.
#pragma once

#include "domain/trade.hpp"
#include "workflows/data_push/vocabulary.hpp"

namespace docket::data_push {

struct ApplyForAdmission {
  static constexpr std::string_view kName = "apply", kZh = "申请接入";
  UnitId provider;
  std::string provider_name;
  CreditCode credit_code;
  RegionCode region;
  SystemKind system = SystemKind::kMarketPlatform;
  std::vector<Industry> industries;  ///< Whose trades the system carries.
  std::optional<Date> connect_by;    ///< 联通期限 that the office set (HN17-2.2, 2.3).
  std::optional<RetentionApproval> retention;  ///< For a county's platform.

  static FieldList Fields() {
    return {Field{"provider", &ApplyForAdmission::provider, "信息提供单位"},
            Field{"provider_name", &ApplyForAdmission::provider_name, "单位名称"},
            Field{"credit_code", &ApplyForAdmission::credit_code, "统一社会信用代码"},
            Field{"region", &ApplyForAdmission::region, "行政区划代码"},
            Field{"system", &ApplyForAdmission::system, "系统类别"},
            Field{"industries", &ApplyForAdmission::industries, "交易行业"},
            Field{"connect_by", &ApplyForAdmission::connect_by, "联通期限"},
            Field{"retention", &ApplyForAdmission::retention, "县级平台保留批准"}};
  }
};

/// 提交检测认证, first and whenever it is renewed.
struct SubmitCertificate {
  static constexpr std::string_view kName = "submit_certificate", kZh = "提交检测认证";
  std::string number;
  std::string issuer;
  std::vector<Industry> scope;
  Date valid_until;
  DocumentRef report;
  Certificate Whole() const { return {number, issuer, scope, valid_until, report}; }

  static FieldList Fields() {
    return {Field{"number", &SubmitCertificate::number, "证书编号"},
            Field{"issuer", &SubmitCertificate::issuer, "检测认证机构"},
            Field{"scope", &SubmitCertificate::scope, "认证范围"},
            Field{"valid_until", &SubmitCertificate::valid_until, "有效期止"},
            Field{"report", &SubmitCertificate::report, "检测认证报告"}};
  }
};

struct ConfirmSubject {
  static constexpr std::string_view kName = "confirm_subject", kZh = "确认对接事项";
  InterfaceSubject subject = InterfaceSubject::kData;
  DocumentRef evidence;
  static FieldList Fields() {
    return {Field{"subject", &ConfirmSubject::subject, "对接事项"},
            Field{"evidence", &ConfirmSubject::evidence, "证明材料"}};
  }
};

/// 登记签名公钥, by the operator: whoever holds the provider's account alone cannot sign for it.
struct RegisterKey {
  static constexpr std::string_view kName = "register_key", kZh = "登记签名公钥";
  std::string key;
  PublicKey public_key;
  static FieldList Fields() {
    return {Field{"key", &RegisterKey::key, "密钥编号"},
            Field{"public_key", &RegisterKey::public_key, "公钥"}};
  }
};
struct RevokeKey {
  static constexpr std::string_view kName = "revoke_key", kZh = "吊销签名公钥";
  std::string key;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"key", &RevokeKey::key, "密钥编号"},
            Field{"reason", &RevokeKey::reason, "原因", Subject::kParties}};
  }
};

struct Admit {
  static constexpr std::string_view kName = "admit", kZh = "准予接入";
  std::string standard_version;  ///< Of the data standard that every message names.
  std::vector<Frequency> frequencies;
  static FieldList Fields() {
    return {Field{"standard_version", &Admit::standard_version, "数据规范版本"},
            Field{"frequencies", &Admit::frequencies, "数据交换频率"}};
  }
};

struct Refuse {
  static constexpr std::string_view kName = "refuse", kZh = "不予接入";
  RefusalGround ground = RefusalGround::kCertificate;
  PersonalText reason;
  std::string remedy;  ///< What to mend, and where the refusal can be challenged.
  std::optional<DocumentRef> report;

  static FieldList Fields() {
    return {Field{"ground", &Refuse::ground, "理由类别"},
            Field{"reason", &Refuse::reason, "具体理由", Subject::kParties},
            Field{"remedy", &Refuse::remedy, "整改要求和救济途径"},
            Field{"report", &Refuse::report, "测试（测评）报告"}};
  }
};

/// 数据规范调整: until the end of the grace period the former version is in order, too (HN18-8).
struct ChangeStandard {
  static constexpr std::string_view kName = "change_standard", kZh = "调整数据规范";
  std::string standard_version;
  Date grace_until;  ///< The last day of the former version.
  static FieldList Fields() {
    return {Field{"standard_version", &ChangeStandard::standard_version, "新规范版本"},
            Field{"grace_until", &ChangeStandard::grace_until, "过渡期止"}};
  }
};

struct ReportOutage {
  static constexpr std::string_view kName = "report_outage", kZh = "登记通道中断";
  Instant from;
  OutageCause cause = OutageCause::kHeartbeatLost;
  static FieldList Fields() {
    return {Field{"from", &ReportOutage::from, "中断时间"},
            Field{"cause", &ReportOutage::cause, "原因"}};
  }
};
struct RestoreChannel {
  static constexpr std::string_view kName = "restore_channel", kZh = "登记通道恢复";
  Instant restored_at;
  static FieldList Fields() {
    return {Field{"restored_at", &RestoreChannel::restored_at, "恢复时间"}};
  }
};

/// A batch as the intake has counted it; the messages themselves lie there.
struct RecordBatch {
  static constexpr std::string_view kName = "record_batch", kZh = "登记推送批次";
  std::string batch;
  std::string message_type;
  std::string standard_version;
  Instant received_at;
  std::int64_t accepted = 0;
  std::int64_t rejected = 0;
  std::int64_t late = 0;  ///< Among those accepted.
  DocumentDigest digest;

  static FieldList Fields() {
    return {Field{"batch", &RecordBatch::batch, "批次编号"},
            Field{"message_type", &RecordBatch::message_type, "数据类型"},
            Field{"standard_version", &RecordBatch::standard_version, "数据规范版本"},
            Field{"received_at", &RecordBatch::received_at, "接收时间"},
            Field{"accepted", &RecordBatch::accepted, "归集成功"},
            Field{"rejected", &RecordBatch::rejected, "归集失败"},
            Field{"late", &RecordBatch::late, "其中迟到"},
            Field{"digest", &RecordBatch::digest, "摘要值"}};
  }
};

struct RecordDefect {
  static constexpr std::string_view kName = "record_defect", kZh = "登记数据缺陷";
  DefectKind kind = DefectKind::kTimeliness;
  std::string message_type;
  std::string record_key;
  std::optional<PersonalText> detail;  ///< May quote the record.
  static FieldList Fields() {
    return {Field{"kind", &RecordDefect::kind, "缺陷类别"},
            Field{"message_type", &RecordDefect::message_type, "数据类型"},
            Field{"record_key", &RecordDefect::record_key, "记录标识"},
            Field{"detail", &RecordDefect::detail, "说明", Subject::kParties}};
  }
};

/// 核对项目数据: which steps have come of those due, and whether the sessions were recorded without
/// a gap (HN18-8).
struct ReviewProject {
  static constexpr std::string_view kName = "review_project", kZh = "核对项目数据";
  ProjectCode project;
  std::vector<ElectronicStep> steps_due;  ///< Empty: all eight.
  std::vector<ElectronicStep> steps_seen;
  std::vector<Session> sessions;
  std::vector<Recording> recordings;

  static FieldList Fields() {
    return {Field{"project", &ReviewProject::project, "招标项目编号"},
            Field{"steps_due", &ReviewProject::steps_due, "应有环节"},
            Field{"steps_seen", &ReviewProject::steps_seen, "已归集环节"},
            Field{"sessions", &ReviewProject::sessions, "应录时段"},
            Field{"recordings", &ReviewProject::recordings, "音视频目录"}};
  }
};

struct Escalate {
  static constexpr std::string_view kName = "escalate", kZh = "采取监督措施";
  Step step = Step::kSupervise;
  std::string basis;
  PersonalText reason;
  std::optional<DocumentRef> document;
  static FieldList Fields() {
    return {Field{"step", &Escalate::step, "措施"}, Field{"basis", &Escalate::basis, "依据"},
            Field{"reason", &Escalate::reason, "事由", Subject::kParties},
            Field{"document", &Escalate::document, "文书"}};
  }
};

struct Suspend {
  static constexpr std::string_view kName = "suspend", kZh = "暂停接入";
  std::string basis;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"basis", &Suspend::basis, "依据"},
            Field{"reason", &Suspend::reason, "事由", Subject::kParties}};
  }
};
struct Resume {
  static constexpr std::string_view kName = "resume", kZh = "恢复接入";
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"opinion", &Resume::opinion, "意见", Subject::kParties}};
  }
};
struct End {
  static constexpr std::string_view kName = "end", kZh = "终止接入";
  PersonalText reason;
  static FieldList Fields() { return {Field{"reason", &End::reason, "原因", Subject::kParties}}; }
};

}  // namespace docket::data_push
