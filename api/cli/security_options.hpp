/// What `serve` is told of encryption, of clients' certificates, of an issuer of tokens and of
/// proxies.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "api/cli/verb.hpp"
#include "api/http/client_address.hpp"
#include "api/oidc/oidc_verifier.hpp"
#include "api/tls/tls_server.hpp"

namespace docket::cli {

struct SecurityArguments {
  TlsFiles tls;
  oidc::OidcOptions oidc;
  std::vector<std::string> trusted_proxies;
};

void AddSecurityOptions(CLI::App& verb, SecurityArguments& arguments);

struct Security {
  std::shared_ptr<TlsServer> tls;         ///< nullptr: plain HTTP.
  std::shared_ptr<TokenVerifier> tokens;  ///< nullptr: no tokens of an issuer.
  http::TrustedProxies proxies;
};
/// Reads the files and the keys that it is told of.
Expected<Security> OpenSecurity(const SecurityArguments& arguments, const Report& report);

}  // namespace docket::cli
