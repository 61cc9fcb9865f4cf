/// What is known of an account, folded from its events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"

namespace docket::account {

struct Facts {
  std::string state = "unrequested";
  ActorId account;
  std::optional<PersonalText> holder;
  std::optional<PersonalText> phone;
  std::optional<PersonalText> email;
  std::optional<std::string> person;  ///< Keyed digest of the holder's identity.
  UnitId unit;
  RegionCode region;
  std::vector<Role> roles;
  std::string responsibilities;
  std::vector<Scope> scopes;        ///< Empty: what the unit is competent for.
  std::string undertaking_version;  ///< Last signed; empty: none.
  std::optional<Instant> locked_until;
  std::optional<Instant> unlocked_at;  ///< Last; a failed login before it counts no more.
  std::string state_before_lock;
  bool alarmed = false;                ///< By the auditor, since the account was last reinstated.
  std::optional<ActorId> proposed_by;  ///< Who wants the auditor's account changed.
  bool post_vacant = false;            ///< The unit lost its administrator with this account.

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"account", &Facts::account, "账号"},
            Field{"holder", &Facts::holder, "持有人", Subject::kHolder},
            Field{"phone", &Facts::phone, "手机号码", Subject::kHolder},
            Field{"email", &Facts::email, "电子邮箱", Subject::kHolder},
            Field{"person", &Facts::person, "持有人标识"},
            Field{"unit", &Facts::unit, "单位"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"roles", &Facts::roles, "角色"},
            Field{"responsibilities", &Facts::responsibilities, "职责权限"},
            Field{"scopes", &Facts::scopes, "数据范围"},
            Field{"undertaking_version", &Facts::undertaking_version, "承诺书版本"},
            Field{"locked_until", &Facts::locked_until, "锁定至"},
            Field{"unlocked_at", &Facts::unlocked_at, "解锁时间"},
            Field{"state_before_lock", &Facts::state_before_lock, "锁定前状态"},
            Field{"alarmed", &Facts::alarmed, "审计告警"},
            Field{"proposed_by", &Facts::proposed_by, "提请人"},
            Field{"post_vacant", &Facts::post_vacant, "管理员空缺"}};
  }
};

/// 系统管理员, 系统操作员, 系统审计员 (三员).
bool IsSystemRole(Role role);
bool HasSystemRole(const std::vector<Role>& roles);
bool HoldsPost(const Facts& facts);  ///< Of its unit's administrator.

}  // namespace docket::account
