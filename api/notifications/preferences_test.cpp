// Quiet hours across midnight and inside a day, and what cannot be switched off.
#include "api/notifications/preferences.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

std::string QuietUntil(const NoticePreferences& preferences, const std::string& now) {
  const auto until = preferences.QuietUntil(*Instant::Parse("2024-08-08T" + now + "+08:00"));
  return until ? until->ToString() : "";
}

TEST(NoticePreferences, QuietHoursAcrossMidnightEndInTheMorning) {
  const NoticePreferences usual;
  EXPECT_EQ(QuietUntil(usual, "21:59:59"), "");
  EXPECT_EQ(QuietUntil(usual, "22:00:00"), "2024-08-09T08:00:00+08:00");
  EXPECT_EQ(QuietUntil(usual, "23:59:59"), "2024-08-09T08:00:00+08:00");
  EXPECT_EQ(QuietUntil(usual, "00:00:00"), "2024-08-08T08:00:00+08:00");
  EXPECT_EQ(QuietUntil(usual, "07:59:59"), "2024-08-08T08:00:00+08:00");
  EXPECT_EQ(QuietUntil(usual, "08:00:00"), "");
}

TEST(NoticePreferences, QuietHoursMayLieInsideADayOrNotBeAtAll) {
  NoticePreferences noon;
  noon.quiet_from = DayTime("12:00");
  noon.quiet_until = DayTime("14:30");
  EXPECT_EQ(QuietUntil(noon, "11:59:00"), "");
  EXPECT_EQ(QuietUntil(noon, "12:00:00"), "2024-08-08T14:30:00+08:00");
  EXPECT_EQ(QuietUntil(noon, "14:30:00"), "");
  noon.quiet_until = noon.quiet_from;
  EXPECT_EQ(QuietUntil(noon, "12:00:00"), "");
}

TEST(NoticePreferences, OverdueAndSecurityCannotBeSwitchedOff) {
  NoticePreferences preferences;
  EXPECT_TRUE(CheckPreferences(preferences));
  EXPECT_FALSE(preferences.Wants(NoticeChannel::kSms, NoticeKind::kProgress));
  preferences.email = {NoticeKind::kOverdue};
  ASSERT_FALSE(CheckPreferences(preferences));
  EXPECT_EQ(CheckPreferences(preferences).error().code, "notice_mandatory");
  preferences.email.push_back(NoticeKind::kSecurity);
  EXPECT_TRUE(CheckPreferences(preferences));
  EXPECT_FALSE(preferences.Wants(NoticeChannel::kEmail, NoticeKind::kTask));
  EXPECT_TRUE(preferences.Wants(NoticeChannel::kEmail, NoticeKind::kOverdue));
  preferences.sms.clear();
  EXPECT_FALSE(CheckPreferences(preferences));
  EXPECT_TRUE(preferences.Wants(NoticeChannel::kSms, NoticeKind::kSecurity));
}

TEST(NoticePreferences, ATimeOfTheDayIsWellFormedOrRefused) {
  for (const char* good : {"00:00", "09:59", "23:59"}) EXPECT_TRUE(DayTime(good).IsWellFormed());
  for (const char* bad : {"", "24:00", "12:60", "9:00", "09-00", "ab:cd", "09:000", "-1:00"}) {
    EXPECT_FALSE(DayTime(bad).IsWellFormed()) << bad;
  }
  EXPECT_EQ(DayTime("22:30").SinceMidnight().count(), 22 * 60 + 30);
}

}  // namespace
}  // namespace docket
