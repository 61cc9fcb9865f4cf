#include <atomic>
#include <thread>

#include "persistence/runners/projector_runner.hpp"
#include "tests/projections/counting_projection.hpp"
#include "tests/support/log_fixture.hpp"
#include "tests/support/view_stores.hpp"

namespace docket {
namespace {

using namespace std::chrono_literals;
using testing::CountingProjection;
using testing::LogFixture;
using testing::Request;
using testing::StoreKind;
using testing::Write;

/// A minute at most; a healthy machine needs a few milliseconds.
constexpr auto kRunnerPatience = 60s;

class FailingProjection : public CountingProjection {
 public:
  Changes Apply(const StreamEvents& events) override {
    if (failures-- > 0) throw StoreError("disk");
    return CountingProjection::Apply(events);
  }
  std::atomic<int> failures{0};
};

class ProjectorRunnerTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  void Append(const std::string& stream) {
    fixture_.Log().Append(Request({Write(stream, ExpectedVersion::Any(), 1)}));
  }
  ProjectorRunner::Ports Ports(Projection& projection) {
    return {*views_, fixture_.Log(), projection, fixture_.Store().SingleRunners()};
  }
  Report Reporting() {
    return [this](const Notice& notice) {
      const std::lock_guard guard(mutex_);
      reports_.push_back(notice.message);
    };
  }
  std::vector<std::string> Reports() {
    const std::lock_guard guard(mutex_);
    return reports_;
  }

  LogFixture fixture_;
  testing::ViewPlace place_{GetParam(), fixture_.Paths()};
  std::unique_ptr<ViewStore> views_ = place_.Open();
  FailingProjection projection_;

 private:
  std::mutex mutex_;
  std::vector<std::string> reports_;
};

TEST_P(ProjectorRunnerTest, CatchesUpWhenWokenByAnAppend) {
  ProjectorRunner runner(Ports(projection_), {.poll = 1h});
  const auto subscription = fixture_.Log().OnAppended([&](Position) { runner.Wake(); });
  for (int i = 1; i <= 20; ++i) {
    Append("a");
    EXPECT_TRUE(runner.CatchUpTo(Position{i}, kRunnerPatience));
  }
  EXPECT_EQ(runner.ProjectedTo(), Position{20});
  EXPECT_FALSE(runner.CatchUpTo(Position{21}, 1ms));
  const auto status = runner.Status();
  EXPECT_EQ(status.projected_to, Position{20});
  EXPECT_EQ(status.head, Position{20});
  EXPECT_EQ(status.lag_events, 0);
  EXPECT_EQ(status.since_progress, 0ms);
  EXPECT_EQ(status.parked, 0);
  EXPECT_TRUE(status.holds_lease);
}

TEST_P(ProjectorRunnerTest, PollsWhereNobodyWakesIt) {
  const ProjectorRunner runner(Ports(projection_), {.poll = 1ms});
  Append("a");
  while (runner.ProjectedTo() < Position{1}) std::this_thread::yield();
  EXPECT_EQ(runner.ProjectedTo(), Position{1});
}

TEST_P(ProjectorRunnerTest, ReportsAFailingStoreAndTriesAgain) {
  projection_.failures = 2;
  Append("a");
  ProjectorRunner runner(Ports(projection_), {.poll = 1h, .retry = 1ms, .report = Reporting()});
  EXPECT_TRUE(runner.CatchUpTo(Position{1}, kRunnerPatience));
  EXPECT_EQ(Reports().size(), 2u);
}

TEST_P(ProjectorRunnerTest, ParkedStreamRaisesOneAlarmAndIsCounted) {
  Append("bad");
  Append("a");
  ProjectorRunner runner(Ports(projection_), {.poll = 1h, .report = Reporting()});
  EXPECT_TRUE(runner.CatchUpTo(Position{2}, kRunnerPatience));
  Append("bad");
  EXPECT_TRUE(runner.CatchUpTo(Position{3}, kRunnerPatience));
  ASSERT_EQ(Reports().size(), 1u);
  EXPECT_EQ(Reports()[0], "read model counting leaves out bad from position 1 on: cannot read it");
  EXPECT_EQ(runner.Status().parked, 1);
}

TEST_P(ProjectorRunnerTest, OneProcessProjectsAndTheOthersWatchAndTakeOver) {
  auto holder =
      std::make_unique<ProjectorRunner>(Ports(projection_), ProjectorRunner::Options{.poll = 1ms});
  while (!holder->Status().holds_lease) std::this_thread::yield();
  const auto elsewhere = place_.Open();
  CountingProjection same;
  ProjectorRunner follower({*elsewhere, fixture_.Log(), same, fixture_.Store().SingleRunners()},
                           {.poll = 10ms, .watch = 1ms});
  Append("a");
  EXPECT_TRUE(follower.CatchUpTo(Position{1}, kRunnerPatience));
  EXPECT_FALSE(follower.Status().holds_lease);
  EXPECT_EQ(same.applied, 0);
  holder.reset();
  Append("a");
  EXPECT_TRUE(follower.CatchUpTo(Position{2}, kRunnerPatience));
  EXPECT_TRUE(follower.Status().holds_lease);
  EXPECT_EQ(same.applied, 1);
}

INSTANTIATE_TEST_SUITE_P(, ProjectorRunnerTest,
                         ::testing::Values(StoreKind::kSqlite, StoreKind::kPostgres),
                         testing::NameOfStoreKind);

}  // namespace
}  // namespace docket
