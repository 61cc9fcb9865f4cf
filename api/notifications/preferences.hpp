/// How an account wants to be told outside its inbox: by which channel of what, and when not.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/json.hpp"
#include "domain/time.hpp"
#include "persistence/notifications/notification_store.hpp"

namespace docket {

/// A time of the day in China: `22:00`.
struct DayTime {
  std::string value;

  static constexpr Refusal kMalformed{"day_time_malformed", "时间应为 HH:MM", "expected HH:MM"};
  static constexpr std::string_view kPattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$";
  DayTime() = default;
  explicit DayTime(std::string text) : value(std::move(text)) {}
  bool IsWellFormed() const;
  std::chrono::minutes SinceMidnight() const;  ///< Of a well-formed one.
  friend bool operator==(const DayTime&, const DayTime&) = default;
};

/// Kinds that nobody may switch off go out whether they are listed or not.
struct NoticePreferences {
  std::vector<NoticeKind> email{NoticeKind::kTask,    NoticeKind::kProgress, NoticeKind::kWarning,
                                NoticeKind::kOverdue, NoticeKind::kAccount,  NoticeKind::kSecurity};
  std::vector<NoticeKind> sms{NoticeKind::kWarning, NoticeKind::kOverdue, NoticeKind::kSecurity};
  DayTime quiet_from{"22:00"};  ///< 免打扰时段. The same as `quiet_until`: there is none.
  DayTime quiet_until{"08:00"};

  bool Wants(NoticeChannel channel, NoticeKind kind) const;
  /// When the quiet hours end in which `now` lies; nullopt: it lies in none.
  std::optional<Instant> QuietUntil(Instant now) const;

  static FieldList Fields() {
    return {Field{"email", &NoticePreferences::email, "以电子邮件通知的类别"},
            Field{"sms", &NoticePreferences::sms, "以短信通知的类别"},
            Field{"quiet_from", &NoticePreferences::quiet_from, "免打扰开始"},
            Field{"quiet_until", &NoticePreferences::quiet_until, "免打扰结束"}};
  }
  friend bool operator==(const NoticePreferences&, const NoticePreferences&) = default;
};

/// What the account has said, or what holds for whoever has said nothing.
NoticePreferences PreferencesOf(const NotificationStore& store, const ActorId& account);

inline constexpr Refusal kNoticeMandatory{"notice_mandatory", "超期和账号安全通知不得关闭",
                                          "notices of overdue duties and of security stay on"};
/// Refused: `notice_mandatory` where one that must stay on is missing from either list.
Expected<void> CheckPreferences(const NoticePreferences& preferences);

}  // namespace docket
