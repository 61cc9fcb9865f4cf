#include "tests/simulation/simulation.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "domain/calendar/calendar.hpp"

namespace docket::simulation {

namespace {

/// Few, so that cases of several kinds are about the same.
constexpr std::size_t kProjects = 5;
constexpr int kRestRoundsMax = 40;
/// Workflows of which people open cases in one history, at most: the fewer, the further they get.
constexpr std::size_t kFocusMax = 5;
/// How many cases are fresh in people's minds.
constexpr std::size_t kFresh = 4;
const Instant kBegin = *Instant::Parse("2024-03-04T09:00:00+08:00");

const WorkCalendar& TheCalendar() { return *CalendarSet::Builtin().Newest(); }

SqlitePaths PathsIn(const testing::TemporaryDirectory& directory) {
  return *ParseSqliteUrl("sqlite:" + directory.File("office.db"));
}

std::string WorkflowName(const StreamId& case_id) {
  return std::string(WorkflowOf(case_id)->Name());
}

/// Which parts of two models differ, in words; empty: none.
std::string DifferenceOf(const CaseModel& one, const CaseModel& other) {
  if (one.Version() != other.Version()) return "version";
  if (one.State() != other.State()) return "state";
  if (one.Facts() != other.Facts()) return "facts";
  if (!(one.Clocks() == other.Clocks())) return "clocks";
  if (one.Acts() != other.Acts()) return "acts";
  if (one.PeopleVersion() != other.PeopleVersion()) return "people's version";
  return "";
}

}  // namespace

void Seen::Add(const Seen& other) {
  histories += other.histories;
  events += other.events;
  accepted += other.accepted;
  refused += other.refused;
  garbage += other.garbage;
  deaths += other.deaths;
  conflicts += other.conflicts;
  compared += other.compared;
  appends += other.appends;
  for (const auto& [type, count] : other.types) types[type] += count;
  for (const auto& [link, count] : other.links) links[link] += count;
  for (const auto& [link, count] : other.links_refused) links_refused[link] += count;
  for (const auto& [workflow, reached] : other.states) {
    states[workflow].insert(reached.begin(), reached.end());
  }
  for (const auto& [move, codes] : other.refusals) {
    for (const auto& [code, count] : codes) refusals[move][code] += count;
  }
}

std::string CountedIds::NewUuid() {
  return fmt::format("01900000-0000-7000-8000-{:012x}", ++count_);
}

Simulation::Simulation(const Setting& setting)
    : setting_(setting), world_(setting.seed, kProjects), faults_(setting.faults) {
  clock_.Set(kBegin);
  auto random = demo::Random(setting_.seed).Fork("focus");
  std::vector<std::string> names;
  for (const auto& played : demo::AllPlayers()) names.emplace_back(played.workflow);
  const std::size_t count = 1 + random.Below(kFocusMax);
  while (focus_.size() < count && !names.empty()) {
    const std::size_t chosen = random.Below(names.size());
    focus_.push_back(names[chosen]);
    names.erase(names.begin() + static_cast<std::ptrdiff_t>(chosen));
  }
  // Only who has an account hands over.
  if (std::find(focus_.begin(), focus_.end(), "handover") != focus_.end()) {
    focus_.emplace_back("account");
  }
  Restart();
}

Simulation::~Simulation() = default;

void Simulation::Restart() {
  program_.reset();
  program_ = std::make_unique<Program>(
      Program::Surroundings{PathsIn(directory_), clock_, ids_, world_, faults_});
}

template <class Do>
auto Simulation::Survive(const Do& act) {
  for (;;) {
    try {
      return act(*program_);
    } catch (const Died&) {
      Restart();
    }
  }
}

void Simulation::Learn() {
  constexpr std::size_t kPage = 1'000;
  for (;;) {
    const Position after = history_.empty() ? Position() : history_.back().position;
    auto page = program_->Stored().ReadLog(LogId::kCases, after, kPage);
    for (auto& event : page) {
      fold_.Apply(event);
      if (const CaseModel* model = fold_.Find(event.stream)) {
        cases_.insert_or_assign(event.stream, demo::InPlay(event.stream, *model));
        std::erase(touched_, event.stream);
        touched_.push_back(event.stream);
        changed_.insert(event.stream);
        seen_.states[WorkflowName(event.stream)].emplace(model->State());
      }
      ++seen_.types[event.type];
      history_.push_back(std::move(event));
    }
    if (page.size() < kPage) return;
  }
}

Expected<CommandOutcome> Simulation::Send(const CommandRequest& request) {
  const std::size_t before = history_.size();
  auto outcome = Survive([&](Program& program) { return program.Engine().Execute(request); });
  Learn();
  if (!outcome) {
    if (history_.size() == before) return outcome;
    Complain(fmt::format("{} was refused with {} and left {} events", request.command_id.value,
                         outcome.error().code, history_.size() - before));
    return outcome;
  }
  acknowledged_.push_back(
      {request.command_id, outcome->case_id, outcome->version, outcome->position, outcome->events});
  sent_.push_back(request);
  return outcome;
}

void Simulation::ExpectRefused(const CommandRequest& request, std::string_view why) {
  ++seen_.garbage;
  const auto outcome = Send(request);
  if (!outcome) return;
  Complain(fmt::format("{} was accepted: {} ({} {})", request.command_id.value, why,
                       request.commands.empty() ? "" : request.commands.front().name,
                       outcome->case_id.value));
}

CommandRequest Simulation::NewRequest(const Actor& sender, const StreamId& case_id) {
  CommandRequest request;
  request.sender = sender;
  request.command_id = CommandId(fmt::format("act-{}", ++commands_));
  request.case_id = case_id;
  return request;
}

std::optional<Actor> Simulation::SenderOf(const Actor& actor, demo::Random& random) {
  if (world_.Person(actor.id) == nullptr || !random.Chance(30)) {
    return program_->People().FindActor(actor.id);
  }
  // Whoever was given an account in this history does his unit's work, too, while it is his.
  std::vector<ActorId> colleagues;
  for (const auto* account : CasesOf("account")) colleagues.emplace_back(account->Text("/account"));
  if (colleagues.empty()) return actor;
  const auto colleague = program_->People().FindActor(random.Pick(colleagues));
  const bool fits = colleague && colleague->unit == actor.unit &&
                    std::all_of(actor.roles.begin(), actor.roles.end(),
                                [&](Role role) { return colleague->Holds(role); });
  return fits ? *colleague : actor;
}

void Simulation::SendMove(const demo::Move& move, const std::string& workflow,
                          const StreamId& case_id, demo::Random& random) {
  const auto sender = SenderOf(move.actor, random);
  if (!sender) return;
  auto request =
      demo::RequestOf(move, workflow, case_id, CommandId(fmt::format("act-{}", ++commands_)));
  request.sender = *sender;
  const auto outcome = Send(request);
  if (outcome) {
    ++seen_.accepted;
  } else {
    ++seen_.refused;
    ++seen_.refusals[workflow + " " + move.label][outcome.error().code];
  }
}

demo::Turn Simulation::TurnOf(demo::Random& random, const demo::CaseInPlay* current) {
  return {.random = random,
          .world = world_,
          .calendar = TheCalendar(),
          .now = clock_.Now(),
          .current = current,
          .cases = [this](std::string_view workflow) { return CasesOf(workflow); }};
}

std::vector<const demo::CaseInPlay*> Simulation::CasesOf(std::string_view workflow) const {
  std::vector<const demo::CaseInPlay*> found;
  for (const auto& [id, in_play] : cases_) {
    if (WorkflowOf(id)->Name() == workflow) found.push_back(&in_play);
  }
  return found;
}

const demo::CaseInPlay* Simulation::SomeCase(demo::Random& random) const {
  // Half the time one of those that were changed last: otherwise few would get far.
  const bool fresh = random.Chance(50);
  std::vector<const demo::CaseInPlay*> open;
  for (auto id = touched_.rbegin(); id != touched_.rend(); ++id) {
    const demo::CaseInPlay& in_play = cases_.at(*id);
    const auto* state = WorkflowOf(*id)->Describe().FindState(in_play.state);
    // Those that have ended are turned to as well, but seldom.
    if (state == nullptr || !state->terminal || random.Chance(5)) open.push_back(&in_play);
    if (fresh && open.size() == kFresh) break;
  }
  return open.empty() ? nullptr : random.Pick(open);
}

void Simulation::Open(demo::Random& random) {
  const std::string& workflow = random.Pick(focus_);
  const demo::Player* player = demo::FindPlayer(workflow);
  auto turn = TurnOf(random, nullptr);
  const auto moves = player->Next(turn);
  if (!moves.empty()) SendMove(demo::Draw(random, moves), workflow, {}, random);
}

void Simulation::Play(demo::Random& random) {
  const demo::CaseInPlay* current = SomeCase(random);
  if (current == nullptr) return Open(random);
  const std::string workflow = WorkflowName(current->id);
  const demo::Player* player = demo::FindPlayer(workflow);
  if (player == nullptr) return;
  auto turn = TurnOf(random, current);
  const auto moves = player->Next(turn);
  // A copy: the case that it was made of is another once it is given.
  const StreamId case_id = current->id;
  if (!moves.empty()) SendMove(demo::Draw(random, moves), workflow, case_id, random);
}

void Simulation::Act(int number) {
  // Of its own for each act, so that a history of fewer acts begins like the whole.
  auto random = demo::Random(setting_.seed).Fork(fmt::format("act {}", number));
  const int kind = random.Between(1, 100);
  if (kind <= 12) Misbehave(random);
  else if (kind <= 20) Improvise(random);
  else if (kind <= 40) Open(random);
  else Play(random);
  Pass(random);
}

void Simulation::Pass(demo::Random& random) {
  using std::chrono::hours;
  const int kind = random.Between(1, 1000);
  int passed = random.Between(0, 8);
  if (kind > 995) passed = 24 * random.Between(1'000, 3'700);
  else if (kind > 930) passed = 24 * random.Between(30, 300);
  else if (kind > 750) passed = 24 * random.Between(6, 30);
  else if (kind > 400) passed = 24 * random.Between(1, 6) + random.Between(0, 8);
  clock_.Set(clock_.Now() + hours(passed));
  if (random.Chance(50)) Survive([](Program& program) { program.Sweep(); });
  if (random.Chance(50)) Survive([](Program& program) { program.FollowLinks(); });
  if (random.Chance(10)) Survive([](Program& program) { program.Project(); });
  Learn();
  CompareLive();
}

void Simulation::Rest() {
  for (int round = 0; round < kRestRoundsMax; ++round) {
    const std::size_t before = history_.size();
    Survive([](Program& program) { program.Sweep(); });
    Survive([](Program& program) { program.FollowLinks(); });
    Learn();
    if (history_.size() == before) return;
  }
  Complain("the history never comes to rest");
}

Problems Simulation::Run() {
  for (int number = 1; number <= setting_.acts && problems_.empty(); ++number) Act(number);
  Rest();
  CompareLive();
  Restart();
  Survive([](Program& program) { program.Project(); });
  for (const auto& [case_id, model] : fold_.All()) {
    const auto loaded = program_->Engine().Load(case_id);
    const std::string difference = loaded ? DifferenceOf(**loaded, *model) : loaded.error().code;
    if (difference.empty()) continue;
    Complain(fmt::format("{} after a restart: another {}", case_id.value, difference));
  }
  CompareViews();
  for (auto& problem : CheckAll(history_, acknowledged_, clock_.Now())) Complain(problem);
  return problems_;
}

void Simulation::CompareLive() {
  for (const auto& case_id : changed_) {
    const CaseModel& model = *fold_.Find(case_id);
    const auto live = program_->Recent().Find(case_id);
    if (live == nullptr || live->Version() < model.Version()) continue;
    const std::string difference = DifferenceOf(*live, model);
    if (difference.empty()) continue;
    Complain(fmt::format("{} in memory has another {} than in the log", case_id.value, difference));
  }
  changed_.clear();
}

void Simulation::CompareViews() {
  std::size_t rows = 0;
  CaseFilter filter{.limit = 200};
  for (bool is_last = false; !is_last;) {
    const auto page = program_->Views().ListCases(filter);
    for (const auto& row : page.rows) {
      const CaseModel* model = fold_.Find(row.case_id);
      ++rows;
      if (model != nullptr && model->Version() == row.version && model->State() == row.state) {
        continue;
      }
      Complain(fmt::format("{} is listed as {} at version {}", row.case_id.value, row.state,
                           row.version.value));
    }
    filter.after = page.next;
    is_last = page.next.empty();
  }
  if (rows != fold_.All().size()) {
    Complain(fmt::format("{} cases are listed, and there are {}", rows, fold_.All().size()));
  }
}

Seen Simulation::Statistics() const {
  Seen seen = seen_;
  seen.histories = 1;
  seen.events = static_cast<std::int64_t>(history_.size());
  seen.deaths = faults_.Deaths();
  seen.conflicts = faults_.Conflicts();
  seen.appends = faults_.Appends();
  std::set<CommandId> counted;
  for (const auto& event : history_) {
    constexpr std::string_view kPrefix = "link-";
    const std::string& id = event.command_id.value;
    if (event.type == LinkRefused::kType) {
      const Json refused = DataOf(event);
      ++seen.links_refused[refused.value("link", "") + " " + refused.value("code", "")];
      continue;
    }
    if (!id.starts_with(kPrefix) || !counted.insert(event.command_id).second) continue;
    ++seen.links[id.substr(kPrefix.size(), id.find('-', kPrefix.size()) - kPrefix.size())];
  }
  return seen;
}

Problems RunWithTwin(const Setting& setting, Seen& seen) {
  Simulation simulation(setting);
  auto problems = simulation.Run();
  seen.Add(simulation.Statistics());
  if (!problems.empty() || simulation.Failing().ChangedOrder()) return problems;
  ++seen.compared;
  Setting undisturbed = setting;
  undisturbed.faults = {};
  Simulation twin(undisturbed);
  problems = twin.Run();
  const auto lines = Canonical(simulation.Log());
  const auto expected = Canonical(twin.Log());
  for (std::size_t i = 0; i < std::max(lines.size(), expected.size()); ++i) {
    const std::string here = i < lines.size() ? lines[i] : "nothing";
    const std::string there = i < expected.size() ? expected[i] : "nothing";
    if (here == there) continue;
    problems.push_back(
        fmt::format("position {}: with deaths\n  {}\nand without\n  {}", i + 1, here, there));
    break;
  }
  return problems;
}

}  // namespace docket::simulation
