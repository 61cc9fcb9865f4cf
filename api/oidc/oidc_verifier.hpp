/// Tokens of an OpenID Connect issuer: signature, issuer, audience and times.
#pragma once

#include <memory>
#include <string>

#include "api/auth/token_verifier.hpp"
#include "api/oidc/key_source.hpp"
#include "domain/json.hpp"
#include "domain/time.hpp"

namespace docket::oidc {

struct OidcOptions {
  std::string issuer;         ///< As the claim `iss` has it, to the letter.
  std::string audience;       ///< Must be the claim `aud`, or among it.
  std::string keys;           ///< See FetchFrom.
  std::string claim = "sub";  ///< Whom accounts are bound by.
};

constexpr std::size_t kTokenBytesMax = 8 * 1024;
/// How far the clocks of the issuer and of this machine may be apart.
constexpr std::chrono::seconds kClockSkew{60};
/// However long its issuer lets a token live: nobody can take one back.
constexpr std::chrono::hours kTokenAgeMax{12};

/// Thread-safe. Only what the key itself is for decides on the algorithm; whatever the token says
/// of where keys are to be had is not read.
class OidcVerifier : public TokenVerifier {
 public:
  /// Reads the keys. Refusals: `oidc_options_incomplete`, and those of the key source.
  static Expected<std::shared_ptr<OidcVerifier>> Open(const OidcOptions& options,
                                                      const Clock& machine, const Report& report);
  /// `machine` outlives it.
  OidcVerifier(OidcOptions options, std::unique_ptr<KeySource> keys, const Clock& machine)
      : options_(std::move(options)), keys_(std::move(keys)), machine_(machine) {}

  const std::string& Issuer() const override { return options_.issuer; }
  Expected<std::string> Verify(std::string_view token) override;

 private:
  Expected<std::string> Judge(const Json& claims) const;

  const OidcOptions options_;
  const std::unique_ptr<KeySource> keys_;
  const Clock& machine_;
};

}  // namespace docket::oidc
