// The connection against a real Redis: what it sends arrives as it is, and no failure of the
// server makes it wait, or say more than it should.
#include "persistence/redis/connection.hpp"

#include <gtest/gtest.h>

#include "tests/support/redis_server.hpp"

namespace docket {
namespace {

using namespace std::chrono_literals;
using testing::RedisServer;
using SteadyClock = std::chrono::steady_clock;

std::string MessageOf(const std::function<void()>& call) {
  try {
    call();
  } catch (const RedisError& error) {
    return error.what();
  }
  return "";
}

TEST(RedisConnection, CarriesAnyBytes) {
  const RedisServer server;
  auto redis = server.Connect();
  using namespace std::string_literals;
  const auto value = "%s %b \0\r\n$5\r\n评标"s;
  redis.Run({"SET", value, value});
  EXPECT_EQ(redis.Run({"GET", value}).text, value);
  redis.Run({"SET", "empty", ""});
  const auto empty = redis.Run({"GET", "empty"});
  EXPECT_EQ(empty.kind, RedisReply::Kind::kText);
  EXPECT_EQ(redis.Run({"GET", "none"}).kind, RedisReply::Kind::kNothing);
}

TEST(RedisConnection, PipelinesInOrderAndKeepsErrorsApart) {
  const RedisServer server;
  auto redis = server.Connect();
  std::vector<RedisCommand> commands;
  for (int i = 0; i < 5'000; ++i) commands.push_back({"INCR", "n"});
  commands.push_back({"LPUSH", "n", "x"});
  commands.push_back({"INCR", "n"});
  const auto replies = redis.RunAll(commands);
  ASSERT_EQ(replies.size(), 5'002u);
  for (std::size_t i = 0; i < 5'000; ++i) {
    EXPECT_EQ(replies[i].integer, static_cast<std::int64_t>(i + 1));
  }
  EXPECT_TRUE(replies[5'000].IsError());
  EXPECT_EQ(replies[5'001].integer, 5'001);
}

TEST(RedisConnection, AnErrorOfTheServerLeavesItSound) {
  const RedisServer server;
  auto redis = server.Connect();
  redis.Run({"SET", "text", "x"});
  EXPECT_THROW(redis.Run({"INCR", "text"}), RedisRefused);
  EXPECT_EQ(redis.Run({"GET", "text"}).text, "x");
  EXPECT_EQ(redis.Session(), 1u);
}

TEST(RedisConnection, TellsNoPasswordAndNoArgument) {
  const RedisServer server({.password = "right"});
  auto options = server.Options();
  EXPECT_EQ(RedisConnection(options).Run({"PING"}).text, "PONG");
  options.url.password = "very-secret";
  RedisConnection wrong(options);
  const auto refused = MessageOf([&] { wrong.Run({"PING"}); });
  EXPECT_NE(refused.find("WRONGPASS"), std::string::npos) << refused;
  EXPECT_EQ(refused.find("very-secret"), std::string::npos) << refused;
  options.url.password = "";
  RedisConnection none(options);
  EXPECT_NE(MessageOf([&] { none.Run({"PING"}); }).find("NOAUTH"), std::string::npos);
  auto redis = server.Connect();
  const auto unknown = MessageOf([&] { redis.Run({"NOCOMMAND", "very-secret"}); });
  EXPECT_EQ(unknown.find("very-secret"), std::string::npos) << unknown;
}

TEST(RedisConnection, UsesItsDatabase) {
  const RedisServer server;
  auto options = server.Options();
  options.url.database = 3;
  RedisConnection third(options);
  third.Run({"SET", "key", "third"});
  EXPECT_EQ(server.Connect().Run({"GET", "key"}).kind, RedisReply::Kind::kNothing);
  EXPECT_EQ(third.Run({"GET", "key"}).text, "third");
}

TEST(RedisConnection, NeverWaitsLongerThanItsTimeout) {
  RedisServer server;
  auto options = server.Options();
  options.command_timeout = 100ms;
  RedisConnection redis(options);
  redis.Run({"PING"});
  server.Freeze();
  const auto started = SteadyClock::now();
  EXPECT_THROW(redis.Run({"PING"}), RedisError);
  // More than the sockets between the two can hold.
  EXPECT_THROW(RedisConnection(options).RunAll({64, {"SET", "big", std::string(1'000'000, 'x')}}),
               RedisError);
  EXPECT_LT(SteadyClock::now() - started, 2s);
  server.Continue();
}

TEST(RedisConnection, ALateReplyIsNotTakenForTheNextOne) {
  RedisServer server;
  auto options = server.Options();
  options.command_timeout = 100ms;
  RedisConnection redis(options);
  redis.Run({"SET", "key", "value"});
  server.Freeze();
  EXPECT_THROW(redis.Run({"GET", "key"}), RedisError);
  server.Continue();
  std::optional<RedisReply> reply;
  while (!reply) {
    try {
      reply = redis.Run({"STRLEN", "key"});
    } catch (const RedisError&) {
      // It comes back when its backoff is over.
    }
  }
  EXPECT_EQ(reply->integer, 5);
}

TEST(RedisConnection, FailsAtOnceUntilItIsTimeToTryAgain) {
  RedisServer server;
  auto now = std::make_shared<RedisOptions::SteadyTime>();
  auto options = server.Options();
  options.now = [now] { return *now; };
  options.backoff = {.first = 1'000ms, .most = 4'000ms};
  RedisConnection redis(options);
  server.Stop();
  EXPECT_NE(MessageOf([&] { redis.Run({"PING"}); }).find("refused"), std::string::npos);
  server.Start();
  EXPECT_NE(MessageOf([&] { redis.Run({"PING"}); }).find("is away"), std::string::npos);
  *now += 499ms;
  EXPECT_THROW(redis.Run({"PING"}), RedisError);
  *now += 501ms;
  EXPECT_EQ(redis.Run({"PING"}).text, "PONG");
}

TEST(RedisConnection, ComesBackAfterKill9) {
  RedisServer server;
  auto redis = server.Connect();
  redis.Run({"PING"});
  server.Kill9();
  EXPECT_THROW(redis.Run({"PING"}), RedisError);
  server.Start();
  bool answered = false;
  while (!answered) {
    try {
      answered = redis.Run({"PING"}).text == "PONG";
    } catch (const RedisError&) {
      // It comes back when its backoff is over.
    }
  }
  EXPECT_EQ(redis.Session(), 2u);
}

}  // namespace
}  // namespace docket
