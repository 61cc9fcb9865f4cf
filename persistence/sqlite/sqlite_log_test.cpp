// What only SQLite refuses by itself: an event id that was used before, for which PostgreSQL, whose
// events are partitioned, has no index. All else that the log promises is in tests/conformance.
#include "persistence/sqlite/sqlite_log.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "tests/support/log_fixture.hpp"

namespace docket {
namespace {

using testing::LogFixture;
using testing::Request;
using testing::Write;

const auto kAny = ExpectedVersion::Any();
const auto kNone = ExpectedVersion::NoStream();

class SqliteLogTest : public ::testing::Test {
 protected:
  void Accept(AppendRequest request) {
    const auto result = fixture_.Log().Append(std::move(request));
    ASSERT_TRUE(std::holds_alternative<Appended>(result));
  }

  LogFixture fixture_;
};

TEST_F(SqliteLogTest, PositionsStayDenseAfterRefusalsAndFailures) {
  auto twice = testing::MakeEvent();
  for (int i = 0; i < 50; ++i) {
    Accept(Request({Write("a", kAny, 1)}));
    fixture_.Log().Append(Request({Write("a", kNone, 2)}));
    if (i == 0) Accept(Request({{StreamId("b"), kAny, {twice}}}));
    EXPECT_THROW(fixture_.Log().Append(Request({{StreamId("b"), kAny, {twice}}})), StoreError);
  }
  fixture_.Reopen();
  Accept(Request({Write("a", kAny, 1)}));
  const auto events = fixture_.Log().ReadLog(LogId::kCases, Position{}, 1'000);
  ASSERT_EQ(events.size(), 52u);
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].position.value, static_cast<std::int64_t>(i) + 1);
  }
}

TEST_F(SqliteLogTest, RequestThatBreaksTheSchemaFailsAlone) {
  auto twice = testing::MakeEvent();
  Accept(Request({{StreamId("x"), kAny, {twice}}}));
  std::atomic<int> appended{0};
  std::atomic<int> failed{0};
  std::vector<std::thread> writers;
  for (int i = 0; i < 16; ++i) {
    writers.emplace_back([&, i] {
      try {
        auto write = Write(i % 4 == 0 ? "x" : "y", kAny, 1);
        if (i % 4 == 0) write.events = {twice};
        fixture_.Log().Append(Request({write}));
        ++appended;
      } catch (const StoreError&) {
        ++failed;
      }
    });
  }
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(appended, 12);
  EXPECT_EQ(failed, 4);
  EXPECT_EQ(fixture_.Log().ReadHead(LogId::kCases).position, Position{13});
}

}  // namespace
}  // namespace docket
