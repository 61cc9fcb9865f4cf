/// A key-encryption key that stays in a token (PKCS#11: a smart card, a hardware security module):
/// secrets are wrapped and unwrapped inside it.
///
/// Wrapped under it, version `p1`: 12 bytes of initialisation vector, 32 of ciphertext and 16 of
/// tag, by AES-256-GCM over the 32 secret bytes, with the name of the subject's key as associated
/// data. The KEK's id is SHA-256 over the token's label, the key's and its CKA_ID: a replacement of
/// the token with the same labels, restored from its maker's backup, is the same KEK.
#pragma once

#include "persistence/keys/key_encryption.hpp"

namespace docket {

/// `uri` as in pkcs11_uri.hpp. Refused: `kek_uri_invalid`, and what Pkcs11Session::Open refuses.
/// Where a session is lost later, it is opened anew once for each use; then StoreError.
Expected<std::shared_ptr<KeyEncryption>> OpenKeyEncryptionToken(std::string_view uri);

}  // namespace docket
