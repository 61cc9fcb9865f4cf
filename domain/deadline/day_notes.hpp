/// The words of an explanation: one note a day, in Chinese and English.
#pragma once

#include <string>

#include "domain/calendar/calendar.hpp"
#include "domain/deadline/period.hpp"

namespace docket::day_notes {

/// What the day that completes a count is called.
enum class Ending : std::uint8_t {
  kNumbered,          ///< The n-th day.
  kCorrespondingDay,  ///< Months and years.
  kMonthEnd,          ///< Months and years: the corresponding day does not exist.
  kMovedByPauses,     ///< Months and years: later than the corresponding day.
};

/// The day that completes the count, before any roll.
struct LastCounted {
  Date date;
  std::int64_t ordinal = 0;
  DayInfo info;
  Ending ending = Ending::kNumbered;
};

/// Writes the notes of one period; knows its unit, so that callers only say what happened.
class Writer {
 public:
  explicit Writer(const Period& period, std::int64_t amount) : period_(period), amount_(amount) {}

  DayNote Start(Date date) const;
  DayNote Counted(Date date, std::int64_t ordinal, const DayInfo& info) const;
  /// The corresponding day of a month or year period that does not end the period, because pauses
  /// move the end further.
  DayNote Corresponding(const LastCounted& day) const;
  DayNote Rest(Date date, const DayInfo& info) const;
  DayNote Paused(Date date, const std::string& reason) const;
  /// The first day of a pause that has not ended.
  DayNote StandsStill(Date date, const std::string& reason, std::int64_t remaining) const;
  /// The period would end here, were it a working day.
  DayNote WouldEnd(const LastCounted& day) const;
  DayNote RolledOver(Date date, const DayInfo& info) const;
  /// The last day in time: counted itself, or reached by rolling.
  DayNote Due(const LastCounted& day) const;
  DayNote DueAfterRoll(Date date, const DayInfo& info) const;

 private:
  struct Words {
    std::string zh;
    std::string en;
  };
  Words Ordinal(const LastCounted& day) const;

  Period period_;
  std::int64_t amount_;
};

}  // namespace docket::day_notes
