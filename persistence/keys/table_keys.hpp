/// Keys of data subjects over a table of secrets: what every store does alike.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "persistence/keys/sealing.hpp"
#include "persistence/store.hpp"

namespace docket {

/// The key was destroyed: nothing can be sealed under it again.
class KeyDestroyed : public StoreError {
 public:
  KeyDestroyed() : StoreError("the key of this data subject was destroyed") {}
};

/// Where secrets are kept. Thread-safe. Failure: StoreError.
class KeyTable {
 public:
  struct Row {
    std::string secret_hex;  ///< 64 hex digits; empty once destroyed.
    bool destroyed = false;
  };
  virtual ~KeyTable() = default;
  virtual std::optional<Row> Find(const KeyId& key) const = 0;
  /// Inserts the given secrets where their names are not there yet, durably and all in one, and
  /// gives what is stored then. A name that another writes at the same moment may be missing.
  virtual std::map<KeyId, Row> Insert(const std::map<KeyId, std::string>& secrets) = 0;
  virtual void Destroy(const KeyId& key) = 0;
  /// A random id, made with the table.
  virtual std::string Id() const = 0;
};

/// Thread-safe; keys in use are cached in memory. A key that another process destroys may be used
/// here for kCachedKeyAge more: whoever destroys one in several processes waits as long.
class TableKeys : public KeyStore {
 public:
  explicit TableKeys(std::unique_ptr<KeyTable> table);

  /// Throws KeyDestroyed under a destroyed key.
  SealedValue Seal(const KeyId& key, const std::string& associated_data,
                   const std::string& clear) override;
  std::optional<std::string> Open(const SealedValue& value,
                                  const std::string& associated_data) const override;
  /// Throws KeyDestroyed under a destroyed key.
  std::string Authenticate(const KeyId& key, const std::string& content) override;
  std::optional<std::string> Reauthenticate(const KeyId& key,
                                            const std::string& content) const override;
  void Destroy(const KeyId& key) override;
  bool IsDestroyed(const KeyId& key) const override;
  const std::string& Id() const { return id_; }

 private:
  struct Derived {
    SecretKey seal;
    SecretKey authenticate;
  };
  struct Cached {
    std::optional<Derived> derived;  ///< Absent: destroyed.
    std::chrono::steady_clock::time_point until;
  };
  /// Created durably where absent. Keys that several threads need at once are made together.
  Derived Take(const KeyId& key);
  std::optional<Derived> Find(const KeyId& key) const;
  /// Makes all keys that are wanted by now. `guard` is released meanwhile.
  void MakeWanted(std::unique_lock<std::mutex>& guard);
  // These need mutex_.
  const Cached* FindCached(const KeyId& key) const;
  const Cached& Cache(const KeyId& key, const KeyTable::Row& row) const;

  static Derived DeriveFrom(std::string_view secret_hex);

  std::unique_ptr<KeyTable> table_;
  std::string id_;
  mutable std::mutex mutex_;  ///< Guards what follows; free while the table is asked.
  std::condition_variable made_;
  mutable std::map<KeyId, Cached> cache_;
  std::map<KeyId, std::string> wanted_;
  bool making_ = false;
  /// Grows with each key that is destroyed: what was read before must not be cached after.
  std::uint64_t destructions_ = 0;
};
constexpr std::size_t kCachedKeysMax = 4096;
constexpr std::chrono::seconds kCachedKeyAge{30};

/// Which key store belongs to which log: both hold the same random id. Without this a key store
/// that was forgotten when a log was moved or restored would silently begin anew, with every
/// personal text unreadable.
struct KeyBinding {
  bool needed = false;   ///< Somebody has acted in the log: every command leaves a digest.
  bool missing = false;  ///< There is no key store yet.
  std::string keys;      ///< Names of both, for messages.
  std::string log;
};
/// Call before a missing key store is created. Throws StoreError when it is needed.
void RefuseMissingKeys(const KeyBinding& binding, LostKeys lost);
/// Notes the key store's id in the log. Throws StoreError when it belongs to another log.
void BindKeyStore(const KeyBinding& binding, const std::string& key_store_id,
                  StoreSettings& settings);

}  // namespace docket
