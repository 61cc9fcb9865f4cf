/// From OpenSSL's certificates to ours.
#pragma once

#include <string>

#include "api/tls/client_certificate.hpp"
#include "api/tls/openssl.hpp"

namespace docket {

std::string DerOf(const X509& certificate);
ClientCertificate ClientCertificateOf(const X509& certificate);

}  // namespace docket
