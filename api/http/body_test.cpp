// Reading a body: bounded, whatever its framing promises.
#include "api/http/body.hpp"

#include <sstream>

#include <gtest/gtest.h>

namespace docket::http {
namespace {

std::string Read(const std::string& bytes, std::size_t length) {
  std::istringstream stream(bytes);
  const auto body = ReadBody(stream, length);
  return body ? *body : body.error().code;
}

TEST(Body, EndsWhereItsLengthSays) {
  EXPECT_EQ(Read("12345", 5), "12345");
  EXPECT_EQ(Read("12345GET /", 5), "12345");
  EXPECT_EQ(Read("", 0), "");
}

TEST(Body, ThatEndsEarlyIsRefused) { EXPECT_EQ(Read("123", 5), "body_unreadable"); }

std::string FramingCode(const std::vector<NamedValue>& headers) {
  Request request;
  request.headers = headers;
  const auto length = BodyLengthOf(request);
  return length ? std::to_string(*length) : length.error().code;
}

TEST(Body, WhoseLengthIsAmbiguousIsRefused) {
  EXPECT_EQ(FramingCode({}), "0");
  EXPECT_EQ(FramingCode({{"content-length", "5"}}), "5");
  EXPECT_EQ(FramingCode({{"Content-Length", "5"}, {"content-length", "6"}}), "framing_ambiguous");
  EXPECT_EQ(FramingCode({{"Content-Length", "5"}, {"Content-Length", "5"}}), "framing_ambiguous");
  EXPECT_EQ(FramingCode({{"Content-Length ", "5"}}), "framing_ambiguous");
  EXPECT_EQ(FramingCode({{"Transfer-Encoding", "chunked"}, {"Content-Length", "5"}}),
            "framing_ambiguous");
  for (const char* length : {"", "-1", "+1", "5x", "0x5", "5, 5", "99999999999999999999999"}) {
    EXPECT_EQ(FramingCode({{"Content-Length", length}}), "framing_ambiguous") << length;
  }
}

TEST(Body, InChunksIsRefused) {
  for (const char* encoding : {"chunked", "Chunked", "gzip, chunked", "identity", ""}) {
    EXPECT_EQ(FramingCode({{"Transfer-Encoding", encoding}}), "length_required") << encoding;
  }
}

}  // namespace
}  // namespace docket::http
