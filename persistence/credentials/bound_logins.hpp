/// What an account logs in with beside its password: certificates (数字证书, FJ18-10), and
/// identities of an issuer of tokens. Each is bound by whoever manages the account, belongs to it
/// for ever, and can be revoked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/ids.hpp"
#include "domain/rejection.hpp"
#include "persistence/credentials/account_credentials.hpp"

namespace docket {

constexpr std::size_t kBoundLoginsMax = 20;  ///< In use at once, of one account.

/// Thread-safe.
class BoundLogins {
 public:
  /// `ids` outlives it.
  BoundLogins(const CredentialPorts& ports, IdSource& ids);

  /// The name of its record: what a certificate or a token is found by.
  static std::string NameOfCertificate(const std::string& fingerprint);
  /// Issuer and subject are not kept in clear: a subject may be the number of a person.
  static std::string NameOfToken(const std::string& issuer, const std::string& subject);

  struct Login {
    std::string name;
    ActorId account;
    LoginRecord record;
  };
  /// Takes the name for the account, without letting anybody in yet; gives the record its id.
  /// Refusals: `login_bound_already` (to whichever account, also when revoked since),
  /// `logins_too_many`.
  Expected<Login> Reserve(const ActorId& account, const std::string& name, LoginRecord record);
  /// From now on it lets its account in.
  void Confirm(const Login& login);
  /// The name is free again, unless it was confirmed.
  void Withdraw(const Login& login);
  /// By name, also those that are no longer in use.
  std::vector<Login> Of(const ActorId& account) const;
  /// Whose login with this name is or was, whether it can still be used or not; empty: nobody's.
  ActorId HolderOf(const std::string& name) const;
  /// nullopt: the account has none with this id.
  std::optional<Login> Find(const ActorId& account, const std::string& id) const;
  /// Doing it again changes nothing.
  void Revoke(const Login& login);
  /// The login with this name. Refusals: `login_unknown`, `login_revoked`, `login_expired`.
  Expected<Login> Use(const std::string& name) const;

 private:
  std::optional<Rejection> CheckUsable(const LoginRecord& record) const;

  CredentialTable& table_;
  const Clock& machine_;
  IdSource& ids_;
  CredentialsOf<LoginRecord> store_;
};

}  // namespace docket
