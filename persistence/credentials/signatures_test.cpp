// Ed25519 by the first and second tests of RFC 8032, 7.1.
#include "persistence/credentials/signatures.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

TEST(Ed25519, IsThatOfTheStandard) {
  constexpr auto kKey = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
  constexpr auto kSigned =
      "5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc+bRr0lv18FlbviRlUUFDjnoQCw==";
  EXPECT_TRUE(VerifyEd25519(kKey, "", kSigned));
  EXPECT_TRUE(VerifyEd25519(
      "PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=", "\x72",
      "kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA=="));
  EXPECT_FALSE(VerifyEd25519(kKey, "x", kSigned));
  EXPECT_FALSE(VerifyEd25519("short", "", kSigned));
  EXPECT_FALSE(VerifyEd25519(kKey, "", "short"));
  EXPECT_FALSE(VerifyEd25519(kKey, "", ""));
}

}  // namespace
}  // namespace docket
