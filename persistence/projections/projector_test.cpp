#include "persistence/projections/projector.hpp"

#include <gtest/gtest.h>

#include "persistence/projections/case_projection.hpp"
#include "tests/support/log_fixture.hpp"

namespace docket {
namespace {

using testing::LogFixture;
using testing::Request;
using testing::Write;

const auto kAny = ExpectedVersion::Any();

constexpr const char* kCreate =
    "CREATE TABLE IF NOT EXISTS counted (stream TEXT PRIMARY KEY, events INTEGER NOT NULL)";
constexpr const char* kCount =
    "INSERT INTO counted (stream, events) VALUES (?, ?)"
    " ON CONFLICT (stream) DO UPDATE SET events = events + excluded.events";

/// Counts events by stream; refuses streams called `bad` and stops at one called `broken`.
class CountingProjection : public Projection {
 public:
  std::string_view Name() const override { return "counting"; }
  std::int64_t Version() const override { return version; }
  void Reset(Database& views) override {
    views.Execute(kCreate);
    views.Execute("DELETE FROM counted");
    ++resets;
  }
  void Apply(Database& views, const std::vector<RecordedEvent>& events) override {
    const auto& stream = events.front().stream;
    const auto count = static_cast<std::int64_t>(events.size());
    views.Prepare(kCount).Bind(stream.value, count).Run();
    if (stream.value == bad) throw std::runtime_error("cannot read it");
    if (stream.value == broken) throw StoreError("disk");
  }
  void Forget(const StreamId& stream) override { forgotten.push_back(stream.value); }

  std::int64_t version = 1;
  int resets = 0;
  std::string bad = "bad";
  std::string broken = "broken";
  std::vector<std::string> forgotten;
};

class ProjectorTest : public ::testing::Test {
 protected:
  void Append(const std::string& stream, std::size_t count) {
    fixture_.Log().Append(Request({Write(stream, kAny, count)}));
  }
  Projector Make(std::size_t batch = 4) {
    return Projector(OpenViewsWriter(fixture_.Paths()), fixture_.Log(), projection_,
                     {.batch_events_max = batch});
  }
  static void RunAll(Projector& projector) {
    while (projector.RunOnce() > 0) {
    }
  }
  std::int64_t Counted(const std::string& stream) {
    Database views(fixture_.Paths().views, {.read_only = true});
    auto query = views.Prepare("SELECT events FROM counted WHERE stream = ?");
    query.Bind(stream);
    return query.Step() ? query.Integer(0) : 0;
  }

  LogFixture fixture_;
  CountingProjection projection_;
};

TEST_F(ProjectorTest, AppliesEveryEventOnceAndResumes) {
  Append("a", 5);
  Append("b", 6);
  {
    auto projector = Make();
    EXPECT_EQ(projector.RunOnce(), 4u);
    EXPECT_EQ(projector.ReadCheckpoint().position, Position{4});
  }
  auto projector = Make();
  RunAll(projector);
  EXPECT_EQ(Counted("a"), 5);
  EXPECT_EQ(Counted("b"), 6);
  EXPECT_EQ(projection_.resets, 1);
  EXPECT_EQ(projector.RunOnce(), 0u);
  Append("a", 1);
  EXPECT_EQ(projector.RunOnce(), 1u);
  EXPECT_EQ(Counted("a"), 6);
}

TEST_F(ProjectorTest, StreamThatCannotBeAppliedIsParkedAndTheRestGoesOn) {
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
}

TEST_F(ProjectorTest, ParkedStreamIsTriedAgainByTheNextProgram) {
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
  EXPECT_TRUE(projector.Parked().empty());
  EXPECT_EQ(Counted("bad"), 3);
  Append("bad", 1);
  RunAll(projector);
  EXPECT_EQ(Counted("bad"), 4);
}

TEST_F(ProjectorTest, BrokenStoreStopsTheBatchAndLeavesNothingOfIt) {
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

TEST_F(ProjectorTest, NewVersionRebuildsFromTheFirstEvent) {
  Append("a", 3);
  Append("bad", 1);
  {
    auto projector = Make();
    RunAll(projector);
  }
  projection_.version = 2;
  projection_.bad.clear();
  auto projector = Make();
  RunAll(projector);
  EXPECT_EQ(projection_.resets, 2);
  EXPECT_EQ(Counted("a"), 3);
  EXPECT_EQ(Counted("bad"), 1);
  EXPECT_TRUE(projector.Parked().empty());
}

TEST_F(ProjectorTest, NewEpochRebuildsFromTheFirstEvent) {
  Append("a", 3);
  {
    auto projector = Make();
    RunAll(projector);
  }
  fixture_.Close();
  std::filesystem::remove(fixture_.Paths().mark);
  fixture_.Open();
  Append("a", 1);
  auto projector = Make();
  RunAll(projector);
  EXPECT_EQ(projection_.resets, 2);
  EXPECT_EQ(Counted("a"), 4);
  EXPECT_EQ(projector.ReadCheckpoint().epoch, fixture_.Log().ReadHead(LogId::kCases).epoch);
}

}  // namespace
}  // namespace docket
