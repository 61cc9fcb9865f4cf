#include "persistence/redis/redis_url.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

TEST(RedisUrl, ReadsHostPortDatabaseAndPassword) {
  const auto url = *ParseRedisUrl("redis://:s%40fe%3Apass@cache.example:6380/3");
  EXPECT_EQ(url.host, "cache.example");
  EXPECT_EQ(url.port, 6380);
  EXPECT_EQ(url.database, 3);
  EXPECT_EQ(url.user, "");
  EXPECT_EQ(url.password, "s@fe:pass");
  EXPECT_EQ(url.Shown(), "redis://cache.example:6380/3");
}

TEST(RedisUrl, LeavesOutWhatRedisLeavesOut) {
  const auto url = *ParseRedisUrl("redis://127.0.0.1");
  EXPECT_EQ(url.port, 6379);
  EXPECT_EQ(url.database, 0);
  EXPECT_EQ(url.password, "");
  EXPECT_EQ(ParseRedisUrl("redis://127.0.0.1/")->database, 0);
}

TEST(RedisUrl, KnowsUsersAndLongAddresses) {
  const auto url = *ParseRedisUrl("redis://docket:secret@[::1]:7000");
  EXPECT_EQ(url.user, "docket");
  EXPECT_EQ(url.host, "::1");
  EXPECT_EQ(url.port, 7000);
  EXPECT_EQ(url.Shown(), "redis://[::1]:7000/0");
}

TEST(RedisUrl, RefusesWhatItCannotReach) {
  EXPECT_EQ(ParseRedisUrl("rediss://host").error().code, "redis_url_tls");
  EXPECT_EQ(ParseRedisUrl("host:6379").error().code, "redis_url_scheme");
  EXPECT_EQ(ParseRedisUrl("unix:///run/redis.sock").error().code, "redis_url_scheme");
  for (const char* url :
       {"redis://", "redis://:6379", "redis://host:0", "redis://host:65536", "redis://host:x",
        "redis://host/x", "redis://host/-1", "redis://password@host", "redis://:@host",
        "redis://:a%4@host", "redis://:a%zz@host", "redis://[::1", "redis://ho st"}) {
    EXPECT_EQ(ParseRedisUrl(url).error().code, "redis_url_invalid") << url;
  }
}

TEST(RedisUrl, KnowsThisMachine) {
  for (const char* url : {"redis://127.0.0.1", "redis://127.9.9.9:1", "redis://[::1]:7000",
                          "redis://:secret@localhost/3"}) {
    EXPECT_TRUE(ParseRedisUrl(url)->IsLoopback()) << url;
  }
  for (const char* url : {"redis://10.0.0.7", "redis://[fd00::1]:7000", "redis://redis.example",
                          "redis://localhost.example", "redis://128.0.0.1"}) {
    EXPECT_FALSE(ParseRedisUrl(url)->IsLoopback()) << url;
  }
}

TEST(RedisUrl, RefusalDoesNotRepeatThePassword) {
  const auto refused = ParseRedisUrl("redis://:secret@host:0");
  EXPECT_EQ(refused.error().en.find("secret"), std::string::npos);
}

}  // namespace
}  // namespace docket
