/// Certificates of clients (数字证书, FJ18-10): what they say, and whether they are to be believed.
/// Times go by the machine's clock.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/rejection.hpp"
#include "domain/time.hpp"

namespace docket {

/// What is kept of a certificate. The name of its holder is not.
struct ClientCertificate {
  std::string fingerprint;  ///< SHA-256 of the whole certificate, hex.
  std::string serial;       ///< Hex, as its issuer gave it.
  std::string issuer;       ///< RFC 2253.
  Instant valid_from;
  Instant valid_until;

  /// Of a PEM text with one certificate; refused with `certificate_unreadable`.
  static Expected<ClientCertificate> Parse(std::string_view pem);
};

/// A certificate whose key the other end of a connection has proved to hold. Nothing is said of
/// who vouches for it: see ClientTrust.
struct PresentedCertificate {
  ClientCertificate certificate;
  std::vector<std::string> chain;  ///< DER, its own first.
};

/// Decides on certificates that were presented. Thread-safe.
class ClientTrust {
 public:
  virtual ~ClientTrust() = default;
  /// Refusals, all 401: `certificate_untrusted`, `certificate_expired`, `certificate_revoked`,
  /// `revocation_list_stale` when nobody can say any more which ones are revoked.
  virtual Expected<void> Check(const PresentedCertificate& presented) = 0;
};

inline constexpr Refusal kCertificateUnreadable{
    "certificate_unreadable", "应为一张 PEM 格式的数字证书", "expected one certificate as PEM",
    "FJ18-10", "/certificate"};
inline constexpr Refusal kCertificateUntrusted{
    "certificate_untrusted", "数字证书不是由受信任的机构签发",
    "no trusted authority vouches for the certificate", "FJ18-10"};
inline constexpr Refusal kCertificateExpired{"certificate_expired", "数字证书不在有效期内",
                                             "the certificate is not valid today", "FJ18-10"};
inline constexpr Refusal kCertificateRevoked{"certificate_revoked", "数字证书已被吊销",
                                             "the certificate was revoked", "FJ18-10"};
inline constexpr Refusal kRevocationListStale{
    "revocation_list_stale", "证书吊销列表缺失或已过期，暂不接受数字证书",
    "the revocation list is missing or out of date: no certificate is taken", "FJ18-10"};

}  // namespace docket
