/// Words of the clue workflow: where a clue comes from, what it is, where it goes. Stored by name.
#pragma once

#include <array>
#include <string_view>

#include "domain/json.hpp"

namespace docket::clue {

/// How it came (来源). The first five are clues (线索), found by an office or a machine.
enum class SourceKind : std::uint8_t {
  kMachine,             ///< 系统预警
  kInspection,          ///< 抽查、检查
  kAudit,               ///< 审计
  kMedia,               ///< 舆论监督 (XX17-12)
  kTransfer,            ///< 移送、转办、引导
  kReport,              ///< 举报: anybody's, named or not.
  kComplaint,           ///< 投诉中的线索
  kInterferenceReport,  ///< 领导干部干预插手报告 (XX17-2.1)
};
/// What it is in law: four different things come through the same door.
enum class Class : std::uint8_t { kClue, kReport, kComplaint, kPetition, kOutOfScope };
enum class TransferTarget : std::uint8_t {
  kPolice,      ///< 公安机关: suspected crime.
  kDiscipline,  ///< 监察机关: officials.
  kDepartment,  ///< 其他主管部门.
};
enum class PetitionAnswer : std::uint8_t {
  kAccepted,
  kNotAccepted,
  kReturned,  ///< 退回: it was passed on to the wrong body.
};

}  // namespace docket::clue

namespace docket {

template <>
struct EnumTable<clue::SourceKind> {
  using E = clue::SourceKind;
  static constexpr std::array kNames{
      EnumName<E>{E::kMachine, "machine", "系统预警"},
      EnumName<E>{E::kInspection, "inspection", "检查发现"},
      EnumName<E>{E::kAudit, "audit", "审计发现"},
      EnumName<E>{E::kMedia, "media", "舆论监督"},
      EnumName<E>{E::kTransfer, "transfer", "移送转办"},
      EnumName<E>{E::kReport, "report", "举报"},
      EnumName<E>{E::kComplaint, "complaint", "投诉中发现"},
      EnumName<E>{E::kInterferenceReport, "interference_report", "干预插手报告"}};
};
template <>
struct EnumTable<clue::Class> {
  using E = clue::Class;
  static constexpr std::array kNames{EnumName<E>{E::kClue, "clue", "问题线索"},
                                     EnumName<E>{E::kReport, "report", "举报"},
                                     EnumName<E>{E::kComplaint, "complaint", "投诉"},
                                     EnumName<E>{E::kPetition, "petition", "信访"},
                                     EnumName<E>{E::kOutOfScope, "out_of_scope", "不属于受理范围"}};
};
template <>
struct EnumTable<clue::TransferTarget> {
  using E = clue::TransferTarget;
  static constexpr std::array kNames{EnumName<E>{E::kPolice, "police", "公安机关"},
                                     EnumName<E>{E::kDiscipline, "discipline", "监察机关"},
                                     EnumName<E>{E::kDepartment, "department", "其他主管部门"}};
};
template <>
struct EnumTable<clue::PetitionAnswer> {
  using E = clue::PetitionAnswer;
  static constexpr std::array kNames{EnumName<E>{E::kAccepted, "accepted", "受理"},
                                     EnumName<E>{E::kNotAccepted, "not_accepted", "不予受理"},
                                     EnumName<E>{E::kReturned, "returned", "退回"}};
};

}  // namespace docket
