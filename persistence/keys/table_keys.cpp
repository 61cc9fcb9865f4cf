#include "persistence/keys/table_keys.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include "domain/ensure.hpp"

namespace docket {

namespace {

constexpr std::string_view kKeyStoreSetting = "key_store";

}  // namespace

TableKeys::TableKeys(std::unique_ptr<KeyTable> table)
    : table_(std::move(table)), id_(table_->Id()) {
  ENSURE(sodium_init() >= 0, "libsodium starts");
}

SealedValue TableKeys::Seal(const KeyId& key, const std::string& associated_data,
                            const std::string& clear) {
  const Derived derived = Take(key);
  return {.version = 1,
          .key = key,
          .box = sealing::SealBox(derived.seal, sealing::NewNonce(), associated_data, clear)};
}

std::optional<std::string> TableKeys::Open(const SealedValue& value,
                                           const std::string& associated_data) const {
  if (value.version != 1) return std::nullopt;
  const auto derived = Find(value.key);
  return derived ? sealing::OpenBox(derived->seal, value.box, associated_data) : std::nullopt;
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
  const std::lock_guard guard(mutex_);
  cache_.erase(key);
  table_->Destroy(key);
}

bool TableKeys::IsDestroyed(const KeyId& key) const {
  const auto row = table_->Find(key);
  return row && row->destroyed;
}

TableKeys::Derived TableKeys::Take(const KeyId& key) {
  ENSURE(!key.empty(), "a key has a name");
  const std::lock_guard guard(mutex_);
  if (const auto found = FindLocked(key)) return *found;
  SecretKey secret;
  randombytes_buf(secret.data(), SecretKey::kBytes);
  std::string hex(SecretKey::kBytes * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), secret.data(), SecretKey::kBytes);
  hex.pop_back();
  // Durable before anything is sealed under it.
  table_->InsertIfAbsent(key, hex);
  sodium_memzero(hex.data(), hex.size());
  // Another process may have been faster, with a key of its own or by destroying this one.
  if (const auto found = FindLocked(key)) return *found;
  throw KeyDestroyed();
}

std::optional<TableKeys::Derived> TableKeys::Find(const KeyId& key) const {
  const std::lock_guard guard(mutex_);
  return FindLocked(key);
}

std::optional<TableKeys::Derived> TableKeys::FindLocked(const KeyId& key) const {
  const auto now = std::chrono::steady_clock::now();
  const auto cached = cache_.find(key);
  if (cached != cache_.end() && now < cached->second.until) return cached->second.derived;
  auto row = table_->Find(key);
  if (!row || row->destroyed) {
    cache_.erase(key);
    return std::nullopt;
  }
  if (cache_.size() >= kCachedKeysMax) cache_.clear();
  const Derived derived = DeriveFrom(row->secret_hex);
  sodium_memzero(row->secret_hex.data(), row->secret_hex.size());
  cache_.insert_or_assign(key, Cached{derived, now + kCachedKeyAge});
  return derived;
}

TableKeys::Derived TableKeys::DeriveFrom(std::string_view secret_hex) {
  SecretKey secret;
  std::size_t size = 0;
  const int code = sodium_hex2bin(secret.data(), SecretKey::kBytes, secret_hex.data(),
                                  secret_hex.size(), nullptr, &size, nullptr);
  if (code != 0 || size != SecretKey::kBytes) throw StoreError("a key in the key store is damaged");
  return {sealing::Derive(secret, sealing::kSealPurpose),
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
