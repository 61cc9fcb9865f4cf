#include "persistence/cases/case_cache.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

std::shared_ptr<const CaseModel> NewComplaint() { return FindWorkflow("complaint")->NewCase(); }

TEST(CaseCacheTest, GivesCopiesOfWhatItHolds) {
  CaseCache cache(2);
  EXPECT_EQ(cache.Find(StreamId("a")), nullptr);
  const auto model = NewComplaint();
  cache.Put(StreamId("a"), model);
  const auto copy = cache.Find(StreamId("a"));
  ASSERT_NE(copy, nullptr);
  EXPECT_NE(copy.get(), model.get());
  EXPECT_EQ(copy->State(), model->State());
  cache.Drop(StreamId("a"));
  EXPECT_EQ(cache.Find(StreamId("a")), nullptr);
}

TEST(CaseCacheTest, TheLongestUntouchedGoesFirst) {
  CaseCache cache(2);
  cache.Put(StreamId("a"), NewComplaint());
  cache.Put(StreamId("b"), NewComplaint());
  EXPECT_NE(cache.Find(StreamId("a")), nullptr);
  cache.Put(StreamId("c"), NewComplaint());
  EXPECT_EQ(cache.Find(StreamId("b")), nullptr);
  EXPECT_NE(cache.Find(StreamId("a")), nullptr);
  EXPECT_NE(cache.Find(StreamId("c")), nullptr);
}

}  // namespace
}  // namespace docket
