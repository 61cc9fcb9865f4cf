/// Words of the interfacing of trading systems (对接): kinds of systems, the five subjects, the
/// eight electronic steps, defects of data and the ladder of measures.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::data_push {

enum class SystemKind : std::uint8_t {
  kGovernmentPlatform,  ///< 政府建立的公共资源交易平台; none are founded in counties (FJ16-2).
  kMarketPlatform,  ///< 市场主体依法建设运营的电子交易系统 (FJ16-3(3)).
  kBusinessSystem,  ///< 行政监督部门的业务系统 (FJ18-21): trades nothing, needs no certificate.
};

/// The five subjects of interfacing (FJ18-21).
enum class InterfaceSubject : std::uint8_t {
  kData,           ///< 数据
  kOrganisation,   ///< 组织机构和人员落实
  kMaintenance,    ///< 运行维护制度
  kStandards,      ///< 标准执行情况
  kEmergencyPlan,  ///< 运行事故应急处置预案制定和演练
};

/// The steps that run electronically from end to end (HN18-8).
enum class ElectronicStep : std::uint8_t {
  kRegistration,  ///< 受理登记
  kPublication,   ///< 信息发布
  kBidEnrolment,  ///< 投标报名
  kExpertDraw,    ///< 专家抽取
  kOpening,       ///< 开标
  kEvaluation,    ///< 评标评审
  kAwardNotice,   ///< 中标公示
  kDeposit,       ///< 保证金收退
};

/// What data lack: FJ18-13(3), HN18-8 and 9, XX17-11.
enum class DefectKind : std::uint8_t {
  kTimeliness,    ///< 及时性（时效性）
  kCompleteness,  ///< 完整性
  kAuthenticity,  ///< 真实性
  kAccuracy,      ///< 准确性
  kLegality,      ///< 合法性
  kWithheld,      ///< 封闭、截留
  kStandard,      ///< 过渡期后仍用旧规范
};

/// The ladder of FJ18-13(3), from below.
enum class Step : std::uint8_t { kSupervise, kWarn, kCirculate, kPunish, kPublicise };

/// Why a system is not admitted; there is no other ground (FJ16-3(3) 不得限制和排斥).
enum class RefusalGround : std::uint8_t {
  kCertificate,    ///< 未通过检测认证，或者不在有效期、范围内
  kSubjects,       ///< 对接事项未完成
  kNonconforming,  ///< 经测试不符合数据规范
  kInsecure,       ///< 经测评不符合安全要求
};

enum class OutageCause : std::uint8_t { kHeartbeatLost, kMaintenance, kFault, kNetwork };

/// Test and certification (检测认证) of a trading system.
struct Certificate {
  std::string number;
  std::string issuer;
  std::vector<Industry> scope;
  Date valid_until;  ///< The last day.
  DocumentRef report;

  static FieldList Fields() {
    return {Field{"number", &Certificate::number, "证书编号"},
            Field{"issuer", &Certificate::issuer, "检测认证机构"},
            Field{"scope", &Certificate::scope, "认证范围"},
            Field{"valid_until", &Certificate::valid_until, "有效期止"},
            Field{"report", &Certificate::report, "检测认证报告"}};
  }
};

/// An Ed25519 public key: Base64 of its 32 bytes.
struct PublicKey {
  std::string value;

  static constexpr Refusal kMalformed{"public_key_malformed", "公钥应为 Ed25519 公钥的 Base64",
                                      "expected the Base64 of an Ed25519 public key"};
  static constexpr std::string_view kPattern = "^[0-9A-Za-z+/]{43}=$";
  PublicKey() = default;
  explicit PublicKey(std::string text) : value(std::move(text)) {}
  bool IsWellFormed() const;
  friend bool operator==(const PublicKey&, const PublicKey&) = default;
};

/// 签名公钥: with it the provider's system signs what it pushes. Known by its number.
struct SigningKey {
  std::string key;
  PublicKey public_key;
  static FieldList Fields() {
    return {Field{"key", &SigningKey::key, "密钥编号"},
            Field{"public_key", &SigningKey::public_key, "公钥"}};
  }
};

/// 保留的批准: a county's platform that was kept (FJ16-2).
struct RetentionApproval {
  std::string document_number;
  std::string approved_by;
  DocumentRef document;

  static FieldList Fields() {
    return {Field{"document_number", &RetentionApproval::document_number, "批准文号"},
            Field{"approved_by", &RetentionApproval::approved_by, "批准机关"},
            Field{"document", &RetentionApproval::document, "批准文件"}};
  }
};

/// 数据交换频率 (HN18-8): at least one batch of the type in every such interval.
struct Frequency {
  std::string message_type;
  std::int64_t every_minutes = 0;

  static FieldList Fields() {
    return {Field{"message_type", &Frequency::message_type, "数据类型"},
            Field{"every_minutes", &Frequency::every_minutes, "交换间隔（分钟）"}};
  }
};

/// 应有音视频的时段, and what was recorded of it.
struct Session {
  ElectronicStep step = ElectronicStep::kOpening;
  Instant from;
  Instant until;

  static FieldList Fields() {
    return {Field{"step", &Session::step, "环节"}, Field{"from", &Session::from, "开始"},
            Field{"until", &Session::until, "结束"}};
  }
};
struct Recording {
  ElectronicStep step = ElectronicStep::kOpening;
  Instant from;
  Instant until;
  DocumentDigest digest;

  static FieldList Fields() {
    return {Field{"step", &Recording::step, "环节"}, Field{"from", &Recording::from, "开始"},
            Field{"until", &Recording::until, "结束"},
            Field{"digest", &Recording::digest, "摘要值"}};
  }
};

}  // namespace docket::data_push

namespace docket {

template <>
struct EnumTable<data_push::SystemKind> {
  using E = data_push::SystemKind;
  static constexpr std::array kNames{
      EnumName<E>{E::kGovernmentPlatform, "government_platform", "政府建立的交易平台"},
      EnumName<E>{E::kMarketPlatform, "market_platform", "市场主体建设运营的交易系统"},
      EnumName<E>{E::kBusinessSystem, "business_system", "部门业务系统"}};
};
template <>
struct EnumTable<data_push::InterfaceSubject> {
  using E = data_push::InterfaceSubject;
  static constexpr std::array kNames{
      EnumName<E>{E::kData, "data", "数据"},
      EnumName<E>{E::kOrganisation, "organisation", "组织机构和人员落实"},
      EnumName<E>{E::kMaintenance, "maintenance", "运行维护制度"},
      EnumName<E>{E::kStandards, "standards", "标准执行情况"},
      EnumName<E>{E::kEmergencyPlan, "emergency_plan", "应急处置预案和演练"}};
};
template <>
struct EnumTable<data_push::ElectronicStep> {
  using E = data_push::ElectronicStep;
  static constexpr std::array kNames{EnumName<E>{E::kRegistration, "registration", "受理登记"},
                                     EnumName<E>{E::kPublication, "publication", "信息发布"},
                                     EnumName<E>{E::kBidEnrolment, "bid_enrolment", "投标报名"},
                                     EnumName<E>{E::kExpertDraw, "expert_draw", "专家抽取"},
                                     EnumName<E>{E::kOpening, "opening", "开标"},
                                     EnumName<E>{E::kEvaluation, "evaluation", "评标评审"},
                                     EnumName<E>{E::kAwardNotice, "award_notice", "中标公示"},
                                     EnumName<E>{E::kDeposit, "deposit", "保证金收退"}};
};
template <>
struct EnumTable<data_push::DefectKind> {
  using E = data_push::DefectKind;
  static constexpr std::array kNames{EnumName<E>{E::kTimeliness, "timeliness", "及时性"},
                                     EnumName<E>{E::kCompleteness, "completeness", "完整性"},
                                     EnumName<E>{E::kAuthenticity, "authenticity", "真实性"},
                                     EnumName<E>{E::kAccuracy, "accuracy", "准确性"},
                                     EnumName<E>{E::kLegality, "legality", "合法性"},
                                     EnumName<E>{E::kWithheld, "withheld", "封闭、截留信息"},
                                     EnumName<E>{E::kStandard, "standard", "未执行现行规范"}};
};
template <>
struct EnumTable<data_push::Step> {
  using E = data_push::Step;
  static constexpr std::array kNames{
      EnumName<E>{E::kSupervise, "supervise", "监督"}, EnumName<E>{E::kWarn, "warn", "预警"},
      EnumName<E>{E::kCirculate, "circulate", "通报"}, EnumName<E>{E::kPunish, "punish", "处罚"},
      EnumName<E>{E::kPublicise, "publicise", "公示"}};
};
template <>
struct EnumTable<data_push::RefusalGround> {
  using E = data_push::RefusalGround;
  static constexpr std::array kNames{
      EnumName<E>{E::kCertificate, "certificate", "未通过检测认证"},
      EnumName<E>{E::kSubjects, "subjects", "对接事项未完成"},
      EnumName<E>{E::kNonconforming, "nonconforming", "不符合数据规范"},
      EnumName<E>{E::kInsecure, "insecure", "不符合安全要求"}};
};
template <>
struct EnumTable<data_push::OutageCause> {
  using E = data_push::OutageCause;
  static constexpr std::array kNames{EnumName<E>{E::kHeartbeatLost, "heartbeat_lost", "心跳中断"},
                                     EnumName<E>{E::kMaintenance, "maintenance", "计划维护"},
                                     EnumName<E>{E::kFault, "fault", "系统故障"},
                                     EnumName<E>{E::kNetwork, "network", "网络故障"}};
};

}  // namespace docket
