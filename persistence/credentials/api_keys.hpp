/// Keys of programmes that push or read data for an account: shown once, limited to some of its
/// roles or to reading, expiring, rotated with an overlap, revocable.
#pragma once

#include <string>
#include <vector>

#include "domain/ids.hpp"
#include "domain/rejection.hpp"
#include "persistence/credentials/account_credentials.hpp"
#include "persistence/credentials/secrets.hpp"

namespace docket {

constexpr std::size_t kApiKeysMax = 20;  ///< In use at once, of one account.

/// Thread-safe.
class ApiKeys {
 public:
  /// `ids` outlives it.
  ApiKeys(const CredentialPorts& ports, const CredentialPolicy& policy, IdSource& ids);

  struct Key {
    std::string id;
    ActorId account;
    ApiKeyRecord record;
  };
  struct Made {
    std::string token;  ///< Shown once; the store has its digest.
    Key key;
  };
  struct Wanted {
    std::string label;
    std::vector<Role> roles;
    bool read_only = true;
    std::int64_t days = 90;
  };
  /// Refusals: `api_key_days_invalid`, `api_keys_too_many`.
  Expected<Made> Make(const ActorId& account, const Wanted& wanted);
  /// Oldest first, also those that are no longer in use.
  std::vector<Key> Of(const ActorId& account) const;
  /// Makes a key like this one; this one ends after the overlap. Refusals: `api_key_unknown`,
  /// `api_key_revoked`, `api_key_expired`, `api_keys_too_many`.
  Expected<Made> Rotate(const ActorId& account, const std::string& id);
  /// Refused: `api_key_unknown`. Doing it again changes nothing.
  Expected<void> Revoke(const ActorId& account, const std::string& id);
  /// The key of a token. Refusals: `token_unknown`, `api_key_revoked`, `api_key_expired`.
  Expected<Key> Use(const Token& token) const;
  /// Also one that is no longer in use; nullopt: there never was one of this id.
  std::optional<Key> Find(const std::string& id) const;
  /// Neither revoked nor expired.
  bool IsUsable(const std::string& id) const;

 private:
  Expected<Key> FindUsable(const ActorId& account, const std::string& id) const;
  std::optional<Rejection> CheckUsable(const ApiKeyRecord& record) const;
  Expected<Made> Store(const ActorId& account, ApiKeyRecord record);

  CredentialTable& table_;
  const Clock& clock_;
  const CredentialPolicy policy_;
  IdSource& ids_;
  CredentialsOf<ApiKeyRecord> store_;
};

}  // namespace docket
