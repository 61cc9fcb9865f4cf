#include "persistence/keys/table_keys.hpp"

#include <exception>
#include <utility>

#include <fmt/format.h>
#include <sodium.h>

#include "domain/ensure.hpp"

namespace docket {

namespace {

constexpr std::string_view kKeyStoreSetting = "key_store";

std::string NewSecret() {
  SecretKey secret;
  randombytes_buf(secret.data(), SecretKey::kBytes);
  std::string hex(SecretKey::kBytes * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), secret.data(), SecretKey::kBytes);
  hex.pop_back();
  return hex;
}

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
  table_->Destroy(key);
  const std::lock_guard guard(mutex_);
  ++destructions_;
  cache_.erase(key);
}

bool TableKeys::IsDestroyed(const KeyId& key) const {
  const auto row = table_->Find(key);
  return row && row->destroyed;
}

TableKeys::Derived TableKeys::Take(const KeyId& key) {
  ENSURE(!key.empty(), "a key has a name");
  std::unique_lock guard(mutex_);
  for (;;) {
    if (const auto* cached = FindCached(key)) {
      if (cached->derived) return *cached->derived;
      throw KeyDestroyed();
    }
    if (!wanted_.contains(key)) wanted_.emplace(key, NewSecret());
    if (making_) made_.wait(guard, [this] { return !making_; });
    else MakeWanted(guard);
  }
}

void TableKeys::MakeWanted(std::unique_lock<std::mutex>& guard) {
  auto wanted = std::exchange(wanted_, {});
  const auto destructions = destructions_;
  making_ = true;
  guard.unlock();
  std::map<KeyId, KeyTable::Row> rows;
  std::exception_ptr failure;
  try {
    rows = table_->Insert(wanted);
  } catch (...) {
    // The others find nothing made, and try for themselves.
    failure = std::current_exception();
  }
  for (auto& [key, secret] : wanted) sodium_memzero(secret.data(), secret.size());
  guard.lock();
  making_ = false;
  made_.notify_all();
  if (failure) std::rethrow_exception(failure);
  if (destructions == destructions_) {
    for (const auto& [key, row] : rows) Cache(key, row);
  }
}

std::optional<TableKeys::Derived> TableKeys::Find(const KeyId& key) const {
  std::unique_lock guard(mutex_);
  if (const auto* cached = FindCached(key)) return cached->derived;
  for (;;) {
    const auto destructions = destructions_;
    guard.unlock();
    const auto row = table_->Find(key);
    if (!row) return std::nullopt;
    guard.lock();
    if (destructions == destructions_) return Cache(key, *row).derived;
  }
}

const TableKeys::Cached* TableKeys::FindCached(const KeyId& key) const {
  const auto cached = cache_.find(key);
  if (cached == cache_.end()) return nullptr;
  return std::chrono::steady_clock::now() < cached->second.until ? &cached->second : nullptr;
}

const TableKeys::Cached& TableKeys::Cache(const KeyId& key, const KeyTable::Row& row) const {
  if (cache_.size() >= kCachedKeysMax) cache_.clear();
  Cached cached{.derived = std::nullopt, .until = std::chrono::steady_clock::now() + kCachedKeyAge};
  if (!row.destroyed) cached.derived = DeriveFrom(row.secret_hex);
  return cache_.insert_or_assign(key, std::move(cached)).first->second;
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
