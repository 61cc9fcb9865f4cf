// Appends from eight threads until it is killed: `kill_loop_child URL NAME FILE`. After Append has
// returned, and not before, a line in FILE says which command was acknowledged. A store that is
// gone for a while is tried again, with the same command.
#include <cstdio>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "persistence/clock/system_clock.hpp"
#include "tests/faults/kill_loop.hpp"

namespace docket {
namespace {

constexpr int kThreads = 8;
constexpr std::chrono::milliseconds kPause{20};

template <class Work>
auto UntilTheStoreIsThere(const Work& work) {
  for (;;) {
    try {
      return work();
    } catch (const StoreError&) {
      std::this_thread::sleep_for(kPause);
    }
  }
}

void AppendForever(StoreLog& log, const std::string& name, int thread, int file) {
  for (int number = 0;; ++number) {
    const std::string command = fmt::format("{}-{}-{}", name, thread, number);
    const auto result =
        UntilTheStoreIsThere([&] { return log.Append(testing::CommandOf(name, thread, number)); });
    // Nobody else writes to the stream that is expected: a conflict would be a lost command.
    if (std::holds_alternative<VersionConflict>(result)) std::abort();
    testing::Acknowledge(file, command, testing::EventsOf(command));
  }
}

int Run(const std::string& url, const std::string& name, const std::string& path) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) return 1;
  const SystemClock clock;
  const auto store = UntilTheStoreIsThere([&] { return testing::OpenStoreAt(url); });
  const auto log = store->OpenLog(clock);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] { AppendForever(*log, name, i, file); });
  }
  for (auto& thread : threads) thread.join();
  return 0;
}

}  // namespace
}  // namespace docket

int main(int count, char** arguments) {
  if (count != 4) {
    fmt::print(stderr, "usage: kill_loop_child URL NAME FILE\n");
    return 2;
  }
  return docket::Run(arguments[1], arguments[2], arguments[3]);
}
