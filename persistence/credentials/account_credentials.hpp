/// Passwords and second factors of accounts: proved, changed, locked. Knows nothing of what an
/// account may do.
#pragma once

#include <mutex>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>

#include "domain/ids.hpp"
#include "domain/personal.hpp"
#include "domain/rejection.hpp"
#include "domain/time.hpp"
#include "persistence/credentials/credential_policy.hpp"
#include "persistence/credentials/credential_records.hpp"
#include "persistence/credentials/credential_store.hpp"

namespace docket {

/// What the stores of credentials work with. All outlive them.
struct CredentialPorts {
  CredentialTable& table;
  SubjectKeys& keys;     ///< Seals the secrets of second factors.
  const Clock& clock;    ///< Of ages and locks.
  const Clock& machine;  ///< Of one-time codes: what authenticator programs go by.
};

/// What was wrong with a login. Stored in the second log.
namespace login_failure {
inline constexpr std::string_view kPasswordWrong = "password_wrong";
inline constexpr std::string_view kOneTimePasswordExpired = "one_time_password_expired";
inline constexpr std::string_view kCodeMissing = "second_factor_needed";
inline constexpr std::string_view kCodeWrong = "second_factor_wrong";
inline constexpr std::string_view kCodeUsed = "second_factor_used";
inline constexpr std::string_view kAccountLocked = "account_locked";
}  // namespace login_failure

/// Thread-safe.
class AccountCredentials {
 public:
  AccountCredentials(CredentialPorts ports, const CredentialPolicy& policy);

  struct Proof {
    std::string password;
    std::string code;  ///< Of the second factor; empty: not given.
  };
  /// Who wants to be let in.
  struct Candidate {
    ActorId account;
    bool known = false;  ///< Has an account that may log in.
    std::optional<Instant> unlocked_at;
  };
  enum class Verdict : std::uint8_t {
    kRefused,
    kLocked,     ///< Refused, and with this the account is locked.
    kNeedsCode,  ///< The password is right; a code was not given.
    kPassed,
  };
  struct Tried {
    Verdict verdict = Verdict::kRefused;
    std::string_view reason{};  ///< Of a refusal; for the record, never for the answer.
    AccountSecrets secrets;     ///< As they are now.
  };
  /// Does the same work whether or not the candidate is known: also for who is unknown a password
  /// is hashed and a failure is written, to one of a few records that stand for all such names.
  Tried Try(const Candidate& candidate, const Proof& proof);

  /// A login by other means than the password, written down every few minutes at most; the secrets
  /// as they are now. nullopt: the account is locked.
  std::optional<AccountSecrets> NoteLogin(const Candidate& candidate);

  /// The present password is proved first; refusals: `password_wrong` (counted like a failed
  /// login), `password_too_short`, `password_too_long`, `password_too_simple`,
  /// `password_names_account`, `password_too_common`, `password_used_before`.
  struct PasswordChange {
    std::string present;
    std::string next;
  };
  Expected<void> ChangePassword(const Candidate& candidate, const PasswordChange& change);
  /// Sets a password for one login and returns it. Ends a lock.
  std::string SetOneTimePassword(const ActorId& account);
  AccountSecrets Secrets(const ActorId& account) const;
  /// A one-time password, or one that is older than the policy allows.
  bool MustChangePassword(const AccountSecrets& secrets) const;
  std::int64_t PasswordAgeDays(const AccountSecrets& secrets) const;

  /// Makes a secret that counts from ConfirmSecondFactor on; the bytes are shown once. Refused:
  /// `second_factor_enrolled` while a confirmed one is in use.
  Expected<std::string> EnrolSecondFactor(const ActorId& account);
  /// Refused: `second_factor_wrong`.
  Expected<void> ConfirmSecondFactor(const ActorId& account, const std::string& code);
  /// The device was lost: the next login enrols another.
  void ForgetSecondFactor(const ActorId& account);

 private:
  std::string NameOf(const Candidate& candidate) const;
  bool Matches(const std::string& hash, const std::string& password);
  std::string Hash(const std::string& password);
  struct Settled {
    Verdict verdict = Verdict::kRefused;
    std::string_view reason{};
  };
  /// `matches`: the password is right. Without `code` it is all that is asked for.
  Settled Settle(AccountSecrets& secrets, const Candidate& candidate, bool matches,
                 const std::optional<std::string>& code) const;
  /// Empty: it is right, and used now; else what is wrong with it.
  std::string_view UseCode(AccountSecrets& secrets, const ActorId& account,
                           const std::string& code) const;
  std::optional<Rejection> CheckNext(const AccountSecrets& secrets, const ActorId& account,
                                     const std::string& next);
  std::string OpenSecret(const AccountSecrets& secrets, const ActorId& account) const;

  CredentialPorts ports_;
  const CredentialPolicy policy_;
  CredentialsOf<AccountSecrets> store_;
  /// A hash takes much memory: no more than these at once, whoever asks.
  std::counting_semaphore<> hashing_{kHashesAtOnceMax};
  std::once_flag dummy_made_;
  std::string dummy_;  ///< Of a password that nobody knows.

  static constexpr std::ptrdiff_t kHashesAtOnceMax = 4;
};

}  // namespace docket
