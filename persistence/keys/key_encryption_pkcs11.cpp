#include "persistence/keys/key_encryption_pkcs11.hpp"

#include <mutex>
#include <type_traits>

#include <fmt/format.h>

#include "domain/ensure.hpp"
#include "domain/event_log.hpp"
#include "domain/evidence/sha256.hpp"
#include "persistence/keys/pkcs11_session.hpp"
#include "persistence/keys/wrapping.hpp"

namespace docket {

namespace {

/// The session, the login or the token is gone, and may be back.
bool IsLost(CK_RV code) {
  switch (code) {
    case CKR_SESSION_HANDLE_INVALID:
    case CKR_SESSION_CLOSED:
    case CKR_USER_NOT_LOGGED_IN:
    case CKR_KEY_HANDLE_INVALID:
    case CKR_OBJECT_HANDLE_INVALID:
    case CKR_DEVICE_ERROR:
    case CKR_DEVICE_REMOVED:
    case CKR_TOKEN_NOT_PRESENT:
    case CKR_SLOT_ID_INVALID:
    case CKR_CRYPTOKI_NOT_INITIALIZED: return true;
    default: return false;
  }
}

KekId IdOf(const Pkcs11Uri& uri, const Pkcs11Session& session) {
  // No label holds a byte of zero.
  const std::string named = fmt::format("docket/kek-id/p1{0}{1}{0}{2}{0}{3}", '\0', uri.token,
                                        uri.object, session.KeyIdentifier());
  return Sha256Hex(named).substr(0, wrapping::kKekIdDigits);
}

class TokenKek : public KeyEncryption {
 public:
  TokenKek(Pkcs11Uri uri, std::unique_ptr<Pkcs11Session> session)
      : uri_(std::move(uri)), id_(IdOf(uri_, *session)), session_(std::move(session)) {}

  KekId CurrentId() override { return id_; }
  bool Knows(const KekId& id) override { return id == id_; }

  std::string Wrap(const KeyId& key, std::string_view secret_hex) override {
    const auto secret = wrapping::SecretOf(secret_hex);
    ENSURE(secret.has_value(), "a secret has {} hex digits", wrapping::kSecretDigits);
    const auto sealed =
        OnToken([&](Pkcs11Session& session) { return session.Seal(key.value, *secret); });
    if (!sealed) throw Failure("does not wrap a key", sealed.error());
    return wrapping::Format({wrapping::kByToken, id_, wrapping::Base64Of(*sealed)});
  }

  std::string Unwrap(const KeyId& key, std::string_view stored) override {
    const auto wrapped = wrapping::Parse(stored);
    ENSURE(wrapped.has_value(), "only what is wrapped is unwrapped");
    if (wrapped->kek != id_) {
      throw StoreError(fmt::format(
          "a key of the key store is wrapped under the key-encryption key {}, which is not the "
          "token's: give a file that lists both",
          wrapped->kek));
    }
    const auto bytes = wrapped->version == wrapping::kByToken
                           ? wrapping::BytesOfBase64(wrapped->box)
                           : std::nullopt;
    if (!bytes) throw StoreError("a key of the key store is damaged: it does not unwrap");
    const auto secret =
        OnToken([&](Pkcs11Session& session) { return session.Unseal(key.value, *bytes); });
    if (!secret) {
      throw Failure("does not unwrap a key, which is damaged or of another token", secret.error());
    }
    return wrapping::HexOf(*secret);
  }

 private:
  StoreError Failure(std::string_view what, CK_RV code) const {
    return StoreError(fmt::format("the token {} {} (0x{:x})", uri_.token, what, code));
  }

  /// What `use` gives, with a session that is opened anew when it was lost.
  template <class Use>
  std::invoke_result_t<Use, Pkcs11Session&> OnToken(const Use& use) {
    const std::lock_guard guard(mutex_);
    if (session_) {
      auto answer = use(*session_);
      if (answer || !IsLost(answer.error())) return answer;
      session_.reset();
    }
    OpenAnew();
    return use(*session_);
  }

  void OpenAnew() {
    auto opened = Pkcs11Session::Open(uri_);
    if (!opened) {
      throw StoreError(fmt::format("the token {} of the key-encryption key is lost: {}: {}",
                                   uri_.token, opened.error().code, opened.error().en));
    }
    if (IdOf(uri_, **opened) != id_) {
      throw StoreError(
          fmt::format("the token {} holds another key-encryption key than before", uri_.token));
    }
    session_ = std::move(*opened);
  }

  const Pkcs11Uri uri_;
  const KekId id_;
  std::mutex mutex_;                        ///< Guards what follows.
  std::unique_ptr<Pkcs11Session> session_;  ///< nullptr: it was lost.
};

}  // namespace

Expected<std::shared_ptr<KeyEncryption>> OpenKeyEncryptionToken(std::string_view uri) {
  auto parsed = ParsePkcs11Uri(uri);
  if (!parsed) return tl::unexpected(parsed.error());
  auto session = Pkcs11Session::Open(*parsed);
  if (!session) return tl::unexpected(session.error());
  return std::make_shared<TokenKek>(std::move(*parsed), std::move(*session));
}

}  // namespace docket
