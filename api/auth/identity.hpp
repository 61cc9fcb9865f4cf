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
#include "api/auth/login_records.hpp"
#include "api/auth/token_verifier.hpp"
#include "persistence/credentials/account_credentials.hpp"
#include "persistence/credentials/api_keys.hpp"
#include "persistence/credentials/bound_logins.hpp"
#include "persistence/credentials/sessions.hpp"
#include "persistence/projections/case_views.hpp"
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
  /// Whether one more login from this address is to be looked at now.
  std::function<bool(const std::string&)> admit_address;
  LoginRecords::Sink record;                ///< The second log.
  std::shared_ptr<ClientTrust> trust{};     ///< nullptr: no certificate of a client is taken.
  std::shared_ptr<TokenVerifier> tokens{};  ///< nullptr: no issuer's tokens are taken.
};

/// Thread-safe.
class Identity {
 public:
  Identity(IdentityPorts ports, const CredentialPolicy& policy);

  /// Refusals, all 401: `token_unknown`, `session_ended`, `session_idle`, `session_expired`,
  /// `api_key_revoked`, `api_key_expired`, `account_not_active`; of a session that was begun with a
  /// certificate also those of LogInByCertificate: it is used with that certificate only.
  Expected<Caller> Recognise(std::string_view token, const Origin& origin);

  struct LoginInput {
    ActorId account;
    AccountCredentials::Proof proof;
    Origin origin{};
  };
  /// Refusals: `login_failed` whatever the reason, `second_factor_needed` once the password is
  /// right, `rate_limited`.
  Expected<Sessions::Begun> LogIn(const LoginInput& input);
  /// As the account that the certificate is bound to; it stands for password and second factor.
  /// Refusals, nearly all 401: `certificate_missing`, those of ClientTrust, `login_unknown`,
  /// `login_revoked`, `login_expired`, `account_not_active`, `account_locked`, `rate_limited`.
  Expected<Sessions::Begun> LogInByCertificate(const Origin& origin);
  void LogOut(const Caller& caller, const Origin& origin);

  /// Refusals: those of AccountCredentials::ChangePassword, and of the account's own workflow.
  Expected<SessionStage> ChangePassword(const Caller& caller, const Origin& origin,
                                        const AccountCredentials::PasswordChange& change);
  /// Refusals: `password_change_needed`, `undertaking_not_current`.
  Expected<SessionStage> SignUndertaking(const Caller& caller, const std::string& version);
  struct Enrolment {
    std::string secret;  ///< Base32. Shown once.
    std::string uri;
  };
  Expected<Enrolment> EnrolSecondFactor(const Caller& caller);
  Expected<SessionStage> ConfirmSecondFactor(const Caller& caller, const Origin& origin,
                                             const std::string& code);

  struct Reset {
    ActorId account;
    account::ResetPassword command{};
    Origin origin{};  ///< Of who resets it.
  };
  /// A one-time password, for whoever manages the account to hand to its holder. Ends its session.
  /// Refusals: `unknown_account`, and those of `reset_password`.
  Expected<std::string> ResetPassword(const Actor& sender, const Reset& reset);

  struct NewLogin {
    ActorId account;
    account::LoginKind kind = account::LoginKind::kCertificate;
    std::string certificate{};  ///< PEM.
    std::string subject{};      ///< Whom the issuer of tokens means by it.
  };
  /// Refusals: `certificate_unreadable`, `certificate_expired`, `tokens_not_taken`,
  /// `subject_missing`,
  /// `unknown_account`, `login_bound_already`, `logins_too_many`, and those of `bind_login`.
  Expected<BoundLogins::Login> BindLogin(const Actor& sender, const NewLogin& wanted);
  /// Ends its session, too. Refusals: `login_unknown`, and those of `revoke_login`.
  struct Revocation {
    ActorId account;
    std::string id;
    Origin origin{};  ///< Of who revokes it.
  };
  Expected<void> RevokeLogin(const Actor& sender, const Revocation& revocation);
  /// For the holder and for whoever manages the account; refused: `unknown_account`,
  /// `account_not_in_remit`.
  Expected<std::vector<BoundLogins::Login>> LoginsOf(const Actor& reader,
                                                     const ActorId& account) const;
  /// Whether what a long answer was begun with would still be recognised; uses nothing.
  bool StillStands(const Recognition& recognition) const;
  /// Disables every account that nobody has used, or managed, for as long as the policy says.
  /// `views` may be behind. The number of accounts.
  std::int64_t DisableIdle(const CaseViews& views);

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
  Expected<Caller> RecogniseSession(const Token& token, const Origin& origin);
  /// A token of a trusted issuer.
  Expected<Caller> RecogniseIssued(std::string_view token, const Origin& origin);
  /// A token of the office file.
  Expected<Caller> RecogniseFixed(std::string_view token, const Origin& origin);
  struct Admitted {
    AccountRecord record;
    AccountSecrets secrets;
  };
  /// Refusals: `account_not_active`, `account_locked`.
  Expected<Admitted> Admit(const BoundLogins::Login& login);
  bool IsIdle(const CaseRow& row, Instant now) const;
  Expected<void> CheckPresented(const Origin& origin) const;
  /// The login that a session was begun with still stands, and is used now.
  Expected<void> CheckBound(const std::string& login, const Origin& origin) const;
  /// Whether the log lets its holder in. A lock is for the store of credentials to end.
  static bool MayLogIn(const AccountRecord& record);
  Expected<Sessions::Begun> BeginSession(AccountRecord record, const AccountSecrets& secrets,
                                         const LoginRecords::Attempt& attempt,
                                         const std::optional<std::string>& login);
  /// Ends the session that there is, and records it unless time had ended it before.
  void EndSession(const Actor& holder, const LoginRecords::End& end);
  void RecordEnd(const Actor& holder, const LoginRecords::End& end);
  Expected<Caller> RecogniseKey(const Token& token, const Origin& origin);
  void NoteLock(const AccountRecord& record, const AccountSecrets& secrets);
  Expected<void> BringUpToDate(const AccountRecord& record, const AccountSecrets& secrets);
  SessionStage StageOf(const AccountRecord& record, const AccountSecrets& secrets,
                       bool by_bound_login) const;
  /// What the caller still lacks now; its session is told.
  Expected<SessionStage> Advance(const Caller& caller);
  Expected<AccountRecord> RecordOf(const ActorId& account) const;

  IdentityPorts ports_;
  const CredentialPolicy policy_;
  AccountCredentials credentials_;
  Sessions sessions_;
  ApiKeys api_keys_;
  BoundLogins logins_;
  LoginRecords records_;
  Deferred deferred_;  // Last: its thread uses everything above.
};

}  // namespace docket
