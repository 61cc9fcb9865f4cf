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

Operation Listing() {
  return {.parameters = {
              InQuery("as_of", AsOfText(), {}), InQuery("limit", IntegerWithin({1, 200}), {}),
              InQuery("overdue", Flag(), {}), InQuery("region", Region(), {}),
              InQuery("due_by", Day(), {}), InQuery("industry", ChoiceOf<Industry>(), {}),
              InQuery("text", AnyText(), {}), InHeader("Idempotency-Key", IdempotencyKey(), {}),
              InHeader("If-Match", VersionTag(), {})}};
}

TEST(Parameters, WrongOnesAreAllNamed) {
  const auto valid = CheckParameters(Listing(), With({{"as_of", "2024-02-31"},
                                                      {"limit", "0"},
                                                      {"overdue", "yes"},
                                                      {"region", "9"},
                                                      {"due_by", "2024-13-01"},
                                                      {"industry", "x"},
                                                      {"text", ""},
                                                      {"txet", "x"},
                                                      {"limit", "7"}}));
  ASSERT_FALSE(valid);
  std::vector<std::string> wrong;
  for (const auto& field : valid.error().fields) wrong.push_back(field.pointer + " " + field.code);
  const std::vector<std::string> expected = {
      "/query/as_of as_of_invalid",     "/query/limit number_out_of_range",
      "/query/overdue flag_invalid",    "/query/region region_invalid",
      "/query/due_by date_invalid",     "/query/industry unknown_choice",
      "/query/text text_empty",         "/query/txet parameter_unknown",
      "/query/limit parameter_repeated"};
  EXPECT_EQ(wrong, expected);
}

TEST(Parameters, RightOnesAreRead) {
  const Request request = With({{"limit", "7"},
                                {"overdue", "false"},
                                {"region", "330482"},
                                {"due_by", "2024-09-20"},
                                {"industry", "transport"}});
  ASSERT_TRUE(CheckParameters(Listing(), request));
  const Parameters parameters(request);
  EXPECT_EQ(parameters.Integer("limit"), 7);
  EXPECT_EQ(parameters.Flag("overdue"), false);
  EXPECT_EQ(parameters.Region("region"), RegionCode("330482"));
  EXPECT_EQ(parameters.Day("due_by"), Date::Parse("2024-09-20"));
  EXPECT_EQ(parameters.Choice<Industry>("industry"), Industry::kTransport);
  EXPECT_FALSE(parameters.Text("text"));
}

TEST(Parameters, RefuseYearZeroAndPositionZero) {
  for (const char* text : {"0", "-3", "0000-01-01", "soon", "2024-09-21T00:00:00"}) {
    EXPECT_FALSE(CheckParameters(Listing(), With({{"as_of", text}}))) << text;
  }
}

TEST(Parameters, APositionAheadOfTheLogIsWrong) {
  const Request request = With({{"as_of", "18"}});
  Parameters parameters(request);
  parameters.ReadAsOf(Position(17));
  ASSERT_FALSE(parameters.Check());
  EXPECT_EQ(parameters.Check().error().fields[0].code, "position_ahead_of_log");
}

TEST(Parameters, TheIdempotencyKeyIsPrintableAndShort) {
  EXPECT_EQ(CommandIdOf(Request()), CommandId());
  EXPECT_EQ(CommandIdOf(WithHeader("idempotency-key", "k-1")), CommandId("k-1"));
  EXPECT_TRUE(CheckParameters(Listing(), WithHeader("Idempotency-Key", std::string(128, 'k'))));
  for (const auto& bad :
       {std::string(), std::string(129, 'k'), std::string("投诉"), std::string("a b")}) {
    const auto valid = CheckParameters(Listing(), WithHeader("Idempotency-Key", bad));
    ASSERT_FALSE(valid) << bad;
    EXPECT_EQ(valid.error().fields[0].pointer, "/header/Idempotency-Key");
  }
}

TEST(Parameters, IfMatchIsOneQuotedVersion) {
  EXPECT_FALSE(IfMatchOf(Request()));
  EXPECT_FALSE(IfMatchOf(WithHeader("If-Match", "*")));
  EXPECT_EQ(IfMatchOf(WithHeader("If-Match", ETagOf(Version(7)))), Version(7));
  for (const char* right : {"*", "\"7\"", "\"0\""}) {
    EXPECT_TRUE(CheckParameters(Listing(), WithHeader("If-Match", right))) << right;
  }
  for (const char* bad : {"", "7", "\"\"", "\"x\"", "W/\"7\"", "\"7\", \"8\"", "\"-7\""}) {
    EXPECT_FALSE(CheckParameters(Listing(), WithHeader("If-Match", bad))) << bad;
  }
}

}  // namespace
}  // namespace docket::http
