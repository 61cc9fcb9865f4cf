#include "api/oidc/oidc_verifier.hpp"

#include <algorithm>
#include <cmath>

namespace docket {

bool LooksIssued(std::string_view token) {
  return std::count(token.begin(), token.end(), '.') == 2;
}

}  // namespace docket

namespace docket::oidc {

namespace {

constexpr Refusal kOptionsIncomplete{"oidc_options_incomplete",
                                     "--oidc-issuer、--oidc-audience、--oidc-jwks 须同时给出",
                                     "--oidc-issuer, --oidc-audience and --oidc-jwks go together"};
constexpr std::size_t kSubjectBytesMax = 256;

tl::unexpected<Rejection> RefuseToken(const Refusal& refusal) {
  return Refuse(RejectionKind::kUnauthenticated, refusal);
}

struct Parts {
  std::string_view signed_text;  ///< Header and claims as they were sent.
  Json header;
  std::string_view claims;  ///< Not looked at before the signature is.
  std::string signature;
};

std::optional<Json> ObjectOf(std::string_view part) {
  const auto bytes = FromBase64Url(part);
  if (!bytes) return std::nullopt;
  auto json = ParseJson(*bytes);
  if (!json || !json->is_object()) return std::nullopt;
  return std::move(*json);
}

std::optional<Parts> PartsOf(std::string_view token) {
  const auto first = token.find('.');
  const auto last = token.rfind('.');
  if (token.size() > kTokenBytesMax || first == std::string_view::npos || first == last) {
    return std::nullopt;
  }
  auto header = ObjectOf(token.substr(0, first));
  auto signature = FromBase64Url(token.substr(last + 1));
  if (!header || !signature || signature->empty()) return std::nullopt;
  return Parts{token.substr(0, last), std::move(*header), token.substr(first + 1, last - first - 1),
               std::move(*signature)};
}

std::string TextOf(const Json& object, const std::string& name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

/// Seconds since 1970; nullopt: absent, or no time.
std::optional<Instant> TimeOf(const Json& claims, const char* name) {
  const auto found = claims.find(name);
  if (found == claims.end() || !found->is_number()) return std::nullopt;
  constexpr double kYear3000 = 32'503'680'000;
  constexpr double kMicrosPerSecond = 1e6;
  const auto seconds = found->get<double>();
  if (!(seconds >= 0 && seconds <= kYear3000)) return std::nullopt;
  return Instant::FromMicros(static_cast<std::int64_t>(seconds * kMicrosPerSecond));
}

bool Names(const Json& claims, const std::string& audience) {
  const auto found = claims.find("aud");
  if (found == claims.end()) return false;
  if (found->is_string()) return found->get<std::string>() == audience;
  return found->is_array() && std::any_of(found->begin(), found->end(), [&](const Json& one) {
           return one.is_string() && one.get<std::string>() == audience;
         });
}

}  // namespace

Expected<std::shared_ptr<OidcVerifier>> OidcVerifier::Open(const OidcOptions& options,
                                                           const Clock& machine,
                                                           const Report& report) {
  if (options.issuer.empty() || options.audience.empty() || options.keys.empty() ||
      options.claim.empty()) {
    return Refuse(RejectionKind::kInvalid, kOptionsIncomplete);
  }
  auto fetch = FetchFrom(options.keys);
  if (!fetch) return tl::unexpected(fetch.error());
  KeySourceOptions of_keys;
  of_keys.report = report;
  auto keys = std::make_unique<KeySource>(std::move(*fetch), of_keys);
  if (auto started = keys->Start(); !started) return tl::unexpected(started.error());
  return std::make_shared<OidcVerifier>(options, std::move(keys), machine);
}

Expected<std::string> OidcVerifier::Verify(std::string_view token) {
  const auto parts = PartsOf(token);
  // What a header calls critical we do not know.
  if (!parts || parts->header.contains("crit")) return RefuseToken(kIssuedTokenInvalid);
  const auto key = keys_->Find(TextOf(parts->header, "kid"));
  if (!key) return RefuseToken(kIssuedTokenKeyUnknown);
  const bool is_good = TextOf(parts->header, "alg") == NameOf(key->algorithm) &&
                       key->Verifies(parts->signed_text, parts->signature);
  const auto claims = is_good ? ObjectOf(parts->claims) : std::nullopt;
  if (!claims) return RefuseToken(kIssuedTokenInvalid);
  return Judge(*claims);
}

Expected<std::string> OidcVerifier::Judge(const Json& claims) const {
  const auto expires = TimeOf(claims, "exp");
  const auto issued = TimeOf(claims, "iat");
  const bool from = claims.contains("nbf");
  const auto not_before = TimeOf(claims, "nbf");
  const std::string subject = TextOf(claims, options_.claim);
  const bool is_ours = TextOf(claims, "iss") == options_.issuer && Names(claims, options_.audience);
  const bool is_whole = expires && issued && (!from || not_before) && !subject.empty() &&
                        subject.size() <= kSubjectBytesMax;
  if (!is_ours || !is_whole) return RefuseToken(kIssuedTokenInvalid);
  const Instant now = machine_.Now();
  const bool is_over = *expires + kClockSkew <= now || *issued + kTokenAgeMax <= now;
  const bool is_early =
      now + kClockSkew < *issued || (not_before && now + kClockSkew < *not_before);
  if (is_over || is_early) return RefuseToken(kIssuedTokenExpired);
  return subject;
}

}  // namespace docket::oidc
