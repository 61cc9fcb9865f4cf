// Appends from eight threads until it is killed, and says on standard output which commands were
// acknowledged: one line each, written after Append has returned.
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "persistence/clock/system_clock.hpp"
#include "tests/support/log_fixture.hpp"

namespace docket {
namespace {

constexpr int kThreads = 8;

/// One to three events in a stream of the thread's own and one that all share.
AppendRequest RequestOf(const std::string& command, int thread, int number) {
  const auto any = ExpectedVersion::Any();
  auto request = testing::Request(
      {testing::Write(fmt::format("own-{}", thread), any, static_cast<std::size_t>(number % 3)),
       testing::Write("shared", any, 1)},
      command);
  for (auto& write : request.writes) {
    for (auto& event : write.events) event.command_id = CommandId(command);
  }
  return request;
}

void AppendForever(SqliteLog& log, const std::string& round, int thread) {
  for (int number = 0;; ++number) {
    const std::string command = fmt::format("{}-{}-{}", round, thread, number);
    log.Append(RequestOf(command, thread, number));
    const std::string line = fmt::format("{} {}\n", command, 1 + number % 3);
    // Short enough to be written at once, so that no line is ever torn.
    if (write(STDOUT_FILENO, line.data(), line.size()) < 0) return;
  }
}

int Run(const std::string& path, const std::string& round) {
  const SystemClock clock;
  testing::OpenStore open(*ParseSqliteUrl("sqlite:" + path), clock);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] { AppendForever(open.log, round, i); });
  }
  for (auto& thread : threads) thread.join();
  return 0;
}

}  // namespace
}  // namespace docket

int main(int count, char** arguments) {
  if (count != 3) {
    fmt::print(stderr, "usage: kill_loop_child STORE ROUND\n");
    return 2;
  }
  return docket::Run(arguments[1], arguments[2]);
}
