/// Keys of data subjects in a SQLite file of their own.
///
/// Stored format of sealed values, version 1: box = base64(nonce ‖ XChaCha20-Poly1305 of the
/// clear text with the associated data), 24 random bytes of nonce. Golden bytes in
/// key_store_test.cpp. Sealing and authenticating use different keys, both derived from the
/// subject's, so that one key never serves two purposes.
#pragma once

#include <array>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "domain/event_log.hpp"
#include "domain/personal.hpp"
#include "persistence/sqlite/database.hpp"
#include "persistence/sqlite/store_url.hpp"
#include "persistence/store.hpp"

namespace docket {

/// The key was destroyed: nothing can be sealed under it again.
class KeyDestroyed : public StoreError {
 public:
  KeyDestroyed() : StoreError("the key of this data subject was destroyed") {}
};

/// 32 secret bytes, wiped from memory when they go.
class SecretKey {
 public:
  static constexpr std::size_t kBytes = 32;
  SecretKey() = default;
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey();
  unsigned char* data() { return bytes_.data(); }
  const unsigned char* data() const { return bytes_.data(); }

 private:
  std::array<unsigned char, kBytes> bytes_{};
};

/// Thread-safe: one connection behind a mutex, keys in use cached in memory. The file is readable
/// by its owner only.
class SqliteKeys : public KeyStore {
 public:
  explicit SqliteKeys(const SqlitePaths& paths);

  /// Throws KeyDestroyed under a destroyed key.
  SealedValue Seal(const KeyId& key, const std::string& associated_data,
                   const std::string& clear) override;
  std::optional<std::string> Open(const SealedValue& value,
                                  const std::string& associated_data) const override;
  /// Throws KeyDestroyed under a destroyed key.
  std::string Authenticate(const KeyId& key, const std::string& content) override;
  std::optional<std::string> Reauthenticate(const KeyId& key,
                                            const std::string& content) const override;

  /// In the file, the journal and the cache.
  void Destroy(const KeyId& key) override;
  bool IsDestroyed(const KeyId& key) const override;
  /// A random id, made with the file.
  const std::string& Id() const { return id_; }

 private:
  struct Derived {
    SecretKey seal;
    SecretKey authenticate;
  };
  /// Created durably where absent.
  Derived Take(const KeyId& key);
  std::optional<Derived> Find(const KeyId& key) const;
  /// Needs mutex_.
  std::optional<Derived> FindLocked(const KeyId& key) const;
  static Derived DeriveFrom(std::string_view secret_hex);

  mutable std::mutex mutex_;  ///< Guards everything below.
  mutable Database database_;
  mutable std::map<KeyId, Derived> cache_;
  std::string id_;
};
constexpr std::size_t kCachedKeysMax = 4096;

namespace sealing {

/// The two halves without the key store, for golden tests: the nonce is given.
std::string SealBox(const SecretKey& key, std::string_view nonce, std::string_view associated_data,
                    std::string_view clear);
std::optional<std::string> OpenBox(const SecretKey& key, std::string_view box,
                                   std::string_view associated_data);
/// The key that `secret` yields for one purpose.
SecretKey Derive(const SecretKey& secret, std::string_view purpose);
constexpr std::string_view kSealPurpose = "docket/seal/1";
constexpr std::string_view kAuthenticatePurpose = "docket/authenticate/1";

}  // namespace sealing

}  // namespace docket
