#include "persistence/keys/pkcs11_session.hpp"

#include <array>
#include <map>
#include <mutex>

#include <fmt/format.h>
#include <sodium.h>

#include "persistence/secret_file.hpp"

namespace docket {

namespace {

constexpr std::size_t kIvBytes = 12;
constexpr std::size_t kTagBytes = 16;
constexpr std::size_t kSealedBytes = SecretKey::kBytes + kTagBytes;
constexpr std::size_t kPinBytesMax = 256;

constexpr Refusal kNoToken{"kek_not_found", "找不到密钥加密密钥所在的令牌",
                           "there is no token of that label"};
constexpr Refusal kNoKey{"kek_not_found", "令牌中没有该标签的 AES 密钥",
                         "the token holds no AES key of that label"};
constexpr Refusal kTwoTokens{"kek_ambiguous", "有两个同标签的令牌", "two tokens have that label"};
constexpr Refusal kTwoKeys{"kek_ambiguous", "令牌中有两个同标签的 AES 密钥",
                           "the token holds two AES keys of that label"};
constexpr Refusal kPinUnreadable{"kek_pin_unreadable", "令牌口令文件无法读取、为空或过长",
                                 "the file of the token's PIN cannot be read, or is empty or too "
                                 "long"};
constexpr Refusal kPinExposed{
    "kek_pin_exposed", "令牌口令文件须归本用户所有且他人不可读（权限 600 或 400）",
    "the file of the token's PIN must belong to this user and be readable "
    "by nobody else (mode 600 or 400)"};
constexpr Refusal kPinWrong{"kek_pin_wrong", "令牌口令错误；为免锁定令牌，更改口令文件之前不再尝试",
                            "the token refuses the PIN; lest the token lock, it is not tried again "
                            "before its file changes"};
constexpr Refusal kPinLocked{"kek_pin_locked", "令牌口令已锁定，须由令牌管理员解锁",
                             "the token's PIN is locked: its security officer has to unlock it"};
constexpr Refusal kNoMechanism{"kek_mechanism_missing", "令牌不支持 AES-GCM",
                               "the token has no AES-GCM"};
constexpr Refusal kUnsuitable{
    "kek_unsuitable", "密钥加密密钥应为不可导出的 AES-256 密钥，可用于加密和解密",
    "the key-encryption key has to be of AES-256, to encrypt and decrypt, and never to leave the "
    "token (CKA_SENSITIVE, not CKA_EXTRACTABLE)"};
constexpr Refusal kFailed{"kek_token_failed", "令牌无法使用", "the token cannot be used"};

tl::unexpected<Rejection> Invalid(const Refusal& refusal) {
  return Refuse(RejectionKind::kInvalid, refusal);
}
tl::unexpected<Rejection> Failed(CK_RV code) {
  Rejection rejection(RejectionKind::kInvalid, kFailed);
  rejection.zh += fmt::format("（0x{:x}）", code);
  rejection.en += fmt::format(" (0x{:x})", code);
  return tl::unexpected(std::move(rejection));
}

/// Labels of tokens are filled up with blanks.
template <class Text>
std::string_view Unpadded(const Text& text) {
  const std::string_view all(reinterpret_cast<const char*>(&text), sizeof(text));
  return all.substr(0, all.find_last_not_of(' ') + 1);
}

/// PINs that a token has refused, and as which file content.
class RefusedPins {
 public:
  static RefusedPins& OfThisProcess() {
    static RefusedPins pins;
    return pins;
  }
  bool Has(const Pkcs11Uri& uri, const SecretFile::Stamp& stamp) {
    const std::lock_guard guard(mutex_);
    const auto found = stamps_.find(NameOf(uri));
    return found != stamps_.end() && found->second == stamp;
  }
  void Add(const Pkcs11Uri& uri, const SecretFile::Stamp& stamp) {
    const std::lock_guard guard(mutex_);
    stamps_[NameOf(uri)] = stamp;
  }

 private:
  using Name = std::array<std::string, 3>;
  static Name NameOf(const Pkcs11Uri& uri) { return {uri.module, uri.token, uri.pin_file}; }
  std::mutex mutex_;
  std::map<Name, SecretFile::Stamp> stamps_;
};

unsigned char* Mutable(std::string_view text) {
  // The interface of C knows no const; what goes in is only read.
  return const_cast<unsigned char*>(reinterpret_cast<const unsigned char*>(text.data()));
}

CK_GCM_PARAMS GcmOf(std::array<unsigned char, kIvBytes>& iv, std::string_view associated_data) {
  constexpr unsigned long kBitsOfByte = 8;
  return {iv.data(),
          iv.size(),
          iv.size() * kBitsOfByte,
          Mutable(associated_data),
          associated_data.size(),
          kTagBytes * kBitsOfByte};
}

/// Asked of the list: some tokens tell of mechanisms that were switched off.
bool HasGcm(const CK_FUNCTION_LIST& api, CK_SLOT_ID slot) {
  CK_ULONG count = 0;
  if (api.C_GetMechanismList(slot, nullptr, &count) != CKR_OK) return false;
  std::vector<CK_MECHANISM_TYPE> mechanisms(count);
  if (api.C_GetMechanismList(slot, mechanisms.data(), &count) != CKR_OK) return false;
  mechanisms.resize(count);
  return std::find(mechanisms.begin(), mechanisms.end(), CKM_AES_GCM) != mechanisms.end();
}

CK_ATTRIBUTE AttributeOf(CK_ATTRIBUTE_TYPE type, auto& value) {
  return {type, &value, sizeof(value)};
}

}  // namespace

Expected<std::unique_ptr<Pkcs11Session>> Pkcs11Session::Open(const Pkcs11Uri& uri) {
  auto module = Pkcs11Module::Load(uri.module);
  if (!module) return tl::unexpected(module.error());
  std::unique_ptr<Pkcs11Session> session(new Pkcs11Session(std::move(*module)));
  const auto& api = session->module_->Api();
  const auto slot = session->FindSlot(uri.token);
  if (!slot) return tl::unexpected(slot.error());
  if (!HasGcm(api, *slot)) return Invalid(kNoMechanism);
  const CK_RV opened =
      api.C_OpenSession(*slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session->session_);
  if (opened != CKR_OK) return Failed(opened);
  return session->LogIn(uri)
      .and_then([&] { return session->FindKey(uri.object); })
      .and_then([&] { return session->CheckKey(); })
      .map([&] { return std::move(session); });
}

Pkcs11Session::~Pkcs11Session() {
  if (session_ != CK_INVALID_HANDLE) module_->Api().C_CloseSession(session_);
}

Expected<CK_SLOT_ID> Pkcs11Session::FindSlot(const std::string& label) const {
  const auto& api = module_->Api();
  CK_ULONG count = 0;
  CK_RV code = api.C_GetSlotList(CK_TRUE, nullptr, &count);
  if (code != CKR_OK) return Failed(code);
  std::vector<CK_SLOT_ID> slots(count);
  code = api.C_GetSlotList(CK_TRUE, slots.data(), &count);
  if (code != CKR_OK) return Failed(code);
  slots.resize(count);
  std::vector<CK_SLOT_ID> found;
  for (const CK_SLOT_ID slot : slots) {
    CK_TOKEN_INFO info{};
    const bool usable =
        api.C_GetTokenInfo(slot, &info) == CKR_OK && (info.flags & CKF_TOKEN_INITIALIZED) != 0;
    if (usable && Unpadded(info.label) == label) found.push_back(slot);
  }
  if (found.empty()) return Invalid(kNoToken);
  if (found.size() > 1) return Invalid(kTwoTokens);
  return found.front();
}

Expected<void> Pkcs11Session::LogIn(const Pkcs11Uri& uri) {
  const auto file = SecretFile::Open(uri.pin_file);
  if (!file) {
    const bool is_exposed = file.error() == SecretFile::Fault::kExposed;
    return Invalid(is_exposed ? kPinExposed : kPinUnreadable);
  }
  const auto stamp = SecretFile::StampOf(file->Status());
  auto& refused = RefusedPins::OfThisProcess();
  if (refused.Has(uri, stamp)) return Invalid(kPinWrong);
  SecretText text(kPinBytesMax + 2);
  const bool is_read = text.Read(*file);
  const auto pin = text.FirstLine();
  if (!is_read || pin.empty() || pin.size() > kPinBytesMax) return Invalid(kPinUnreadable);
  const CK_RV code = module_->Api().C_Login(session_, CKU_USER, Mutable(pin), pin.size());
  switch (code) {
    case CKR_OK:
    // By another session of this process: a login is the token's, not the session's.
    case CKR_USER_ALREADY_LOGGED_IN: return {};
    case CKR_PIN_LOCKED: return Invalid(kPinLocked);
    case CKR_PIN_INCORRECT:
    case CKR_PIN_INVALID:
    case CKR_PIN_LEN_RANGE:
    case CKR_PIN_EXPIRED: refused.Add(uri, stamp); return Invalid(kPinWrong);
    default: return Failed(code);
  }
}

Expected<void> Pkcs11Session::FindKey(const std::string& label) {
  const auto& api = module_->Api();
  CK_OBJECT_CLASS kind = CKO_SECRET_KEY;
  CK_KEY_TYPE type = CKK_AES;
  std::array wanted{AttributeOf(CKA_CLASS, kind), AttributeOf(CKA_KEY_TYPE, type),
                    CK_ATTRIBUTE{CKA_LABEL, Mutable(label), label.size()}};
  std::array<CK_OBJECT_HANDLE, 2> keys{};
  CK_ULONG count = 0;
  CK_RV code = api.C_FindObjectsInit(session_, wanted.data(), wanted.size());
  if (code != CKR_OK) return Failed(code);
  code = api.C_FindObjects(session_, keys.data(), keys.size(), &count);
  api.C_FindObjectsFinal(session_);
  if (code != CKR_OK) return Failed(code);
  if (count == 0) return Invalid(kNoKey);
  if (count > 1) return Invalid(kTwoKeys);
  key_ = keys.front();
  return {};
}

Expected<void> Pkcs11Session::CheckKey() {
  const auto& api = module_->Api();
  CK_ULONG bytes = 0;
  CK_BBOOL sensitive = CK_FALSE;
  CK_BBOOL extractable = CK_TRUE;
  CK_BBOOL encrypts = CK_FALSE;
  CK_BBOOL decrypts = CK_FALSE;
  std::array<char, 256> identifier{};
  std::array asked{AttributeOf(CKA_VALUE_LEN, bytes),         AttributeOf(CKA_SENSITIVE, sensitive),
                   AttributeOf(CKA_EXTRACTABLE, extractable), AttributeOf(CKA_ENCRYPT, encrypts),
                   AttributeOf(CKA_DECRYPT, decrypts),        AttributeOf(CKA_ID, identifier)};
  const CK_RV code = api.C_GetAttributeValue(session_, key_, asked.data(), asked.size());
  if (code != CKR_OK) return Failed(code);
  const bool suits = bytes == SecretKey::kBytes && sensitive == CK_TRUE &&
                     extractable == CK_FALSE && encrypts == CK_TRUE && decrypts == CK_TRUE;
  if (!suits) return Invalid(kUnsuitable);
  identifier_.assign(identifier.data(), asked.back().ulValueLen);
  return {};
}

tl::expected<std::string, CK_RV> Pkcs11Session::Seal(std::string_view associated_data,
                                                     const SecretKey& secret) {
  const auto& api = module_->Api();
  std::array<unsigned char, kIvBytes> iv{};
  randombytes_buf(iv.data(), iv.size());
  CK_GCM_PARAMS gcm = GcmOf(iv, associated_data);
  CK_MECHANISM mechanism{CKM_AES_GCM, &gcm, sizeof(gcm)};
  CK_RV code = api.C_EncryptInit(session_, &mechanism, key_);
  if (code != CKR_OK) return tl::unexpected(code);
  SecretKey clear = secret;
  std::array<unsigned char, kSealedBytes> sealed{};
  CK_ULONG size = sealed.size();
  code = api.C_Encrypt(session_, clear.data(), SecretKey::kBytes, sealed.data(), &size);
  if (code != CKR_OK) return tl::unexpected(code);
  if (size != sealed.size()) return tl::unexpected<CK_RV>(CKR_DATA_LEN_RANGE);
  // Read only now: some tokens put an initialisation vector of their own in its place.
  std::string bytes(iv.begin(), iv.end());
  bytes.append(sealed.begin(), sealed.end());
  return bytes;
}

tl::expected<SecretKey, CK_RV> Pkcs11Session::Unseal(std::string_view associated_data,
                                                     std::string_view sealed) {
  if (sealed.size() != kIvBytes + kSealedBytes) {
    return tl::unexpected<CK_RV>(CKR_ENCRYPTED_DATA_LEN_RANGE);
  }
  const auto& api = module_->Api();
  std::array<unsigned char, kIvBytes> iv{};
  std::copy_n(sealed.begin(), kIvBytes, iv.begin());
  CK_GCM_PARAMS gcm = GcmOf(iv, associated_data);
  CK_MECHANISM mechanism{CKM_AES_GCM, &gcm, sizeof(gcm)};
  CK_RV code = api.C_DecryptInit(session_, &mechanism, key_);
  if (code != CKR_OK) return tl::unexpected(code);
  // As long as what goes in: some tokens ask for that much room.
  std::array<unsigned char, kSealedBytes> clear{};
  CK_ULONG size = clear.size();
  code =
      api.C_Decrypt(session_, Mutable(sealed.substr(kIvBytes)), kSealedBytes, clear.data(), &size);
  SecretKey secret;
  std::copy_n(clear.begin(), SecretKey::kBytes, secret.data());
  sodium_memzero(clear.data(), clear.size());
  if (code != CKR_OK) return tl::unexpected(code);
  if (size != SecretKey::kBytes) return tl::unexpected<CK_RV>(CKR_ENCRYPTED_DATA_LEN_RANGE);
  return secret;
}

}  // namespace docket
