#include "persistence/keys/key_encryption.hpp"

#include "persistence/keys/key_encryption_file.hpp"
#include "persistence/keys/key_encryption_pkcs11.hpp"
#include "persistence/keys/pkcs11_uri.hpp"
#include "persistence/keys/wrapping.hpp"
#include "persistence/sodium.hpp"

namespace docket {

namespace {

constexpr Refusal kSpecInvalid{
    "kek_spec_invalid", "密钥加密密钥应为 file:路径 或 pkcs11:token=…;object=…",
    "the key-encryption key is given as file:PATH or pkcs11:token=…;object=…"};

}  // namespace

std::optional<KekId> WrappedUnder(std::string_view secret) {
  const auto wrapped = wrapping::Parse(secret);
  return wrapped ? std::optional<KekId>(wrapped->kek) : std::nullopt;
}

Expected<std::shared_ptr<KeyEncryption>> KeyEncryption::Open(std::string_view spec) {
  StartSodium();
  constexpr std::string_view kFile = "file:";
  if (spec.starts_with(kFile) && spec.size() > kFile.size()) {
    return OpenKeyEncryptionFile(std::string(spec.substr(kFile.size())));
  }
  if (spec.starts_with(kPkcs11Scheme)) return OpenKeyEncryptionToken(spec);
  return Refuse(RejectionKind::kInvalid, kSpecInvalid);
}

}  // namespace docket
