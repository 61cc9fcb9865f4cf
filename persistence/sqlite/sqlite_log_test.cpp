#include "persistence/sqlite/sqlite_log.hpp"

#include <thread>

#include <gtest/gtest.h>

#include "domain/evidence/leaf.hpp"
#include "tests/support/log_fixture.hpp"

namespace docket {
namespace {

using testing::LogFixture;
using testing::Request;
using testing::Write;

class SqliteLogTest : public ::testing::Test {
 protected:
  Appended Accepted(AppendRequest request) {
    return std::get<Appended>(fixture_.Log().Append(std::move(request)));
  }
  VersionConflict Conflicted(AppendRequest request) {
    return std::get<VersionConflict>(fixture_.Log().Append(std::move(request)));
  }
  CommandKnown Known(AppendRequest request) {
    return std::get<CommandKnown>(fixture_.Log().Append(std::move(request)));
  }
  std::vector<RecordedEvent> All(LogId log = LogId::kCases) {
    return fixture_.Log().ReadLog(log, Position{}, 100'000);
  }
  std::vector<RecordedEvent> Stream(const std::string& stream) {
    return fixture_.Log().ReadStream(LogId::kCases, StreamId(stream), Version{}, 100'000);
  }
  Position HeadPosition() { return fixture_.Log().ReadHead(LogId::kCases).position; }

  LogFixture fixture_;
};

const auto kAny = ExpectedVersion::Any();
const auto kNone = ExpectedVersion::NoStream();
const auto kExists = ExpectedVersion::StreamExists();
ExpectedVersion Exactly(std::int64_t version) { return ExpectedVersion::Exactly(Version{version}); }

TEST_F(SqliteLogTest, ReadsBackWhatWasAppended) {
  auto event = testing::MakeEvent(R"({"text":"含\"引号\"与 emoji 🙂"})");
  event.role = Role::kHead;
  event.confidentiality = Confidentiality::kRestricted;
  event.virtual_clock = true;
  event.causation = EventId("cause");
  const auto appended = Accepted(Request({{StreamId("complaint-1"), kNone, {event}}}));
  EXPECT_EQ(appended.first, Position{1});
  EXPECT_EQ(appended.last, Position{1});
  EXPECT_EQ(appended.stream, StreamId("complaint-1"));
  EXPECT_EQ(appended.version, Version{1});
  EXPECT_EQ(appended.recorded_at, fixture_.clock.Now());
  const auto events = All();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(static_cast<const NewEvent&>(events[0]), event);
  EXPECT_EQ(events[0].recorded_at, fixture_.clock.Now());
  EXPECT_EQ(Stream("complaint-1"), events);
}

TEST_F(SqliteLogTest, LeafHashesAreThoseOfTheStoredEvents) {
  Accepted(Request({Write("a", kNone, 3), Write("b", kNone, 2)}));
  for (const auto& event : All()) {
    EXPECT_EQ(event.salt.size(), 32u);
    EXPECT_EQ(event.data_digest, DataDigest(event.salt, event.data));
    EXPECT_EQ(event.leaf_hash, LeafHash(LogId::kCases, event));
  }
  EXPECT_NE(All()[0].salt, All()[1].salt);
}

TEST_F(SqliteLogTest, NewStreamIsEnforced) {
  Accepted(Request({Write("a", kNone, 3)}));
  const auto conflict = Conflicted(Request({Write("a", kNone, 1)}));
  EXPECT_EQ(conflict.stream, StreamId("a"));
  EXPECT_EQ(conflict.expected, kNone);
  EXPECT_EQ(conflict.actual, Version{3});
  EXPECT_EQ(HeadPosition(), Position{3});
}

TEST_F(SqliteLogTest, ExistenceIsEnforced) {
  EXPECT_EQ(Conflicted(Request({Write("a", kExists, 1)})).actual, Version{0});
  EXPECT_TRUE(Stream("a").empty());
  Accepted(Request({Write("a", kNone, 1)}));
  EXPECT_EQ(Accepted(Request({Write("a", kExists, 1)})).version, Version{2});
}

TEST_F(SqliteLogTest, VersionGapIsRejected) {
  Accepted(Request({Write("a", kNone, 2)}));
  EXPECT_EQ(Conflicted(Request({Write("a", Exactly(9), 1)})).actual, Version{2});
  EXPECT_EQ(Conflicted(Request({Write("a", Exactly(1), 1)})).actual, Version{2});
  EXPECT_EQ(Accepted(Request({Write("a", Exactly(2), 1)})).version, Version{3});
}

TEST_F(SqliteLogTest, OfThirtyTwoWritersOneWins) {
  Accepted(Request({Write("a", kNone, 4)}));
  std::atomic<int> won{0};
  std::atomic<int> lost{0};
  std::vector<std::thread> writers;
  for (int i = 0; i < 32; ++i) {
    writers.emplace_back([&] {
      const auto result = fixture_.Log().Append(Request({Write("a", Exactly(4), 2)}));
      ++(std::holds_alternative<Appended>(result) ? won : lost);
    });
  }
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(lost, 31);
  EXPECT_EQ(Stream("a").size(), 6u);
}

TEST_F(SqliteLogTest, UnconditionalWritersNeverConflict) {
  std::atomic<int> appended{0};
  std::vector<std::thread> writers;
  for (int i = 0; i < 32; ++i) {
    writers.emplace_back([&] {
      for (int j = 0; j < 10; ++j) {
        const auto result = fixture_.Log().Append(Request({Write("a", kAny, 1)}));
        if (std::holds_alternative<Appended>(result)) ++appended;
      }
    });
  }
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(appended, 320);
  const auto events = Stream("a");
  ASSERT_EQ(events.size(), 320u);
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].version.value, static_cast<std::int64_t>(i) + 1);
    EXPECT_EQ(events[i].position.value, static_cast<std::int64_t>(i) + 1);
  }
}

TEST_F(SqliteLogTest, RepeatedCommandGivesTheFirstResultWhateverItExpects) {
  const auto first = Accepted(Request({Write("a", kNone, 3)}, "c1", "m1"));
  Accepted(Request({Write("b", kNone, 1)}));
  for (const auto& expected : {kNone, kAny, kExists, Exactly(7)}) {
    const auto known = Known(Request({Write("a", expected, 3)}, "c1", "m1"));
    EXPECT_EQ(known.record.content_mac, "m1");
    EXPECT_EQ(known.record.mac_key, KeyId("key"));
    auto result = known.result;
    EXPECT_TRUE(result.repeated);
    result.repeated = false;
    EXPECT_EQ(result, first);
  }
  EXPECT_EQ(HeadPosition(), Position{4});
  fixture_.Reopen();
  EXPECT_EQ(Known(Request({Write("a", kNone, 3)}, "c1", "m1")).result.last, first.last);
}

TEST_F(SqliteLogTest, CommandWithOtherContentIsHandedBackWithTheStoredDigest) {
  Accepted(Request({Write("a", kNone, 2)}, "c1", "m1"));
  EXPECT_EQ(Known(Request({Write("a", kAny, 1)}, "c1", "m2")).record.content_mac, "m1");
  EXPECT_EQ(HeadPosition(), Position{2});
  const auto found = fixture_.Log().FindCommand(LogId::kCases, ActorId("lin"), CommandId("c1"));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->record.content_mac, "m1");
}

TEST_F(SqliteLogTest, CommandIdsAreScopedToActorAndLog) {
  Accepted(Request({Write("a", kAny, 1)}, "c1"));
  auto other_actor = Request({Write("a", kAny, 1)}, "c1");
  other_actor.command->actor = ActorId("wang");
  Accepted(std::move(other_actor));
  auto other_log = Request({Write("a", kNone, 1)}, "c1");
  other_log.log = LogId::kAccess;
  EXPECT_EQ(Accepted(std::move(other_log)).first, Position{1});
  EXPECT_FALSE(
      fixture_.Log().FindCommand(LogId::kCases, ActorId("wu"), CommandId("c1")).has_value());
}

TEST_F(SqliteLogTest, RefusedCommandIsNotRemembered) {
  Conflicted(Request({Write("a", kExists, 1)}, "c1"));
  Accepted(Request({Write("a", kNone, 1)}, "c1"));
}

TEST_F(SqliteLogTest, SameCommandFromManyThreadsIsStoredOnce) {
  std::atomic<int> appended{0};
  std::vector<std::thread> senders;
  for (int i = 0; i < 16; ++i) {
    senders.emplace_back([&] {
      const auto result = fixture_.Log().Append(Request({Write("a", kAny, 1)}, "c1"));
      if (std::holds_alternative<Appended>(result)) ++appended;
    });
  }
  for (auto& sender : senders) sender.join();
  EXPECT_EQ(appended, 1);
  EXPECT_EQ(Stream("a").size(), 1u);
}

TEST_F(SqliteLogTest, SeveralStreamsAreAllOrNothing) {
  Accepted(Request({Write("a", kNone, 1), Write("b", kNone, 5)}));
  const auto conflict = Conflicted(Request({Write("a", Exactly(1), 1), Write("b", Exactly(4), 1)}));
  EXPECT_EQ(conflict.stream, StreamId("b"));
  EXPECT_EQ(conflict.actual, Version{5});
  EXPECT_EQ(Stream("a").size(), 1u);
  EXPECT_EQ(HeadPosition(), Position{6});
}

TEST_F(SqliteLogTest, InterleavedWritesKeepTheirOrder) {
  const auto appended =
      Accepted(Request({Write("a", kNone, 1), Write("b", kNone, 2), Write("a", Exactly(1), 1)}));
  EXPECT_EQ(appended.stream, StreamId("a"));
  EXPECT_EQ(appended.version, Version{2});
  std::string order;
  for (const auto& event : All()) order += event.stream.value;
  EXPECT_EQ(order, "abba");
  // Each expectation sees what the writes before it left.
  EXPECT_EQ(Conflicted(Request({Write("a", Exactly(2), 1), Write("a", Exactly(2), 1)})).actual,
            Version{3});
}

TEST_F(SqliteLogTest, CheckedStreamIsComparedAndNotWritten) {
  Accepted(Request({Write("policy", kNone, 7)}));
  Accepted(Request({Write("a", kNone, 1), Write("policy", Exactly(7), 0)}));
  Accepted(Request({Write("policy", kAny, 1)}));
  const auto conflict =
      Conflicted(Request({Write("a", Exactly(1), 1), Write("policy", Exactly(7), 0)}));
  EXPECT_EQ(conflict.stream, StreamId("policy"));
  EXPECT_EQ(conflict.actual, Version{8});
  EXPECT_EQ(Stream("policy").size(), 8u);
  EXPECT_EQ(Stream("a").size(), 1u);
}

TEST_F(SqliteLogTest, AppendThatOnlyChecksLeavesTheHead) {
  Accepted(Request({Write("a", kNone, 2)}));
  const auto checked = Accepted(Request({Write("a", Exactly(2), 0)}, "c1"));
  EXPECT_EQ(checked.last, Position{2});
  EXPECT_TRUE(checked.stream.empty());
  EXPECT_EQ(HeadPosition(), Position{2});
  EXPECT_TRUE(Known(Request({Write("a", Exactly(2), 0)}, "c1")).result.repeated);
}

TEST_F(SqliteLogTest, PositionsStayDenseAfterRefusals) {
  for (int i = 0; i < 50; ++i) {
    Accepted(Request({Write("a", kAny, 1)}));
    Conflicted(Request({Write("a", kNone, 2)}));
  }
  fixture_.Reopen();
  Accepted(Request({Write("a", kAny, 1)}));
  const auto events = All();
  ASSERT_EQ(events.size(), 51u);
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].position.value, static_cast<std::int64_t>(i) + 1);
  }
}

TEST_F(SqliteLogTest, RecordedAtNeverDecreases) {
  const Instant start = fixture_.clock.Now();
  Accepted(Request({Write("a", kAny, 1)}));
  fixture_.clock.Set(start + std::chrono::hours{-5});
  EXPECT_EQ(Accepted(Request({Write("a", kAny, 1)})).recorded_at, start);
  fixture_.Reopen();
  EXPECT_EQ(Accepted(Request({Write("a", kAny, 1)})).recorded_at, start);
  fixture_.clock.Set(start + std::chrono::hours{1});
  EXPECT_EQ(Accepted(Request({Write("a", kAny, 1)})).recorded_at, start + std::chrono::hours{1});
  EXPECT_EQ(fixture_.Log().ReadHead(LogId::kCases).recorded_at, start + std::chrono::hours{1});
}

TEST_F(SqliteLogTest, LogsHavePositionsOfTheirOwn) {
  Accepted(Request({Write("a", kNone, 3)}));
  auto access = Request({Write("a", kNone, 2)});
  access.log = LogId::kAccess;
  EXPECT_EQ(Accepted(std::move(access)).last, Position{2});
  EXPECT_EQ(All(LogId::kAccess).size(), 2u);
  EXPECT_EQ(All(LogId::kAccess)[0].leaf_hash, LeafHash(LogId::kAccess, All(LogId::kAccess)[0]));
  EXPECT_EQ(HeadPosition(), Position{3});
}

TEST_F(SqliteLogTest, ReadsArePaged) {
  Accepted(Request({Write("a", kNone, 5), Write("b", kNone, 5)}));
  const auto page = fixture_.Log().ReadLog(LogId::kCases, Position{3}, 4);
  ASSERT_EQ(page.size(), 4u);
  EXPECT_EQ(page.front().position, Position{4});
  EXPECT_EQ(page.back().position, Position{7});
  const auto stream = fixture_.Log().ReadStream(LogId::kCases, StreamId("b"), Version{3}, 10);
  ASSERT_EQ(stream.size(), 2u);
  EXPECT_EQ(stream.front().version, Version{4});
}

TEST_F(SqliteLogTest, ListenersHearOfTheirLogUntilTheyLeave) {
  std::atomic<std::int64_t> heard{0};
  auto access = Request({Write("a", kAny, 1)});
  access.log = LogId::kAccess;
  {
    // The answer comes first, so the listener is waited for by letting it go.
    const auto subscription =
        fixture_.Log().OnAppended([&](Position position) { heard = position.value; });
    Accepted(Request({Write("a", kAny, 3)}));
    while (heard != 3) std::this_thread::yield();
    Accepted(access);
  }
  Accepted(Request({Write("a", kAny, 1)}));
  EXPECT_EQ(heard, 3);
}

TEST_F(SqliteLogTest, EmptyLogHasAHead) {
  const auto head = fixture_.Log().ReadHead(LogId::kCases);
  EXPECT_EQ(head.position, Position{});
  EXPECT_FALSE(head.epoch.empty());
  EXPECT_NE(head.epoch, fixture_.Log().ReadHead(LogId::kAccess).epoch);
  EXPECT_TRUE(All().empty());
}

}  // namespace
}  // namespace docket
