#include "api/demo/run.hpp"

#include <limits>
#include <queue>
#include <set>

#include <fmt/format.h>

#include "api/demo/course.hpp"
#include "api/demo/province.hpp"
#include "domain/ensure.hpp"

namespace docket::demo {

namespace {

constexpr std::size_t kLogPage = 1'000;
/// A case in which so many moves in a row were refused is left alone.
constexpr int kRefusalsMax = 5;
/// From so many days before the end on, whatever comes into a state that is empty stays there.
constexpr int kRestDays = 25;
/// So many days before the end cases are led to states in which there is none.
const std::set<int> kFillDays{150, 90, 60, 25, 14, 9, 6, 4, 3, 2, 1};
/// In the last weeks so many at once.
constexpr int kLedAtOnce = 2;
/// A case that is not where it was to be led after so many moves goes its own way again.
constexpr int kGuidedMovesMax = 25;
/// So many of a hundred pauses are much too long: somebody forgot.
constexpr int kForgottenPercent = 6;
constexpr std::size_t kCasesOfWorkflowMin = 8;

/// One case of the run.
struct Case {
  std::string workflow;
  CaseInPlay as_it_stands;
  std::string goal;  ///< State to which it is led; empty: wherever chance takes it.
  int guided = 0;    ///< Moves made towards it.
  bool rests = false;
  int refusals = 0;
  std::uint64_t appointed = 0;  ///< Number of the appointment that stands.

  void Lead(std::string state) {
    goal = std::move(state);
    guided = 0;
  }
};

/// Somebody turns to a case, or opens one.
struct Appointment {
  Instant at;
  std::uint64_t number = 0;  ///< In the order in which they were made.
  std::string workflow;
  StreamId case_id;  ///< Empty: one is to be opened.
  std::string goal;
  bool operator>(const Appointment& other) const {
    return std::tie(at, number) > std::tie(other.at, other.number);
  }
};

class Runner {
 public:
  Runner(const RunOptions& options, Province& province)
      : options_(options),
        province_(province),
        world_(province.world),
        random_(Random(options.seed).Fork("acts")),
        end_(Instant::StartOf(options.until) + std::chrono::hours(18)) {}

  RunSummary Play() {
    province_.Settle();
    PlanOpenings();
    while (!appointments_.empty() && appointments_.top().at <= end_) {
      const Appointment next = appointments_.top();
      appointments_.pop();
      while (night_after_ < next.at.ChinaDate()) Night();
      if (next.at > province_.clock.Now()) province_.clock.Set(next.at);
      Keep(next);
    }
    while (night_after_ < options_.until) Night();
    province_.clock.Set(end_);
    Follow();
    return Summarise();
  }

 private:
  Date DaysBeforeEnd(int days) const { return options_.until - days; }
  int DaysLeft() const { return options_.until - province_.clock.Now().ChinaDate(); }

  /// In office hours of a working day, on that day or the next one that is.
  Instant OfficeHour(Date day) {
    while (!province_.Calendar().IsWorkday(day)) ++day;
    return Instant::StartOf(day) + std::chrono::minutes(9 * 60 + random_.Between(0, 8 * 60)) +
           std::chrono::milliseconds(random_.Between(0, 59'999));
  }

  /// One of a case stands, the last.
  void Appoint(Instant at, std::string workflow, const StreamId& case_id, std::string goal = "") {
    const std::uint64_t number = ++appointed_;
    if (!case_id.empty()) cases_.at(case_id).appointed = number;
    appointments_.push({at, number, std::move(workflow), case_id, std::move(goal)});
  }

  /// Some of every workflow, the rest by their shares.
  void PlanOpenings() {
    std::vector<std::string> drawn;
    int shares = 0;
    const std::size_t least = std::clamp<std::size_t>(options_.cases / 50, 1, kCasesOfWorkflowMin);
    for (const auto& [name, player] : AllPlayers()) shares += player->Share();
    for (const auto& [name, player] : AllPlayers()) {
      const std::size_t share = options_.cases * static_cast<std::size_t>(player->Share()) /
                                static_cast<std::size_t>(shares);
      drawn.insert(drawn.end(), std::max(least, share), std::string(name));
    }
    night_after_ = DaysBeforeEnd(kRunDays);
    for (auto& workflow : drawn) {
      // A third in the last half year: most of what is open was opened lately.
      const int days = random_.Chance(33) ? random_.Between(3, 180) : random_.Between(60, kRunDays);
      Appoint(OfficeHour(DaysBeforeEnd(days)), std::move(workflow), {});
    }
  }

  /// Ends the day: what follows of itself, and a look at what it brought.
  void Night() {
    const Instant midnight = Instant::StartOf(night_after_ + 1);
    province_.clock.Set(midnight + std::chrono::minutes(30));
    province_.Settle();
    Follow();
    ++night_after_;
    const int left = DaysLeft();
    if (left <= kRestDays) LetRest();
    if (kFillDays.contains(left)) Fill();
    if (options_.progress) options_.progress(night_after_, cases_.size());
  }

  /// Takes over what the log has that was not seen yet.
  void Follow() {
    for (;;) {
      const auto events = province_.log->ReadLog(LogId::kCases, seen_, kLogPage);
      if (events.empty()) return;
      std::set<StreamId> touched;
      for (const auto& event : events) {
        if (WorkflowOf(event.stream) != nullptr) touched.insert(event.stream);
      }
      seen_ = events.back().position;
      for (const auto& stream : touched) Look(stream, std::string(kWait));
    }
  }

  /// As the case stands now; what led there is learnt.
  void Look(const StreamId& id, const std::string& label) {
    const auto model = province_.Model(id);
    const auto [found, is_new] = cases_.try_emplace(id);
    Case& one = found->second;
    const std::string from = is_new ? std::string(kUnopened) : one.as_it_stands.state;
    one.as_it_stands = InPlay(id, *model);
    one.as_it_stands.acts = nullptr;
    one.as_it_stands.clocks = nullptr;
    if (is_new) {
      one.workflow = WorkflowOf(id)->Name();
      of_workflow_[one.workflow].push_back(id);
      if (label == kWait) Again(one, 0, 3);
    }
    const bool moved = from != one.as_it_stands.state;
    if (moved && label == kWait) one.rests = false;
    if (moved || label != kWait) {
      courses_[one.workflow].Learn(from, label, one.as_it_stands.state);
    }
  }

  Turn TurnOf(const CaseInPlay* current) {
    return {.random = random_,
            .world = world_,
            .calendar = province_.Calendar(),
            .now = province_.clock.Now(),
            .current = current,
            .cases = [this](std::string_view workflow) {
              std::vector<const CaseInPlay*> found;
              for (const auto& id : of_workflow_[std::string(workflow)]) {
                found.push_back(&cases_.at(id).as_it_stands);
              }
              return found;
            }};
  }

  void Keep(const Appointment& appointment) {
    if (appointment.case_id.empty()) {
      Open(appointment);
      return;
    }
    Case& one = cases_.at(appointment.case_id);
    if (one.rests || one.appointed != appointment.number) return;
    const Player* const player = FindPlayer(one.workflow);
    if (player == nullptr) return;
    const auto model = province_.Model(appointment.case_id);
    const CaseInPlay current = InPlay(appointment.case_id, *model);
    Turn turn = TurnOf(&current);
    const Moves moves = player->Next(turn);
    const Move* move = moves.empty() ? nullptr : Choose(one, moves);
    if (move == nullptr) {
      // Ended, or waiting for time or another case.
      if (!IsOver(one)) one.goal.empty() ? Again(one, 3, 15) : Again(one, 1, 2);
      return;
    }
    const bool done = Make(*move, one.workflow, appointment.case_id);
    one.refusals = done ? 0 : one.refusals + 1;
    if (one.refusals < kRefusalsMax) AfterMove(one, *move);
  }

  const Move* Choose(const Case& one, const Moves& moves) {
    if (one.goal.empty()) return &Draw(random_, moves);
    return courses_[one.workflow].Toward(random_, {one.as_it_stands.state, one.goal}, moves);
  }

  void Open(const Appointment& appointment) {
    const Player* const player = FindPlayer(appointment.workflow);
    Turn turn = TurnOf(nullptr);
    const Moves moves = player->Next(turn);
    if (moves.empty()) {
      // Nobody opens one yet: some accounts are there only later.
      const Date later = province_.clock.Now().ChinaDate() + random_.Between(20, 40);
      if (later < options_.until) {
        Appoint(OfficeHour(later), appointment.workflow, {}, appointment.goal);
      }
      return;
    }
    const Move* move = nullptr;
    if (!appointment.goal.empty()) {
      move = courses_[appointment.workflow].Toward(
          random_, {std::string(kUnopened), appointment.goal}, moves);
    }
    if (move == nullptr) move = &Draw(random_, moves);
    if (!Make(*move, appointment.workflow, {})) return;
    Case& opened = cases_.at(acted_on_);
    opened.Lead(appointment.goal);
    AfterMove(opened, *move);
  }

  /// Whether the case stays where it is now, and when somebody turns to it again.
  void AfterMove(Case& one, const Move& move) {
    if (!one.goal.empty() && one.as_it_stands.state == one.goal) {
      one.rests = DaysLeft() <= kRestDays;
      one.goal.clear();
    }
    if (++one.guided > kGuidedMovesMax) one.goal.clear();
    if (!IsOver(one) && !one.rests) Pause(one, move);
  }

  /// Gives the command; false: it was refused.
  bool Make(const Move& move, const std::string& workflow, const StreamId& case_id) {
    const auto request =
        RequestOf(move, workflow, case_id, CommandId(fmt::format("demo-{}", ++commands_)));
    const auto outcome = province_.engine.Execute(request);
    if (!outcome) {
      const auto& refusal = outcome.error();
      std::string code = fmt::format("{} {} {}", workflow, move.label, refusal.code);
      for (const auto& field : refusal.fields) code += " " + field.pointer + ":" + field.code;
      ++refusals_[code];
      return false;
    }
    ++acts_;
    acted_on_ = outcome->case_id;
    Look(outcome->case_id, move.label);
    return true;
  }

  bool IsOver(const Case& one) const {
    const auto& states = FindWorkflow(one.workflow)->Describe().states;
    return std::any_of(states.begin(), states.end(), [&](const auto& state) {
      return state.name == one.as_it_stands.state && state.terminal;
    });
  }

  void Again(const Case& one, int least, int most) {
    const Date day = province_.clock.Now().ChinaDate() + random_.Between(least, most);
    Appoint(OfficeHour(day), one.workflow, one.as_it_stands.id);
  }

  void Pause(const Case& one, const Move& move) {
    const bool in_haste = !one.goal.empty() && move.pause_max <= 12;
    if (in_haste && DaysLeft() <= kRestDays) {
      const Instant soon = province_.clock.Now() + std::chrono::minutes(random_.Between(2, 20));
      Appoint(soon, one.workflow, one.as_it_stands.id);
    } else if (in_haste) {
      Again(one, move.pause_min, move.pause_min + 1);
    } else {
      const int factor = one.goal.empty() && random_.Chance(kForgottenPercent) ? 8 : 1;
      Again(one, move.pause_min * factor, move.pause_max * factor);
    }
  }

  /// The states of a workflow in which a case rests, or in which cases end.
  std::set<std::string> Occupied(const std::string& workflow) {
    std::set<std::string> occupied;
    for (const auto& id : of_workflow_[workflow]) {
      const Case& one = cases_.at(id);
      if (one.rests || IsOver(one)) occupied.insert(one.as_it_stands.state);
    }
    return occupied;
  }

  /// One case in every state stays there until the end.
  void LetRest() {
    for (const auto& [workflow, ids] : of_workflow_) {
      auto occupied = Occupied(workflow);
      for (auto id = ids.rbegin(); id != ids.rend(); ++id) {
        Case& one = cases_.at(*id);
        if (!one.goal.empty() || !occupied.insert(one.as_it_stands.state).second) continue;
        one.rests = true;
      }
    }
  }

  /// Has cases led to the states in which none rests; before the last weeks, to those in which none
  /// ever was. Whoever was on the way and has not come there goes on alone.
  void Fill() {
    for (auto& [id, one] : cases_) one.goal.clear();
    for (const auto& [name, player] : AllPlayers()) {
      const std::string workflow(name);
      const auto& description = FindWorkflow(name)->Describe();
      const auto there = DaysLeft() > kRestDays ? courses_[workflow].Seen() : Occupied(workflow);
      for (const auto& state : description.states) {
        if (state.name == description.initial || there.contains(state.name)) continue;
        const int cases = DaysLeft() <= kRestDays ? kLedAtOnce : 1;
        for (int i = 0; i < cases; ++i) LeadOne(workflow, state.name);
      }
    }
  }

  /// One of the cases from which it is nearer than from the beginning, or a new one.
  void LeadOne(const std::string& workflow, const std::string& goal) {
    const auto distances = courses_[workflow].Distances(goal);
    const auto unopened = distances.find(std::string(kUnopened));
    const int farthest =
        unopened == distances.end() ? std::numeric_limits<int>::max() : unopened->second;
    std::vector<Case*> nearer;
    for (const auto& id : of_workflow_[workflow]) {
      Case& one = cases_.at(id);
      const auto distance = distances.find(one.as_it_stands.state);
      const bool is_free = !one.rests && one.goal.empty() && one.refusals == 0;
      if (is_free && distance != distances.end() && distance->second < farthest) {
        nearer.push_back(&one);
      }
    }
    const Instant soon = OfficeHour(night_after_);
    if (nearer.empty() || random_.Chance(40)) return Appoint(soon, workflow, {}, goal);
    Case& chosen = *random_.Pick(nearer);
    chosen.Lead(goal);
    Appoint(soon, workflow, chosen.as_it_stands.id);
  }

  RunSummary Summarise() const {
    RunSummary summary;
    for (const auto& [id, one] : cases_) {
      auto& of = summary.workflows[one.workflow];
      ++of.cases;
      ++of.states[one.as_it_stands.state];
    }
    const Head head = province_.log->ReadHead(LogId::kCases);
    summary.events = head.position.value;
    summary.acts = acts_;
    summary.refusals = refusals_;
    summary.ended_at = province_.clock.Now();
    return summary;
  }

  const RunOptions& options_;
  Province& province_;
  const World& world_;
  Random random_;
  const Instant end_;
  std::priority_queue<Appointment, std::vector<Appointment>, std::greater<>> appointments_;
  std::uint64_t appointed_ = 0;
  std::map<StreamId, Case> cases_;
  std::map<std::string, std::vector<StreamId>> of_workflow_;  ///< Oldest first.
  std::map<std::string, Course> courses_;
  Date night_after_;  ///< The last day whose night has passed.
  Position seen_;
  StreamId acted_on_;  ///< By the last act.
  std::uint64_t commands_ = 0;
  std::size_t acts_ = 0;
  std::map<std::string, std::size_t> refusals_;
};

}  // namespace

Expected<RunSummary> Run(const RunOptions& options) {
  const auto& calendar = *CalendarSet::Builtin().Newest();
  const Date first = options.until - kRunDays;
  if (first < calendar.FirstDay() || options.until > calendar.LastDay()) {
    return Refuse(RejectionKind::kInvalid,
                  {"demo_outside_calendar", "演示的两年须在已公布的工作日历之内",
                   "both years lie within the published working calendar"});
  }
  auto store =
      OpenStore({.url = options.store_url, .keys_url = options.keys_url, .owner = "docket demo"});
  if (!store) return tl::unexpected(store.error());
  if ((*store)->Settings().LatestRecordedAt() > Instant()) {
    return Refuse(RejectionKind::kRefused,
                  {"store_not_empty", "该存储已有数据，演示只写入空的存储",
                   "the store holds something: a demonstration begins with an empty one"});
  }
  Province province(std::move(*store), Instant::StartOf(first), options.seed);
  const RunSummary summary = Runner(options, province).Play();
  if (const auto left = province.LeaveAt(summary.ended_at); !left) {
    return tl::unexpected(left.error());
  }
  return summary;
}

}  // namespace docket::demo
