/// Words of publication: what is published, for whom, and why it is taken back. Stored by name.
#pragma once

#include <array>

#include "domain/json.hpp"

namespace docket::publication {

/// What is published (公开类别).
enum class Class : std::uint8_t {
  kDishonesty,           ///< 失信 (FJ18-15), with the four that follow.
  kBadConduct,           ///< 不良行为
  kViolation,            ///< 违法违规
  kCreditReward,         ///< 信用奖励
  kComplaintResult,      ///< 投诉处理结果 (also XX17-17)
  kTradeNotice,          ///< 交易公告 (FJ16-6), with the four that follow.
  kQualificationResult,  ///< 资格审查结果
  kTransactionResult,    ///< 成交信息
  kPerformance,          ///< 履约信息
  kChange,               ///< 变更信息
  kMatterStatus,         ///< 实施依据、受理状态及办理结果 (FJ18-13(1))
  kCircular,             ///< 通报、通报批评 (FJ18-22 to 25)
  kServiceGuide,         ///< 交易服务指南 (XX17-9)
};
/// Why what was published is taken back: nothing else is a reason (HN18-22(2)).
enum class WithdrawalGround : std::uint8_t {
  kSourceAnnulled,   ///< 依据被变更、撤销、确认违法或者无效 (行政处罚法 48)
  kSecretDisclosed,  ///< 误公开应当保密的信息 (FJ18-15)
  kCreditRestored,   ///< 信用修复
};

/// 失信、不良行为、违法违规: published when their decision has taken effect (XX17-16).
constexpr bool IsSanction(Class c) {
  return c == Class::kDishonesty || c == Class::kBadConduct || c == Class::kViolation;
}
/// 五类交易信息 (FJ16-6), which the centre publishes, too.
constexpr bool IsOfTrade(Class c) {
  return c == Class::kTradeNotice || c == Class::kQualificationResult ||
         c == Class::kTransactionResult || c == Class::kPerformance || c == Class::kChange;
}

}  // namespace docket::publication

namespace docket {

template <>
struct EnumTable<publication::Class> {
  using E = publication::Class;
  static constexpr std::array kNames{
      EnumName<E>{E::kDishonesty, "dishonesty", "失信"},
      EnumName<E>{E::kBadConduct, "bad_conduct", "不良行为"},
      EnumName<E>{E::kViolation, "violation", "违法违规"},
      EnumName<E>{E::kCreditReward, "credit_reward", "信用奖励"},
      EnumName<E>{E::kComplaintResult, "complaint_result", "投诉处理结果"},
      EnumName<E>{E::kTradeNotice, "trade_notice", "交易公告"},
      EnumName<E>{E::kQualificationResult, "qualification_result", "资格审查结果"},
      EnumName<E>{E::kTransactionResult, "transaction_result", "成交信息"},
      EnumName<E>{E::kPerformance, "performance", "履约信息"},
      EnumName<E>{E::kChange, "change", "变更信息"},
      EnumName<E>{E::kMatterStatus, "matter_status", "受理状态及办理结果"},
      EnumName<E>{E::kCircular, "circular", "通报"},
      EnumName<E>{E::kServiceGuide, "service_guide", "交易服务指南"}};
};
template <>
struct EnumTable<publication::WithdrawalGround> {
  using E = publication::WithdrawalGround;
  static constexpr std::array kNames{
      EnumName<E>{E::kSourceAnnulled, "source_annulled", "依据被变更或撤销"},
      EnumName<E>{E::kSecretDisclosed, "secret_disclosed", "误公开应当保密的信息"},
      EnumName<E>{E::kCreditRestored, "credit_restored", "信用修复"}};
};

}  // namespace docket
