/// Account (账号) of a person in a unit: opened and closed (HN18-12, 13). One account, one person;
/// an account's name is never used again.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "workflows/engine/machine.hpp"

namespace docket::account {

struct Requested : State<Requested> {
  static constexpr std::string_view kName = "requested", kZh = "未开通";
};
struct Active : State<Active> {
  static constexpr std::string_view kName = "active", kZh = "使用中";
};
struct Closed : State<Closed> {
  static constexpr std::string_view kName = "closed", kZh = "已注销";
  static constexpr bool kTerminal = true;
};

/// 开通账号 by the unit's administrator, for the own unit (HN18-13).
struct Open {
  static constexpr std::string_view kName = "open", kZh = "开通账号";
  ActorId account;
  PersonalText holder;
  std::vector<Role> roles;
  std::string responsibilities;  ///< 职责权限, shown to the holder.

  static constexpr auto Fields() {
    return std::tuple{Field{"account", &Open::account, "账号"},
                      Field{"holder", &Open::holder, "持有人", Subject::kHolder},
                      Field{"roles", &Open::roles, "角色"},
                      Field{"responsibilities", &Open::responsibilities, "职责权限"}};
  }
};

/// 注销账号, with the certificate revoked.
struct Close {
  static constexpr std::string_view kName = "close", kZh = "注销账号";
  PersonalText reason;
  bool certificate_revoked = false;

  static constexpr auto Fields() {
    return std::tuple{Field{"reason", &Close::reason, "原因", Subject::kHolder},
                      Field{"certificate_revoked", &Close::certificate_revoked, "证书已吊销"}};
  }
};

struct Facts {
  std::string state = "requested";
  ActorId account;
  std::optional<PersonalText> holder;
  UnitId unit;
  RegionCode region;
  std::vector<Role> roles;
  std::string responsibilities;

  static constexpr auto Fields() {
    return std::tuple{Field{"state", &Facts::state, "状态"},
                      Field{"account", &Facts::account, "账号"},
                      Field{"holder", &Facts::holder, "持有人", Subject::kHolder},
                      Field{"unit", &Facts::unit, "单位"},
                      Field{"region", &Facts::region, "行政区划代码"},
                      Field{"roles", &Facts::roles, "角色"},
                      Field{"responsibilities", &Facts::responsibilities, "职责权限"}};
  }
};

// Stored format: add a version instead of changing one.
struct AccountOpened : Open {
  static constexpr std::string_view kType = "account.opened", kZh = "账号已开通";
  UnitId unit;
  RegionCode region;
  static AccountOpened From(const Open& c, const Facts&, const Context& context) {
    return {c, context.unit, context.unit_region};
  }
  static constexpr auto Fields() {
    return std::tuple_cat(Open::Fields(),
                          std::tuple{Field{"unit", &AccountOpened::unit, "单位"},
                                     Field{"region", &AccountOpened::region, "行政区划代码"}});
  }
};
struct AccountClosed : Close {
  static constexpr std::string_view kType = "account.closed", kZh = "账号已注销";
};
using Event = std::variant<AccountOpened, AccountClosed>;

void Apply(Facts& facts, const AccountOpened& e, const RecordedEvent&);
void Apply(Facts& facts, const AccountClosed& e, const RecordedEvent&);

struct NotForOneself {
  static constexpr Refusal kRefusal{"account_for_oneself", "不得为本人开通账号",
                                    "nobody opens an account for himself", "HN18-12", "/account"};
  static bool Holds(const Open& c, const Facts&, const Context& context) {
    return c.account != context.actor;
  }
};
struct RolesAssignable {
  static constexpr Refusal kRefusal{"roles_not_assignable", "未指定角色，或包含不可分配的角色",
                                    "no role, or one that no person may hold", "", "/roles"};
  static bool Holds(const Open& c, const Facts&, const Context&);
};
/// 三员分立: the three administrators exclude each other and every business role (FJ18-14); nobody
/// stands on two of the sides of decision, execution and supervision (XX17-2.1).
struct RolesCompatible {
  static constexpr Refusal kRefusal{
      "roles_incompatible", "三员不得兼任，也不得兼任决策、执行、监督中两方的角色",
      "the three administrators exclude every other role, and so do two sides", "FJ18-14；XX17-2.1",
      "/roles"};
  static bool Holds(const Open& c, const Facts&, const Context&);
};
struct OfOwnUnit {
  static constexpr Refusal kRefusal{"account_of_other_unit", "只能管理本单位账号",
                                    "only accounts of the own unit", "HN18-13"};
  static bool Holds(const Facts& facts, const Context& context) {
    return facts.unit == context.unit;
  }
};
struct CertificateRevoked {
  static constexpr Refusal kRefusal{"certificate_not_revoked", "注销前应吊销数字证书",
                                    "the certificate is revoked first", "FJ18-10",
                                    "/certificate_revoked"};
  static bool Holds(const Close& c, const Facts&, const Context&) { return c.certificate_revoked; }
};

struct Account : Definition<Account, Facts, Event> {
  static constexpr std::string_view kName = "account", kZh = "账号";
  static constexpr std::string_view kPurpose =
      "单位业务系统管理员为本单位人员开通和注销账号；一人一号，账号不得重复使用。";
  using initial_state = Requested;
  using States = TypeList<Requested, Active, Closed>;

  // clang-format off
  using Rows = Table<
    //  from       command  to       emits                who                            when
    Row<Requested, Open,    Active,  Emit<AccountOpened>, By<Role::kUnitAdministrator>,
        When<NotForOneself, RolesAssignable, RolesCompatible>>,
    Row<Active,    Close,   Closed,  Emit<AccountClosed>, By<Role::kUnitAdministrator>,
        When<OfOwnUnit, CertificateRevoked>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::account
