/// The key-encryption key (KEK, 密钥加密密钥): under it the keys of data subjects are kept, so that
/// whoever has the key store, or a backup of it, and not the KEK reads no personal text.
///
/// Stored format of a wrapped secret: `<version>:<id of the KEK>:<base64>`, version `w1` for a KEK
/// in a file (key_encryption_file.hpp), `p1` for one in a token (key_encryption_pkcs11.hpp).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "domain/ids.hpp"
#include "domain/rejection.hpp"

namespace docket {

/// A short name of a KEK that says nothing about its bytes.
using KekId = std::string;

/// Under which KEK a stored secret is wrapped; nullopt: it is not.
std::optional<KekId> WrappedUnder(std::string_view secret);

/// One KEK that wraps, and perhaps others that only unwrap. Thread-safe. Throws StoreError when a
/// token does not answer.
class KeyEncryption {
 public:
  virtual ~KeyEncryption() = default;
  /// `file:PATH` or `pkcs11:…`. Refused: `kek_spec_invalid` for another, and what the two refuse.
  static Expected<std::shared_ptr<KeyEncryption>> Open(std::string_view spec);

  /// Of the KEK that wraps now.
  virtual KekId CurrentId() = 0;
  virtual bool Knows(const KekId& id) = 0;
  /// As it is stored: 64 hex digits in, a wrapped secret out.
  virtual std::string Wrap(const KeyId& key, std::string_view secret_hex) = 0;
  /// The 64 hex digits. Throws StoreError when no KEK that is known opens it.
  virtual std::string Unwrap(const KeyId& key, std::string_view wrapped) = 0;
};

}  // namespace docket
