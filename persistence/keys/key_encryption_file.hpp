/// Key-encryption keys that a file lists, one a line: the key itself as 64 hex digits, or the URI
/// of a key in a token (key_encryption_pkcs11.hpp). The first line wraps, the others only unwrap.
/// The file is read again when it has changed and when a secret names a KEK that is not known, so
/// that a KEK can be replaced while servers run, be it in a file or in a token.
///
/// Wrapped under 64 hex digits, version `w1`: the box is that of sealing.hpp over the 32 secret
/// bytes, under a key derived from the KEK, with the name of the subject's key as associated data.
/// Golden bytes in key_encryption_file_test.cpp.
#pragma once

#include "persistence/keys/key_encryption.hpp"

namespace docket {

constexpr std::size_t kKekLinesMax = 8;

/// Refused: `kek_file_unreadable`, `kek_file_exposed` when others than its owner may read it or it
/// belongs to another user, `kek_file_malformed`; and what OpenKeyEncryptionToken refuses.
Expected<std::shared_ptr<KeyEncryption>> OpenKeyEncryptionFile(std::string path);

}  // namespace docket
