/// Sessions: one an account, known by a random token that is shown once (HN18-14: no lending).
#pragma once

#include <optional>
#include <string>

#include "domain/ids.hpp"
#include "domain/rejection.hpp"
#include "persistence/credentials/account_credentials.hpp"
#include "persistence/credentials/secrets.hpp"

namespace docket {

/// Thread-safe.
class Sessions {
 public:
  Sessions(const CredentialPorts& ports, const CredentialPolicy& policy);

  struct Open {
    ActorId account;
    SessionRecord record;
    Instant ends_at;       ///< At the latest.
    Instant idle_ends_at;  ///< Unless it is used before.
  };
  struct Begun {
    std::string token;
    Open session;
  };
  /// Ends the account's other session, whoever uses it. `login`: the name of the bound login that
  /// begins it, where that is not the password.
  Begun Begin(const ActorId& account, SessionStage stage,
              const std::optional<std::string>& login = std::nullopt);
  /// The session of a token, used now. Refusals: `session_ended` (by logout or by another login),
  /// `session_idle`, `session_expired`.
  Expected<Open> Use(const Token& token);
  /// Without using it; nullopt: the account has none.
  std::optional<Open> Find(const ActorId& account) const;
  void SetStage(const ActorId& account, SessionStage stage);
  void End(const ActorId& account);

 private:
  Open OpenOf(const ActorId& account, const SessionRecord& record) const;

  const Clock& clock_;
  const CredentialPolicy policy_;
  CredentialsOf<SessionRecord> store_;
};

}  // namespace docket
