// Query parameters and conditional headers as typed values.
#include "api/http/parameters.hpp"

#include <gtest/gtest.h>

namespace docket::http {
namespace {

Request With(std::vector<NamedValue> query) {
  Request request;
  request.parsed.query = std::move(query);
  return request;
}

Request WithHeader(std::string name, std::string value) {
  Request request;
  request.headers.push_back({std::move(name), std::move(value)});
  return request;
}

AsOf ReadAsOf(const std::string& text) {
  const Request request = With({{"as_of", text}});
  return Parameters(request).ReadAsOf(Position(17));
}

TEST(Parameters, AsOfIsAPositionADayOrAnInstant) {
  EXPECT_EQ(ReadAsOf("17").position, Position(17));
  const auto midnight = *Instant::Parse("2024-09-21T00:00:00+08:00");
  EXPECT_EQ(ReadAsOf("2024-09-20").recorded_at, midnight + std::chrono::microseconds(-1));
  EXPECT_EQ(ReadAsOf("2024-09-21T00:00:00+08:00").recorded_at, midnight);
  EXPECT_EQ(ReadAsOf("2024-09-21T00:00:00 08:00").recorded_at, midnight);
  EXPECT_EQ(ReadAsOf("2024-09-20T16:00:00Z").recorded_at, midnight);
}

TEST(Parameters, WrongOnesAreAllNamed) {
  const Request request = With({{"as_of", "2024-02-31"},
                                {"limit", "0"},
                                {"overdue", "yes"},
                                {"region", "9"},
                                {"due_by", "2024-13-01"},
                                {"industry", "x"}});
  Parameters parameters(request);
  parameters.ReadAsOf(Position(17));
  EXPECT_FALSE(parameters.Integer("limit", {1, 200}));
  EXPECT_FALSE(parameters.Flag("overdue"));
  EXPECT_FALSE(parameters.Region("region"));
  EXPECT_FALSE(parameters.Day("due_by"));
  EXPECT_FALSE(parameters.Choice<Industry>("industry"));
  const auto valid = parameters.Check();
  ASSERT_FALSE(valid);
  std::vector<std::string> pointers;
  for (const auto& field : valid.error().fields) pointers.push_back(field.pointer);
  const std::vector<std::string> expected = {"/query/as_of",  "/query/limit",  "/query/overdue",
                                             "/query/region", "/query/due_by", "/query/industry"};
  EXPECT_EQ(pointers, expected);
}

TEST(Parameters, RefuseYearZeroAndPositionZero) {
  for (const char* text : {"0", "-3", "0000-01-01", "soon", "2024-09-21T00:00:00"}) {
    const Request request = With({{"as_of", text}});
    Parameters parameters(request);
    parameters.ReadAsOf(Position(17));
    EXPECT_FALSE(parameters.Check()) << text;
  }
}

TEST(Parameters, TheIdempotencyKeyIsPrintableAndShort) {
  EXPECT_EQ(*CommandIdOf(Request()), CommandId());
  EXPECT_EQ(*CommandIdOf(WithHeader("idempotency-key", "k-1")), CommandId("k-1"));
  EXPECT_TRUE(CommandIdOf(WithHeader("Idempotency-Key", std::string(128, 'k'))));
  for (const auto& bad :
       {std::string(), std::string(129, 'k'), std::string("投诉"), std::string("a b")}) {
    const auto key = CommandIdOf(WithHeader("Idempotency-Key", bad));
    ASSERT_FALSE(key) << bad;
    EXPECT_EQ(key.error().fields[0].pointer, "/header/Idempotency-Key");
  }
}

TEST(Parameters, IfMatchIsOneQuotedVersion) {
  EXPECT_FALSE(IfMatchOf(Request())->has_value());
  EXPECT_FALSE(IfMatchOf(WithHeader("If-Match", "*"))->has_value());
  EXPECT_EQ(**IfMatchOf(WithHeader("If-Match", ETagOf(Version(7)))), Version(7));
  for (const char* bad : {"", "7", "\"\"", "\"x\"", "W/\"7\"", "\"7\", \"8\"", "\"-7\""}) {
    EXPECT_FALSE(IfMatchOf(WithHeader("If-Match", bad))) << bad;
  }
}

}  // namespace
}  // namespace docket::http
