/// Words of a trade project (交易项目) as trading systems push it: the vocabulary of the national
/// data standard (FJ18-12; HN18-8). Stored by name.
#pragma once

#include <array>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/trade.hpp"
#include "workflows/catalogue/vocabulary.hpp"
#include "workflows/data_push/vocabulary.hpp"

namespace docket::project {

using catalogue::OwnerClass;
using catalogue::TradeClass;
using data_push::ElectronicStep;

/// How whoever gets the trade is chosen (交易方式): 招标投标法 10, 政府采购法 26, and for land and
/// property the listing and the auction.
enum class TradeMode : std::uint8_t {
  kPublicTender,             ///< 公开招标
  kInvitedTender,            ///< 邀请招标
  kCompetitiveNegotiation,   ///< 竞争性谈判
  kCompetitiveConsultation,  ///< 竞争性磋商
  kInquiry,                  ///< 询价
  kSingleSource,             ///< 单一来源采购
  kListing,                  ///< 挂牌
  kAuction,                  ///< 拍卖
  kOther,
};

enum class NoticeKind : std::uint8_t {
  kPrequalification,  ///< 资格预审公告
  kTender,            ///< 招标公告、采购公告、出让公告
  kClarification,     ///< 澄清、修改
  kTermination,       ///< 终止公告
};

enum class DepositAct : std::uint8_t { kPaid, kReturned, kForfeited };

/// What the performance stage records (HN17-1.2).
enum class PerformanceKind : std::uint8_t { kExecution, kChange, kPayment, kAcceptance };

/// How a project ends.
enum class Ending : std::uint8_t {
  kCompleted,   ///< 办结
  kFailed,      ///< 流标、废标
  kTerminated,  ///< 终止
};

}  // namespace docket::project

namespace docket {

template <>
struct EnumTable<project::TradeMode> {
  using E = project::TradeMode;
  static constexpr std::array kNames{
      EnumName<E>{E::kPublicTender, "public_tender", "公开招标"},
      EnumName<E>{E::kInvitedTender, "invited_tender", "邀请招标"},
      EnumName<E>{E::kCompetitiveNegotiation, "competitive_negotiation", "竞争性谈判"},
      EnumName<E>{E::kCompetitiveConsultation, "competitive_consultation", "竞争性磋商"},
      EnumName<E>{E::kInquiry, "inquiry", "询价"},
      EnumName<E>{E::kSingleSource, "single_source", "单一来源采购"},
      EnumName<E>{E::kListing, "listing", "挂牌"},
      EnumName<E>{E::kAuction, "auction", "拍卖"},
      EnumName<E>{E::kOther, "other", "其他"}};
};
template <>
struct EnumTable<project::NoticeKind> {
  using E = project::NoticeKind;
  static constexpr std::array kNames{
      EnumName<E>{E::kPrequalification, "prequalification", "资格预审公告"},
      EnumName<E>{E::kTender, "tender", "交易公告"},
      EnumName<E>{E::kClarification, "clarification", "澄清修改"},
      EnumName<E>{E::kTermination, "termination", "终止公告"}};
};
template <>
struct EnumTable<project::DepositAct> {
  using E = project::DepositAct;
  static constexpr std::array kNames{EnumName<E>{E::kPaid, "paid", "缴纳"},
                                     EnumName<E>{E::kReturned, "returned", "退还"},
                                     EnumName<E>{E::kForfeited, "forfeited", "不予退还"}};
};
template <>
struct EnumTable<project::PerformanceKind> {
  using E = project::PerformanceKind;
  static constexpr std::array kNames{EnumName<E>{E::kExecution, "execution", "合同执行"},
                                     EnumName<E>{E::kChange, "change", "合同变更"},
                                     EnumName<E>{E::kPayment, "payment", "资金拨付"},
                                     EnumName<E>{E::kAcceptance, "acceptance", "验收"}};
};
template <>
struct EnumTable<project::Ending> {
  using E = project::Ending;
  static constexpr std::array kNames{EnumName<E>{E::kCompleted, "completed", "办结"},
                                     EnumName<E>{E::kFailed, "failed", "流标（废标）"},
                                     EnumName<E>{E::kTerminated, "terminated", "终止"}};
};

}  // namespace docket
