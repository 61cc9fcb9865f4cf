// Scenarios of cases on a log: deadlines that fire once, and the past as it was known then.
#include <mutex>
#include <set>

#include "persistence/projections/case_projection.hpp"
#include "persistence/projections/projector.hpp"
#include "persistence/projections/stored_case_views.hpp"
#include "persistence/runners/sweeper.hpp"
#include "tests/conformance/offices.hpp"
#include "workflows/engine/deadline_events.hpp"

namespace docket {
namespace {

using namespace std::chrono_literals;
using testing::CaseOffice;
using testing::kAny;

constexpr int kCases = 4;
constexpr int kSweepers = 4;

class Cases : public testing::ConformanceTest {
 protected:
  StreamId Lodged(CaseOffice& office, const std::string& title) {
    const auto outcome = office.Lodge(title);
    if (!outcome) throw StoreError(outcome.error().code);
    return outcome->case_id;
  }
  /// When the first clock of the case runs out, by what its events say.
  static Instant FirstDue(const CaseOffice& office, const StreamId& id) {
    const auto model = office.engine.Load(id);
    std::optional<Instant> first;
    for (const auto& clock : (*model)->Clocks().All()) {
      if (clock.due_at && (!first || *clock.due_at < *first)) first = clock.due_at;
    }
    return first.value();
  }
  /// Both offices look at every case at once, again and again.
  static void SweepEverywhere(CaseOffice& here, CaseOffice& there,
                              const std::vector<StreamId>& ids) {
    testing::InThreads(kSweepers, [&](int thread) {
      auto& office = thread % 2 == 0 ? here : there;
      for (int round = 0; round < 3; ++round) {
        if (round == thread / 2) {
          for (const auto& ticked : office.engine.TickAll(ids)) EXPECT_EQ(ticked.failure, "");
          continue;
        }
        for (const auto& id : ids) {
          const auto ticked = office.engine.Tick(id);
          EXPECT_TRUE(ticked) << ticked.error().code;
        }
      }
    });
  }
};

TEST_F(Cases, E01DeadlineFiresExactlyOnceOnTwoNodesAfterAnOutage) {
  std::vector<StreamId> ids;
  Instant due;
  {
    CaseOffice office(First(), KeysOf(First()), clock_);
    for (int i = 0; i < kCases; ++i) ids.push_back(Lodged(office, "项目" + std::to_string(i)));
    due = FirstDue(office, ids[0]);
    // Before it is due nobody fires it.
    clock_.Set(due + std::chrono::microseconds{-1});
    for (const auto& id : ids) ASSERT_TRUE(office.engine.Tick(id));
  }
  // Nobody runs for three days.
  Reopen();
  clock_.Set(due + 72h);
  CaseOffice here(First(), KeysOf(First()), clock_);
  CaseOffice there(Second(), KeysOf(Second()), clock_);
  SweepEverywhere(here, there, ids);
  for (const auto& id : ids) {
    std::set<std::string> lapsed;
    const auto timeline = here.engine.Timeline(id);
    for (const auto& [event, data] : *timeline) {
      if (event.type != deadline::Lapsed::kType) continue;
      EXPECT_TRUE(lapsed.insert(data.at("clock")).second) << "fired twice";
      EXPECT_EQ(event.occurred_at, *Instant::Parse(data.at("due_at").get<std::string>()));
      EXPECT_LE(event.occurred_at, due + 72h);
      EXPECT_EQ(event.recorded_at, due + 72h) << "when it was noticed";
      EXPECT_EQ(event.role, Role::kClock);
    }
    EXPECT_FALSE(lapsed.empty());
  }
  const auto head = HeadPosition();
  SweepEverywhere(here, there, ids);
  EXPECT_EQ(HeadPosition(), head);
}

TEST_F(Cases, E01TwoSweepersFireEachDeadlineOnce) {
  constexpr std::size_t kMany = 30;
  CaseOffice here(First(), KeysOf(First()), clock_);
  CaseOffice there(Second(), KeysOf(Second()), clock_);
  std::vector<StreamId> ids;
  for (std::size_t i = 0; i < kMany; ++i) {
    ids.push_back(Lodged(i % 2 == 0 ? here : there, "项目" + std::to_string(i)));
  }
  clock_.Set(FirstDue(here, ids[0]) + 72h);
  CaseProjection projection(Log());
  Projector projector(First().store->Views(), Log(), projection);
  std::mutex mutex;
  const auto project = [&](Position) {
    const std::lock_guard guard(mutex);
    while (projector.RunOnce() > 0) {
    }
    return true;
  };
  project({});
  std::atomic<std::size_t> recorded{0};
  // Both sweep, as where a lease was lost and its holder has not noticed yet.
  testing::InThreads(2, [&](int thread) {
    auto& node = thread == 0 ? First() : Second();
    auto& office = thread == 0 ? here : there;
    const StoredCaseViews views(node.store->Views(), *node.log);
    Sweeper sweeper({.views = views,
                     .clock = clock_,
                     .leases = node.store->SingleRunners(),
                     .tick_all = [&](const auto& due) { return office.engine.TickAll(due); },
                     .catch_up = project},
                    {.round_cases_max = 7});
    recorded += sweeper.SweepUntilQuiet();
  });
  EXPECT_GE(recorded, kMany);
  for (const auto& id : ids) {
    std::set<std::string> lapsed;
    const auto timeline = here.engine.Timeline(id);
    for (const auto& [event, data] : *timeline) {
      if (event.type != deadline::Lapsed::kType) continue;
      EXPECT_TRUE(lapsed.insert(data.at("clock")).second) << "fired twice";
      EXPECT_LT(event.occurred_at, event.recorded_at) << "when it was due, not when it was noticed";
    }
    EXPECT_FALSE(lapsed.empty());
  }
}

TEST_F(Cases, E01ActInTimeAndSweepAtOnceLeaveOneTruth) {
  CaseOffice here(First(), KeysOf(First()), clock_);
  CaseOffice there(Second(), KeysOf(Second()), clock_);
  for (int i = 0; i < 10; ++i) {
    const auto id = Lodged(here, "项目" + std::to_string(i));
    clock_.Set(FirstDue(here, id) + 1h);
    testing::InThreads(2, [&](int thread) {
      if (thread == 0) {
        EXPECT_TRUE(there.engine.Tick(id));
      } else {
        EXPECT_TRUE(here.Execute(id, "sign_for", {{"handlers", {"han", "lin"}}}));
      }
    });
    EXPECT_TRUE(here.engine.Tick(id));
    std::multiset<std::string> types;
    const auto timeline = here.engine.Timeline(id);
    for (const auto& [event, data] : *timeline) types.insert(event.type);
    EXPECT_EQ(types.count("complaint.signed_for"), 1u);
    EXPECT_EQ(types.count("deadline.lapsed"), 1u);
  }
}

TEST_F(Cases, E02ACaseReadsAsItWasKnownThen) {
  struct Known {
    Instant at;
    Position position;
    std::string state;
    Json facts;
    Clocks clocks;
  };
  std::vector<Known> history;
  StreamId id;
  const auto note = [&](const CaseOffice& office) {
    const auto model = office.engine.Load(id);
    history.push_back({clock_.Now(), HeadPosition(), std::string((*model)->State()),
                       (*model)->Facts(), (*model)->Clocks()});
    clock_.Set(clock_.Now() + 1h);
  };
  {
    CaseOffice here(First(), KeysOf(First()), clock_);
    CaseOffice there(Second(), KeysOf(Second()), clock_);
    id = Lodged(here, "滨江路改造");
    note(here);
    ASSERT_TRUE(there.Execute(id, "sign_for", {{"handlers", {"han", "lin"}}}));
    note(there);
    clock_.Set(FirstDue(here, id) + 24h);
    ASSERT_TRUE(there.engine.Tick(id));
    note(there);
  }
  EXPECT_NE(history[0].state, history[1].state);
  EXPECT_NE(history[1].clocks, history[2].clocks);
  Reopen();
  const CaseOffice office(First(), KeysOf(First()), clock_);
  for (const auto& known : history) {
    for (const AsOf& as_of : {AsOf{known.at, std::nullopt}, AsOf{std::nullopt, known.position}}) {
      const auto model = office.engine.Load(id, as_of);
      ASSERT_TRUE(model);
      EXPECT_EQ((*model)->State(), known.state);
      EXPECT_EQ((*model)->Facts(), known.facts);
      EXPECT_EQ((*model)->Clocks(), known.clocks);
    }
  }
  const auto before = office.engine.Load(id, {history[0].at + -1h, std::nullopt});
  ASSERT_FALSE(before);
  EXPECT_EQ(before.error().code, "unknown_case");
}

TEST_F(Cases, E06FactLearntLaterLeavesWhatWasKnownBefore) {
  CaseOffice office(First(), KeysOf(First()), clock_);
  const auto id = Lodged(office, "滨江路改造");
  const auto known_at = clock_.Now();
  const auto before = (*office.engine.Load(id))->Facts();
  clock_.Set(clock_.Now() + 48h);
  CommandRequest request;
  request.sender = {ActorId("clerk"), UnitId("bureau"), {Role::kIntake}};
  request.case_id = id;
  CommandInput input;
  input.name = "sign_for";
  input.data = {{"handlers", {"han", "lin"}}};
  input.occurred_at = (known_at + 1h).ToString();
  input.back_entry = BackEntry{ActorId("clerk"), "系统停机", std::nullopt};
  request.commands = {input};
  const auto entered = office.engine.Execute(request);
  ASSERT_TRUE(entered) << entered.error().code;
  const auto events = All();
  EXPECT_LT(events.back().occurred_at, clock_.Now());
  EXPECT_EQ(events.back().recorded_at, clock_.Now());
  // Known then: nothing of it, though it had happened.
  EXPECT_EQ((*office.engine.Load(id, {known_at + 2h, std::nullopt}))->Facts(), before);
  EXPECT_NE((*office.engine.Load(id))->Facts(), before);
}

}  // namespace
}  // namespace docket
