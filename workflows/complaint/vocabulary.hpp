/// Words of the complaint workflow: profiles, channels, grounds, outcomes. Stored by name.
#pragma once

#include <array>
#include <string_view>

#include "domain/json.hpp"
#include "domain/trade.hpp"

namespace docket::complaint {

/// Which law governs the complaint.
enum class Profile : std::uint8_t {
  kTendering,              ///< 招标投标法实施条例 60–62；七部委令第11号.
  kGovernmentProcurement,  ///< 政府采购法 55–58；财政部令第94号.
};
enum class Channel : std::uint8_t { kOnline, kCounter, kPost, kEmail, kTransfer };
enum class PartyKind : std::uint8_t { kPerson, kLegalPerson };
/// What the complaint is about; some matters need an objection first (实施条例 60(2)).
enum class SubjectMatter : std::uint8_t {
  kPrequalificationDocuments,
  kTenderDocuments,
  kBidOpening,
  kEvaluationResult,
  kOther
};
/// Grounds on which a complaint is not accepted (七部委令11号 12；财政部令94号 19–21).
enum class RefusalGround : std::uint8_t {
  kNoInterest,
  kNotSpecific,
  kNoIdentity,
  kOutOfTime,
  kAlreadyDecided,
  kUnderReview,
  kPriorObjectionMissing,
  kPriorChallengeMissing,
  kExceedsChallengedMatters,
  kCorrectionNotSupplied,
  kFirstReceivedElsewhere
};
enum class Outcome : std::uint8_t { kDismissed, kUpheld, kPartlyUpheld };
enum class DismissalGround : std::uint8_t {
  kNoBasis,
  kFabricated,
  kForgedMaterial,
  kIllegallyObtained,
  kConditionMissing
};
enum class InvestigationKind : std::uint8_t { kOrder, kEvidence, kInquiry, kSiteVisit };
enum class AppraisalKind : std::uint8_t { kInspection, kTesting, kAppraisal, kExpertReview };
enum class ServiceWay : std::uint8_t { kDirect, kPost, kElectronic, kPublicNotice };
enum class ReviewKind : std::uint8_t { kReconsideration, kLitigation };
enum class ReviewOutcome : std::uint8_t { kUpheld, kChanged, kAnnulled };
enum class ReferralTarget : std::uint8_t { kInvestigation, kDiscipline, kPolice };

}  // namespace docket::complaint

namespace docket {

#define DOCKET_NAMES(Enum, ...)                                               \
  template <>                                                                 \
  struct EnumTable<Enum> {                                                    \
    using E = Enum;                                                           \
    static constexpr auto kNames = std::to_array<EnumName<E>>({__VA_ARGS__}); \
  }

DOCKET_NAMES(complaint::Profile, {E::kTendering, "tendering", "招标投标"},
             {E::kGovernmentProcurement, "government_procurement", "政府采购"});
DOCKET_NAMES(complaint::Channel, {E::kOnline, "online", "网上提交"},
             {E::kCounter, "counter", "当面提交"}, {E::kPost, "post", "邮寄"},
             {E::kEmail, "email", "电子邮件"}, {E::kTransfer, "transfer", "转办"});
DOCKET_NAMES(complaint::PartyKind, {E::kPerson, "person", "自然人"},
             {E::kLegalPerson, "legal_person", "法人或其他组织"});
DOCKET_NAMES(complaint::SubjectMatter,
             {E::kPrequalificationDocuments, "prequalification_documents", "资格预审文件"},
             {E::kTenderDocuments, "tender_documents", "招标（采购）文件"},
             {E::kBidOpening, "bid_opening", "开标"},
             {E::kEvaluationResult, "evaluation_result", "评标（中标、成交）结果"},
             {E::kOther, "other", "其他"});
DOCKET_NAMES(complaint::RefusalGround, {E::kNoInterest, "no_interest", "非当事人且无利害关系"},
             {E::kNotSpecific, "not_specific", "投诉事项不具体且无有效线索"},
             {E::kNoIdentity, "no_identity", "未署真实姓名、签章或有效联系方式"},
             {E::kOutOfTime, "out_of_time", "超过投诉时效"},
             {E::kAlreadyDecided, "already_decided", "已作处理决定且未提供新证据"},
             {E::kUnderReview, "under_review", "已进入行政复议或行政诉讼程序"},
             {E::kPriorObjectionMissing, "prior_objection_missing", "应先提出异议而未提出"},
             {E::kPriorChallengeMissing, "prior_challenge_missing", "投诉前未依法质疑"},
             {E::kExceedsChallengedMatters, "exceeds_challenged_matters", "超出已质疑事项范围"},
             {E::kCorrectionNotSupplied, "correction_not_supplied", "逾期未补正"},
             {E::kFirstReceivedElsewhere, "first_received_elsewhere", "由最先收到的部门处理"});
DOCKET_NAMES(complaint::Outcome, {E::kDismissed, "dismissed", "驳回"},
             {E::kUpheld, "upheld", "成立"}, {E::kPartlyUpheld, "partly_upheld", "部分成立"});
DOCKET_NAMES(complaint::DismissalGround, {E::kNoBasis, "no_basis", "缺乏事实根据或法律依据"},
             {E::kFabricated, "fabricated", "捏造事实"},
             {E::kForgedMaterial, "forged_material", "伪造材料"},
             {E::kIllegallyObtained, "illegally_obtained", "以非法手段取得证明材料"},
             {E::kConditionMissing, "condition_missing", "受理后发现不符合受理条件"});
DOCKET_NAMES(complaint::InvestigationKind, {E::kOrder, "order", "调查通知"},
             {E::kEvidence, "evidence", "调取证据"}, {E::kInquiry, "inquiry", "询问"},
             {E::kSiteVisit, "site_visit", "现场核查"});
DOCKET_NAMES(complaint::AppraisalKind, {E::kInspection, "inspection", "检验"},
             {E::kTesting, "testing", "检测"}, {E::kAppraisal, "appraisal", "鉴定"},
             {E::kExpertReview, "expert_review", "专家评审"});
DOCKET_NAMES(complaint::ServiceWay, {E::kDirect, "direct", "直接送达"},
             {E::kPost, "post", "邮寄送达"}, {E::kElectronic, "electronic", "电子送达"},
             {E::kPublicNotice, "public_notice", "公告送达"});
DOCKET_NAMES(complaint::ReviewKind, {E::kReconsideration, "reconsideration", "行政复议"},
             {E::kLitigation, "litigation", "行政诉讼"});
DOCKET_NAMES(complaint::ReviewOutcome, {E::kUpheld, "upheld", "维持"},
             {E::kChanged, "changed", "变更"}, {E::kAnnulled, "annulled", "撤销并责令重作"});
DOCKET_NAMES(complaint::ReferralTarget, {E::kInvestigation, "investigation", "立案查处"},
             {E::kDiscipline, "discipline", "移送监察机关"},
             {E::kPolice, "police", "移送公安机关"});

#undef DOCKET_NAMES

}  // namespace docket
