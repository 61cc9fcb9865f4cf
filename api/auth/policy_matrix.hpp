/// The policy as one table: who may do which act in which state, who reads what, and who may use
/// which operation; from the descriptions of all workflows and the rules of access.hpp and
/// operations.hpp. What is not in it is refused.
#pragma once

#include <string>
#include <vector>

#include "api/auth/access.hpp"

namespace docket {

/// One command in one state: the roles to which rows give it.
struct ActCell {
  std::string state;
  std::string command;
  std::vector<Role> roles;
  std::vector<std::string> apart;  ///< Who caused one of these may not (职责分离).
};
/// In the order of the table.
std::vector<ActCell> ActCells(const Description& table);

/// Where a reader stands to a case that is worked by a county's unit.
enum class Standing : std::uint8_t {
  kAssigned,         ///< Handler of the case, of its unit.
  kOwnUnit,          ///< Of its unit.
  kUnitAbove,        ///< Of the city's unit, competent for the same.
  kOtherTrade,       ///< Of a unit of the same place, competent for something else.
  kElsewhere,        ///< Of the next county's unit.
  kOpened,           ///< Who opened it, of a unit elsewhere.
  kRecused,          ///< Of its unit, recused.
  kRestricted,       ///< Of its unit, the case restricted.
  kAboveRestricted,  ///< Of the city's unit, the case restricted.
  kOutsideGrant,     ///< Of its unit, with a grant for another county.
};
/// What an account of this role reads from there.
Access AccessFrom(Standing standing, Role role, const Description& table);

/// A line a cell, the same for the same policy: reviewed as a file of the repository.
std::string PolicyText();
Json PolicyJson();

template <>
struct EnumTable<Standing> {
  static constexpr std::array kNames{
      EnumName<Standing>{Standing::kAssigned, "assigned", "本案承办人"},
      EnumName<Standing>{Standing::kOwnUnit, "own_unit", "承办单位"},
      EnumName<Standing>{Standing::kUnitAbove, "unit_above", "上级单位"},
      EnumName<Standing>{Standing::kOtherTrade, "other_trade", "同级其他行业单位"},
      EnumName<Standing>{Standing::kElsewhere, "elsewhere", "其他地区单位"},
      EnumName<Standing>{Standing::kOpened, "opened", "提交人"},
      EnumName<Standing>{Standing::kRecused, "recused", "回避人员"},
      EnumName<Standing>{Standing::kRestricted, "restricted", "承办单位（限定案件）"},
      EnumName<Standing>{Standing::kAboveRestricted, "above_restricted", "上级单位（限定案件）"},
      EnumName<Standing>{Standing::kOutsideGrant, "outside_grant", "授权范围外"},
  };
};

}  // namespace docket
