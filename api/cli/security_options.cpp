#include "api/cli/security_options.hpp"

#include "persistence/clock/system_clock.hpp"

namespace docket::cli {

namespace {

constexpr auto kEncryption = "加密 Encryption";
constexpr auto kIssuer = "统一身份 Tokens of an issuer";

Expected<std::shared_ptr<TlsServer>> OpenTls(const TlsFiles& files, const Report& report) {
  const bool wanted = !files.certificate.empty() || !files.key.empty() ||
                      !files.client_ca.empty() || !files.revocation_lists.empty();
  if (!wanted) return nullptr;
  return TlsServer::Open(files, report);
}

Expected<std::shared_ptr<TokenVerifier>> OpenOidc(const oidc::OidcOptions& options,
                                                  const Report& report) {
  static const SystemClock machine;
  const bool wanted = !options.issuer.empty() || !options.audience.empty() || !options.keys.empty();
  if (!wanted) return nullptr;
  return oidc::OidcVerifier::Open(options, machine, report);
}

}  // namespace

void AddSecurityOptions(CLI::App& verb, SecurityArguments& arguments) {
  auto& tls = arguments.tls;
  verb.add_option("--tls-certificate", tls.certificate,
                  "服务器证书 Certificate of the server and its chain, PEM")
      ->group(kEncryption);
  verb.add_option("--tls-key", tls.key, "服务器私钥 Its private key, PEM")->group(kEncryption);
  verb.add_option("--tls-client-ca", tls.client_ca,
                  "数字证书签发机构 Authorities of clients' certificates, PEM")
      ->group(kEncryption);
  verb.add_option("--tls-crl", tls.revocation_lists,
                  "证书吊销列表 Revocation lists of those authorities, PEM")
      ->group(kEncryption);
  verb.add_option("--trusted-proxy", arguments.trusted_proxies,
                  "可信代理 Proxy whose X-Forwarded-For is believed, ADDRESS[/BITS]; may be "
                  "repeated")
      ->group(kEncryption);
  auto& oidc = arguments.oidc;
  verb.add_option("--oidc-issuer", oidc.issuer, "签发者 Issuer, as the claim iss has it")
      ->group(kIssuer);
  verb.add_option("--oidc-audience", oidc.audience, "受众 What aud must name")->group(kIssuer);
  verb.add_option("--oidc-jwks", oidc.keys, "公钥集 Its keys: file:PATH or https://…")
      ->group(kIssuer);
  verb.add_option("--oidc-claim", oidc.claim, "用户标识 Claim that accounts are bound by")
      ->capture_default_str()
      ->group(kIssuer);
}

Expected<Security> OpenSecurity(const SecurityArguments& arguments, const Report& report) {
  Security security;
  auto tls = OpenTls(arguments.tls, report);
  if (!tls) return tl::unexpected(tls.error());
  security.tls = std::move(*tls);
  auto tokens = OpenOidc(arguments.oidc, report);
  if (!tokens) return tl::unexpected(tokens.error());
  security.tokens = std::move(*tokens);
  auto proxies = http::TrustedProxies::Parse(arguments.trusted_proxies);
  if (!proxies) return tl::unexpected(proxies.error());
  security.proxies = std::move(*proxies);
  return security;
}

}  // namespace docket::cli
