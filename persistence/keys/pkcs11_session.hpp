/// A session with a token, logged in, with the key that a URI names.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "persistence/keys/pkcs11_module.hpp"
#include "persistence/keys/pkcs11_uri.hpp"
#include "persistence/keys/sealing.hpp"

namespace docket {

/// For one thread at a time.
class Pkcs11Session {
 public:
  /// Refused: `kek_module_unusable`; `kek_not_found` for a token or key that is not there and
  /// `kek_ambiguous` for one that is there twice; `kek_pin_unreadable`, `kek_pin_exposed`;
  /// `kek_pin_wrong`, after which the PIN is not tried again in this process until its file has
  /// changed, because tokens lock; `kek_mechanism_missing` for a token without AES-GCM;
  /// `kek_unsuitable` for a key that is not of AES-256, does not encrypt and decrypt, or may leave
  /// the token; `kek_token_failed` with the token's own code for anything else.
  static Expected<std::unique_ptr<Pkcs11Session>> Open(const Pkcs11Uri& uri);
  Pkcs11Session(const Pkcs11Session&) = delete;
  Pkcs11Session& operator=(const Pkcs11Session&) = delete;
  ~Pkcs11Session();

  /// The key's CKA_ID, which may be empty.
  const std::string& KeyIdentifier() const { return identifier_; }

  /// AES-256-GCM in the token: 12 bytes of initialisation vector, ciphertext, 16 bytes of tag. An
  /// error is the token's code.
  tl::expected<std::string, CK_RV> Seal(std::string_view associated_data, const SecretKey& secret);
  tl::expected<SecretKey, CK_RV> Unseal(std::string_view associated_data, std::string_view sealed);

 private:
  explicit Pkcs11Session(std::unique_ptr<Pkcs11Module> module) : module_(std::move(module)) {}

  Expected<CK_SLOT_ID> FindSlot(const std::string& label) const;
  Expected<void> LogIn(const Pkcs11Uri& uri);
  Expected<void> FindKey(const std::string& label);
  Expected<void> CheckKey();

  std::unique_ptr<Pkcs11Module> module_;
  CK_SESSION_HANDLE session_ = CK_INVALID_HANDLE;
  CK_OBJECT_HANDLE key_ = CK_INVALID_HANDLE;
  std::string identifier_;
};

}  // namespace docket
