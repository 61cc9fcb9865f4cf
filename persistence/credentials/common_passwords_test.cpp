// What is refused is what is tried first, and nothing that somebody made up.
#include "persistence/credentials/common_passwords.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

TEST(CommonPasswords, WordsWithTheUsualAdditionsAreCommon) {
  for (const char* password :
       {"Password123!",   "Password1234",   "P@ssw0rd2024!",  "Pa$$w0rd1234",     "Admin@123456",
        "Admin123456!",   "Qwerty123456!",  "1qaz2wsx#EDC",   "1Qaz@2wsx3edc",    "!QAZ2wsx3edc",
        "Woaini5201314!", "WoAiNi-1314520", "Zhongguo2024!!", "Huanying@2024",    "Welcome2024!!",
        "Zxcvbnm,./123",  "Abc123456789!",  "Aa123456789!",   "Qq123456789.",     "ChangeMe1234!",
        "Iloveyou1314!",  "Zhangsan@123",   "Caizhengju2024", "AAAAaaaa1111!!!!", "Asdf1234!@#$",
        "Test1234Test!",  "Mima@12345678",  "Ggzy@2024ggzy"}) {
    EXPECT_TRUE(IsCommonPassword(password)) << password;
  }
}

TEST(CommonPasswords, WhatHasEnoughOfItsOwnIsNot) {
  for (const char* password :
       {"Sunny-Day-01", "Rainy-Day-02", "Password-Tiger-07", "kX9#vm2Qe!rT", "Blue.Kettle.84",
        "Numbered-Day-0", "春眠不觉晓，处处闻啼鸟", "Tian4-Qing2-Le", "mJ7,hrpzQw-d"}) {
    EXPECT_FALSE(IsCommonPassword(password)) << password;
  }
}

}  // namespace
}  // namespace docket
