/// The office file: units and accounts of a development or sample installation.
///
/// {"units": [Unit…], "accounts": [{"id", "unit", "roles": […], "scopes": [Scope…]?, "token"}]}
///
/// Immutable once read; shared freely between threads. Tokens are kept as digests only.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/rejection.hpp"
#include "persistence/credentials/credential_refusals.hpp"

namespace docket {

constexpr std::size_t kTokenBytesMin = 16;
constexpr std::size_t kTokenBytesMax = 256;

/// One account as the file writes it.
struct OfficeAccount {
  ActorId id;
  UnitId unit;
  std::vector<Role> roles;
  std::vector<Scope> scopes;  ///< Absent: what the unit is competent for.
  std::string token;

  static FieldList Fields() {
    return {Field{"id", &OfficeAccount::id, "账号"}, Field{"unit", &OfficeAccount::unit, "单位"},
            Field{"roles", &OfficeAccount::roles, "角色"},
            Field{"scopes", &OfficeAccount::scopes, "数据范围"},
            Field{"token", &OfficeAccount::token, "访问令牌"}};
  }
};

struct OfficeFile {
  std::vector<Unit> units;
  std::vector<OfficeAccount> accounts;

  static FieldList Fields() {
    return {Field{"units", &OfficeFile::units, "单位"},
            Field{"accounts", &OfficeFile::accounts, "账号"}};
  }
};

class Office : public Directory {
 public:
  /// Refused with a pointer to each place: an id or token given twice, a unit that is not listed,
  /// an invalid division code, no roles or the clock's, a token that is short or not printable
  /// ASCII, a second administrator of one unit, and one of the three administrators (三员) who
  /// holds any other role (FJ18-14).
  static Expected<Office> Parse(std::string_view text);
  /// Reads the file; `office_unreadable` when that fails.
  static Expected<Office> Load(const std::string& path);

  std::optional<Actor> FindActor(const ActorId& id) const override;
  std::optional<Unit> FindUnit(const UnitId& id) const override;
  /// The account of a bearer token; `token_unknown`. Every account is compared, each in constant
  /// time, so that the answer's time says nothing of how near a guess was.
  Expected<Actor> Authenticate(std::string_view token) const;

  /// By id.
  const std::map<ActorId, Actor>& Accounts() const { return accounts_; }
  /// This is a sample that ships with the product, whose tokens everybody knows.
  bool IsSample() const { return is_sample_; }

 private:
  struct Credential {
    std::string token_digest;
    ActorId account;
  };
  std::map<UnitId, Unit> units_;
  std::map<ActorId, Actor> accounts_;
  std::vector<Credential> credentials_;
  bool is_sample_ = false;
};

}  // namespace docket
