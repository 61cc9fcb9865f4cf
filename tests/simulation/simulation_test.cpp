// Random histories of an office in which everything dies, held to what must always be so. A number
// of them run with every test; script/simulate runs as many as one likes. The same seed gives the
// same history, and one that fails is cut down to the acts that it needs.
#include "tests/simulation/simulation.hpp"

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

namespace docket::simulation {
namespace {

constexpr int kRuns = 40;
constexpr int kActs = 80;
constexpr int kFailuresMax = 10;
/// Histories that are enough to have seen every workflow and every link.
constexpr int kManyRuns = 1'000;

std::uint64_t Number(const char* variable, std::uint64_t otherwise) {
  const char* given = std::getenv(variable);
  return given != nullptr ? std::strtoull(given, nullptr, 10) : otherwise;
}

/// The log lies in memory where the system has a place for that: the machine's disk is not what is
/// tried here.
class InMemory : public ::testing::Environment {
 public:
  void SetUp() override {
    constexpr const char* kPlace = "/dev/shm";
    if (std::filesystem::is_directory(kPlace)) setenv("TMPDIR", kPlace, 0);
  }
};
const auto* const kInMemory = ::testing::AddGlobalTestEnvironment(new InMemory);

/// How much dies is the seed's, too.
Setting SettingOf(std::uint64_t seed, int acts) {
  Setting setting{.seed = seed, .acts = acts};
  setting.faults.seed = seed;
  constexpr std::array kPercents{3, 10, 25};
  if (seed % 8 == 0) setting.faults.everywhere = true;
  else setting.faults.percent = kPercents[seed % kPercents.size()];
  return setting;
}

/// What is wrong with a history, without what stops it: an exception is a problem like others.
Problems Try(const Setting& setting, Seen& seen) {
  try {
    return RunWithTwin(setting, seen);
  } catch (const std::exception& error) {
    return {fmt::format("it threw: {}", error.what())};
  }
}

/// The fewest acts with which it still fails.
int FewestActs(std::uint64_t seed, int acts) {
  int least = 1;
  while (least < acts) {
    const int middle = (least + acts) / 2;
    Seen ignored;
    if (Try(SettingOf(seed, middle), ignored).empty()) least = middle + 1;
    else acts = middle;
  }
  return acts;
}

/// `cut_down`: to the acts that it needs, which takes a while.
void ReportFailure(std::uint64_t seed, int acts, const Problems& problems, bool cut_down) {
  const int fewest = cut_down ? FewestActs(seed, acts) : acts;
  ADD_FAILURE() << fmt::format(
      "seed {} fails:\n{}\n\nHave it again{}:\n"
      "  script/simulate --runs 1 --seed {} --acts {}",
      seed, fmt::join(problems, "\n"), cut_down ? ", with the fewest acts that do it" : "", seed,
      fewest);
}

void Print(const Seen& seen) {
  std::cout << fmt::format(
      "{} histories, {} of them compared with their twins: {} events in {} appends, {} deaths, "
      "{} conflicts; {} moves accepted, {} refused, {} misdeeds refused\n",
      seen.histories, seen.compared, seen.events, seen.appends, seen.deaths, seen.conflicts,
      seen.accepted, seen.refused, seen.garbage);
  for (const Workflow* workflow : AllWorkflows()) {
    const auto& table = workflow->Describe();
    std::int64_t types = 0;
    std::vector<std::string> missing;
    for (const auto& event : table.events) {
      if (seen.types.contains(event.type)) ++types;
      else missing.push_back(event.type.substr(event.type.find('.') + 1));
    }
    const auto states = seen.states.find(table.name);
    std::cout << fmt::format("  {}: {} of {} states, {} of {} events; not seen: {}\n", table.name,
                             states == seen.states.end() ? 0 : states->second.size(),
                             table.states.size() - 1, types, table.events.size(),
                             fmt::join(missing, " "));
  }
  for (const Link& link : AllLinks()) {
    const auto given = seen.links.find(std::string(link.name));
    std::cout << fmt::format("  link {}: {}\n", link.name,
                             given == seen.links.end() ? 0 : given->second);
  }
  for (const auto& [link, count] : seen.links_refused) {
    std::cout << fmt::format("  link refused {}: {}\n", link, count);
  }
  if (std::getenv("DOCKET_SIMULATION_REFUSALS") == nullptr) return;
  for (const auto& [move, codes] : seen.refusals) {
    for (const auto& [code, count] : codes) {
      std::cout << fmt::format("  refused {}: {} {}\n", move, code, count);
    }
  }
}

TEST(Simulation, RandomHistoriesKeepWhatMustHold) {
  const auto first = Number("DOCKET_SIMULATION_SEED", 1);
  const auto runs = static_cast<int>(Number("DOCKET_SIMULATION_RUNS", kRuns));
  const auto acts = static_cast<int>(Number("DOCKET_SIMULATION_ACTS", kActs));
  Seen seen;
  int failures = 0;
  for (int run = 0; run < runs && failures < kFailuresMax; ++run) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(run);
    const auto problems = Try(SettingOf(seed, acts), seen);
    if (problems.empty()) continue;
    ReportFailure(seed, acts, problems, ++failures == 1);
  }
  Print(seen);
  if (runs > 1) {
    EXPECT_GT(seen.deaths, seen.histories) << "little has died";
    EXPECT_GT(seen.compared * 2, seen.histories) << "deaths change the order of most histories";
    EXPECT_GT(seen.accepted, seen.refused * 4) << "players know their workflows";
  }
  if (runs < kManyRuns) return;
  for (const Workflow* workflow : AllWorkflows()) {
    EXPECT_TRUE(seen.states.contains(std::string(workflow->Name())))
        << workflow->Name() << " was never played";
  }
}

/// One short history, and each of its appends in turn is the last of a process: before it is
/// stored, after it is stored, and refused because somebody was quicker.
TEST(Simulation, AnyAppendMayBeTheLastOfAProcess) {
  constexpr int kFewActs = 24;
  for (const std::uint64_t seed : {2, 5}) {
    Seen seen;
    const Setting setting{.seed = seed, .acts = kFewActs};
    ASSERT_EQ(Try(setting, seen), Problems{}) << "seed " << seed;
    const std::int64_t appends = seen.appends;
    ASSERT_GE(appends, kFewActs / 2);
    std::cout << fmt::format("seed {}: {} appends\n", seed, appends);
    Simulation undisturbed(setting);
    undisturbed.Run();
    const auto expected = Canonical(undisturbed.Log());
    for (std::int64_t at = 1; at <= appends; ++at) {
      for (const Fault fault : {Fault::kDieBefore, Fault::kDieAfter, Fault::kConflict}) {
        Setting disturbed = setting;
        disturbed.faults.at = at;
        disturbed.faults.fault = fault;
        Simulation simulation(disturbed);
        ASSERT_EQ(simulation.Run(), Problems{}) << "seed " << seed << ", append " << at;
        ASSERT_EQ(Canonical(simulation.Log()), expected) << "seed " << seed << ", append " << at;
        if (fault != Fault::kConflict) {
          EXPECT_EQ(simulation.Failing().Deaths(), 1) << "append " << at;
        }
      }
    }
  }
}

TEST(Simulation, ASeedIsAHistory) {
  const auto lines = [](std::uint64_t seed) {
    Simulation simulation({.seed = seed, .acts = 20});
    simulation.Run();
    return Canonical(simulation.Log());
  };
  EXPECT_EQ(lines(7), lines(7));
  EXPECT_NE(lines(7), lines(8));
}

}  // namespace
}  // namespace docket::simulation
