// Dates and instants: what is parsed, what is refused, and which China date an instant has.

#include "domain/time.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

TEST(DateTest, ParsesExactlyWhatItPrints) {
  for (const char* text : {"0001-01-01", "1970-01-01", "2000-02-29", "2024-02-29", "9999-12-31"}) {
    const auto date = Date::Parse(text);
    ASSERT_TRUE(date) << text;
    EXPECT_EQ(date->ToString(), text);
  }
}

TEST(DateTest, RefusesWhatIsNoDate) {
  for (const char* text :
       {"", "2024-02-30", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-01", "2024-01-00",
        "0000-01-01", "2024-1-01", "24-01-01", "2024-01-01 ", " 2024-01-01", "2024/01/01",
        "2024-01-011", "+2024-01-01", "-024-01-01", "2024-01-1a", "20240101"}) {
    EXPECT_FALSE(Date::Parse(text)) << text;
  }
  EXPECT_FALSE(Date::FromParts(10'000, 1, 1));
  EXPECT_FALSE(Date::FromParts(2024, 2, 31));
}

TEST(DateTest, CountsDaysAndWeekdays) {
  const Date leap_day = *Date::Parse("2024-02-29");
  EXPECT_EQ((leap_day + 1).ToString(), "2024-03-01");
  EXPECT_EQ((leap_day - 29).ToString(), "2024-01-31");
  EXPECT_EQ(*Date::Parse("2025-02-28") - leap_day, 365);
  EXPECT_EQ(leap_day.Weekday(), 4u);
}

TEST(InstantTest, HasTheChinaDateWhateverItsOffset) {
  EXPECT_EQ(Instant::Parse("2024-02-29T15:59:59Z")->ChinaDate().ToString(), "2024-02-29");
  EXPECT_EQ(Instant::Parse("2024-02-29T16:00:00Z")->ChinaDate().ToString(), "2024-03-01");
  EXPECT_EQ(Instant::Parse("2024-04-27T20:00:00-05:00")->ChinaDate().ToString(), "2024-04-28");
  EXPECT_EQ(Instant::Parse("2024-05-01T00:59:59+09:00")->ChinaDate().ToString(), "2024-04-30");
  EXPECT_EQ(Instant::FromMicros(-1).ChinaDate().ToString(), "1970-01-01");
  EXPECT_EQ(Instant::FromMicros(-28'800'000'001).ChinaDate().ToString(), "1969-12-31");
}

TEST(InstantTest, PrintsAtChinaTimeAndParsesItsPrint) {
  const auto whole = *Instant::Parse("2024-09-20T16:00:00Z");
  EXPECT_EQ(whole.ToString(), "2024-09-21T00:00:00+08:00");
  const auto fraction = *Instant::Parse("2024-09-20T16:00:00.0015Z");
  EXPECT_EQ(fraction.ToString(), "2024-09-21T00:00:00.001500+08:00");
  EXPECT_EQ(Instant::Parse(fraction.ToString()), fraction);
  EXPECT_EQ(Instant::Parse("1960-01-01T00:00:00+08:00")->ToString(), "1960-01-01T00:00:00+08:00");
}

TEST(InstantTest, RefusesWhatIsNoInstant) {
  for (const char* text :
       {"", "2024-09-20", "2024-09-20T16:00:00", "2024-09-20 16:00:00Z", "2024-09-20T24:00:00Z",
        "2024-09-20T16:60:00Z", "2024-12-31T23:59:60Z", "2024-09-20T16:00Z",
        "2024-09-20T16:00:00.Z", "2024-09-20T16:00:00.1234567Z", "2024-09-20T16:00:00+0800",
        "2024-09-20T16:00:00+24:00", "2024-09-20T16:00:00+08:60", "2024-09-20T16:00:00Z ",
        "2024-02-31T16:00:00Z", "0000-01-01T00:00:00Z"}) {
    EXPECT_FALSE(Instant::Parse(text)) << text;
  }
}

TEST(InstantTest, ABareDateIsItsFirstInstant) {
  EXPECT_EQ(Instant::ParseDateOrInstant("2024-09-21"), Instant::Parse("2024-09-20T16:00:00Z"));
  EXPECT_EQ(Instant::StartOf(*Date::Parse("2024-09-21")).ToString(), "2024-09-21T00:00:00+08:00");
  EXPECT_FALSE(Instant::ParseDateOrInstant("2024-09-31"));
}

}  // namespace
}  // namespace docket
