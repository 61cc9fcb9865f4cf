#include "persistence/keys/key_encryption_file.hpp"

#include <chrono>
#include <mutex>

#include <fmt/format.h>
#include <sodium.h>

#include "domain/ensure.hpp"
#include "domain/event_log.hpp"
#include "persistence/keys/key_encryption_pkcs11.hpp"
#include "persistence/keys/pkcs11_uri.hpp"
#include "persistence/keys/wrapping.hpp"
#include "persistence/secret_file.hpp"

namespace docket {

namespace {

constexpr std::string_view kWrapPurpose = "docket/wrap/1";
constexpr std::string_view kIdPurpose = "docket/kek-id/1";
constexpr SealCipher kWrapCipher = SealCipher::kXChaCha20Poly1305;
/// A KEK that was put first is used for new keys after so long.
constexpr std::chrono::seconds kLookEvery{1};

constexpr Refusal kUnreadable{"kek_file_unreadable", "无法读取密钥加密密钥文件",
                              "the file of the key-encryption key cannot be read"};
constexpr Refusal kExposed{"kek_file_exposed",
                           "密钥加密密钥文件须归本用户所有且他人不可读（权限 600 或 400）",
                           "the file of the key-encryption key must belong to this user and be "
                           "readable by nobody else (mode 600 or 400)"};
constexpr Refusal kMalformed{
    "kek_file_malformed", "密钥加密密钥文件应为一至八行，每行 64 位十六进制数或 pkcs11: 开头的地址",
    "the file of the key-encryption key holds one to eight lines of 64 hex digits or of a URI "
    "pkcs11:…"};

/// A KEK whose bytes are in this process.
class KnownKek : public KeyEncryption {
 public:
  explicit KnownKek(const SecretKey& secret)
      : id_(wrapping::HexOf(sealing::Derive(secret, kIdPurpose)).substr(0, wrapping::kKekIdDigits)),
        wrap_(sealing::Derive(secret, kWrapPurpose)) {}

  KekId CurrentId() override { return id_; }
  bool Knows(const KekId& id) override { return id == id_; }

  std::string Wrap(const KeyId& key, std::string_view secret_hex) override {
    const auto secret = wrapping::SecretOf(secret_hex);
    ENSURE(secret.has_value(), "a secret has {} hex digits", wrapping::kSecretDigits);
    const std::string_view bytes(reinterpret_cast<const char*>(secret->data()), SecretKey::kBytes);
    const std::string box =
        sealing::SealBox(kWrapCipher, wrap_, sealing::NewNonce(kWrapCipher), key.value, bytes);
    return wrapping::Format({wrapping::kByFile, id_, box});
  }

  std::string Unwrap(const KeyId& key, std::string_view stored) override {
    const auto wrapped = wrapping::Parse(stored);
    ENSURE(wrapped.has_value(), "only what is wrapped is unwrapped");
    auto bytes = wrapped->version == wrapping::kByFile
                     ? sealing::OpenBox(kWrapCipher, wrap_, wrapped->box, key.value)
                     : std::nullopt;
    if (!bytes || bytes->size() != SecretKey::kBytes) {
      throw StoreError("a key of the key store is damaged: it does not unwrap");
    }
    SecretKey secret;
    std::copy(bytes->begin(), bytes->end(), secret.data());
    sodium_memzero(bytes->data(), bytes->size());
    return wrapping::HexOf(secret);
  }

 private:
  const KekId id_;
  const SecretKey wrap_;
};

class KeyEncryptionFile : public KeyEncryption {
 public:
  explicit KeyEncryptionFile(std::string path) : path_(std::move(path)) {}

  Expected<void> Load() {
    const std::lock_guard guard(mutex_);
    return Reload();
  }

  KekId CurrentId() override { return Current()->CurrentId(); }
  bool Knows(const KekId& id) override { return Find(id) != nullptr; }
  std::string Wrap(const KeyId& key, std::string_view secret_hex) override {
    return Current()->Wrap(key, secret_hex);
  }
  std::string Unwrap(const KeyId& key, std::string_view wrapped) override;

 private:
  using Kek = std::shared_ptr<KeyEncryption>;

  Kek Current() {
    const std::lock_guard guard(mutex_);
    RefreshIfOld();
    return keks_.front();
  }
  /// nullptr: the file does not list it.
  Kek Find(const KekId& id);

  // What follows is called under mutex_.
  /// Keeps what it has when the file is not what it should be.
  void RefreshIfOld();
  Expected<void> Reload();
  Kek Listed(const KekId& id) const;

  const std::string path_;
  std::mutex mutex_;  ///< Guards what follows.
  std::vector<Kek> keks_;
  SecretFile::Stamp stamp_;
  std::chrono::steady_clock::time_point looked_{};
};

Expected<std::shared_ptr<KeyEncryption>> KekOfLine(std::string_view line) {
  if (line.starts_with(kPkcs11Scheme)) return OpenKeyEncryptionToken(line);
  const auto secret = wrapping::SecretOf(line);
  if (!secret) return Refuse(RejectionKind::kInvalid, kMalformed);
  return std::make_shared<KnownKek>(*secret);
}

Expected<void> KeyEncryptionFile::Reload() {
  const auto file = SecretFile::Open(path_);
  if (!file) {
    const bool is_exposed = file.error() == SecretFile::Fault::kExposed;
    return Refuse(RejectionKind::kInvalid, is_exposed ? kExposed : kUnreadable);
  }
  // A byte more than it may have.
  SecretText text(kKekLinesMax * (kPkcs11UriBytesMax + 1) + 1);
  if (!text.Read(*file)) return Refuse(RejectionKind::kInvalid, kUnreadable);
  std::vector<Kek> keks;
  std::string_view rest = text.All();
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size());
    if (keks.size() == kKekLinesMax) return Refuse(RejectionKind::kInvalid, kMalformed);
    auto kek = KekOfLine(rest.substr(0, end));
    if (!kek) return tl::unexpected(kek.error());
    keks.push_back(std::move(*kek));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (keks.empty()) return Refuse(RejectionKind::kInvalid, kMalformed);
  keks_ = std::move(keks);
  stamp_ = SecretFile::StampOf(file->Status());
  return {};
}

void KeyEncryptionFile::RefreshIfOld() {
  const auto now = std::chrono::steady_clock::now();
  if (now - looked_ < kLookEvery) return;
  looked_ = now;
  struct stat status {};
  if (stat(path_.c_str(), &status) != 0) return;
  // A file that is being written, or has lost its rights, is looked at again; and so is a token
  // that does not answer yet.
  if (SecretFile::StampOf(status) != stamp_) static_cast<void>(Reload());
}

KeyEncryptionFile::Kek KeyEncryptionFile::Listed(const KekId& id) const {
  const auto found =
      std::find_if(keks_.begin(), keks_.end(), [&](const Kek& kek) { return kek->Knows(id); });
  return found == keks_.end() ? nullptr : *found;
}

KeyEncryptionFile::Kek KeyEncryptionFile::Find(const KekId& id) {
  const std::lock_guard guard(mutex_);
  if (auto listed = Listed(id)) return listed;
  looked_ = {};
  RefreshIfOld();
  return Listed(id);
}

std::string KeyEncryptionFile::Unwrap(const KeyId& key, std::string_view wrapped) {
  const auto id = WrappedUnder(wrapped);
  ENSURE(id.has_value(), "only what is wrapped is unwrapped");
  const Kek kek = Find(*id);
  if (kek == nullptr) {
    throw StoreError(fmt::format(
        "a key of the key store is wrapped under the key-encryption key {}, which is not in its "
        "file: add it as a further line",
        *id));
  }
  return kek->Unwrap(key, wrapped);
}

}  // namespace

Expected<std::shared_ptr<KeyEncryption>> OpenKeyEncryptionFile(std::string path) {
  auto keks = std::make_shared<KeyEncryptionFile>(std::move(path));
  if (auto loaded = keks->Load(); !loaded) return tl::unexpected(loaded.error());
  return keks;
}

}  // namespace docket
