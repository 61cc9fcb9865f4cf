#include "persistence/credentials/api_keys.hpp"

#include <algorithm>

#include "persistence/credentials/credential_refusals.hpp"

namespace docket {

ApiKeys::ApiKeys(const CredentialPorts& ports, const CredentialPolicy& policy, IdSource& ids)
    : table_(ports.table),
      clock_(ports.clock),
      policy_(policy),
      ids_(ids),
      store_(ports.table, CredentialKind::kApiKey) {}

std::vector<ApiKeys::Key> ApiKeys::Of(const ActorId& account) const {
  std::vector<Key> keys;
  for (const auto& row : table_.OwnedBy(CredentialKind::kApiKey, account.value)) {
    keys.push_back({row.name, account, CredentialsOf<ApiKeyRecord>::Read(row)});
  }
  return keys;
}

std::optional<ApiKeys::Key> ApiKeys::Find(const std::string& id) const {
  const auto row = table_.Find(CredentialKind::kApiKey, id);
  if (!row) return std::nullopt;
  return Key{id, ActorId(row->owner), CredentialsOf<ApiKeyRecord>::Read(*row)};
}

std::optional<Rejection> ApiKeys::CheckUsable(const ApiKeyRecord& record) const {
  if (record.revoked_at) return Rejection(RejectionKind::kUnauthenticated, kApiKeyRevoked);
  if (record.expires_at <= clock_.Now()) {
    return Rejection(RejectionKind::kUnauthenticated, kApiKeyExpired);
  }
  return std::nullopt;
}

Expected<ApiKeys::Made> ApiKeys::Store(const ActorId& account, ApiKeyRecord record) {
  const auto keys = Of(account);
  const auto in_use = std::count_if(keys.begin(), keys.end(),
                                    [this](const Key& key) { return !CheckUsable(key.record); });
  if (static_cast<std::size_t>(in_use) >= kApiKeysMax) {
    return Refuse(RejectionKind::kRefused, kApiKeysTooMany);
  }
  const Token token{ids_.NewUuid(), NewSecret()};
  record.digest = DigestOf(token.secret);
  store_.Update({token.name, account.value}, [&](ApiKeyRecord& stored) {
    stored = record;
    return true;
  });
  return Made{token.Text(kApiKeyPrefix), {token.name, account, std::move(record)}};
}

Expected<ApiKeys::Made> ApiKeys::Make(const ActorId& account, const Wanted& wanted) {
  if (wanted.days < 1 || wanted.days > policy_.api_key_days_max) {
    return Refuse(RejectionKind::kInvalid, kApiKeyDaysInvalid);
  }
  ApiKeyRecord record;
  record.label = wanted.label;
  record.roles = wanted.roles;
  record.read_only = wanted.read_only;
  record.created_at = clock_.Now();
  record.expires_at = record.created_at + std::chrono::hours(24 * wanted.days);
  return Store(account, std::move(record));
}

Expected<ApiKeys::Key> ApiKeys::FindUsable(const ActorId& account, const std::string& id) const {
  auto key = Find(id);
  if (!key || key->account != account) return Refuse(RejectionKind::kNotFound, kApiKeyUnknown);
  if (auto refusal = CheckUsable(key->record)) {
    refusal->kind = RejectionKind::kRefused;
    return tl::unexpected(std::move(*refusal));
  }
  return std::move(*key);
}

Expected<ApiKeys::Made> ApiKeys::Rotate(const ActorId& account, const std::string& id) {
  const auto old = FindUsable(account, id);
  if (!old) return tl::unexpected(old.error());
  ApiKeyRecord record = old->record;
  const auto lifetime = record.expires_at - record.created_at;
  record.created_at = clock_.Now();
  record.expires_at = record.created_at + lifetime;
  auto made = Store(account, std::move(record));
  if (!made) return made;
  store_.Update({id, account.value}, [&](ApiKeyRecord& stored) {
    stored.rotated_to = made->key.id;
    stored.expires_at = std::min(stored.expires_at, clock_.Now() + policy_.api_key_overlap);
    return true;
  });
  return made;
}

Expected<void> ApiKeys::Revoke(const ActorId& account, const std::string& id) {
  const auto key = Find(id);
  if (!key || key->account != account) return Refuse(RejectionKind::kNotFound, kApiKeyUnknown);
  store_.Update({id, account.value}, [&](ApiKeyRecord& stored) {
    if (stored.revoked_at) return false;
    stored.revoked_at = clock_.Now();
    return true;
  });
  return {};
}

bool ApiKeys::IsUsable(const std::string& id) const {
  const auto key = Find(id);
  return key && !CheckUsable(key->record);
}

Expected<ApiKeys::Key> ApiKeys::Use(const Token& token) const {
  auto key = Find(token.name);
  if (!key || !EqualInConstantTime(key->record.digest, DigestOf(token.secret))) {
    return Refuse(RejectionKind::kUnauthenticated, kTokenUnknown);
  }
  if (auto refusal = CheckUsable(key->record)) return tl::unexpected(std::move(*refusal));
  return std::move(*key);
}

}  // namespace docket
