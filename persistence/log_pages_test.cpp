// Reading ahead: every event once and in order, also at the end of a log that grows.

#include "persistence/log_pages.hpp"

#include <gtest/gtest.h>

#include "tests/support/log_fixture.hpp"

namespace docket {
namespace {

/// As much of a log as is needed to read it.
class GrowingLog : public EventLog {
 public:
  AppendResult Append(AppendRequest) override { throw StoreError("not for writing"); }
  std::vector<AppendResult> AppendAll(std::vector<AppendRequest>) override { return {}; }
  std::vector<RecordedEvent> ReadStream(LogId, const StreamId&, Version,
                                        std::size_t) const override {
    return {};
  }
  std::vector<std::vector<RecordedEvent>> ReadStreams(LogId,
                                                      const std::vector<StreamId>&) const override {
    return {};
  }
  std::vector<RecordedEvent> ReadLog(LogId, Position after, std::size_t limit) const override {
    if (after.value == 4 && fails.exchange(false)) throw StoreError("gone");
    std::vector<RecordedEvent> events;
    for (auto at = after.Next(); at.value <= head && events.size() < limit; at = at.Next()) {
      events.emplace_back().position = at;
    }
    return events;
  }
  Head ReadHead(LogId) const override { return {}; }
  std::optional<CommandKnown> FindCommand(LogId, const ActorId&, const CommandId&) const override {
    return std::nullopt;
  }

  std::atomic<std::int64_t> head{0};
  mutable std::atomic<bool> fails{false};  ///< The next read of what follows position 4.
};

std::vector<std::int64_t> PositionsOf(const std::vector<RecordedEvent>& page) {
  std::vector<std::int64_t> positions;
  for (const auto& event : page) positions.push_back(event.position.value);
  return positions;
}

using Positions = std::vector<std::int64_t>;

TEST(LogPagesTest, GivesEveryEventOnceAndInOrder) {
  GrowingLog log;
  log.head = 10;
  LogPages pages(log, LogId::kCases, Position{2}, 3);
  EXPECT_EQ(PositionsOf(pages.Next()), (Positions{3, 4, 5}));
  EXPECT_EQ(PositionsOf(pages.Next()), (Positions{6, 7, 8}));
  EXPECT_EQ(PositionsOf(pages.Next()), (Positions{9, 10}));
  EXPECT_TRUE(pages.Next().empty());
}

TEST(LogPagesTest, GoesOnWhereALogThatHasGrownEnded) {
  GrowingLog log;
  log.head = 4;
  LogPages pages(log, LogId::kCases, Position{0}, 3);
  EXPECT_EQ(PositionsOf(pages.Next()), (Positions{1, 2, 3}));
  EXPECT_EQ(PositionsOf(pages.Next()), (Positions{4}));
  log.head = 9;
  EXPECT_EQ(PositionsOf(pages.Next()), (Positions{5, 6, 7}));
  EXPECT_EQ(PositionsOf(pages.Next()), (Positions{8, 9}));
}

TEST(LogPagesTest, SkipsNothingAfterAFailure) {
  GrowingLog log;
  log.head = 9;
  log.fails = true;
  LogPages pages(log, LogId::kCases, Position{0}, 4);
  EXPECT_EQ(PositionsOf(pages.Next()), (Positions{1, 2, 3, 4}));
  EXPECT_THROW(pages.Next(), StoreError);
  EXPECT_EQ(PositionsOf(pages.Next()), (Positions{5, 6, 7, 8}));
  EXPECT_EQ(PositionsOf(pages.Next()), (Positions{9}));
}

}  // namespace
}  // namespace docket
