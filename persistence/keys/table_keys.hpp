/// Keys of data subjects over a table of secrets: what every store does alike.
#pragma once

#include <chrono>
#include <condition_variable>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "persistence/counts.hpp"
#include "persistence/keys/key_encryption.hpp"
#include "persistence/keys/key_table.hpp"
#include "persistence/keys/sealing.hpp"

namespace docket {

/// Thread-safe; keys in use are cached in memory. A key that another process destroys may be used
/// here for kCachedKeyAge more: whoever destroys one in several processes waits as long.
class TableKeys : public KeyStore {
 public:
  /// `keks`: under which secrets are kept; null: kept as they are. Throws StoreError when the
  /// table needs another, or a cipher that this program does not know.
  explicit TableKeys(std::unique_ptr<KeyTable> table, std::shared_ptr<KeyEncryption> keks = {});

  void Ensure(const std::vector<KeyId>& keys, const std::vector<PersonMark>& marks) override;

  SealedValue Seal(const KeyId& key, const std::string& associated_data,
                   const std::string& clear) override;
  std::optional<std::string> Open(const SealedValue& value,
                                  const std::string& associated_data) const override;
  std::string Authenticate(const KeyId& key, const std::string& content) override;
  std::optional<std::string> Reauthenticate(const KeyId& key,
                                            const std::string& content) const override;
  void Destroy(const KeyId& key) override;
  bool IsDestroyed(const KeyId& key) const override;
  void Scrub() override;
  std::chrono::milliseconds ForgottenAfter() const override;
  std::vector<FoundPerson> FindPersons(const std::vector<Identifier>& identifiers) override;
  std::uint64_t Failures() const override { return failures_.Value(); }
  SealCipher Cipher() const override { return cipher_; }
  const std::string& Id() const { return id_; }

 private:
  struct Derived {
    SecretKey xchacha;
    SecretKey sm4;
    SecretKey authenticate;
    const SecretKey& For(SealCipher cipher) const {
      return cipher == SealCipher::kSm4Gcm ? sm4 : xchacha;
    }
  };
  struct Cached {
    Derived derived;
    std::chrono::steady_clock::time_point until;
  };
  /// Keys that are being made in one transaction; whoever comes while one runs joins the next.
  struct Making {
    std::set<KeyId> keys;
    std::set<KeyTable::IndexRow> rows;
    bool done = false;
    std::exception_ptr failure;
  };

  /// Created durably where absent.
  Derived Take(const KeyId& key);
  /// nullopt: absent or destroyed.
  std::optional<Derived> Find(const KeyId& key) const;
  std::optional<Derived> FindCached(const KeyId& key) const;
  void Make(const Making& batch);
  /// Under the index's own key.
  std::string DigestOf(const Identifier& identifier);
  std::uint64_t Destroyed() const;
  /// Caches a key that was read or made when `before` keys had been destroyed.
  void Remember(const KeyId& key, const Derived& derived, std::uint64_t before) const;
  /// From a secret as it is stored.
  Derived DeriveFrom(const KeyId& key, const std::string& stored) const;

  /// What `work` gives; a failure is counted.
  template <class Work>
  auto OnTable(const Work& work) const {
    try {
      return work();
    } catch (const StoreError&) {
      failures_.Add();
      throw;
    }
  }

  std::unique_ptr<KeyTable> table_;
  std::shared_ptr<KeyEncryption> keks_;
  mutable Tally failures_;
  std::string id_;
  SealCipher cipher_;
  mutable std::mutex mutex_;  ///< Guards what follows.
  mutable std::map<KeyId, Cached> cache_;
  std::uint64_t destroyed_ = 0;  ///< By this process: keeps a key from being cached as it dies.
  std::mutex making_mutex_;      ///< Guards what follows.
  std::condition_variable made_;
  std::shared_ptr<Making> next_ = std::make_shared<Making>();
  bool is_making_ = false;
};
/// Setting of the key store: with what every process that opens it seals; absent: the first.
inline constexpr std::string_view kCipherSetting = "cipher";
constexpr std::size_t kCachedKeysMax = 16'384;
constexpr std::chrono::seconds kCachedKeyAge{5};

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
