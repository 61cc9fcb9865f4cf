#include "persistence/batch_plan.hpp"

#include <gtest/gtest.h>

#include "tests/support/log_fixture.hpp"

namespace docket {
namespace {

using testing::Request;
using testing::Write;

const Instant kPlannedAt = *Instant::Parse("2024-09-21T10:00:00+08:00");

class BatchPlanTest : public ::testing::Test {
 protected:
  /// Decides the request on `state`, and has the memory confirm what it would write.
  AppendResult Commit(AppendRequest request, BatchState state) {
    BatchPlan plan(LogId::kCases, std::move(state), kPlannedAt,
                   "batch-" + std::to_string(++batches_));
    auto result = plan.Add(Prepare(std::move(request)));
    rows_ = plan.TakeRows();
    memory_.Confirm(rows_);
    return result;
  }
  std::optional<BatchState> Recall(const AppendRequest& request) const {
    return memory_.Recall({&request});
  }

  WriterMemory memory_{4};
  BatchRows rows_;
  int batches_ = 0;
};

TEST_F(BatchPlanTest, HeadCarriesTheBatchAndTheTree) {
  Commit(Request({Write("a", ExpectedVersion::NoStream(), 3)}), {});
  Frontier tree;
  for (const auto& event : rows_.events) tree.Add(event.leaf_hash);
  EXPECT_EQ(rows_.before, WriterHead{});
  EXPECT_EQ(rows_.head.tree, tree);
  EXPECT_EQ(rows_.head.batch, "batch-1");
  EXPECT_EQ(rows_.head.position, Position{3});
}

TEST_F(BatchPlanTest, NothingIsRecalledBeforeTheFirstBatchOrAfterForgetting) {
  const auto request = Request({Write("a", ExpectedVersion::NoStream(), 1)});
  EXPECT_FALSE(Recall(request));
  Commit(request, {});
  EXPECT_TRUE(Recall(request));
  memory_.Forget();
  EXPECT_FALSE(Recall(request));
}

TEST_F(BatchPlanTest, RememberedVersionsAreRecalledAndOthersTakenOnTrust) {
  Commit(Request({Write("a", ExpectedVersion::NoStream(), 2)}), {});
  const auto state = Recall(Request({Write("a", ExpectedVersion::Any(), 1),
                                     Write("b", ExpectedVersion::Exactly(Version{5}), 1),
                                     Write("c", ExpectedVersion::NoStream(), 1)}));
  ASSERT_TRUE(state);
  const std::map<StreamId, Version> expected = {{StreamId("a"), Version{2}},
                                                {StreamId("b"), Version{5}}};
  EXPECT_EQ(state->versions, expected);
  EXPECT_EQ(state->head, rows_.head);
}

TEST_F(BatchPlanTest, WhatNoRowWouldCheckIsNotTakenOnTrust) {
  Commit(Request({Write("a", ExpectedVersion::NoStream(), 1)}), {});
  EXPECT_FALSE(Recall(Request({Write("b", ExpectedVersion::Exactly(Version{5}), 0)})));
  EXPECT_FALSE(Recall(Request({Write("b", ExpectedVersion::Any(), 1)})));
  EXPECT_FALSE(Recall(Request({Write("b", ExpectedVersion::StreamExists(), 1)})));
  EXPECT_TRUE(Recall(Request({Write("a", ExpectedVersion::Exactly(Version{1}), 0)})));
}

TEST_F(BatchPlanTest, VersionsFromBeforeSomebodyElseWroteAreOnlyBelieved) {
  Commit(Request({Write("a", ExpectedVersion::NoStream(), 1)}), {});
  BatchState moved;
  moved.head = rows_.head;
  moved.head.position = Position{2};
  moved.head.tree.Add(std::string(64, '0'));
  moved.head.batch = "somebody else's";
  Commit(Request({Write("b", ExpectedVersion::NoStream(), 1)}), moved);
  // The store counts what it moves, but a row that is not written is not counted.
  EXPECT_TRUE(Recall(Request({Write("a", ExpectedVersion::Any(), 1)})));
  EXPECT_FALSE(Recall(Request({Write("a", ExpectedVersion::Exactly(Version{1}), 0)})));
  EXPECT_TRUE(Recall(Request({Write("b", ExpectedVersion::Exactly(Version{1}), 0)})));
}

TEST_F(BatchPlanTest, NewerOfWhatIsRememberedAndWhatIsExpectedIsBelieved) {
  Commit(Request({Write("a", ExpectedVersion::NoStream(), 3)}), {});
  const auto version = [&](ExpectedVersion expected) {
    return Recall(Request({Write("a", expected, 1)}))->versions.at(StreamId("a"));
  };
  EXPECT_EQ(version(ExpectedVersion::Exactly(Version{5})), Version{5});
  EXPECT_EQ(version(ExpectedVersion::Exactly(Version{2})), Version{3});
  EXPECT_EQ(version(ExpectedVersion::NoStream()), Version{3});
}

TEST_F(BatchPlanTest, NothingIsBelievedOfWhatWouldOnlyBeChecked) {
  Commit(Request({Write("a", ExpectedVersion::NoStream(), 1)}), {});
  const auto checked = Request({Write("a", ExpectedVersion::Exactly(Version{1}), 0)});
  EXPECT_TRUE(Recall(checked));
  EXPECT_FALSE(memory_.Believe({&checked}));
}

TEST_F(BatchPlanTest, MemoryIsBoundedAndKeepsWhatMovedLast) {
  for (const char* stream : {"a", "b", "c", "d", "e"}) {
    BatchState state;
    state.head = rows_.head;
    Commit(Request({Write(stream, ExpectedVersion::NoStream(), 1)}), state);
  }
  EXPECT_FALSE(Recall(Request({Write("a", ExpectedVersion::Any(), 1)})));
  EXPECT_TRUE(Recall(Request({Write("e", ExpectedVersion::Any(), 1)})));
}

TEST_F(BatchPlanTest, WhatAnEarlierAttemptStoredIsAnsweredAndNotWrittenAgain) {
  const auto request =
      Request({Write("a", ExpectedVersion::NoStream(), 2),
               Write("b", ExpectedVersion::NoStream(), 1), Write("a", ExpectedVersion::Any(), 1)},
              "command");
  BatchState state;
  const auto first = std::get<Appended>(Commit(request, state));
  for (const auto& event : rows_.events) {
    state.stored[event.id] = {event.position, event.stream, event.version, event.recorded_at};
  }
  state.head = rows_.head;
  state.versions = {{StreamId("a"), Version{3}}, {StreamId("b"), Version{1}}};
  EXPECT_EQ(std::get<Appended>(Commit(request, state)), first);
  EXPECT_TRUE(rows_.events.empty());
}

}  // namespace
}  // namespace docket
