// Scenarios of many writers at once, on one node and on two.
#include <array>
#include <map>

#include "tests/conformance/conformance.hpp"

namespace docket {
namespace {

using testing::Exactly;
using testing::ForAccess;
using testing::InThreads;
using testing::kAny;
using testing::kNone;
using testing::Request;
using testing::Write;

constexpr int kWriters = 32;

class Writers : public testing::ConformanceTest {
 protected:
  void SetUp() override { nodes_ = {First().log.get(), Second().log.get()}; }
  EventLog& NodeOf(int thread) { return *nodes_[static_cast<std::size_t>(thread) % nodes_.size()]; }

  std::array<EventLog*, 2> nodes_{};
};

TEST_F(Writers, S03OneWinner) {
  for (int round = 0; round < 5; ++round) {
    const std::string stream = "a" + std::to_string(round);
    Accepted(Request({Write(stream, kNone, 4)}));
    std::atomic<int> won{0};
    std::atomic<int> lost{0};
    InThreads(kWriters, [&](int thread) {
      const auto result = NodeOf(thread).Append(Request({Write(stream, Exactly(4), 2)}));
      if (std::holds_alternative<Appended>(result)) {
        ++won;
      } else if (std::get<VersionConflict>(result).actual == Version{6}) {
        ++lost;
      }
    });
    EXPECT_EQ(won, 1);
    EXPECT_EQ(lost, kWriters - 1);
    EXPECT_EQ(Stream(stream).size(), 6u);
  }
  EXPECT_EQ(HeadPosition(), Position{30});
}

TEST_F(Writers, S03OneOpensTheStream) {
  std::atomic<int> won{0};
  InThreads(kWriters, [&](int thread) {
    const auto result = NodeOf(thread).Append(Request({Write("a", kNone, 1)}));
    if (std::holds_alternative<Appended>(result)) ++won;
  });
  EXPECT_EQ(won, 1);
  EXPECT_EQ(Stream("a").size(), 1u);
}

TEST_F(Writers, S04UnconditionalNeverConflicts) {
  constexpr int kEach = 10;
  std::atomic<int> appended{0};
  InThreads(kWriters, [&](int thread) {
    for (int i = 0; i < kEach; ++i) {
      const auto result = NodeOf(thread).Append(Request({Write("a", kAny, 1)}));
      if (std::holds_alternative<Appended>(result)) ++appended;
    }
  });
  EXPECT_EQ(appended, kWriters * kEach);
  EXPECT_EQ(Stream("a").size(), static_cast<std::size_t>(kWriters * kEach));
}

TEST_F(Writers, S10TransfersBetweenStreamsNeverLoseOneSide) {
  constexpr int kEach = 8;
  InThreads(kWriters, [&](int thread) {
    for (int i = 0; i < kEach; ++i) {
      // In either order of the streams, so that locks taken in order of request would deadlock.
      const std::string from = thread % 4 < 2 ? "a" : "b";
      const std::string to = from == "a" ? "b" : "a";
      Accepted(NodeOf(thread), Request({Write(from, kAny, 1), Write(to, kAny, 1)}));
    }
  });
  EXPECT_EQ(Stream("a").size(), static_cast<std::size_t>(kWriters * kEach));
  EXPECT_EQ(Stream("b").size(), static_cast<std::size_t>(kWriters * kEach));
  const auto events = All();
  for (std::size_t i = 0; i + 1 < events.size(); i += 2) {
    EXPECT_NE(events[i].stream, events[i + 1].stream) << "at " << i;
  }
}

TEST_F(Writers, S11NobodyDecidesOnAPolicyThatHasMoved) {
  constexpr int kMoves = 20;
  Accepted(Request({Write("policy", kNone, 1)}));
  std::atomic<int> decided{0};
  InThreads(8, [&](int thread) {
    for (int i = 0; i < kMoves; ++i) {
      const auto seen = static_cast<std::int64_t>(Stream("policy").size());
      if (thread == 0) {
        Accepted(NodeOf(i), Request({Write("policy", kAny, 1)}));
        continue;
      }
      auto write = Write("case", kAny, 1);
      write.events[0].data = "{\"policy\":" + std::to_string(seen) + "}";
      const auto result =
          NodeOf(thread).Append(Request({write, Write("policy", Exactly(seen), 0)}));
      if (std::holds_alternative<Appended>(result)) ++decided;
    }
  });
  std::int64_t policy = 0;
  int seen = 0;
  for (const auto& event : All()) {
    if (event.stream.value == "policy") {
      ++policy;
      continue;
    }
    ++seen;
    EXPECT_EQ(event.data, "{\"policy\":" + std::to_string(policy) + "}");
  }
  EXPECT_EQ(seen, decided);
  EXPECT_EQ(policy, kMoves + 1);
}

TEST_F(Writers, AcknowledgedPositionsAreThoseThatAreStored) {
  constexpr int kEach = 40;
  std::mutex mutex;
  std::map<std::int64_t, EventId> acknowledged;
  InThreads(8, [&](int thread) {
    for (int i = 0; i < kEach; ++i) {
      auto request = Request({Write("own" + std::to_string(thread), Exactly(i), 1)});
      const EventId id = request.writes[0].events[0].id;
      const auto appended = Accepted(NodeOf(thread), std::move(request));
      EXPECT_EQ(appended.first, appended.last);
      EXPECT_EQ(appended.version, Version{i + 1});
      // What was acknowledged can be read at once, on the other node too.
      const auto read =
          NodeOf(thread + 1).ReadLog(LogId::kCases, Position{appended.last.value - 1}, 1);
      ASSERT_EQ(read.size(), 1u);
      EXPECT_EQ(read[0].id, id);
      const std::lock_guard guard(mutex);
      EXPECT_TRUE(acknowledged.emplace(appended.last.value, id).second);
    }
  });
  const auto events = All();
  ASSERT_EQ(events.size(), acknowledged.size());
  for (const auto& event : events) EXPECT_EQ(acknowledged.at(event.position.value), event.id);
}

TEST_F(Writers, BothLogsAtOnce) {
  InThreads(8, [&](int thread) {
    for (int i = 0; i < 25; ++i) {
      auto request = Request({Write("a", kAny, 2)});
      Accepted(NodeOf(thread),
               thread % 3 == 0 ? ForAccess(std::move(request)) : std::move(request));
    }
  });
  EXPECT_EQ(HeadPosition(LogId::kAccess), Position{150});
  EXPECT_EQ(HeadPosition(), Position{250});
}

}  // namespace
}  // namespace docket
