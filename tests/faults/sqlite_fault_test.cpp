// A full disk under a SQLite store: each append is a clear error, what was stored stays, and when
// there is room again the log goes on.
#include <gtest/gtest.h>

#include "persistence/appender.hpp"
#include "persistence/sqlite/sqlite_batch_store.hpp"
#include "tests/support/log_fixture.hpp"

namespace docket {
namespace {

using testing::LogFixture;
using testing::Request;
using testing::Write;

const auto kAny = ExpectedVersion::Any();

TEST(SqliteFaults, FullDiskIsAClearErrorAndLosesNothing) {
  constexpr int kAppendsMax = 1'000;
  LogFixture fixture;
  fixture.Log().Append(Request({Write("a", kAny, 1)}, "before"));
  auto writer = fixture.Store().OpenLogWriter();
  auto& database = *writer;
  // Only so many pages are left, as on a disk that fills up.
  database.Execute("PRAGMA max_page_count = 100");
  SqliteBatchStore batches(std::move(writer));
  Appender appender(batches, fixture.clock);
  std::string refused;
  int appended = 0;
  for (int i = 0; i < kAppendsMax && refused.empty(); ++i) {
    try {
      appender.Append(Request({Write("a", kAny, 3)}, "c" + std::to_string(i)));
      ++appended;
    } catch (const StoreError& error) {
      refused = error.what();
    }
  }
  EXPECT_NE(refused.find("full"), std::string::npos) << refused;
  EXPECT_GT(appended, 0);
  const auto is_whole = [&] {
    const auto events = fixture.Log().ReadLog(LogId::kCases, Position{}, 100'000);
    EXPECT_EQ(events.size(), static_cast<std::size_t>(1 + 3 * appended));
    EXPECT_EQ(fixture.Log().ReadHead(LogId::kCases).position, events.back().position);
  };
  is_whole();
  EXPECT_THROW(appender.Append(Request({Write("a", kAny, 3)}, "again")), StoreError);
  is_whole();
  // The owner's own connection has room: the same command is stored, once.
  const std::string command = "c" + std::to_string(appended);
  for (int i = 0; i < 2; ++i) fixture.Log().Append(Request({Write("a", kAny, 3)}, command));
  ++appended;
  is_whole();
  fixture.Reopen();
  is_whole();
}

}  // namespace
}  // namespace docket
