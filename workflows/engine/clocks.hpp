/// The running clocks (期限) of one case, folded from the `deadline.*` events of its stream.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/deadline/period.hpp"
#include "domain/event.hpp"
#include "domain/json.hpp"

namespace docket {

/// Whose limit it is: only statutory (法定) and promised (承诺) ones count as overdue (超期).
enum class ClockKind : std::uint8_t { kStatutory, kPromised, kInternal };

enum class ClockState : std::uint8_t {
  kRunning,
  kPaused,     ///< No due date while it stands still, only what is left.
  kMet,        ///< The act came in time.
  kLapsed,     ///< Due passed, the act has not come.
  kEndedLate,  ///< The act came too late.
  kExpired,    ///< A cap ended by itself (e.g. suspension of trade); no breach.
  kCancelled,  ///< What the clock was for fell away (withdrawal, not accepted…).
};

/// A reminder still to be recorded: when, and how many units are left then.
struct Reminder {
  std::int64_t left = 0;
  Instant at;

  static FieldList Fields() {
    return {Field{"left", &Reminder::left, "剩余"}, Field{"at", &Reminder::at, "提醒时间"}};
  }
  friend bool operator==(const Reminder&, const Reminder&) = default;
};

/// One clock of a case. `clock` is the rule's id, with `:party` where the rule counts for each
/// party apart and `#2` from the second round on.
struct CaseClock {
  std::string clock;
  std::string rule;
  std::string edition;
  ClockKind kind = ClockKind::kStatutory;
  std::string calendar;  ///< Version of the working calendar.
  Instant started_at;
  Period period;
  std::int64_t extension = 0;
  std::vector<Pause> pauses;
  std::optional<Date> due_date;   ///< Last day in time; none while paused.
  std::optional<Instant> due_at;  ///< First instant that is late.
  bool provisional = false;
  std::int64_t remaining = 0;  ///< Units left; only while paused.
  ClockState state = ClockState::kRunning;
  std::optional<Instant> ended_at;  ///< When the act came.
  std::int64_t late_by = 0;         ///< In the clock's own unit, at least 1 when late.
  std::vector<Reminder> reminders;  ///< Not yet recorded, earliest first.
  std::optional<EventId> lapse;     ///< The event that recorded the lapse, while it stands.

  bool IsOpen() const { return state == ClockState::kRunning || state == ClockState::kPaused; }
  static FieldList Fields() {
    return {Field{"clock", &CaseClock::clock, "期限"},
            Field{"rule", &CaseClock::rule, "规则"},
            Field{"edition", &CaseClock::edition, "版本"},
            Field{"kind", &CaseClock::kind, "期限性质"},
            Field{"calendar", &CaseClock::calendar, "日历版本"},
            Field{"started_at", &CaseClock::started_at, "起算时间"},
            Field{"period", &CaseClock::period, "期间"},
            Field{"extension", &CaseClock::extension, "延长"},
            Field{"pauses", &CaseClock::pauses, "扣除期间"},
            Field{"due_date", &CaseClock::due_date, "届满日"},
            Field{"due_at", &CaseClock::due_at, "届满时刻"},
            Field{"provisional", &CaseClock::provisional, "暂定"},
            Field{"remaining", &CaseClock::remaining, "剩余"},
            Field{"state", &CaseClock::state, "状态"},
            Field{"ended_at", &CaseClock::ended_at, "完成时间"},
            Field{"late_by", &CaseClock::late_by, "超期"},
            Field{"reminders", &CaseClock::reminders, "提醒"},
            Field{"lapse", &CaseClock::lapse, "超期记录"}};
  }
  friend bool operator==(const CaseClock&, const CaseClock&) = default;
};

/// All clocks of a case, by key, in the order in which they started.
class Clocks {
 public:
  /// Applies one `deadline.*` event; other types change nothing. Throws std::runtime_error when
  /// the event cannot be read.
  void Apply(const std::string& type, const JsonView& data, const EventId& id);

  const std::vector<CaseClock>& All() const { return clocks_; }
  /// The latest round of the clock, or nullptr.
  const CaseClock* Find(std::string_view clock) const;
  /// Earliest instant at which time alone will have something to record.
  std::optional<Instant> NextTick() const;
  friend bool operator==(const Clocks&, const Clocks&) = default;

 private:
  CaseClock& At(const std::string& clock);
  void ApplyPause(const std::string& type, const JsonView& data);
  void ApplyLapse(const std::string& type, const JsonView& data, const EventId& id);
  void ApplyEnd(const std::string& type, const JsonView& data);
  void ApplyReschedule(const JsonView& data);

  std::vector<CaseClock> clocks_;
};

template <>
struct EnumTable<ClockKind> {
  static constexpr std::array kNames{
      EnumName<ClockKind>{ClockKind::kStatutory, "statutory", "法定期限"},
      EnumName<ClockKind>{ClockKind::kPromised, "promised", "承诺期限"},
      EnumName<ClockKind>{ClockKind::kInternal, "internal", "内部期限"},
  };
};
template <>
struct EnumTable<ClockState> {
  static constexpr std::array kNames{
      EnumName<ClockState>{ClockState::kRunning, "running", "计算中"},
      EnumName<ClockState>{ClockState::kPaused, "paused", "中止计算"},
      EnumName<ClockState>{ClockState::kMet, "met", "按期"},
      EnumName<ClockState>{ClockState::kLapsed, "lapsed", "超期"},
      EnumName<ClockState>{ClockState::kEndedLate, "ended_late", "超期办结"},
      EnumName<ClockState>{ClockState::kExpired, "expired", "届满自行终止"},
      EnumName<ClockState>{ClockState::kCancelled, "cancelled", "终止"},
  };
};

}  // namespace docket
