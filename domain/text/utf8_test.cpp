// Well-formed UTF-8, and what only looks like it.
#include "domain/text/utf8.hpp"

#include <string>

#include <gtest/gtest.h>

namespace docket {
namespace {

using namespace std::string_literals;

TEST(Utf8, TextIsText) {
  for (const auto& text :
       {""s, "plain"s, "投诉"s, "\xf0\x9f\x98\x80"s, "a longer plain text 甲乙丙"s}) {
    EXPECT_TRUE(IsUtf8Text(text)) << text;
  }
}

TEST(Utf8, WhatIsNoneIsSeen) {
  // NUL; a stray byte; cut off; overlong; a surrogate; beyond U+10FFFF.
  for (const auto& text : {"a\0b"s, "\xff"s, "\x80"s, "投\xe8\xaf"s, "\xc0\xaf"s, "\xe0\x80\xaf"s,
                           "\xed\xa0\x80"s, "\xf4\x90\x80\x80"s, "12345678\xff"s}) {
    EXPECT_FALSE(IsUtf8Text(text));
  }
}

}  // namespace
}  // namespace docket
