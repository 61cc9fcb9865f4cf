#include "tests/api/process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "domain/ensure.hpp"

namespace docket::test {

Process::Process(const std::vector<std::string>& arguments)
    : Process([&] {
        Command command{{DOCKET_BINARY_DIR "/docket"}};
        command.words.insert(command.words.end(), arguments.begin(), arguments.end());
        return command;
      }()) {}

std::unique_ptr<Process> Process::Of(std::vector<std::string> command) {
  return std::unique_ptr<Process>(new Process(Command{std::move(command)}));
}

Process::Process(Command command) {
  std::array<int, 2> ends{};
  ENSURE(pipe2(ends.data(), O_CLOEXEC) == 0, "a pipe");
  std::vector<char*> words;
  for (auto& word : command.words) words.push_back(word.data());
  words.push_back(nullptr);
  id_ = fork();
  if (id_ == 0) {
    dup2(ends[1], STDOUT_FILENO);
    dup2(ends[1], STDERR_FILENO);
    execvp(words[0], words.data());
    _exit(127);
  }
  close(ends[1]);
  output_ = fdopen(ends[0], "r");
}

Process::~Process() {
  if (id_ > 0) {
    Kill9();
    Wait();
  }
  std::fclose(output_);
}

std::string Process::ReadLine() {
  std::string line;
  for (int c = std::fgetc(output_); c != EOF && c != '\n'; c = std::fgetc(output_)) {
    line += static_cast<char>(c);
  }
  return line;
}

std::string Process::ReadRest() {
  std::string rest;
  for (int c = std::fgetc(output_); c != EOF; c = std::fgetc(output_)) {
    rest += static_cast<char>(c);
  }
  return rest;
}

void Process::Stop() const { kill(id_, SIGTERM); }

void Process::Kill9() const { kill(id_, SIGKILL); }

int Process::Wait() {
  int status = 0;
  waitpid(id_, &status, 0);
  id_ = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

Finished RunDocket(const std::vector<std::string>& arguments) {
  Process process(arguments);
  const std::string said = process.ReadRest();
  return {process.Wait(), said};
}

}  // namespace docket::test
