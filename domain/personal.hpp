/// Personal data (个人信息) in commands and events.
///
/// A PersonalText is clear in a command and inside a decision, and sealed from the moment it
/// enters the log: an event is stored with a sealed value under the data subject's key, whose
/// destruction erases the person and leaves every hash and proof intact.
/// Basis: 个人信息保护法 articles 6, 19, 47.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/ids.hpp"

namespace docket {

/// Whose data a field holds. One key a subject and case.
enum class Subject : std::uint8_t {
  kNone,
  kComplainant,  ///< 投诉人
  kRespondent,   ///< 被投诉人
  kParties,      ///< Free text that may name anybody in the case (案件当事人).
  kHolder,       ///< Account holder (账号持有人).
};

/// Stored format, version 1: XChaCha20-Poly1305, associated data = event id and field pointer.
/// A change of algorithm is a new version; old values stay readable.
struct SealedValue {
  std::int64_t version = 1;
  KeyId key;
  std::string box;  ///< Base64 of nonce and ciphertext.
  friend bool operator==(const SealedValue&, const SealedValue&) = default;
};

/// Text about a person: clear, sealed, or erased (sealed under a key that no longer exists).
struct PersonalText {
  std::string text;
  std::optional<SealedValue> sealed;

  PersonalText() = default;
  explicit PersonalText(std::string clear) : text(std::move(clear)) {}
  bool IsSealed() const { return sealed.has_value(); }
  friend bool operator==(const PersonalText&, const PersonalText&) = default;
};

/// The port behind which keys live, in a store of their own outside the log and its backups.
class SubjectKeys {
 public:
  virtual ~SubjectKeys() = default;
  /// Creates those of these keys that are absent, durably and together: a hint that they are
  /// needed next.
  virtual void Ensure(const std::vector<KeyId>& keys) = 0;
  /// Seals under the key, which is created durably if absent. `associated_data` binds the value
  /// to its event and field: moved elsewhere it does not open.
  virtual SealedValue Seal(const KeyId& key, const std::string& associated_data,
                           const std::string& clear) = 0;
  /// The clear text; nullopt when the key is gone or the value was tampered with.
  virtual std::optional<std::string> Open(const SealedValue& value,
                                          const std::string& associated_data) const = 0;
  /// A keyed digest of `content` (HMAC-SHA-256, hex) under `key`, which is created if absent.
  virtual std::string Authenticate(const KeyId& key, const std::string& content) = 0;
  /// The digest again; nullopt when the key is gone.
  virtual std::optional<std::string> Reauthenticate(const KeyId& key,
                                                    const std::string& content) const = 0;
};

}  // namespace docket
