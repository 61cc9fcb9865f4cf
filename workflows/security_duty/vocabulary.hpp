/// Words of security duties.
#pragma once

#include "domain/json.hpp"

namespace docket::security_duty {

/// What recurs. How often is said by the rule `duty_<kind>`.
enum class DutyKind : std::uint8_t {
  kSelfCheck,    ///< 每月测评或自查 (FJ18-19).
  kDrill,        ///< Drill of the emergency plan (FJ18-19).
  kBackupTest,   ///< Backup, restored as a test (HN18-21).
  kPatrol,       ///< 运行环境巡检 (HN18-21).
  kTraining,     ///< 培训、信息安全教育 (FJ18-11(1), HN18-18).
  kUndertaking,  ///< Renewal of the undertakings of secrecy (FJ18-10).
  kLogReview,    ///< What the logs show (FJ18-18).
};

enum class CheckResult : std::uint8_t { kSatisfactory, kProblemsFound };

enum class IncidentKind : std::uint8_t { kLeak, kOutage, kIntrusion, kOther };
/// 重大 ones are circulated (FJ18-19).
enum class Severity : std::uint8_t { kOrdinary, kMajor };
/// What became of those who are responsible (FJ18-25; HN18-22).
enum class Accountability : std::uint8_t {
  kNone,
  kManagingUnit,  ///< 由其管理单位依法处理.
  kTransferred,   ///< 移送有关部门.
};

enum class DocumentKind : std::uint8_t {
  kEmergencyPlan,  ///< 应急预案 (FJ18-19).
  kDisasterPlan,   ///< 灾备管理方案 (FJ18-19).
  kReleaseCheck,   ///< 上线前安全检查 (FJ18-14).
  kUpgrade,        ///< 系统升级 (FJ18-14).
};

}  // namespace docket::security_duty

namespace docket {

template <>
struct EnumTable<security_duty::DutyKind> {
  using E = security_duty::DutyKind;
  static constexpr std::array kNames{EnumName<E>{E::kSelfCheck, "self_check", "每月安全自查"},
                                     EnumName<E>{E::kDrill, "drill", "应急演练"},
                                     EnumName<E>{E::kBackupTest, "backup_test", "备份恢复测试"},
                                     EnumName<E>{E::kPatrol, "patrol", "运行环境巡检"},
                                     EnumName<E>{E::kTraining, "training", "信息安全教育培训"},
                                     EnumName<E>{E::kUndertaking, "undertaking", "保密承诺续签"},
                                     EnumName<E>{E::kLogReview, "log_review", "日志审查"}};
};
template <>
struct EnumTable<security_duty::CheckResult> {
  using E = security_duty::CheckResult;
  static constexpr std::array kNames{EnumName<E>{E::kSatisfactory, "satisfactory", "正常"},
                                     EnumName<E>{E::kProblemsFound, "problems_found", "发现问题"}};
};
template <>
struct EnumTable<security_duty::IncidentKind> {
  using E = security_duty::IncidentKind;
  static constexpr std::array kNames{
      EnumName<E>{E::kLeak, "leak", "信息泄露"}, EnumName<E>{E::kOutage, "outage", "系统中断"},
      EnumName<E>{E::kIntrusion, "intrusion", "入侵攻击"}, EnumName<E>{E::kOther, "other", "其他"}};
};
template <>
struct EnumTable<security_duty::Severity> {
  using E = security_duty::Severity;
  static constexpr std::array kNames{EnumName<E>{E::kOrdinary, "ordinary", "一般"},
                                     EnumName<E>{E::kMajor, "major", "重大"}};
};
template <>
struct EnumTable<security_duty::Accountability> {
  using E = security_duty::Accountability;
  static constexpr std::array kNames{
      EnumName<E>{E::kNone, "none", "无须追责"},
      EnumName<E>{E::kManagingUnit, "managing_unit", "由管理单位处理"},
      EnumName<E>{E::kTransferred, "transferred", "移送有关部门"}};
};
template <>
struct EnumTable<security_duty::DocumentKind> {
  using E = security_duty::DocumentKind;
  static constexpr std::array kNames{
      EnumName<E>{E::kEmergencyPlan, "emergency_plan", "应急预案"},
      EnumName<E>{E::kDisasterPlan, "disaster_plan", "灾备管理方案"},
      EnumName<E>{E::kReleaseCheck, "release_check", "上线前安全检查"},
      EnumName<E>{E::kUpgrade, "upgrade", "系统升级"}};
};

}  // namespace docket
