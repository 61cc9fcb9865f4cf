// Tags, conditional requests and compression.
#include "api/http/representation.hpp"

#include <sstream>

#include <Poco/InflatingStream.h>
#include <Poco/StreamCopier.h>
#include <gtest/gtest.h>

namespace docket::http {
namespace {

Response Answered(const std::string& body, const std::vector<NamedValue>& headers,
                  const std::string& method = "GET", int status = 200) {
  Request request;
  request.method = method;
  request.headers = headers;
  Response response;
  response.status = status;
  response.body = body;
  Represent(request, response);
  return response;
}

std::string Inflated(const std::string& body) {
  std::istringstream in(body);
  Poco::InflatingInputStream inflating(in, Poco::InflatingStreamBuf::STREAM_GZIP);
  std::string out;
  Poco::StreamCopier::copyToString(inflating, out);
  return out;
}

TEST(Representation, EqualBytesHaveEqualTags) {
  EXPECT_EQ(WeakTagOf("a"), WeakTagOf("a"));
  EXPECT_NE(WeakTagOf("a"), WeakTagOf("b"));
  EXPECT_EQ(WeakTagOf("a").substr(0, 3), "W/\"");
}

TEST(Representation, TagsAreComparedWeakly) {
  for (const char* list : {"\"x\"", "W/\"x\"", "\"y\", W/\"x\"", "*", " \"x\" "}) {
    EXPECT_TRUE(HoldsTag(list, "W/\"x\"")) << list;
  }
  for (const char* list : {"", "\"y\"", "x", ",", "W/"}) {
    EXPECT_FALSE(HoldsTag(list, "W/\"x\"")) << list;
  }
}

TEST(Representation, ACopyThatIsStillRightIsNotSentAgain) {
  const Response first = Answered("{}", {});
  EXPECT_EQ(first.status, 200);
  const Response again = Answered("{}", {{"If-None-Match", *first.Header("ETag")}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(again.Header("ETag"), first.Header("ETag"));
  EXPECT_EQ(Answered("{\"a\":1}", {{"If-None-Match", *first.Header("ETag")}}).status, 200);
}

TEST(Representation, OnlyReadsThatSucceedHaveATag) {
  EXPECT_FALSE(Answered("{}", {}, "POST").Header("ETag"));
  EXPECT_FALSE(Answered("{}", {{"If-None-Match", "*"}}, "GET", 404).Header("ETag"));
}

TEST(Representation, GzipIsTakenWhereItIsNamed) {
  for (const char* header : {"gzip", "deflate, gzip;q=0.5", "GZIP", "br;q=1.0, gzip; q=0.001"}) {
    EXPECT_TRUE(TakesGzip(header)) << header;
  }
  for (const char* header : {"", "br", "gzip;q=0", "gzip; q=0.000", "gzipped", "*"}) {
    EXPECT_FALSE(TakesGzip(header)) << header;
  }
}

TEST(Representation, LongAnswersAreCompressedForWhoCanReadThem) {
  const std::string body(5000, 'x');
  const Response packed = Answered(body, {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(packed.Header("Content-Encoding"), "gzip");
  EXPECT_LT(packed.body.size(), 200U);
  EXPECT_EQ(Inflated(packed.body), body);
  EXPECT_EQ(Answered(body, {}).body, body);
  EXPECT_FALSE(Answered("short", {{"Accept-Encoding", "gzip"}}).Header("Content-Encoding"));
}

}  // namespace
}  // namespace docket::http
