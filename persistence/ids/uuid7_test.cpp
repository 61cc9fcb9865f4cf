#include "persistence/ids/uuid7.hpp"

#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace docket {
namespace {

TEST(RandomIds, HaveTheFormOfVersionSeven) {
  RandomIds ids([] { return std::int64_t{0x0192'0a1b'2c3d}; });
  const std::string id = ids.NewUuid();
  ASSERT_EQ(id.size(), 36u);
  EXPECT_EQ(id.substr(0, 15), "01920a1b-2c3d-7");
  EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos);
  EXPECT_EQ(id.find_first_not_of("0123456789abcdef-"), std::string::npos);
}

TEST(RandomIds, OnlyGrowEvenWhenTheClockGoesBack) {
  std::int64_t now = 1'000'000;
  RandomIds ids([&] { return now; });
  std::string last;
  for (int i = 0; i < 20'000; ++i) {
    if (i % 7000 == 0) now -= 1000;
    const std::string id = ids.NewUuid();
    ASSERT_LT(last, id);
    last = id;
  }
}

TEST(RandomIds, AreUniqueAcrossThreads) {
  RandomIds ids;
  std::vector<std::vector<std::string>> made(4);
  std::vector<std::thread> threads;
  for (auto& mine : made) {
    threads.emplace_back([&] {
      for (int i = 0; i < 2000; ++i) mine.push_back(ids.NewUuid());
    });
  }
  for (auto& thread : threads) thread.join();
  std::set<std::string> all;
  for (const auto& mine : made) all.insert(mine.begin(), mine.end());
  EXPECT_EQ(all.size(), 8000u);
}

}  // namespace
}  // namespace docket
