/// Words of supervision items (督办): what they are, how they end below, how far a circular goes.
/// Stored by name.
#pragma once

#include <array>
#include <cstdint>

#include "domain/json.hpp"

namespace docket::supervision {

enum class ItemKind : std::uint8_t {
  kSupervision,     ///< 督办: a matter that is to be dealt with.
  kInspection,      ///< 督查: how somebody does their duty (XX17-3.2).
  kAccountability,  ///< 问责: of persons responsible (HN18-6, FJ18-22 to 24).
  kCircular,        ///< 通报: what was found is to be answered.
};

/// What became of an item that was forwarded.
enum class ChildOutcome : std::uint8_t { kClosed, kRevoked, kNotOpened };

}  // namespace docket::supervision

namespace docket {

template <>
struct EnumTable<supervision::ItemKind> {
  using E = supervision::ItemKind;
  static constexpr std::array kNames{EnumName<E>{E::kSupervision, "supervision", "督办"},
                                     EnumName<E>{E::kInspection, "inspection", "督查"},
                                     EnumName<E>{E::kAccountability, "accountability", "问责"},
                                     EnumName<E>{E::kCircular, "circular", "通报"}};
};
template <>
struct EnumTable<supervision::ChildOutcome> {
  using E = supervision::ChildOutcome;
  static constexpr std::array kNames{EnumName<E>{E::kClosed, "closed", "已办结"},
                                     EnumName<E>{E::kRevoked, "revoked", "已撤销"},
                                     EnumName<E>{E::kNotOpened, "not_opened", "未能立项"}};
};

}  // namespace docket
