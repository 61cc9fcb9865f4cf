#include "domain/time.hpp"

#include <fmt/format.h>

namespace docket {

namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;
constexpr std::int64_t kChinaOffsetMicros = 8 * 3'600 * kMicrosPerSecond;

std::int64_t FloorDivide(std::int64_t value, std::int64_t by) {
  const std::int64_t quotient = value / by;
  return value % by < 0 ? quotient - 1 : quotient;
}

/// Reads exactly `count` digits at the front of `text` and removes them.
std::optional<int> TakeDigits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool TakeChar(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> TakeDate(std::string_view& text) {
  const auto year = TakeDigits(text, 4);
  if (!year || !TakeChar(text, '-')) return std::nullopt;
  const auto month = TakeDigits(text, 2);
  if (!month || !TakeChar(text, '-')) return std::nullopt;
  const auto day = TakeDigits(text, 2);
  if (!day) return std::nullopt;
  return Date::FromParts(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

/// `HH:MM:SS[.ffffff]` as microseconds since midnight.
std::optional<std::int64_t> TakeTime(std::string_view& text) {
  const auto hour = TakeDigits(text, 2);
  if (!hour || *hour > 23 || !TakeChar(text, ':')) return std::nullopt;
  const auto minute = TakeDigits(text, 2);
  if (!minute || *minute > 59 || !TakeChar(text, ':')) return std::nullopt;
  const auto second = TakeDigits(text, 2);
  if (!second || *second > 59) return std::nullopt;
  std::int64_t micros = ((*hour * 60LL + *minute) * 60 + *second) * kMicrosPerSecond;
  if (TakeChar(text, '.')) {
    std::int64_t unit = kMicrosPerSecond / 10;
    std::size_t digits = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
      if (++digits > 6) return std::nullopt;
      micros += (text.front() - '0') * unit;
      unit /= 10;
      text.remove_prefix(1);
    }
    if (digits == 0) return std::nullopt;
  }
  return micros;
}

/// `Z` or `±HH:MM` as microseconds east of UTC.
std::optional<std::int64_t> TakeOffset(std::string_view& text) {
  if (TakeChar(text, 'Z')) return 0;
  const bool east = !text.empty() && text.front() == '+';
  if (!east && (text.empty() || text.front() != '-')) return std::nullopt;
  text.remove_prefix(1);
  const auto hours = TakeDigits(text, 2);
  if (!hours || *hours > 23 || !TakeChar(text, ':')) return std::nullopt;
  const auto minutes = TakeDigits(text, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  const std::int64_t micros = (*hours * 60LL + *minutes) * 60 * kMicrosPerSecond;
  return east ? micros : -micros;
}

}  // namespace

std::optional<Date> Date::FromParts(int year, unsigned month, unsigned day) {
  const std::chrono::year_month_day parts{std::chrono::year{year}, std::chrono::month{month},
                                          std::chrono::day{day}};
  if (year < 1 || year > 9999 || !parts.ok()) return std::nullopt;
  return Date{std::chrono::sys_days{parts}};
}

std::optional<Date> Date::Parse(std::string_view text) {
  const auto date = TakeDate(text);
  return text.empty() ? date : std::nullopt;
}

std::string Date::ToString() const {
  const auto parts = Parts();
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(parts.year()),
                     static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
}

Instant Instant::StartOf(Date date) {
  return FromMicros(date.Days().time_since_epoch().count() * kMicrosPerDay - kChinaOffsetMicros);
}

std::optional<Instant> Instant::Parse(std::string_view text) {
  const auto date = TakeDate(text);
  if (!date || !TakeChar(text, 'T')) return std::nullopt;
  const auto time = TakeTime(text);
  if (!time) return std::nullopt;
  const auto offset = TakeOffset(text);
  if (!offset || !text.empty()) return std::nullopt;
  return FromMicros(date->Days().time_since_epoch().count() * kMicrosPerDay + *time - *offset);
}

std::optional<Instant> Instant::ParseDateOrInstant(std::string_view text) {
  if (const auto date = Date::Parse(text)) return StartOf(*date);
  return Parse(text);
}

Date Instant::ChinaDate() const {
  const std::int64_t days = FloorDivide(micros_ + kChinaOffsetMicros, kMicrosPerDay);
  return Date{std::chrono::sys_days{std::chrono::days{days}}};
}

std::string Instant::ToString() const {
  const std::int64_t in_day = micros_ - StartOf(ChinaDate()).Micros();
  const std::int64_t seconds = in_day / kMicrosPerSecond;
  const std::int64_t fraction = in_day % kMicrosPerSecond;
  const std::string time = fmt::format("{}T{:02}:{:02}:{:02}", ChinaDate().ToString(),
                                       seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (fraction == 0) return time + "+08:00";
  return fmt::format("{}.{:06}+08:00", time, fraction);
}

}  // namespace docket
