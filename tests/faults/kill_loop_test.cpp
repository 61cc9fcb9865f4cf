// A writer is killed at a random moment, fifty times over. Whatever it acknowledged is stored
// exactly once, nothing is stored in part, and positions stay dense.
#include <chrono>
#include <csignal>
#include <cstdio>
#include <map>
#include <random>
#include <string>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "persistence/clock/system_clock.hpp"
#include "tests/support/log_fixture.hpp"

extern char** environ;

namespace docket {
namespace {

constexpr int kRounds = 50;
constexpr int kRunMillisMax = 150;
constexpr const char* kChild = DOCKET_BINARY_DIR "/kill_loop_child";

/// Commands and how many events each promised.
using Acknowledged = std::map<std::string, int>;

/// Runs a writer, kills it `run` after its first acknowledgement, and returns what it said.
Acknowledged RunAndKill(std::string path, std::string round, std::chrono::milliseconds run) {
  int ends[2];
  if (pipe(ends) != 0) throw StoreError("no pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  std::string program = kChild;
  char* arguments[] = {program.data(), path.data(), round.data(), nullptr};
  pid_t child = 0;
  const int spawned = posix_spawn(&child, kChild, &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (spawned != 0) throw StoreError("the writer does not start");

  FILE* lines = fdopen(ends[0], "r");
  Acknowledged acknowledged;
  std::thread killer;
  char command[64];
  int events = 0;
  while (std::fscanf(lines, "%63s %d", command, &events) == 2) {
    if (acknowledged.empty()) {
      killer = std::thread([=] {
        std::this_thread::sleep_for(run);
        kill(child, SIGKILL);
      });
    }
    acknowledged.emplace(command, events);
  }
  std::fclose(lines);
  if (killer.joinable()) killer.join();
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself";
  return acknowledged;
}

class KillLoopTest : public ::testing::Test {
 protected:
  /// What was stored since the last call: checks it and counts events by command.
  Acknowledged ReadNew(const SqliteLog& log) {
    Acknowledged stored;
    for (const auto& event : log.ReadLog(LogId::kCases, position_, 10'000'000)) {
      position_ = position_.Next();
      EXPECT_EQ(event.position, position_);
      auto& version = versions_[event.stream];
      version = version.Next();
      EXPECT_EQ(event.version, version);
      ++stored[event.command_id.value];
    }
    EXPECT_EQ(log.ReadHead(LogId::kCases).position, position_);
    return stored;
  }
  void Compare(const SqliteLog& log, const Acknowledged& acknowledged) {
    const auto stored = ReadNew(log);
    for (const auto& [command, events] : acknowledged) {
      const auto found = stored.find(command);
      ASSERT_NE(found, stored.end()) << command << " was acknowledged and is gone";
      EXPECT_EQ(found->second, events) << command << " is not stored exactly once";
    }
    for (const auto& [command, events] : stored) {
      const auto known = log.FindCommand(LogId::kCases, ActorId("lin"), CommandId(command));
      ASSERT_TRUE(known.has_value()) << command << " left events but no record";
      EXPECT_LE(known->result.last.value - known->result.first.value + 1, events);
    }
  }

  testing::TemporaryDirectory directory_;
  Position position_;
  std::map<StreamId, Version> versions_;
};

TEST_F(KillLoopTest, AcknowledgedCommandsSurvive) {
  const auto seed = std::random_device{}();
  fmt::print("seed {}\n", seed);
  std::mt19937 random(seed);
  const std::string path = directory_.File("office.db");
  const SystemClock clock;
  Epoch epoch;
  std::size_t total = 0;
  for (int round = 0; round < kRounds; ++round) {
    const std::chrono::milliseconds run(random() % kRunMillisMax);
    const auto acknowledged = RunAndKill(path, std::to_string(round), run);
    total += acknowledged.size();
    const testing::OpenStore open(*ParseSqliteUrl("sqlite:" + path), clock);
    Compare(open.log, acknowledged);
    const auto head = open.log.ReadHead(LogId::kCases);
    if (epoch.empty()) epoch = head.epoch;
    EXPECT_EQ(head.epoch, epoch) << "a crash is no fork of history";
    if (HasFailure()) FAIL() << "round " << round;
  }
  fmt::print("{} commands acknowledged, {} events stored\n", total, position_.value);
  EXPECT_GT(total, static_cast<std::size_t>(kRounds));
}

}  // namespace
}  // namespace docket
