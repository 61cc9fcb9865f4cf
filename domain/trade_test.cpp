#include "domain/trade.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

TEST(CreditCode, ItsCheckCharacterIsVerified) {
  EXPECT_TRUE(CreditCode("91350100M000100Y43").IsWellFormed());  // Of GB 32100-2015.
  EXPECT_TRUE(CreditCode("91330100799655058B").IsWellFormed());
}

TEST(CreditCode, EveryOtherCheckCharacterIsWrong) {
  const std::string body = "91350100M000100Y4";
  int right = 0;
  for (const char c : std::string_view("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
    right += CreditCode(body + c).IsWellFormed() ? 1 : 0;
  }
  EXPECT_EQ(right, 1);
}

TEST(CreditCode, LettersThatAreNotInTheAlphabetAreRefused) {
  EXPECT_FALSE(CreditCode("91350100M000100Y4I").IsWellFormed());
  EXPECT_FALSE(CreditCode("91350100m000100Y43").IsWellFormed());
  EXPECT_FALSE(CreditCode("91350100M000100Y4").IsWellFormed());
  EXPECT_FALSE(CreditCode("").IsWellFormed());
}

TEST(ProjectCode, HasTwentyCapitalsAndDigits) {
  EXPECT_TRUE(ProjectCode("E3501000001000000001").IsWellFormed());
  EXPECT_FALSE(ProjectCode("E350100000100000000").IsWellFormed());
  EXPECT_FALSE(ProjectCode("e3501000001000000001").IsWellFormed());
}

TEST(SectionCode, BeginsWithItsProject) {
  const SectionCode section("E3501000001000000001001");
  EXPECT_TRUE(section.IsWellFormed());
  EXPECT_EQ(ProjectOf(section), ProjectCode("E3501000001000000001"));
  EXPECT_FALSE(SectionCode("E3501000001000000001").IsWellFormed());
}

}  // namespace
}  // namespace docket
