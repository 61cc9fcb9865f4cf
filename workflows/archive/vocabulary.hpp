/// Words of the archive: carriers, holds, what a disposal is of and how it ends. Stored by name.
#pragma once

#include <array>

#include "domain/json.hpp"

namespace docket::archive {

/// 电子文档、纸质材料以及音视频 (FJ18-16).
enum class Carrier : std::uint8_t { kElectronic, kPaper, kMedia };
/// Why the whole file is kept whatever its age (保全).
enum class HoldGround : std::uint8_t { kInvestigation, kLitigation, kAuditOrDiscipline };
/// What is disposed of. Recordings may go years before the rest.
enum class Part : std::uint8_t {
  kMedia,  ///< The recordings alone; the file stays.
  kFile,   ///< Everything that is left.
};
/// 鉴定 ends in one of these.
enum class Appraisal : std::uint8_t { kDestroy, kTransfer, kKeep };
/// What became of a request to read.
enum class ConsentState : std::uint8_t {
  kRequested,
  kReviewed,
  kGranted,
  kRefused,
  kRevoked,
  kExpired,
};

}  // namespace docket::archive

namespace docket {

template <>
struct EnumTable<archive::Carrier> {
  using E = archive::Carrier;
  static constexpr std::array kNames{EnumName<E>{E::kElectronic, "electronic", "电子文档"},
                                     EnumName<E>{E::kPaper, "paper", "纸质材料"},
                                     EnumName<E>{E::kMedia, "media", "音视频"}};
};
template <>
struct EnumTable<archive::HoldGround> {
  using E = archive::HoldGround;
  static constexpr std::array kNames{
      EnumName<E>{E::kInvestigation, "investigation", "案件查处"},
      EnumName<E>{E::kLitigation, "litigation", "复议诉讼"},
      EnumName<E>{E::kAuditOrDiscipline, "audit_or_discipline", "审计监察"}};
};
template <>
struct EnumTable<archive::Part> {
  using E = archive::Part;
  static constexpr std::array kNames{EnumName<E>{E::kMedia, "media", "音视频资料"},
                                     EnumName<E>{E::kFile, "file", "全卷"}};
};
template <>
struct EnumTable<archive::Appraisal> {
  using E = archive::Appraisal;
  static constexpr std::array kNames{EnumName<E>{E::kDestroy, "destroy", "销毁"},
                                     EnumName<E>{E::kTransfer, "transfer", "移交"},
                                     EnumName<E>{E::kKeep, "keep", "继续保存"}};
};
template <>
struct EnumTable<archive::ConsentState> {
  using E = archive::ConsentState;
  static constexpr std::array kNames{EnumName<E>{E::kRequested, "requested", "待审核"},
                                     EnumName<E>{E::kReviewed, "reviewed", "待决定"},
                                     EnumName<E>{E::kGranted, "granted", "已同意"},
                                     EnumName<E>{E::kRefused, "refused", "不予同意"},
                                     EnumName<E>{E::kRevoked, "revoked", "已撤销"},
                                     EnumName<E>{E::kExpired, "expired", "已到期"}};
};

}  // namespace docket
