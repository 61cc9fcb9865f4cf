#include "persistence/projections/rebuild.hpp"

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

constexpr auto kPatience = 60s;

/// A log whose head is asked for; whoever asks, `meanwhile` happens first.
class InterruptedLog : public EventLog {
 public:
  InterruptedLog(EventLog& log, std::function<void()> meanwhile)
      : log_(log), meanwhile_(std::move(meanwhile)) {}
  AppendResult Append(AppendRequest request) override { return log_.Append(std::move(request)); }
  std::vector<AppendResult> AppendAll(std::vector<AppendRequest> requests) override {
    return log_.AppendAll(std::move(requests));
  }
  std::vector<RecordedEvent> ReadStream(LogId log, const StreamId& stream, Version after,
                                        std::size_t limit) const override {
    return log_.ReadStream(log, stream, after, limit);
  }
  std::vector<std::vector<RecordedEvent>> ReadStreams(
      LogId log, const std::vector<StreamId>& streams) const override {
    return log_.ReadStreams(log, streams);
  }
  std::vector<RecordedEvent> ReadLog(LogId log, Position after, std::size_t limit) const override {
    return log_.ReadLog(log, after, limit);
  }
  Head ReadHead(LogId log) const override {
    meanwhile_();
    return log_.ReadHead(log);
  }
  std::optional<CommandKnown> FindCommand(LogId log, const ActorId& actor,
                                          const CommandId& id) const override {
    return log_.FindCommand(log, actor, id);
  }

 private:
  EventLog& log_;
  const std::function<void()> meanwhile_;
};

class RebuildTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  void Append(const std::string& stream, std::size_t count = 1) {
    fixture_.Log().Append(Request({Write(stream, ExpectedVersion::Any(), count)}));
  }
  void ProjectLive() {
    Projector projector(*views_, fixture_.Log(), live_projection_);
    while (projector.RunOnce() > 0) {
    }
  }
  Generation Live() { return views_->FindLive(schema_).value(); }
  std::string Dump(const Generation& generation) {
    return testing::DumpTables(*views_, schema_, generation);
  }
  Position Head() { return fixture_.Log().ReadHead(LogId::kCases).position; }

  LogFixture fixture_;
  testing::ViewPlace place_{GetParam(), fixture_.Paths()};
  std::unique_ptr<ViewStore> views_ = place_.Open();
  CountingProjection live_projection_;
  CountingProjection projection_;
  const ProjectionSchema schema_ = CountingProjection::SchemaOf(1);
};

TEST_P(RebuildTest, EqualsTheLiveOneAndTakesItsPlace) {
  for (int i = 0; i < 50; ++i) Append("s" + std::to_string(i % 7), 1 + i % 3);
  Append("bad");
  ProjectLive();
  const auto old = Live();
  const auto dump = Dump(old);
  std::vector<std::int64_t> steps;
  const auto result =
      Rebuild(*views_, fixture_.Log(), projection_,
              {.batch_events_max = 8, .on_progress = [&](const RebuildProgress& progress) {
                 steps.push_back(progress.position.value);
                 EXPECT_EQ(progress.head, Head());
                 EXPECT_EQ(Live(), old) << "served until the switch";
               }});
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->generation, Live());
  EXPECT_NE(result->generation, old);
  EXPECT_EQ(steps.front(), 8);
  EXPECT_EQ(Position{steps.back()}, Head());
  EXPECT_EQ(Dump(Live()), dump);
  ASSERT_EQ(result->parked.size(), 1u);
  EXPECT_EQ(result->parked[0].stream, StreamId("bad"));
}

TEST_P(RebuildTest, BuildsTheFirstGenerationToo) {
  Append("a", 3);
  ASSERT_TRUE(Rebuild(*views_, fixture_.Log(), projection_).has_value());
  const auto built = Dump(Live());
  ProjectLive();
  EXPECT_EQ(Dump(Live()), built);
  EXPECT_EQ(live_projection_.applied, 0) << "nothing was left to apply";
}

TEST_P(RebuildTest, GoesOnWhereItWasStopped) {
  for (int i = 0; i < 40; ++i) Append("s" + std::to_string(i % 5));
  ProjectLive();
  struct Stopped {};
  EXPECT_THROW(Rebuild(*views_, fixture_.Log(), projection_,
                       {.batch_events_max = 8,
                        .on_progress =
                            [](const RebuildProgress& progress) {
                              if (progress.position == Position{24}) throw Stopped();
                            }}),
               Stopped);
  const auto elsewhere = place_.Open();
  CountingProjection again;
  const auto result = Rebuild(*elsewhere, fixture_.Log(), again, {.batch_events_max = 8});
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->progress.began_at, Position{24});
  EXPECT_EQ(again.applied, 16);
  Generation first = result->generation;
  EXPECT_EQ(Dump(first), Dump({first.projection, 1, first.version}));
}

TEST_P(RebuildTest, RefusedRowsParkTheirStreamAlone) {
  // Of four pages the second holds the refused stream first, and later pages more of it.
  for (int i = 0; i < 32; ++i)
    Append(i % 8 == 3 && i > 8 ? "refused" : "s" + std::to_string(i % 5));
  Append("bad", 2);
  ProjectLive();
  const auto dump = Dump(Live());
  const auto result = Rebuild(*views_, fixture_.Log(), projection_, {.batch_events_max = 8});
  ASSERT_TRUE(result.has_value());
  ASSERT_EQ(result->parked.size(), 2u);
  EXPECT_EQ(result->parked[0].stream, StreamId("refused"));
  EXPECT_EQ(result->parked[0].position, Position{12});
  EXPECT_EQ(result->parked[1].stream, StreamId("bad"));
  EXPECT_EQ(Dump(Live()), dump);
}

TEST_P(RebuildTest, SecondRebuildAtATimeIsRefused) {
  Append("a");
  const auto lock = place_.Open()->TryLockRebuild("counting");
  const auto result = Rebuild(*views_, fixture_.Log(), projection_);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, "rebuild_running");
}

TEST_P(RebuildTest, NewEpochDiscardsWhatWasBuilt) {
  const auto unfinished = views_->TakeUnfinished(schema_);
  views_->OpenWriter(schema_, unfinished)->MoveCheckpoint({}, {Epoch("another"), Position{1}, 0});
  Append("a", 2);
  const auto result = Rebuild(*views_, fixture_.Log(), projection_);
  ASSERT_TRUE(result.has_value());
  EXPECT_NE(result->generation, unfinished);
  EXPECT_EQ(result->progress.began_at, Position{});
}

TEST_P(RebuildTest, LiveProjectorGoesOnFromTheNewGenerationWhileEventsAreAppended) {
  ProjectorRunner runner(
      {*views_, fixture_.Log(), live_projection_, fixture_.Store().SingleRunners()});
  const auto subscription = fixture_.Log().OnAppended([&](Position) { runner.Wake(); });
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    for (int i = 0; !stop; ++i) {
      Append("s" + std::to_string(i % 50));
      // Whoever has waited for a position finds it, also across the switch.
      const Position head = Head();
      EXPECT_TRUE(runner.CatchUpTo(head, kPatience));
      const auto live = Live();
      const auto reached = views_->OpenReader(schema_, live)->ReadCheckpoint().position;
      EXPECT_GE(reached, head) << "generation " << live.number;
    }
  });
  const auto elsewhere = place_.Open();
  for (int round = 0; round < 3; ++round) {
    CountingProjection rebuilt;
    const auto result = Rebuild(*elsewhere, fixture_.Log(), rebuilt, {.batch_events_max = 16});
    EXPECT_TRUE(result.has_value());
    EXPECT_EQ(Live(), result.value().generation);
  }
  stop = true;
  writer.join();
  EXPECT_TRUE(runner.CatchUpTo(Head(), kPatience));
  const auto live = Dump(Live());
  CountingProjection reference;
  ASSERT_TRUE(Rebuild(*elsewhere, fixture_.Log(), reference).has_value());
  EXPECT_EQ(Dump(Live()), live);
}

TEST_P(RebuildTest, AGenerationThatBeginsBesideTheFirstBuildIsNotFallenBehind) {
  Append("a");
  int heads = 0;
  // The head is asked for at the start, and once more just before the switch.
  const InterruptedLog log(fixture_.Log(), [&] {
    if (++heads != 2) return;
    Append("b");
    ProjectLive();
  });
  const auto result = Rebuild(*views_, log, projection_);
  ASSERT_TRUE(result.has_value());
  ASSERT_GE(heads, 2);
  EXPECT_EQ(Live(), result->generation);
  EXPECT_EQ(views_->OpenReader(schema_, Live())->ReadCheckpoint().position, Position{2})
      << "whoever waited for it was served it before";
}

INSTANTIATE_TEST_SUITE_P(, RebuildTest, ::testing::Values(StoreKind::kSqlite, StoreKind::kPostgres),
                         testing::NameOfStoreKind);

}  // namespace
}  // namespace docket
