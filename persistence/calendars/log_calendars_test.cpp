#include "persistence/calendars/log_calendars.hpp"

#include <gtest/gtest.h>

#include "domain/embedded.hpp"
#include "tests/support/log_fixture.hpp"

namespace docket {

namespace embedded {
const std::vector<File>& Calendars();
}  // namespace embedded

namespace {

using testing::LogFixture;

/// The shipped document under another name.
Json DocumentOf(const std::string& version) {
  auto document = Json::parse(embedded::Calendars().front().text);
  document["version"] = version;
  return document;
}

class LogCalendarsTest : public ::testing::Test {
 protected:
  LogCalendars Make() { return LogCalendars({fixture_.Log(), fixture_.clock, ids_}); }
  Publisher Administrator() {
    return {.actor = {ActorId("admin"), UnitId("docket"), {Role::kSystemAdministrator}},
            .role = Role::kSystemAdministrator};
  }

  LogFixture fixture_;
  RandomIds ids_;
};

TEST_F(LogCalendarsTest, BeginsWithTheShippedOnes) {
  const auto calendars = Make();
  EXPECT_EQ(calendars.Current(), CalendarSet::Builtin().Newest());
  EXPECT_EQ(calendars.Find("final"), calendars.Current());
  EXPECT_EQ(calendars.Find(""), calendars.Current());
  EXPECT_EQ(calendars.Find("cn-1999"), nullptr);
}

TEST_F(LogCalendarsTest, PublishedCalendarIsInForceHereAndAfterARestart) {
  auto calendars = Make();
  const auto before = calendars.Current();
  const auto published = calendars.Publish(DocumentOf("cn-test-1"), Administrator());
  ASSERT_TRUE(published.has_value());
  EXPECT_EQ(published->version, Version{1});
  EXPECT_EQ(calendars.Current()->Version(), "cn-test-1");
  EXPECT_EQ(calendars.Find(before->Version()), before);
  EXPECT_EQ(Make().Current()->Version(), "cn-test-1");
  EXPECT_GT(calendars.All().size(), CalendarSet::Builtin().Versions().size());
  const auto events = fixture_.Log().ReadStream(LogId::kCases, kCalendarStream, Version{}, 10);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].type, "calendar.published");
  EXPECT_EQ(events[0].actor, ActorId("admin"));
}

TEST_F(LogCalendarsTest, KnownVersionIsRefused) {
  auto calendars = Make();
  auto other = Make();
  ASSERT_TRUE(calendars.Publish(DocumentOf("cn-test-1"), Administrator()).has_value());
  EXPECT_EQ(calendars.Publish(DocumentOf("cn-test-1"), Administrator()).error().code,
            "calendar_version_known");
  EXPECT_EQ(other.Publish(DocumentOf("cn-test-1"), Administrator()).error().code,
            "calendar_version_known");
  const auto shipped = CalendarSet::Builtin().Newest()->Version();
  EXPECT_EQ(calendars.Publish(DocumentOf(shipped), Administrator()).error().code,
            shipped == "final" ? "calendar_version_missing" : "calendar_version_known");
  EXPECT_EQ(fixture_.Log().ReadHead(LogId::kCases).position, Position{1});
}

TEST_F(LogCalendarsTest, DocumentWithoutVersionOrMeaningIsRefused) {
  auto calendars = Make();
  auto nameless = DocumentOf("x");
  nameless.erase("version");
  EXPECT_EQ(calendars.Publish(nameless, Administrator()).error().code, "calendar_version_missing");
  EXPECT_EQ(calendars.Publish(DocumentOf("final"), Administrator()).error().code,
            "calendar_version_missing");
  EXPECT_FALSE(calendars.Publish(Json::object(), Administrator()).has_value());
  EXPECT_EQ(fixture_.Log().ReadHead(LogId::kCases).position, Position{});
}

TEST_F(LogCalendarsTest, RefreshSeesWhatOthersPublished) {
  auto calendars = Make();
  auto other = Make();
  ASSERT_TRUE(other.Publish(DocumentOf("cn-test-1"), Administrator()).has_value());
  EXPECT_NE(calendars.Current()->Version(), "cn-test-1");
  calendars.Refresh();
  EXPECT_EQ(calendars.Current()->Version(), "cn-test-1");
  ASSERT_TRUE(calendars.Publish(DocumentOf("cn-test-2"), Administrator()).has_value());
  other.Refresh();
  EXPECT_EQ(other.Current()->Version(), "cn-test-2");
  EXPECT_EQ(other.Find("cn-test-1")->Version(), "cn-test-1");
}

}  // namespace
}  // namespace docket
