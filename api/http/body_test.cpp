// Reading a body: bounded, whatever its framing promises.
#include "api/http/body.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "api/http/limits.hpp"

namespace docket::http {
namespace {

std::string Read(const std::string& bytes, const Framing& framing, std::size_t bytes_max) {
  std::istringstream stream(bytes);
  const auto body = ReadBody(stream, framing, bytes_max);
  return body ? *body : body.error().code;
}

TEST(Body, EndsWhereItsFramingSays) {
  EXPECT_EQ(Read("12345", {false, 5}, 10), "12345");
  EXPECT_EQ(Read("12345", {true, std::nullopt}, 10), "12345");
  EXPECT_EQ(Read("", {false, std::nullopt}, 10), "");
}

TEST(Body, IsRefusedWhileItArrives) {
  EXPECT_EQ(Read(std::string(10, 'x'), {true, std::nullopt}, 10), std::string(10, 'x'));
  EXPECT_EQ(Read(std::string(11, 'x'), {true, std::nullopt}, 10), "body_too_large");
  EXPECT_EQ(Read(std::string(1 << 20, 'x'), {true, std::nullopt}, 10), "body_too_large");
}

TEST(Body, ThatEndsEarlyIsRefused) { EXPECT_EQ(Read("123", {false, 5}, 10), "body_unreadable"); }

std::string FramingCode(const std::optional<std::string>& encoding,
                        const std::optional<std::string>& length) {
  const auto framing = FramingOf(encoding, length);
  return framing ? "" : framing.error().code;
}

TEST(Body, WhoseLengthIsAmbiguousIsRefused) {
  EXPECT_EQ(FramingCode(std::nullopt, "5"), "");
  EXPECT_EQ(FramingCode("chunked", std::nullopt), "");
  EXPECT_EQ(FramingCode("chunked", "5"), "framing_ambiguous");
  EXPECT_EQ(FramingCode("gzip, chunked", std::nullopt), "framing_ambiguous");
  for (const char* length : {"", "-1", "+1", "5x", "0x5", "5, 5", "99999999999999999999999"}) {
    EXPECT_EQ(FramingCode(std::nullopt, length), "framing_ambiguous") << length;
  }
  EXPECT_EQ(FramingCode(std::nullopt, std::to_string(kBodyBytesMax + 1)), "body_too_large");
}

}  // namespace
}  // namespace docket::http
