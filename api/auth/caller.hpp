/// Who makes a request, and by what it was recognised.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "api/tls/client_certificate.hpp"
#include "domain/actor.hpp"
#include "persistence/credentials/credential_records.hpp"

namespace docket {

enum class CredentialUse : std::uint8_t {
  kToken,    ///< A fixed token of the office file.
  kSession,  ///< Somebody has logged in.
  kApiKey,   ///< A programme acts for an account.
  kIssued,   ///< A token of a trusted issuer.
};

/// Where a request comes from.
struct Origin {
  std::string address;                                        ///< Of the client, without a port.
  std::shared_ptr<const PresentedCertificate> certificate{};  ///< nullptr: it presented none.
  CorrelationId request{};                                    ///< Its id.
};

/// What is left of an account's share of requests.
struct RateShare {
  std::int64_t limit = 0;  ///< At once.
  std::int64_t left = 0;
};

/// What a caller was recognised by, so that it can be asked again without its secret.
struct Recognition {
  CredentialUse use = CredentialUse::kToken;
  ActorId account{};
  std::string id{};  ///< Of the key; the digest of the session; the name of the bound login.
  Origin origin{};
};

struct Caller {
  Actor actor;
  Unit unit{};  ///< The actor's.
  CredentialUse credential = CredentialUse::kToken;
  /// What a session still lacks; any other credential is complete.
  SessionStage stage = SessionStage::kComplete;
  bool read_only = false;           ///< An API key that only reads.
  std::optional<RateShare> rate{};  ///< Absent where accounts are not limited.
  std::string credential_id{};      ///< See Recognition.
};

template <>
struct EnumTable<CredentialUse> {
  static constexpr std::array kNames{
      EnumName<CredentialUse>{CredentialUse::kToken, "token", "固定令牌"},
      EnumName<CredentialUse>{CredentialUse::kSession, "session", "登录会话"},
      EnumName<CredentialUse>{CredentialUse::kApiKey, "api_key", "接口密钥"},
      EnumName<CredentialUse>{CredentialUse::kIssued, "issued_token", "统一身份令牌"},
  };
};

}  // namespace docket
