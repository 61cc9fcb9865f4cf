// Scenarios of commands that are sent again, at the log and at the engine that decides on it.
#include "tests/conformance/conformance.hpp"
#include "tests/conformance/offices.hpp"

namespace docket {
namespace {

using testing::Exactly;
using testing::kAny;
using testing::kExists;
using testing::kNone;
using testing::Request;
using testing::Write;

class Commands : public testing::ConformanceTest {
 protected:
  /// The first answer, marked as one.
  static Appended AsRepeated(Appended first) {
    first.repeated = true;
    return first;
  }
};

TEST_F(Commands, S06RepeatGivesTheFirstResultWhateverItExpects) {
  const auto first = Accepted(Request({Write("a", kNone, 3)}, "c1", "m1"));
  Accepted(Request({Write("b", kNone, 1)}));
  clock_.Set(clock_.Now() + std::chrono::hours{1});
  auto& other = *Second().log;
  for (const auto& expected : {kNone, kAny, kExists, Exactly(0), Exactly(3), Exactly(7)}) {
    for (EventLog* log : {static_cast<EventLog*>(&Log()), static_cast<EventLog*>(&other)}) {
      const auto known =
          std::get<CommandKnown>(log->Append(Request({Write("a", expected, 3)}, "c1", "m1")));
      EXPECT_EQ(known.record, (CommandRecord{ActorId("lin"), CommandId("c1"), KeyId("key"), "m1"}));
      EXPECT_EQ(known.result, AsRepeated(first));
    }
  }
  EXPECT_EQ(HeadPosition(), Position{4});
  Reopen();
  EXPECT_EQ(Known(Request({Write("a", kNone, 3)}, "c1", "m1")).result, AsRepeated(first));
  EXPECT_EQ(Log().FindCommand(LogId::kCases, ActorId("lin"), CommandId("c1"))->result,
            AsRepeated(first));
}

TEST_F(Commands, S06RepeatIsKnownOnceTheStreamHasMovedOn) {
  const auto first = Accepted(Request({Write("a", Exactly(0), 1)}, "c1"));
  for (int i = 1; i < 30; ++i) Accepted(*Second().log, Request({Write("a", Exactly(i), 1)}));
  EXPECT_EQ(Known(Request({Write("a", Exactly(0), 1)}, "c1")).result, AsRepeated(first));
  EXPECT_EQ(Known(Request({Write("a", Exactly(30), 1)}, "c1")).result, AsRepeated(first));
  EXPECT_EQ(HeadPosition(), Position{30});
}

TEST_F(Commands, S06RepeatInTheSameBatchIsKnown) {
  std::vector<AppendRequest> requests;
  for (int i = 0; i < 5; ++i) requests.push_back(Request({Write("a", kNone, 2)}, "c1"));
  const auto results = Log().AppendAll(std::move(requests));
  const auto& first = std::get<Appended>(results[0]);
  for (int i = 1; i < 5; ++i) {
    EXPECT_EQ(std::get<CommandKnown>(results[i]).result, AsRepeated(first));
  }
  EXPECT_EQ(HeadPosition(), Position{2});
}

TEST_F(Commands, S06SameCommandFromManyThreadsOnTwoNodesIsStoredOnce) {
  std::atomic<int> appended{0};
  std::atomic<int> known{0};
  auto& other = *Second().log;
  testing::InThreads(16, [&](int thread) {
    auto& log = thread % 2 == 0 ? Log() : other;
    const auto result = log.Append(Request({Write("a", kAny, 1)}, "c1"));
    if (std::holds_alternative<Appended>(result)) ++appended;
    if (std::holds_alternative<CommandKnown>(result)) ++known;
  });
  EXPECT_EQ(appended, 1);
  EXPECT_EQ(known, 15);
  EXPECT_EQ(Stream("a").size(), 1u);
}

TEST_F(Commands, S07OtherContentIsHandedBackWithTheStoredDigest) {
  Accepted(Request({Write("a", kNone, 2)}, "c1", "m1"));
  for (const std::size_t events : {1u, 3u}) {
    for (const auto& expected : {kNone, kAny, kExists, Exactly(2)}) {
      const auto known = Known(Request({Write("a", expected, events)}, "c1", "m2"));
      EXPECT_EQ(known.record.content_mac, "m1");
      EXPECT_EQ(known.record.mac_key, KeyId("key"));
    }
  }
  EXPECT_EQ(HeadPosition(), Position{2});
}

// Every kind of expectation, met and unmet, on an absent and on a present stream; with no command,
// with a new one, and with one that is known: what is known goes before what is expected.
TEST_F(Commands, S07RetryMatrix) {
  int streams = 0;
  for (const std::int64_t version : {0, 3}) {
    for (const auto& expected : {kAny, kNone, kExists, Exactly(0), Exactly(3), Exactly(4)}) {
      const bool meets = expected == kAny || (expected == kNone && version == 0) ||
                         (expected == kExists && version > 0) || expected == Exactly(version);
      const std::string stream = "s" + std::to_string(streams++);
      const auto known = Accepted(Request({Write(stream + "-known", kNone, 1)}, stream + "-known"));
      if (version > 0) Accepted(Request({Write(stream, kNone, version)}));
      const Position head = HeadPosition();

      EXPECT_EQ(Known(Request({Write(stream, expected, 1)}, stream + "-known")).result,
                AsRepeated(known));
      EXPECT_EQ(HeadPosition(), head);
      const auto first = Log().Append(Request({Write(stream, expected, 1)}, stream + "-new"));
      ASSERT_EQ(std::holds_alternative<Appended>(first), meets);
      const auto again = Log().Append(Request({Write(stream, expected, 1)}, stream + "-new"));
      if (meets) {
        EXPECT_EQ(std::get<CommandKnown>(again).result, AsRepeated(std::get<Appended>(first)));
      } else {
        // A refusal is not remembered: sent again, the command is judged again.
        EXPECT_EQ(std::get<VersionConflict>(again).actual, Version{version});
        Accepted(Request({Write(stream, kAny, 1)}, stream + "-new"));
      }
      EXPECT_EQ(HeadPosition(), head.Next());
    }
  }
}

TEST_F(Commands, S07IdsAreScopedToActorAndLog) {
  Accepted(Request({Write("a", kAny, 1)}, "c1"));
  auto other_actor = Request({Write("a", kAny, 1)}, "c1");
  other_actor.command->actor = ActorId("wang");
  Accepted(std::move(other_actor));
  Accepted(testing::ForAccess(Request({Write("a", kNone, 1)}, "c1")));
  EXPECT_FALSE(Log().FindCommand(LogId::kCases, ActorId("wu"), CommandId("c1")).has_value());
  EXPECT_TRUE(Log().FindCommand(LogId::kCases, ActorId("wang"), CommandId("c1")).has_value());
  EXPECT_FALSE(Log().FindCommand(LogId::kAccess, ActorId("wang"), CommandId("c1")).has_value());
}

TEST_F(Commands, S06EngineAnswersARepeatAsBeforeAlsoOnAnotherNode) {
  testing::CaseOffice here(First(), KeysOf(First()), clock_);
  testing::CaseOffice there(Second(), KeysOf(Second()), clock_);
  const auto first = here.Lodge("滨江路改造", "c1");
  ASSERT_TRUE(first) << first.error().en;
  EXPECT_FALSE(first->repeated);
  const auto head = HeadPosition();
  for (auto* office : {&here, &there}) {
    const auto again = office->Lodge("滨江路改造", "c1");
    ASSERT_TRUE(again) << again.error().en;
    EXPECT_TRUE(again->repeated);
    EXPECT_EQ(again->case_id, first->case_id);
    EXPECT_EQ(again->position, first->position);
    EXPECT_EQ(again->epoch, first->epoch);
  }
  EXPECT_EQ(HeadPosition(), head);
}

TEST_F(Commands, S07EngineRefusesAnotherCommandUnderTheSameId) {
  testing::CaseOffice here(First(), KeysOf(First()), clock_);
  testing::CaseOffice there(Second(), KeysOf(Second()), clock_);
  ASSERT_TRUE(here.Lodge("滨江路改造", "c1"));
  const auto head = HeadPosition();
  for (auto* office : {&here, &there}) {
    const auto other = office->Lodge("江滨路改造", "c1");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, "command_id_reused");
  }
  EXPECT_EQ(HeadPosition(), head);
}

}  // namespace
}  // namespace docket
