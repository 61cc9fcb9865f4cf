/// Facts of time in a case's stream: the `deadline.*` events, written by the engine beside the
/// acts that cause them and by the sweeper. Stored format: add a version instead of changing one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/json.hpp"
#include "workflows/engine/clocks.hpp"

namespace docket::deadline {

/// A clock began to run (期限起算).
struct Started {
  static constexpr std::string_view kType = "deadline.started";
  static constexpr std::string_view kZh = "期限起算";
  std::string clock;
  std::string rule;
  std::string edition;
  ClockKind kind = ClockKind::kStatutory;
  std::string calendar;
  Instant started_at;
  Period period;
  Date due_date;
  Instant due_at;
  bool provisional = false;
  std::vector<Reminder> reminders;
  static FieldList Fields() {
    return {Field{"clock", &Started::clock},        Field{"rule", &Started::rule},
            Field{"edition", &Started::edition},    Field{"kind", &Started::kind},
            Field{"calendar", &Started::calendar},  Field{"started_at", &Started::started_at},
            Field{"period", &Started::period},      Field{"due_date", &Started::due_date},
            Field{"due_at", &Started::due_at},      Field{"provisional", &Started::provisional},
            Field{"reminders", &Started::reminders}};
  }
};

/// The clock stands still (期限中止计算). `supersedes` names a lapse that thereby never was one:
/// the exclusion began before it and was learnt of later.
struct Paused {
  static constexpr std::string_view kType = "deadline.paused";
  static constexpr std::string_view kZh = "期限中止计算";
  std::string clock;
  Date from;
  std::string reason;
  std::int64_t remaining = 0;
  std::optional<EventId> supersedes;
  static FieldList Fields() {
    return {Field{"clock", &Paused::clock}, Field{"from", &Paused::from},
            Field{"reason", &Paused::reason}, Field{"remaining", &Paused::remaining},
            Field{"supersedes", &Paused::supersedes}};
  }
};

/// An exclusion ended (期限恢复计算). Without a due date another exclusion is still open.
struct Resumed {
  static constexpr std::string_view kType = "deadline.resumed";
  static constexpr std::string_view kZh = "期限恢复计算";
  std::string clock;
  Date to;
  std::string reason;
  std::string calendar;
  std::optional<Date> due_date;
  std::optional<Instant> due_at;
  bool provisional = false;
  std::vector<Reminder> reminders;
  static FieldList Fields() {
    return {Field{"clock", &Resumed::clock},
            Field{"to", &Resumed::to},
            Field{"reason", &Resumed::reason},
            Field{"calendar", &Resumed::calendar},
            Field{"due_date", &Resumed::due_date},
            Field{"due_at", &Resumed::due_at},
            Field{"provisional", &Resumed::provisional},
            Field{"reminders", &Resumed::reminders}};
  }
};

/// The act came in time (按期完成).
struct Met {
  static constexpr std::string_view kType = "deadline.met";
  static constexpr std::string_view kZh = "按期完成";
  std::string clock;
  Instant at;
  static FieldList Fields() { return {Field{"clock", &Met::clock}, Field{"at", &Met::at}}; }
};

/// The act came too late (超期完成), `late_by` in the clock's own unit.
struct EndedLate {
  static constexpr std::string_view kType = "deadline.ended_late";
  static constexpr std::string_view kZh = "超期完成";
  std::string clock;
  Instant at;
  std::int64_t late_by = 0;
  static FieldList Fields() {
    return {Field{"clock", &EndedLate::clock}, Field{"at", &EndedLate::at},
            Field{"late_by", &EndedLate::late_by}};
  }
};

/// A fact learnt later shows that the act was in time (事后查明按期): supersedes the lapse.
struct FoundMet {
  static constexpr std::string_view kType = "deadline.found_met";
  static constexpr std::string_view kZh = "事后查明按期完成";
  std::string clock;
  Instant at;
  EventId supersedes;
  std::string because;  ///< Type of the event that showed it.
  static FieldList Fields() {
    return {Field{"clock", &FoundMet::clock}, Field{"at", &FoundMet::at},
            Field{"supersedes", &FoundMet::supersedes}, Field{"because", &FoundMet::because}};
  }
};

/// What the clock was for fell away (期限终止).
struct Cancelled {
  static constexpr std::string_view kType = "deadline.cancelled";
  static constexpr std::string_view kZh = "期限终止";
  std::string clock;
  std::string because;
  static FieldList Fields() {
    return {Field{"clock", &Cancelled::clock}, Field{"because", &Cancelled::because}};
  }
};

/// The due day draws near (期限即将届满), `left` units remain.
struct Approaching {
  static constexpr std::string_view kType = "deadline.approaching";
  static constexpr std::string_view kZh = "期限即将届满";
  std::string clock;
  std::int64_t left = 0;
  Date due_date;
  static FieldList Fields() {
    return {Field{"clock", &Approaching::clock}, Field{"left", &Approaching::left},
            Field{"due_date", &Approaching::due_date}};
  }
};

/// The period ran out and the act had not come (超期). `due_at` is the legal instant; when it was
/// noticed is the event's recorded_at.
struct Lapsed {
  static constexpr std::string_view kType = "deadline.lapsed";
  static constexpr std::string_view kZh = "超期";
  std::string clock;
  Instant due_at;
  static FieldList Fields() {
    return {Field{"clock", &Lapsed::clock}, Field{"due_at", &Lapsed::due_at}};
  }
};

/// A cap or a party's own period ended by itself (届满自行终止): no breach.
struct Expired {
  static constexpr std::string_view kType = "deadline.expired";
  static constexpr std::string_view kZh = "届满自行终止";
  std::string clock;
  Instant due_at;
  static FieldList Fields() {
    return {Field{"clock", &Expired::clock}, Field{"due_at", &Expired::due_at}};
  }
};

/// Why a due day was counted anew.
enum class RescheduleCause : std::uint8_t {
  kCalendar,  ///< Another working calendar was published (放假安排调整).
  kEdition,   ///< A later edition of the rule reaches cases in flight (规则修订).
};

/// The due day was counted anew (期限重新计算). `state` is what the clock is in since: a lapse that
/// thereby never was one is named by `supersedes`, and what had ended late may have been in time.
struct Rescheduled {
  static constexpr std::string_view kType = "deadline.rescheduled";
  static constexpr std::string_view kZh = "期限重新计算";
  std::string clock;
  RescheduleCause because = RescheduleCause::kCalendar;
  std::string edition;
  std::string calendar;
  Period period;
  ClockState state = ClockState::kRunning;
  std::optional<Date> due_date;
  std::optional<Instant> due_at;
  std::int64_t remaining = 0;  ///< Units left; only while paused.
  std::int64_t late_by = 0;    ///< In the clock's own unit; only of what ended late.
  bool provisional = false;
  std::vector<Reminder> reminders;
  std::optional<EventId> supersedes;
  static FieldList Fields() {
    return {Field{"clock", &Rescheduled::clock},
            Field{"because", &Rescheduled::because},
            Field{"edition", &Rescheduled::edition},
            Field{"calendar", &Rescheduled::calendar},
            Field{"period", &Rescheduled::period},
            Field{"state", &Rescheduled::state},
            Field{"due_date", &Rescheduled::due_date},
            Field{"due_at", &Rescheduled::due_at},
            Field{"remaining", &Rescheduled::remaining},
            Field{"late_by", &Rescheduled::late_by},
            Field{"provisional", &Rescheduled::provisional},
            Field{"reminders", &Rescheduled::reminders},
            Field{"supersedes", &Rescheduled::supersedes}};
  }
};

/// True for `deadline.*`.
inline bool IsDeadlineEvent(std::string_view type) { return type.substr(0, 9) == "deadline."; }

/// Chinese name of a `deadline.*` type; empty for others.
std::string_view ChineseOfType(std::string_view type);

}  // namespace docket::deadline

namespace docket {

template <>
struct EnumTable<deadline::RescheduleCause> {
  using E = deadline::RescheduleCause;
  static constexpr std::array kNames{EnumName<E>{E::kCalendar, "calendar", "工作日历调整"},
                                     EnumName<E>{E::kEdition, "edition", "规则修订"}};
};

}  // namespace docket
