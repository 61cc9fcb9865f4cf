#include "persistence/projections/projector.hpp"

#include <filesystem>

#include "tests/projections/counting_projection.hpp"
#include "tests/support/log_fixture.hpp"
#include "tests/support/view_stores.hpp"

namespace docket {
namespace {

using testing::CountingProjection;
using testing::LogFixture;
using testing::Request;
using testing::StoreKind;
using testing::Write;

const auto kAny = ExpectedVersion::Any();

class ProjectorTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  void Append(const std::string& stream, std::size_t count) {
    fixture_.Log().Append(Request({Write(stream, kAny, count)}));
  }
  Projector Make(std::size_t batch = 4) { return Make(projection_, batch); }
  Projector Make(Projection& projection, std::size_t batch = 4) {
    return Projector(*views_, fixture_.Log(), projection,
                     {.batch_events_max = batch, .on_parked = [this](const ParkedStream& parked) {
                        alarms_.push_back(parked.stream.value);
                      }});
  }
  static void RunAll(Projector& projector) {
    while (projector.RunOnce() > 0) {
    }
  }
  std::int64_t Counted(const std::string& stream, std::int64_t version = 1) {
    const auto schema = CountingProjection::SchemaOf(version);
    const auto live = views_->FindLive(schema);
    if (!live) return -1;
    const auto rows = views_->OpenReader(schema, *live)
                          ->Query("SELECT events FROM {counted} WHERE stream = ?", {stream});
    return rows.empty() ? 0 : std::get<std::int64_t>(rows[0][0]);
  }
  Generation Live(std::int64_t version = 1) {
    return views_->FindLive(CountingProjection::SchemaOf(version)).value();
  }

  LogFixture fixture_;
  testing::ViewPlace place_{GetParam(), fixture_.Paths()};
  std::unique_ptr<ViewStore> views_ = place_.Open();
  CountingProjection projection_;
  std::vector<std::string> alarms_;
};

TEST_P(ProjectorTest, AppliesEveryEventOnceAndResumes) {
  Append("a", 5);
  Append("b", 6);
  {
    auto projector = Make();
    EXPECT_EQ(projector.RunOnce(), 4u);
    EXPECT_EQ(projector.ReadCheckpoint().position, Position{4});
    EXPECT_EQ(projector.ProjectedTo(), Position{4});
  }
  auto projector = Make();
  RunAll(projector);
  EXPECT_EQ(Counted("a"), 5);
  EXPECT_EQ(Counted("b"), 6);
  EXPECT_EQ(projection_.applied, 11);
  EXPECT_EQ(projector.RunOnce(), 0u);
  Append("a", 1);
  EXPECT_EQ(projector.RunOnce(), 1u);
  EXPECT_EQ(Counted("a"), 6);
  EXPECT_EQ(projection_.applied, 12);
}

TEST_P(ProjectorTest, StreamThatCannotBeAppliedIsParkedAndTheRestGoesOn) {
  Append("a", 1);
  Append("bad", 2);
  Append("b", 3);
  auto projector = Make(100);
  RunAll(projector);
  Append("bad", 1);
  Append("a", 1);
  RunAll(projector);
  EXPECT_EQ(Counted("a"), 2);
  EXPECT_EQ(Counted("b"), 3);
  EXPECT_EQ(Counted("bad"), 0);
  const auto parked = projector.Parked();
  ASSERT_EQ(parked.size(), 1u);
  EXPECT_EQ(parked[0].stream, StreamId("bad"));
  EXPECT_EQ(parked[0].position, Position{2});
  EXPECT_EQ(parked[0].reason, "cannot read it");
  EXPECT_EQ(projection_.forgotten.back(), "bad");
  EXPECT_EQ(alarms_, std::vector<std::string>{"bad"}) << "one alarm a stream";
}

TEST_P(ProjectorTest, StreamWhoseRowsTheDatabaseRefusesIsParkedAlone) {
  Append("a", 2);
  Append("refused", 2);
  Append("b", 3);
  Append("bad", 1);
  auto projector = Make(100);
  RunAll(projector);
  EXPECT_EQ(Counted("a"), 2);
  EXPECT_EQ(Counted("b"), 3);
  const auto parked = projector.Parked();
  ASSERT_EQ(parked.size(), 2u);
  EXPECT_EQ(parked[0].stream, StreamId("refused"));
  EXPECT_EQ(parked[0].position, Position{3});
  EXPECT_NE(parked[0].reason, "");
  EXPECT_EQ(projector.ReadCheckpoint().position, Position{8});
  projection_.refused.clear();
  EXPECT_EQ(projector.RetryParked(), 1u);
  EXPECT_EQ(Counted("refused"), 2);
}

TEST_P(ProjectorTest, ParkedStreamIsTriedAgainByTheNextProgram) {
  Append("bad", 3);
  Append("a", 1);
  {
    auto projector = Make();
    RunAll(projector);
    EXPECT_EQ(projector.RetryParked(), 0u);
    EXPECT_EQ(projector.Parked().size(), 1u);
  }
  projection_.bad.clear();
  auto projector = Make();
  EXPECT_EQ(projector.RetryParked(), 1u);
  EXPECT_TRUE(projector.Parked().empty());
  EXPECT_EQ(Counted("bad"), 3);
  Append("bad", 1);
  RunAll(projector);
  EXPECT_EQ(Counted("bad"), 4);
}

TEST_P(ProjectorTest, BrokenStoreStopsTheBatchAndLeavesNothingOfIt) {
  Append("a", 1);
  Append("bad", 1);
  Append("broken", 1);
  auto projector = Make();
  EXPECT_THROW(projector.RunOnce(), StoreError);
  EXPECT_EQ(projector.ReadCheckpoint().position, Position{});
  EXPECT_TRUE(projector.Parked().empty());
  EXPECT_EQ(Counted("a"), 0);
  projection_.broken.clear();
  RunAll(projector);
  EXPECT_EQ(Counted("a"), 1);
  EXPECT_EQ(Counted("broken"), 1);
  EXPECT_EQ(projector.Parked().size(), 1u);
}

TEST_P(ProjectorTest, NewVersionIsBuiltBesideTheOldOne) {
  Append("a", 3);
  auto old_program = Make();
  RunAll(old_program);
  CountingProjection next(2);
  auto new_program = Make(next);
  Append("a", 1);
  RunAll(new_program);
  EXPECT_EQ(Counted("a", 2), 4);
  EXPECT_EQ(Counted("a", 1), 3) << "which the old program still reads";
  RunAll(old_program);
  EXPECT_EQ(Counted("a", 1), 4) << "and keeps abreast";
  EXPECT_NE(Live(1).number, Live(2).number);
  // Two versions on, nobody is left who could read it.
  CountingProjection last(3);
  auto last_program = Make(last);
  RunAll(last_program);
  EXPECT_EQ(Counted("a", 2), 4);
  EXPECT_EQ(Counted("a", 1), -1);
}

TEST_P(ProjectorTest, NewEpochBeginsANewGenerationFromTheFirstEvent) {
  Append("a", 3);
  Append("gone", 1);
  {
    auto projector = Make();
    RunAll(projector);
  }
  const auto before = Live();
  fixture_.Close();
  std::filesystem::remove(fixture_.Paths().mark);
  fixture_.Open();
  Append("a", 1);
  auto projector = Make();
  RunAll(projector);
  EXPECT_NE(Live(), before);
  EXPECT_EQ(Counted("a"), 4);
  EXPECT_EQ(projector.ReadCheckpoint().epoch, fixture_.Log().ReadHead(LogId::kCases).epoch);
}

TEST_P(ProjectorTest, SwitchThatAPowerCutUndidInPartIsRepaired) {
  Append("a", 3);
  auto projector = Make();
  RunAll(projector);
  const auto before = Live();
  // The mark of a retired generation is there, and the registry still calls it live.
  views_->OpenWriter(projection_.Schema(), before)->Retire();
  Append("a", 1);
  EXPECT_THROW(projector.RunOnce(), CheckpointMoved);
  RunAll(projector);
  EXPECT_NE(Live(), before);
  EXPECT_EQ(Counted("a"), 4);
}

TEST_P(ProjectorTest, OfTwoProjectorsOneIsToldThatItCameTooLate) {
  Append("a", 3);
  const auto elsewhere = place_.Open();
  CountingProjection same;
  Projector other(*elsewhere, fixture_.Log(), same, {.batch_events_max = 4});
  auto projector = Make();
  RunAll(projector);
  RunAll(other);
  Append("a", 2);
  EXPECT_EQ(projector.RunOnce(), 2u);
  // The other one still believes that the checkpoint is at 3.
  EXPECT_THROW(other.RunOnce(), CheckpointMoved);
  EXPECT_EQ(Counted("a"), 5);
  EXPECT_EQ(other.RunOnce(), 0u) << "it has read again";
  Append("a", 1);
  EXPECT_EQ(other.RunOnce(), 1u);
  EXPECT_EQ(Counted("a"), 6);
}

TEST_P(ProjectorTest, HolderOfAnEarlierLeaseIsFencedOut) {
  Append("a", 1);
  const auto elsewhere = place_.Open();
  CountingProjection same;
  Projector stale(*elsewhere, fixture_.Log(), same, {.batch_events_max = 4});
  stale.Fence(7);
  RunAll(stale);
  auto projector = Make();
  projector.Fence(8);
  Append("a", 1);
  RunAll(projector);
  Append("a", 1);
  EXPECT_THROW(stale.RunOnce(), CheckpointMoved);
  EXPECT_THROW(stale.RunOnce(), CheckpointMoved) << "reading again does not help";
  EXPECT_EQ(Counted("a"), 2);
  RunAll(projector);
  EXPECT_EQ(Counted("a"), 3);
}

INSTANTIATE_TEST_SUITE_P(, ProjectorTest,
                         ::testing::Values(StoreKind::kSqlite, StoreKind::kPostgres),
                         testing::NameOfStoreKind);

}  // namespace
}  // namespace docket
