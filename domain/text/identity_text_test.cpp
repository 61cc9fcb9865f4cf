#include "domain/text/identity_text.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

TEST(IdentityText, NamesAreTheSameHoweverTheyAreTyped) {
  EXPECT_EQ(NormaliseName("王 小满"), NormaliseName("王小满"));
  EXPECT_EQ(NormaliseName("阿依古丽·买买提"), NormaliseName("阿依古丽•买买提"));
  EXPECT_EQ(NormaliseName("ＡＢＣ（福建）有限公司"), NormaliseName("abc(福建)有限公司"));
  EXPECT_NE(NormaliseName("王小满"), NormaliseName("王小曼"));
  EXPECT_EQ(NormaliseName(" 　"), "");
}

TEST(IdentityText, NumbersAreLettersAndDigits) {
  EXPECT_EQ(NormaliseIdNumber("９１３３０４８２ma2b9x7y3q"),
            NormaliseIdNumber("91330482 MA2B9X7Y3Q"));
  EXPECT_EQ(NormaliseIdNumber("11010519491231002X"), "11010519491231002x");
}

TEST(IdentityText, AnOldIdentityCardIsTheOneThatReplacedIt) {
  EXPECT_EQ(NormaliseIdNumber("110105491231002"), "11010519491231002x");
  EXPECT_EQ(NormaliseIdNumber("11010549123100A"), "11010549123100a") << "no identity card";
}

TEST(IdentityText, PhonesAreDigitsWithoutTheCountry) {
  for (const char* phone :
       {"13905731234", "+86 139-0573-1234", "0086 13905731234", "１３９０５７３１２３４"}) {
    EXPECT_EQ(NormalisePhone(phone), "13905731234") << phone;
  }
  EXPECT_EQ(NormalisePhone("0573-86001234"), "057386001234");
  EXPECT_EQ(NormalisePhone("86001234"), "86001234") << "a local number";
}

TEST(IdentityText, AddressesOfMailKeepTheirPunctuation) {
  EXPECT_EQ(NormaliseEmail(" Wang.Xiaoman@Example.CN"), "wang.xiaoman@example.cn");
  EXPECT_EQ(NormaliseEmail("ｗａｎｇ＠example.cn"), "wang@example.cn");
  EXPECT_NE(NormaliseEmail("a.b@example.cn"), NormaliseEmail("ab@example.cn"));
}

}  // namespace
}  // namespace docket
