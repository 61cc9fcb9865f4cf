/// Words of warnings (预警): what a supervision point watches, how it shines, and what a warning is
/// turned into. Stored by name.
#pragma once

#include <array>
#include <cstdint>

#include "domain/json.hpp"

namespace docket::warning {

enum class WarningLevel : std::uint8_t { kYellow, kRed };

/// What the supervision point watches.
enum class PointKind : std::uint8_t {
  kContent,    ///< 内容监督点: what was done or published.
  kTimeLimit,  ///< 时限监督点: whether it was done in time.
};

/// Who sets the point off.
enum class PointMode : std::uint8_t {
  kAutomatic,  ///< A rule over the collected data.
  kManual,     ///< An officer.
};

/// How the point shines.
enum class PointColour : std::uint8_t { kNotSupervised, kGreen, kYellow, kRed };

/// As what the matter goes on.
enum class ConversionKind : std::uint8_t { kClue, kInvestigation, kRectification, kSupervision };

}  // namespace docket::warning

namespace docket {

template <>
struct EnumTable<warning::WarningLevel> {
  using E = warning::WarningLevel;
  static constexpr std::array kNames{EnumName<E>{E::kYellow, "yellow", "黄色"},
                                     EnumName<E>{E::kRed, "red", "红色"}};
};
template <>
struct EnumTable<warning::PointKind> {
  using E = warning::PointKind;
  static constexpr std::array kNames{EnumName<E>{E::kContent, "content", "内容监督点"},
                                     EnumName<E>{E::kTimeLimit, "time_limit", "时限监督点"}};
};
template <>
struct EnumTable<warning::PointMode> {
  using E = warning::PointMode;
  static constexpr std::array kNames{EnumName<E>{E::kAutomatic, "automatic", "自动"},
                                     EnumName<E>{E::kManual, "manual", "人工"}};
};
template <>
struct EnumTable<warning::PointColour> {
  using E = warning::PointColour;
  static constexpr std::array kNames{EnumName<E>{E::kNotSupervised, "not_supervised", "未监督"},
                                     EnumName<E>{E::kGreen, "green", "绿灯"},
                                     EnumName<E>{E::kYellow, "yellow", "黄灯"},
                                     EnumName<E>{E::kRed, "red", "红灯"}};
};
template <>
struct EnumTable<warning::ConversionKind> {
  using E = warning::ConversionKind;
  static constexpr std::array kNames{EnumName<E>{E::kClue, "clue", "问题线索"},
                                     EnumName<E>{E::kInvestigation, "investigation", "立案查处"},
                                     EnumName<E>{E::kRectification, "rectification", "责令整改"},
                                     EnumName<E>{E::kSupervision, "supervision", "督办"}};
};

}  // namespace docket
