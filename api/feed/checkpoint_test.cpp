// What a subscriber is told who remembers an epoch and a position.
#include "api/feed/checkpoint.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

const std::vector<EpochStart> kEpochs = {
    {Epoch("first"), Position{0}}, {Epoch("second"), Position{70}}, {Epoch("third"), Position{50}}};
const Head kHead{Epoch("third"), Position{100}, {}};

std::optional<FeedBreak> Check(const char* epoch, std::int64_t position) {
  return CheckCheckpoint({Epoch(epoch), Position{position}}, kHead, kEpochs);
}

TEST(FeedCheckpoint, GoesOnInItsOwnEpochAndWithoutOne) {
  EXPECT_FALSE(Check("third", 0));
  EXPECT_FALSE(Check("third", 100));
  EXPECT_FALSE(Check("", 60));
}

TEST(FeedCheckpoint, AnEarlierEpochLearnsTheEarliestForkSince) {
  const auto first = Check("first", 10);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->rejection.code, "history_forked");
  EXPECT_EQ(first->fork, Position{50});
  EXPECT_EQ(first->head.epoch, Epoch("third"));
  EXPECT_EQ(Check("second", 60)->fork, Position{50});
}

TEST(FeedCheckpoint, AnotherLogIsNotMistakenForThisOne) {
  const auto other = Check("elsewhere", 10);
  ASSERT_TRUE(other);
  EXPECT_EQ(other->rejection.code, "epoch_unknown");
  EXPECT_EQ(other->fork, Position{0});
}

TEST(FeedCheckpoint, BeyondTheHeadIsABreakInAnyCase) {
  EXPECT_EQ(Check("third", 101)->rejection.code, "position_ahead_of_log");
  EXPECT_EQ(Check("", 101)->fork, Position{100});
}

TEST(FeedCheckpoint, ItsTextReadsBack) {
  const FeedCheckpoint checkpoint{Epoch("0192-a"), Position{12}};
  EXPECT_EQ(ToText(checkpoint), "0192-a:12");
  EXPECT_EQ(ParseCheckpoint("0192-a:12"), checkpoint);
  for (const char* wrong : {"", "12", ":12", "a:", "a:-1", "a:1x", "a:99999999999999999999"}) {
    EXPECT_FALSE(ParseCheckpoint(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace docket
