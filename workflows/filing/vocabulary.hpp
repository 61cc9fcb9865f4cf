/// Words of the filing workflow: what is filed, the opinion on it, and what is recorded of
/// performance. Stored by name.
#pragma once

#include <array>
#include <string_view>

#include "domain/json.hpp"

namespace docket::filing {

/// What has to be filed, or done and shown (备案类型). Its name is the profile of its rules.
enum class Type : std::uint8_t {
  kTenderDocuments,       ///< 招标文件备案 (HN17-1.2).
  kClarification,         ///< 澄清修改备案.
  kSelfTendering,         ///< 自行招标备案 (招标投标法 12).
  kWrittenReport,         ///< 招投标情况书面报告 (招标投标法 47).
  kContractSigning,       ///< 签订书面合同 (招标投标法 46; 政府采购法 46).
  kContract,              ///< 合同备案 (FJ18-13(2)).
  kContractCopy,          ///< 合同副本报财政部门 (政府采购法 47).
  kContractPublication,   ///< 合同公告 (政府采购法实施条例 50).
  kBidBondReturn,         ///< 退还投标保证金 (招标投标法实施条例 57).
  kCandidatePublication,  ///< 中标候选人公示 (招标投标法实施条例 54).
  kAwardResult,           ///< 中标、成交结果公告 (政府采购法实施条例 43).
  kPerformance,           ///< 履约信息 (FJ18-13(2)).
  kAbnormalityReport,     ///< 招标异常情况报告.
  kObjectionReport,       ///< 异议处理情况报送 (HN17-3.2(3)).
};

/// The two outcomes of a filing. Neither is an approval.
enum class Result : std::uint8_t { kNoProblemFound, kRectificationRequired };

/// What the performance stage records (HN17-1.2 合同执行、变更及资金拨付; FJ18-13(2) 履约信息公示).
enum class PerformanceKind : std::uint8_t { kExecution, kChange, kPayment, kPublicity };

}  // namespace docket::filing

namespace docket {

template <>
struct EnumTable<filing::Type> {
  using E = filing::Type;
  static constexpr std::array kNames{
      EnumName<E>{E::kTenderDocuments, "tender_documents", "招标文件备案"},
      EnumName<E>{E::kClarification, "clarification", "澄清修改备案"},
      EnumName<E>{E::kSelfTendering, "self_tendering", "自行招标备案"},
      EnumName<E>{E::kWrittenReport, "written_report", "招投标情况书面报告"},
      EnumName<E>{E::kContractSigning, "contract_signing", "签订书面合同"},
      EnumName<E>{E::kContract, "contract", "合同备案"},
      EnumName<E>{E::kContractCopy, "contract_copy", "合同副本报财政部门备案"},
      EnumName<E>{E::kContractPublication, "contract_publication", "政府采购合同公告"},
      EnumName<E>{E::kBidBondReturn, "bid_bond_return", "退还投标保证金"},
      EnumName<E>{E::kCandidatePublication, "candidate_publication", "中标候选人公示"},
      EnumName<E>{E::kAwardResult, "award_result", "中标（成交）结果公告"},
      EnumName<E>{E::kPerformance, "performance", "履约信息"},
      EnumName<E>{E::kAbnormalityReport, "abnormality_report", "招标异常情况报告"},
      EnumName<E>{E::kObjectionReport, "objection_report", "异议处理情况报送"}};
};
template <>
struct EnumTable<filing::Result> {
  using E = filing::Result;
  static constexpr std::array kNames{
      EnumName<E>{E::kNoProblemFound, "no_problem_found", "未发现问题"},
      EnumName<E>{E::kRectificationRequired, "rectification_required", "需整改"}};
};
template <>
struct EnumTable<filing::PerformanceKind> {
  using E = filing::PerformanceKind;
  static constexpr std::array kNames{EnumName<E>{E::kExecution, "execution", "合同执行"},
                                     EnumName<E>{E::kChange, "change", "合同变更"},
                                     EnumName<E>{E::kPayment, "payment", "资金拨付"},
                                     EnumName<E>{E::kPublicity, "publicity", "履约信息公示"}};
};

}  // namespace docket
