/// Words of an investigation (案件查处), each with the article that it is taken from.
#pragma once

#include <array>
#include <string_view>

#include "domain/json.hpp"

namespace docket::investigation {

/// What is investigated.
enum class Matter : std::uint8_t {
  kViolation,           ///< 违法违规行为 (XX17-17).
  kMaliciousComplaint,  ///< 恶意投诉 (XX17-17).
  kAbuseOfOffice,       ///< 徇私舞弊、滥用职权、弄虚作假、玩忽职守 (FJ18-27).
};
/// 制止、纠正、处理 (HN17-3.1(1)).
enum class FindingMeasure : std::uint8_t { kStop, kCorrect, kHandle };
enum class SuspensionGround : std::uint8_t {
  kAwaitsRuling,          ///< A court's or another body's finding decides the case.
  kForceMajeure,          ///< 不可抗力.
  kPartyUnreachable,      ///< 当事人下落不明.
  kAwaitsInterpretation,  ///< The law is put to the competent body.
};
/// 处罚种类 (行政处罚法 9).
enum class Penalty : std::uint8_t {
  kWarning,
  kCriticism,
  kFine,
  kConfiscation,
  kLicenceSuspension,
  kDowngrade,
  kLicenceRevocation,
  kBusinessRestriction,
  kShutdown,
  kOccupationBan,
};
/// Rights of which the prior notice tells (行政处罚法 44, 63).
enum class Right : std::uint8_t { kStatement, kHearing };
enum class AnswerKind : std::uint8_t { kStatement, kWaiver, kHearingRequest };
/// 行政处罚法 57.
enum class Outcome : std::uint8_t {
  kPenalty,
  kNoPenaltyMinor,
  kNoViolation,
  kTransferJudicial,
};
/// To whom a suspected crime goes.
enum class Organ : std::uint8_t { kPolice, kProcuratorate, kDiscipline };

}  // namespace docket::investigation

namespace docket {

#define DOCKET_NAMES(Enum, ...)                                               \
  template <>                                                                 \
  struct EnumTable<Enum> {                                                    \
    using E = Enum;                                                           \
    static constexpr auto kNames = std::to_array<EnumName<E>>({__VA_ARGS__}); \
  }

DOCKET_NAMES(investigation::Matter, {E::kViolation, "violation", "违法违规行为"},
             {E::kMaliciousComplaint, "malicious_complaint", "恶意投诉"},
             {E::kAbuseOfOffice, "abuse_of_office", "徇私舞弊、滥用职权、弄虚作假、玩忽职守"});
DOCKET_NAMES(investigation::FindingMeasure, {E::kStop, "stop", "制止"},
             {E::kCorrect, "correct", "纠正"}, {E::kHandle, "handle", "处理"});
DOCKET_NAMES(investigation::SuspensionGround,
             {E::kAwaitsRuling, "awaits_ruling", "须以司法或其他机关的结论为依据"},
             {E::kForceMajeure, "force_majeure", "不可抗力"},
             {E::kPartyUnreachable, "party_unreachable", "当事人下落不明"},
             {E::kAwaitsInterpretation, "awaits_interpretation", "法律适用问题送请有权机关解释"});
DOCKET_NAMES(investigation::Penalty, {E::kWarning, "warning", "警告"},
             {E::kCriticism, "criticism", "通报批评"}, {E::kFine, "fine", "罚款"},
             {E::kConfiscation, "confiscation", "没收违法所得、非法财物"},
             {E::kLicenceSuspension, "licence_suspension", "暂扣许可证件"},
             {E::kDowngrade, "downgrade", "降低资质等级"},
             {E::kLicenceRevocation, "licence_revocation", "吊销许可证件"},
             {E::kBusinessRestriction, "business_restriction", "限制开展生产经营活动"},
             {E::kShutdown, "shutdown", "责令停产停业、责令关闭"},
             {E::kOccupationBan, "occupation_ban", "限制从业"});
DOCKET_NAMES(investigation::Right, {E::kStatement, "statement", "陈述、申辩"},
             {E::kHearing, "hearing", "要求听证"});
DOCKET_NAMES(investigation::AnswerKind, {E::kStatement, "statement", "陈述申辩"},
             {E::kWaiver, "waiver", "放弃"}, {E::kHearingRequest, "hearing_request", "要求听证"});
DOCKET_NAMES(investigation::Outcome, {E::kPenalty, "penalty", "给予处罚"},
             {E::kNoPenaltyMinor, "no_penalty_minor", "违法行为轻微，不予处罚"},
             {E::kNoViolation, "no_violation", "违法事实不能成立"},
             {E::kTransferJudicial, "transfer_judicial", "涉嫌犯罪，移送司法机关"});
DOCKET_NAMES(investigation::Organ, {E::kPolice, "police", "公安机关"},
             {E::kProcuratorate, "procuratorate", "检察机关"},
             {E::kDiscipline, "discipline", "监察机关"});

#undef DOCKET_NAMES

}  // namespace docket
