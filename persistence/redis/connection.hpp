/// A small RAII layer over hiredis: the only place that calls it.
///
/// Redis is never the truth here and may be away at any time. Every call ends within its timeout;
/// after a failure the next calls fail at once until it is time to try again. The process must
/// ignore SIGPIPE.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "persistence/redis/backoff.hpp"
#include "persistence/redis/redis_url.hpp"

struct redisContext;

namespace docket {

/// Redis is away, too slow, or did not understand: a fault of the surroundings. What was sent may
/// or may not have been done.
class RedisError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Redis answered with an error; the connection is sound.
class RedisRefused : public RedisError {
 public:
  using RedisError::RedisError;
};

/// A command and its arguments, any bytes.
using RedisCommand = std::vector<std::string>;

struct RedisReply {
  enum class Kind : std::uint8_t { kNothing, kInteger, kText, kError, kList };
  Kind kind = Kind::kNothing;
  std::int64_t integer = 0;
  std::string text;  ///< Of a text or an error.
  std::vector<RedisReply> elements;

  bool IsError() const { return kind == Kind::kError; }
};

struct RedisOptions {
  using SteadyTime = std::chrono::steady_clock::time_point;

  RedisUrl url;
  /// For each address of the host. A name is looked up by the system, with the system's limits.
  std::chrono::milliseconds connect_timeout{1'000};
  /// For a command, or a pipeline of them, from sending to the last reply.
  std::chrono::milliseconds command_timeout{2'000};
  BackoffRule backoff{};
  std::function<SteadyTime()> now = std::chrono::steady_clock::now;
};

/// Connects when first used and again after a failure, no earlier than the backoff allows.
/// Belongs to one thread at a time.
class RedisConnection {
 public:
  explicit RedisConnection(RedisOptions options);
  ~RedisConnection();
  RedisConnection(RedisConnection&&) noexcept;

  /// The reply to one command. Throws RedisRefused when it is an error.
  RedisReply Run(const RedisCommand& command);
  /// Sends all, then reads as many replies, errors among them. Throws RedisError when the
  /// connection failed: how many were done is unknown then.
  std::vector<RedisReply> RunAll(const std::vector<RedisCommand>& commands);

  /// For subscriptions: sends and does not wait for a reply.
  void Send(const RedisCommand& command);
  /// The next reply or message; nullopt when none came in time, which is no failure. Does not
  /// connect by itself.
  std::optional<RedisReply> Receive(std::chrono::milliseconds timeout);

  /// Ends the connection; the next command opens another.
  void Close() { context_.reset(); }
  /// Counts connections: another number means that what a session knew is gone.
  std::uint64_t Session() const { return session_; }
  const RedisUrl& Url() const { return options_.url; }

 private:
  using SteadyTime = RedisOptions::SteadyTime;
  struct Free {
    void operator()(redisContext* context) const;
  };

  void Connect();
  void Greet();
  void Append(const RedisCommand& command);
  void Flush(SteadyTime deadline);
  std::optional<RedisReply> ReceiveUntil(SteadyTime deadline);
  /// False when nothing happened before the deadline.
  bool WaitFor(short events, SteadyTime deadline);
  [[noreturn]] void Fail(const std::string& reason);

  RedisOptions options_;
  std::unique_ptr<redisContext, Free> context_;
  std::uint64_t session_ = 0;
  int failures_ = 0;
  SteadyTime not_before_{};
  std::mt19937 random_;
};

}  // namespace docket
