/// Signatures of webhooks by Standard Webhooks (https://www.standardwebhooks.com).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/json.hpp"

namespace docket {

/// How messages are signed.
enum class WebhookAlgorithm : std::uint8_t {
  kHmacSha256,  ///< `v1`: both sides have the secret.
  kEd25519,     ///< `v1a`: the receiver has a public key only.
};
template <>
struct EnumTable<WebhookAlgorithm> {
  static constexpr std::array kNames{
      EnumName<WebhookAlgorithm>{WebhookAlgorithm::kHmacSha256, "hmac-sha256", "HMAC-SHA256"},
      EnumName<WebhookAlgorithm>{WebhookAlgorithm::kEd25519, "ed25519", "Ed25519"},
  };
};

struct WebhookSecret {
  std::string signing;    ///< `whsec_…` or `whsk_…`: base64 of the bytes.
  std::string verifying;  ///< What the receiver needs: the same `whsec_…`, or `whpk_…`.
};

/// A new random one.
WebhookSecret NewWebhookSecret(WebhookAlgorithm algorithm);

/// What is signed: `id.timestamp.body`.
struct WebhookMessage {
  std::string_view id;
  std::string_view timestamp;  ///< Whole seconds since 1970, in digits.
  std::string_view body;
};

/// `v1,<base64>` or `v1a,<base64>`, by the secret's prefix; nullopt: it is none.
std::optional<std::string> SignWebhook(std::string_view secret, const WebhookMessage& message);
/// As a receiver does it, with what it was given.
bool VerifyWebhook(std::string_view verifying, const WebhookMessage& message,
                   std::string_view signature);

}  // namespace docket
