#include "persistence/credentials/account_credentials.hpp"

#include <algorithm>
#include <memory>

#include "domain/evidence/sha256.hpp"
#include "persistence/credentials/common_passwords.hpp"
#include "persistence/credentials/credential_refusals.hpp"
#include "persistence/credentials/secrets.hpp"
#include "persistence/credentials/totp.hpp"

namespace docket {

namespace {

/// So many records stand for all names that are no account.
constexpr std::size_t kDecoys = 64;
/// An issuer's token proves anew with each request who it is.
constexpr std::chrono::minutes kNoteLoginEvery{10};

std::int64_t ClassesIn(std::string_view password) {
  bool small = false;
  bool capital = false;
  bool digit = false;
  bool other = false;
  for (const char c : password) {
    if (c >= 'a' && c <= 'z') small = true;
    else if (c >= 'A' && c <= 'Z') capital = true;
    else if (c >= '0' && c <= '9') digit = true;
    else other = true;
  }
  return std::int64_t{small} + capital + digit + other;
}

/// Code points. The text is taken as it was typed: it is neither cut nor normalised, so that what
/// is compared at a login is what the same keyboard gives, and no table of Unicode decides on it.
std::int64_t CharactersIn(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; });
}

/// Whether the name is in it, in small or capital letters.
bool Names(std::string_view password, std::string_view name) {
  const auto same = [](char a, char b) {
    const auto small = [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return small(a) == small(b);
  };
  return std::search(password.begin(), password.end(), name.begin(), name.end(), same) !=
         password.end();
}

bool IsLocked(const AccountSecrets& secrets, const std::optional<Instant>& unlocked_at,
              Instant now) {
  if (!secrets.locked_until || *secrets.locked_until <= now) return false;
  return !unlocked_at || *unlocked_at < *secrets.locked_at;
}

void Unlock(AccountSecrets& secrets) {
  secrets.failed_attempts = 0;
  secrets.locked_at.reset();
  secrets.locked_until.reset();
}

KeyId KeyOf(const ActorId& account) { return KeyId("credentials/" + account.value); }
std::string PlaceOf(const ActorId& account) { return "second_factor/" + account.value; }

tl::unexpected<Rejection> Invalid(const Refusal& refusal) {
  return Refuse(RejectionKind::kInvalid, refusal);
}

}  // namespace

AccountCredentials::AccountCredentials(CredentialPorts ports, const CredentialPolicy& policy)
    : ports_(ports), policy_(policy), store_(ports.table, CredentialKind::kAccount) {}

std::string AccountCredentials::NameOf(const Candidate& candidate) const {
  if (candidate.known) return candidate.account.value;
  // No account has a question mark in its name.
  return "?" + std::to_string(std::hash<std::string>{}(candidate.account.value) % kDecoys);
}

std::string AccountCredentials::Hash(const std::string& password) {
  hashing_.acquire();
  const auto release = [this](const void*) { hashing_.release(); };
  const std::unique_ptr<const void, decltype(release)> slot(this, release);
  return HashPassword(password, policy_.password_cost);
}

bool AccountCredentials::Matches(const std::string& hash, const std::string& password) {
  hashing_.acquire();
  const bool matches = VerifyPassword(hash, password);
  hashing_.release();
  return matches;
}

std::string_view AccountCredentials::UseCode(AccountSecrets& secrets, const ActorId& account,
                                             const std::string& code) const {
  const auto step = totp::FindStep(OpenSecret(secrets, account), code, ports_.machine.Now(), 0);
  if (!step) return login_failure::kCodeWrong;
  if (*step <= secrets.second_factor_step) return login_failure::kCodeUsed;
  secrets.second_factor_step = *step;
  return {};
}

AccountCredentials::Settled AccountCredentials::Settle(
    AccountSecrets& secrets, const Candidate& candidate, bool matches,
    const std::optional<std::string>& code) const {
  const Instant now = ports_.clock.Now();
  std::string_view reason = matches ? std::string_view() : login_failure::kPasswordWrong;
  if (matches && secrets.one_time_until && *secrets.one_time_until < now) {
    reason = login_failure::kOneTimePasswordExpired;
  }
  if (reason.empty() && code && secrets.second_factor_confirmed) {
    if (code->empty()) return {Verdict::kNeedsCode, login_failure::kCodeMissing};
    reason = UseCode(secrets, candidate.account, *code);
  }
  if (reason.empty()) {
    Unlock(secrets);
    return {Verdict::kPassed};
  }
  if (secrets.locked_until) Unlock(secrets);  // An earlier lock that is over.
  if (++secrets.failed_attempts < policy_.failed_attempts_max) return {Verdict::kRefused, reason};
  secrets.locked_at = now;
  secrets.locked_until = now + policy_.lock_duration;
  return {Verdict::kLocked, reason};
}

AccountCredentials::Tried AccountCredentials::Try(const Candidate& candidate, const Proof& proof) {
  std::call_once(dummy_made_, [this] { dummy_ = Hash(NewSecret()); });
  const std::string name = NameOf(candidate);
  const auto secrets = store_.Find(name).value_or(AccountSecrets());
  const bool has_password = candidate.known && secrets.password;
  const std::string hash = has_password ? *secrets.password : dummy_;
  const bool matches = Matches(hash, proof.password) && has_password;
  // Made before anything is changed: the change may be tried more than once.
  std::string rehashed;
  if (matches && NeedsRehash(hash, policy_.password_cost)) rehashed = Hash(proof.password);

  Tried tried;
  store_.Update({name, candidate.known ? candidate.account.value : ""}, [&](AccountSecrets& now) {
    if (IsLocked(now, candidate.unlocked_at, ports_.clock.Now())) {
      tried = {Verdict::kRefused, login_failure::kAccountLocked, now};
      return false;
    }
    const bool same = now.password == secrets.password;
    const Settled settled = Settle(now, candidate, matches && same, proof.code);
    tried.verdict = settled.verdict;
    tried.reason = settled.reason;
    if (tried.verdict == Verdict::kPassed) {
      now.last_login_at = ports_.clock.Now();
      if (!rehashed.empty()) now.password = rehashed;
    }
    tried.secrets = now;
    return tried.verdict != Verdict::kNeedsCode;
  });
  return tried;
}

std::optional<AccountSecrets> AccountCredentials::NoteLogin(const Candidate& candidate) {
  const std::string& name = candidate.account.value;
  std::optional<AccountSecrets> noted;
  store_.Update({name, name}, [&](AccountSecrets& now) {
    const Instant instant = ports_.clock.Now();
    noted.reset();
    if (IsLocked(now, candidate.unlocked_at, instant)) return false;
    const bool is_recent = now.last_login_at && instant - *now.last_login_at < kNoteLoginEvery;
    noted = now;
    if (is_recent && !now.locked_until) return false;
    if (now.locked_until) Unlock(now);  // It is over.
    now.last_login_at = instant;
    noted = now;
    return true;
  });
  return noted;
}

std::optional<Rejection> AccountCredentials::CheckNext(const AccountSecrets& secrets,
                                                       const ActorId& account,
                                                       const std::string& next) {
  const auto refuse = [](const Refusal& refusal) {
    return Rejection(RejectionKind::kInvalid, refusal);
  };
  const std::int64_t characters = CharactersIn(next);
  if (characters < policy_.password_length_min) return refuse(kPasswordTooShort);
  if (characters > kPasswordCharactersMax) return refuse(kPasswordTooLong);
  if (ClassesIn(next) < policy_.password_classes_min) return refuse(kPasswordTooSimple);
  if (Names(next, account.value)) return refuse(kPasswordNamesAccount);
  if (IsCommonPassword(next)) return refuse(kPasswordTooCommon);
  if (Matches(*secrets.password, next)) return refuse(kPasswordUsedBefore);
  const bool used = std::any_of(secrets.history.begin(), secrets.history.end(),
                                [&](const std::string& hash) { return Matches(hash, next); });
  if (used) return refuse(kPasswordUsedBefore);
  return std::nullopt;
}

Expected<void> AccountCredentials::ChangePassword(const Candidate& candidate,
                                                  const PasswordChange& change) {
  const std::string name = candidate.account.value;
  const auto secrets = store_.Find(name).value_or(AccountSecrets());
  const bool matches = secrets.password && Matches(*secrets.password, change.present);
  std::string hash;
  if (matches) {
    if (auto refusal = CheckNext(secrets, candidate.account, change.next)) {
      return tl::unexpected(std::move(*refusal));
    }
    hash = Hash(change.next);
  }
  bool changed = false;
  store_.Update({name, name}, [&](AccountSecrets& now) {
    if (IsLocked(now, candidate.unlocked_at, ports_.clock.Now())) return false;
    const bool same = now.password == secrets.password;
    const Settled settled = Settle(now, candidate, matches && same, std::nullopt);
    changed = settled.verdict == Verdict::kPassed;
    if (!changed) return true;
    now.history.insert(now.history.begin(), *now.password);
    const auto kept = static_cast<std::size_t>(std::max<std::int64_t>(policy_.password_history, 1));
    if (now.history.size() > kept - 1) now.history.resize(kept - 1);
    now.password = hash;
    now.password_set_at = ports_.clock.Now();
    now.one_time_until.reset();
    return true;
  });
  if (!changed) return Invalid(kPasswordWrong);
  return {};
}

std::string AccountCredentials::SetOneTimePassword(const ActorId& account) {
  const std::string password = NewOneTimePassword();
  const std::string hash = Hash(password);
  store_.Update({account.value, account.value}, [&](AccountSecrets& now) {
    Unlock(now);
    if (now.password && !now.one_time_until) {
      now.history.insert(now.history.begin(), *now.password);
    }
    now.password = hash;
    now.password_set_at = ports_.clock.Now();
    now.one_time_until = now.password_set_at + policy_.one_time_password_age_max;
    return true;
  });
  return password;
}

AccountSecrets AccountCredentials::Secrets(const ActorId& account) const {
  return store_.Find(account.value).value_or(AccountSecrets());
}

std::int64_t AccountCredentials::PasswordAgeDays(const AccountSecrets& secrets) const {
  return std::chrono::duration_cast<std::chrono::hours>(ports_.clock.Now() -
                                                        secrets.password_set_at)
             .count() /
         24;
}

bool AccountCredentials::MustChangePassword(const AccountSecrets& secrets) const {
  return secrets.one_time_until.has_value() ||
         PasswordAgeDays(secrets) >= policy_.password_age_days_max;
}

std::string AccountCredentials::OpenSecret(const AccountSecrets& secrets,
                                           const ActorId& account) const {
  const auto& sealed = secrets.second_factor;
  const auto hex =
      sealed && sealed->sealed ? ports_.keys.Open(*sealed->sealed, PlaceOf(account)) : std::nullopt;
  if (!hex) throw StoreError("the second factor of " + account.value + " cannot be opened");
  return BytesOfHex(*hex);
}

Expected<std::string> AccountCredentials::EnrolSecondFactor(const ActorId& account) {
  const std::string secret = totp::NewSecret();
  PersonalText sealed;
  sealed.sealed = ports_.keys.Seal(KeyOf(account), PlaceOf(account), HexOf(secret));
  bool enrolled = false;
  store_.Update({account.value, account.value}, [&](AccountSecrets& now) {
    enrolled = !now.second_factor_confirmed;
    if (!enrolled) return false;
    now.second_factor = sealed;
    now.second_factor_step = 0;
    return true;
  });
  if (!enrolled) return Refuse(RejectionKind::kRefused, kSecondFactorEnrolled);
  return secret;
}

Expected<void> AccountCredentials::ConfirmSecondFactor(const ActorId& account,
                                                       const std::string& code) {
  bool confirmed = false;
  store_.Update({account.value, account.value}, [&](AccountSecrets& now) {
    confirmed = now.second_factor && UseCode(now, account, code).empty();
    if (confirmed) now.second_factor_confirmed = true;
    return confirmed;
  });
  if (!confirmed) return Invalid(kSecondFactorWrong);
  return {};
}

void AccountCredentials::ForgetSecondFactor(const ActorId& account) {
  store_.Update({account.value, account.value}, [](AccountSecrets& now) {
    now.second_factor.reset();
    now.second_factor_confirmed = false;
    return true;
  });
}

}  // namespace docket
