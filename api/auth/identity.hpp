/// Logging in and all that belongs to it: who a credential is, what an account has to do before it
/// may work, and which of it becomes an event of the account.
///
/// Whether an account may log in is for the log to say, whether a secret is right for the store of
/// credentials. Where both change, the credential is stored first: what is missing in the log is
/// made good at the next login.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "api/auth/account_directory.hpp"
#include "api/auth/caller.hpp"
#include "api/auth/deferred.hpp"
#include "persistence/credentials/account_credentials.hpp"
#include "persistence/credentials/api_keys.hpp"
#include "persistence/credentials/sessions.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket {

/// What it works with. All outlive it.
struct IdentityPorts {
  const AccountDirectory& directory;
  CaseEngine& engine;
  CredentialPorts credentials;
  IdSource& ids;
  /// Whether one more login as this name is to be looked at now.
  std::function<bool(const ActorId&)> admit_login;
};

/// Thread-safe.
class Identity {
 public:
  Identity(IdentityPorts ports, const CredentialPolicy& policy);

  /// Refusals, all 401: `token_unknown`, `session_ended`, `session_idle`, `session_expired`,
  /// `api_key_revoked`, `api_key_expired`, `account_not_active`.
  Expected<Caller> Recognise(std::string_view token);

  struct LoginInput {
    ActorId account;
    AccountCredentials::Proof proof;
  };
  /// Refusals: `login_failed` whatever the reason, `second_factor_needed` once the password is
  /// right, `rate_limited`.
  Expected<Sessions::Begun> LogIn(const LoginInput& input);
  void LogOut(const ActorId& account) { sessions_.End(account); }

  /// Refusals: those of AccountCredentials::ChangePassword, and of the account's own workflow.
  Expected<SessionStage> ChangePassword(const Caller& caller,
                                        const AccountCredentials::PasswordChange& change);
  /// Refusals: `password_change_needed`, `undertaking_not_current`.
  Expected<SessionStage> SignUndertaking(const Caller& caller, const std::string& version);
  struct Enrolment {
    std::string secret;  ///< Base32. Shown once.
    std::string uri;
  };
  Expected<Enrolment> EnrolSecondFactor(const Caller& caller);
  Expected<SessionStage> ConfirmSecondFactor(const Caller& caller, const std::string& code);

  struct Reset {
    ActorId account;
    bool forget_second_factor = false;  ///< The device was lost.
  };
  /// A one-time password, for whoever manages the account to hand to its holder. Ends its session.
  /// Refusals: `unknown_account`, and those of `reset_password`.
  Expected<std::string> ResetPassword(const Actor& sender, const Reset& reset);
  /// Opens an administrator's account from the machine itself and returns its one-time password.
  /// `opening` is the body of the account workflow's `bootstrap`.
  Expected<std::string> Bootstrap(const ActorId& account, const Json& opening);
  /// Gives a command of the account workflow. Refused: `unknown_account`.
  struct AccountCommand {
    ActorId account;
    std::string_view name;
    Json data = Json::object();
  };
  Expected<CommandOutcome> Act(const Actor& sender, const AccountCommand& command);

  ApiKeys& Keys() { return api_keys_; }
  const Sessions& OpenSessions() const { return sessions_; }
  const AccountDirectory& Accounts() const { return ports_.directory; }
  /// Waits for events that are recorded after the answer was given.
  void Drain() { deferred_.Drain(); }

 private:
  Expected<Caller> RecogniseSession(const Token& token);
  Expected<Caller> RecogniseKey(const Token& token);
  void NoteLock(const AccountRecord& record, const AccountSecrets& secrets);
  Expected<void> BringUpToDate(const AccountRecord& record, const AccountSecrets& secrets);
  SessionStage StageOf(const AccountRecord& record, const AccountSecrets& secrets) const;
  Expected<SessionStage> Advance(const ActorId& account);
  Expected<AccountRecord> RecordOf(const ActorId& account) const;

  IdentityPorts ports_;
  const CredentialPolicy policy_;
  AccountCredentials credentials_;
  Sessions sessions_;
  ApiKeys api_keys_;
  Deferred deferred_;  // Last: its thread uses everything above.
};

}  // namespace docket
