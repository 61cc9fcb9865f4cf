/// Personal data (个人信息) in commands and events.
///
/// A PersonalText is clear in a command and inside a decision, and sealed from the moment it
/// enters the log: an event is stored with a sealed value under the data subject's key, whose
/// destruction erases the person and leaves every hash and proof intact.
/// Basis: 个人信息保护法 articles 6, 19, 47.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "domain/ids.hpp"

namespace docket {

/// Whose data a field holds.
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

/// By what a person can be found again exactly (识别信息).
enum class IdentifierKind : std::uint8_t {
  kIdNumber,  ///< 证件号码 or 统一社会信用代码.
  kNameAndPhone,
  kNameAndEmail,
  kNameAndAddress,
  kPhone,  ///< May be shared, like what follows: finds, and says nothing for sure.
  kEmail,
  kOrganisation,  ///< Name of a legal person.
};

/// One thing that identifies. `value` is normalised, see workflows/engine/identifiers.hpp.
struct Identifier {
  IdentifierKind kind = IdentifierKind::kIdNumber;
  std::string value;
  friend auto operator<=>(const Identifier&, const Identifier&) = default;
};

/// Whoever is identified so is the person whose texts are sealed under this key.
struct PersonMark {
  KeyId key;
  Identifier identifier;
};

/// The key was destroyed: nothing can be sealed under it again.
class KeyDestroyed : public std::runtime_error {
 public:
  KeyDestroyed() : std::runtime_error("the key of this data subject was destroyed") {}
};

/// The port behind which keys live, in a store of their own outside the log and its backups.
class SubjectKeys {
 public:
  virtual ~SubjectKeys() = default;
  /// Creates those of these keys that are absent, and keeps beside them by what their persons are
  /// found again; durably and together, before anything is sealed under them.
  virtual void Ensure(const std::vector<KeyId>& keys, const std::vector<PersonMark>& marks) = 0;
  /// Seals under the key, which is created durably if absent. `associated_data` binds the value
  /// to its event and field: moved elsewhere it does not open. Throws KeyDestroyed, as does
  /// Authenticate.
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
