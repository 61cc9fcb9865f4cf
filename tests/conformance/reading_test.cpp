// What reads promise: order, paging, and the same answers after the store was opened anew.
#include <random>

#include "persistence/batch_plan.hpp"
#include "tests/conformance/conformance.hpp"

namespace docket {
namespace {

using testing::ForAccess;
using testing::kAny;
using testing::kNone;
using testing::Request;
using testing::Write;

class Reading : public testing::ConformanceTest {};

TEST_F(Reading, EmptyLogHasAHeadAndNothingElse) {
  for (const LogId log : {LogId::kCases, LogId::kAccess}) {
    const auto head = Log().ReadHead(log);
    EXPECT_EQ(head.position, Position{});
    EXPECT_EQ(head.recorded_at, Instant{});
    EXPECT_FALSE(head.epoch.empty());
    EXPECT_TRUE(Log().ReadLog(log, Position{}, 10).empty());
    EXPECT_TRUE(Log().ReadStream(log, StreamId("a"), Version{}, 10).empty());
  }
  EXPECT_EQ(Log().ReadStreams(LogId::kCases, {}).size(), 0u);
  EXPECT_EQ(Log().ReadStreams(LogId::kCases, {StreamId("a")}).size(), 1u);
  EXPECT_EQ(First().store->Settings().LatestRecordedAt(), Instant{});
}

TEST_F(Reading, ReadsArePaged) {
  Accepted(Request({Write("a", kNone, 5), Write("b", kNone, 5)}));
  Accepted(ForAccess(Request({Write("a", kNone, 1)})));
  for (std::int64_t after = 0; after <= 12; ++after) {
    for (std::size_t limit = 0; limit <= 11; ++limit) {
      const auto page = Log().ReadLog(LogId::kCases, Position{after}, limit);
      const auto expected = std::min<std::size_t>(limit, after < 10 ? 10 - after : 0);
      ASSERT_EQ(page.size(), expected) << after << " " << limit;
      for (std::size_t i = 0; i < page.size(); ++i) {
        EXPECT_EQ(page[i].position.value, after + static_cast<std::int64_t>(i) + 1);
      }
      const auto stream = Log().ReadStream(LogId::kCases, StreamId("b"), Version{after}, limit);
      ASSERT_EQ(stream.size(), std::min<std::size_t>(limit, after < 5 ? 5 - after : 0));
      if (!stream.empty()) {
        EXPECT_EQ(stream.front().version, Version{after + 1});
      }
    }
  }
}

TEST_F(Reading, StreamsComeInTheOrderAskedForAlsoTwiceAndUnknown) {
  Accepted(Request({Write("a", kNone, 2), Write("b", kNone, 3), Write("a", kAny, 1)}));
  const auto streams = Log().ReadStreams(
      LogId::kCases, {StreamId("b"), StreamId("no"), StreamId("a"), StreamId("b")});
  ASSERT_EQ(streams.size(), 4u);
  EXPECT_EQ(streams[0], Stream("b"));
  EXPECT_TRUE(streams[1].empty());
  EXPECT_EQ(streams[2], Stream("a"));
  EXPECT_EQ(streams[3], streams[0]);
  EXPECT_EQ(streams[2].size(), 3u);
}

TEST_F(Reading, ManyStreamsAtOnce) {
  std::vector<StreamWrite> writes;
  std::vector<StreamId> names;
  for (int i = 0; i < 700; ++i) {
    writes.push_back(Write("s" + std::to_string(i), kNone, static_cast<std::size_t>(1 + i % 4)));
    names.push_back(writes.back().stream);
  }
  Accepted(Request(std::move(writes)));
  std::shuffle(names.begin(), names.end(), std::mt19937(11));
  const auto streams = Log().ReadStreams(LogId::kCases, names);
  ASSERT_EQ(streams.size(), names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    ASSERT_FALSE(streams[i].empty());
    EXPECT_EQ(streams[i].front().stream, names[i]);
    EXPECT_EQ(streams[i], Stream(names[i].value));
  }
}

TEST_F(Reading, ReopenedLogIsTheSameIncarnation) {
  const auto appended = Accepted(Request({Write("a", kNone, 3)}, "c1"));
  const auto head = Log().ReadHead(LogId::kCases);
  EXPECT_EQ(appended.epoch, head.epoch);
  const auto events = All();
  for (int i = 0; i < 3; ++i) {
    Reopen();
    EXPECT_EQ(Log().ReadHead(LogId::kCases), head);
    EXPECT_EQ(All(), events);
  }
  EXPECT_EQ(Accepted(Request({Write("a", kAny, 1)})).epoch, head.epoch);
}

TEST_F(Reading, BothNodesReadTheSame) {
  auto& other = *Second().log;
  for (int i = 0; i < 20; ++i) {
    Accepted(i % 2 == 0 ? Log() : other, Request({Write("a", kAny, 1)}, "c" + std::to_string(i)));
    EXPECT_EQ(Log().ReadHead(LogId::kCases), other.ReadHead(LogId::kCases));
  }
  EXPECT_EQ(All(), AllOf(other));
  EXPECT_EQ(Log().FindCommand(LogId::kCases, ActorId("lin"), CommandId("c7"))->result,
            other.FindCommand(LogId::kCases, ActorId("lin"), CommandId("c7"))->result);
}

TEST_F(Reading, SettingsAreSharedAndKept) {
  auto& settings = First().store->Settings();
  EXPECT_EQ(settings.FindSetting("offset"), std::nullopt);
  settings.Write({"offset", "三天"});
  settings.Write({"offset", "3"});
  EXPECT_EQ(Second().store->Settings().FindSetting("offset"), "3");
  Reopen();
  EXPECT_EQ(First().store->Settings().FindSetting("offset"), "3");
}

TEST_F(Reading, EventsAreNotChangedByAWriterThatTriesAgain) {
  Accepted(Request({Write("a", kNone, 2)}, "c1"));
  const auto before = All();
  for (int i = 0; i < 10; ++i) {
    Known(Request({Write("a", kAny, 2)}, "c1"));
    Conflicted(Request({Write("a", kNone, 2)}));
  }
  EXPECT_EQ(All(), before);
}

}  // namespace
}  // namespace docket
