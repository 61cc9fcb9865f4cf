#include "persistence/keys/key_encryption.hpp"

#include <array>
#include <cerrno>

#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/ensure.hpp"
#include "domain/event_log.hpp"
#include "persistence/secret_file.hpp"
#include "persistence/sodium.hpp"

namespace docket {

namespace {

constexpr std::string_view kScheme = "file:";
constexpr std::string_view kWrapped = "w1:";
constexpr std::string_view kWrapPurpose = "docket/wrap/1";
constexpr std::string_view kIdPurpose = "docket/kek-id/1";
constexpr SealCipher kWrapCipher = SealCipher::kXChaCha20Poly1305;
constexpr std::size_t kIdDigits = 16;
constexpr std::size_t kLineBytes = SecretKey::kBytes * 2;
/// A KEK that was put first is used for new keys after so long.
constexpr std::chrono::seconds kLookEvery{1};

constexpr Refusal kSpecInvalid{"kek_spec_invalid", "密钥加密密钥应为 file:路径",
                               "the key-encryption key is given as file:PATH"};
constexpr Refusal kUnreadable{"kek_file_unreadable", "无法读取密钥加密密钥文件",
                              "the file of the key-encryption key cannot be read"};
constexpr Refusal kExposed{"kek_file_exposed",
                           "密钥加密密钥文件须归本用户所有且他人不可读（权限 600 或 400）",
                           "the file of the key-encryption key must belong to this user and be "
                           "readable by nobody else (mode 600 or 400)"};
constexpr Refusal kMalformed{"kek_file_malformed",
                             "密钥加密密钥文件应为一至八行，每行 64 位十六进制数",
                             "the file of the key-encryption key holds one to eight lines of 64 "
                             "hex digits"};

std::string HexOf(const SecretKey& key) {
  std::string hex(SecretKey::kBytes * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), key.data(), SecretKey::kBytes);
  hex.pop_back();
  return hex;
}

std::optional<SecretKey> KeyOf(std::string_view hex) {
  SecretKey key;
  std::size_t size = 0;
  const int code = sodium_hex2bin(key.data(), SecretKey::kBytes, hex.data(), hex.size(), nullptr,
                                  &size, nullptr);
  if (code != 0 || size != SecretKey::kBytes || hex.size() != kLineBytes) return std::nullopt;
  return key;
}

/// Wiped when it goes.
struct SecretText {
  ~SecretText() { sodium_memzero(bytes.data(), bytes.size()); }
  std::array<char, (kLineBytes + 2) * (KeyEncryption::kKeysMax + 1)> bytes{};
  std::size_t size = 0;
};

bool ReadAll(int file, SecretText& text) {
  while (text.size < text.bytes.size()) {
    const auto got = read(file, text.bytes.data() + text.size, text.bytes.size() - text.size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) return true;
    text.size += static_cast<std::size_t>(got);
  }
  return true;
}

}  // namespace

std::optional<KekId> WrappedUnder(std::string_view secret) {
  if (!secret.starts_with(kWrapped)) return std::nullopt;
  const auto end = secret.find(':', kWrapped.size());
  return KekId(secret.substr(kWrapped.size(), end - kWrapped.size()));
}

Expected<std::shared_ptr<KeyEncryption>> KeyEncryption::Open(std::string_view spec) {
  StartSodium();
  if (!spec.starts_with(kScheme) || spec.size() == kScheme.size()) {
    return Refuse(RejectionKind::kInvalid, kSpecInvalid);
  }
  std::shared_ptr<KeyEncryption> keks(new KeyEncryption(std::string(spec.substr(kScheme.size()))));
  const std::lock_guard guard(keks->mutex_);
  if (auto loaded = keks->Load(); !loaded) return tl::unexpected(loaded.error());
  return keks;
}

Expected<void> KeyEncryption::Load() {
  const auto file = SecretFile::Open(path_);
  if (!file) {
    const bool is_exposed = file.error() == SecretFile::Fault::kExposed;
    return Refuse(RejectionKind::kInvalid, is_exposed ? kExposed : kUnreadable);
  }
  const struct stat& status = file->Status();
  SecretText text;
  if (!ReadAll(file->Number(), text)) return Refuse(RejectionKind::kInvalid, kUnreadable);
  std::vector<Kek> keks;
  std::string_view rest(text.bytes.data(), text.size);
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const auto secret = KeyOf(rest.substr(0, end));
    if (!secret || keks.size() == kKeysMax) return Refuse(RejectionKind::kInvalid, kMalformed);
    keks.push_back({HexOf(sealing::Derive(*secret, kIdPurpose)).substr(0, kIdDigits),
                    sealing::Derive(*secret, kWrapPurpose)});
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (keks.empty()) return Refuse(RejectionKind::kInvalid, kMalformed);
  keks_ = std::move(keks);
  constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
  stamp_ = {static_cast<std::int64_t>(status.st_ino), static_cast<std::int64_t>(status.st_size),
            status.st_mtim.tv_sec * kNanosPerSecond + status.st_mtim.tv_nsec};
  return {};
}

void KeyEncryption::RefreshIfOld() {
  const auto now = std::chrono::steady_clock::now();
  if (now - looked_ < kLookEvery) return;
  looked_ = now;
  struct stat status {};
  if (stat(path_.c_str(), &status) != 0) return;
  constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
  const Stamp seen{static_cast<std::int64_t>(status.st_ino),
                   static_cast<std::int64_t>(status.st_size),
                   status.st_mtim.tv_sec * kNanosPerSecond + status.st_mtim.tv_nsec};
  // A file that is being written, or has lost its rights, is looked at again.
  if (seen != stamp_) static_cast<void>(Load());
}

const KeyEncryption::Kek* KeyEncryption::Find(const KekId& id) const {
  const auto found =
      std::find_if(keks_.begin(), keks_.end(), [&](const Kek& kek) { return kek.id == id; });
  return found == keks_.end() ? nullptr : &*found;
}

KekId KeyEncryption::CurrentId() {
  const std::lock_guard guard(mutex_);
  RefreshIfOld();
  return keks_.front().id;
}

bool KeyEncryption::Knows(const KekId& id) {
  const std::lock_guard guard(mutex_);
  if (Find(id) == nullptr) {
    looked_ = {};
    RefreshIfOld();
  }
  return Find(id) != nullptr;
}

std::string KeyEncryption::Wrap(const KeyId& key, std::string_view secret_hex) {
  const auto secret = KeyOf(secret_hex);
  ENSURE(secret.has_value(), "a secret has {} hex digits", kLineBytes);
  const std::lock_guard guard(mutex_);
  RefreshIfOld();
  const Kek& kek = keks_.front();
  const std::string_view bytes(reinterpret_cast<const char*>(secret->data()), SecretKey::kBytes);
  return fmt::format(
      "{}{}:{}", kWrapped, kek.id,
      sealing::SealBox(kWrapCipher, kek.wrap, sealing::NewNonce(kWrapCipher), key.value, bytes));
}

std::string KeyEncryption::Unwrap(const KeyId& key, std::string_view wrapped) {
  const auto id = WrappedUnder(wrapped);
  ENSURE(id.has_value(), "only what is wrapped is unwrapped");
  if (!Knows(*id)) {
    throw StoreError(fmt::format(
        "a key of the key store is wrapped under the key-encryption key {}, which is not in its "
        "file: add it as a further line",
        *id));
  }
  const std::lock_guard guard(mutex_);
  const Kek* kek = Find(*id);
  const auto box = wrapped.substr(std::min(wrapped.size(), kWrapped.size() + id->size() + 1));
  auto bytes =
      kek == nullptr ? std::nullopt : sealing::OpenBox(kWrapCipher, kek->wrap, box, key.value);
  if (!bytes || bytes->size() != SecretKey::kBytes) {
    throw StoreError("a key of the key store is damaged: it does not unwrap");
  }
  SecretKey secret;
  std::copy(bytes->begin(), bytes->end(), secret.data());
  sodium_memzero(bytes->data(), bytes->size());
  return HexOf(secret);
}

}  // namespace docket
