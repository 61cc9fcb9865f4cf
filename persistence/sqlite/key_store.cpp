#include "persistence/sqlite/key_store.hpp"

#include <cerrno>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/ensure.hpp"
#include "persistence/ids/random_uuid.hpp"
#include "persistence/sqlite/migrations.hpp"
#include "persistence/sqlite/sqlite_store.hpp"

namespace docket {

namespace {

constexpr const char* kSelectKey =
    "SELECT secret, destroyed_at IS NOT NULL FROM keys WHERE key = ?";
constexpr const char* kInsertKey = "INSERT INTO keys (key, secret) VALUES (?, ?)";
constexpr const char* kInsertAbsent =
    "INSERT INTO keys (key, secret) VALUES (?, NULL) ON CONFLICT (key) DO NOTHING";
// Overwritten in place first, then let go: the same number of bytes in the same cell.
constexpr const char* kOverwriteKey =
    "UPDATE keys SET secret = '0000000000000000000000000000000000000000000000000000000000000000'"
    " WHERE key = ? AND secret IS NOT NULL AND destroyed_at IS NULL";
constexpr const char* kDestroyKey =
    "UPDATE keys SET secret = NULL, destroyed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
    " WHERE key = ? AND destroyed_at IS NULL";
constexpr const char* kInsertId =
    "INSERT INTO settings (name, value) VALUES ('id', ?) ON CONFLICT (name) DO NOTHING";
constexpr const char* kSelectId = "SELECT value FROM settings WHERE name = 'id'";
constexpr const char* kTruncateJournal = "PRAGMA wal_checkpoint(TRUNCATE)";

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string ToHex(const unsigned char* bytes, std::size_t size) {
  std::string hex(size * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes, size);
  hex.pop_back();
  return hex;
}

/// The file with its rights, before SQLite gives it the process's default ones.
std::string CreatePrivately(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  const bool made = file >= 0 && fchmod(file, 0600) == 0;
  const int reason = errno;
  if (file >= 0) close(file);
  if (!made) throw StoreError(fmt::format("cannot open {}: {}", path, std::strerror(reason)));
  return path;
}

std::string AuthenticateWith(const SecretKey& key, std::string_view content) {
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
  crypto_auth_hmacsha256(mac.data(), Bytes(content), content.size(), key.data());
  return ToHex(mac.data(), mac.size());
}

}  // namespace

SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

SqliteKeys::SqliteKeys(const SqlitePaths& paths)
    : database_(CreatePrivately(paths.keys), DatabaseOptions{.secure_delete = true}) {
  ENSURE(sodium_init() >= 0, "libsodium starts");
  Migrate(database_, MigrationsOf("keys"));
  database_.Prepare(kInsertId).Bind(RandomUuid()).Run();
  auto query = database_.Prepare(kSelectId);
  ENSURE(query.Step(), "the key store has an id");
  id_ = query.Text(0);
}

SealedValue SqliteKeys::Seal(const KeyId& key, const std::string& associated_data,
                             const std::string& clear) {
  const Derived derived = Take(key);
  std::string nonce(kNonceBytes, '\0');
  randombytes_buf(nonce.data(), nonce.size());
  return {.version = 1,
          .key = key,
          .box = sealing::SealBox(derived.seal, nonce, associated_data, clear)};
}

std::optional<std::string> SqliteKeys::Open(const SealedValue& value,
                                            const std::string& associated_data) const {
  if (value.version != 1) return std::nullopt;
  const auto derived = Find(value.key);
  return derived ? sealing::OpenBox(derived->seal, value.box, associated_data) : std::nullopt;
}

std::string SqliteKeys::Authenticate(const KeyId& key, const std::string& content) {
  return AuthenticateWith(Take(key).authenticate, content);
}

std::optional<std::string> SqliteKeys::Reauthenticate(const KeyId& key,
                                                      const std::string& content) const {
  const auto derived = Find(key);
  if (!derived) return std::nullopt;
  return AuthenticateWith(derived->authenticate, content);
}

void SqliteKeys::Destroy(const KeyId& key) {
  const std::lock_guard guard(mutex_);
  cache_.erase(key);
  {
    Transaction transaction(database_);
    database_.Prepare(kInsertAbsent).Bind(key.value).Run();
    database_.Prepare(kOverwriteKey).Bind(key.value).Run();
    transaction.Commit();
  }
  database_.Prepare(kDestroyKey).Bind(key.value).Run();
  // The journal still holds the page as it was; this empties it.
  auto truncate = database_.Prepare(kTruncateJournal);
  if (!truncate.Step() || truncate.Integer(0) != 0) {
    throw StoreError(
        "the key was destroyed, but somebody reading the key store kept its journal; "
        "destroy it again");
  }
}

bool SqliteKeys::IsDestroyed(const KeyId& key) const {
  const std::lock_guard guard(mutex_);
  auto query = database_.Prepare(kSelectKey);
  query.Bind(key.value);
  return query.Step() && query.Integer(1) != 0;
}

SqliteKeys::Derived SqliteKeys::Take(const KeyId& key) {
  ENSURE(!key.empty(), "a key has a name");
  const std::lock_guard guard(mutex_);
  if (const auto found = FindLocked(key)) return *found;
  SecretKey secret;
  randombytes_buf(secret.data(), SecretKey::kBytes);
  std::string hex = ToHex(secret.data(), SecretKey::kBytes);
  try {
    // Durable before anything is sealed under it.
    database_.Prepare(kInsertKey).Bind(key.value, hex).Run();
  } catch (const ConstraintError&) {
    throw KeyDestroyed();
  }
  Derived derived = DeriveFrom(hex);
  sodium_memzero(hex.data(), hex.size());
  cache_.emplace(key, derived);
  return derived;
}

std::optional<SqliteKeys::Derived> SqliteKeys::Find(const KeyId& key) const {
  const std::lock_guard guard(mutex_);
  return FindLocked(key);
}

std::optional<SqliteKeys::Derived> SqliteKeys::FindLocked(const KeyId& key) const {
  const auto cached = cache_.find(key);
  if (cached != cache_.end()) return cached->second;
  auto query = database_.Prepare(kSelectKey);
  query.Bind(key.value);
  if (!query.Step() || query.IsNull(0)) return std::nullopt;
  if (cache_.size() >= kCachedKeysMax) cache_.clear();
  return cache_.emplace(key, DeriveFrom(query.View(0))).first->second;
}

SqliteKeys::Derived SqliteKeys::DeriveFrom(std::string_view secret_hex) {
  SecretKey secret;
  std::size_t size = 0;
  const int code = sodium_hex2bin(secret.data(), SecretKey::kBytes, secret_hex.data(),
                                  secret_hex.size(), nullptr, &size, nullptr);
  if (code != 0 || size != SecretKey::kBytes) throw StoreError("a key in the key store is damaged");
  return {sealing::Derive(secret, sealing::kSealPurpose),
          sealing::Derive(secret, sealing::kAuthenticatePurpose)};
}

namespace sealing {

std::string SealBox(const SecretKey& key, std::string_view nonce, std::string_view associated_data,
                    std::string_view clear) {
  ENSURE(nonce.size() == kNonceBytes, "a nonce has {} bytes", kNonceBytes);
  std::string bytes(nonce);
  bytes.resize(kNonceBytes + clear.size() + kTagBytes);
  auto* sealed = reinterpret_cast<unsigned char*>(bytes.data()) + kNonceBytes;
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed, nullptr, Bytes(clear), clear.size(),
                                             Bytes(associated_data), associated_data.size(),
                                             nullptr, Bytes(nonce), key.data());
  std::string box(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(box.data(), box.size(), Bytes(bytes), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  box.pop_back();
  return box;
}

std::optional<std::string> OpenBox(const SecretKey& key, std::string_view box,
                                   std::string_view associated_data) {
  std::vector<unsigned char> bytes(box.size());
  std::size_t size = 0;
  const int code = sodium_base642bin(bytes.data(), bytes.size(), box.data(), box.size(), nullptr,
                                     &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
  if (code != 0 || size < kNonceBytes + kTagBytes) return std::nullopt;
  std::string clear(size - kNonceBytes - kTagBytes, '\0');
  const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<unsigned char*>(clear.data()), nullptr, nullptr, bytes.data() + kNonceBytes,
      size - kNonceBytes, Bytes(associated_data), associated_data.size(), bytes.data(), key.data());
  if (opened != 0) return std::nullopt;
  return clear;
}

SecretKey Derive(const SecretKey& secret, std::string_view purpose) {
  SecretKey derived;
  const int code = crypto_generichash(derived.data(), SecretKey::kBytes, Bytes(purpose),
                                      purpose.size(), secret.data(), SecretKey::kBytes);
  ENSURE(code == 0, "a key can be derived");
  return derived;
}

}  // namespace sealing

}  // namespace docket
