#include "tests/simulation/program.hpp"

#include "persistence/runners/sweeper.hpp"

namespace docket::simulation {

namespace {

void SayNothing(const Notice&) {}

ProcessManager::Options ManagerOptions(Faults& faults) {
  ProcessManager::Options options;
  // Small pages: its checkpoint moves often, and it dies between two of them.
  options.page_events = 16;
  options.report = SayNothing;
  options.on_step = [&faults](std::string_view) { faults.AtStep(); };
  return options;
}

}  // namespace

std::optional<Actor> SimulatedDirectory::FindActor(const ActorId& id) const {
  if (auto actor = province_.FindActor(id)) return actor;
  const auto record = accounts_.Find(id);
  if (!record || !record->IsInService()) return std::nullopt;
  return record->Actor();
}

Program::Program(const Surroundings& surroundings)
    : clock_(surroundings.clock),
      faults_(surroundings.faults),
      store_({.paths = surroundings.paths, .owner = "a simulation"}),
      stored_(store_, clock_),
      log_(stored_, faults_),
      keys_(store_.OpenKeys()),
      accounts_(log_),
      directory_(surroundings.world, accounts_),
      recent_(cache_, accounts_),
      calendars_({log_, clock_, surroundings.ids}),
      engine_({log_, *keys_, directory_, clock_, surroundings.ids, calendars_, recent_}),
      progress_(store_.Side(), "links"),
      manager_({engine_, log_, *keys_, progress_, store_.SingleRunners(), AllLinks()},
               ManagerOptions(faults_)),
      projection_(log_),
      projector_(store_.Views(), log_, projection_),
      views_(store_.Views(), log_) {}

void Program::Project() {
  while (projector_.RunOnce() > 0) {
  }
}

void Program::Sweep() {
  Sweeper sweeper({.views = views_,
                   .clock = clock_,
                   .leases = store_.SingleRunners(),
                   .tick_all = [this](const auto& cases) { return engine_.TickAll(cases); },
                   .catch_up =
                       [this](Position) {
                         Project();
                         return true;
                       }},
                  {.report = SayNothing});
  Project();
  sweeper.SweepUntilQuiet();
}

void Program::FollowLinks() { manager_.CatchUp(); }

}  // namespace docket::simulation
