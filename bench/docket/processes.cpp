#include "bench/docket/processes.hpp"

#include <array>

#include <sys/wait.h>
#include <unistd.h>

namespace docket::bench {

namespace {

struct Child {
  pid_t pid = -1;
  int from = -1;  ///< The parent reads here.
  int to = -1;    ///< The parent writes here.
};

void WriteAll(int file, std::string_view text) {
  while (!text.empty()) {
    const auto written = write(file, text.data(), text.size());
    Check(written > 0, "a process has gone");
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void ReadByte(int file) {
  char byte = 0;
  Check(read(file, &byte, 1) == 1, "a process failed before the others were ready");
}

std::string ReadToEnd(int file) {
  std::string text;
  std::array<char, 4096> part{};
  for (;;) {
    const auto got = read(file, part.data(), part.size());
    if (got <= 0) return text;
    text.append(part.data(), static_cast<std::size_t>(got));
  }
}

[[noreturn]] void RunChild(std::size_t number, int from_parent, int to_parent,
                           const std::function<Json(std::size_t, const Barrier&)>& work) {
  int code = 0;
  try {
    const Barrier barrier = [&] {
      WriteAll(to_parent, "r");
      ReadByte(from_parent);
    };
    WriteAll(to_parent, work(number, barrier).dump());
  } catch (const std::exception& failure) {
    fmt::print(stderr, "process {}: {}\n", number, failure.what());
    code = 3;
  }
  std::fflush(stderr);
  _exit(code);
}

Child Fork(std::size_t number, const std::vector<Child>& before,
           const std::function<Json(std::size_t, const Barrier&)>& work) {
  std::array<int, 2> up{};
  std::array<int, 2> down{};
  Check(pipe(up.data()) == 0 && pipe(down.data()) == 0, "no pipe");
  const pid_t pid = fork();
  Check(pid >= 0, "no process");
  if (pid == 0) {
    // A pipe that a sister keeps open would hide the end of another one.
    for (const auto& other : before) {
      close(other.from);
      close(other.to);
    }
    close(up[0]);
    close(down[1]);
    RunChild(number, down[0], up[1], work);
  }
  close(up[1]);
  close(down[0]);
  return {pid, up[0], down[1]};
}

}  // namespace

std::vector<Json> InProcesses(std::size_t count, int barriers,
                              const std::function<Json(std::size_t, const Barrier&)>& work) {
  std::vector<Child> children;
  for (std::size_t i = 0; i < count; ++i) children.push_back(Fork(i, children, work));
  for (int i = 0; i < barriers; ++i) {
    for (const auto& child : children) ReadByte(child.from);
    for (const auto& child : children) WriteAll(child.to, "g");
  }
  std::vector<Json> answers;
  bool failed = false;
  for (const auto& child : children) {
    const std::string text = ReadToEnd(child.from);
    int status = 0;
    waitpid(child.pid, &status, 0);
    failed = failed || !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    if (!failed) answers.push_back(*ParseJson(text));
    close(child.from);
    close(child.to);
  }
  Check(!failed, "a process failed");
  return answers;
}

}  // namespace docket::bench
