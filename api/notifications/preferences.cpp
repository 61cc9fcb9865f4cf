#include "api/notifications/preferences.hpp"

#include <algorithm>
#include <charconv>

namespace docket {

namespace {

bool IsAmong(const std::vector<NoticeKind>& kinds, NoticeKind kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

int NumberAt(const std::string& text, std::size_t at) {
  int number = -1;
  std::from_chars(text.data() + at, text.data() + at + 2, number);
  return number;
}

}  // namespace

bool DayTime::IsWellFormed() const {
  constexpr std::string_view kShape = "dd:dd";
  if (value.size() != kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool is_digit = value[i] >= '0' && value[i] <= '9';
    if (kShape[i] == 'd' ? !is_digit : value[i] != kShape[i]) return false;
  }
  return NumberAt(value, 0) < 24 && NumberAt(value, 3) < 60;
}

std::chrono::minutes DayTime::SinceMidnight() const {
  return std::chrono::minutes(60 * NumberAt(value, 0) + NumberAt(value, 3));
}

bool NoticePreferences::Wants(NoticeChannel channel, NoticeKind kind) const {
  return IsMandatory(kind) || IsAmong(channel == NoticeChannel::kEmail ? email : sms, kind);
}

std::optional<Instant> NoticePreferences::QuietUntil(Instant now) const {
  const auto from = quiet_from.SinceMidnight();
  const auto until = quiet_until.SinceMidnight();
  const Instant midnight = Instant::StartOf(now.ChinaDate());
  const auto time = now - midnight;
  if (from <= until) {
    return from <= time && time < until ? std::optional(midnight + until) : std::nullopt;
  }
  if (time < until) return midnight + until;
  if (time >= from) return Instant::StartOf(now.ChinaDate() + 1) + until;
  return std::nullopt;
}

NoticePreferences PreferencesOf(const NotificationStore& store, const ActorId& account) {
  const auto settings = store.FindPreferences(account);
  if (!settings) return {};
  const auto preferences = Decode<NoticePreferences>(JsonView(Json::parse(*settings)));
  if (!preferences) throw StoreError("the notification preferences of an account cannot be read");
  return *preferences;
}

Expected<void> CheckPreferences(const NoticePreferences& preferences) {
  for (const auto& entry : EnumTable<NoticeKind>::kNames) {
    if (!IsMandatory(entry.value)) continue;
    if (!IsAmong(preferences.email, entry.value) || !IsAmong(preferences.sms, entry.value)) {
      return Refuse(RejectionKind::kInvalid, kNoticeMandatory);
    }
  }
  return {};
}

}  // namespace docket
