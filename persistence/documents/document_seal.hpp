/// How a document's bytes are sealed: in parts, under a key of its own, which is itself kept
/// sealed, for its owner and for each case that names it. Stored format, version 1: a part is nonce
/// ‖ ciphertext ‖ tag of at most kDocumentPartBytes, by the document's cipher; associated data
/// `docket/document/1`, id, number and `more` or `last`, each on its line, so that parts cannot be
/// left out, exchanged or cut off. Golden bytes in document_seal_test.cpp.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/personal.hpp"
#include "persistence/keys/sealing.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket {

constexpr std::size_t kDocumentPartBytes = 256 * 1024;

/// Which part of which document.
struct DocumentPart {
  std::string_view id;
  std::int64_t number = 0;
  bool last = false;
};
/// The key of one document, and with what its parts are sealed.
struct DocumentKey {
  SealCipher cipher = SealCipher::kXChaCha20Poly1305;
  SecretKey key;
};
/// `nonce`: of sealing::NewNonce.
std::string SealPart(const DocumentKey& key, std::string_view nonce, const DocumentPart& part,
                     std::string_view clear);
/// nullopt: it is not that part, or not as it was.
std::optional<std::string> OpenPart(const DocumentKey& key, const DocumentPart& part,
                                    std::string_view sealed);

/// `document/<id>`: under which its owner's claim keeps the document's key.
KeyId KeyOfClaim(const std::string& id);
/// The document's key sealed under another: the version of the sealed value, a colon and its box.
/// Throws KeyDestroyed.
std::string SealDocumentKey(SubjectKeys& keys, const KeyId& under, const std::string& id,
                            const SecretKey& key);
/// nullopt: `under` is gone, or the box is another's.
std::optional<SecretKey> OpenDocumentKey(const SubjectKeys& keys, const KeyId& under,
                                         const std::string& id, const std::string& box);

}  // namespace docket
