#include "api/tls/client_certificate.hpp"

#include <ctime>

#include <openssl/pem.h>

#include "api/tls/client_certificate_of.hpp"
#include "domain/evidence/sha256.hpp"

namespace docket {

namespace {

/// Beyond it nothing is a certificate.
constexpr std::size_t kPemBytesMax = 64 * 1024;
constexpr std::int64_t kMicrosPerSecond = 1'000'000;

/// A date that is none has passed: who presents a certificate may have written anything into it.
Instant InstantOf(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return Instant::FromMicros(0);
  return Instant::FromMicros(timegm(&parts) * kMicrosPerSecond);
}

std::string SerialOf(const X509& certificate) {
  const std::unique_ptr<BIGNUM, openssl::Freeing<BN_free>> number(
      ASN1_INTEGER_to_BN(X509_get0_serialNumber(&certificate), nullptr));
  if (!number) return "";
  char* const hex = BN_bn2hex(number.get());
  std::string text(hex);
  OPENSSL_free(hex);
  return text;
}

std::string IssuerOf(const X509& certificate) {
  const openssl::Bio text(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(text.get(), X509_get_issuer_name(&certificate), 0,
                     XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(text.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

}  // namespace

std::string DerOf(const X509& certificate) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(&certificate, &bytes);
  if (size <= 0) return "";  // Nobody vouches for that.
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

ClientCertificate ClientCertificateOf(const X509& certificate) {
  return {.fingerprint = Sha256Hex(DerOf(certificate)),
          .serial = SerialOf(certificate),
          .issuer = IssuerOf(certificate),
          .valid_from = InstantOf(X509_get0_notBefore(&certificate)),
          .valid_until = InstantOf(X509_get0_notAfter(&certificate))};
}

Expected<ClientCertificate> ClientCertificate::Parse(std::string_view pem) {
  const auto unreadable = [] { return Refuse(RejectionKind::kInvalid, kCertificateUnreadable); };
  if (pem.size() > kPemBytesMax) return unreadable();
  const openssl::Bio text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const openssl::Certificate first(PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr));
  if (!first) return unreadable();
  const openssl::Certificate second(PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr));
  if (second) return unreadable();
  return ClientCertificateOf(*first);
}

}  // namespace docket
