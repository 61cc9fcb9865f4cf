/// The `docket` program as people run it: a process, its output, its signals and its exit code.
#pragma once

#include <sys/types.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace docket::test {

/// A child process whose standard output and error are read together. Killed when it goes.
class Process {
 public:
  /// `docket` with these arguments.
  explicit Process(const std::vector<std::string>& arguments);
  /// Another program, found on the path, with its arguments.
  static std::unique_ptr<Process> Of(std::vector<std::string> command);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  std::string ReadLine();
  std::string ReadRest();
  /// SIGTERM.
  void Stop() const;
  /// SIGKILL.
  void Kill9() const;
  /// The exit code, or 128 and the signal.
  int Wait();

 private:
  struct Command {
    std::vector<std::string> words;
  };
  explicit Process(Command command);

  pid_t id_ = 0;
  FILE* output_ = nullptr;
};

/// A process from its start to its end.
struct Finished {
  int exit_code = 0;
  std::string said;
};
Finished RunDocket(const std::vector<std::string>& arguments);

}  // namespace docket::test
