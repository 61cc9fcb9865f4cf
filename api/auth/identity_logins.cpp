// What accounts log in with beside a password: bound, used, revoked.
#include <algorithm>

#include "api/auth/identity.hpp"
#include "api/auth/identity_refusals.hpp"
#include "workflows/account/commands.hpp"
#include "workflows/account/guards.hpp"

namespace docket {

namespace {

tl::unexpected<Rejection> RefuseLogin(const Refusal& refusal) {
  return Refuse(RejectionKind::kUnauthenticated, refusal);
}

}  // namespace

Expected<void> Identity::CheckPresented(const Origin& origin) const {
  if (!origin.certificate || !ports_.trust) return RefuseLogin(kCertificateMissing);
  return ports_.trust->Check(*origin.certificate);
}

Expected<void> Identity::CheckBound(const std::string& login, const Origin& origin) const {
  if (auto presented = CheckPresented(origin); !presented) return presented;
  const auto& fingerprint = origin.certificate->certificate.fingerprint;
  if (login != BoundLogins::NameOfCertificate(fingerprint)) return RefuseLogin(kCertificateMissing);
  const auto used = logins_.Use(login);
  if (!used) return tl::unexpected(used.error());
  return {};
}

Expected<Sessions::Begun> Identity::LogInByCertificate(const Origin& origin) {
  LoginRecords::Attempt attempt{LoginMethod::kCertificate, origin};
  const auto refuse = [&](const ActorId& account, const Rejection& rejection) {
    records_.Failed(account, attempt, rejection.code);
    return tl::unexpected(rejection);
  };
  if (!ports_.admit_address(origin.address)) {
    return refuse(ActorId(), Rejection(RejectionKind::kOverloaded, kLoginsLimited));
  }
  const std::string name =
      origin.certificate
          ? BoundLogins::NameOfCertificate(origin.certificate->certificate.fingerprint)
          : "";
  if (auto presented = CheckPresented(origin); !presented) {
    return refuse(logins_.HolderOf(name), presented.error());
  }
  const auto login = logins_.Use(name);
  if (!login) return refuse(logins_.HolderOf(name), login.error());
  attempt.credential = login->record.id;
  const auto admitted = Admit(*login);
  if (!admitted) return refuse(login->account, admitted.error());
  return BeginSession(admitted->record, admitted->secrets, attempt, login->name);
}

Expected<Identity::Admitted> Identity::Admit(const BoundLogins::Login& login) {
  auto record = ports_.directory.FindRecord(login.account);
  if (!record || !MayLogIn(*record)) return RefuseLogin(kAccountNotActive);
  auto secrets = credentials_.NoteLogin({record->account, true, record->unlocked_at});
  if (!secrets) return RefuseLogin(kAccountLocked);
  return Admitted{std::move(*record), std::move(*secrets)};
}

Expected<Caller> Identity::RecogniseIssued(std::string_view token, const Origin& origin) {
  LoginRecords::Attempt attempt{LoginMethod::kIssuedToken, origin};
  const auto refuse = [&](const ActorId& account, const Rejection& rejection) {
    records_.Failed(account, attempt, rejection.code);
    return tl::unexpected(rejection);
  };
  const auto subject = ports_.tokens->Verify(token);
  if (!subject) return refuse(ActorId(), subject.error());
  const std::string name = BoundLogins::NameOfToken(ports_.tokens->Issuer(), *subject);
  const auto login = logins_.Use(name);
  if (!login) return refuse(logins_.HolderOf(name), login.error());
  attempt.credential = login->record.id;
  const auto admitted = Admit(*login);
  if (!admitted) return refuse(login->account, admitted.error());
  const auto& [record, secrets] = *admitted;
  records_.Used(record.Actor(), attempt);
  return Caller{.actor = record.Actor(),
                .credential = CredentialUse::kIssued,
                .stage = StageOf(record, secrets, true),
                .credential_id = login->name};
}

Expected<BoundLogins::Login> Identity::BindLogin(const Actor& sender, const NewLogin& wanted) {
  LoginRecord record;
  record.kind = wanted.kind;
  std::string name;
  if (wanted.kind == account::LoginKind::kCertificate) {
    const auto certificate = ClientCertificate::Parse(wanted.certificate);
    if (!certificate) return tl::unexpected(certificate.error());
    if (certificate->valid_until <= ports_.credentials.machine.Now()) {
      return Refuse(RejectionKind::kInvalid, kCertificateExpired);
    }
    name = BoundLogins::NameOfCertificate(certificate->fingerprint);
    record.issuer = certificate->issuer;
    record.serial = certificate->serial;
    record.fingerprint = certificate->fingerprint;
    record.valid_from = certificate->valid_from;
    record.valid_until = certificate->valid_until;
  } else {
    if (!ports_.tokens) return Refuse(RejectionKind::kRefused, kTokensNotTaken);
    if (wanted.subject.empty()) return Refuse(RejectionKind::kInvalid, kSubjectMissing);
    record.issuer = ports_.tokens->Issuer();
    name = BoundLogins::NameOfToken(record.issuer, wanted.subject);
  }
  if (auto known = RecordOf(wanted.account); !known) return tl::unexpected(known.error());
  auto login = logins_.Reserve(wanted.account, name, std::move(record));
  if (!login) return login;
  const account::BindLogin bind{wanted.kind, login->record.id, login->record.valid_until};
  const auto bound = Act(sender, {wanted.account, account::BindLogin::kName, Encode(bind)});
  if (!bound) {
    logins_.Withdraw(*login);
    return tl::unexpected(bound.error());
  }
  logins_.Confirm(*login);
  return *logins_.Find(wanted.account, login->record.id);
}

Expected<void> Identity::RevokeLogin(const Actor& sender, const Revocation& revocation) {
  const auto& [account, id, origin] = revocation;
  const auto login = logins_.Find(account, id);
  if (!login) return Refuse(RejectionKind::kNotFound, kLoginUnknown);
  const auto revoked =
      Act(sender, {account, account::RevokeLogin::kName, Encode(account::RevokeLogin{id})});
  if (!revoked) return tl::unexpected(revoked.error());
  logins_.Revoke(*login);
  const auto session = sessions_.Find(account);
  const auto record = ports_.directory.FindRecord(account);
  if (record && session && session->record.login == login->name) {
    EndSession(record->Actor(), {"login_revoked", origin.address, sender.id});
  }
  return {};
}

Expected<std::vector<BoundLogins::Login>> Identity::LoginsOf(const Actor& reader,
                                                             const ActorId& account) const {
  const auto record = RecordOf(account);
  if (!record) return tl::unexpected(record.error());
  account::Facts facts;
  facts.unit = record->unit;
  facts.roles = record->roles;
  const bool manages = std::any_of(reader.roles.begin(), reader.roles.end(), [&](Role role) {
    Context context;
    context.role = role;
    context.unit = reader.unit;
    return (role == Role::kUnitAdministrator || role == Role::kSystemAdministrator) &&
           account::InRemit::Holds(facts, context);
  });
  if (!manages && reader.id != account) {
    return Refuse(RejectionKind::kForbidden, account::InRemit::kRefusal);
  }
  return logins_.Of(account);
}

bool Identity::IsIdle(const CaseRow& row, Instant now) const {
  const auto longest = std::chrono::hours(24) * *policy_.idle_account_days;
  // What was done to the account counts as well: who was just approved has not logged in yet.
  if (now - row.changed_at < longest) return false;
  const auto used = credentials_.Secrets(ActorId(row.summary.title)).last_login_at;
  return !used || now - *used >= longest;
}

std::int64_t Identity::DisableIdle(const CaseViews& views) {
  if (!policy_.idle_account_days) return 0;
  constexpr std::size_t kPage = 200;
  const Instant now = ports_.credentials.clock.Now();
  std::int64_t disabled = 0;
  CaseFilter filter{.workflow = "account", .limit = kPage};
  do {
    const auto page = views.ListCases(filter);
    for (const auto& row : page.rows) {
      const ActorId account(row.summary.title);
      const auto record = ports_.directory.FindRecord(account);
      const bool may_log_in = record && record->case_id == row.case_id && MayLogIn(*record);
      if (!may_log_in || !IsIdle(row, now)) continue;
      const account::Disable disable{account::DisableReason::kInactive};
      if (Act(ClockActor(), {account, account::Disable::kName, Encode(disable)})) ++disabled;
    }
    filter.after = page.next;
  } while (!filter.after.empty());
  return disabled;
}

bool Identity::StillStands(const Recognition& recognition) const {
  if (recognition.use == CredentialUse::kToken) return true;
  const auto record = ports_.directory.FindRecord(recognition.account);
  if (recognition.use == CredentialUse::kApiKey) {
    const bool is_active = !record || record->state == account::Active::kName;
    return is_active && api_keys_.IsUsable(recognition.id);
  }
  if (!record || !MayLogIn(*record)) return false;
  if (recognition.use == CredentialUse::kIssued) return logins_.Use(recognition.id).has_value();
  const auto session = sessions_.Find(recognition.account);
  const Instant now = ports_.credentials.clock.Now();
  if (!session || session->record.digest != recognition.id) return false;
  if (session->ends_at <= now || session->idle_ends_at <= now) return false;
  return !session->record.login || CheckBound(*session->record.login, recognition.origin);
}

}  // namespace docket
