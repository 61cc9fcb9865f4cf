/// Words of public resource trading that several workflows share: the keys of the published data
/// standard, the stages of a project, violations, measures and grounds of secrecy.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "domain/json.hpp"

namespace docket {

/// A text of a fixed form, distinct by Form, which says what is well-formed.
template <class Form>
struct TradeCode {
  std::string value;

  static constexpr Refusal kMalformed = Form::kMalformed;
  static constexpr std::string_view kPattern = Form::kPattern;
  TradeCode() = default;
  explicit TradeCode(std::string text) : value(std::move(text)) {}
  bool empty() const { return value.empty(); }
  bool IsWellFormed() const { return Form::IsWellFormed(value); }
  friend auto operator<=>(const TradeCode&, const TradeCode&) = default;
};

struct ProjectForm {
  static constexpr Refusal kMalformed{"project_code_malformed", "招标项目编号应为 20 位字母或数字",
                                      "a project code has 20 letters and digits"};
  static constexpr std::string_view kPattern = "^[0-9A-Z]{20}$";
  static bool IsWellFormed(std::string_view text);
};
struct SectionForm {
  static constexpr Refusal kMalformed{"section_code_malformed", "标段编号应为 23 位字母或数字",
                                      "a section code has 23 letters and digits"};
  static constexpr std::string_view kPattern = "^[0-9A-Z]{23}$";
  static bool IsWellFormed(std::string_view text);
};
struct CreditForm {
  static constexpr Refusal kMalformed{"credit_code_invalid", "统一社会信用代码无效（含校验码）",
                                      "not a unified social credit code, or its check is wrong"};
  static constexpr std::string_view kPattern = "^[0-9A-HJ-NPQRTUWXY]{18}$";
  static bool IsWellFormed(std::string_view text);
};

/// Tender project code (招标项目编号): 20 letters and digits.
using ProjectCode = TradeCode<ProjectForm>;
/// Section code (标段编号): 23 letters and digits, of which the first 20 are the project's.
using SectionCode = TradeCode<SectionForm>;
/// Unified social credit code (统一社会信用代码): 18 characters with a check character
/// (GB 32100-2015).
using CreditCode = TradeCode<CreditForm>;

ProjectCode ProjectOf(const SectionCode& section);

/// Stages of a project (阶段, HN17-1.2).
enum class Stage : std::uint8_t {
  kApproval,     ///< 审批
  kTrading,      ///< 交易
  kPerformance,  ///< 履约
};

/// Violations by the words of XX17-13.
enum class Violation : std::uint8_t {
  kDismembering,          ///< 肢解
  kSplitting,             ///< 化整为零
  kNotTendered,           ///< 应招不招
  kPredetermined,         ///< 明招暗定
  kShamTender,            ///< 虚假招标
  kCompanionBidding,      ///< 陪标
  kBidRigging,            ///< 串标
  kBidRing,               ///< 围标
  kOutsideCollusion,      ///< 场外串通
  kOfficialInterference,  ///< 领导干部违规干预和插手 (XX17-2.1)
  kOther,
};

/// Measures against a body that serves or uses the market (XX17-15, XX17-3.3): chosen case by
/// case, not climbed.
enum class Measure : std::uint8_t {
  kCircular,             ///< 通报
  kInterview,            ///< 约谈
  kRectification,        ///< 限期整改
  kTradeRestriction,     ///< 限制交易业务
  kServiceCancellation,  ///< 取消提供服务资格: after an annual evaluation only.
};

/// In what way a person answers for a breach (FJ18-22 to 24).
enum class Responsibility : std::uint8_t {
  kInCharge,             ///< 直接负责的主管人员
  kDirectlyResponsible,  ///< 其他直接责任人员
};

/// Who is shown a circular (通报范围, FJ18-22 to 25).
enum class CircularLevel : std::uint8_t {
  kRecipients,  ///< 有关单位: those named.
  kPublic,      ///< 向社会公开.
};

/// What is not made public (FJ18-15).
enum class ExemptionGround : std::uint8_t { kStateSecret, kTradeSecret, kPersonalPrivacy, kOther };

template <>
struct EnumTable<Stage> {
  static constexpr std::array kNames{EnumName<Stage>{Stage::kApproval, "approval", "审批"},
                                     EnumName<Stage>{Stage::kTrading, "trading", "交易"},
                                     EnumName<Stage>{Stage::kPerformance, "performance", "履约"}};
};
template <>
struct EnumTable<Violation> {
  using E = Violation;
  static constexpr std::array kNames{
      EnumName<E>{E::kDismembering, "dismembering", "肢解"},
      EnumName<E>{E::kSplitting, "splitting", "化整为零"},
      EnumName<E>{E::kNotTendered, "not_tendered", "应招不招"},
      EnumName<E>{E::kPredetermined, "predetermined", "明招暗定"},
      EnumName<E>{E::kShamTender, "sham_tender", "虚假招标"},
      EnumName<E>{E::kCompanionBidding, "companion_bidding", "陪标"},
      EnumName<E>{E::kBidRigging, "bid_rigging", "串标"},
      EnumName<E>{E::kBidRing, "bid_ring", "围标"},
      EnumName<E>{E::kOutsideCollusion, "outside_collusion", "场外串通"},
      EnumName<E>{E::kOfficialInterference, "official_interference", "违规干预和插手"},
      EnumName<E>{E::kOther, "other", "其他违法违规行为"}};
};
template <>
struct EnumTable<Measure> {
  using E = Measure;
  static constexpr std::array kNames{
      EnumName<E>{E::kCircular, "circular", "通报"},
      EnumName<E>{E::kInterview, "interview", "约谈"},
      EnumName<E>{E::kRectification, "rectification", "限期整改"},
      EnumName<E>{E::kTradeRestriction, "trade_restriction", "限制交易业务"},
      EnumName<E>{E::kServiceCancellation, "service_cancellation", "取消提供服务资格"}};
};
template <>
struct EnumTable<Responsibility> {
  using E = Responsibility;
  static constexpr std::array kNames{
      EnumName<E>{E::kInCharge, "in_charge", "直接负责的主管人员"},
      EnumName<E>{E::kDirectlyResponsible, "directly_responsible", "其他直接责任人员"}};
};
template <>
struct EnumTable<CircularLevel> {
  using E = CircularLevel;
  static constexpr std::array kNames{EnumName<E>{E::kRecipients, "recipients", "有关单位"},
                                     EnumName<E>{E::kPublic, "public", "向社会公开"}};
};
template <>
struct EnumTable<ExemptionGround> {
  using E = ExemptionGround;
  static constexpr std::array kNames{
      EnumName<E>{E::kStateSecret, "state_secret", "国家秘密"},
      EnumName<E>{E::kTradeSecret, "trade_secret", "商业秘密"},
      EnumName<E>{E::kPersonalPrivacy, "personal_privacy", "个人隐私"},
      EnumName<E>{E::kOther, "other", "其他依法应当保密"}};
};

}  // namespace docket
