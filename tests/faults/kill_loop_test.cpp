// A writer on SQLite is killed at a random moment, fifty times over. Whatever it acknowledged is
// stored exactly once, nothing is stored in part, and positions stay dense.
#include <chrono>
#include <random>
#include <string>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "persistence/clock/system_clock.hpp"
#include "tests/faults/kill_loop.hpp"
#include "tests/support/temporary_directory.hpp"

namespace docket {
namespace {

constexpr int kRounds = 50;
constexpr int kRunMillisMax = 150;

TEST(SqliteKillLoop, AcknowledgedCommandsSurvive) {
  const auto seed = std::random_device{}();
  fmt::print("seed {}\n", seed);
  std::mt19937 random(seed);
  const testing::TemporaryDirectory directory;
  const std::string url = "sqlite:" + directory.File("office.db");
  const SystemClock clock;
  testing::LogAudit audit;
  Epoch epoch;
  std::size_t total = 0;
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const std::string file = directory.File("acknowledged-" + std::to_string(round));
    {
      testing::WriterProcess writer({url, "r" + std::to_string(round), file});
      ASSERT_TRUE(writer.AwaitFirst());
      std::this_thread::sleep_for(std::chrono::milliseconds(random() % kRunMillisMax));
      EXPECT_TRUE(writer.Kill9()) << "the writer ended by itself";
    }
    const auto acknowledged = testing::ReadAcknowledged(file);
    total += acknowledged.size();
    const auto store = testing::OpenStoreAt(url);
    const auto log = store->OpenLog(clock);
    for (const auto& problem : audit.ReadNew(*log)) ADD_FAILURE() << problem;
    for (const auto& problem : audit.Compare(*log, acknowledged)) ADD_FAILURE() << problem;
    const auto head = log->ReadHead(LogId::kCases);
    if (epoch.empty()) epoch = head.epoch;
    EXPECT_EQ(head.epoch, epoch) << "a crash is no fork of history";
    if (HasFailure()) return;
  }
  fmt::print("{} commands acknowledged, {} events stored\n", total, audit.At().value);
  EXPECT_GT(total, static_cast<std::size_t>(kRounds));
}

}  // namespace
}  // namespace docket
