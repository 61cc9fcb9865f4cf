#include "workflows/engine/deadline_keeper.hpp"

#include <algorithm>

#include "workflows/engine/deadline_events.hpp"

namespace docket {

namespace {

template <class Event>
EventDraft Draft(const Event& event) {
  return {std::string(Event::kType), 1, Encode(event), {}};
}

/// The anchor's date in this act; nullopt when the act is another one or does not say.
std::optional<Instant> AnchorIn(const Anchor& anchor, const Act& act) {
  if (anchor.event != act.type) return std::nullopt;
  if (anchor.at.empty()) return act.occurred_at;
  for (const auto& field : anchor.at) {
    if (field == "occurred_at") return act.occurred_at;
    const auto found = act.data.find(field);
    if (found == act.data.end() || !found->is_string()) continue;
    if (const auto at = Instant::ParseDateOrInstant(found->get_ref<const std::string&>()))
      return at;
  }
  return std::nullopt;
}

std::optional<Instant> FirstAnchorIn(const std::vector<Anchor>& anchors, const Act& act) {
  for (const auto& anchor : anchors) {
    if (const auto at = AnchorIn(anchor, act)) return at;
  }
  return std::nullopt;
}

/// The party in whose name the rule counts apart, as `:party`; empty where it does not.
std::string InstanceSuffix(const ClockRule& rule, const Act& act) {
  if (!rule.instance) return "";
  const auto found = act.data.find(*rule.instance);
  return found != act.data.end() && found->is_string() ? ":" + found->get<std::string>() : "";
}

std::string BaseKey(const std::string& clock) { return clock.substr(0, clock.find('#')); }

/// When `left` units remain before the due day; only reminders after the act make sense.
std::vector<Reminder> RemindersFor(const ClockRule& rule, Date acted_on, Date due,
                                   const WorkCalendar& calendar) {
  std::vector<Reminder> reminders;
  const PeriodUnit unit =
      rule.period.unit == PeriodUnit::kWorkday ? PeriodUnit::kWorkday : PeriodUnit::kCalendarDay;
  for (const std::int64_t left : rule.reminders) {
    const Count back{
        Instant::StartOf(due), {left, unit, Direction::kBackward, Roll::kNone}, 0, {}, false};
    const auto day = ComputeDue(back, calendar);
    if (day && day->date && *day->date > acted_on) {
      reminders.push_back({left, Instant::StartOf(*day->date)});
    }
  }
  return reminders;
}

std::int64_t LateBy(const CaseClock& clock, Instant at, const WorkCalendar& calendar) {
  const std::int64_t overdue =
      -RemainingOn(at.ChinaDate(), *clock.due_date, clock.period.unit, calendar);
  return std::max<std::int64_t>(overdue, 1);
}

/// Works through one act, keeping the clocks up to date as events are drafted.
class Follower {
 public:
  Follower(Clocks clocks, const Act& act, const Rulebook& rules, const WorkCalendar& calendar)
      : clocks_(std::move(clocks)), act_(act), rules_(rules), calendar_(calendar) {}

  Expected<std::vector<EventDraft>> Follow() {
    Start();
    for (const auto& key : OpenOrLapsedKeys()) Pause(key);
    for (const auto& key : OpenOrLapsedKeys()) Resume(key);
    for (const auto& key : OpenOrLapsedKeys()) End(key);
    for (const auto& key : OpenOrLapsedKeys()) Cancel(key);
    if (refusal_) return tl::unexpected(*refusal_);
    return std::move(drafts_);
  }

 private:
  template <class Event>
  void Emit(const Event& event) {
    drafts_.push_back(Draft(event));
    clocks_.Apply(drafts_.back().type, drafts_.back().data, {});
  }

  std::vector<std::string> OpenOrLapsedKeys() const {
    std::vector<std::string> keys;
    for (const auto& clock : clocks_.All()) {
      if (clock.IsOpen() || clock.state == ClockState::kLapsed ||
          clock.state == ClockState::kExpired) {
        keys.push_back(clock.clock);
      }
    }
    return keys;
  }

  const CaseClock& ClockOf(const std::string& key) const {
    return *std::find_if(clocks_.All().begin(), clocks_.All().end(),
                         [&](const auto& clock) { return clock.clock == key; });
  }

  /// The rule that the clock was started under, when this act concerns its party.
  const ClockRule* RuleOf(const CaseClock& clock) const {
    const ClockRule* rule = rules_.Find(clock.rule, clock.edition);
    if (rule == nullptr) return nullptr;
    const std::string suffix = InstanceSuffix(*rule, act_);
    return suffix.empty() || BaseKey(clock.clock) == rule->id + suffix ? rule : nullptr;
  }

  void Start() {
    for (const auto& rule : rules_.Rules()) {
      const auto at = FirstAnchorIn(rule.start, act_);
      if (!at) continue;
      const auto in_force = rules_.InForce(act_.profile, act_.region, at->ChinaDate());
      if (std::find(in_force.begin(), in_force.end(), &rule) != in_force.end()) {
        StartOne(rule, *at);
      }
    }
  }

  void StartOne(const ClockRule& rule, Instant at) {
    std::string key = rule.id + InstanceSuffix(rule, act_);
    std::size_t rounds = 0;
    for (const auto& clock : clocks_.All()) {
      if (BaseKey(clock.clock) != key) continue;
      if (clock.IsOpen()) return;
      ++rounds;
    }
    if (rounds > 0) key += "#" + std::to_string(rounds + 1);
    Period period = rule.period;
    if (rule.amount_at) {
      const auto found = act_.data.find(*rule.amount_at);
      if (found != act_.data.end() && found->is_number_integer())
        period.amount = found->get<std::int64_t>();
    }
    const auto due = ComputeDue({at, period, 0, {}, false}, calendar_);
    if (!due) {
      if (!refusal_) refusal_ = due.error();
      return;
    }
    deadline::Started started;
    started.clock = key;
    started.rule = rule.id;
    started.edition = rule.edition;
    started.kind = rule.kind;
    started.calendar = calendar_.Version();
    started.started_at = at;
    started.period = period;
    started.due_date = *due->date;
    started.due_at = *due->instant;
    started.provisional = due->provisional;
    started.reminders = RemindersFor(rule, act_.occurred_at.ChinaDate(), *due->date, calendar_);
    Emit(started);
  }

  void Pause(const std::string& key) {
    const CaseClock& clock = ClockOf(key);
    const ClockRule* rule = RuleOf(clock);
    if (rule == nullptr || clock.state == ClockState::kExpired) return;
    for (const auto& pause : rule->pause) {
      const auto at = AnchorIn(pause.from, act_);
      if (!at) continue;
      const Date from = at->ChinaDate();
      // On or after the due day an exclusion changes nothing.
      if (clock.due_date && from >= *clock.due_date) continue;
      Count count = CountOf(clock);
      count.pauses.push_back({from, std::nullopt, pause.reason});
      const auto due = ComputeDue(count, calendar_);
      // A count that is complete and only waits for its roll no longer pauses.
      if (!due || due->date) continue;
      Emit(deadline::Paused{key, from, pause.reason, due->remaining, clock.lapse});
    }
  }

  void Resume(const std::string& key) {
    const CaseClock clock = ClockOf(key);
    const ClockRule* rule = RuleOf(clock);
    if (rule == nullptr || clock.state != ClockState::kPaused) return;
    for (const auto& pause : rule->pause) {
      const auto at = AnchorIn(pause.to, act_);
      const bool open = std::any_of(clock.pauses.begin(), clock.pauses.end(), [&](const auto& p) {
        return !p.to && p.reason == pause.reason;
      });
      if (!at || !open) continue;
      EmitResumed(ClockOf(key), *rule, pause.reason, at->ChinaDate());
    }
  }

  void EmitResumed(const CaseClock& clock, const ClockRule& rule, const std::string& reason,
                   Date to) {
    Count count = CountOf(clock);
    for (auto& pause : count.pauses) {
      if (!pause.to && pause.reason == reason) pause.to = to;
    }
    const auto due = ComputeDue(count, calendar_);
    if (!due) {
      if (!refusal_) refusal_ = due.error();
      return;
    }
    deadline::Resumed resumed;
    resumed.clock = clock.clock;
    resumed.to = to;
    resumed.reason = reason;
    resumed.calendar = calendar_.Version();
    resumed.due_date = due->date;
    resumed.due_at = due->instant;
    resumed.provisional = due->provisional;
    if (due->date) resumed.reminders = RemindersFor(rule, to, *due->date, calendar_);
    Emit(resumed);
  }

  void End(const std::string& key) {
    const CaseClock clock = ClockOf(key);
    const ClockRule* rule = RuleOf(clock);
    if (rule == nullptr) return;
    const auto at = FirstAnchorIn(rule->end, act_);
    if (!at) return;
    // While it stands still nothing can be late.
    const bool in_time = !clock.due_at || *at < *clock.due_at;
    if (clock.IsOpen()) {
      if (in_time) Emit(deadline::Met{key, *at});
      else Emit(deadline::EndedLate{key, *at, LateBy(clock, *at, calendar_)});
    } else if (in_time && clock.lapse) {
      Emit(deadline::FoundMet{key, *at, *clock.lapse, act_.type});
    } else if (clock.state == ClockState::kLapsed) {
      Emit(deadline::EndedLate{key, *at, LateBy(clock, *at, calendar_)});
    }
  }

  void Cancel(const std::string& key) {
    const CaseClock& clock = ClockOf(key);
    const ClockRule* rule = RuleOf(clock);
    if (rule == nullptr || !clock.IsOpen()) return;
    if (FirstAnchorIn(rule->cancel, act_)) Emit(deadline::Cancelled{key, act_.type});
  }

  Clocks clocks_;
  const Act& act_;
  const Rulebook& rules_;
  const WorkCalendar& calendar_;
  std::vector<EventDraft> drafts_;
  std::optional<Rejection> refusal_;
};

/// The command's body: the party, where the rule counts for each apart.
Json EffectBody(const ClockRule& rule, const CaseClock& clock) {
  Json body = Json::object();
  const auto colon = clock.clock.find(':');
  if (rule.instance && colon != std::string::npos) {
    body[*rule.instance] = BaseKey(clock.clock).substr(colon + 1);
  }
  return body;
}

/// Counts one clock anew.
class Recounter {
 public:
  Recounter(const CaseClock& clock, const Recount& recount)
      : clock_(clock), recount_(recount), own_(recount.rules.Find(clock.rule, clock.edition)) {}

  std::optional<deadline::Rescheduled> Moved() const {
    if (own_ == nullptr) return std::nullopt;
    auto moved = Counted(*own_, clock_.period, deadline::RescheduleCause::kCalendar);
    if (const ClockRule* later = LaterEdition()) {
      const auto anew = Counted(*later, PeriodUnder(*later), deadline::RescheduleCause::kEdition);
      const bool applies = later->in_flight == InFlight::kApplyNew || !moved ||
                           (anew && IsBetter(*anew, *moved, later->lapse));
      if (anew && applies) moved = anew;
    }
    return moved && Differs(*moved) ? moved : std::nullopt;
  }

 private:
  /// Of what runs. A breach stays one by the law of its day.
  const ClockRule* LaterEdition() const {
    if (!clock_.IsOpen()) return nullptr;
    const ClockRule* now = recount_.rules.InForce(own_->id, recount_.profile, recount_.region,
                                                  recount_.now.ChinaDate());
    const bool is_later = now != nullptr && now->effective_from > own_->effective_from;
    return is_later && now->in_flight != InFlight::kKeep ? now : nullptr;
  }

  /// An amount that an act gave stays what it gave.
  Period PeriodUnder(const ClockRule& later) const {
    Period period = later.period;
    const bool given = own_->amount_at && clock_.period.amount != own_->period.amount;
    if (given && later.amount_at) period.amount = clock_.period.amount;
    return period;
  }

  std::optional<deadline::Rescheduled> Counted(const ClockRule& rule, const Period& period,
                                               deadline::RescheduleCause because) const {
    Count count = CountOf(clock_);
    count.period = period;
    const auto due = ComputeDue(count, recount_.calendar);
    const bool stands_still = clock_.state == ClockState::kPaused;
    if (!due || due->date.has_value() == stands_still) return std::nullopt;
    deadline::Rescheduled moved;
    moved.clock = clock_.clock;
    moved.because = because;
    moved.edition = rule.edition;
    moved.calendar = recount_.calendar.Version();
    moved.period = period;
    moved.state = clock_.state;
    moved.provisional = due->provisional;
    moved.due_date = due->date;
    moved.due_at = due->instant;
    if (stands_still) moved.remaining = due->remaining;
    else if (!Settle(moved, rule)) return std::nullopt;
    return moved;
  }

  /// What the clock is in by its new day. False: it is left alone, because being counted anew must
  /// not make late what was in time.
  bool Settle(deadline::Rescheduled& moved, const ClockRule& rule) const {
    const bool is_ahead = *moved.due_at > recount_.now;
    switch (clock_.state) {
      case ClockState::kRunning:
        if (!is_ahead) return false;
        break;
      case ClockState::kLapsed:
      case ClockState::kExpired:
        if (is_ahead) moved.state = ClockState::kRunning;
        break;
      case ClockState::kEndedLate:
        if (*clock_.ended_at >= *moved.due_at) return false;
        moved.state = ClockState::kMet;
        break;
      default: return false;
    }
    if (moved.state != clock_.state) moved.supersedes = clock_.lapse;
    if (moved.state == ClockState::kRunning) {
      moved.reminders =
          RemindersFor(rule, recount_.now.ChinaDate(), *moved.due_date, recount_.calendar);
    }
    return true;
  }

  static bool IsBetter(const deadline::Rescheduled& anew, const deadline::Rescheduled& kept,
                       LapseMeaning lapse) {
    const bool is_later =
        anew.due_at && kept.due_at ? *anew.due_at > *kept.due_at : anew.remaining > kept.remaining;
    const bool is_earlier =
        anew.due_at && kept.due_at ? *anew.due_at < *kept.due_at : anew.remaining < kept.remaining;
    return lapse == LapseMeaning::kExpires ? is_later : is_earlier;
  }

  bool Differs(const deadline::Rescheduled& moved) const {
    return moved.due_at != clock_.due_at || moved.remaining != clock_.remaining ||
           moved.edition != clock_.edition;
  }

  const CaseClock& clock_;
  const Recount& recount_;
  const ClockRule* own_;
};

}  // namespace

std::vector<deadline::Rescheduled> Reschedule(const Clocks& clocks, const Recount& recount) {
  std::vector<deadline::Rescheduled> all;
  for (const auto& clock : clocks.All()) {
    if (auto moved = Recounter(clock, recount).Moved()) all.push_back(std::move(*moved));
  }
  return all;
}

Count CountOf(const CaseClock& clock) {
  return {clock.started_at, clock.period, clock.extension, clock.pauses, false};
}

Expected<std::vector<EventDraft>> FollowAct(Clocks clocks, const Act& act, const Rulebook& rules,
                                            const WorkCalendar& calendar) {
  return Follower(std::move(clocks), act, rules, calendar).Follow();
}

PassedTime PassTime(const Clocks& clocks, const Rulebook& rules, Instant now) {
  PassedTime passed;
  for (const auto& clock : clocks.All()) {
    if (clock.state != ClockState::kRunning || !clock.due_at) continue;
    const ClockRule* rule = rules.Find(clock.rule, clock.edition);
    if (*clock.due_at <= now) {
      const bool expires = rule != nullptr && rule->lapse == LapseMeaning::kExpires;
      passed.facts.push_back({expires ? Draft(deadline::Expired{clock.clock, *clock.due_at})
                                      : Draft(deadline::Lapsed{clock.clock, *clock.due_at}),
                              *clock.due_at});
      if (rule != nullptr && rule->on_lapse) {
        passed.effects.push_back({*rule->on_lapse, EffectBody(*rule, clock), *clock.due_at});
      }
      continue;
    }
    // Of several reminders that were missed only the last still says something.
    const Reminder* last = nullptr;
    for (const auto& reminder : clock.reminders) {
      if (reminder.at <= now) last = &reminder;
    }
    if (last != nullptr) {
      passed.facts.push_back(
          {Draft(deadline::Approaching{clock.clock, last->left, *clock.due_date}), last->at});
    }
  }
  return passed;
}

}  // namespace docket
