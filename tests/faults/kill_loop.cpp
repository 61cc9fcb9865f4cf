#include "tests/faults/kill_loop.hpp"

#include <charconv>
#include <chrono>
#include <csignal>
#include <fstream>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "persistence/open_store.hpp"
#include "tests/support/log_fixture.hpp"

extern char** environ;

namespace docket::testing {

namespace {

constexpr const char* kChild = DOCKET_BINARY_DIR "/kill_loop_child";
constexpr std::size_t kPage = 10'000;
constexpr int kSharedStreams = 5;
constexpr std::chrono::seconds kFirstWithin{60};
constexpr std::chrono::milliseconds kLook{2};

int EventsOfNumber(int number) { return 1 + number % 3; }

}  // namespace

std::unique_ptr<Store> OpenStoreAt(const std::string& url) {
  auto store = docket::OpenStore({.url = url, .owner = "kill loop"});
  if (!store) throw std::invalid_argument(store.error().en);
  return *std::move(store);
}

AppendRequest CommandOf(const std::string& name, int thread, int number) {
  const std::string command = fmt::format("{}-{}-{}", name, thread, number);
  const auto own = number == 0 ? ExpectedVersion::NoStream() : ExpectedVersion::Any();
  auto request = Request({Write(fmt::format("own-{}-{}", name, thread), own,
                                number == 0 ? 1 : static_cast<std::size_t>(number % 3)),
                          Write(fmt::format("shared-{}", number % kSharedStreams),
                                ExpectedVersion::Any(), number == 0 ? 0 : 1)},
                         command);
  for (auto& write : request.writes) {
    for (auto& event : write.events) event.command_id = CommandId(command);
  }
  return request;
}

int EventsOf(std::string_view command) {
  const auto digits = command.substr(command.rfind('-') + 1);
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return EventsOfNumber(number);
}

WriterProcess::WriterProcess(const Options& options) : options_(options) {
  std::string program = kChild;
  char* arguments[] = {program.data(), options_.url.data(), options_.name.data(),
                       options_.file.data(), nullptr};
  if (posix_spawn(&pid_, kChild, nullptr, nullptr, arguments, environ) != 0) {
    throw std::runtime_error("the writer does not start");
  }
}

bool WriterProcess::AwaitFirst() const {
  const auto deadline = std::chrono::steady_clock::now() + kFirstWithin;
  struct stat status {};
  while (stat(options_.file.c_str(), &status) != 0 || status.st_size == 0) {
    if (std::chrono::steady_clock::now() > deadline || kill(pid_, 0) != 0) return false;
    std::this_thread::sleep_for(kLook);
  }
  return true;
}

bool WriterProcess::Kill9() {
  if (pid_ == 0) return true;
  kill(pid_, SIGKILL);
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = 0;
  return WIFSIGNALED(status);
}

void Acknowledge(int file, const std::string& command, int events) {
  const std::string line = fmt::format("{} {}\n", command, events);
  if (write(file, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::abort();
}

Acknowledged ReadAcknowledged(const std::string& file) {
  Acknowledged all;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    const auto space = line.find(' ');
    if (space == std::string::npos || lines.eof()) {
      throw std::runtime_error("a torn line: " + line);
    }
    all[line.substr(0, space)] = std::stoi(line.substr(space));
  }
  return all;
}

std::vector<std::string> LogAudit::ReadNew(const EventLog& log) {
  std::vector<std::string> problems;
  for (;;) {
    const auto page = log.ReadLog(LogId::kCases, position_, kPage);
    for (const auto& event : page) {
      position_ = position_.Next();
      if (event.position != position_) {
        problems.push_back(fmt::format("{} follows {}", event.position.value, position_.value - 1));
        return problems;
      }
      auto& version = versions_[event.stream];
      version = version.Next();
      if (event.version != version) {
        problems.push_back(fmt::format("{} has version {}, not {}", event.stream.value,
                                       event.version.value, version.value));
      }
      ++stored_[event.command_id.value];
      events_.push_back(event.id);
    }
    if (page.size() < kPage) return problems;
  }
}

std::vector<std::string> LogAudit::Compare(const EventLog& log,
                                           const Acknowledged& acknowledged) const {
  std::vector<std::string> problems;
  const auto head = log.ReadHead(LogId::kCases).position;
  if (head != position_) {
    problems.push_back(
        fmt::format("the head is {}, the last event {}", head.value, position_.value));
  }
  for (const auto& [command, events] : acknowledged) {
    const auto found = stored_.find(command);
    const int stored = found == stored_.end() ? 0 : found->second;
    if (stored != events) {
      problems.push_back(
          fmt::format("{} was acknowledged: {} of {} events", command, stored, events));
    }
  }
  for (const auto& [command, stored] : stored_) {
    if (stored != EventsOf(command)) {
      problems.push_back(fmt::format("{} is stored with {} events", command, stored));
    }
    if (!log.FindCommand(LogId::kCases, ActorId("lin"), CommandId(command))) {
      problems.push_back(fmt::format("{} left events but no record", command));
    }
  }
  return problems;
}

}  // namespace docket::testing
