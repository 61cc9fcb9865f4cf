#include "persistence/log_place.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

const std::vector<EpochStart> kEpochs = {
    {Epoch("first"), Position{}}, {Epoch("second"), Position{50}}, {Epoch("third"), Position{70}}};

LogPlace From(const char* epoch, std::int64_t position) {
  return BeforeForks({Epoch(epoch), Position{position}}, kEpochs);
}

TEST(LogPlace, WhoIsOfTodaysHistoryGoesOnWhereItWas) {
  EXPECT_EQ(From("third", 90).position, Position{90});
  EXPECT_EQ(From("third", 90).epoch, Epoch("third"));
}

TEST(LogPlace, WhoIsOfAnEarlierHistoryGoesBackToTheFirstForkBehindIt) {
  EXPECT_EQ(From("second", 90).position, Position{70});
  EXPECT_EQ(From("first", 90).position, Position{50});
  EXPECT_EQ(From("first", 20).position, Position{20});
  EXPECT_EQ(From("first", 20).epoch, Epoch("third"));
}

TEST(LogPlace, WhoseHistoryIsUnknownBeginsAnew) {
  EXPECT_EQ(From("another's", 90).position, Position{0});
}

}  // namespace
}  // namespace docket
