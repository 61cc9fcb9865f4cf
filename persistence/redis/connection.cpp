#include "persistence/redis/connection.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <hiredis/hiredis.h>
#include <poll.h>

#include "domain/ensure.hpp"

namespace docket {

namespace {

struct FreeReply {
  void operator()(void* reply) const { freeReplyObject(reply); }
};

RedisReply Converted(const redisReply& raw) {
  RedisReply reply;
  switch (raw.type) {
    case REDIS_REPLY_INTEGER:
      reply.kind = RedisReply::Kind::kInteger;
      reply.integer = raw.integer;
      break;
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
      reply.kind = RedisReply::Kind::kText;
      reply.text.assign(raw.str, raw.len);
      break;
    case REDIS_REPLY_ERROR:
      reply.kind = RedisReply::Kind::kError;
      reply.text.assign(raw.str, raw.len);
      break;
    case REDIS_REPLY_ARRAY:
      reply.kind = RedisReply::Kind::kList;
      for (std::size_t i = 0; i < raw.elements; ++i) {
        reply.elements.push_back(Converted(*raw.element[i]));
      }
      break;
    default: break;
  }
  return reply;
}

/// What may be shown of an error: Redis repeats arguments to commands that it does not know.
std::string ShownError(const std::string& text) { return text.substr(0, text.find(", with args")); }

timeval ToTimeval(std::chrono::milliseconds duration) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration);
  const std::chrono::microseconds rest = duration - seconds;
  return {.tv_sec = seconds.count(), .tv_usec = rest.count()};
}

}  // namespace

void RedisConnection::Free::operator()(redisContext* context) const { redisFree(context); }

RedisConnection::RedisConnection(RedisOptions options)
    : options_(std::move(options)), random_(std::random_device{}()) {}
RedisConnection::~RedisConnection() = default;
RedisConnection::RedisConnection(RedisConnection&&) noexcept = default;

RedisReply RedisConnection::Run(const RedisCommand& command) {
  auto replies = RunAll({command});
  if (replies.front().IsError()) {
    throw RedisRefused(
        fmt::format("redis: {} refused: {}", command.front(), ShownError(replies.front().text)));
  }
  return std::move(replies.front());
}

std::vector<RedisReply> RedisConnection::RunAll(const std::vector<RedisCommand>& commands) {
  Connect();
  const auto deadline = std::chrono::steady_clock::now() + options_.command_timeout;
  for (const auto& command : commands) Append(command);
  Flush(deadline);
  std::vector<RedisReply> replies;
  replies.reserve(commands.size());
  while (replies.size() < commands.size()) {
    auto reply = ReceiveUntil(deadline);
    // A late reply would be taken for that of the next command.
    if (!reply) Fail(fmt::format("no reply within {} ms", options_.command_timeout.count()));
    replies.push_back(std::move(*reply));
  }
  return replies;
}

void RedisConnection::Send(const RedisCommand& command) {
  Connect();
  Append(command);
  Flush(std::chrono::steady_clock::now() + options_.command_timeout);
}

std::optional<RedisReply> RedisConnection::Receive(std::chrono::milliseconds timeout) {
  // A new connection would know nothing of what the caller is waiting for.
  if (!context_) throw RedisError(fmt::format("{} is not connected", options_.url.Shown()));
  return ReceiveUntil(std::chrono::steady_clock::now() + timeout);
}

void RedisConnection::Connect() {
  if (context_) return;
  if (options_.now() < not_before_) {
    throw RedisError(fmt::format("{} is away", options_.url.Shown()));
  }
  context_.reset(redisConnectWithTimeout(options_.url.host.c_str(), options_.url.port,
                                         ToTimeval(options_.connect_timeout)));
  if (!context_) throw std::bad_alloc();
  if (context_->err != 0) Fail(context_->errstr);
  // hiredis bounds each read by itself only; here the whole exchange has one deadline.
  if (fcntl(context_->fd, F_SETFL, fcntl(context_->fd, F_GETFL) | O_NONBLOCK) != 0) {
    Fail(std::strerror(errno));
  }
  context_->flags &= ~REDIS_BLOCK;
  redisEnableKeepAlive(context_.get());
  Greet();
  failures_ = 0;
  ++session_;
}

void RedisConnection::Greet() {
  const RedisUrl& url = options_.url;
  std::vector<RedisCommand> greetings;
  if (!url.password.empty()) {
    greetings.push_back({"AUTH"});
    if (!url.user.empty()) greetings.back().push_back(url.user);
    greetings.back().push_back(url.password);
  }
  if (url.database != 0) greetings.push_back({"SELECT", std::to_string(url.database)});
  // Also where nothing is to be said: a server that is still loading, or wants a password, is away.
  greetings.push_back({"PING"});
  const auto deadline = std::chrono::steady_clock::now() + options_.command_timeout;
  for (const auto& greeting : greetings) Append(greeting);
  Flush(deadline);
  for (const auto& greeting : greetings) {
    const auto reply = ReceiveUntil(deadline);
    if (!reply) Fail("no greeting in time");
    // Only the first word: the rest might repeat the password.
    if (reply->IsError()) {
      Fail(fmt::format("{} refused: {}", greeting.front(),
                       reply->text.substr(0, reply->text.find(' '))));
    }
  }
}

void RedisConnection::Append(const RedisCommand& command) {
  ENSURE(!command.empty(), "a command has a name");
  std::vector<const char*> arguments;
  std::vector<std::size_t> sizes;
  for (const auto& argument : command) {
    arguments.push_back(argument.data());
    sizes.push_back(argument.size());
  }
  const int code = redisAppendCommandArgv(context_.get(), static_cast<int>(command.size()),
                                          arguments.data(), sizes.data());
  if (code != REDIS_OK) Fail(context_->errstr);
}

void RedisConnection::Flush(SteadyTime deadline) {
  for (;;) {
    int done = 0;
    if (redisBufferWrite(context_.get(), &done) != REDIS_OK) Fail(context_->errstr);
    if (done != 0) return;
    if (!WaitFor(POLLOUT, deadline)) Fail("sending took too long");
  }
}

std::optional<RedisReply> RedisConnection::ReceiveUntil(SteadyTime deadline) {
  for (;;) {
    void* raw = nullptr;
    if (redisGetReplyFromReader(context_.get(), &raw) != REDIS_OK) Fail(context_->errstr);
    if (raw != nullptr) {
      const std::unique_ptr<void, FreeReply> owned(raw);
      return Converted(*static_cast<const redisReply*>(raw));
    }
    if (!WaitFor(POLLIN, deadline)) return std::nullopt;
    if (redisBufferRead(context_.get()) != REDIS_OK) Fail(context_->errstr);
  }
}

bool RedisConnection::WaitFor(short events, SteadyTime deadline) {
  pollfd waiting{.fd = context_->fd, .events = events, .revents = 0};
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    const int ready = poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
    if (ready > 0) return true;
    if (ready == 0) return false;
    if (errno != EINTR) Fail(std::strerror(errno));
  }
}

void RedisConnection::Fail(const std::string& reason) {
  const std::string message = fmt::format("{}: {}", options_.url.Shown(), reason);
  context_.reset();
  const double lot = std::uniform_real_distribution<double>(0, 1)(random_);
  not_before_ = options_.now() + DelayAfter(++failures_, lot, options_.backoff);
  throw RedisError(message);
}

}  // namespace docket
