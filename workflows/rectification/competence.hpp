/// Who may require whom to put what right (责令限期改正、督促整改): one table with its articles.
#pragma once

#include <array>
#include <string_view>

#include "domain/json.hpp"

namespace docket::rectification {

/// 下达主体, by whom the document is signed.
enum class Issuer : std::uint8_t {
  kDepartment,        ///< 行政监督部门.
  kResourceOffice,    ///< 公管办 of any level.
  kProvincialOffice,  ///< 省发改委（省公管办）: a unit of the province.
};
/// 整改对象.
enum class AddresseeKind : std::uint8_t {
  kDepartment,        ///< 行政监督部门.
  kTradingPlatform,   ///< 电子交易平台服务机构.
  kPlatformOperator,  ///< 监督平台运行服务机构.
  kTradingCentre,     ///< 交易平台运行服务机构 (公共资源交易中心).
  kMarketParty,       ///< 招标人、采购人、代理机构 and others in the market.
};
/// 问题类别, in the words of the articles.
enum class Breach : std::uint8_t {
  kNoOnlineSupervision,
  kDataExchange,
  kPublication,
  kFunctionAdjustment,
  kDataSharing,
  kSupervisionService,
  kSecurityMechanism,
  kSecurityIncident,
  kSecrecyLeak,
  kAccuracy,
  kPlausibility,
  kTimeliness,
  kInspectionResult,
  kEvaluationResult,
  kTenderViolation,
};
/// The office urges where the article says 督促, and orders where it says 责令.
enum class Form : std::uint8_t { kOrder, kUrging };

/// A line of the table. What follows when the breach stays: persons who answer for it are handled,
/// and the matter is circulated; under FJ18-25 criticism comes with the order already.
struct Competence {
  std::string_view article;
  std::array<bool, 3> issuers;  ///< By Issuer.
  AddresseeKind addressee;
  Breach breach;
  Form form = Form::kOrder;
  bool persons_follow = false;
  bool circular_follows = false;
  bool criticism_with_order = false;
};

/// nullptr where no article lets that issuer require it of that addressee.
const Competence* FindCompetence(Issuer issuer, AddresseeKind addressee, Breach breach);

}  // namespace docket::rectification

namespace docket {

template <>
struct EnumTable<rectification::Issuer> {
  using E = rectification::Issuer;
  static constexpr std::array kNames{
      EnumName<E>{E::kDepartment, "department", "行政监督部门"},
      EnumName<E>{E::kResourceOffice, "resource_office", "公管办"},
      EnumName<E>{E::kProvincialOffice, "provincial_office", "省发改委（省公管办）"}};
};
template <>
struct EnumTable<rectification::AddresseeKind> {
  using E = rectification::AddresseeKind;
  static constexpr std::array kNames{
      EnumName<E>{E::kDepartment, "department", "行政监督部门"},
      EnumName<E>{E::kTradingPlatform, "trading_platform", "电子交易平台服务机构"},
      EnumName<E>{E::kPlatformOperator, "platform_operator", "监督平台运行服务机构"},
      EnumName<E>{E::kTradingCentre, "trading_centre", "交易平台运行服务机构"},
      EnumName<E>{E::kMarketParty, "market_party", "市场主体"}};
};
template <>
struct EnumTable<rectification::Breach> {
  using E = rectification::Breach;
  static constexpr std::array kNames{
      EnumName<E>{E::kNoOnlineSupervision, "no_online_supervision", "未实行在线监督"},
      EnumName<E>{E::kDataExchange, "data_exchange", "未按规定交换数据"},
      EnumName<E>{E::kPublication, "publication", "未按规定公开、公示信息"},
      EnumName<E>{E::kFunctionAdjustment, "function_adjustment", "未按规定调整功能"},
      EnumName<E>{E::kDataSharing, "data_sharing", "未按规定共享信息"},
      EnumName<E>{E::kSupervisionService, "supervision_service", "未按规定提供监督服务"},
      EnumName<E>{E::kSecurityMechanism, "security_mechanism", "未建立信息安全工作机制"},
      EnumName<E>{E::kSecurityIncident, "security_incident", "出现信息安全问题"},
      EnumName<E>{E::kSecrecyLeak, "secrecy_leak", "透露应当保密的信息"},
      EnumName<E>{E::kAccuracy, "accuracy", "交易信息不准确"},
      EnumName<E>{E::kPlausibility, "plausibility", "交易信息不合理"},
      EnumName<E>{E::kTimeliness, "timeliness", "交易信息不及时"},
      EnumName<E>{E::kInspectionResult, "inspection_result", "抽查结果较差"},
      EnumName<E>{E::kEvaluationResult, "evaluation_result", "考评结果较差"},
      EnumName<E>{E::kTenderViolation, "tender_violation", "交易活动违法违规"}};
};
template <>
struct EnumTable<rectification::Form> {
  using E = rectification::Form;
  static constexpr std::array kNames{EnumName<E>{E::kOrder, "order", "责令限期改正"},
                                     EnumName<E>{E::kUrging, "urging", "督促整改"}};
};

}  // namespace docket
