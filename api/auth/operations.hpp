/// Which accounts may use which operation of the HTTP interface, as one table. What such a use is
/// answered with is decided case by case in access.hpp.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "domain/actor.hpp"
#include "domain/rejection.hpp"

namespace docket {

/// For whom an operation is there.
enum class Audience : std::uint8_t {
  kEverybody,  ///< Also without an account.
  kAccounts,   ///< Every account.
  kOffices,    ///< Every account but those of parties.
  kHeads,      ///< 部门负责人, who answer for the personal data of their unit.
  kOperators,  ///< 系统操作员 alone: how the system works, and nothing of a case (FJ18-14).
  kProviders,  ///< 信息提供单位: what their systems push.
  kAuditors,   ///< 系统审计员 alone: not the system administrator either (FJ18-14).
};

struct OperationRule {
  std::string_view method;   ///< GET stands for HEAD, too.
  std::string_view pattern;  ///< As the route writes it.
  Audience audience;
};
std::span<const OperationRule> OperationRules();

/// True when an account with these roles is among the audience. One whose roles exclude each other
/// is in none but the first.
bool IsAmong(Audience audience, const std::vector<Role>& roles);

inline constexpr Refusal kOperationNotPermitted{"operation_not_permitted", "该账号无权使用此功能",
                                                "this account may not use this operation",
                                                "FJ18-14"};
/// True for what shows nothing of a case, or no more of it than a grant by field does: there is
/// nothing else for accounts that have one (Actor::IsNarrowed).
bool IsByField(std::string_view pattern);

/// Refused with it, also for an operation that the table does not list: what nobody has
/// given an audience has none.
Expected<void> MayUse(std::string_view method, std::string_view pattern, const Actor& actor);

template <>
struct EnumTable<Audience> {
  static constexpr std::array kNames{
      EnumName<Audience>{Audience::kEverybody, "everybody", "任何人"},
      EnumName<Audience>{Audience::kAccounts, "accounts", "全部账号"},
      EnumName<Audience>{Audience::kOffices, "offices", "单位账号"},
      EnumName<Audience>{Audience::kHeads, "heads", "部门负责人"},
      EnumName<Audience>{Audience::kOperators, "operators", "系统操作员"},
      EnumName<Audience>{Audience::kProviders, "providers", "信息提供单位"},
      EnumName<Audience>{Audience::kAuditors, "auditors", "系统审计员"},
  };
};

}  // namespace docket
