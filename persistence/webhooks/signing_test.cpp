// Signatures, against the example of the Standard Webhooks libraries and against each other.
#include "persistence/webhooks/signing.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

constexpr WebhookMessage kExample{.id = "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                  .timestamp = "1614265330",
                                  .body = R"({"test": 2432232314})"};

TEST(WebhookSigning, GivesTheSignatureOfTheSpecificationsExample) {
  EXPECT_EQ(SignWebhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", kExample),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(WebhookSigning, WhatWasSignedVerifiesAndNothingElseDoes) {
  for (const auto algorithm : {WebhookAlgorithm::kHmacSha256, WebhookAlgorithm::kEd25519}) {
    const auto secret = NewWebhookSecret(algorithm);
    const auto signature = SignWebhook(secret.signing, kExample);
    ASSERT_TRUE(signature);
    EXPECT_TRUE(VerifyWebhook(secret.verifying, kExample, *signature));
    auto forged = kExample;
    forged.body = "{}";
    EXPECT_FALSE(VerifyWebhook(secret.verifying, forged, *signature));
    auto other_time = kExample;
    other_time.timestamp = "1614265331";
    EXPECT_FALSE(VerifyWebhook(secret.verifying, other_time, *signature));
    auto other_id = kExample;
    other_id.id = "msg_other";
    EXPECT_FALSE(VerifyWebhook(secret.verifying, other_id, *signature));
    EXPECT_FALSE(VerifyWebhook(NewWebhookSecret(algorithm).verifying, kExample, *signature));
    EXPECT_FALSE(VerifyWebhook(secret.verifying, kExample, "v1a,AAAA"));
  }
}

TEST(WebhookSigning, TheReceiverOfAPublicKeyCannotSign) {
  const auto secret = NewWebhookSecret(WebhookAlgorithm::kEd25519);
  EXPECT_TRUE(secret.verifying.starts_with("whpk_"));
  EXPECT_FALSE(SignWebhook(secret.verifying, kExample));
  EXPECT_FALSE(SignWebhook("whsec_AAAA", kExample)) << "too short";
}

}  // namespace
}  // namespace docket
