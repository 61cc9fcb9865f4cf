#include "api/auth/identity.hpp"

#include <algorithm>

#include "api/auth/identity_refusals.hpp"
#include "persistence/credentials/totp.hpp"
#include "workflows/account/commands.hpp"
#include "workflows/account/states.hpp"
#include "workflows/account/undertaking.hpp"

namespace docket {

namespace {

bool IsOneOf(std::string_view state, std::initializer_list<std::string_view> states) {
  return std::find(states.begin(), states.end(), state) != states.end();
}

}  // namespace

bool Identity::MayLogIn(const AccountRecord& record) {
  using namespace account;
  return !record.roles.empty() && IsOneOf(record.state, {Approved::kName, Active::kName,
                                                         PasswordExpired::kName, Locked::kName});
}

Identity::Identity(IdentityPorts ports, const CredentialPolicy& policy)
    : ports_(std::move(ports)),
      policy_(policy),
      credentials_(ports_.credentials, policy),
      sessions_(ports_.credentials, policy),
      api_keys_(ports_.credentials, policy, ports_.ids),
      logins_(ports_.credentials, ports_.ids),
      records_(ports_.directory, ports_.credentials.clock, policy, ports_.record) {}

Expected<AccountRecord> Identity::RecordOf(const ActorId& account) const {
  auto record = ports_.directory.FindRecord(account);
  if (!record) return Refuse(RejectionKind::kNotFound, kUnknownAccount);
  return std::move(*record);
}

Expected<Caller> Identity::RecogniseSession(const Token& token, const Origin& origin) {
  const auto refuse = [&](const Rejection& rejection) {
    records_.Denied(rejection.code, origin);
    return tl::unexpected(rejection);
  };
  const auto session = sessions_.Use(token);
  if (!session) return refuse(session.error());
  const auto record = ports_.directory.FindRecord(session->account);
  if (!record || !MayLogIn(*record)) {
    return refuse(Rejection(RejectionKind::kUnauthenticated, kAccountNotActive));
  }
  if (const auto& login = session->record.login) {
    if (auto bound = CheckBound(*login, origin); !bound) return refuse(bound.error());
  }
  return Caller{.actor = record->Actor(),
                .credential = CredentialUse::kSession,
                .stage = session->record.stage,
                .credential_id = session->record.digest};
}

Expected<Caller> Identity::RecogniseKey(const Token& token, const Origin& origin) {
  LoginRecords::Attempt attempt{LoginMethod::kApiKey, origin};
  const auto refuse = [&](const ActorId& account, const Rejection& rejection) {
    records_.Failed(account, attempt, rejection.code);
    return tl::unexpected(rejection);
  };
  const auto key = api_keys_.Use(token);
  if (!key) {
    const auto named = api_keys_.Find(token.name);
    if (named) attempt.credential = named->id;
    return refuse(named ? named->account : ActorId(), key.error());
  }
  attempt.credential = key->id;
  auto actor = ports_.directory.FindActor(key->account);
  const auto record = ports_.directory.FindRecord(key->account);
  if (!actor || (record && record->state != account::Active::kName)) {
    return refuse(key->account, Rejection(RejectionKind::kUnauthenticated, kAccountNotActive));
  }
  records_.Used(*actor, attempt);
  std::erase_if(actor->roles, [&](Role role) {
    const auto& roles = key->record.roles;
    return std::find(roles.begin(), roles.end(), role) == roles.end();
  });
  return Caller{.actor = std::move(*actor),
                .credential = CredentialUse::kApiKey,
                .read_only = key->record.read_only,
                .credential_id = key->id};
}

Expected<Caller> Identity::RecogniseFixed(std::string_view token, const Origin& origin) {
  const LoginRecords::Attempt attempt{LoginMethod::kFixedToken, origin};
  auto actor = ports_.directory.File().Authenticate(token);
  if (!actor) {
    records_.Failed(ActorId(), attempt, actor.error().code);
    return tl::unexpected(actor.error());
  }
  records_.Used(*actor, attempt);
  return Caller{.actor = std::move(*actor)};
}

Expected<Caller> Identity::Recognise(std::string_view token, const Origin& origin) {
  auto caller = [&]() -> Expected<Caller> {
    if (const auto session = Token::Parse(token, kSessionPrefix)) {
      return RecogniseSession(*session, origin);
    }
    if (const auto key = Token::Parse(token, kApiKeyPrefix)) return RecogniseKey(*key, origin);
    if (ports_.tokens && LooksIssued(token)) return RecogniseIssued(token, origin);
    return RecogniseFixed(token, origin);
  }();
  if (caller) caller->unit = ports_.directory.FindUnit(caller->actor.unit).value_or(Unit());
  return caller;
}

Expected<CommandOutcome> Identity::Act(const Actor& sender, const AccountCommand& command) {
  const auto record = RecordOf(command.account);
  if (!record) return tl::unexpected(record.error());
  CommandRequest request;
  request.sender = sender;
  request.case_id = record->case_id;
  request.commands.push_back({std::string(command.name), command.data, {}, {}});
  return ports_.engine.Execute(request);
}

void Identity::NoteLock(const AccountRecord& record, const AccountSecrets& secrets) {
  const bool is_locked = secrets.locked_at && secrets.locked_until &&
                         (!record.unlocked_at || *record.unlocked_at < *secrets.locked_at);
  if (!is_locked || record.state == account::Locked::kName) return;
  const account::Lock lock{policy_.failed_attempts_max, *secrets.locked_until};
  // After the answer, whose time would tell an account that exists from one that does not.
  deferred_.Do([this, account = record.account, data = Encode(lock)] {
    Act(ClockActor(), {account, account::Lock::kName, data});
  });
}

Expected<void> Identity::BringUpToDate(const AccountRecord& record, const AccountSecrets& secrets) {
  using namespace account;
  const auto act = [&](const Actor& sender, std::string_view name,
                       const Json& data) -> Expected<void> {
    const auto outcome = Act(sender, {record.account, name, data});
    if (!outcome) return tl::unexpected(outcome.error());
    return {};
  };
  if (record.state == Locked::kName) return act(ClockActor(), Unlock::kName, Encode(Unlock{}));
  const bool is_old = secrets.password && !secrets.one_time_until &&
                      credentials_.PasswordAgeDays(secrets) >= policy_.password_age_days_max;
  if (record.state == Active::kName && is_old) {
    const ExpirePassword expire{credentials_.PasswordAgeDays(secrets)};
    return act(ClockActor(), ExpirePassword::kName, Encode(expire));
  }
  if (record.state == PasswordExpired::kName && !credentials_.MustChangePassword(secrets)) {
    return act(record.Actor(), RenewPassword::kName, Json::object());
  }
  return {};
}

SessionStage Identity::StageOf(const AccountRecord& record, const AccountSecrets& secrets,
                               bool by_bound_login) const {
  const bool must_change = !by_bound_login && credentials_.MustChangePassword(secrets);
  if (must_change || record.state == account::PasswordExpired::kName) {
    return SessionStage::kPassword;
  }
  if (record.state == account::Approved::kName ||
      record.undertaking_version != account::kUndertakingVersion) {
    return SessionStage::kUndertaking;
  }
  if (policy_.second_factor_required && !by_bound_login && !secrets.second_factor_confirmed) {
    return SessionStage::kSecondFactor;
  }
  return SessionStage::kComplete;
}

Expected<Sessions::Begun> Identity::LogIn(const LoginInput& input) {
  LoginRecords::Attempt attempt{LoginMethod::kPassword, input.origin};
  if (!ports_.admit_address(input.origin.address) || !ports_.admit_login(input.account)) {
    records_.Failed(ActorId(), attempt, kLoginsLimited.code);
    return Refuse(RejectionKind::kOverloaded, kLoginsLimited);
  }
  const auto record = ports_.directory.FindRecord(input.account);
  const bool known = record && MayLogIn(*record);
  const auto tried = credentials_.Try(
      {input.account, known, record ? record->unlocked_at : std::nullopt}, input.proof);
  if (tried.secrets.second_factor_confirmed) attempt.method = LoginMethod::kPasswordAndCode;
  if (tried.verdict != AccountCredentials::Verdict::kPassed) {
    const auto not_let_in = record ? kAccountNotActive.code : login_failure::kAccountUnknown;
    records_.Failed(input.account, attempt, known ? tried.reason : not_let_in);
  }
  switch (tried.verdict) {
    case AccountCredentials::Verdict::kNeedsCode:
      return Refuse(RejectionKind::kUnauthenticated, kSecondFactorNeeded);
    case AccountCredentials::Verdict::kRefused:
    case AccountCredentials::Verdict::kLocked:
      // Whoever is logged in has to prove anew who it is.
      if (known && tried.verdict == AccountCredentials::Verdict::kLocked) {
        EndSession(record->Actor(), {"locked", input.origin.address});
      }
      if (known) NoteLock(*record, tried.secrets);
      return Refuse(RejectionKind::kUnauthenticated, kLoginFailed);
    case AccountCredentials::Verdict::kPassed: break;
  }
  return BeginSession(*record, tried.secrets, attempt, std::nullopt);
}

void Identity::RecordEnd(const Actor& holder, const LoginRecords::End& end) {
  const auto session = sessions_.Find(holder.id);
  const Instant now = ports_.credentials.clock.Now();
  if (!session || session->ends_at <= now || session->idle_ends_at <= now) return;
  records_.SessionEnded(holder, end);
}

void Identity::EndSession(const Actor& holder, const LoginRecords::End& end) {
  RecordEnd(holder, end);
  sessions_.End(holder.id);
}

void Identity::LogOut(const Caller& caller, const Origin& origin) {
  EndSession(caller.actor, {"logged_out", origin.address});
}

Expected<Sessions::Begun> Identity::BeginSession(AccountRecord record,
                                                 const AccountSecrets& secrets,
                                                 const LoginRecords::Attempt& attempt,
                                                 const std::optional<std::string>& login) {
  // A lock that is over may lead to a password that has expired meanwhile.
  for (int step = 0; step < 2; ++step) {
    const auto current = BringUpToDate(record, secrets);
    if (!current) return tl::unexpected(current.error());
    record = *ports_.directory.FindRecord(record.account);
  }
  RecordEnd(record.Actor(), {"logged_in_again", attempt.origin.address});
  auto begun = sessions_.Begin(record.account, StageOf(record, secrets, login.has_value()), login);
  records_.BeganSession(record.Actor(), attempt);
  return begun;
}

Expected<SessionStage> Identity::Advance(const Caller& caller) {
  const auto record = RecordOf(caller.actor.id);
  if (!record) return tl::unexpected(record.error());
  const auto secrets = credentials_.Secrets(record->account);
  // A token says nothing about the session that its account may have beside it.
  if (caller.credential == CredentialUse::kIssued) return StageOf(*record, secrets, true);
  const auto session = sessions_.Find(record->account);
  const bool by_bound_login = session && session->record.login;
  const SessionStage stage = StageOf(*record, secrets, by_bound_login);
  sessions_.SetStage(record->account, stage);
  return stage;
}

Expected<SessionStage> Identity::ChangePassword(const Caller& caller, const Origin& origin,
                                                const AccountCredentials::PasswordChange& change) {
  const auto record = RecordOf(caller.actor.id);
  if (!record) return tl::unexpected(record.error());
  const auto changed =
      credentials_.ChangePassword({record->account, true, record->unlocked_at}, change);
  if (!changed) {
    if (changed.error().code == kPasswordWrong.code) {
      records_.Failed(record->account, {LoginMethod::kPassword, origin}, kPasswordWrong.code);
    }
    const auto secrets = credentials_.Secrets(record->account);
    if (secrets.locked_until) EndSession(record->Actor(), {"locked", origin.address});
    NoteLock(*record, secrets);
    return tl::unexpected(changed.error());
  }
  if (record->state != account::Approved::kName) {
    const auto renewed = Act(record->Actor(), {record->account, account::RenewPassword::kName});
    if (!renewed) return tl::unexpected(renewed.error());
  }
  return Advance(caller);
}

Expected<SessionStage> Identity::SignUndertaking(const Caller& caller, const std::string& version) {
  if (caller.stage == SessionStage::kPassword) {
    return Refuse(RejectionKind::kUnauthenticated, kPasswordChangeNeeded);
  }
  const auto record = RecordOf(caller.actor.id);
  if (!record) return tl::unexpected(record.error());
  const bool is_first = record->state == account::Approved::kName;
  const auto signed_now =
      Act(record->Actor(),
          {record->account, is_first ? account::Activate::kName : account::SignUndertaking::kName,
           Encode(account::SignUndertaking{version})});
  if (!signed_now) return tl::unexpected(signed_now.error());
  return Advance(caller);
}

Expected<Identity::Enrolment> Identity::EnrolSecondFactor(const Caller& caller) {
  const auto secret = credentials_.EnrolSecondFactor(caller.actor.id);
  if (!secret) return tl::unexpected(secret.error());
  return Enrolment{totp::Base32(*secret), totp::Uri(*secret, caller.actor.id.value)};
}

Expected<SessionStage> Identity::ConfirmSecondFactor(const Caller& caller, const Origin& origin,
                                                     const std::string& code) {
  const auto confirmed = credentials_.ConfirmSecondFactor(caller.actor.id, code);
  if (!confirmed) {
    records_.Failed(caller.actor.id, {LoginMethod::kPasswordAndCode, origin},
                    confirmed.error().code);
    return tl::unexpected(confirmed.error());
  }
  return Advance(caller);
}

Expected<std::string> Identity::ResetPassword(const Actor& sender, const Reset& reset) {
  const auto outcome =
      Act(sender, {reset.account, account::ResetPassword::kName, Encode(reset.command)});
  if (!outcome) return tl::unexpected(outcome.error());
  if (reset.command.forget_second_factor.value_or(false)) {
    credentials_.ForgetSecondFactor(reset.account);
  }
  if (const auto record = ports_.directory.FindRecord(reset.account)) {
    EndSession(record->Actor(), {"password_reset", reset.origin.address, sender.id});
  }
  return credentials_.SetOneTimePassword(reset.account);
}

Expected<std::string> Identity::Bootstrap(const ActorId& account, const Json& opening) {
  CommandRequest request;
  request.sender = ClockActor();
  request.workflow = "account";
  request.commands.push_back({std::string(account::Bootstrap::kName), opening, {}, {}});
  const auto outcome = ports_.engine.Execute(request);
  if (!outcome) return tl::unexpected(outcome.error());
  return credentials_.SetOneTimePassword(account);
}

}  // namespace docket
