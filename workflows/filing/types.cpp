#include "workflows/filing/types.hpp"

namespace docket::filing {

std::string RuleOf(Type type) { return "filing_" + std::string(NameOf(type)); }

Stage StageOf(Type type) {
  switch (type) {
    case Type::kTenderDocuments:
    case Type::kSelfTendering: return Stage::kApproval;
    case Type::kContractSigning:
    case Type::kContract:
    case Type::kContractCopy:
    case Type::kContractPublication:
    case Type::kPerformance: return Stage::kPerformance;
    default: return Stage::kTrading;
  }
}

bool IsAct(Type type) {
  return type == Type::kContractSigning || type == Type::kContractPublication ||
         type == Type::kBidBondReturn || type == Type::kCandidatePublication ||
         type == Type::kAwardResult;
}

bool HasOpenLimit(Type type) {
  return type == Type::kTenderDocuments || type == Type::kClarification ||
         type == Type::kSelfTendering || type == Type::kContract || type == Type::kPerformance ||
         type == Type::kAbnormalityReport || type == Type::kObjectionReport;
}

bool BindsMandatoryTendersOnly(Type type) {
  return type == Type::kSelfTendering || type == Type::kWrittenReport ||
         type == Type::kCandidatePublication;
}

bool FitsTrade(Type type, const std::optional<Industry>& industry) {
  if (!industry) return true;
  const bool procurement = *industry == Industry::kGovernmentProcurement;
  switch (type) {
    case Type::kContractCopy:
    case Type::kContractPublication:
    case Type::kAwardResult: return procurement;
    case Type::kSelfTendering:
    case Type::kWrittenReport:
    case Type::kBidBondReturn:
    case Type::kCandidatePublication: return !procurement;
    default: return true;
  }
}

bool IsOfPerformance(Type type) { return type == Type::kContract || type == Type::kPerformance; }

}  // namespace docket::filing
