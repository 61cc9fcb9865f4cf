#include "persistence/runners/sweeper.hpp"

#include <gtest/gtest.h>

#include "persistence/local_leases.hpp"
#include "tests/support/log_fixture.hpp"

namespace docket {
namespace {

using namespace std::chrono_literals;

class MemorySettings : public StoreSettings {
 public:
  std::optional<std::string> FindSetting(const std::string& name) const override {
    const auto found = settings_.find(name);
    return found == settings_.end() ? std::nullopt : std::optional(found->second);
  }
  void Write(const Setting& setting) override { settings_[setting.name] = setting.value; }
  Instant LatestRecordedAt() const override { return {}; }

 private:
  std::map<std::string, std::string> settings_;
};

/// Cases due at given instants; a tick removes the case.
class DueViews : public CaseViews {
 public:
  Page<CaseRow> ListCases(const CaseFilter&) const override { return {}; }
  Page<DeadlineRow> ListDeadlines(const DeadlineFilter&) const override { return {}; }
  std::vector<TimelineRow> Timeline(const StreamId&) const override { return {}; }
  Position ProjectedTo() const override { return {}; }
  std::optional<Instant> NextDue(Instant now) const override {
    std::optional<Instant> next;
    for (const auto& [case_id, at] : due) {
      if (at > now && (!next || at < *next)) next = at;
    }
    return next;
  }
  std::vector<StreamId> DueCases(Instant now, std::size_t limit) const override {
    std::vector<StreamId> cases;
    for (const auto& [case_id, due] : due) {
      if (due <= now && cases.size() < limit) cases.push_back(case_id);
    }
    return cases;
  }
  std::map<StreamId, Instant> due;
};

class SweeperTest : public ::testing::Test {
 protected:
  Sweeper::Options Quietly() {
    return {.round_cases_max = 3,
            .report = [this](const Notice& notice) { reports_.push_back(notice.message); }};
  }
  SweeperPorts Ports() {
    return {.views = views_,
            .clock = clock_,
            .leases = leases_,
            .tick_all =
                [this](const std::vector<StreamId>& ids) {
                  std::vector<CaseEngine::Ticked> ticked;
                  for (const auto& id : ids) ticked.push_back(Tick(id));
                  return ticked;
                },
            .catch_up =
                [this](Position position) {
                  caught_up_ = position;
                  return true;
                }};
  }
  CaseEngine::Ticked Tick(const StreamId& id) {
    ++ticks_[id];
    CaseEngine::Ticked ticked{id, std::nullopt, {}};
    if (id.value.starts_with("failing")) {
      ticked.failure = "contention";
    } else if (id.value != "nothing") {
      views_.due.erase(id);
      ticked.outcome.emplace().position = Position{++position_};
    }
    return ticked;
  }

  MemorySettings settings_;
  LocalLeases leases_{settings_};
  DueViews views_;
  testing::SettableClock clock_;
  std::map<StreamId, int> ticks_;
  std::vector<std::string> reports_;
  std::int64_t position_ = 0;
  Position caught_up_;
};

TEST_F(SweeperTest, TicksWhatIsDueInBoundedRounds) {
  for (int i = 0; i < 7; ++i) views_.due[StreamId("case-" + std::to_string(i))] = clock_.Now();
  views_.due[StreamId("later")] = clock_.Now() + 1h;
  Sweeper sweeper(Ports(), Quietly());
  EXPECT_EQ(sweeper.SweepOnce(), 3u);
  EXPECT_EQ(caught_up_, Position{3});
  EXPECT_EQ(sweeper.SweepUntilQuiet(), 4u);
  EXPECT_EQ(views_.due.size(), 1u);
  EXPECT_EQ(sweeper.SweepOnce(), 0u);
}

TEST_F(SweeperTest, FailingCasesRestAndDoNotBlockOthers) {
  for (const char* id : {"failing", "failing-too", "nothing", "z1", "z2", "z3", "z4"}) {
    views_.due[StreamId(id)] = clock_.Now();
  }
  Sweeper sweeper(Ports(), Quietly());
  EXPECT_EQ(sweeper.SweepOnce(), 0u);
  EXPECT_EQ(sweeper.SweepOnce(), 3u);
  EXPECT_EQ(sweeper.SweepOnce(), 1u);
  EXPECT_EQ(sweeper.SweepOnce(), 0u);
  EXPECT_EQ(ticks_[StreamId("failing")], 1);
  EXPECT_EQ(ticks_[StreamId("nothing")], 1);
  ASSERT_EQ(reports_.size(), 2u);
  EXPECT_EQ(reports_[0], "failing could not be swept: contention");
}

TEST_F(SweeperTest, CaseThatRestedIsTriedAgain) {
  views_.due[StreamId("failing")] = clock_.Now();
  auto options = Quietly();
  options.rest = 0s;
  Sweeper sweeper(Ports(), options);
  sweeper.SweepOnce();
  sweeper.SweepOnce();
  EXPECT_EQ(ticks_[StreamId("failing")], 2);
}

TEST_F(SweeperTest, FailingStoreIsReportedAndTheRoundTriedAgain) {
  std::atomic<int> rounds{0};
  auto ports = Ports();
  ports.tick_all = [&](const std::vector<StreamId>&) -> std::vector<CaseEngine::Ticked> {
    ++rounds;
    throw StoreError("disk");
  };
  views_.due[StreamId("a")] = clock_.Now();
  std::atomic<int> reports{0};
  Sweeper sweeper(std::move(ports), {.poll = 1ms, .report = [&](const auto&) { ++reports; }});
  sweeper.Start();
  while (rounds < 3) std::this_thread::yield();
  EXPECT_GE(reports.load(), 2);
}

TEST_F(SweeperTest, OnlyTheHolderOfTheLeaseSweepsByItself) {
  auto elsewhere = leases_.TryTake("sweeper");
  std::atomic<int> refreshed{0};
  std::atomic<int> rounds{0};
  auto ports = Ports();
  ports.refresh = [&] { ++refreshed; };
  ports.tick_all = [&](const std::vector<StreamId>&) {
    ++rounds;
    return std::vector<CaseEngine::Ticked>();
  };
  views_.due[StreamId("a")] = clock_.Now();
  Sweeper sweeper(std::move(ports), {.poll = 1ms, .refresh_every = 1ms});
  sweeper.Start();
  while (refreshed < 3) std::this_thread::yield();
  EXPECT_EQ(rounds, 0);
  elsewhere.reset();
  while (rounds == 0) std::this_thread::yield();
  EXPECT_EQ(leases_.TryTake("sweeper"), nullptr);
}

TEST_F(SweeperTest, WakesWhenTheNextDeadlineFallsDue) {
  views_.due[StreamId("a")] = clock_.Now() + 20ms;
  std::atomic<int> rounds{0};
  auto ports = Ports();
  ports.tick_all = [&](const std::vector<StreamId>& ids) {
    // The deadline falls due while the first round runs, which has not found it.
    if (ids.empty()) clock_.Set(clock_.Now() + 20ms);
    rounds += static_cast<int>(ids.size());
    return std::vector<CaseEngine::Ticked>();
  };
  Sweeper sweeper(std::move(ports), {.poll = 1h, .refresh_every = 1h});
  sweeper.Start();
  while (rounds == 0) std::this_thread::yield();
  EXPECT_EQ(rounds, 1);
}

TEST_F(SweeperTest, SweepsByItselfAndStops) {
  std::atomic<int> ticks{0};
  auto ports = Ports();
  ports.tick_all = [&](const std::vector<StreamId>& ids) {
    ticks += static_cast<int>(ids.size());
    return std::vector<CaseEngine::Ticked>();
  };
  views_.due[StreamId("a")] = clock_.Now();
  Sweeper sweeper(std::move(ports), Quietly());
  sweeper.Start();
  while (ticks == 0) std::this_thread::yield();
  EXPECT_GE(ticks.load(), 1);
}

}  // namespace
}  // namespace docket
