#include "persistence/documents/document_seal.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "domain/evidence/sha256.hpp"

namespace docket {

namespace {

std::string AssociatedData(const DocumentPart& part) {
  return fmt::format("docket/document/1\n{}\n{}\n{}", part.id, part.number,
                     part.last ? "last" : "more");
}

std::string AssociatedDataOfKey(const KeyId& under, const std::string& id) {
  return fmt::format("docket/document-key/1\n{}\n{}", under.value, id);
}

}  // namespace

std::string SealPart(const DocumentKey& key, std::string_view nonce, const DocumentPart& part,
                     std::string_view clear) {
  return sealing::SealBytes(key.cipher, key.key, nonce, AssociatedData(part), clear);
}

std::optional<std::string> OpenPart(const DocumentKey& key, const DocumentPart& part,
                                    std::string_view sealed) {
  return sealing::OpenBytes(key.cipher, key.key, sealed, AssociatedData(part));
}

KeyId KeyOfClaim(const std::string& id) { return KeyId("document/" + id); }

std::string SealDocumentKey(SubjectKeys& keys, const KeyId& under, const std::string& id,
                            const SecretKey& key) {
  const std::string_view secret(reinterpret_cast<const char*>(key.data()), SecretKey::kBytes);
  const SealedValue sealed = keys.Seal(under, AssociatedDataOfKey(under, id), HexOf(secret));
  return fmt::format("{}:{}", sealed.version, sealed.box);
}

std::optional<SecretKey> OpenDocumentKey(const SubjectKeys& keys, const KeyId& under,
                                         const std::string& id, const std::string& box) {
  const auto colon = box.find(':');
  std::int64_t version = 0;
  std::from_chars(box.data(), box.data() + std::min(colon, box.size()), version);
  if (colon == std::string::npos || version == 0) return std::nullopt;
  const SealedValue sealed{.version = version, .key = under, .box = box.substr(colon + 1)};
  const auto hex = keys.Open(sealed, AssociatedDataOfKey(under, id));
  if (!hex || hex->size() != 2 * SecretKey::kBytes) return std::nullopt;
  const std::string bytes = BytesOfHex(*hex);
  SecretKey key;
  std::copy(bytes.begin(), bytes.end(), key.data());
  return key;
}

}  // namespace docket
