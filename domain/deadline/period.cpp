#include "domain/deadline/period.hpp"

#include "domain/deadline/day_notes.hpp"
#include "domain/ensure.hpp"

namespace docket {

namespace {

constexpr std::int64_t kAmountMax = 10'000;
constexpr std::size_t kPausesMax = kListItemsMax;
constexpr int kPausedDaysMax = 36'525;
constexpr std::int64_t kMonthsPerYear = 12;
constexpr std::chrono::microseconds kHour = std::chrono::hours{1};
constexpr std::chrono::microseconds kMicrosecond{1};

// The last day leaves room for its 24:00, which must be a date of year 9999 too.
constexpr Date kFirstDate{std::chrono::year{1} / 1 / 1};
constexpr Date kLastDate{std::chrono::year{9999} / 12 / 30};

constexpr Refusal kDateOutOfRange{"date_out_of_range", "期限超出公元1年至9999年的范围",
                                  "the period leaves the years 1 to 9999"};
constexpr Refusal kPauseTooLong{"pause_too_long", "中止时间合计超过一百年",
                                "the pauses exceed a hundred years in all"};

tl::unexpected<Rejection> RefuseAt(const std::string& pointer, const Refusal& refusal) {
  Rejection rejection(RejectionKind::kInvalid, refusal);
  rejection.fields.push_back({pointer, rejection.code, rejection.zh, rejection.en});
  return tl::unexpected(std::move(rejection));
}

bool InRange(Date date) { return date >= kFirstDate && date <= kLastDate; }

bool InRange(Instant instant) {
  return instant >= Instant::StartOf(kFirstDate) && instant < Instant::StartOf(kLastDate + 1);
}

/// The first broken rule, in the order of the fields.
std::optional<tl::unexpected<Rejection>> Check(const Count& count) {
  const auto& period = count.period;
  const auto out_of_range = [](std::int64_t amount) { return amount < 0 || amount > kAmountMax; };
  constexpr Refusal kAmount{"amount_out_of_range", "期限数量应在0至10000之间",
                            "the amount must be 0 to 10,000"};
  if (!InRange(count.start)) return RefuseAt("/start", kDateOutOfRange);
  if (out_of_range(period.amount)) return RefuseAt("/period/amount", kAmount);
  if (out_of_range(count.extension)) return RefuseAt("/extension", kAmount);
  if (period.unit == PeriodUnit::kHour && period.roll != Roll::kNone) {
    return RefuseAt("/period/roll", {"roll_on_hours", "按小时计算的期限不适用顺延",
                                     "a period of hours does not roll"});
  }
  if (count.pauses.size() > kPausesMax) {
    return RefuseAt("/pauses", {"pauses_too_many", "中止次数过多", "there are too many pauses"});
  }
  for (std::size_t i = 0; i < count.pauses.size(); ++i) {
    const Pause& pause = count.pauses[i];
    const std::string pointer = PointerTo("/pauses", std::to_string(i));
    if (pause.to && *pause.to < pause.from) {
      return RefuseAt(pointer + "/to", {"pause_ends_before_start", "中止的结束日早于开始日",
                                        "the pause ends before it starts"});
    }
    if (period.direction == Direction::kBackward && pause.to != pause.from) {
      return RefuseAt(pointer, {"pause_on_backward_period", "向前倒算的期限不能中止",
                                "a period that is counted backward cannot pause"});
    }
  }
  return std::nullopt;
}

/// Which days are excluded, whatever the order and overlap of the pauses.
class Exclusions {
 public:
  explicit Exclusions(std::vector<Pause> pauses) : pauses_(std::move(pauses)) {
    // Sorted, so that the reason that is named does not depend on the order of entry either.
    std::sort(pauses_.begin(), pauses_.end(), [](const Pause& a, const Pause& b) {
      return std::tie(a.from, a.to, a.reason) < std::tie(b.from, b.to, b.reason);
    });
  }
  /// The pause that excludes `date`; an open one first, for it stops the clock.
  const Pause* On(Date date) const {
    const Pause* found = nullptr;
    for (const Pause& pause : pauses_) {
      if (date <= pause.from) break;
      if (!pause.to) return &pause;
      if (found == nullptr && date <= *pause.to) found = &pause;
    }
    return found;
  }

 private:
  std::vector<Pause> pauses_;
};

/// The month and year arithmetic of 民法典 202: the corresponding day, or the end of its month.
struct CorrespondingDay {
  Date date;
  bool month_end = false;
};

std::optional<CorrespondingDay> AddMonths(Date start, std::int64_t months) {
  const auto parts = start.Parts();
  const std::int64_t month_index = static_cast<int>(parts.year()) * kMonthsPerYear +
                                   static_cast<unsigned>(parts.month()) - 1 + months;
  if (month_index < kMonthsPerYear) return std::nullopt;
  const auto year = static_cast<int>(month_index / kMonthsPerYear);
  const auto month = static_cast<unsigned>(month_index % kMonthsPerYear) + 1;
  const auto day = static_cast<unsigned>(parts.day());
  if (const auto exact = Date::FromParts(year, month, day)) return CorrespondingDay{*exact, false};
  for (unsigned last = 30; last >= 28; --last) {
    const auto end = Date::FromParts(year, month, last);
    if (end) return CorrespondingDay{*end, true};
  }
  return std::nullopt;
}

/// Walks day by day from the start: every unit but the hour is a number of days that count.
class DayWalk {
 public:
  DayWalk(const Count& count, const WorkCalendar& calendar)
      : calendar_(calendar),
        period_(count.period),
        exclusions_(count.pauses),
        write_(count.period, count.period.amount + count.extension),
        explain_(count.explain),
        start_(count.start.ChinaDate()),
        step_(count.period.direction == Direction::kForward ? 1 : -1),
        target_(count.period.amount + count.extension) {}

  Expected<Due> Run() {
    if (period_.unit == PeriodUnit::kMonth || period_.unit == PeriodUnit::kYear) {
      const auto months = period_.unit == PeriodUnit::kYear ? target_ * kMonthsPerYear : target_;
      corresponding_ = AddMonths(start_, step_ * months);
      if (!corresponding_) return RefuseAt("/period/amount", kDateOutOfRange);
      target_ = std::abs(corresponding_->date - start_);
    }
    if (target_ > 0) Note([&] { return write_.Start(start_); });
    auto last = CountDays();
    if (!last) return tl::unexpected(std::move(last.error()));
    if (!*last) return std::move(due_);  // A pause is open.
    return RollAndFinish(**last);
  }

 private:
  /// The day that completes the count; nullopt inside when a pause stops the clock before.
  Expected<std::optional<Date>> CountDays() {
    Date date = start_;
    int paused_days = 0;
    for (std::int64_t counted = 0; counted < target_;) {
      date = date + step_;
      if (!InRange(date)) return RefuseAt("/period/amount", kDateOutOfRange);
      if (const Pause* pause = exclusions_.On(date)) {
        if (!pause->to) {
          due_.remaining = target_ - counted;
          Note([&] { return write_.StandsStill(date, pause->reason, due_.remaining); });
          return std::nullopt;
        }
        if (++paused_days > kPausedDaysMax) {
          return RefuseAt("/pauses", kPauseTooLong);
        }
        Note([&] { return write_.Paused(date, pause->reason); });
      } else if (Counts(date)) {
        if (++counted < target_) NoteCounted(date, counted);
      }
    }
    return date;
  }

  /// Whether a day that no pause excludes belongs to the period; explains it when not.
  bool Counts(Date date) {
    if (period_.unit != PeriodUnit::kWorkday) return true;
    const DayInfo info = calendar_.On(date);
    due_.provisional |= info.provisional;
    if (!info.IsWorkday()) Note([&] { return write_.Rest(date, info); });
    return info.IsWorkday();
  }

  void NoteCounted(Date date, std::int64_t counted) {
    if (!corresponding_) {
      Note([&] { return write_.Counted(date, counted, calendar_.On(date)); });
    } else if (corresponding_->date == date) {
      Note([&] { return write_.Corresponding(LastCounted(date, counted)); });
    }
  }

  day_notes::LastCounted LastCounted(Date date, std::int64_t counted) const {
    using day_notes::Ending;
    const Ending ending = !corresponding_                ? Ending::kNumbered
                          : corresponding_->date != date ? Ending::kMovedByPauses
                          : corresponding_->month_end    ? Ending::kMonthEnd
                                                         : Ending::kCorrespondingDay;
    return {date, counted, calendar_.On(date), ending};
  }

  Expected<Due> RollAndFinish(Date last) {
    if (!InRange(last)) return RefuseAt("/period/amount", kDateOutOfRange);
    const auto counted = LastCounted(last, target_);
    const bool stays = period_.roll == Roll::kNone || counted.info.IsWorkday();
    if (period_.roll != Roll::kNone) due_.provisional |= counted.info.provisional;
    Note([&] { return stays ? write_.Due(counted) : write_.WouldEnd(counted); });
    while (!stays) {
      last = last + (period_.roll == Roll::kNextWorkday ? 1 : -1);
      if (!InRange(last)) return RefuseAt("/period/amount", kDateOutOfRange);
      const DayInfo info = calendar_.On(last);
      due_.provisional |= info.provisional;
      const bool done = info.IsWorkday();
      Note([&] { return done ? write_.DueAfterRoll(last, info) : write_.RolledOver(last, info); });
      if (done) break;
    }
    due_.date = last;
    due_.instant = Instant::StartOf(last + 1);
    return std::move(due_);
  }

  template <class Write>
  void Note(const Write& write) {
    if (explain_) due_.days.push_back(write());
  }

  const WorkCalendar& calendar_;
  Period period_;
  Exclusions exclusions_;
  day_notes::Writer write_;
  bool explain_;
  Date start_;
  int step_;
  std::int64_t target_;  ///< How many days have to count.
  std::optional<CorrespondingDay> corresponding_;
  Due due_;
};

/// Hours run from the instant and leave out the days of the pauses.
class HourWalk {
 public:
  explicit HourWalk(const Count& count)
      : count_(count),
        exclusions_(count.pauses),
        write_(count.period, count.period.amount + count.extension),
        left_((count.period.amount + count.extension) * kHour) {}

  Expected<Due> Run() {
    Note(write_.Start(count_.start.ChinaDate()));
    if (count_.period.direction == Direction::kBackward) return Finish(count_.start + -left_);
    Instant at = count_.start;
    for (int paused_days = 0; left_.count() > 0;) {
      const Date date = at.ChinaDate();
      if (!InRange(date)) return RefuseAt("/period/amount", kDateOutOfRange);
      const Instant midnight = Instant::StartOf(date + 1);
      const Pause* pause = exclusions_.On(date);
      if (pause == nullptr) {
        const auto passed = std::min(left_, midnight - at);
        left_ -= passed;
        at = at + passed;
        continue;
      }
      if (!pause->to) return StandStill(date, *pause);
      if (++paused_days > kPausedDaysMax) return RefuseAt("/pauses", kPauseTooLong);
      Note(write_.Paused(date, pause->reason));
      at = midnight;
    }
    return Finish(at);
  }

 private:
  Due StandStill(Date date, const Pause& pause) {
    due_.remaining = (left_ + kHour - kMicrosecond) / kHour;
    Note(write_.StandsStill(date, pause.reason, due_.remaining));
    return std::move(due_);
  }

  Expected<Due> Finish(Instant end) {
    if (!InRange(end)) return RefuseAt("/period/amount", kDateOutOfRange);
    due_.instant = end;
    due_.date = (end + -kMicrosecond).ChinaDate();
    Note(write_.Due({*due_.date, 0, {}, day_notes::Ending::kNumbered}));
    return std::move(due_);
  }

  void Note(DayNote note) {
    if (count_.explain) due_.days.push_back(std::move(note));
  }

  const Count& count_;
  Exclusions exclusions_;
  day_notes::Writer write_;
  std::chrono::microseconds left_;
  Due due_;
};

}  // namespace

Expected<Due> ComputeDue(const Count& count, const WorkCalendar& calendar) {
  if (auto refused = Check(count)) return std::move(*refused);
  auto due = count.period.unit == PeriodUnit::kHour ? HourWalk(count).Run()
                                                    : DayWalk(count, calendar).Run();
  ENSURE(!due || due->date.has_value() == due->instant.has_value(), "a due date has its instant");
  return due;
}

std::int64_t RemainingOn(Date today, Date due, PeriodUnit unit, const WorkCalendar& calendar) {
  constexpr std::int64_t kHoursPerDay = 24;
  if (unit == PeriodUnit::kHour) return kHoursPerDay * (due - today);
  if (unit != PeriodUnit::kWorkday) return due - today;
  return calendar.WorkdaysBetween(today, due) - calendar.WorkdaysBetween(due, today);
}

}  // namespace docket
