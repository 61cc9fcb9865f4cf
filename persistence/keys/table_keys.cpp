#include "persistence/keys/table_keys.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include "domain/ensure.hpp"
#include "persistence/keys/key_rotation.hpp"
#include "persistence/keys/person_index.hpp"
#include "persistence/sodium.hpp"

namespace docket {

namespace {

constexpr std::string_view kKeyStoreSetting = "key_store";

SealCipher CipherOf(const KeyTable& table) {
  const auto name = table.FindSetting(std::string(kCipherSetting));
  if (!name) return SealCipher::kXChaCha20Poly1305;
  const auto cipher = FromName<SealCipher>(*name);
  if (!cipher) throw StoreError("the key store wants a cipher that is not known here: " + *name);
  return *cipher;
}

}  // namespace

TableKeys::TableKeys(std::unique_ptr<KeyTable> table, std::shared_ptr<KeyEncryption> keks)
    : table_(std::move(table)),
      keks_(std::move(keks)),
      id_(table_->Id()),
      cipher_(CipherOf(*table_)) {
  StartSodium();
  AdmitKeks(*table_, keks_.get());
}

SealedValue TableKeys::Seal(const KeyId& key, const std::string& associated_data,
                            const std::string& clear) {
  const Derived derived = Take(key);
  return {.version = static_cast<std::int64_t>(cipher_),
          .key = key,
          .box = sealing::SealBox(cipher_, derived.For(cipher_), sealing::NewNonce(cipher_),
                                  associated_data, clear)};
}

std::optional<std::string> TableKeys::Open(const SealedValue& value,
                                           const std::string& associated_data) const {
  const auto cipher = SealCipherOf(value.version);
  const auto derived = cipher ? Find(value.key) : std::nullopt;
  if (!derived) return std::nullopt;
  return sealing::OpenBox(*cipher, derived->For(*cipher), value.box, associated_data);
}

std::string TableKeys::Authenticate(const KeyId& key, const std::string& content) {
  return sealing::AuthenticateWith(Take(key).authenticate, content);
}

std::optional<std::string> TableKeys::Reauthenticate(const KeyId& key,
                                                     const std::string& content) const {
  const auto derived = Find(key);
  if (!derived) return std::nullopt;
  return sealing::AuthenticateWith(derived->authenticate, content);
}

void TableKeys::Destroy(const KeyId& key) {
  OnTable([&] { table_->Destroy(key); });
  const std::lock_guard guard(mutex_);
  ++destroyed_;
  cache_.erase(key);
}

bool TableKeys::IsDestroyed(const KeyId& key) const {
  const auto row = OnTable([&] { return table_->Find(key); });
  return row && row->destroyed;
}

void TableKeys::Scrub() {
  OnTable([&] { table_->Scrub(); });
}

std::chrono::milliseconds TableKeys::ForgottenAfter() const {
  return table_->IsShared() ? kCachedKeyAge : std::chrono::milliseconds(0);
}

std::vector<KeyStore::FoundPerson> TableKeys::FindPersons(
    const std::vector<Identifier>& identifiers) {
  std::map<std::string, IdentifierKind> digests;
  std::vector<std::string> wanted;
  for (const auto& identifier : identifiers) {
    wanted.push_back(DigestOf(identifier));
    digests.emplace(wanted.back(), identifier.kind);
  }
  if (wanted.empty()) return {};
  std::map<KeyId, std::vector<IdentifierKind>> found;
  for (const auto& row : OnTable([&] { return table_->FindRows(wanted); })) {
    found[row.key].push_back(digests.at(row.digest));
  }
  std::vector<FoundPerson> persons;
  for (auto& [key, by] : found) persons.push_back({key, std::move(by)});
  return persons;
}

std::string TableKeys::DigestOf(const Identifier& identifier) {
  return PersonDigest(Take(KeyId(std::string(kIndexKey))).authenticate, identifier);
}

void TableKeys::Ensure(const std::vector<KeyId>& keys, const std::vector<PersonMark>& marks) {
  std::set<KeyTable::IndexRow> rows;
  for (const auto& mark : marks) rows.insert({DigestOf(mark.identifier), mark.key});
  std::set<KeyId> absent;
  for (const auto& key : keys) {
    ENSURE(!key.empty(), "a key has a name");
    if (!FindCached(key)) absent.insert(key);
  }
  if (absent.empty() && rows.empty()) return;
  std::unique_lock guard(making_mutex_);
  const auto mine = next_;
  mine->keys.merge(absent);
  mine->rows.merge(rows);
  while (!mine->done) {
    if (is_making_) {
      made_.wait(guard);
      continue;
    }
    is_making_ = true;
    const auto batch = std::exchange(next_, std::make_shared<Making>());
    guard.unlock();
    try {
      Make(*batch);
    } catch (...) {
      batch->failure = std::current_exception();
    }
    guard.lock();
    batch->done = true;
    is_making_ = false;
    made_.notify_all();
  }
  if (mine->failure) std::rethrow_exception(mine->failure);
}

void TableKeys::Make(const Making& batch) {
  std::vector<KeyTable::NewKey> made;
  for (const auto& key : batch.keys) {
    SecretKey secret;
    randombytes_buf(secret.data(), SecretKey::kBytes);
    std::string hex(SecretKey::kBytes * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), secret.data(), SecretKey::kBytes);
    hex.pop_back();
    made.push_back({key, keks_ ? keks_->Wrap(key, hex) : hex});
    sodium_memzero(hex.data(), hex.size());
  }
  // Durable before anything is sealed under it.
  const std::uint64_t before = Destroyed();
  const auto inserted = OnTable([&] {
    return table_->InsertAbsent(made, {batch.rows.begin(), batch.rows.end()});
  });
  for (auto& [key, secret] : made) {
    if (inserted.contains(key)) Remember(key, DeriveFrom(key, secret), before);
    sodium_memzero(secret.data(), secret.size());
  }
}

TableKeys::Derived TableKeys::Take(const KeyId& key) {
  if (const auto found = Find(key)) return *found;
  Ensure({key}, {});
  // Another process may have been faster, with a key of its own or by destroying this one.
  if (const auto found = Find(key)) return *found;
  throw KeyDestroyed();
}

std::optional<TableKeys::Derived> TableKeys::FindCached(const KeyId& key) const {
  const std::lock_guard guard(mutex_);
  const auto cached = cache_.find(key);
  if (cached == cache_.end() || std::chrono::steady_clock::now() >= cached->second.until) {
    return std::nullopt;
  }
  return cached->second.derived;
}

std::optional<TableKeys::Derived> TableKeys::Find(const KeyId& key) const {
  ENSURE(!key.empty(), "a key has a name");
  if (auto cached = FindCached(key)) return cached;
  const std::uint64_t before = Destroyed();
  auto row = OnTable([&] { return table_->Find(key); });
  if (!row || row->destroyed) return std::nullopt;
  const Derived derived = DeriveFrom(key, row->secret);
  sodium_memzero(row->secret.data(), row->secret.size());
  Remember(key, derived, before);
  return derived;
}

std::uint64_t TableKeys::Destroyed() const {
  const std::lock_guard guard(mutex_);
  return destroyed_;
}

void TableKeys::Remember(const KeyId& key, const Derived& derived, std::uint64_t before) const {
  const std::lock_guard guard(mutex_);
  // It may be this one that was destroyed since the table was asked.
  if (destroyed_ != before) return;
  if (cache_.size() >= kCachedKeysMax) cache_.clear();
  cache_.insert_or_assign(key, Cached{derived, std::chrono::steady_clock::now() + kCachedKeyAge});
}

TableKeys::Derived TableKeys::DeriveFrom(const KeyId& key, const std::string& stored) const {
  const bool is_wrapped = WrappedUnder(stored).has_value();
  if (is_wrapped && !keks_) {
    throw StoreError("a key of the key store is wrapped: say where its key-encryption key is");
  }
  std::string hex = is_wrapped ? keks_->Unwrap(key, stored) : stored;
  SecretKey secret;
  std::size_t size = 0;
  const int code = sodium_hex2bin(secret.data(), SecretKey::kBytes, hex.data(), hex.size(), nullptr,
                                  &size, nullptr);
  sodium_memzero(hex.data(), hex.size());
  if (code != 0 || size != SecretKey::kBytes) throw StoreError("a key in the key store is damaged");
  return {sealing::Derive(secret, sealing::SealPurpose(SealCipher::kXChaCha20Poly1305)),
          sealing::Derive(secret, sealing::SealPurpose(SealCipher::kSm4Gcm)),
          sealing::Derive(secret, sealing::kAuthenticatePurpose)};
}

void RefuseMissingKeys(const KeyBinding& binding, LostKeys lost) {
  if (!binding.needed || !binding.missing || lost == LostKeys::kAccept) return;
  throw StoreError(
      fmt::format("the key store {} is missing; restore it, or start with --accept-lost-keys to "
                  "go on with every personal text unreadable",
                  binding.keys));
}

void BindKeyStore(const KeyBinding& binding, const std::string& key_store_id,
                  StoreSettings& settings) {
  const auto known = settings.FindSetting(std::string(kKeyStoreSetting));
  if (known == key_store_id) return;
  if (binding.needed && !binding.missing && known) {
    throw StoreError(fmt::format("the key store {} belongs to another log; restore the one of {}",
                                 binding.keys, binding.log));
  }
  settings.Write({std::string(kKeyStoreSetting), key_store_id});
}

}  // namespace docket
