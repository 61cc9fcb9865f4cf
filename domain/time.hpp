/// Instants and China dates. Nothing here reads a clock: time is passed in (see clock.hpp).
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace docket {

/// A local date in China (UTC+08:00, no daylight saving since 1991), years 1 to 9999.
class Date {
 public:
  constexpr Date() = default;
  constexpr explicit Date(std::chrono::sys_days days) : days_(days) {}
  /// Exact Gregorian date; nullopt for 31 February, month 13, year 0 or beyond 9999.
  static std::optional<Date> FromParts(int year, unsigned month, unsigned day);
  /// Strict `YYYY-MM-DD`; nullopt for anything else.
  static std::optional<Date> Parse(std::string_view text);

  std::string ToString() const;
  constexpr std::chrono::sys_days Days() const { return days_; }
  std::chrono::year_month_day Parts() const { return std::chrono::year_month_day{days_}; }
  /// 0 = Sunday … 6 = Saturday.
  unsigned Weekday() const { return std::chrono::weekday{days_}.c_encoding(); }

  constexpr Date operator+(int days) const { return Date{days_ + std::chrono::days{days}}; }
  constexpr Date operator-(int days) const { return Date{days_ - std::chrono::days{days}}; }
  /// Calendar days from `other` to this date.
  constexpr int operator-(Date other) const {
    return static_cast<int>((days_ - other.days_).count());
  }
  constexpr Date& operator++() {
    days_ += std::chrono::days{1};
    return *this;
  }
  constexpr Date& operator--() {
    days_ -= std::chrono::days{1};
    return *this;
  }
  friend constexpr auto operator<=>(const Date&, const Date&) = default;

 private:
  std::chrono::sys_days days_{};
};

/// A point in time: microseconds since 1970-01-01T00:00:00Z.
class Instant {
 public:
  constexpr Instant() = default;
  constexpr static Instant FromMicros(std::int64_t micros) {
    Instant i;
    i.micros_ = micros;
    return i;
  }
  /// The first instant of `date` in China (00:00 at UTC+08:00).
  static Instant StartOf(Date date);
  /// RFC 3339 with an offset (`2024-02-29T15:59:59Z`, `…+08:00`, up to six fractional digits);
  /// nullopt for anything else, including leap seconds and a missing offset.
  static std::optional<Instant> Parse(std::string_view text);
  /// As Parse, but also a bare China date (its first instant).
  static std::optional<Instant> ParseDateOrInstant(std::string_view text);

  constexpr std::int64_t Micros() const { return micros_; }
  /// The date in China at this instant.
  Date ChinaDate() const;
  /// RFC 3339 at +08:00, seconds or six fractional digits: `2024-09-21T00:00:00+08:00`.
  std::string ToString() const;

  constexpr Instant operator+(std::chrono::microseconds d) const {
    return FromMicros(micros_ + d.count());
  }
  constexpr std::chrono::microseconds operator-(Instant other) const {
    return std::chrono::microseconds{micros_ - other.micros_};
  }
  friend constexpr auto operator<=>(const Instant&, const Instant&) = default;

 private:
  std::int64_t micros_ = 0;
};

/// The port through which legal time is read. The implementation that reads the machine's clock
/// lives in persistence/; the pure core is given an Instant.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant Now() const = 0;
  /// True when legal time has been moved away from the machine's (demonstrations, tests): every
  /// event recorded under it is stamped.
  virtual bool IsVirtual() const { return false; }
};

}  // namespace docket
