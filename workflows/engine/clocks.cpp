#include "workflows/engine/clocks.hpp"

#include <algorithm>
#include <stdexcept>

#include "workflows/engine/deadline_events.hpp"

namespace docket {

namespace {

template <class Event>
Event Read(const JsonView& data) {
  auto event = Decode<Event>(data);
  if (!event) {
    throw std::runtime_error("unreadable event " + std::string(Event::kType) + " at " +
                             (event.error().fields.empty() ? "" : event.error().fields[0].pointer));
  }
  return std::move(*event);
}

CaseClock NewClock(const deadline::Started& e) {
  CaseClock clock;
  clock.clock = e.clock;
  clock.rule = e.rule;
  clock.edition = e.edition;
  clock.kind = e.kind;
  clock.calendar = e.calendar;
  clock.started_at = e.started_at;
  clock.period = e.period;
  clock.due_date = e.due_date;
  clock.due_at = e.due_at;
  clock.provisional = e.provisional;
  clock.reminders = e.reminders;
  return clock;
}

}  // namespace

const CaseClock* Clocks::Find(std::string_view clock) const {
  // Later rounds come later and are called `clock#n`.
  const CaseClock* latest = nullptr;
  for (const auto& candidate : clocks_) {
    const std::string_view base =
        std::string_view(candidate.clock).substr(0, candidate.clock.find('#'));
    if (base == clock || candidate.clock == clock) latest = &candidate;
  }
  return latest;
}

CaseClock& Clocks::At(const std::string& clock) {
  const auto found = std::find_if(clocks_.begin(), clocks_.end(),
                                  [&](const auto& candidate) { return candidate.clock == clock; });
  if (found == clocks_.end()) throw std::runtime_error("no clock " + clock);
  return *found;
}

std::optional<Instant> Clocks::NextTick() const {
  std::optional<Instant> next;
  const auto consider = [&](Instant at) { next = next ? std::min(*next, at) : at; };
  for (const auto& clock : clocks_) {
    if (clock.state != ClockState::kRunning) continue;
    if (clock.due_at) consider(*clock.due_at);
    if (!clock.reminders.empty()) consider(clock.reminders.front().at);
  }
  return next;
}

void Clocks::Apply(const std::string& type, const JsonView& data, const EventId& id) {
  using namespace deadline;
  if (type == Started::kType) clocks_.push_back(NewClock(Read<Started>(data)));
  else if (type == Paused::kType || type == Resumed::kType) ApplyPause(type, data);
  else if (type == Lapsed::kType || type == Expired::kType) ApplyLapse(type, data, id);
  else if (type == Rescheduled::kType) ApplyReschedule(data);
  else ApplyEnd(type, data);
}

void Clocks::ApplyPause(const std::string& type, const JsonView& data) {
  using namespace deadline;
  if (type == Paused::kType) {
    const auto e = Read<Paused>(data);
    auto& clock = At(e.clock);
    clock.pauses.push_back({e.from, std::nullopt, e.reason});
    clock.state = ClockState::kPaused;
    clock.due_date.reset();
    clock.due_at.reset();
    clock.remaining = e.remaining;
    clock.reminders.clear();
    clock.lapse.reset();
    return;
  }
  const auto e = Read<Resumed>(data);
  auto& clock = At(e.clock);
  for (auto& pause : clock.pauses) {
    if (!pause.to && pause.reason == e.reason) pause.to = e.to;
  }
  clock.calendar = e.calendar;
  clock.provisional = e.provisional;
  clock.due_date = e.due_date;
  clock.due_at = e.due_at;
  clock.reminders = e.reminders;
  if (e.due_date) {
    clock.state = ClockState::kRunning;
    clock.remaining = 0;
  }
}

void Clocks::ApplyLapse(const std::string& type, const JsonView& data, const EventId& id) {
  using namespace deadline;
  const bool expired = type == Expired::kType;
  auto& clock = At(expired ? Read<Expired>(data).clock : Read<Lapsed>(data).clock);
  clock.state = expired ? ClockState::kExpired : ClockState::kLapsed;
  clock.reminders.clear();
  clock.lapse = id;
  if (expired) clock.ended_at = clock.due_at;
}

void Clocks::ApplyEnd(const std::string& type, const JsonView& data) {
  using namespace deadline;
  const auto end = [&](const std::string& clock, ClockState state, Instant at) {
    At(clock).state = state;
    At(clock).ended_at = at;
    At(clock).reminders.clear();
    if (state == ClockState::kMet) At(clock).lapse.reset();
  };
  if (type == Met::kType) {
    const auto e = Read<Met>(data);
    end(e.clock, ClockState::kMet, e.at);
  } else if (type == EndedLate::kType) {
    const auto e = Read<EndedLate>(data);
    end(e.clock, ClockState::kEndedLate, e.at);
    At(e.clock).late_by = e.late_by;
  } else if (type == FoundMet::kType) {
    const auto e = Read<FoundMet>(data);
    end(e.clock, ClockState::kMet, e.at);
  } else if (type == Cancelled::kType) {
    At(Read<Cancelled>(data).clock).state = ClockState::kCancelled;
  } else if (type == Approaching::kType) {
    const auto e = Read<Approaching>(data);
    std::erase_if(At(e.clock).reminders, [&](const auto& r) { return r.left >= e.left; });
  }
}

void Clocks::ApplyReschedule(const JsonView& data) {
  const auto e = Read<deadline::Rescheduled>(data);
  auto& clock = At(e.clock);
  clock.edition = e.edition;
  clock.calendar = e.calendar;
  clock.period = e.period;
  clock.state = e.state;
  clock.due_date = e.due_date;
  clock.due_at = e.due_at;
  clock.remaining = e.remaining;
  clock.late_by = e.late_by;
  clock.provisional = e.provisional;
  clock.reminders = e.reminders;
  if (e.supersedes) clock.lapse.reset();
  if (e.state == ClockState::kExpired) clock.ended_at = e.due_at;
  else if (e.state == ClockState::kRunning) clock.ended_at.reset();
}

namespace deadline {

std::string_view ChineseOfType(std::string_view type) {
  std::string_view zh;
  const auto consider = [&](std::string_view known, std::string_view name) {
    if (known == type) zh = name;
  };
  consider(Started::kType, Started::kZh);
  consider(Paused::kType, Paused::kZh);
  consider(Resumed::kType, Resumed::kZh);
  consider(Met::kType, Met::kZh);
  consider(EndedLate::kType, EndedLate::kZh);
  consider(FoundMet::kType, FoundMet::kZh);
  consider(Cancelled::kType, Cancelled::kZh);
  consider(Approaching::kType, Approaching::kZh);
  consider(Lapsed::kType, Lapsed::kZh);
  consider(Expired::kType, Expired::kZh);
  consider(Rescheduled::kType, Rescheduled::kZh);
  return zh;
}

}  // namespace deadline

}  // namespace docket
