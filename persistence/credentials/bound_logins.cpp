#include "persistence/credentials/bound_logins.hpp"

#include <algorithm>

#include "domain/evidence/sha256.hpp"
#include "persistence/credentials/credential_refusals.hpp"

namespace docket {

BoundLogins::BoundLogins(const CredentialPorts& ports, IdSource& ids)
    : table_(ports.table),
      machine_(ports.machine),
      ids_(ids),
      store_(ports.table, CredentialKind::kLogin) {}

std::string BoundLogins::NameOfCertificate(const std::string& fingerprint) {
  return "certificate/" + fingerprint;
}

std::string BoundLogins::NameOfToken(const std::string& issuer, const std::string& subject) {
  return "token/" + Sha256Hex(CanonicalJson(Json::array({issuer, subject})));
}

std::optional<Rejection> BoundLogins::CheckUsable(const LoginRecord& record) const {
  const auto refuse = [](const Refusal& refusal) {
    return Rejection(RejectionKind::kUnauthenticated, refusal);
  };
  if (!record.bound_at) return refuse(kLoginUnknown);
  if (record.revoked_at) return refuse(kLoginRevoked);
  if (record.valid_until && *record.valid_until <= machine_.Now()) return refuse(kLoginExpired);
  return std::nullopt;
}

Expected<BoundLogins::Login> BoundLogins::Reserve(const ActorId& account, const std::string& name,
                                                  LoginRecord record) {
  const auto logins = Of(account);
  const auto in_use = std::count_if(logins.begin(), logins.end(), [this](const Login& login) {
    return !CheckUsable(login.record);
  });
  if (static_cast<std::size_t>(in_use) >= kBoundLoginsMax) {
    return Refuse(RejectionKind::kRefused, kLoginsTooMany);
  }
  record.id = ids_.NewUuid();
  bool reserved = false;
  store_.Update({name, account.value}, [&](LoginRecord& stored) {
    // One that was never confirmed was left behind by a process that was killed meanwhile.
    reserved = !stored.bound_at;
    if (reserved) stored = record;
    return reserved;
  });
  const auto row = table_.Find(CredentialKind::kLogin, name);
  if (!reserved || !row || row->owner != account.value) {
    return Refuse(RejectionKind::kRefused, kLoginBoundAlready);
  }
  return Login{name, account, std::move(record)};
}

void BoundLogins::Confirm(const Login& login) {
  store_.Update({login.name, login.account.value}, [&](LoginRecord& stored) {
    if (stored.id != login.record.id) return false;
    stored.bound_at = machine_.Now();
    return true;
  });
}

void BoundLogins::Withdraw(const Login& login) {
  const auto stored = store_.Find(login.name);
  if (stored && stored->id == login.record.id && !stored->bound_at) store_.Remove(login.name);
}

std::vector<BoundLogins::Login> BoundLogins::Of(const ActorId& account) const {
  std::vector<Login> logins;
  for (const auto& row : table_.OwnedBy(CredentialKind::kLogin, account.value)) {
    auto record = CredentialsOf<LoginRecord>::Read(row);
    if (record.bound_at) logins.push_back({row.name, account, std::move(record)});
  }
  return logins;
}

ActorId BoundLogins::HolderOf(const std::string& name) const {
  const auto row = table_.Find(CredentialKind::kLogin, name);
  const bool is_bound = row && CredentialsOf<LoginRecord>::Read(*row).bound_at;
  return is_bound ? ActorId(row->owner) : ActorId();
}

std::optional<BoundLogins::Login> BoundLogins::Find(const ActorId& account,
                                                    const std::string& id) const {
  auto logins = Of(account);
  const auto found = std::find_if(logins.begin(), logins.end(),
                                  [&](const Login& login) { return login.record.id == id; });
  if (found == logins.end()) return std::nullopt;
  return std::move(*found);
}

void BoundLogins::Revoke(const Login& login) {
  store_.Update({login.name, login.account.value}, [&](LoginRecord& stored) {
    if (stored.revoked_at) return false;
    stored.revoked_at = machine_.Now();
    return true;
  });
}

Expected<BoundLogins::Login> BoundLogins::Use(const std::string& name) const {
  const auto row = table_.Find(CredentialKind::kLogin, name);
  if (!row) return Refuse(RejectionKind::kUnauthenticated, kLoginUnknown);
  Login login{name, ActorId(row->owner), CredentialsOf<LoginRecord>::Read(*row)};
  if (auto refusal = CheckUsable(login.record)) return tl::unexpected(std::move(*refusal));
  return login;
}

}  // namespace docket
