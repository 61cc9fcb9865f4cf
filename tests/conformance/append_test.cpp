// Scenarios of single appends: what a writer believes of a stream, and what the log makes of it.
#include <random>

#include "domain/evidence/leaf.hpp"
#include "tests/conformance/conformance.hpp"

namespace docket {
namespace {

using testing::Exactly;
using testing::ForAccess;
using testing::kAny;
using testing::kExists;
using testing::kNone;
using testing::MakeEvent;
using testing::Request;
using testing::Write;

class Appending : public testing::ConformanceTest {};

TEST_F(Appending, S01NewStreamIsEnforced) {
  Accepted(Request({Write("a", kNone, 3)}));
  const auto conflict = Conflicted(Request({Write("a", kNone, 1)}));
  EXPECT_EQ(conflict.stream, StreamId("a"));
  EXPECT_EQ(conflict.expected, kNone);
  EXPECT_EQ(conflict.actual, Version{3});
  EXPECT_EQ(HeadPosition(), Position{3});
  EXPECT_EQ(Accepted(Request({Write("a", Exactly(3), 1)})).first, Position{4});
}

TEST_F(Appending, S02ExistenceIsEnforced) {
  const auto conflict = Conflicted(Request({Write("a", kExists, 1)}));
  EXPECT_EQ(conflict.expected, kExists);
  EXPECT_EQ(conflict.actual, Version{0});
  EXPECT_TRUE(Stream("a").empty());
  Accepted(Request({Write("a", kNone, 1)}));
  EXPECT_EQ(Accepted(Request({Write("a", kExists, 1)})).version, Version{2});
}

TEST_F(Appending, S05VersionGapIsRejected) {
  Accepted(Request({Write("a", kNone, 2)}));
  const auto conflict = Conflicted(Request({Write("a", Exactly(9), 1)}));
  EXPECT_EQ(conflict.expected, Exactly(9));
  EXPECT_EQ(conflict.actual, Version{2});
  EXPECT_EQ(Conflicted(Request({Write("a", Exactly(1), 1)})).actual, Version{2});
  EXPECT_EQ(Conflicted(Request({Write("b", Exactly(1), 1)})).actual, Version{0});
  EXPECT_EQ(Accepted(Request({Write("a", Exactly(2), 1)})).version, Version{3});
  EXPECT_EQ(Accepted(Request({Write("b", Exactly(0), 1)})).version, Version{1});
}

// Also by a node that has seen nothing of the stream, and by one whose memory of it is stale.
TEST_F(Appending, S05EveryExpectationOnEveryStateOfAStreamFromEveryNode) {
  auto& other = *Second().log;
  int streams = 0;
  for (EventLog* writer : {static_cast<EventLog*>(&Log()), static_cast<EventLog*>(&other)}) {
    for (std::int64_t version = 0; version <= 2; ++version) {
      for (const auto& expected : {kAny, kNone, kExists, Exactly(0), Exactly(1), Exactly(2)}) {
        const std::string stream = "s" + std::to_string(streams++);
        if (version > 0) Accepted(Request({Write(stream, kAny, version)}));
        const auto result = writer->Append(Request({Write(stream, expected, 1)}));
        const bool meets = expected == kAny || (expected == kNone && version == 0) ||
                           (expected == kExists && version > 0) || expected == Exactly(version);
        const std::int64_t after = meets ? version + 1 : version;
        EXPECT_EQ(std::holds_alternative<Appended>(result), meets);
        EXPECT_EQ(Stream(stream).size(), static_cast<std::size_t>(after));
        if (meets) continue;
        EXPECT_EQ(std::get<VersionConflict>(result).actual, Version{version});
      }
    }
  }
}

TEST_F(Appending, S10SeveralStreamsAreAllOrNothing) {
  Accepted(Request({Write("a", kNone, 1), Write("b", kNone, 5)}));
  const auto conflict = Conflicted(Request({Write("a", Exactly(1), 1), Write("b", Exactly(4), 1)}));
  EXPECT_EQ(conflict.stream, StreamId("b"));
  EXPECT_EQ(conflict.expected, Exactly(4));
  EXPECT_EQ(conflict.actual, Version{5});
  EXPECT_EQ(Stream("a").size(), 1u);
  EXPECT_EQ(Stream("b").size(), 5u);
  EXPECT_EQ(HeadPosition(), Position{6});
  EXPECT_EQ(Accepted(Request({Write("a", Exactly(1), 1), Write("b", Exactly(5), 1)})).last,
            Position{8});
}

TEST_F(Appending, S10InterleavedWritesKeepTheirOrder) {
  const auto appended =
      Accepted(Request({Write("a", kNone, 1), Write("b", kNone, 2), Write("a", Exactly(1), 1)}));
  EXPECT_EQ(appended.stream, StreamId("a"));
  EXPECT_EQ(appended.version, Version{2});
  EXPECT_EQ(appended.first, Position{1});
  EXPECT_EQ(appended.last, Position{4});
  std::string order;
  for (const auto& event : All()) order += event.stream.value;
  EXPECT_EQ(order, "abba");
  // Each expectation sees what the writes before it left.
  EXPECT_EQ(Conflicted(Request({Write("a", Exactly(2), 1), Write("a", Exactly(2), 1)})).actual,
            Version{3});
  EXPECT_EQ(Conflicted(Request({Write("c", kNone, 1), Write("c", kNone, 1)})).actual, Version{1});
  EXPECT_TRUE(Stream("c").empty());
}

TEST_F(Appending, S11CheckedStreamIsComparedAndNotWritten) {
  Accepted(Request({Write("policy", kNone, 7)}));
  Accepted(Request({Write("a", kNone, 1), Write("policy", Exactly(7), 0)}));
  // The policy moves first, through another node.
  Accepted(*Second().log, Request({Write("policy", Exactly(7), 1)}));
  const auto conflict =
      Conflicted(Request({Write("a", Exactly(1), 1), Write("policy", Exactly(7), 0)}));
  EXPECT_EQ(conflict.stream, StreamId("policy"));
  EXPECT_EQ(conflict.actual, Version{8});
  EXPECT_EQ(Stream("a").size(), 1u);
  EXPECT_EQ(Stream("policy").size(), 8u);
  Accepted(Request({Write("a", Exactly(1), 1), Write("policy", Exactly(8), 0)}));
  EXPECT_EQ(Stream("policy").size(), 8u);
}

TEST_F(Appending, S11CheckedStreamMayBeAbsentAndMayComeFirst) {
  const auto appended = Accepted(Request({Write("no-veto", kNone, 0), Write("a", kNone, 1)}));
  EXPECT_EQ(appended.stream, StreamId("a"));
  EXPECT_TRUE(Stream("no-veto").empty());
  EXPECT_EQ(Conflicted(Request({Write("veto", kExists, 0), Write("b", kNone, 1)})).stream,
            StreamId("veto"));
  Accepted(Request({Write("no-veto", kNone, 1)}));
  EXPECT_EQ(Conflicted(Request({Write("no-veto", kNone, 0), Write("b", kNone, 1)})).actual,
            Version{1});
  EXPECT_TRUE(Stream("b").empty());
}

TEST_F(Appending, S11RequestWithoutEventsMovesNothing) {
  Accepted(Request({Write("a", kNone, 2)}));
  const auto before = Log().ReadHead(LogId::kCases);
  clock_.Set(clock_.Now() + std::chrono::hours{1});
  const auto checked = Accepted(Request({Write("a", Exactly(2), 0)}, "check"));
  EXPECT_EQ(checked.first, Position{2});
  EXPECT_EQ(checked.last, Position{2});
  EXPECT_EQ(Log().ReadHead(LogId::kCases), before);
  EXPECT_EQ(Known(Request({Write("a", Exactly(2), 0)}, "check")).result.last, Position{2});
  EXPECT_EQ(Conflicted(Request({Write("a", Exactly(1), 0)})).actual, Version{2});
}

TEST_F(Appending, InABatchOnlyTheRequestThatConflictsIsRefused) {
  Accepted(Request({Write("a", kNone, 1)}));
  std::vector<AppendRequest> requests;
  for (int i = 0; i < 60; ++i) {
    // Every third believes what is not so; the others see what those before them left.
    const auto expected = i % 3 == 0 ? kNone : Exactly(1 + i - i / 3 - 1);
    requests.push_back(Request({Write("a", expected, 1)}, "c" + std::to_string(i)));
  }
  const auto results = Log().AppendAll(std::move(requests));
  ASSERT_EQ(results.size(), 60u);
  Position last{1};
  for (int i = 0; i < 60; ++i) {
    if (i % 3 == 0) {
      EXPECT_EQ(std::get<VersionConflict>(results[i]).actual, Version{last.value}) << i;
      continue;
    }
    last = last.Next();
    EXPECT_EQ(std::get<Appended>(results[i]).last, last) << i;
  }
  EXPECT_EQ(HeadPosition(), Position{41});
  EXPECT_FALSE(Log().FindCommand(LogId::kCases, ActorId("lin"), CommandId("c0")).has_value());
}

TEST_F(Appending, InABatchBothLogsAndRepeatsAreAnsweredInOrder) {
  std::vector<AppendRequest> requests;
  for (int i = 0; i < 20; ++i) {
    auto request = Request({Write("a", kAny, 1)}, "c" + std::to_string(i / 4));
    requests.push_back(i % 2 == 0 ? std::move(request) : ForAccess(std::move(request)));
  }
  const auto results = Log().AppendAll(std::move(requests));
  for (int i = 0; i < 20; ++i) {
    const Position position{i / 4 + 1};
    if (i % 4 < 2) {
      EXPECT_EQ(std::get<Appended>(results[i]).last, position) << i;
    } else {
      EXPECT_EQ(std::get<CommandKnown>(results[i]).result.last, position) << i;
    }
  }
  EXPECT_EQ(HeadPosition(), Position{5});
  EXPECT_EQ(HeadPosition(LogId::kAccess), Position{5});
}

// A batch that writes to one log and is refused in the other leaves neither locked.
TEST_F(Appending, InABatchOneLogMayWriteAndTheOtherRefuse) {
  Accepted(Request({Write("a", kNone, 1)}));
  Accepted(ForAccess(Request({Write("a", kNone, 1)})));
  for (const bool access_writes : {true, false}) {
    std::vector<AppendRequest> requests;
    requests.push_back(Request({Write("a", access_writes ? kNone : kAny, 1)}));
    requests.push_back(ForAccess(Request({Write("a", access_writes ? kAny : kNone, 1)})));
    const auto results = Log().AppendAll(std::move(requests));
    EXPECT_EQ(std::holds_alternative<Appended>(results[0]), !access_writes);
    EXPECT_EQ(std::holds_alternative<Appended>(results[1]), access_writes);
    auto& other = *Second().log;
    Accepted(other, Request({Write("b", kAny, 1)}));
    Accepted(other, ForAccess(Request({Write("b", kAny, 1)})));
  }
}

TEST_F(Appending, LogsHavePositionsStreamsAndCommandsOfTheirOwn) {
  Accepted(Request({Write("a", kNone, 3)}, "c1"));
  const auto access = Accepted(ForAccess(Request({Write("a", kNone, 2)}, "c1")));
  EXPECT_EQ(access.last, Position{2});
  EXPECT_EQ(access.epoch, Log().ReadHead(LogId::kAccess).epoch);
  EXPECT_NE(access.epoch, Log().ReadHead(LogId::kCases).epoch);
  EXPECT_EQ(Stream("a", LogId::kAccess).size(), 2u);
  EXPECT_EQ(Stream("a").size(), 3u);
  EXPECT_EQ(
      std::get<VersionConflict>(Log().Append(ForAccess(Request({Write("a", kNone, 1)})))).actual,
      Version{2});
}

TEST_F(Appending, RecordedAtNeverDecreasesWhenAClockJumpsBack) {
  const Instant start = clock_.Now();
  Accepted(Request({Write("a", kAny, 1)}));
  clock_.Set(start + std::chrono::hours{-5});
  EXPECT_EQ(Accepted(Request({Write("a", kAny, 1)})).recorded_at, start);
  EXPECT_EQ(Accepted(*Second().log, Request({Write("a", kAny, 1)})).recorded_at, start);
  Reopen();
  EXPECT_EQ(Accepted(Request({Write("a", kAny, 1)})).recorded_at, start);
  clock_.Set(start + std::chrono::hours{1});
  EXPECT_EQ(Accepted(Request({Write("a", kAny, 1)})).recorded_at, start + std::chrono::hours{1});
  EXPECT_EQ(First().store->Settings().LatestRecordedAt(), start + std::chrono::hours{1});
}

TEST_F(Appending, E06BackDatedEventDoesNotReorderTheFeed) {
  std::vector<EventId> order;
  for (int i = 0; i < 9; ++i) {
    auto event = MakeEvent();
    event.occurred_at = clock_.Now() + std::chrono::hours{i % 3 == 2 ? -24 * 400 : 0};
    order.push_back(event.id);
    clock_.Set(clock_.Now() + std::chrono::minutes{1});
    Accepted(Request({{StreamId(i % 2 == 0 ? "a" : "b"), kAny, {event}}}));
  }
  const auto events = All();
  ASSERT_EQ(events.size(), order.size());
  for (std::size_t i = 0; i < order.size(); ++i) EXPECT_EQ(events[i].id, order[i]);
  EXPECT_LT(events[2].occurred_at, events[0].occurred_at);
  EXPECT_GT(events[2].recorded_at, events[0].recorded_at);
}

TEST_F(Appending, EveryFieldReadsBackAsItWasWritten) {
  auto event = MakeEvent(R"({"text":"含\"引号\"、\\、\u0000、\n 与 emoji 🙂 𠮷"})");
  event.type = "complaint.decided";
  event.schema_version = 2'147'483'647;
  event.role = Role::kHead;
  event.confidentiality = Confidentiality::kRestricted;
  event.virtual_clock = true;
  event.causation = EventId("cause");
  event.occurred_at = Instant::FromMicros(-1);
  event.region = RegionCode("");
  event.actor = ActorId("张\"'\\%_{},三");
  auto plain = MakeEvent("{}");
  const StreamId stream("complaint-投诉 '\"{}\\,NULL\t\n🙂");
  Accepted(Request({{stream, kNone, {event, plain}}}, "命令'\\"));
  for (int round = 0; round < 2; ++round) {
    const auto events = Log().ReadStream(LogId::kCases, stream, Version{}, 10);
    ASSERT_EQ(events.size(), 2u);
    EXPECT_EQ(static_cast<const NewEvent&>(events[0]), event);
    EXPECT_EQ(static_cast<const NewEvent&>(events[1]), plain);
    EXPECT_EQ(events[0].stream, stream);
    EXPECT_EQ(events[0].recorded_at, clock_.Now());
    EXPECT_EQ(events[0].salt.size(), 32u);
    EXPECT_NE(events[0].salt, events[1].salt);
    EXPECT_EQ(All(), events);
    EXPECT_TRUE(Log().FindCommand(LogId::kCases, ActorId("lin"), CommandId("命令'\\")));
    Reopen();
  }
}

// Sent again without a command id an event is another one: what makes an append idempotent is its
// command, and ids of events are their source's affair.
TEST_F(Appending, S06EventIdAloneMakesNothingIdempotent) {
  const auto event = MakeEvent();
  for (int i = 0; i < 3; ++i) Accepted(Request({{StreamId("a"), Exactly(i), {event}}}));
  EXPECT_EQ(Stream("a").size(), 3u);
}

TEST_F(Appending, StreamsThatDifferInAByteAreTwo) {
  const std::vector<std::string> names = {"a",         "A",      "a ",      " a", "ａ", "é",
                                          "e\xCC\x81", "straße", "strasse", "\t", "a\n"};
  for (const auto& name : names) {
    EXPECT_EQ(Accepted(Request({Write(name, kNone, 1)})).version, Version{1}) << name;
  }
  for (const auto& name : names) EXPECT_EQ(Stream(name).size(), 1u) << name;
}

TEST_F(Appending, ManyStreamsAndManyEventsInOneAppend) {
  std::vector<StreamWrite> writes;
  for (std::size_t i = 0; i < 2'048; ++i) {
    writes.push_back(Write("s" + std::to_string(i % 1'500), kAny, 2));
  }
  const auto appended = Accepted(Request(std::move(writes), "many"));
  EXPECT_EQ(appended.last, Position{kEventsPerAppendMax});
  EXPECT_EQ(Stream("s0").size(), 4u);
  EXPECT_EQ(Stream("s1499").size(), 2u);
  EXPECT_EQ(Known(Request({Write("s0", kAny, 1)}, "many")).result.last, appended.last);
}

TEST_F(Appending, BigEventReadsBackWhole) {
  std::mt19937 random(7);
  std::string text;
  while (text.size() < std::size_t{4} << 20) text += static_cast<char>('a' + random() % 26);
  const auto event = MakeEvent("{\"text\":\"" + text + "\"}");
  Accepted(Request({{StreamId("a"), kNone, {event}}}));
  Accepted(Request({Write("a", kAny, 1)}));
  Reopen();
  EXPECT_EQ(Stream("a").front().data, event.data);
}

}  // namespace
}  // namespace docket
