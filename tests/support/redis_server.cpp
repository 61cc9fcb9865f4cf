#include "tests/support/redis_server.hpp"

#include <array>
#include <cstdio>
#include <stdexcept>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace docket::testing {

namespace {

constexpr int kStartAttempts = 5;
constexpr const char* kReady = "Ready to accept connections";

std::uint16_t FreePort() {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  const bool known = bind(probe, generic, size) == 0 && getsockname(probe, generic, &size) == 0;
  close(probe);
  if (!known) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

/// True when the server said that it is ready, false when it ended before.
bool ReadUntilReady(int output) {
  FILE* lines = fdopen(output, "r");
  std::array<char, 1024> line{};
  bool ready = false;
  while (!ready && std::fgets(line.data(), line.size(), lines) != nullptr) {
    ready = std::string(line.data()).find(kReady) != std::string::npos;
  }
  // What it says later is lost: the server ignores that nobody reads.
  std::fclose(lines);
  return ready;
}

}  // namespace

RedisServer::RedisServer(RedisServerOptions options) : options_(std::move(options)) {
  std::signal(SIGPIPE, SIG_IGN);
  for (int attempt = 0; attempt < kStartAttempts; ++attempt) {
    // Between the probe and the start somebody else may take the port.
    port_ = FreePort();
    if (TryStart()) return;
  }
  throw std::runtime_error("redis-server does not start");
}

RedisServer::~RedisServer() { Kill9(); }

void RedisServer::Start() {
  if (id_ == 0 && !TryStart()) throw std::runtime_error("redis-server does not start again");
}

bool RedisServer::TryStart() {
  std::vector<std::string> words = {"redis-server",
                                    "--bind",
                                    "127.0.0.1",
                                    "--port",
                                    std::to_string(port_),
                                    "--dir",
                                    directory_.File(""),
                                    "--save",
                                    "",
                                    "--appendonly",
                                    options_.append_only ? "yes" : "no",
                                    "--appendfsync",
                                    "always"};
  if (!options_.password.empty()) {
    words.insert(words.end(), {"--requirepass", options_.password});
  }
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const pid_t parent = getpid();
  id_ = fork();
  if (id_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1);
    dup2(ends[1], STDOUT_FILENO);
    dup2(ends[1], STDERR_FILENO);
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  close(ends[1]);
  if (ReadUntilReady(ends[0])) return true;
  Kill9();
  return false;
}

void RedisServer::End(int signal) {
  if (id_ == 0) return;
  kill(id_, signal);
  waitpid(id_, nullptr, 0);
  id_ = 0;
}

void RedisServer::Freeze() { kill(id_, SIGSTOP); }
void RedisServer::Continue() { kill(id_, SIGCONT); }

RedisOptions RedisServer::Options() const {
  RedisOptions options;
  options.url.host = "127.0.0.1";
  options.url.port = port_;
  options.url.password = options_.password;
  options.command_timeout = std::chrono::milliseconds(2'000);
  options.backoff = {.first = std::chrono::milliseconds(2), .most = std::chrono::milliseconds(20)};
  return options;
}

std::string RedisServer::Cli(const std::string& arguments) const {
  const std::string command = fmt::format("redis-cli -p {} {}", port_, arguments);
  FILE* output = popen(command.c_str(), "r");
  if (output == nullptr) throw std::runtime_error("redis-cli does not start");
  std::string text;
  std::array<char, 4096> part{};
  while (const auto size = std::fread(part.data(), 1, part.size(), output)) {
    text.append(part.data(), size);
  }
  pclose(output);
  return text;
}

}  // namespace docket::testing
