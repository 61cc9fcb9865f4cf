/// A real redis-server on a free port of this machine, with a directory of its own; tests kill it
/// and start it again. It ends with the test, however that ends.
#pragma once

#include <csignal>
#include <cstdint>
#include <string>

#include <sys/types.h>

#include "persistence/redis/connection.hpp"
#include "tests/support/temporary_directory.hpp"

namespace docket::testing {

struct RedisServerOptions {
  bool append_only = false;  ///< Each command on disk before it is answered.
  std::string password{};
};

/// Throws std::runtime_error when the server does not start. Ignores SIGPIPE in this process.
class RedisServer {
 public:
  explicit RedisServer(RedisServerOptions options = {});
  ~RedisServer();
  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;

  /// On the same port and with the same directory as before; ready when it returns.
  void Start();
  /// As an operator stops it.
  void Stop() { End(SIGTERM); }
  void Kill9() { End(SIGKILL); }
  /// It lives and answers nothing, until Continue.
  void Freeze();
  void Continue();

  std::uint16_t Port() const { return port_; }
  /// A connection's options with short timeouts and a short backoff.
  RedisOptions Options() const;
  RedisConnection Connect() const { return RedisConnection(Options()); }
  /// Output of redis-cli with these arguments.
  std::string Cli(const std::string& arguments) const;

 private:
  void End(int signal);
  bool TryStart();

  RedisServerOptions options_;
  TemporaryDirectory directory_;
  std::uint16_t port_ = 0;
  pid_t id_ = 0;
};

}  // namespace docket::testing
