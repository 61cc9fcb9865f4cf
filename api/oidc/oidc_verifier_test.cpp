// Tokens of an issuer: what is taken, and everything that is not.
#include "api/oidc/oidc_verifier.hpp"

#include <atomic>
#include <random>

#include <gtest/gtest.h>

#include "tests/support/token_signer.hpp"

namespace docket::oidc {
namespace {

using testing::Base64Url;
using testing::TokenSigner;

constexpr auto kIssuer = "https://id.example.gov.cn";
constexpr std::int64_t kNow = 1'700'000'000;

class StandingClock : public Clock {
 public:
  Instant Now() const override { return Instant::FromMicros(kNow * 1'000'000); }
};

class OidcTest : public ::testing::Test {
 protected:
  OidcTest() { Serve(rsa_.Jwks()); }

  /// A verifier that gets these keys; no text: its issuer cannot be reached.
  void Serve(std::optional<std::string> jwks) {
    jwks_ = std::move(jwks);
    KeySourceOptions options;
    options.now = [this] {
      return KeySourceOptions::SteadyTime(std::chrono::hours(1000) +
                                          std::chrono::seconds(seconds_.load()));
    };
    options.report = [](const Notice&) {};
    auto keys = std::make_unique<KeySource>(
        [this] {
          ++fetches_;
          return jwks_;
        },
        options);
    static_cast<void>(keys->Start());
    verifier_ = std::make_unique<OidcVerifier>(OidcOptions{kIssuer, "docket", "", "sub"},
                                               std::move(keys), clock_);
  }
  static Json Claims() {
    return {
        {"iss", kIssuer}, {"aud", "docket"}, {"sub", "zhao"}, {"iat", kNow}, {"exp", kNow + 300}};
  }
  static Json With(const std::string& name, const Json& value) {
    Json claims = Claims();
    claims[name] = value;
    return claims;
  }
  static Json Without(const std::string& name) {
    Json claims = Claims();
    claims.erase(name);
    return claims;
  }
  /// `ok` and whom it names, or the code of the refusal.
  std::string Verify(const std::string& token) {
    const auto subject = verifier_->Verify(token);
    return subject ? "ok " + *subject : subject.error().code;
  }
  std::string Verify(const Json& claims) { return Verify(rsa_.Sign(claims)); }

  const TokenSigner rsa_{TokenSigner::Kind::kRsa, "rsa"};
  const TokenSigner ec_{TokenSigner::Kind::kEc, "ec"};
  const StandingClock clock_;
  std::optional<std::string> jwks_;
  std::atomic<int> seconds_{0};
  std::atomic<int> fetches_{0};
  std::unique_ptr<OidcVerifier> verifier_;
};

TEST_F(OidcTest, TakesTokensOfBothAlgorithms) {
  EXPECT_EQ(Verify(Claims()), "ok zhao");
  Serve(Json{{"keys", {rsa_.Jwk(), ec_.Jwk()}}}.dump());
  EXPECT_EQ(Verify(rsa_.Sign(Claims())), "ok zhao");
  EXPECT_EQ(Verify(ec_.Sign(Claims())), "ok zhao");
  EXPECT_EQ(Verify(With("aud", {"other", "docket"})), "ok zhao");
}

TEST_F(OidcTest, TheClaimsMustBeOursAndWhole) {
  for (const char* name : {"iss", "aud", "sub", "iat", "exp"}) {
    EXPECT_EQ(Verify(Without(name)), "issued_token_invalid") << name;
    EXPECT_EQ(Verify(With(name, Json::object())), "issued_token_invalid") << name;
  }
  EXPECT_EQ(Verify(With("iss", std::string(kIssuer) + "/")), "issued_token_invalid");
  EXPECT_EQ(Verify(With("aud", "other")), "issued_token_invalid");
  EXPECT_EQ(Verify(With("aud", Json::array())), "issued_token_invalid");
  EXPECT_EQ(Verify(With("sub", "")), "issued_token_invalid");
  EXPECT_EQ(Verify(With("sub", std::string(257, 'a'))), "issued_token_invalid");
  EXPECT_EQ(Verify(With("exp", "1800000000")), "issued_token_invalid");
  EXPECT_EQ(Verify(With("exp", 1e300)), "issued_token_invalid");
  EXPECT_EQ(Verify(With("nbf", "soon")), "issued_token_invalid");
}

TEST_F(OidcTest, TimesAreKeptWithAMinuteOfSkew) {
  EXPECT_EQ(Verify(With("exp", kNow - 59)), "ok zhao");
  EXPECT_EQ(Verify(With("exp", kNow - 60)), "issued_token_expired");
  EXPECT_EQ(Verify(With("nbf", kNow + 60)), "ok zhao");
  EXPECT_EQ(Verify(With("nbf", kNow + 61)), "issued_token_expired");
  EXPECT_EQ(Verify(With("iat", kNow + 61)), "issued_token_expired");
  const std::int64_t half_a_day = 12 * 3600;
  EXPECT_EQ(Verify(With("iat", kNow - half_a_day + 1)), "ok zhao");
  EXPECT_EQ(Verify(With("iat", kNow - half_a_day)), "issued_token_expired")
      << "however long its issuer lets it live";
}

TEST_F(OidcTest, TheKeyDecidesOnTheAlgorithm) {
  for (const char* algorithm : {"none", "HS256", "RS384", "RS512", "PS256", "ES256", "rs256", ""}) {
    Json header = rsa_.Header();
    header["alg"] = algorithm;
    EXPECT_EQ(Verify(rsa_.Sign(header, Claims())), "issued_token_invalid") << algorithm;
  }
  const std::string text = rsa_.Sign({{"alg", "none"}}, Claims());
  EXPECT_EQ(Verify(text.substr(0, text.rfind('.') + 1)), "issued_token_invalid");
  // A key's text as the secret of an HMAC is the classic mistake; nothing here ever makes one.
  Json header = rsa_.Header();
  header["alg"] = "HS256";
  EXPECT_EQ(Verify(ec_.Sign(header, Claims())), "issued_token_invalid");
}

TEST_F(OidcTest, KeysThatATokenBringsAreNotUsed) {
  const TokenSigner stranger(TokenSigner::Kind::kRsa, "rsa");
  Json header = stranger.Header();
  header["jwk"] = stranger.Jwk();
  header["jku"] = "https://evil.example/jwks";
  header["x5u"] = "https://evil.example/cert";
  EXPECT_EQ(Verify(stranger.Sign(header, Claims())), "issued_token_invalid");
  EXPECT_EQ(fetches_, 1);
  header = rsa_.Header();
  header["crit"] = {"exp"};
  EXPECT_EQ(Verify(rsa_.Sign(header, Claims())), "issued_token_invalid");
}

TEST_F(OidcTest, EveryChangedByteIsNoticed) {
  const std::string token = rsa_.Sign(Claims());
  std::mt19937 random(20260101);
  for (int i = 0; i < 500; ++i) {
    std::string changed = token;
    const std::size_t at = random() % changed.size();
    const char other = "ABCDEFGHIJKLMNOPQRSTUVWXYZ.=-_ 0\n\x80"[random() % 35];
    if (changed[at] == other) continue;
    changed[at] = other;
    EXPECT_FALSE(Verify(changed).starts_with("ok")) << at << " " << changed;
    EXPECT_FALSE(Verify(token.substr(0, at)).starts_with("ok")) << at;
  }
}

TEST_F(OidcTest, WhatIsNoTokenIsRefused) {
  const std::vector<std::string> texts = {
      "",
      ".",
      "..",
      "...",
      "a.b.c",
      std::string(kTokenBytesMax + 1, 'a'),
      Base64Url("{}") + ".." + Base64Url("x"),
      Base64Url("[]") + "." + Base64Url("{}") + ".AA",
      Base64Url(R"({"alg":"RS256","kid":"rsa","kid":"rsa"})") + "." + Base64Url("{}") + ".AA"};
  for (const auto& text : texts) EXPECT_FALSE(Verify(text).starts_with("ok")) << text;
}

TEST_F(OidcTest, AnUnknownKeyIsLookedForButNotOften) {
  const TokenSigner next(TokenSigner::Kind::kEc, "next");
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(Verify(next.Sign(Claims())), "issued_token_key_unknown");
  }
  EXPECT_EQ(fetches_, 1) << "the first reading has just been";
  seconds_ = 31;
  jwks_ = Json{{"keys", {rsa_.Jwk(), next.Jwk()}}}.dump();
  EXPECT_EQ(Verify(next.Sign(Claims())), "ok zhao");
  EXPECT_EQ(fetches_, 2);
}

TEST_F(OidcTest, AnIssuerThatCannotBeReachedIsBelievedForADay) {
  jwks_.reset();
  seconds_ = 3600;
  EXPECT_EQ(Verify(Claims()), "ok zhao");
  EXPECT_EQ(Verify(ec_.Sign(Claims())), "issued_token_key_unknown");
  seconds_ = 24 * 3600;
  EXPECT_EQ(Verify(Claims()), "issued_token_key_unknown");
  jwks_ = rsa_.Jwks();
  seconds_ = 25 * 3600;
  EXPECT_EQ(Verify(Claims()), "ok zhao");
}

TEST_F(OidcTest, AKeyThatTheIssuerHasTakenBackIsNoLongerTaken) {
  jwks_ = ec_.Jwks();
  seconds_ = 601;
  EXPECT_EQ(Verify(Claims()), "issued_token_key_unknown");
}

TEST(Jwks, WhatIsNoKeyForSignaturesIsLeftOut) {
  const TokenSigner rsa(TokenSigner::Kind::kRsa, "rsa");
  const auto count = [](const Json& keys) {
    const auto parsed = ParseJwks(Json{{"keys", keys}}.dump());
    return parsed ? parsed->size() : 0;
  };
  Json encryption = rsa.Jwk();
  encryption["use"] = "enc";
  Json other = rsa.Jwk();
  other["alg"] = "RS512";
  Json small = rsa.Jwk();
  small["n"] = Base64Url(std::string(128, '\x7f'));
  Json off_curve = TokenSigner(TokenSigner::Kind::kEc, "ec").Jwk();
  off_curve["y"] = off_curve["x"];
  const Json symmetric = {{"kty", "oct"}, {"k", "AAAA"}};
  EXPECT_EQ(count({rsa.Jwk(), encryption, other, small, off_curve, symmetric, 7}), 1U);
  EXPECT_EQ(count({symmetric}), 0U);
  EXPECT_FALSE(ParseJwks("[]"));
  EXPECT_FALSE(ParseJwks(""));
  EXPECT_FALSE(FetchFrom("http://id.example/jwks"));
  EXPECT_FALSE(FetchFrom("file:"));
}

}  // namespace
}  // namespace docket::oidc
